"""The round of the demonstration: dossiers at every step, a council in the middle of its work."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from ocop.councils.models import Item, ItemState, Obstacle, Sheet, Sitting
from ocop.councils.queries import progress
from ocop.demonstration.assessment.services import play
from ocop.dossiers.models import Dossier, Round, State
from ocop.people.models import Message
from ocop.programme.campaigns import follow_up
from ocop.programme.models import Campaign, UnitTask
from ocop.recognition.models import Recognition
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = [*LOADED, pytest.mark.usefixtures("round_in_work"), pytest.mark.whole]


@pytest.fixture(scope="module")
def round_in_work(demonstration: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        play(at=LOADED_AT)
        yield
        transaction.set_rollback(True)


def test_dossiers_stand_at_every_step_but_withdrawn() -> None:
    found = Counter(Dossier.objects.values_list("state", flat=True))
    missing = {*State.values} - found.keys() - {State.WITHDRAWN, State.RECEIVED, State.READY}
    assert missing == set()
    assert Dossier.objects.filter(due_on__lt=LOADED_AT.date(), state=State.AT_COMMUNE).exists()


def test_the_sitting_has_a_case_concluded_one_at_odds_one_begun_and_a_recusal() -> None:
    sitting = Sitting.objects.get(state="open", kind="meeting")
    concluded, odd, half, _untouched = sitting.items.order_by("position")
    assert concluded.state == ItemState.CONCLUDED
    assert progress.item_progress(odd).over_limit
    assert 0 < progress.item_progress(half).submitted < 11
    assert Sheet.objects.filter(item=half, state="draft").exists()
    assert Obstacle.objects.filter(state="recused").count() == 1


def test_a_dossier_stands_in_the_round_whose_days_it_was_filed_in() -> None:
    """Art. 5: requests before 30 April and before 30 October; what comes later is of the next
    round, which is that of the next year after 29 October."""
    rows = Dossier.objects.exclude(submitted_at=None).select_related("round")
    found = set()
    for row in rows:
        assert row.submitted_at is not None
        filed = timezone.localdate(row.submitted_at)
        second = date(filed.year, 4, 30) <= filed < date(filed.year, 10, 30)
        year = filed.year + (filed >= date(filed.year, 10, 30))
        assert row.round is not None
        assert (row.round.year, row.round.kind) == (year, "second" if second else "first")
        found.add(row.round.kind)
    assert found == {"first", "second"}
    meetings = Sitting.objects.filter(kind="meeting").exclude(items__case__kind="centre")
    told = {sitting.title.split()[-2] for sitting in meetings}
    assert told == {"2"}  # those before the council were filed in September


def test_conclusions_led_to_the_ministry_to_stars_and_to_a_refusal() -> None:
    items = Item.objects.filter(sitting__state="closed", sitting__kind="meeting")
    assert {item.star for item in items} >= {3, 4, 5}
    assert Dossier.objects.filter(state=State.AT_MINISTRY).count() == 1
    assert Recognition.objects.filter(dossier__isnull=False).count() == 2
    assert Dossier.objects.filter(state=State.REFUSED).count() == 1


def test_new_products_were_registered_and_their_dossiers_answer_that() -> None:
    filed = Dossier.objects.filter(kind="first")
    assert filed.exists()
    assert not filed.filter(registration=None).exists()


def test_plan_tasks_and_messages_are_there() -> None:
    assert Round.objects.filter(withdrawn_on=None).count() == 8
    assert Round.objects.exclude(withdrawn_on=None).count() == 1
    assert UnitTask.objects.count() == 3  # one of them came of the campaign
    assert Message.objects.exists()


def test_forms_name_the_commune_and_the_province_of_today() -> None:
    told = [row.answers["address"] for row in Dossier.objects.all() if row.answers.get("address")]
    assert told
    for address in told:
        assert address.endswith(", thành phố Hà Nội")
        assert not any(f", {kind} " in address for kind in ("huyện", "quận", "thị xã"))


def test_a_campaign_is_in_the_middle_of_its_work() -> None:
    (campaign,) = Campaign.objects.all()
    found = follow_up(campaign, timezone.localdate(LOADED_AT))
    assert campaign.closed_at is None
    assert found.count("sent") == len(found.members) > 10
    assert 0 < found.count("filed") < len(found.members)
    assert 0 < sum(part.answered for part in found.communes) < len(found.communes)
    assert any(row.told for row in found.producers)
    assert {member.word for member in found.members} >= {"files", ""}
