"""The audit holds which star a decision of revocation names, and what is told of appeals."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.products.models import Product
from ocop.recognition import importing, services
from ocop.recognition.log import auditing, revocations
from ocop.recognition.models import BatchState, Ground, Kind, Recognition, Revocation
from ocop.recognition.postcheck.models import CaseState, RevocationCase
from ocop.recognition.postcheck.services import correcting, restoring, revoking
from tests.factories import ProductFactory, RecognitionFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, entries, found
from tests.recognition.test_kept_revocations import (
    _office,  # noqa: F401
    annul,
    day,
    fresh,
    given,
    restore,
    revoke,
)
from tests.world import imported, revoked_by

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


@pytest.mark.parametrize(
    ("known", "agrees"),
    [({}, True), ({"number": "7"}, True), ({"named": 4}, True), ({"named": 5}, False)],
)
def test_of_entries_of_before_they_told_it_only_the_rest_is_compared(
    known: dict[str, Any], agrees: bool
) -> None:
    about = ("revocation", "2026-11-02", "mark")
    stored = [(*about, {"number": "7", "named": 4})]
    assert revocations._same([(*about, known)], stored) is agrees


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


@pytest.mark.parametrize("back", [False, True])
def test_a_star_that_was_revoked_before_its_import_was_published_agrees(
    now: datetime, back: bool
) -> None:
    """Its revocation comes into the log with the star: the row alone tells of the decision."""
    batch = imported(BatchState.LOADED)
    star = RecognitionFactory(batch=batch)
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(day(now, -9)),
        reason="Vi phạm nhãn hiệu", at=now,
    )  # fmt: skip
    if back:
        restore(now, star)
    assert code(found(now)) == ""
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    assert code(found(now)) == ""
    told, *given_back = entries("revocation", "restoration")
    assert (told["number"], told["named"]) == ("9/QĐ-UBND", told["entry"])
    assert [bool(each["number"]) for each in given_back] == [True] * back
    Revocation.objects.filter(recognition=star).update(number="1/QĐ-UBND")
    assert code(auditing.audit(at=now)) in ("row_changed", "revocations_differ")
