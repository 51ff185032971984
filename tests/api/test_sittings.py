"""Councils at work by the API: each call done, refused, and made about another's."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Item, Obstacle, Sheet, Sitting, SittingKind
from ocop.councils.services import sittings as planning
from ocop.councils.services.obstacles import declare_conflict
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.api.calling import Program, program
from tests.councils.books import harmless
from tests.councils.hall import SET, Hall, build_hall, marks, new_case, open_hall
from tests.dossiers.making import picture
from tests.world import person

pytestmark = pytest.mark.django_db
FIRST = load_set(SET).criteria[0]


@pytest.fixture
def at(now: datetime) -> datetime:
    """The API acts now; a demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return timezone.now()


def programs(hall: Hall) -> list[Program]:
    """Of the chair, the secretary and the members."""
    return [program(user, hall.now) for user in hall.people]


@pytest.fixture
def stranger(at: datetime) -> Program:
    """The chair of another council."""
    return program(build_hall(at).people[0], at)


def written(total: int) -> dict[str, dict[str, int]]:
    return {code: {"points": points} for code, points in marks(load_set(SET), total).items()}


def test_council_is_constituted_by_the_office(at: datetime, stranger: Program) -> None:
    office = program(person(at, Role.PROVINCIAL_OFFICER), at)
    people = [
        person(at, role)
        for role in (Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)
    ]
    positions = ("chair", "secretary", "member")
    told = {
        "name": "Hội đồng", "decision_number": "1/QĐ-UBND", "decided_on": "2026-03-02",
        "authority": "UBND",
        "members": [
            {"account": user.pk, "position": position, "address": "Thôn 1"}
            for user, position in zip(people, positions, strict=True)
        ],
    }  # fmt: skip
    assert stranger("POST councils", told, 403)["code"] == "not_allowed"
    office.refused("POST councils", {**told, "members": told["members"][:1]}, "few_members")
    office.missing("POST councils", {**told, "members": [{"account": 0}]})
    made = office("POST councils", told, 201)
    assert [seat["position"] for seat in made["seats"]] == list(positions)
    assert "Thôn 1" not in str(made)
    stranger.missing(f"GET councils/{made['code']}")
    assert made["code"] not in str(stranger("GET councils"))
    assert office(f"GET councils/{made['code']}")["name"] == "Hội đồng"


def test_sitting_is_planned_moved_and_cancelled(at: datetime, stranger: Program) -> None:
    hall = build_hall(at)
    chair, _secretary, member = programs(hall)
    call = f"POST councils/{hall.council.code}/sittings"
    later = at + timedelta(days=7)
    told = {"title": "Phiên 2", "starts_at": later, "place": "Hội trường"}
    stranger.missing(call, told)
    assert member(call, told, 403)["code"] == "not_allowed"
    chair.refused(call, {**told, "title": " "}, "title_missing")
    code = chair(call, told, 201)["code"]
    stranger.missing(f"GET sittings/{code}")
    assert {row["code"] for row in member("GET sittings")["items"]} == {code, hall.sitting.code}
    move = f"PUT sittings/{code}/time"
    told = {"starts_at": later + timedelta(days=1), "place": "Phòng 2", "reason": "Bão"}
    stranger.missing(move, told)
    chair.refused(move, {**told, "reason": ""}, "reason_needed")
    assert chair(move, told)["place"] == "Phòng 2"
    cancel = f"PUT sittings/{code}/cancelled"
    stranger.missing(cancel, {"reason": "Thôi"})
    chair.refused(cancel, {"reason": ""}, "reason_needed")
    assert chair(cancel, {"reason": "Gộp phiên"})["state"] == "cancelled"
    chair.refused(cancel, {"reason": "Gộp phiên"}, "sitting_state")


def test_list_counts_the_cases_of_each_sitting_in_one_query(at: datetime) -> None:
    hall = build_hall(at, cases=2)
    member = program(hall.people[2], at)
    counts, told = [], {}
    for more in ([1], [2, 3, 4]):
        for days in more:
            later = planning.plan_sitting(
                actor=SYSTEM, council=hall.council, kind="meeting", title="Phiên sau",
                place="Hội trường", starts_at=at + timedelta(days=days), passing=2, at=at,
            )  # fmt: skip
            planning.set_agenda(actor=SYSTEM, sitting=later, cases=[new_case(at)], at=at)
        with CaptureQueriesContext(connection) as queries:
            told = member("GET sittings")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert {row["code"]: row["items"] for row in told["items"]}[hall.sitting.code] == 2
    declare_conflict(actor=hall.actor(2), case=hall.items[0].case, reason="Người nhà", at=at)
    first = next(row for row in member("GET sittings")["items"] if row["items"] == 1)
    assert first["code"] == hall.sitting.code
    assert first == member(f"GET sittings/{hall.sitting.code}")["sitting"]


def test_sittings_are_narrowed_as_on_the_page(at: datetime) -> None:
    hall = build_hall(at)
    member = program(hall.people[2], at)
    assert member("GET sittings?state=planned&kind=meeting")["total"] == 1
    assert member("GET sittings?state=closed")["total"] == 0
    assert member(f"GET sittings?q={hall.items[0].case.title}&year={at.year}")["total"] == 1
    member.refused("GET sittings?state=x", None, "filter_value")
    member.refused("GET sittings?sate=open", None, "unknown_filter")


def test_sitting_opens_with_its_quorum(at: datetime, stranger: Program) -> None:
    hall = build_hall(at)
    chair, secretary, member = programs(hall)
    path = f"sittings/{hall.sitting.code}"
    chair.refused(f"POST {path}/open", None, "no_quorum")
    there = [{"seat": hall.seat(who).pk, "present": True} for who in range(3)]
    stranger.missing(f"POST {path}/attendance", there)
    secretary.missing(f"POST {path}/attendance", [*there, {"seat": 0, "present": True}])
    assert secretary(f"POST {path}/attendance", there)["reached"]
    stranger.missing(f"POST {path}/open")
    assert member(f"POST {path}/open", None, 403)["code"] == "not_allowed"
    assert chair(f"POST {path}/open")["state"] == "open"
    chair.refused(f"POST {path}/open", None, "sitting_state")
    stranger.missing(f"POST {path}/start")
    chair(f"POST {path}/start")
    told = member(f"GET {path}")
    assert (told["quorum"]["present"], told["items"][0]["state"]) == (3, "scoring")
    chair.refused(f"PUT {path}/closed", {}, "items_open")
    stranger.missing(f"PUT {path}/closed", {})


def test_sheet_is_written_and_given_in_blind(at: datetime, stranger: Program) -> None:
    hall = open_hall(at)
    chair, secretary, member = programs(hall)
    path = f"items/{hall.item.code}"
    member.missing(f"GET {path}/sheet")
    stranger.missing(f"PATCH {path}/sheet", {"marks": {}})
    member.refused(f"PATCH {path}/sheet", {"marks": {}, "attempt": 2}, "other_attempt")
    member.refused(f"PATCH {path}/sheet", {"marks": {}, "version": "old"}, "other_version")
    member(f"PATCH {path}/sheet", {"marks": {FIRST.code: {"points": 0, "stamp": 5}}})
    late = {"marks": {FIRST.code: {"points": FIRST.max, "stamp": 3}}}
    assert member(f"PATCH {path}/sheet", late)["overtaken"] == [FIRST.code]
    assert member(f"GET {path}/sheet")["marks"] == {FIRST.code: 0}
    assert member(f"POST {path}/sheet/submit", None, 422)["code"]
    stamped = {code: {**mark, "stamp": 9} for code, mark in written(80).items()}
    member(f"PATCH {path}/sheet", {"marks": stamped})
    refused = member(f"POST {path}/sheet/submit", None, 422)
    asked = {gate.id for gate in load_set(SET).gates}
    assert refused["code"] == "conditions_unanswered"
    assert {error["field"] for error in refused["errors"]} == asked
    member(f"PATCH {path}/sheet", {"gates": harmless(load_set(SET))})
    assert chair(f"GET {path}/sheets") == []
    stranger.missing(f"POST {path}/sheet/submit")
    assert member(f"POST {path}/sheet/submit")["total"] == "80"
    assert member(f"POST {path}/sheet/submit")["state"] == "submitted"  # twice is no error
    assert chair(f"GET {path}/sheets") == []  # the own sheet is still to be given
    stranger.missing(f"GET {path}/sheets")

    key = Sheet.objects.get().pk
    reopen = f"POST sheets/{key}/reopen"
    stranger.missing(reopen, {"reason": "Nhầm"})
    secretary.missing(reopen, {"reason": "Nhầm"})
    # The chair gives back what may not be read yet, and reads nothing by it.
    told = chair(reopen, {"reason": "Nhầm dòng"})
    assert told == {
        "id": key,
        "member": hall.people[2].name,
        "attempt": 1,
        "state": "draft",
        "reason": "Nhầm dòng",
    }
    chair.missing(reopen, {"reason": "Nhầm dòng"})  # it is the member's again
    member(f"POST {path}/sheet/submit")
    for each in (chair, secretary):
        each(f"PATCH {path}/sheet", {"marks": written(80), "gates": harmless(load_set(SET))})
        each(f"POST {path}/sheet/submit")
    assert len(chair(f"GET {path}/sheets")) == 3
    assert len(member(f"GET {path}/sheets")) == 1
    assert secretary(reopen, {"reason": "Nhầm"}, 403)["code"] == "not_allowed"
    chair.refused(reopen, {"reason": ""}, "reason_needed")
    assert chair(reopen, {"reason": "Nhầm cột"})["state"] == "draft"


def test_case_is_discussed_and_concluded(at: datetime, stranger: Program) -> None:
    hall = open_hall(at)
    chair, _secretary, member = programs(hall)
    path = f"items/{hall.item.code}"
    chair.refused(f"POST {path}/conclusion", None, "sheets_missing")
    hall.submit_all(80, 82, 84)
    text = {"text": "Bàn về bao bì"}
    stranger.missing(f"PUT {path}/discussion", text)
    assert member(f"PUT {path}/discussion", text, 403)["code"] == "not_allowed"
    assert chair(f"PUT {path}/discussion", text)["discussion"] == "Bàn về bao bì"
    told = {"gates": harmless(load_set(SET))}
    stranger.missing(f"PUT {path}/gates", told)
    assert member(f"PUT {path}/gates", told, 403)["code"] == "not_allowed"
    chair(f"PUT {path}/gates", told)
    level = f"PUT {path}/levels/{FIRST.code}"
    stranger.missing(level, {"points": None})
    assert member(level, {"points": None}, 403)["code"] == "not_allowed"
    rescore = f"POST {path}/rescoring"
    stranger.missing(rescore, {"reason": "Chênh"})
    chair.refused(rescore, {"reason": ""}, "reason_needed")
    stranger.missing(f"POST {path}/conclusion")
    assert member(f"POST {path}/conclusion", None, 403)["code"] == "not_allowed"
    done = chair(f"POST {path}/conclusion")
    assert (done["state"], float(done["mean"])) == ("concluded", 82)
    assert done["sha256"]
    assert member(f"GET {path}")["outcome"]["star"] == done["star"]
    stranger.missing(f"GET {path}")
    close = f"PUT sittings/{hall.sitting.code}/closed"
    chair.refused(close, {"minutes_on": "2026-03-03"}, "before_sitting")
    assert chair(close, {"minutes_number": "1/BB"})["state"] == "closed"
    minutes = f"PUT sittings/{hall.sitting.code}/minutes"
    told = {"minutes_number": "2/BB", "reason": "Ký sau"}
    stranger.missing(minutes, told)
    assert member(minutes, told, 403)["code"] == "not_allowed"
    chair.refused(minutes, told, "minutes_known")
    Sitting.objects.update(minutes_number="")
    assert chair(minutes, told)["minutes_number"] == "2/BB"


def test_level_that_few_gave_takes_the_councils_reason(at: datetime) -> None:
    hall = open_hall(at)
    chair, _secretary, _member = programs(hall)
    given = marks(load_set(SET), 80)
    criterion = next(c for c in load_set(SET).criteria if c.minimum(3))
    low = criterion.levels[0]
    hall.submit(0, {**given, criterion.code: low})
    for who in (1, 2):
        hall.submit(who, given)
    level = f"PUT items/{hall.item.code}/levels/{criterion.code}"
    chair.refused(level, {"points": low}, "level_reason")
    told = {"points": low, "reason": "Giấy chứng nhận hết hạn"}
    assert chair(level, told)["agreed"] == {criterion.code: low}


def test_case_is_marked_again_or_taken_off(at: datetime, stranger: Program) -> None:
    hall = open_hall(at, cases=2)
    chair, _secretary, member = programs(hall)
    hall.submit_all(80, 82, 84)
    path = f"items/{hall.item.code}"
    again = chair(f"POST {path}/rescoring", {"reason": "Chênh nhau"})
    assert (again["attempt"], again["state"]) == (2, "rescoring")
    other = f"POST items/{hall.items[1].code}/take-off"
    stranger.missing(other, {"reason": "Thiếu mẫu"})
    assert member(other, {"reason": "Thiếu mẫu"}, 403)["code"] == "not_allowed"
    chair.refused(other, {"reason": ""}, "reason_needed")
    assert chair(other, {"reason": "Thiếu mẫu"})["state"] == "taken_off"


def test_conflict_is_declared_and_settled(at: datetime, stranger: Program) -> None:
    hall = open_hall(at, members=4)
    chair, secretary, member, _other = programs(hall)
    case = hall.item.case
    found = Obstacle.objects.create(
        case=case, seat=hall.seat(3), ground="organisation", state="warned", raised_at=at
    )
    path = f"sittings/{hall.sitting.code}/conflicts"
    assert [row["id"] for row in chair(f"GET {path}")["items"]] == [found.pk]
    assert member(f"GET {path}")["items"] == []
    stranger.missing(f"GET {path}")
    settle = f"PUT conflicts/{found.pk}"
    told = {"recused": False, "reason": "Đã nghỉ việc ở đó"}
    stranger.missing(settle, told)
    member.missing(settle, told)
    secretary.refused(settle, {**told, "reason": ""}, "reason_needed")
    assert chair(settle, told)["state"] == "dismissed"

    declare = f"POST items/{hall.item.code}/conflict"
    stranger.missing(declare, {"reason": "Người nhà"})
    member(declare, {"reason": "Người nhà"}, 204)
    member.missing(f"GET items/{hall.item.code}")
    member.missing(declare, {"reason": "Người nhà"})
    assert member(f"GET sittings/{hall.sitting.code}")["items"] == []
    assert member(f"GET {path}")["items"] == []


def test_paper_sheet_counts_when_a_second_person_typed_the_same(
    at: datetime, stranger: Program
) -> None:
    hall = open_hall(at)
    chair, _secretary, member = programs(hall)
    first, second = (program(person(at, Role.PROVINCIAL_OFFICER), at) for _n in range(2))
    path = f"items/{hall.item.code}/paper-sheets"
    given = marks(load_set(SET), 80)
    told = {
        "seat": hall.seat(2).pk,
        "marks": json.dumps(given),
        "gates": json.dumps(harmless(load_set(SET))),
        "opinion": "Đủ hồ sơ",
    }
    scan = picture("white")
    assert stranger.send(path, scan, 404, **told)["code"] == "not_found"
    assert member.send(path, scan, 403, **told)["code"] == "not_allowed"
    assert first.send(path, scan, 404, **{**told, "seat": 0})["code"] == "not_found"
    assert first(f"POST {path}", told, 422)
    assert first.send(path, b"a;b\n1;2\n", 422, **told)["errors"][0]["field"] == "scan"
    assert first.send(path, scan, 422, **{**told, "marks": '{"\\ud800": 1}'})["code"] == "invalid"
    key = first.send(path, scan, 201, **told)["id"]
    stranger.missing(f"GET paper-sheets/{key}/scan")
    chair.missing(f"GET paper-sheets/{key}/scan")
    answer = Client().get(f"/api/v1/paper-sheets/{key}/scan", headers=second.headers)
    assert hashlib.sha256(b"".join(answer)).hexdigest() == Sheet.objects.get(pk=key).scan.sha256  # type: ignore[union-attr]
    confirm = f"POST paper-sheets/{key}/confirm"
    stranger.missing(confirm, {"marks": given})
    first.refused(confirm, {"marks": given}, "same_person")
    wrong = {**given, FIRST.code: next(n for n in FIRST.levels if n != given[FIRST.code])}
    assert FIRST.code in second.refused(confirm, {"marks": wrong}, "paper_differs")["detail"]
    answers = harmless(load_set(SET))
    second.refused(confirm, {"marks": given}, "paper_differs")
    again = {"marks": given, "gates": answers}
    asked = second.refused(confirm, again, "words_unread")
    assert "Đủ hồ sơ" in asked["detail"]
    again["opinion"] = "Đủ hồ sơ"
    assert second(confirm, again)["state"] == "submitted"
    second.refused(confirm, again, "not_waiting")


def test_a_paper_opinion_may_ask_for_a_meeting(at: datetime) -> None:
    hall = open_hall(at, kind=SittingKind.WRITTEN)
    first, second = (program(person(at, Role.PROVINCIAL_OFFICER), at) for _n in range(2))
    given = marks(load_set(SET), 80)
    told = {"seat": hall.seat(2).pk, "marks": json.dumps(given), "wants_meeting": "true"}
    key = first.send(f"items/{hall.item.code}/paper-sheets", picture("white"), 201, **told)["id"]
    confirm, again = f"POST paper-sheets/{key}/confirm", {"marks": given, "opinion": ""}
    second.refused(confirm, again, "paper_differs")
    second(confirm, {**again, "wants_meeting": True})
    assert Sheet.objects.get(pk=key).wants_meeting


def test_written_opinions_that_differ_become_a_meeting(at: datetime, stranger: Program) -> None:
    hall = open_hall(at, kind=SittingKind.WRITTEN)
    chair, _secretary, member = programs(hall)
    call = f"POST sittings/{hall.sitting.code}/meeting"
    later = at + timedelta(days=7)
    told = {"starts_at": later, "place": "Hội trường", "items": [hall.item.code]}
    stranger.missing(call, told)
    assert member(call, told, 403)["code"] == "not_allowed"
    chair.missing(call, {**told, "items": ["00000000"]})
    hall.submit_all(60, 82, 91)
    made = chair(call, told, 201)
    assert (made["kind"], made["items"]) == ("meeting", 1)
    assert Item.objects.filter(sitting__code=made["code"]).exists()
    chair.refused(call, told, "item_state")
