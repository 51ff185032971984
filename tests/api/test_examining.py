"""The office side by the API: rounds, Form 03, receiving, advisers, visits, tests, proposals."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers import checklist
from ocop.dossiers.models import Dossier, Round, State, Visit
from tests.api.calling import Program, program
from tests.dossiers import making
from tests.dossiers.office import World, build_world, concluded, sitting, stored_report
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
def office(world: World) -> Program:
    return program(world.officer, world.now)


@pytest.fixture
def commune(world: World) -> Program:
    return program(world.commune, world.now)


@pytest.fixture
def elsewhere(world: World) -> Program:
    """The officer of another commune."""
    return program(world.elsewhere, world.now)


def test_year_is_planned_once_and_its_rounds_change(
    office: Program, commune: Program, at: datetime
) -> None:
    year = at.year + 1
    assert commune("POST rounds/plan", {"year": year}, 403)["code"] == "not_allowed"
    made = office("POST rounds/plan", {"year": year, "plan_number": "1/KH"}, 201)
    assert len(made) >= 4
    office.refused("POST rounds/plan", {"year": year}, "year_planned")
    assert commune("GET rounds")["total"] == len(made)
    first = made[0]
    told = {name: first[name] for name in ("opens_on", "requests_before", "done_before")}
    call = f"PUT rounds/{first['code']}"
    assert office(call, {**told, "name": "Đợt mùa xuân"})["name"] == "Đợt mùa xuân"
    assert commune(call, {**told, "name": "Đợt"}, 403)["code"] == "not_allowed"
    office.missing("PUT rounds/00000000", {**told, "name": "Đợt"})
    office.refused("POST rounds", {**told, "name": "Thêm", "year": year}, "no_extra_rounds")
    close = f"POST rounds/{first['code']}/close"
    office.refused(close, {"reason": ""}, "reason_needed")
    office.refused(close, {"reason": "Đủ hồ sơ"}, "round_not_open")
    Round.objects.filter(code=first["code"]).update(opens_on=at.date())
    assert office(close, {"reason": "Đủ hồ sơ"})["closed_on"]
    office.refused(close, {"reason": "Đủ hồ sơ"}, "round_closed")


def test_potential_products_are_kept_by_commune(
    office: Program, commune: Program, elsewhere: Program, world: World, at: datetime
) -> None:
    told = {"unit": world.places.here.code, "product_name": "Chè lam", "year": at.year}
    assert elsewhere("POST potentials", told, 403)["code"] == "not_allowed"
    commune.missing("POST potentials", {**told, "unit": "00000"})
    made = commune("POST potentials", told, 201)
    commune.refused("POST potentials", told, "potential_known")
    assert elsewhere("GET potentials")["total"] == 0
    end = f"POST potentials/{made['code']}/end"
    elsewhere.missing(end, {"reason": "Thôi"})
    assert commune(end, {"reason": "Thôi làm"})["ended_on"]
    office.refused(end, {"reason": "Thôi"}, "potential_ended")


def test_commune_reports_and_forwards(
    commune: Program, elsewhere: Program, world: World, at: datetime
) -> None:
    row = world.dossier()
    told = {
        "topics": {key: {"holds": True, "text": "Đúng"} for key in checklist.KEYS},
        "checklist": dict.fromkeys(checklist.ITEMS, True),
        "conclusion": "Đề nghị xem xét",
        "number": "12/BC-UBND",
        "signer": "Chủ tịch UBND xã",
        "signed_on": timezone.localdate(),
    }
    call = f"PUT dossiers/{row.code}/report"
    elsewhere.missing(call, told)
    commune.refused(call, {**told, "topics": {"weather": {}}}, "report_topic")
    commune.refused(f"POST dossiers/{row.code}/forward", None, "report_gaps")
    assert commune(call, told)["revision"] == 1
    commune.refused(call, told, "report_changed")
    elsewhere.missing(f"POST dossiers/{row.code}/forward")
    assert commune(f"POST dossiers/{row.code}/forward")["state"] == "forwarded"
    commune.refused(f"POST dossiers/{row.code}/return", {"reasons": "Thiếu"}, "move_not_possible")


def test_commune_asks_for_more_and_returns(
    commune: Program, elsewhere: Program, world: World
) -> None:
    row = world.dossier()
    ask = f"POST dossiers/{row.code}/supplements"
    told = {"wanted": "Thêm giấy", "days": 5}
    elsewhere.missing(ask, told)
    asked = commune(ask, told, 201)
    assert asked["due_on"]
    assert asked["warning"] == ""
    commune.refused(ask, {**told, "criteria": ["Z9"]}, "supplement_open")
    elsewhere.missing(f"POST dossiers/{row.code}/return", {"reasons": "Thiếu"})
    told_back = commune(f"POST dossiers/{row.code}/return", {"reasons": "Thiếu dấu"})
    assert told_back["state"] == "returned"


def test_office_receives_or_returns(office: Program, commune: Program, world: World) -> None:
    first, second = (world.dossier(State.FORWARDED) for _n in range(2))
    call = f"POST dossiers/{first.code}/receive"
    assert commune(call, None, 403)["code"] == "not_allowed"
    office.missing("POST dossiers/00000000/receive")
    office.missing(call, {"round": "00000000"})
    assert office(call)["state"] == "received"
    office.refused(call, None, "dossier_state")
    back = f"POST dossiers/{second.code}/return-received"
    assert commune(back, {"reasons": "Sai mẫu"}, 403)["code"] == "not_allowed"
    assert office(back, {"reasons": "Sai mẫu"})["state"] == "returned"
    office.refused(back, {"reasons": "Sai mẫu"}, "move_not_possible")


def test_adviser_examines_what_is_assigned(office: Program, world: World, at: datetime) -> None:
    row = world.dossier(State.RECEIVED)
    stored_report(row, at)
    adviser, other = program(world.adviser, at), program(world.second, at)
    assign = f"POST dossiers/{row.code}/advisers"
    told = {"advisers": [world.adviser.pk], "lead": world.adviser.pk}
    adviser.missing(assign, told)
    office.refused(assign, {**told, "lead": world.second.pk}, "advising_lead")
    office.missing(assign, {"advisers": [0], "lead": 0})
    (given,) = office(assign, told)
    assert given["lead"]

    criterion = making.load_set(making.SET).criteria[0]
    call = f"PUT dossiers/{row.code}/findings/{criterion.code}"
    found = {"verdict": "proven", "points": criterion.max}
    other.missing(call, found)
    assert office(call, found, 403)["code"] == "not_allowed"
    adviser.refused(call, {"verdict": "doubtful"}, "advising_note")
    assert adviser(call, found)["points"] == criterion.max

    visit = f"POST dossiers/{row.code}/visits"
    seen = {"client_id": str(uuid4()), "visited_at": at - timedelta(hours=1), "note": "Xưởng sạch"}
    other.missing(visit, seen)
    adviser.refused(visit, {**seen, "note": ""}, "visiting_note")
    made = adviser(visit, seen, 201)
    assert adviser(visit, seen, 201)["code"] == made["code"]
    assert Visit.objects.count() == 1
    photos = f"visits/{made['code']}/photos"
    adviser.send(photos, making.picture(), caption="Cổng")
    other.send(photos, making.picture(), 404)
    adviser.send(photos, b"%PDF-1.4 no picture", 422)

    sample = {"count": 5, "received_on": timezone.localdate()}
    other.missing(f"POST dossiers/{row.code}/samples", sample)
    adviser.refused(f"POST dossiers/{row.code}/samples", {**sample, "count": 0}, "visiting_count")
    assert adviser(f"POST dossiers/{row.code}/samples", sample, 201)["count"] == 5
    order = f"POST dossiers/{row.code}/tests"
    test = {"laboratory": "Quatest 1", "parameters": "Chì", "ordered_on": timezone.localdate()}
    other.missing(order, test)
    adviser.refused(order, {**test, "laboratory": " "}, "visiting_laboratory")
    ordered = adviser(order, test, 201)

    word = f"PUT dossiers/{row.code}/proposal"
    told = {"ready": True, "text": "Đủ điều kiện", "star": 4}
    other.missing(word, told)
    adviser.refused(word, told, "test_awaited")
    result = f"POST tests/{ordered['code']}/result"
    passed = {"passed": True, "result": "Đạt", "result_on": timezone.localdate()}
    other.missing(result, passed)
    assert adviser(result, passed)["passed"]
    adviser.refused(result, passed, "result_known")
    adviser.refused(word, told, "advising_unexamined")
    told["unexamined"] = "Đã đối chiếu minh chứng, không có ý kiến."
    assert adviser(word, told)["star"] == 4

    told = adviser(f"GET dossiers/{row.code}/examination")
    assert [len(told[part]) for part in ("findings", "visits", "samples", "tests")] == [1] * 4
    assert (told["report"]["number"], told["proposal"]["ready"]) == ("12/BC-UBND", True)
    other.missing(f"GET dossiers/{row.code}/examination")
    program(world.commune, at).missing(f"GET dossiers/{row.code}/examination")
    own = program(member(at, row.product.producer), at)
    own.missing(f"GET dossiers/{row.code}/examination")


def test_ready_dossier_goes_on_an_agenda(office: Program, commune: Program, world: World) -> None:
    held = sitting(starts_at=world.now + timedelta(days=7))
    row = world.dossier(State.READY)
    call = f"POST sittings/{held.code}/dossiers"
    commune.missing(call, {"dossiers": [row.code]})
    office.refused(call, {"dossiers": []}, "no_dossiers")
    (placed,) = office(call, {"dossiers": [row.code]}, 201)
    assert placed["dossier"] == row.code
    office.refused(call, {"dossiers": [row.code]}, "dossier_state")
    office.missing(call, {"dossiers": ["00000000"]})


def test_ministry_keeps_or_returns(office: Program, commune: Program, world: World) -> None:
    row = concluded(world.dossier(), "92.50", 5)
    day = timezone.localdate()
    call = f"dossiers/{row.code}/referral"
    sent = {"document": "12/TTr-UBND", "sent_on": day}
    assert commune(f"POST {call}", sent, 403)["code"] == "not_allowed"
    office.missing("POST dossiers/00000000/referral", sent)
    assert office(f"POST {call}", sent, 201)["provincial_star"] == 5
    assert commune(f"PUT {call}", {"total": "95", "star": 5, "document": "x", "told_on": day}, 403)
    found = {"total": "85.5", "document": "3/BC", "told_on": day}
    assert office(f"PUT {call}", found, 422)
    office.refused(f"PUT {call}", {**found, "star": 5}, "dossier_star")
    told = office(f"PUT {call}", {**found, "star": 3})
    assert (told["central_star"], told["returned"]) == (3, True)
    again = f"POST dossiers/{row.code}/evaluate-again"
    assert commune(again, {"reason": "Trả về"}, 403)["code"] == "not_allowed"
    assert office(again, {"reason": "Bộ trả về"})["state"] == "ready"
    office.refused(again, {"reason": "Bộ trả về"}, "dossier_state")


def test_dossier_ends_with_a_decision_or_without(
    office: Program, commune: Program, world: World
) -> None:
    good, bad = concluded(world.dossier(), "75.00", 4), concluded(world.dossier(), "41.00", 2)
    told = {
        "number": "5000/QĐ-UBND", "signed_on": timezone.localdate(),
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
    }  # fmt: skip
    call = "POST dossiers/decide"
    assert commune(call, {**told, "dossiers": [good.code]}, 403)["code"] == "not_allowed"
    office.refused(call, {**told, "dossiers": []}, "no_results")
    office.refused(call, {**told, "dossiers": [good.code, bad.code]}, "no_star")
    made = office(call, {**told, "dossiers": [good.code]}, 201)
    assert [row["state"] for row in made["dossiers"]] == ["decided"]
    refuse = f"POST dossiers/{bad.code}/refuse"
    by = {"document": "7/TB-UBND", "signed_on": timezone.localdate(), "reason": "Dưới 3 sao"}
    office.refused(refuse, {**by, "reason": " "}, "reason_needed")
    office.refused(refuse, {**by, "document": " "}, "dossier_document")
    assert commune(refuse, by, 403)["code"] == "not_allowed"
    assert office(refuse, by)["state"] == "refused"
    assert Dossier.objects.get(pk=bad.pk).ended_at
    back = {"reason": "Ghi nhầm hồ sơ"}
    assert office(f"{refuse}/take-back", back, 403)["code"] == "not_allowed"
