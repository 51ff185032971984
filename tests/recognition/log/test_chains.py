"""Keys and lists that nobody but the system told, and files of keys that were lost or are older."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.credentials.bitstrings import bits_of
from ocop.core.keys import PublicKey
from ocop.core.models import Event
from ocop.core.transparency import merkle
from ocop.core.transparency.notes import encode
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import labels, services
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.log import auditing, chains, keeping, store
from ocop.recognition.models import Ground, LogEntry, LogHead, LogStep, Recognition
from ocop.web.admin import health
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import Lifted, code, decided, entries, found
from tests.recognition.log.test_forged_events import put
from tests.world import annulled_by, person, revoked_by

pytestmark = pytest.mark.django_db
KEY, LIST = "recognition.issuer_key_announced", "recognition.status_list_changed"
FOREIGN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = FOREIGN.public_key().public_bytes_raw()


@pytest.fixture
def star(now: datetime) -> Recognition:
    """A revoked star in a log that agrees, with all three keys told and one version of the list."""
    row: Recognition = RecognitionFactory()
    decided(row, now=now)
    for purpose in (labels.PURPOSE, keys.CREDENTIAL):
        chains.signer(purpose, at=now)
    services.revoke(
        actor=SYSTEM, recognition=row, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    assert code(found(now)) == ""
    assert len(entries("issuer-key")) == 3
    assert len(entries("status-list")) == 1
    return row


def forged_key(**change: Any) -> dict[str, Any]:
    told = {
        "purpose": "credential", "public": encode(PUBLIC), "since": "2026-11-01", "vouched": "",
    }  # fmt: skip
    return {**told, **change}


def key_file(purpose: str, settings: Any) -> Path:
    return Path(settings.OCOP_KEYS_DIR) / f"{purpose}.json"


# --- What somebody writes into the table --------------------------------------------------------


def signed_by_another(change: dict[str, Any]) -> dict[str, Any]:
    signature = FOREIGN.sign(chains.key_statement(change))
    return {**change, "stated": encode(signature)}


@pytest.mark.whole
@pytest.mark.parametrize("purpose", ["credential", "label", "register", "another"])
@pytest.mark.parametrize("is_signed", [False, True])
def test_a_forged_key_is_a_difference_and_never_published(
    now: datetime, star: Recognition, purpose: str, is_signed: bool
) -> None:
    change = forged_key(purpose=purpose)
    event = put(KEY, signed_by_another(change) if is_signed else change, now)
    audit = keeping.check(at=now)
    assert audit.difference is not None
    assert audit.difference.told() == {
        "code": "event_untrue", "facts": {"event": event.pk, "name": KEY},
    }  # fmt: skip
    assert encode(PUBLIC) not in json.dumps(entries())
    # Nothing of ours stops because of it, nor does anybody take the key for one of ours.
    decided(later := RecognitionFactory(), now=now)
    keeping.keep(at=now)
    assert entries("recognition")[-1]["product"] == later.product.code
    assert chains.signer(keys.CREDENTIAL, at=now)
    assert PUBLIC not in [key.public for key in chains.public_keys(purpose)]


@pytest.mark.whole
@pytest.mark.parametrize(
    "change",
    [{"public": "khong"}, {"public": "AAAA"}, {"since": "khong"}, {"vouched": "AAAA"},
     {"purpose": "Not a purpose"}, {"lost": "yes"}, {"stated": "AAAA"}],
)  # fmt: skip
def test_a_key_that_is_none_cannot_be_read(
    now: datetime, star: Recognition, change: dict[str, Any]
) -> None:
    put(KEY, forged_key(**change), now)
    assert code(keeping.check(at=now)) == "event_unreadable"


def test_a_true_announcement_cannot_be_told_again(now: datetime, star: Recognition) -> None:
    told = Event.objects.filter(name=KEY).first()
    assert told is not None
    put(KEY, told.change, now)
    assert code(keeping.check(at=now)) == "event_untrue"
    assert len(entries("issuer-key")) == 3


def version(**change: Any) -> dict[str, Any]:
    none = bits_of([])
    return {
        "number": 2, "bits": len(none) * 8, "set": 0, "sha256": sha256(none).hexdigest(), **change,
    }  # fmt: skip


@pytest.mark.parametrize("change", [{}, {"number": 7}, {"set": 1}, {"stated": encode(bytes(64))}])
def test_a_forged_version_of_the_list_is_a_difference_and_never_published(
    now: datetime, star: Recognition, change: dict[str, Any]
) -> None:
    event = put(LIST, version(**change), now)
    audit = keeping.check(at=now)
    assert audit.difference is not None
    assert audit.difference.told() == {
        "code": "event_untrue", "facts": {"event": event.pk, "name": LIST},
    }  # fmt: skip
    assert len(entries("status-list")) == 1
    # The next true version follows the last true one.
    another = RecognitionFactory()
    decided(another, now=now)
    services.annul(
        actor=SYSTEM,
        recognition=another,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    keeping.keep(at=now)
    told = entries("status-list")
    assert [each["number"] for each in told] == [1, 2]
    assert told[-1]["sha256"] == statuses.bits_on(date(2026, 11, 23)).sha256


def test_a_list_whose_digest_is_none_cannot_be_read(now: datetime, star: Recognition) -> None:
    put(LIST, version(sha256="00"), now)
    assert code(keeping.check(at=now)) == "event_unreadable"


def test_an_old_version_cannot_be_told_again(now: datetime, star: Recognition) -> None:
    told = Event.objects.get(name=LIST)
    put(LIST, told.change, now)
    assert code(keeping.check(at=now)) == "event_untrue"
    assert len(entries("status-list")) == 1


def taken_in(name: str, change: dict[str, Any], form: str, kind: str, now: datetime) -> LogEntry:
    """Event, entry, mark and head written by the owner of the database, as the log would have."""
    told = {"set_bits": change["set"], **change} if "set" in change else change
    facts = {key: value for key, value in told.items() if key != "set" and value != ""}
    leaf = json.dumps(
        {**facts, "type": form, "version": 1, "recorded_at": "2026-11-23T02:00:00Z"},
        sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    event = put(name, change, now)
    head = LogHead.objects.get()
    LogStep.objects.create(event=event, entries=1)
    LogHead.objects.update(size=head.size + 1)
    return LogEntry.objects.create(
        index=head.size, event=event, form=form, kind=kind, object_id=event.pk, leaf=leaf,
        leaf_hash=merkle.leaf_hash(leaf.encode()).hex(),
    )  # fmt: skip


def test_a_key_forged_with_its_entry_is_found(now: datetime, star: Recognition) -> None:
    entry = taken_in(KEY, forged_key(), "issuer-key", "key", now)
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told() == {
        "code": "key_untrue", "facts": {"index": entry.index, "purpose": "credential"},
    }  # fmt: skip


def test_a_version_forged_with_its_entry_is_found_also_after_the_next(
    now: datetime, star: Recognition
) -> None:
    entry = taken_in(LIST, version(), "status-list", "statuslist", now)
    assert code(auditing.audit(at=now)) == "list_untrue"
    keeping.keep(at=now)
    assert entries("status-list")[-1]["number"] == 3
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told() == {
        "code": "list_untrue", "facts": {"index": entry.index, "number": 2},
    }  # fmt: skip


def test_entries_of_before_there_were_statements_are_held_against_the_files(
    now: datetime, star: Recognition
) -> None:
    """A log that began without statements: its keys are told once more, with them."""
    with Lifted():
        for entry in LogEntry.objects.filter(form__in=["issuer-key", "status-list"]):
            told = json.loads(entry.leaf)
            del told["stated"]
            leaf = json.dumps(told, sort_keys=True, separators=(",", ":"))
            LogEntry.objects.filter(pk=entry.pk).update(
                leaf=leaf, leaf_hash=merkle.leaf_hash(leaf.encode()).hex()
            )
            change = {name: each for name, each in entry.event.change.items() if name != "stated"}
            Event.objects.filter(pk=entry.event_id).update(change=change)
    store.forget_signed()
    for file in store.folder().rglob("*"):
        if file.is_file():
            file.unlink()
    assert code(found(now)) == ""
    told = entries("issuer-key")
    assert ["stated" in each for each in told] == [False] * 3 + [True] * 3
    assert [each["public"] for each in told[:3]] == [each["public"] for each in told[3:]]
    assert code(found(now)) == ""


# --- Files that are lost or older ---------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["register", "label", "credential"])
def test_a_lost_key_is_never_replaced_in_silence(
    now: datetime, star: Recognition, settings: Any, purpose: str
) -> None:
    person(now, Role.ADMINISTRATOR)
    file = key_file(purpose, settings)
    held = file.read_bytes()
    file.unlink()
    with pytest.raises(chains.Unusable) as refusal:
        chains.signer(purpose, at=now)
    assert refusal.value.code == "key_lost"
    assert f"ocop rotate-key {purpose} --lost" in refusal.value.message
    assert "bản sao lưu" in refusal.value.message
    audit = keeping.check(at=now)
    assert audit.difference is not None
    assert (audit.difference.code, audit.difference.facts["purpose"]) == ("key_lost", purpose)
    (message,) = Message.objects.filter(kind="recognition.log_differs")
    assert f"{purpose}.json" in message.body
    assert not file.exists()
    assert [each.words for each in health.checks() if each.name == "Tệp khóa ký"] == [
        audit.difference.words
    ]
    file.write_bytes(held)
    assert code(keeping.check(at=now)) == ""


@pytest.mark.parametrize("purpose", ["register", "label", "credential"])
def test_an_older_file_signs_nothing(
    now: datetime, star: Recognition, settings: Any, purpose: str
) -> None:
    file = key_file(purpose, settings)
    before = file.read_bytes()
    keys.rotate(purpose, at=now + timedelta(days=1))
    assert code(found(now + timedelta(days=1))) == ""
    file.write_bytes(before)
    with pytest.raises(chains.Unusable):
        chains.signer(purpose, at=now)
    assert code(keeping.check(at=now + timedelta(days=1))) == "key_older"


def test_a_key_that_was_cut_out_of_its_file_is_found(
    now: datetime, star: Recognition, settings: Any
) -> None:
    keys.rotate("label", at=now)
    assert code(found(now)) == ""
    file = key_file("label", settings)
    held = json.loads(file.read_text())
    file.write_text(json.dumps({**held, "keys": held["keys"][1:]}))
    assert code(auditing.audit(at=now)) == "key_older"


def test_a_key_that_was_put_into_its_file_is_found_and_not_told(
    now: datetime, star: Recognition, settings: Any
) -> None:
    file = key_file("label", settings)
    held = json.loads(file.read_text())
    foreign = {**held["keys"][0], "public": encode(PUBLIC), "vouched": ""}
    private = encode(FOREIGN.private_bytes_raw())
    file.write_text(json.dumps({"private": private, "keys": [*held["keys"], foreign]}))
    assert code(found(now)) == "key_unvouched"
    assert len(entries("issuer-key")) == 3
    file.write_text("{}")
    assert code(found(now)) == "key_unreadable"


def test_what_a_lost_key_signed_stays_good(now: datetime, star: Recognition, settings: Any) -> None:
    document = issuing.document(at=now)
    held = chains.public_keys("label")
    for purpose in ("label", "credential"):
        key_file(purpose, settings).unlink()
    assert issuing.document(at=now) == document
    assert chains.public_keys("label") == held
    # But not by what somebody wrote into the table.
    put(KEY, forged_key(purpose="label"), now)
    assert chains.public_keys("label") == held


def test_a_whole_folder_that_was_lost_makes_no_key(
    now: datetime, star: Recognition, settings: Any
) -> None:
    for file in Path(settings.OCOP_KEYS_DIR).iterdir():
        file.unlink()
    for purpose in ("register", "label", "credential"):
        with pytest.raises(chains.Unusable):
            chains.signer(purpose, at=now)
    keeping.keep(at=now)
    assert LogHead.objects.get().trouble["code"] == "key_lost"
    assert "register.json" in keeping.told(LogHead.objects.get().trouble)
    assert keys.purposes() == []


def test_a_new_key_after_a_lost_one_is_told_as_such(
    now: datetime, star: Recognition, settings: Any
) -> None:
    (first,) = chains.public_keys("credential")
    key_file("credential", settings).unlink()
    new = keys.replace_lost("credential", chains.known("credential"), at=now + timedelta(days=1))
    assert code(found(now)) == ""
    told = entries("issuer-key")[-1]
    assert (told["public"], told["lost"]) == (encode(new.public), True)
    assert "vouched" not in told
    kept = chains.public_keys("credential")
    assert [key.public for key in kept] == [first.public, new.public]
    # The statement says that a key was lost: it cannot be taken away.
    assert not chains.is_stated(chains.key_statement({**told, "lost": False, "vouched": ""}), told)


def test_keys_of_files_that_the_log_does_not_know_yet_are_no_difference(now: datetime) -> None:
    assert list(chains.problems()) == []
    chains.signer("label", at=now)
    assert list(chains.problems()) == []
    assert [key.public for key in chains.untold("label")] == [
        key.public for key in keys.public_keys("label")
    ]
    assert chains.told("label") == []


def test_a_statement_is_lines_that_anybody_can_write() -> None:
    key = PublicKey(PUBLIC, date(2026, 11, 23), None, b"")
    assert chains.key_statement(chains.change_of("label", key)) == (
        f"ocop key told\nlabel\n{encode(PUBLIC)}\n2026-11-23\n\n".encode()
    )
    assert chains.list_statement(version(sha256="ab")) == b"ocop status list\n2\n131072\n0\nab\n"


def test_nobody_signs_without_asking_what_the_log_told() -> None:
    source = Path(chains.__file__).parents[2]
    callers = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "keys.signer(" in path.read_text()
    ]
    assert callers == ["recognition/log/chains.py"]


def test_a_key_that_somebody_else_makes_and_tells_meanwhile_is_not_lost(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two keep the log of a new installation: one has looked into the file when the other makes
    the key, takes all in and publishes it."""
    row = RecognitionFactory()
    decided(row, now=now)
    look, others = chains._held, iter([lambda: keeping.keep(at=now)])

    def held(purpose: str) -> Any:
        seen = look(purpose)
        for other in others:
            other()
        return seen

    monkeypatch.setattr(chains, "_held", held)
    assert keeping.keep(at=now) == 0
    assert next(others, None) is None
    assert LogHead.objects.get().trouble == {}
    assert code(auditing.audit(at=now)) == ""
