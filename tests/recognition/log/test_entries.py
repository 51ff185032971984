"""Which events come into the public log, and what their entries tell."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.models import Event
from ocop.core.transparency import merkle
from ocop.core.transparency.notes import decode, encode
from ocop.criteria import services as criteria
from ocop.criteria.models import CriteriaSetVersion
from ocop.recognition import importing, services
from ocop.recognition.log import draining, forms, projection
from ocop.recognition.models import BatchState, Evidence, Ground, LogEntry, LogHead, LogStep
from ocop.recognition.services import Paper, Result
from tests.factories import DecisionFactory, ProducerFactory, ProductFactory, RecognitionFactory
from tests.factories import version as set_version
from tests.recognition.log.logged import decided, entries
from tests.recognition.test_decisions import PAPER
from tests.recognition.test_importing import bring, row
from tests.world import annulled_by, imported, revoked_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(now: datetime) -> None:
    criteria.load_decree(actor=SYSTEM, at=now)


def drain(now: datetime) -> int:
    return draining.drain(at=now)


@pytest.mark.usefixtures("law")
def test_a_decision_gives_an_entry_for_each_product(now: datetime) -> None:
    first, second = ProductFactory(), ProductFactory()
    services.record_decision(
        actor=SYSTEM,
        paper=Paper(PAPER.number, PAPER.signed_on, PAPER.authority, PAPER.level),
        results=[Result(first, 4, potential_five=True), Result(second, 3)],
        at=now,
    )
    assert drain(now) == 29  # 26 sets, 2 recognitions, the key
    told = entries("recognition")
    assert told[0] == {
        "type": "recognition",
        "version": 1,
        "recorded_at": "2026-11-23T02:00:00Z",
        "product": first.code,
        "province": "01",
        "stars": 4,
        "potential_five": True,
        "assessment": "first",
        "evidence": "A",
        "year": 2026,
        "evaluated_on": "2026-06-30",
        "valid_from": "2026-06-30",
        "expires_on": "2029-06-30",
        "authority": "UBND thành phố Hà Nội",
        "decision": "12/QĐ-UBND",
        "signed_on": "2026-06-30",
        "document": "26/2026/QĐ-TTg",
        "demonstration": False,
    }
    assert (told[1]["product"], told[1]["stars"]) == (second.code, 3)


def test_entries_tell_nothing_of_persons(now: datetime) -> None:
    producer = ProducerFactory(
        name="Hộ bà Nguyễn Thị Lan",
        tax_code="001085012345",
        address="Thôn Đông",
        leader_name="Nguyễn Thị Lan",
    )
    product = ProductFactory(producer=producer, name="Tương bà Lan")
    star = RecognitionFactory(
        product=product, address="Thôn Đông", row_key="of names", decision__number="81/QĐ-UBND"
    )
    decided(star, now=now)
    services.revoke(
        actor=SYSTEM,
        recognition=star,
        ground=Ground.FORGED,
        **revoked_by(date(2026, 11, 1)),
        reason="Bà Lan giả hồ sơ theo Quyết định 77077/QĐ-UBND",
        at=now,
    )
    drain(now)
    text = "".join(LogEntry.objects.values_list("leaf", flat=True))
    assert product.code in text
    for secret in ("Lan", "0010850", "Thôn", producer.code, "of names", "giả", "77077/QĐ"):
        assert secret not in text


@given(
    st.dictionaries(
        st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1),
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1)
        | st.integers(0, 2**53 - 1)
        | st.booleans(),
    )
)
def test_leaves_are_written_as_rfc_8785_tells(facts: dict[str, Any]) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    leaf = forms.write(forms.RECOGNITION, facts, recorded_at=at, entry=None)
    assert rfc8785.dumps(json.loads(leaf)).decode() == leaf
    assert facts.items() <= json.loads(leaf).items()


def test_leaves_are_canonical_and_hashed_as_the_standard_tells(now: datetime) -> None:
    decided(RecognitionFactory(), now=now)
    drain(now)
    for entry in LogEntry.objects.all():
        assert entry.leaf_hash == merkle.leaf_hash(entry.leaf.encode()).hex()
    leaf = LogEntry.objects.get(form="recognition").leaf
    assert leaf.startswith('{"assessment":"first","authority":"UBND thành phố Hà Nội",')
    assert list(LogEntry.objects.values_list("index", flat=True)) == [0, 1]


def test_an_import_comes_in_when_it_is_published_and_proposals_never(now: datetime) -> None:
    batch = imported(BatchState.LOADED)
    RecognitionFactory(batch=batch)
    RecognitionFactory(batch=batch, evidence=Evidence.B2, stars=5)
    RecognitionFactory(batch=imported(BatchState.LOADED))
    drain(now)
    assert entries("recognition") == []
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    drain(now)
    (told,) = entries("recognition")
    assert told["stars"] == 3
    # Why it was assessed is inferred for imported rows, and may change: it is not told.
    assert "assessment" not in told


def test_what_is_not_known_is_left_out(now: datetime) -> None:
    star = RecognitionFactory(
        decision=None, decision_number="7/QĐ-UBND", evidence="B1", year=2023,
        evaluated_on=None, valid_from=None, expires_on=None,
    )  # fmt: skip
    decided(star, now=now)
    drain(now)
    (told,) = entries("recognition")
    assert (told["decision"], told["year"]) == ("7/QĐ-UBND", 2023)
    assert {"signed_on", "expires_on", "document", "entry"} & told.keys() == set()


def test_invented_rows_say_so(now: datetime) -> None:
    paper = DecisionFactory(demonstration=True)
    decided(RecognitionFactory(evidence=Evidence.M), RecognitionFactory(decision=paper), now=now)
    drain(now)
    assert [told["demonstration"] for told in entries("recognition")] == [True, True]


def test_extension_revocation_and_annulment_name_the_first_entry(now: datetime) -> None:
    star = RecognitionFactory(on=date(2023, 10, 1))
    decided(star, now=now)
    drain(now)
    first = LogEntry.objects.get(form="recognition").index
    last_day = date(2026, 12, 31)
    services.confirm_extension(
        actor=SYSTEM, recognition=star, last_day=last_day, reason="nộp muộn", at=now
    )
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    services.annul(
        actor=SYSTEM,
        recognition=star,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    assert drain(now) == 4  # the status list, too
    common = {
        "version": 1, "recorded_at": "2026-11-23T02:00:00Z", "entry": first,
        "product": star.product.code,
    }  # fmt: skip
    assert entries("extension", "revocation", "annulment") == [
        {**common, "type": "extension", "until": "2026-12-31"},
        {
            **common, "type": "revocation", "on": "2026-11-02", "ground": "mark",
            "number": "9/QĐ-UBND", "signed_on": "2026-11-02", "authority": "UBND thành phố Hà Nội",
            "named": first,
        },
        {
            **common, "type": "annulment", "on": "2026-11-03",
            "number": "16/QĐ-UBND", "signed_on": "2026-11-03", "authority": "UBND thành phố Hà Nội",
        },
    ]  # fmt: skip


def test_an_extension_that_ends_with_the_authoritys_decision_is_told(now: datetime) -> None:
    star = RecognitionFactory(on=date(2023, 10, 1), extended_until=date(2026, 12, 31))
    decided(star, now=now)
    drain(now)
    assert [told["until"] for told in entries("extension")] == ["2026-12-31"]
    type(star).objects.filter(pk=star.pk).update(extended_until=date(2026, 11, 22))
    record(SYSTEM, "dossiers.refused", star, at=now, change={"extended_until": "2026-11-22"})
    record(SYSTEM, "dossiers.refused", at=now)  # one without an extension
    drain(now)
    assert [told["until"] for told in entries("extension-ended")] == ["2026-11-22"]


@pytest.mark.parametrize("until", ["2026-12-31", None])
def test_an_end_of_an_extension_that_was_taken_back_is_told(
    now: datetime, until: str | None
) -> None:
    """With the day as it was before, or without one where none had been given."""
    star = RecognitionFactory(on=date(2023, 10, 1), extended_until=until and date(2026, 12, 31))
    decided(star, now=now)
    drain(now)
    name = "dossiers.refused"
    type(star).objects.filter(pk=star.pk).update(extended_until=date(2026, 11, 22))
    record(SYSTEM, name, star, at=now, change={"extended_until": "2026-11-22"})
    drain(now)
    type(star).objects.filter(pk=star.pk).update(extended_until=until and date(2026, 12, 31))
    record(SYSTEM, "dossiers.refusal_taken_back", star, at=now, change={"until": until})
    drain(now)
    [told] = entries("extension-resumed")
    assert told.get("until") == until


def test_what_came_before_the_log_is_told_once_and_in_order(now: datetime) -> None:
    """Rows of a system that ran before it had a log: their states had events of their own, or, in
    the demonstration, none."""
    with_event = RecognitionFactory()
    without = RecognitionFactory(revoked_on=date(2026, 1, 5), revoked_ground="mark")
    decided(with_event, without, now=now, more="demonstration.loaded")
    services.annul(
        actor=SYSTEM,
        recognition=with_event,
        **annulled_by(date(2026, 11, 3)),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    drain(now)
    assert [told["type"] for told in entries()] == [
        "recognition", "recognition", "revocation", "annulment", "issuer-key", "status-list",
    ]  # fmt: skip
    assert entries("revocation")[0]["product"] == without.product.code


def test_a_row_revoked_before_it_was_published_is_told_with_its_publication(
    now: datetime,
) -> None:
    batch = imported(BatchState.LOADED)
    star = RecognitionFactory(batch=batch)
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    drain(now)
    assert entries("recognition", "revocation") == []
    importing.publish_import(actor=SYSTEM, batch=batch, at=now)
    drain(now)
    assert [told["type"] for told in entries("recognition", "revocation")] == [
        "recognition",
        "revocation",
    ]


def test_an_import_that_completes_a_row_is_told_and_taken_back(now: datetime) -> None:
    bring(now, row(signed_on=None))
    drain(now)
    (before,) = entries("recognition")
    batch = bring(now, row(), publish=False)
    drain(now)
    (_before, after) = entries("recognition")
    first = LogEntry.objects.filter(form="recognition").first()
    assert first is not None
    assert "expires_on" not in before
    assert (after["expires_on"], after["entry"]) == ("2029-08-05", first.index)
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    drain(now)
    back = entries("recognition")[2]
    assert {**back, "entry": None} == {**before, "entry": None}


def test_an_import_undone_before_it_was_loaded_tells_nothing(now: datetime) -> None:
    batch = imported(BatchState.READ)
    importing.undo_import(actor=SYSTEM, batch=batch, reason="nhầm tệp", at=now)
    assert drain(now) == 1  # the key


def test_a_row_that_is_only_a_proposal_again_is_withdrawn(now: datetime) -> None:
    batch = bring(now, row(signed_on=None))
    star = batch.recognitions.get()
    more = bring(now, row(), publish=False)
    drain(now)
    # As if the register had known it as a proposal before.
    event = Event.objects.get(
        name="recognition.import_loaded",
        objects_named__kind="importbatch",
        objects_named__object_id=more.pk,
    )
    assert list(event.change["completed"]) == [str(star.pk)]
    importing.undo_import(actor=SYSTEM, batch=more, reason="nhầm tệp", at=now)
    type(star).objects.filter(pk=star.pk).update(evidence=Evidence.B2)
    drain(now)
    assert [told["type"] for told in entries("recognition", "withdrawal")][-1] == "withdrawal"


def test_criteria_sets_and_their_sign_off(now: datetime) -> None:
    version: CriteriaSetVersion = set_version()
    record(SYSTEM, "criteria.set_published", version, at=now)
    criteria.sign_off_set(actor=SYSTEM, version=version, note="PDF ký số", at=now)
    drain(now)
    told = entries("criteria-set", "criteria-sign-off")
    assert told[0] == {
        "type": "criteria-set",
        "version": 1,
        "recorded_at": "2026-11-23T02:00:00Z",
        "document": "26/2026/QĐ-TTg",
        "set": 13,
        "revision": 1,
        "sha256": version.sha256,
    }
    assert (told[1]["type"], told[1]["entry"]) == ("criteria-sign-off", 0)
    CriteriaSetVersion.objects.update(signed_off_at=None)
    record(SYSTEM, "criteria.set_reopened", version, at=now)
    drain(now)
    assert [each["entry"] for each in entries("criteria-reopened")] == [0]


def test_a_sign_off_that_ended_before_it_was_taken_in_is_told(now: datetime) -> None:
    version = set_version()
    record(SYSTEM, "criteria.set_published", version, at=now)
    record(SYSTEM, "criteria.set_signed_off", version, at=now)
    record(SYSTEM, "criteria.set_reopened", version, at=now)
    drain(now)
    assert [told["type"] for told in entries()][:3] == [
        "criteria-set", "criteria-sign-off", "criteria-reopened",
    ]  # fmt: skip


def test_keys_are_announced_once_and_vouched_for(now: datetime) -> None:
    assert drain(now) == 1
    first = keys.public_keys(keys.REGISTER)[0]
    new = keys.rotate(keys.REGISTER, at=now + timedelta(days=3))
    assert drain(now) == 1
    assert drain(now) == 0
    signatures = [decode(told["stated"]) for told in entries()]
    assert entries() == [
        {
            "type": "issuer-key", "version": 1, "recorded_at": "2026-11-23T02:00:00Z",
            "purpose": "register", "public": encode(first.public), "since": "2026-11-23",
            "stated": encode(signatures[0]),
        },
        {
            "type": "issuer-key", "version": 1, "recorded_at": "2026-11-23T02:00:00Z",
            "purpose": "register", "public": encode(new.public), "since": "2026-11-26",
            "vouched": encode(new.vouched), "stated": encode(signatures[1]),
        },
    ]  # fmt: skip
    for key, vouched, signature in zip((first, new), (b"", new.vouched), signatures, strict=True):
        told = f"ocop key told\nregister\n{encode(key.public)}\n{key.since}\n{encode(vouched)}\n"
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, told.encode())


def test_nothing_is_taken_in_twice(now: datetime) -> None:
    decided(RecognitionFactory(), now=now)
    assert drain(now) == 2
    assert drain(now) == 0
    assert LogHead.objects.get().size == LogEntry.objects.count() == 2
    assert LogStep.objects.count() == Event.objects.filter(name__in=projection.names()).count()


def test_an_event_seen_late_is_taken_in(now: datetime) -> None:
    """Keys are given when writers begin, events are seen when they end."""
    late, star = RecognitionFactory(), RecognitionFactory()

    def decide(pk: int, row: Any) -> None:
        event = Event.objects.create(
            pk=pk, name="recognition.decision_recorded", actor_kind="system", at=now, change={}
        )
        event.objects_named.create(kind="recognition", object_id=row.pk)

    decide(1002, star)
    drain(now)
    decide(1001, late)
    drain(now)
    assert [told["product"] for told in entries("recognition")] == [
        star.product.code,
        late.product.code,
    ]


def test_a_stop_in_the_middle_leaves_nothing_half(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(RecognitionFactory(), RecognitionFactory(), now=now)
    monkeypatch.setattr(projection, "_AT_ONCE", 1)
    written = draining._write
    turns: list[int] = []

    def stops(*arguments: Any) -> int:
        turns.append(1)
        if len(turns) == 2:
            raise KeyboardInterrupt
        return written(*arguments)

    monkeypatch.setattr(draining, "_write", stops)
    with pytest.raises(KeyboardInterrupt):
        drain(now)
    assert not LogEntry.objects.exists()
    monkeypatch.setattr(draining, "_write", written)
    assert drain(now) == 3
    assert LogHead.objects.get().size == 3


@pytest.mark.parametrize("verb", ["UPDATE ocop_{} SET {} = {}", "DELETE FROM ocop_{}"])
@pytest.mark.parametrize(("table", "column"), [("logentry", "leaf"), ("logstep", "entries")])
def test_the_log_is_never_changed_and_never_deleted(
    now: datetime, verb: str, table: str, column: str
) -> None:
    drain(now)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table, column, column))
