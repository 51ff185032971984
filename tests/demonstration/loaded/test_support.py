"""Support in the demonstration: in every state, within its lines, by every level since 2019."""

import pytest
from django.db.models import F, Sum

from ocop.demonstration.support.playing import play_support
from ocop.support.models import (
    BudgetLine,
    Category,
    Grant,
    GrantBatch,
    Payer,
    RequestState,
    SupportRequest,
)
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


@pytest.fixture
def _played() -> None:
    play_support(at=LOADED_AT)


def test_every_level_gave_since_2019_and_nothing_out_of_its_time() -> None:
    assert set(Grant.objects.values_list("level", flat=True).distinct()) == set(Payer.values)
    assert Grant.objects.order_by("given_on").values_list("year", flat=True)[0] == 2019
    late = Grant.objects.filter(level=Payer.DISTRICT, given_on__gt="2025-06-30")
    early = Grant.objects.filter(level=Payer.COMMUNE, given_on__lt="2025-07-01")
    assert not (late | early).exists()


@pytest.mark.usefixtures("_played")
def test_requests_are_in_every_state_and_lines_hold_what_they_promised() -> None:
    assert set(SupportRequest.objects.values_list("state", flat=True)) == set(RequestState.values)
    assert SupportRequest.objects.filter(reclaimed__gt=0).exists()
    assert SupportRequest.objects.filter(policy__category=Category.BONUS, state="paid").exists()
    assert not BudgetLine.objects.filter(committed__gt=F("amount")).exists()
    paid = SupportRequest.objects.filter(state="paid").aggregate(sum=Sum("accepted_amount"))
    lines = BudgetLine.objects.aggregate(sum=Sum("paid"))
    assert lines["sum"] == paid["sum"] > 0


@pytest.mark.usefixtures("_played")
def test_a_workbook_waits_with_two_rows_that_cannot_be_taken() -> None:
    batch = GrantBatch.objects.get()
    assert (batch.state, batch.rows, batch.accepted, batch.rejected) == ("read", 4, 2, 2)
