"""A product that was left out of a decision: entered with a reason, and seen by the public log."""

from datetime import date, datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper, Result
from ocop.recognition.models import Decision
from tests.factories import ProductFactory
from tests.recognition.log.logged import code, entries, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(now: datetime) -> Decision:
    if not LegalVersion.objects.exists():
        LegalVersion.objects.create(
            code="QD26-2026",
            document="26/2026/QĐ-TTg",
            issued_on=date(2026, 5, 22),
            effective_from=date(2026, 5, 22),
        )
    return services.record_decision(
        actor=SYSTEM,
        paper=Paper("3981/QĐ-UBND", date(2026, 6, 30), "UBND thành phố Hà Nội", Level.PROVINCE),
        results=[Result(ProductFactory(), 4)],
        at=now,
    )


def add(decision: Decision, product: object, now: datetime, reason: str = "Sót dòng 2") -> None:
    services.complete_decision(
        actor=SYSTEM,
        decision=decision,
        level=Level.PROVINCE,
        results=[Result(product, 3)],
        reason=reason,
        at=now,
    )


def test_product_that_was_left_out_is_entered_and_logged(decision: Decision, now: datetime) -> None:
    assert code(found(now)) == ""
    product = ProductFactory(in_ocop=False, listed=False)
    add(decision, product, now)
    row = product.recognitions.get()
    assert (row.decision, row.stars, row.valid_from) == (decision, 3, date(2026, 6, 30))
    product.refresh_from_db()
    assert (product.in_ocop, product.listed) == (True, True)
    assert code(found(now)) == ""  # nothing stands in the register that the log does not know
    assert [entry["product"] for entry in entries("recognition")][-1] == product.code


def test_without_a_reason_or_twice_it_is_refused(decision: Decision, now: datetime) -> None:
    product = ProductFactory()
    with pytest.raises(Refused):
        add(decision, product, now, reason=" ")
    add(decision, product, now)
    with pytest.raises(Refused):
        add(decision, product, now)
    assert decision.recognitions.count() == 2
