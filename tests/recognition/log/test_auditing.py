"""The audit finds what somebody changed behind the log's back, and nothing else."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.transparency import merkle
from ocop.core.transparency.checkpoints import Checkpoint
from ocop.core.transparency.notes import VerifierKey, sign
from ocop.criteria.models import CriteriaSetVersion, Wording
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import importing, services
from ocop.recognition.log import auditing, draining, keeping, store
from ocop.recognition.log.differences import FIELD_WORDS, FORM_WORDS, WORDS, Difference
from ocop.recognition.log.forms import FORMS
from ocop.recognition.models import (
    BatchState,
    Decision,
    Evidence,
    Ground,
    LogEntry,
    LogHead,
    Recognition,
)
from tests.factories import RecognitionFactory
from tests.factories import version as set_version
from tests.recognition.log.logged import Lifted, code, decided, found
from tests.recognition.test_importing import bring, row
from tests.world import annulled_by, imported, person, revoked_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def star(now: datetime) -> Recognition:
    """A recognition in a log that agrees; others before and after it."""
    before, row, after = RecognitionFactory(), RecognitionFactory(), RecognitionFactory()
    decided(before, row, after, now=now)
    assert code(found(now)) == ""
    return row


def rows(star: Recognition) -> Any:
    return Recognition.objects.filter(pk=star.pk)


def test_a_log_that_agrees_has_no_difference(now: datetime, star: Recognition) -> None:
    audit = auditing.audit(at=now)
    assert (audit.entries, audit.published, audit.waiting, audit.difference) == (4, 4, 0, None)


def test_an_empty_log_has_none(now: datetime) -> None:
    assert auditing.audit(at=now).difference is None


@pytest.mark.parametrize(
    ("change", "name", "logged", "now_is"),
    [
        ({"stars": 5}, "stars", "3", "5"),
        ({"expires_on": date(2030, 1, 1)}, "expires_on", "2027-12-30", "2030-01-01"),
        ({"evidence": Evidence.B1}, "evidence", "A", "B1"),
        ({"valid_from": None}, "valid_from", "2024-12-30", "–"),
        ({"kind": "upgrade"}, "assessment", "first", "upgrade"),
    ],
)
def test_a_changed_row_is_found_with_what_changed(
    now: datetime, star: Recognition, change: dict[str, Any], name: str, logged: str, now_is: str
) -> None:
    rows(star).update(**change)
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told() == {
        "code": "row_changed",
        "facts": {
            "index": 1, "form": "recognition", "of": star.product.code, "name": name,
            "logged": logged, "found": now_is,
        },
    }  # fmt: skip
    assert star.product.code in difference.words
    assert logged in difference.words


def test_a_changed_decision_is_found(now: datetime, star: Recognition) -> None:
    Decision.objects.filter(pk=star.decision_id).update(authority="UBND tỉnh khác")
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.facts["name"] == "authority"


@pytest.mark.parametrize(
    "change",
    [
        {"extended_until": date(2028, 1, 1)},
        {"revoked_on": date(2026, 1, 1), "revoked_ground": "mark"},
        {"annulled_on": date(2026, 1, 1)},
    ],
)
def test_a_state_that_no_event_gave_is_found(
    now: datetime, star: Recognition, change: dict[str, Any]
) -> None:
    rows(star).update(**change)
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert (difference.code, difference.facts["of"]) == ("row_extra", star.product.code)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"revoked_on": None, "revoked_ground": ""}, "row_missing"),
        ({"revoked_on": date(2026, 11, 5)}, "row_changed"),
    ],
)
def test_a_revocation_that_was_taken_back_in_the_table_is_found(
    now: datetime, star: Recognition, change: dict[str, Any], expected: str
) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    assert code(found(now)) == ""
    rows(star).update(**change)
    assert code(auditing.audit(at=now)) == expected


def test_a_deleted_row_is_found(now: datetime, star: Recognition) -> None:
    rows(star).delete()
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert (difference.code, difference.facts["index"]) == ("row_missing", 1)


def test_a_row_that_was_hidden_again_is_found(now: datetime, star: Recognition) -> None:
    rows(star).update(batch=imported(BatchState.LOADED))
    assert code(auditing.audit(at=now)) == "row_missing"


def test_a_row_without_an_event_is_found(now: datetime, star: Recognition) -> None:
    extra = RecognitionFactory()
    difference = found(now).difference
    assert difference is not None
    assert (difference.code, difference.facts["of"]) == ("row_extra", extra.product.code)


def test_rows_that_belong_into_no_log_are_none(now: datetime, star: Recognition) -> None:
    RecognitionFactory(evidence=Evidence.B2)
    RecognitionFactory(batch=imported(BatchState.LOADED))
    RecognitionFactory(batch=imported(BatchState.UNDONE))
    assert code(found(now)) == ""


def test_what_an_event_is_about_to_tell_is_no_difference(now: datetime, star: Recognition) -> None:
    batch = imported(BatchState.LOADED)
    RecognitionFactory(batch=batch)
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    services.annul(
        actor=SYSTEM,
        recognition=star,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    audit = auditing.audit(at=now)
    assert (audit.waiting, audit.difference) == (2, None)
    assert code(found(now)) == ""


def test_rows_that_change_by_the_rules_are_no_difference(now: datetime) -> None:
    """A later import completes a row and is taken back; kinds are settled anew."""
    bring(now, row(signed_on=None))
    assert code(found(now)) == ""
    batch = bring(now, row(), publish=False)
    assert code(auditing.audit(at=now)) == ""
    assert code(found(now)) == ""
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert code(auditing.audit(at=now)) == ""
    assert code(found(now)) == ""
    bring(now, row(stars=4, decision="1/QĐ-UBND", signed_on="05/08/2023"))
    assert code(found(now)) == ""


def test_a_changed_criteria_set_is_found(now: datetime) -> None:
    version = set_version()
    record(SYSTEM, "criteria.set_published", version, at=now)
    record(SYSTEM, "criteria.set_signed_off", version, at=now)
    CriteriaSetVersion.objects.update(signed_off_at=now)
    assert code(found(now)) == ""
    content = dict(version.content)
    CriteriaSetVersion.objects.update(content={**content, "name": "Bộ khác"})
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert (difference.code, difference.facts["name"]) == ("row_changed", "sha256")
    CriteriaSetVersion.objects.update(content=content, signed_off_at=None)
    assert code(auditing.audit(at=now)) == "row_missing"
    assert not Wording.objects.exists()


def test_an_entry_that_was_changed_is_found(now: datetime, star: Recognition) -> None:
    with Lifted():
        LogEntry.objects.filter(index=1).update(leaf='{"type":"recognition"}')
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told() == {"code": "entry_changed", "facts": {"index": 1}}


def test_an_entry_changed_with_its_hash_and_its_row_is_found_in_the_files(
    now: datetime, star: Recognition
) -> None:
    entry = LogEntry.objects.get(index=1)
    leaf = entry.leaf.replace('"stars":3', '"stars":5')
    rows(star).update(stars=5)
    with Lifted():
        LogEntry.objects.filter(index=1).update(
            leaf=leaf, leaf_hash=merkle.leaf_hash(leaf.encode()).hex()
        )
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.code == "file_changed"


@pytest.mark.parametrize(("index", "expected"), [(1, "entry_missing"), (3, "entry_missing")])
def test_a_deleted_entry_is_found(
    now: datetime, star: Recognition, index: int, expected: str
) -> None:
    with Lifted():
        LogEntry.objects.filter(index=index).delete()
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told() == {"code": expected, "facts": {"index": index}}


def test_a_database_from_before_is_found(now: datetime, star: Recognition) -> None:
    with Lifted():
        LogEntry.objects.filter(index=3).delete()
    LogHead.objects.update(size=3)
    assert code(auditing.audit(at=now)) == "log_ahead"


def test_an_entry_that_no_event_gave_is_found(now: datetime, star: Recognition) -> None:
    entry = LogEntry.objects.get(index=1)
    LogEntry.objects.create(
        index=4, event=entry.event, form="issuer-key", kind="key", object_id=entry.event_id,
        leaf=entry.leaf, leaf_hash=entry.leaf_hash,
    )  # fmt: skip
    assert code(auditing.audit(at=now)) in ("row_changed", "entry_extra")
    with Lifted():
        LogEntry.objects.filter(index=4).update(form="other")
    assert code(auditing.audit(at=now)) == "entry_unknown"


def test_an_entry_added_about_an_old_row_is_found(now: datetime, star: Recognition) -> None:
    """One that says what the row says, so that only its place tells that nobody wrote it."""
    another = record(SYSTEM, "core.option_set", at=now)
    leaf = '{"recorded_at":"2026-11-23T02:00:00Z","type":"issuer-key","version":1}'
    LogEntry.objects.create(
        index=4,
        event=another,
        form="issuer-key",
        kind="key",
        object_id=another.pk,
        leaf=leaf,
        leaf_hash=merkle.leaf_hash(leaf.encode()).hex(),
    )
    assert auditing.audit(at=now).difference == Difference("entry_extra", {"index": 4})


@pytest.mark.parametrize("path", ["tile/0/000.p/4", "tile/entries/000.p/4"])
def test_a_tampered_or_lost_file_is_found(now: datetime, star: Recognition, path: str) -> None:
    file = store.folder() / path
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert auditing.audit(at=now).difference == Difference("file_changed", {"path": path})
    file.unlink()
    assert auditing.audit(at=now).difference == Difference("file_missing", {"path": path})


def _signed(head: Checkpoint, private: Ed25519PrivateKey, public: bytes) -> None:
    note = sign(str(head), VerifierKey(head.origin, public), private.sign)
    (store.folder() / store.CHECKPOINT).write_text(note)


def test_a_checkpoint_of_another_key_is_found(now: datetime, star: Recognition) -> None:
    head = store.head()
    assert head is not None
    foreign = Ed25519PrivateKey.generate()
    _signed(head, foreign, foreign.public_key().public_bytes_raw())
    assert code(auditing.audit(at=now)) == "checkpoint_unsigned"
    ours = keys.signer(keys.REGISTER, at=now)
    _signed(head, foreign, ours.public)  # under our name and id
    assert code(auditing.audit(at=now)) == "checkpoint_unsigned"


def test_a_root_that_we_signed_but_that_is_not_the_entries_is_found(
    now: datetime, star: Recognition
) -> None:
    head = store.head()
    assert head is not None
    key = VerifierKey(head.origin, keys.signer(keys.REGISTER, at=now).public)
    signer = keys.signer(keys.REGISTER, at=now).sign
    wrong = Checkpoint(head.origin, head.size, bytes(32))
    (store.folder() / store.CHECKPOINT).write_text(sign(str(wrong), key, signer))
    assert code(auditing.audit(at=now)) == "root_changed"
    (store.folder() / store.CHECKPOINT).write_text(sign(f"{head.origin}\n", key, signer))
    assert code(auditing.audit(at=now)) == "checkpoint_unreadable"
    (store.folder() / store.CHECKPOINT).unlink()
    assert code(auditing.audit(at=now)) == "checkpoint_missing"


def test_what_is_in_the_table_and_not_yet_published_is_no_difference(
    now: datetime, star: Recognition
) -> None:
    decided(RecognitionFactory(), now=now)
    draining.drain(at=now)
    audit = auditing.audit(at=now)
    assert (audit.entries, audit.published, audit.difference) == (5, 4, None)


def test_it_tells_how_far_it_is(now: datetime, star: Recognition) -> None:
    told: list[tuple[int, int]] = []
    auditing.audit(at=now, progress=lambda done, total: told.append((done, total)))
    assert told == [(4, 4)]


# --- The nightly check --------------------------------------------------------------------------


def test_the_check_notes_a_difference_and_tells_the_administrators_once_a_day(
    now: datetime, star: Recognition
) -> None:
    administrator = person(now, Role.ADMINISTRATOR)
    person(now, Role.AUDITOR)
    assert keeping.check(at=now).difference is None
    head = LogHead.objects.get()
    assert (head.checked_at, head.finding) == (now, {})
    rows(star).update(stars=5)
    for _again in range(2):
        keeping.check(at=now)
    (message,) = Message.objects.filter(kind="recognition.log_differs")
    assert message.user == administrator
    assert "“số sao”" in message.body
    assert keeping.told(LogHead.objects.get().finding).startswith("Mục 1 (công nhận")


def test_every_difference_has_words() -> None:
    facts = dict.fromkeys(
        (
            "index", "form", "of", "name", "logged", "found", "path", "published", "size", "why",
            "key", "number", "event", "purpose",
        ),
        "x",
    )  # fmt: skip
    for each in WORDS:
        assert "%" not in Difference(each, facts).words


def test_every_form_and_what_stands_in_it_has_a_word(now: datetime, star: Recognition) -> None:
    assert set(FORMS) <= set(FORM_WORDS)
    told = {
        name
        for leaf in LogEntry.objects.values_list("leaf", flat=True)
        for name in json.loads(leaf)
    }
    assert told - {"type", "version", "entry", "purpose", "public", "since", "stated"} <= set(
        FIELD_WORDS
    )
    facts = {"index": 1, "form": "recognition", "of": "x", "logged": "3", "found": "5"}
    words = Difference("row_changed", {**facts, "name": "stars"}).words
    assert "(công nhận, " in words
    assert "“số sao”" in words
    # What nobody gave a word stands as it is.
    assert "“other”" in Difference("row_changed", {**facts, "name": "other"}).words


def test_a_broken_note_of_the_last_head_is_told_as_that(
    now: datetime, star: Recognition, settings: Any
) -> None:
    (Path(settings.OCOP_KEYS_DIR) / "register.head").write_text("x\n")
    assert code(auditing.audit(at=now)) == "head_unreadable"
    decided(RecognitionFactory(), now=now)
    difference = keeping.check(at=now).difference
    assert difference is not None
    assert "register.head" in difference.words
    assert LogHead.objects.get().trouble["code"] == "head_unreadable"
