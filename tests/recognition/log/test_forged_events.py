"""Rows put into the event table by hand neither stop the log nor hide what was done beside them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.models import Event, EventObject
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.log import auditing, draining, keeping, store
from ocop.recognition.models import Evidence, Ground, LogEntry, LogHead, Recognition
from ocop.web.admin import health
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import code, decided, entries, found
from tests.world import annulled_by, person, revoked_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def star(now: datetime) -> Recognition:
    row: Recognition = RecognitionFactory()
    decided(row, RecognitionFactory(), now=now)
    assert code(found(now)) == ""
    return row


def put(name: str, change: Any, now: datetime, *rows: tuple[str, int]) -> Event:
    """As with an INSERT: nothing looks at what it says."""
    event = Event.objects.create(name=name, actor_kind="system", at=now, change=change)
    for kind, key in rows:
        EventObject.objects.create(event=event, kind=kind, object_id=key)
    return event


MALFORMED = [
    ("recognition.extension_confirmed", ["until"]),
    ("recognition.extension_confirmed", {"until": {"a": 1}}),
    ("recognition.revoked", True),
    ("recognition.revoked", {"on": "tomorrow", "ground": "mark"}),
    ("recognition.revoked", {"on": "2026-11-01", "ground": "none of six"}),
    ("recognition.annulled", {"on": 5}),
    ("dossiers.refused", "text"),
    ("recognition.import_published", {}),
    ("recognition.import_undone", {}),
    ("recognition.import_loaded", {"completed": ["1"]}),
    ("recognition.import_loaded", {"completed": {"9" * 40: {}}}),
    ("recognition.import_loaded", {"completed": {"x": {}}}),
    ("recognition.issuer_key_announced", {"purpose": "register"}),
    ("recognition.issuer_key_announced", []),
    ("recognition.issuer_key_announced", {
        "purpose": ["register"], "public": "", "since": "", "vouched": ""}),
    ("recognition.status_list_changed", {}),
    ("recognition.status_list_changed", {"number": "2", "bits": 8, "set": 1, "sha256": ""}),
    ("demonstration.loaded", 7),
]  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize(("name", "change"), MALFORMED)
def test_a_malformed_event_is_a_difference_and_blocks_nothing(
    now: datetime, star: Recognition, name: str, change: Any
) -> None:
    event = put(name, change, now, ("recognition", star.pk))
    decided(later := RecognitionFactory(), now=now)
    audit = keeping.check(at=now)
    assert audit.difference is not None
    assert audit.difference.told() == {
        "code": "event_unreadable",
        "facts": {"event": event.pk, "name": name},
    }
    assert entries("recognition")[-1]["product"] == later.product.code
    head = store.head()
    assert head is not None
    assert head.size == LogEntry.objects.count() == 4
    assert LogHead.objects.get().finding["code"] == "event_unreadable"
    Recognition.objects.filter(pk=star.pk).update(stars=5)
    assert code(keeping.check(at=now)) == "row_changed"


def test_an_event_of_a_moment_that_is_none_is_a_difference(
    now: datetime, star: Recognition
) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps only moments
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ocop_event (name, actor_kind, at, reason, change)"
            " VALUES ('recognition.revoked', 'system', %s, '', '{}')",
            [("2026-13-45 10:00:00",), ("never",)],
        )
    assert code(keeping.check(at=now)) == "event_unreadable"


def test_an_event_of_the_future_is_a_difference_until_its_day(
    now: datetime, star: Recognition
) -> None:
    record(SYSTEM, "recognition.evidence_lifted", star, at=now + timedelta(days=400))
    assert code(keeping.check(at=now)) == "event_unreadable"
    assert code(found(now + timedelta(days=400))) == ""


def test_an_event_named_twice_with_a_row_gives_one_entry(now: datetime, star: Recognition) -> None:
    row = RecognitionFactory()
    put("recognition.decision_recorded", {}, now, *[("recognition", row.pk)] * 2)
    assert code(found(now)) == ""


@pytest.mark.parametrize("keeps", [True, False])
def test_a_forged_event_does_not_excuse_a_row_that_says_something_else(
    now: datetime, star: Recognition, keeps: bool
) -> None:
    """A star raised beside an event that may only give its decision a day."""
    Recognition.objects.filter(pk=star.pk).update(stars=5)
    put("recognition.evidence_lifted", {}, now, ("recognition", star.pk))
    assert code(found(now) if keeps else auditing.audit(at=now)) == "row_changed"
    assert all(entry["stars"] == 3 for entry in entries("recognition"))


@pytest.mark.parametrize("keeps", [True, False])
def test_a_forged_event_does_not_give_back_a_revoked_star(
    now: datetime, star: Recognition, keeps: bool
) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    assert code(found(now)) == ""
    Recognition.objects.filter(pk=star.pk).update(revoked_on=None, revoked_ground="")
    change = {"on": "2026-11-02", "ground": "mark"}
    put("recognition.revoked", change, now, ("recognition", star.pk))
    assert code(found(now) if keeps else auditing.audit(at=now)) == "row_missing"


def test_an_event_excuses_a_state_only_with_its_own_words(now: datetime, star: Recognition) -> None:
    Recognition.objects.filter(pk=star.pk).update(extended_until=date(2029, 1, 1))
    change = {"until": "2027-12-31"}
    put("recognition.extension_confirmed", change, now, ("recognition", star.pk))
    assert code(auditing.audit(at=now)) == "row_extra"


def test_an_event_that_waits_long_excuses_nothing_and_is_a_difference(
    now: datetime, star: Recognition
) -> None:
    services.annul(
        actor=SYSTEM,
        recognition=star,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    assert code(auditing.audit(at=now + timedelta(minutes=29))) == ""
    assert code(auditing.audit(at=now + timedelta(minutes=31))) == "row_extra"
    Recognition.objects.filter(pk=star.pk).update(annulled_on=None, annulling_number="")
    assert code(auditing.audit(at=now + timedelta(minutes=31))) == "event_late"


def test_what_waits_excuses_no_bit_of_another_row(now: datetime, star: Recognition) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    assert code(found(now)) == ""
    decided(RecognitionFactory(), now=now)
    RecognitionFactory(revoked_on=date(2026, 11, 2), evidence=Evidence.A)
    assert [
        each.code for each in auditing._of_status_list(auditing.Coming(now))
    ] == ["status_list_differs"]  # fmt: skip


def test_a_malformed_event_keeps_no_state_out_of_the_log(now: datetime, star: Recognition) -> None:
    row = RecognitionFactory(revoked_on=date(2026, 11, 2), revoked_ground="mark")
    put("recognition.revoked", ["on"], now, ("recognition", row.pk))
    decided(row, now=now)
    keeping.keep(at=now)
    assert [entry["product"] for entry in entries("revocation")] == [row.product.code]


def test_a_place_in_the_table_that_is_taken_is_told(now: datetime, star: Recognition) -> None:
    entry = LogEntry.objects.get(index=0)
    LogEntry.objects.create(
        index=3, event=entry.event, form="issuer-key", kind="key", object_id=1, leaf="{}",
        leaf_hash="",
    )  # fmt: skip
    person(now, Role.ADMINISTRATOR)
    decided(RecognitionFactory(), now=now)
    assert keeping.check(at=now).difference is not None
    assert LogHead.objects.get().trouble["code"] == "log_taken"
    assert Message.objects.filter(kind="recognition.log_differs").exists()


def test_a_value_that_is_no_day_is_a_difference(now: datetime, star: Recognition) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps only days
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ocop_recognition SET expires_on = '2026-13-45' WHERE id = %s", [star.pk]
        )
    assert code(keeping.check(at=now)) == "row_unreadable"


def test_the_health_page_tells_of_what_cannot_be_read(now: datetime, star: Recognition) -> None:
    assert not list(draining.unread(at=now))
    put("recognition.revoked", {"on": "2099"}, now)
    told = next(check for check in health.checks() if check.name == "Nhật ký công khai")
    assert not told.well
    assert "không đúng dạng" in told.words


def test_the_health_page_calls_no_old_check_well(now: datetime, star: Recognition) -> None:
    keeping.check(at=now)
    LogHead.objects.update(checked_at=datetime(2026, 1, 1, tzinfo=now.tzinfo))
    told = next(check for check in health.checks() if check.name == "Nhật ký công khai")
    assert not told.well
    assert "Từ đó chưa đối chiếu lại" in told.words


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("recognition.revoked", {"on": "2026-11-02", "ground": "mark"}),
        ("recognition.restored", {"on": "2026-11-02"}),
        ("recognition.annulled", {"on": "2026-11-02"}),
        ("recognition.extension_confirmed", {"until": "2099-01-01"}),
    ],
)
def test_an_event_about_a_star_of_which_nothing_became_is_a_difference(
    now: datetime, star: Recognition, name: str, change: Any
) -> None:
    event = put(name, change, now, ("recognition", star.pk))
    before = len(entries())
    for _again in range(2):
        audit = keeping.check(at=now)
        assert audit.difference is not None
        assert audit.difference.told() == {
            "code": "event_empty", "facts": {"event": event.pk, "name": name},
        }  # fmt: skip
    assert len(entries()) == before


def test_what_became_of_a_star_that_is_in_no_log_is_no_difference(
    now: datetime, star: Recognition
) -> None:
    proposed = RecognitionFactory(evidence=Evidence.B2)
    services.annul(
        actor=SYSTEM,
        recognition=proposed,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    assert code(found(now)) == ""
