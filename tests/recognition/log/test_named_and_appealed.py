"""The audit holds which star a decision of revocation names, and what is told of appeals."""

from collections.abc import Callable
from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.products.models import Product
from ocop.recognition import services
from ocop.recognition.log import auditing
from ocop.recognition.models import Kind, Recognition, Revocation
from ocop.recognition.postcheck.models import CaseState, RevocationCase
from ocop.recognition.postcheck.services import correcting, restoring, revoking
from tests.factories import ProductFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import Lifted, code, entries, found
from tests.recognition.test_kept_revocations import (
    _office,  # noqa: F401
    annul,
    day,
    fresh,
    given,
    restore,
    revoke,
)

pytestmark = pytest.mark.django_db


def star_of(now: datetime, product: Product | None = None, days: int = -100) -> Recognition:
    kind = Kind.UPGRADE if product else Kind.FIRST
    return given(now, product or ProductFactory(), days, 4, kind)


# --- which star a decision names ------------------------------------------------------------------
@pytest.fixture
def taken(now: datetime) -> Revocation:
    """An older star that a revocation took, because the star that it names was annulled."""
    product = ProductFactory()
    older = given(now, product, -600, 3)
    star = star_of(now, product)
    revoke(now, star)
    annul(now, star)
    assert code(found(now)) == ""
    return Revocation.objects.get(recognition=older)


def test_entries_tell_which_star_a_decision_names(now: datetime, taken: Revocation) -> None:
    own, carried = entries("revocation")
    rows = enumerate(entries())
    first = {each["product"]: n for n, each in rows if each["type"] == "recognition"}
    assert own["named"] == own["entry"] == first[own["product"]]
    assert (carried["named"], carried["number"]) == (own["entry"], own["number"])
    assert carried["entry"] != own["entry"]


@pytest.mark.parametrize("again", [False, True])
def test_a_taken_star_that_is_made_to_look_named_is_found(
    now: datetime, taken: Revocation, again: bool
) -> None:
    if again:  # it is not the last one
        restore(now, taken.recognition)
        revoke(now, taken.recognition, -1)
        assert code(found(now)) == ""
    Revocation.objects.filter(pk=taken.pk).update(carried_from=None)
    assert code(auditing.audit(at=now)) in ("row_changed", "revocations_differ")


def test_a_named_star_that_is_made_to_look_taken_is_found(now: datetime, taken: Revocation) -> None:
    other = star_of(now)
    revoke(now, other)
    assert code(found(now)) == ""
    Revocation.objects.filter(recognition=other).update(carried_from=taken.carried_from)
    audit = auditing.audit(at=now)
    assert audit.difference is not None
    assert audit.difference.facts["name"] == "named"


def test_entries_of_before_they_told_it_are_left_alone(now: datetime) -> None:
    """Their event says nothing of it either."""
    star = star_of(now)
    revoke(now, star)
    event = Event.objects.get(name="recognition.revoked")
    with Lifted():
        change = {name: each for name, each in event.change.items() if name != "named"}
        Event.objects.filter(pk=event.pk).update(change=change)
    assert code(found(now)) == ""
    (entry,) = entries("revocation")
    assert "named" not in entry
    assert entry["number"] == event.change["number"]


# --- appeals --------------------------------------------------------------------------------------
def appealed_outside(now: datetime) -> Revocation:
    star = star_of(now)
    revoke(now, star)
    return services.appeal_revocation(
        actor=SYSTEM,
        recognition=fresh(star),
        appealed_on=day(now, -4),
        words="Vẫn mở",
        at=now,
    )


def test_appeals_agree_on_every_way_through_a_case(now: datetime) -> None:
    appealed_outside(now)
    case = aftercare.appealed(now, star_of(now))
    revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=True, ended_on=day(now), words="Giữ nguyên", at=now
    )
    assert code(found(now)) == ""
    correcting.withdraw_case_decision(actor=SYSTEM, case=case, reason="Nhầm số", at=now)
    assert case.appeal_ended_on is None
    assert code(found(now)) == ""
    revoking.decide_case(
        actor=SYSTEM, case=case, number="79/QĐ-UBND", signed_on=case.appealed_on or day(now),
        authority_name="UBND thành phố Hà Nội", at=now,
    )  # fmt: skip
    assert case.state == CaseState.APPEALED
    assert code(found(now)) == ""
    revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=False, ended_on=day(now), words="Chấp nhận", at=now
    )
    assert code(found(now)) == ""
    restoring.restore_star(
        actor=SYSTEM, case=case, number="81/QĐ-UBND", signed_on=day(now),
        authority_name="UBND thành phố Hà Nội", at=now,
    )  # fmt: skip
    assert code(found(now)) == ""
    correcting.withdraw_case_restoration(actor=SYSTEM, case=case, reason="Nhầm số", at=now)
    assert case.state == CaseState.OVERTURNED
    assert code(found(now)) == ""


def _outside(now: datetime) -> Callable[..., int]:
    row = appealed_outside(now)
    return Revocation.objects.filter(pk=row.pk).update


def _case(now: datetime) -> Callable[..., int]:
    case = aftercare.appealed(now, star_of(now))
    revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=True, ended_on=day(now), words="Giữ nguyên", at=now
    )
    return RevocationCase.objects.filter(pk=case.pk).update


@pytest.mark.parametrize("made", [_outside, _case])
@pytest.mark.parametrize("to", [None, -3])
def test_an_appeal_that_vanished_or_is_of_another_day_is_found(
    now: datetime, made: Callable[[datetime], Callable[..., int]], to: int | None
) -> None:
    change = made(now)
    assert code(found(now)) == ""
    change(appealed_on=None if to is None else day(now, to))
    assert code(auditing.audit(at=now)) == "appeal_differs"


@pytest.mark.parametrize(
    "columns",
    [
        {"appeal_ended_on": None},
        {"state": CaseState.OVERTURNED},
        {"state": CaseState.APPEALED},
    ],
)
def test_another_outcome_than_was_entered_is_found(
    now: datetime, columns: dict[str, object]
) -> None:
    change = _case(now)
    assert code(found(now)) == ""
    change(**columns)
    assert code(auditing.audit(at=now)) == "appeal_differs"


def test_an_appeal_that_nobody_made_is_found(now: datetime) -> None:
    star = star_of(now)
    revoke(now, star)
    case = aftercare.decided(now, star_of(now))
    assert code(found(now)) == ""
    rows = Revocation.objects.filter(recognition=star)
    rows.update(appealed_on=day(now), appeal="?")
    audit = auditing.audit(at=now)
    assert code(audit) == "appeal_differs"
    assert audit.difference is not None
    assert star.product.code in audit.difference.words
    rows.update(appealed_on=None)
    assert code(auditing.audit(at=now)) == ""
    RevocationCase.objects.filter(pk=case.pk).update(appealed_on=day(now), appeal="?")
    assert code(auditing.audit(at=now)) == "appeal_differs"
