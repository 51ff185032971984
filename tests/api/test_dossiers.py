"""Dossiers and evidence by the API: begun, written, filed, supplemented, changed, withdrawn."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers.models import Dossier, Evidence, EvidenceUse, State
from ocop.dossiers.services import commune
from ocop.dossiers.services import evidence as library
from ocop.dossiers.snapshots import sha256
from ocop.products.models import Product
from tests.api.calling import Program, program
from tests.dossiers import making
from tests.dossiers.office import World, build_world
from tests.factories import RecognitionFactory
from tests.world import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(now: datetime) -> datetime:
    """The API acts now; a demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return timezone.now()


@pytest.fixture
def world(at: datetime) -> World:
    return build_world(at)


@pytest.fixture
def product(world: World) -> Product:
    return making.product(commune=world.places.here)


@pytest.fixture
def own(world: World, product: Product) -> Program:
    """A program of the producer."""
    return program(member(world.now, product.producer), world.now)


@pytest.fixture
def stranger(world: World) -> Program:
    """A program of another producer of the same commune."""
    other = making.product(commune=world.places.here)
    return program(member(world.now, other.producer), world.now)


def filled(product: Product, at: datetime) -> Dossier:
    return making.filled(at, product=product)


def filed(product: Product, at: datetime) -> Dossier:
    return making.filed(at, product=product)


def test_dossier_is_begun_once(own: Program, stranger: Program, product: Product) -> None:
    told = {"product": product.code, "kind": "first"}
    stranger.missing("POST dossiers", {**told, "product": "00000000"})
    assert stranger("POST dossiers", told, 403)["code"] == "not_allowed"
    made = own("POST dossiers", told, 201)
    assert (made["state"], made["revision"], made["product"]["code"]) == ("draft", 0, product.code)
    assert made["self_score"]["total"] == 0
    own.refused("POST dossiers", told, "dossier_open")
    own.refused("POST dossiers", {**told, "kind": "sideways"}, "invalid")
    listed = own("GET dossiers")
    assert [row["code"] for row in listed["items"]] == [made["code"]]
    assert stranger("GET dossiers")["total"] == 0
    own.refused("GET dossiers?colour=red", None, "unknown_filter")


def test_answers_are_saved_by_field(
    own: Program, stranger: Program, product: Product, at: datetime
) -> None:
    row = making.draft(at, product=product)
    criterion = next(iter(making.load_set(making.SET).by_code))
    call = f"PATCH dossiers/{row.code}"
    saved = own(call, {"revision": 0, "marks": {criterion: 0}})
    assert (saved["revision"], saved["marks"]) == (1, {criterion: 0})
    top = making.load_set(making.SET).by_code[criterion].max
    own.refused(call, {"revision": 0, "marks": {criterion: top}}, "changed_meanwhile")
    own.refused(call, {"revision": 1, "marks": {"Z9": 1}}, "unknown_criterion")
    stranger.missing(call, {"revision": 1, "marks": {criterion: 0}})
    row.refresh_from_db()
    assert row.marks == {criterion: 0}


def test_filing_freezes_the_dossier(
    own: Program, stranger: Program, product: Product, at: datetime
) -> None:
    row = filled(product, at)
    stranger.missing(f"POST dossiers/{row.code}/submit")
    told = own(f"POST dossiers/{row.code}/submit")
    assert told["state"] == "at_commune"
    assert told["slip_number"]
    assert told["due_on"]
    own.refused(f"PATCH dossiers/{row.code}", {"revision": 1, "answers": {}}, "dossier_filed")
    (snapshot,) = told["snapshots"]
    content = own(f"GET dossiers/{row.code}/snapshots/1")
    assert sha256(content) == snapshot["sha256"]
    own.missing(f"GET dossiers/{row.code}/snapshots/2")
    stranger.missing(f"GET dossiers/{row.code}/snapshots/1")
    stranger.missing(f"GET dossiers/{row.code}")


def test_detail_says_what_is_missing_and_which_evidence_is_over(
    own: Program, product: Product, at: datetime
) -> None:
    row = filled(product, at)
    done = own(f"GET dossiers/{row.code}")["completeness"]
    assert (done["percent"], done["ready"], done["blockers"]) == (100, True, [])
    assert set(done["steps"].values()) == {"chosen", "proven"}
    unproven = {code for code, step in done["steps"].items() if step == "chosen"}
    assert {r["criterion"] for r in done["warnings"] if r["code"] == "no_paper"} == unproven
    one = min(unproven)
    paper = making.paper(at, product.producer)
    library.use_evidence(actor=SYSTEM, dossier=row, evidence=paper, criterion=one, at=at)
    assert own(f"GET dossiers/{row.code}")["completeness"]["steps"][one] == "proven"
    Evidence.objects.filter(pk=paper.pk).update(valid_until=date(2020, 1, 31))
    done = own(f"GET dossiers/{row.code}")["completeness"]
    assert done["steps"][one] == "chosen"
    (remark,) = (r for r in done["warnings"] if r["criterion"] == one)
    assert (remark["code"], remark["page"]) == ("expired_paper", "")
    assert "đã hết hiệu lực từ 01/02/2020" in remark["words"]


def test_detail_says_what_keeps_a_draft_from_being_filed(
    own: Program, product: Product, at: datetime
) -> None:
    row = making.draft(at, product=product)
    done = own(f"GET dossiers/{row.code}")["completeness"]
    assert not done["ready"]
    assert done["percent"] < 100
    assert set(done["steps"].values()) == {"empty"}
    lacking = {r["criterion"] for r in done["blockers"] if r["code"] == "unanswered"}
    assert lacking == set(done["steps"])
    assert all(bool(r["page"]) != bool(r["criterion"]) for r in done["blockers"])


def test_incomplete_dossier_is_not_filed(own: Program, product: Product, at: datetime) -> None:
    row = making.draft(at, product=product)
    own.refused(f"POST dossiers/{row.code}/submit", None, "dossier_incomplete")
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_dossier_is_withdrawn_with_a_reason(
    own: Program, stranger: Program, product: Product, at: datetime
) -> None:
    row = filed(product, at)
    call = f"POST dossiers/{row.code}/withdraw"
    stranger.missing(call, {"reason": "Đổi ý"})
    own.refused(call, {"reason": " "}, "reason_needed")
    assert own(call, {"reason": "Đổi ý"})["state"] == "withdrawn"


def test_request_for_more_is_answered_once(
    own: Program, stranger: Program, world: World, product: Product, at: datetime
) -> None:
    row = filed(product, at)
    asked = commune.ask_supplement(
        actor=world.actor(world.commune), dossier=row, wanted="Thêm giấy", criteria=[], days=5,
        at=at,
    )  # fmt: skip
    call = f"POST supplements/{asked.code}/answer"
    stranger.missing(call, {"answer": "Đã thêm"})
    own.refused(call, {"answer": ""}, "answer_empty")
    assert own(call, {"answer": "Đã thêm"})["answer"] == "Đã thêm"
    own.refused(call, {"answer": "Đã thêm"}, "already_answered")


def test_change_is_asked_for_and_judged(
    own: Program, stranger: Program, world: World, product: Product, at: datetime
) -> None:
    row = filed(product, at)
    text = "representative_title"
    call = f"POST dossiers/{row.code}/changes"
    told = {"base": 1, "proposed": {"answers": {text: "Khác"}}, "reason": "Viết nhầm"}
    stranger.missing(call, told)
    own.missing(call, {**told, "base": 9})
    own.refused(call, {**told, "proposed": {}}, "nothing_changed")
    made = own(call, told, 201)
    assert (made["state"], made["base"]) == ("asked", 1)
    own.refused(call, told, "change_open")

    judge = f"POST changes/{made['code']}/answer"
    told = {"accepted": True, "answer": "Đồng ý"}
    program(world.elsewhere, at).missing(judge, told)
    assert own(judge, told, 403)["code"] == "not_allowed"
    officer = program(world.commune, at)
    assert officer(judge, told)["state"] == "accepted"
    officer.refused(judge, told, "already_answered")
    row.refresh_from_db()
    assert row.answers[text] == "Khác"
    assert row.snapshots.count() == 2


def test_evidence_is_kept_used_and_replaced(
    own: Program, stranger: Program, product: Product, at: datetime
) -> None:
    row = making.draft(at, product=product)
    criterion = next(iter(making.load_set(making.SET).by_code))
    facts = {"type": "test_report", "title": "Phiếu kiểm nghiệm"}
    maker = product.producer.code
    stranger.send("evidence", making.picture(), 403, producer=maker, **facts)
    kept = own.send("evidence", making.picture(), producer=maker, **facts)
    assert (kept["title"], kept["media_type"]) == ("Phiếu kiểm nghiệm", "image/png")
    again = own.send("evidence", making.picture(), 422, producer=maker, **facts)
    assert again["code"] == "evidence_known"
    assert own("GET evidence")["total"] == 1
    assert stranger("GET evidence")["total"] == 0

    use = f"dossiers/{row.code}/evidence/{kept['code']}/{criterion}"
    stranger.missing(f"PUT {use}", {})
    own.refused(f"PUT dossiers/{row.code}/evidence/{kept['code']}/Z9", {}, "unknown_criterion")
    own(f"PUT {use}", {"note": "Trang 2"}, 204)
    (used,) = own(f"GET dossiers/{row.code}/evidence")
    assert (used["evidence"], used["criterion"], used["note"]) == (
        kept["code"],
        criterion,
        "Trang 2",
    )
    path = f"GET dossiers/{row.code}/evidence/{kept['code']}/file"
    assert own(path).startswith(b"\x89PNG")
    stranger.missing(path)
    stranger.missing(f"GET dossiers/{row.code}/evidence")

    change = f"PUT evidence/{kept['code']}"
    stranger.missing(change, facts)
    own.refused(change, {**facts, "title": ""}, "evidence_title")
    assert own(change, {**facts, "number": "12/KN"})["number"] == "12/KN"
    copies = f"evidence/{kept['code']}/copies"
    stranger.send(copies, making.picture("red"), 404, **facts)
    newer = own.send(copies, making.picture("red"), **facts)
    assert newer["code"] != kept["code"]
    own.send(copies, making.picture("blue"), 422, **facts)

    use = f"dossiers/{row.code}/evidence/{newer['code']}/{criterion}"
    stranger.missing(f"DELETE {use}")
    own(f"DELETE {use}", None, 204)
    own.refused(f"DELETE {use}", None, "not_used")
    withdraw = f"POST evidence/{newer['code']}/withdraw"
    stranger.missing(withdraw, {"reason": "Sai"})
    own.refused(withdraw, {"reason": ""}, "reason_needed")
    own(withdraw, {"reason": "Sai"}, 204)
    assert own("GET evidence")["total"] == 0


def test_what_came_from_the_last_dossier_is_told_and_its_levels_are_taken_by_saving(
    own: Program, stranger: Program, product: Product, at: datetime
) -> None:
    """Art. 6: an upgrade comes from a star that is held, and proves what changed."""
    first = filed(product, at)
    paper = making.paper(at, product.producer, valid_until=at.date() - timedelta(days=1))
    EvidenceUse.objects.create(dossier=first, evidence=paper, criterion="1.1")
    star = RecognitionFactory(product=product, stars=3, on=at.date() - timedelta(days=1))
    Dossier.objects.filter(pk=first.pk).update(state=State.DECIDED, recognition=star)
    begun = own("POST dossiers", {"product": product.code, "kind": "upgrade"}, status=201)
    code = begun["code"]
    assert begun["marks"] == {}
    told = own(f"GET dossiers/{code}/carried")
    assert told["earlier"] == first.code
    assert [(row["evidence"], row["criteria"], row["lasting"]) for row in told["papers"]] == [
        (paper.code, ["1.1"], "expired")
    ]
    assert told["marks"] == first.marks
    changes = [len(way["changes"]) for way in told["ways"]]
    assert changes == sorted(changes)
    saved = own(f"PATCH dossiers/{code}", {"revision": 0, "marks": told["marks"]})
    assert saved["marks"] == first.marks
    assert own(f"GET dossiers/{code}/carried")["marks"] == {}
    stranger.missing(f"GET dossiers/{code}/carried")
