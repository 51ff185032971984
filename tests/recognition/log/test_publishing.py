"""The log as files, proofs from them, and what refuses to be published."""

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.files import write_file
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.core.transparency import tiles
from ocop.core.transparency.merkle import leaf_hash
from ocop.core.transparency.notes import NotSigned, VerifierKey, open_note
from ocop.recognition.log import auditing, draining, keeping, publishing, queries, store
from ocop.recognition.models import LogEntry, LogHead
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import Lifted, code, decided

pytestmark = pytest.mark.django_db


def grow(now: datetime, count: int) -> None:
    """So many entries more, cheaply: a star that is extended again and again."""
    draining.drain(at=now)
    row = RecognitionFactory(extended_until=date(2028, 1, 1))
    decided(row, now=now)
    for n in range(1, count):
        record(
            SYSTEM, "recognition.extension_confirmed", row, at=now - timedelta(seconds=n),
            change={"until": "2028-01-01"},
        )  # fmt: skip
    keeping.keep(at=now)


def files() -> set[str]:
    root = store.folder()
    return {
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_files_hold_the_entries_and_a_signed_head(now: datetime, settings: object) -> None:
    settings.BASE_URL = "https://ocop.example"
    decided(RecognitionFactory(), RecognitionFactory(), now=now)
    assert keeping.keep(at=now) == 3
    assert files() == {"checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"}
    leaves = list(LogEntry.objects.values_list("leaf", flat=True))
    assert [e.decode() for e in tiles.unbundle(store.read("tile/entries/000.p/3"))] == leaves
    head = store.head()
    assert head is not None
    assert (head.origin, head.size) == ("ocop.example/so-dang-ky/nhat-ky", 3)
    assert head.root == tiles.Tree.load(3, store.read).root


def test_full_tiles_stay_and_partial_ones_go_when_full(now: datetime) -> None:
    grow(now, 200)
    assert "tile/0/000.p/201" in files()
    first = store.head()
    grow(now, 100)
    assert files() == {
        "checkpoint", "tile/0/000", "tile/0/001.p/45", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/45",
    }  # fmt: skip
    head = store.head()
    assert first is not None
    assert head is not None
    assert head.size == LogEntry.objects.count() == 301


def test_every_entry_has_a_proof_that_holds(now: datetime) -> None:
    grow(now, 300)
    for entry in LogEntry.objects.filter(index__in=(0, 255, 256, 300)):
        proof = queries.proof_of(entry.index)
        assert proof is not None
        head = proof.verify(entry.leaf.encode(), origin=store.origin(), keys=store.verifier_keys())
        assert head.size == 301
    assert queries.proof_of(301) is None
    assert queries.proof_of(-1) is None


def test_an_empty_log_may_be_published_and_grows(now: datetime) -> None:
    head = publishing.publish(at=now)
    assert (head.size, head.root.hex()[:8]) == (0, "e3b0c442")
    keeping.keep(at=now)
    grown = store.head()
    assert grown is not None
    assert grown.size == 1


def test_many_entries_are_read_in_pieces(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_AT_ONCE", 2)
    monkeypatch.setattr(draining, "_MANY", 3)
    grow(now, 4)
    head = store.head()
    assert head is not None
    assert head.size == 5


def test_nothing_new_signs_nothing(now: datetime) -> None:
    keeping.keep(at=now)
    before = (store.folder() / "checkpoint").stat().st_mtime_ns
    keeping.keep(at=now)
    assert (store.folder() / "checkpoint").stat().st_mtime_ns == before


def test_a_stop_before_the_checkpoint_is_made_good(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.keep(at=now)
    write = publishing.write_file

    def stops(path: Path, content: bytes) -> None:
        if path.name == "checkpoint":
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(publishing, "write_file", stops)
    grow(now, 300)
    assert LogHead.objects.get().trouble == {
        "code": "log_unwritable",
        "facts": {"why": "No space left on device"},
    }
    head = store.head()
    assert head is not None
    assert head.size == 1
    assert queries.proof_of(0) is not None
    monkeypatch.setattr(publishing, "write_file", write)
    assert keeping.is_behind()
    keeping.keep(at=now)
    assert not keeping.is_behind()
    assert LogHead.objects.get().trouble == {}
    head = store.head()
    assert head is not None
    assert head.size == 301


def test_a_new_key_signs_the_same_head_under_the_same_name(now: datetime) -> None:
    keeping.keep(at=now)
    old = store.verifier_keys()[-1]
    keys.rotate(keys.REGISTER, at=now + timedelta(days=1))
    keeping.keep(at=now)
    note = store.note()
    assert note is not None
    with pytest.raises(NotSigned):
        open_note(note, [old])
    assert open_note(note, [store.verifier_keys()[-1]])
    assert store.verifier_keys()[-1].name == old.name


def test_a_head_that_the_old_key_signed_is_signed_anew(now: datetime) -> None:
    keeping.keep(at=now)
    draining.drain(at=now)
    keys.rotate(keys.REGISTER, at=now)
    publishing.publish(at=now)
    note = store.note()
    assert note is not None
    assert open_note(note, [store.verifier_keys()[-1]])


def test_the_name_of_the_log_stays_when_the_office_moves(now: datetime, settings: object) -> None:
    settings.BASE_URL = "https://cu.example/"
    keeping.keep(at=now)
    settings.BASE_URL = "https://moi.example"
    settings.OCOP_REGISTER_ORIGIN = "moi.example/nhat-ky"
    grow(now, 1)
    head = store.head()
    assert head is not None
    assert head.origin == "cu.example/so-dang-ky/nhat-ky"


def test_a_name_may_be_set_before_the_first_entry(now: datetime, settings: object) -> None:
    settings.OCOP_REGISTER_ORIGIN = "ocop.hanoi.example/nhat-ky"
    keeping.keep(at=now)
    head = store.head()
    assert head is not None
    assert head.origin == "ocop.hanoi.example/nhat-ky"


def test_a_database_from_before_publishes_no_second_log(now: datetime) -> None:
    grow(now, 3)
    with Lifted():
        LogEntry.objects.filter(index=3).delete()
        LogHead.objects.update(size=3)
    before = store.note()
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_disagrees"
    keeping.keep(at=now)
    assert store.note() == before
    assert keeping.told(LogHead.objects.get().trouble).startswith("Tệp đã công bố không khớp")


def test_files_that_do_not_hold_together_are_not_added_to(now: datetime) -> None:
    grow(now, 3)
    path = store.folder() / "tile/0/000.p/4"
    path.write_bytes(bytes(128))
    with pytest.raises(Refused):
        publishing.publish(at=now)
    path.unlink()
    with pytest.raises(Refused):
        publishing.publish(at=now)


def test_a_gap_is_not_published(now: datetime) -> None:
    keeping.keep(at=now)
    event = Event.objects.last()
    LogEntry.objects.create(
        index=5, event=event, form="issuer-key", kind="key", object_id=99, leaf="{}", leaf_hash=""
    )
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_gap"


def test_a_foreign_head_is_neither_read_nor_replaced(now: datetime) -> None:
    keeping.keep(at=now)
    note = store.note()
    assert note is not None
    (store.folder() / "checkpoint").write_text(note.replace("\n1\n", "\n2\n"))
    with pytest.raises(NotSigned):
        queries.published()
    assert not keeping.is_behind()
    with pytest.raises(Refused):
        publishing.publish(at=now)


def test_what_is_published_is_told(now: datetime) -> None:
    assert queries.published() is None
    assert queries.proof_of(0) is None
    decided(star := RecognitionFactory(), now=now)
    keeping.keep(at=now)
    told = queries.published()
    assert told is not None
    assert VerifierKey.parse(told.key).name == told.head.origin
    assert open_note(told.note, [VerifierKey.parse(told.key)])
    assert queries.entries_of([star.pk, 0]) == {star.pk: 0}
    assert [e.index for e in queries.last_entries(2, 10)] == [1, 0]
    entry = queries.entry_at(0)
    assert entry is not None
    assert json.loads(entry.leaf)["product"] == star.product.code


def test_files_of_a_log_before_are_taken_away(now: datetime) -> None:
    keeping.keep(at=now)
    publishing.forget()
    assert store.head() is None


# --- Never two heads of one size ------------------------------------------------------------------


def rewritten(index: int = 1) -> None:
    """An entry changed in the table together with its hash, by the owner of the database."""
    entry = LogEntry.objects.get(index=index)
    leaf = entry.leaf.replace('"stars":3', '"stars":5').replace("2028-01-01", "2029-01-01")
    assert leaf != entry.leaf
    with Lifted():
        LogEntry.objects.filter(index=index).update(
            leaf=leaf, leaf_hash=leaf_hash(leaf.encode()).hex()
        )


@pytest.mark.parametrize("lost", ["checkpoint", "folder"])
def test_no_other_head_is_signed_when_the_published_one_is_gone(now: datetime, lost: str) -> None:
    decided(RecognitionFactory(), RecognitionFactory(), now=now)
    keeping.keep(at=now)
    rewritten()
    if lost == "checkpoint":
        (store.folder() / "checkpoint").unlink()
    else:
        shutil.rmtree(store.folder())
    left = files()
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_signed"
    keeping.keep(at=now)
    assert files() == left
    assert LogHead.objects.get().trouble["code"] == "log_signed"
    decided(RecognitionFactory(), now=now)
    keeping.keep(at=now)  # and none over more entries either
    assert files() == left


def test_an_older_database_beside_a_lost_folder_publishes_nothing(now: datetime) -> None:
    grow(now, 3)
    with Lifted():
        LogEntry.objects.filter(index=3).delete()
        LogHead.objects.update(size=3)
    shutil.rmtree(store.folder())
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_signed"
    assert files() == set()


def test_files_that_are_lost_come_back_as_they_were(now: datetime, settings: object) -> None:
    settings.BASE_URL = "https://cu.example"
    grow(now, 300)
    before = {path: store.read(path) for path in files()}
    shutil.rmtree(store.folder())
    settings.BASE_URL = "https://moi.example"
    keeping.keep(at=now)
    assert {path: store.read(path) for path in files()} == before


def test_a_folder_from_before_is_brought_up_to_what_was_signed(now: datetime) -> None:
    grow(now, 2)
    kept = {path: store.read(path) for path in files()}
    grow(now, 2)
    signed = store.note()
    shutil.rmtree(store.folder())
    for path, content in kept.items():
        write_file(store.folder() / path, content)
    assert code(auditing.audit(at=now)) == "checkpoint_older"
    keeping.keep(at=now)
    assert store.note() == signed
    assert code(auditing.audit(at=now)) == ""


def test_another_head_of_the_same_size_with_our_signature_is_found(now: datetime) -> None:
    """A folder and a table exchanged together, by one who once had the worker sign another log."""
    grow(now, 3)
    ours = store.signed()
    publishing.forget()
    rewritten(2)
    publishing.publish(at=now)
    assert list(auditing._of_signed(store.head())) == []
    assert ours is not None
    store.note_signed(ours)
    assert [each.code for each in auditing._of_signed(store.head())] == ["root_changed"]
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_signed"


def test_a_tile_that_stands_is_never_overwritten(now: datetime) -> None:
    draining.drain(at=now)
    path = store.folder() / "tile/0/000.p/1"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(32))
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "log_disagrees"
    assert store.note() is None


def test_a_note_of_the_last_head_that_is_none_stops_publishing(now: datetime) -> None:
    keeping.keep(at=now)
    (Path(store._noted())).write_text("?")
    with pytest.raises(Refused) as refusal:
        publishing.publish(at=now)
    assert refusal.value.code == "head_unreadable"
