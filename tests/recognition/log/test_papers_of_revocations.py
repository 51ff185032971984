"""The audit holds what the public reads of revocations and corrections: the decision of each, what
was taken back, and that a decision was entered wrongly."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.recognition.correcting import correct_record
from ocop.recognition.log import auditing
from ocop.recognition.models import Decision, Ground, LogEntry, Recognition, Revocation
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import code, decided, entries, found
from tests.recognition.test_given_back import day, restore, revoke, withdraw
from tests.world import build_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def star(now: datetime) -> Recognition:
    build_places(now)
    made = RecognitionFactory()
    decided(made, now=now)
    return made


def correct(now: datetime, star: Recognition) -> None:
    correct_record(actor=SYSTEM, rows=[star], reason="ghi nhầm số quyết định", at=now)


def test_entries_tell_the_decisions(now: datetime, star: Recognition) -> None:
    revoke(now, star)
    restore(now, star)
    assert code(found(now)) == ""
    told = [(each["type"], each["number"]) for each in entries("revocation", "restoration")]
    assert told == [("revocation", "77/QĐ-UBND"), ("restoration", "81/QĐ-UBND")]
    assert {each["authority"] for each in entries("revocation", "restoration")} == {
        "UBND thành phố Hà Nội"
    }


@pytest.mark.whole
@pytest.mark.parametrize(
    "columns",
    [
        {"number": "1/QĐ-UBND"},
        {"authority": "UBND tỉnh X"},
        {"signed_on": date(2020, 1, 1)},
        {"number": ""},
        {"restoring_number": "2/QĐ-UBND"},
        {"restoring_signed_on": None},
        {"wrong_restorations": [{"on": "2026-11-01", "number": "5", "withdrawn_on": "2026-11-02"}]},
        {"wrong_restorations": ["?"]},
        {"wrong_restorations": {}},
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_another_decision_in_the_table_is_found(
    now: datetime, star: Recognition, columns: dict[str, Any], again: bool
) -> None:
    revoke(now, star, -30)
    restore(now, star, -20)
    if again:  # it is not the last one
        revoke(now, Recognition.objects.get(pk=star.pk), -5, "90/QĐ-UBND")
    assert code(found(now)) == ""
    Revocation.objects.filter(number="77/QĐ-UBND").update(**columns)
    assert code(auditing.audit(at=now)) in ("revocations_differ", "row_changed")


def test_entries_of_before_they_told_it_are_held_against_their_event(
    now: datetime, star: Recognition
) -> None:
    revoke(now, star)
    old = {"product": star.product.code, "on": str(day(now, -9)), "ground": Ground.STOPPED}
    assert code(found(now)) == ""
    leaf = LogEntry.objects.get(form="revocation")
    assert {"number", "signed_on", "authority"} <= entries("revocation")[0].keys()
    from ocop.recognition.log import revocations

    change = leaf.event.change
    assert revocations._paper_of(old, "recognition.revoked", change) == {
        "number": "77/QĐ-UBND", "signed_on": str(day(now, -9)),
        "authority": "UBND thành phố Hà Nội",
    }  # fmt: skip
    assert revocations._paper_of(old, "recognition.revoked", {"on": "x"}) == {}


def test_a_made_up_mistake_of_a_clean_star_is_found(now: datetime, star: Recognition) -> None:
    assert code(found(now)) == ""
    Revocation.objects.create(
        recognition=star, ground=Ground.FORGED, revoked_on=day(now, -5), number="6666/QĐ-UBND",
        signed_on=day(now, -5), authority="UBND thành phố Hà Nội", withdrawn_on=day(now, -4),
    )  # fmt: skip
    assert code(auditing.audit(at=now)) == "revocations_differ"


def test_what_was_taken_back_before_the_star_came_into_the_log_is_none(now: datetime) -> None:
    build_places(now)
    star = RecognitionFactory()
    revoke(now, star)
    withdraw(now, star)
    decided(star, now=now)
    assert code(found(now)) == ""
    assert entries("revocation") == []
    Revocation.objects.create(
        recognition=star, ground=Ground.FORGED, revoked_on=day(now, -5), withdrawn_on=day(now, -4)
    )
    assert code(auditing.audit(at=now)) == "revocations_differ"


def _to(value: date | None) -> Callable[[Decision], None]:
    return lambda row: Decision.objects.filter(pk=row.pk).update(mistaken_on=value) and None


@pytest.mark.parametrize("value", [None, date(2026, 11, 1)])
def test_that_a_decision_was_wrong_is_an_entry_of_its_own(
    now: datetime, star: Recognition, value: date | None
) -> None:
    assert star.decision is not None
    correct(now, star)
    assert code(found(now)) == ""
    (entry,) = entries("decision-correction")
    assert entry["decision"] == star.decision.number
    assert entry["on"] == str(day(now))
    _to(value)(star.decision)
    assert code(auditing.audit(at=now)) in ("row_missing", "row_changed")


def test_a_decision_that_nobody_corrected_is_none(now: datetime, star: Recognition) -> None:
    assert star.decision is not None
    assert code(found(now)) == ""
    _to(day(now))(star.decision)
    assert code(auditing.audit(at=now)) == "row_extra"


def test_a_correction_without_its_row_is_an_event_that_nobody_recorded(
    now: datetime, star: Recognition
) -> None:
    assert code(found(now)) == ""
    record(
        SYSTEM, "recognition.record_corrected", star.decision, at=now,
        change={"on": str(day(now)), "rows": 1, "decision": False},
        also=[("recognition", star.pk)],
    )  # fmt: skip
    assert code(found(now)) == "event_empty"
