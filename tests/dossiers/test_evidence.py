"""The library of evidence, and changes to a filed dossier."""

import io
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.sets import load_set
from ocop.dossiers import evidence_types, forms
from ocop.dossiers.models import ChangeState, Dossier, Evidence, EvidenceUse, State
from ocop.dossiers.queries import evidence as kept
from ocop.dossiers.queries.filing import completeness_of
from ocop.dossiers.services import changes, drafting
from ocop.dossiers.services import evidence as library
from ocop.dossiers.services.evidence import Particulars
from ocop.people import queries as people
from ocop.people.roles import Role
from tests import world
from tests.dossiers import making
from tests.factories import ProducerFactory, UnitFactory

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
STRANGER = Actor(ActorKind.PERSON, 99)
FACTS = Particulars("test_report", "Phiếu kiểm nghiệm")
TODAY, IN_FIFTY = date(2026, 11, 23), date(2076, 11, 23)  # of the moment at which tests act


def code_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(**arguments)
    return refusal.value.code


def add(now: datetime, **more: Any) -> Evidence:
    arguments = {
        "actor": SYSTEM,
        "producer": more.pop("producer", None) or ProducerFactory(),
        "particulars": FACTS,
        "content": making.picture(),
        "filename": "phieu.png",
        **more,
    }
    return library.add_evidence(at=now, **arguments)


def use(now: datetime, dossier: Dossier, evidence: Evidence, **more: Any) -> EvidenceUse:
    arguments = {"actor": SYSTEM, "criterion": "1.1", **more}
    return library.use_evidence(dossier=dossier, evidence=evidence, at=now, **arguments)


# --- library --------------------------------------------------------------------------------------
def test_the_law_names_fifteen_types() -> None:
    assert len(evidence_types.TYPES) == 15


def test_a_document_is_kept_with_its_days(now: datetime) -> None:
    row = add(
        now,
        particulars=Particulars(
            "test_report", " Phiếu  số 7 ", "07/KN", "Trung tâm", date(2026, 1, 1), date(2027, 1, 1)
        ),
        filename="C:\\giấy\\phieu.png",
    )
    row.refresh_from_db()
    assert (row.title, row.number, row.filename) == ("Phiếu số 7", "07/KN", "phieu.png")
    assert row.valid_until == date(2027, 1, 1)


def bomb() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", b"0" * 501_000_000)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "a.pdf", "file_type"),
        (making.picture(), "a.pdf", "file_mismatch"),
        (b"%PDF-1.7 nothing", "a.pdf", "file_damaged"),
        (b"<html><script>1</script></html>", "a.csv", "file_type"),
    ],
)
def test_a_file_that_lies_or_is_damaged_is_refused(
    content: bytes, name: str, code: str, now: datetime
) -> None:
    assert code_of(add, now=now, content=content, filename=name) == code
    assert not Evidence.objects.exists()


def test_a_zip_bomb_and_too_large_a_file_are_refused(now: datetime, settings: Any) -> None:
    assert code_of(add, now=now, content=bomb(), filename="a.xlsx") == "file_too_large_unpacked"
    settings.OCOP_MAX_UPLOAD = 20
    assert code_of(add, now=now) == "file_too_large"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Particulars("la", "Giấy"), "evidence_type"),
        (Particulars("award", "  "), "evidence_title"),
        (
            Particulars("award", "Giấy", issued_on=date(2026, 2, 1), valid_until=date(2026, 1, 1)),
            "evidence_period",
        ),
        (Particulars("award", "Giấy", issued_on=date(1989, 12, 31)), "evidence_issued"),
        (Particulars("award", "Giấy", issued_on=TODAY + timedelta(days=1)), "evidence_issued"),
        (Particulars("award", "Giấy", issued_on=date(9999, 12, 31)), "evidence_issued"),
        (Particulars("award", "Giấy", valid_until=IN_FIFTY + timedelta(days=1)), "evidence_until"),
        (Particulars("award", "Giấy", valid_until=date(9999, 12, 31)), "evidence_until"),
        (Particulars("award", "a" * 201), "text_too_long"),
    ],
)
def test_what_is_written_about_it_is_checked(facts: Particulars, code: str, now: datetime) -> None:
    assert code_of(add, now=now, particulars=facts) == code
    row = add(now)
    assert (
        code_of(library.change_evidence, actor=SYSTEM, evidence=row, particulars=facts, at=now)
        == code
    )


@pytest.mark.parametrize("issued", [date(1990, 1, 1), TODAY])
def test_first_and_last_day_that_a_document_may_have(issued: date, now: datetime) -> None:
    facts = Particulars("award", "Giấy", issued_on=issued, valid_until=IN_FIFTY)
    assert add(now, particulars=facts).valid_until == IN_FIFTY


def test_the_same_file_is_kept_once_per_producer(now: datetime) -> None:
    first = add(now)
    assert code_of(add, now=now, producer=first.producer) == "evidence_known"
    other = add(now)
    assert other.attachment == first.attachment
    library.withdraw_evidence(actor=SYSTEM, evidence=first, reason="Sai", at=now)
    assert add(now, producer=first.producer).pk


def test_one_piece_serves_criteria_dossiers_and_years(now: datetime) -> None:
    one = making.draft(now)
    maker = one.product.producer
    two = making.draft(now, producer=maker)
    paper = add(now, producer=maker)
    for dossier, criterion in ((one, "1.1"), (one, "1.2"), (two, "1.1")):
        use(now, dossier, paper, criterion=criterion)
    assert EvidenceUse.objects.count() == 3
    assert Evidence.objects.count() == 1


def test_naming_it_again_changes_the_note(now: datetime) -> None:
    dossier = making.draft(now)
    paper = add(now, producer=dossier.product.producer)
    use(now, dossier, paper, note="trang 1")
    use(now, dossier, paper, note="trang 2")
    assert [u.note for u in dossier.uses.all()] == ["trang 2"]
    library.unuse_evidence(actor=SYSTEM, dossier=dossier, evidence=paper, criterion="1.1", at=now)
    call = {"actor": SYSTEM, "dossier": dossier, "evidence": paper, "criterion": "1.1", "at": now}
    assert code_of(library.unuse_evidence, **call) == "not_used"


def test_what_cannot_be_named(now: datetime) -> None:
    dossier = making.draft(now)
    own = add(now, producer=dossier.product.producer)
    call = {"now": now, "dossier": dossier}
    assert code_of(use, evidence=add(now), **call) == "evidence_of_another"
    assert code_of(use, evidence=own, criterion="99", **call) == "unknown_criterion"
    assert code_of(use, evidence=own, note="a" * 301, **call) == "text_too_long"
    library.withdraw_evidence(actor=SYSTEM, evidence=own, reason="Sai", at=now)
    assert code_of(use, evidence=own, **call) == "evidence_gone"
    filed = making.filed(now)
    paper = add(now, producer=filed.product.producer)
    assert code_of(use, now=now, dossier=filed, evidence=paper) == "dossier_filed"


def test_a_new_copy_goes_into_drafts_and_not_into_what_is_filed(now: datetime) -> None:
    draft = making.filled(now)
    maker = draft.product.producer
    filed = making.filled(now, producer=maker)
    paper = add(now, producer=maker)
    use(now, draft, paper)
    use(now, filed, paper)
    Dossier.objects.filter(pk=filed.pk).update(state=State.AT_COMMUNE)
    call = {
        "actor": SYSTEM,
        "evidence": paper,
        "particulars": FACTS,
        "content": making.picture("black"),
        "filename": "moi.png",
        "at": now,
    }
    new = library.replace_evidence(**call)
    assert draft.uses.get().evidence == new
    assert filed.uses.get().evidence == paper
    assert code_of(library.replace_evidence, **call) == "evidence_gone"


def test_what_a_filed_dossier_rests_on_is_neither_withdrawn_nor_corrected(now: datetime) -> None:
    dossier = making.filled(now)
    paper = add(now, producer=dossier.product.producer)
    use(now, dossier, paper)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.EXAMINING, slip_number="01/PĐK")
    call = {"actor": SYSTEM, "evidence": paper, "at": now}
    assert code_of(library.withdraw_evidence, reason="Sai", **call) == "evidence_in_use"
    assert code_of(library.change_evidence, particulars=FACTS, **call) == "evidence_in_use"
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RETURNED)
    assert code_of(library.withdraw_evidence, reason=" ", **call) == "reason_needed"
    library.withdraw_evidence(reason="Sai", **call)
    assert not dossier.uses.exists()


def test_strangers_touch_nothing(now: datetime) -> None:
    dossier = making.draft(now)
    paper = add(now, producer=dossier.product.producer)
    for call, arguments in (
        (add, {"producer": paper.producer}),
        (use, {"dossier": dossier, "evidence": paper}),
    ):
        with pytest.raises(NotAllowed):
            call(now=now, actor=STRANGER, **arguments)
    with pytest.raises(NotAllowed):
        library.withdraw_evidence(actor=STRANGER, evidence=paper, reason="xem lại", at=now)


def test_files_are_seen_in_the_library_by_the_own_and_in_a_dossier_by_who_sees_it(
    now: datetime,
) -> None:
    dossier = making.filed(now)
    maker = dossier.product.producer
    used, unused = making.paper(now, maker, "white"), making.paper(now, maker, "black")
    EvidenceUse.objects.create(dossier=dossier, evidence=used, criterion="1.1")
    own = people.actor_for(world.member(now, maker), on=now.date())
    commune = Actor(
        ActorKind.PERSON, 2, frozenset({Grant(Role.COMMUNE_OFFICER, dossier.commune.pk)})
    )
    elsewhere = Actor(
        ActorKind.PERSON, 3, frozenset({Grant(Role.COMMUNE_OFFICER, UnitFactory().pk)})
    )
    assert set(kept.visible_to(own)) == set(kept.visible_to(OFFICER)) == {used, unused}
    assert not kept.visible_to(commune).exists()
    for actor, found in ((own, used), (OFFICER, used), (commune, used), (elsewhere, None)):
        assert kept.file_of(actor, dossier.code, used.code) == found
        assert kept.file_of(actor, dossier.code, unused.code) is None
    assert kept.file_of(STRANGER, dossier.code, used.code) is None


# --- changes to a filed dossier ----------------------------------------------------------------
def ask(now: datetime, dossier: Dossier, **more: Any) -> Any:
    arguments = {
        "actor": SYSTEM,
        "base": dossier.snapshots.last(),
        "proposed": {"answers": {"phone": "0912 000 900"}, "marks": {"1.1": 0}},
        "reason": "Ghi nhầm",
        **more,
    }
    return changes.ask_change(dossier=dossier, at=now, **arguments)


def test_an_accepted_change_stands_in_the_dossier_and_in_a_new_snapshot(now: datetime) -> None:
    dossier = making.filed(now)
    change = ask(now, dossier)
    before = dossier.snapshots.get()
    changes.answer_change(actor=OFFICER, change=change, accepted=True, at=now)
    dossier.refresh_from_db()
    assert (dossier.answers["phone"], dossier.marks["1.1"]) == ("0912 000 900", 0)
    last = dossier.snapshots.last()
    assert (last.number, last.why, last.content["marks"]["1.1"]) == (2, "changed", 0)
    before.refresh_from_db()
    assert before.content["marks"]["1.1"] != 0
    call = {"actor": OFFICER, "change": change, "accepted": True, "at": now}
    assert code_of(changes.answer_change, **call) == "already_answered"


def test_a_declined_change_needs_a_reason_and_changes_nothing(now: datetime) -> None:
    dossier = making.filed(now)
    change = ask(now, dossier)
    call = {"actor": OFFICER, "change": change, "accepted": False, "at": now}
    assert code_of(changes.answer_change, **call) == "reason_needed"
    changes.answer_change(answer="Không có căn cứ", **call)
    assert (change.state, dossier.snapshots.count()) == (ChangeState.DECLINED, 1)


def test_the_commune_answers_while_it_checks_and_strangers_never(now: datetime) -> None:
    dossier = making.filed(now)
    change = ask(now, dossier)
    call = {"change": change, "accepted": True, "at": now}
    commune = Actor(
        ActorKind.PERSON, 2, frozenset({Grant(Role.COMMUNE_OFFICER, dossier.commune.pk)})
    )
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RECEIVED)
    for actor in (commune, STRANGER):
        with pytest.raises(NotAllowed):
            changes.answer_change(actor=actor, **call)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.AT_COMMUNE)
    changes.answer_change(actor=commune, **call)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "reason_needed"),
        ({"proposed": {}}, "nothing_changed"),
        ({"proposed": {"marks": {"1.1": 77}}}, "no_level"),
    ],
)
def test_what_cannot_be_asked(more: dict[str, Any], code: str, now: datetime) -> None:
    assert code_of(ask, now=now, dossier=making.filed(now), **more) == code


def test_when_it_cannot_be_asked(now: datetime) -> None:
    dossier, other = making.filed(now), making.filed(now)
    base = other.snapshots.get()
    assert code_of(ask, now=now, dossier=dossier, base=base) == "other_dossier"
    ask(now, dossier)
    assert code_of(ask, now=now, dossier=dossier) == "change_open"
    draft = making.filled(now)
    call = {"now": now, "dossier": draft, "base": base}
    assert code_of(ask, **call) == "dossier_open_to_write"
    draft.state = State.CONCLUDED
    assert code_of(ask, **call) == "too_late_to_change"
    with pytest.raises(NotAllowed):
        ask(now, other, actor=STRANGER)


def test_a_change_on_an_old_base_is_merged_or_refused_by_field(now: datetime) -> None:
    dossier = making.filed(now)
    base = dossier.snapshots.get()
    changes.answer_change(actor=OFFICER, change=ask(now, dossier), accepted=True, at=now)
    dossier.refresh_from_db()
    clash = {"answers": {"phone": "0912 000 911"}}
    assert code_of(ask, now=now, dossier=dossier, base=base, proposed=clash) == "changed_meanwhile"
    change = ask(now, dossier, base=base, proposed={"answers": {"address": "Thôn 2"}})
    changes.answer_change(actor=OFFICER, change=change, accepted=True, at=now)
    dossier.refresh_from_db()
    assert (dossier.answers["phone"], dossier.answers["address"]) == ("0912 000 900", "Thôn 2")


# --- what filing demands stays in a filed dossier (Art. 5, 7) ------------------------------------
def _required_yes(dossier: Dossier) -> str:
    fields = forms.fields_for(dossier.kind, dossier.version.sector).values()
    return next(field.key for field in fields if field.required and field.type == forms.YES)


@pytest.mark.parametrize("taken", ["phone", "pledge", "mark", "gate", "paper"])
def test_a_change_takes_out_nothing_that_filing_demands(taken: str, now: datetime) -> None:
    """The same check as at filing, when it is asked and again when it is accepted."""
    dossier = making.filed(now)
    criteria = load_set(dossier.version.number)
    needs = next(c for c in criteria.criteria if any(g.type == "evidence" for g in c.gates))
    proposed: dict[str, Any] = {
        "phone": {"answers": {"phone": ""}},
        "pledge": {"answers": {_required_yes(dossier): False}},
        "mark": {"marks": {"1.1": None}},
        "gate": {"gates": {criteria.gates[0].id: None}},
        "paper": {"marks": {needs.code: needs.max}},
    }[taken]
    assert code_of(ask, now=now, dossier=dossier, proposed=proposed) == "change_incomplete"
    kept_before = ask(now, dossier)  # one that was asked for before this was checked
    kept_before.proposed = changes.clean_changes(dossier, proposed)
    kept_before.save()
    call = {"actor": OFFICER, "change": kept_before, "at": now}
    assert code_of(changes.answer_change, accepted=True, **call) == "change_incomplete"
    dossier.refresh_from_db()
    assert dossier.snapshots.count() == 1
    assert completeness_of(dossier, now.date()).ready
    changes.answer_change(accepted=False, answer="Thiếu điện thoại", **call)


def test_a_supplement_takes_off_no_paper_that_filing_demands(now: datetime) -> None:
    """While more is asked the papers are open; the one that proves a mark is replaced first."""
    dossier = making.filled(now)
    criteria = load_set(dossier.version.number)
    needs = next(c for c in criteria.criteria if any(g.type == "evidence" for g in c.gates))
    kinds = [key for gate in needs.gates for key in evidence_types.NEEDED.get(gate.id, ())]
    kind = {"type": kinds[0]} if kinds else {}
    producer = dossier.product.producer
    old, new = (making.paper(now, producer, colour, **kind) for colour in ("red", "blue"))
    use(now, dossier, old, criterion=needs.code)
    dossier = drafting.save_answers(
        actor=SYSTEM,
        dossier=dossier,
        revision=dossier.revision,
        marks={needs.code: needs.max},
        at=now,
    )
    dossier = drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    dossier.supplements.create(
        code="abcdefgh", step="at_commune", wanted="x", due_on=IN_FIFTY, asked_at=now
    )
    call: dict[str, Any] = {
        "actor": SYSTEM,
        "dossier": dossier,
        "evidence": old,
        "criterion": needs.code,
        "at": now,
    }
    assert code_of(library.unuse_evidence, **call) == "evidence_needed"
    assert EvidenceUse.objects.filter(evidence=old).exists()
    use(now, dossier, new, criterion=needs.code)
    library.unuse_evidence(**call)
    assert completeness_of(dossier, now.date()).ready
