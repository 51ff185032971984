"""Councils after they were set up, and the order of agendas, by the API."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.councils.models import Council, Item, Seat
from ocop.councils.queries import progress
from ocop.councils.services.sittings import cancel_sitting
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS
from tests.api.calling import Program, program
from tests.councils.hall import Hall, build_hall, open_hall
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(now: datetime) -> datetime:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return timezone.now()


@pytest.fixture
def office(at: datetime) -> Program:
    return program(person(at, Role.PROVINCIAL_OFFICER), at)


@pytest.fixture
def stranger(at: datetime) -> Program:
    """The chair of another council."""
    return program(build_hall(at).people[0], at)


def of_chair(hall: Hall) -> Program:
    return program(hall.people[0], hall.now)


def test_member_joins_and_leaves(office: Program, stranger: Program, at: datetime) -> None:
    hall = build_hall(at)
    path = f"councils/{hall.council.code}"
    today = timezone.localdate()
    told = {
        "account": person(at, Role.COUNCIL_MEMBER).pk,
        "organisation": "Sở Công Thương",
        "address": "Thôn 1",
        "starts_on": today,
    }
    stranger.missing(f"POST {path}/seats", told)
    of_chair(hall).refused(f"POST {path}/seats", told, "not_allowed", 403)
    reader = program(hall.office, at, READ_COUNCILS)
    reader.refused(f"POST {path}/seats", told, "scope_missing", 403)
    office.missing(f"POST {path}/seats", {**told, "account": 0})
    office.refused(f"POST {path}/seats", {**told, "starts_on": "2020-01-01"}, "seat_too_early")
    made = office(f"POST {path}/seats", told, 201)
    assert (made["account"], made["organisation"], made["starts_on"], made["ends_on"]) == (
        told["account"], "Sở Công Thương", str(today), None,
    )  # fmt: skip
    office.refused(f"POST {path}/seats", told, "seat_taken")
    assert made in office(f"GET {path}")["seats"]

    leave = f"POST {path}/seats/{made['id']}/end"
    stranger.missing(leave, {"reason": "Chuyển công tác"})
    office.missing(f"POST {path}/seats/0/end", {"reason": "Chuyển công tác"})
    of_chair(hall).refused(leave, {"reason": "Chuyển công tác"}, "not_allowed", 403)
    office.refused(leave, {"reason": " "}, "reason_needed")
    last = today + timedelta(days=10)
    gone = office(leave, {"reason": "Chuyển công tác", "ends_on": last})
    assert gone == {**made, "ends_on": str(last)}
    assert Event.objects.latest("pk").reason == "Chuyển công tác"
    office.refused(leave, {"reason": "Chuyển công tác"}, "seat_ended")


def test_seat_of_another_council_is_not_found_here(office: Program, at: datetime) -> None:
    hall, other = build_hall(at), build_hall(at)
    seat = Seat.objects.filter(council=other.council).latest("pk")
    office.missing(f"POST councils/{hall.council.code}/seats/{seat.pk}/end", {"reason": "Nghỉ"})


def test_council_is_dissolved_when_nothing_is_open(
    office: Program, stranger: Program, at: datetime
) -> None:
    hall = build_hall(at)
    call = f"POST councils/{hall.council.code}/dissolve"
    told = {"reason": "Hết nhiệm kỳ"}
    stranger.missing(call, told)
    of_chair(hall).refused(call, told, "not_allowed", 403)
    office.refused(call, told, "sittings_open")
    office(f"PUT sittings/{hall.sitting.code}/cancelled", {"reason": "Không đủ người"})
    office.refused(call, {"reason": ""}, "reason_needed")
    done = office(call, told)
    assert done["dissolved_on"] == str(timezone.localdate())
    assert all(seat["ends_on"] for seat in done["seats"])
    assert Council.objects.get(pk=hall.council.pk).dissolved_on == timezone.localdate()
    office.refused(call, told, "council_dissolved")


def test_case_changes_its_place_on_the_agenda(stranger: Program, at: datetime) -> None:
    hall = build_hall(at, cases=3)
    chair, member = of_chair(hall), program(hall.people[2], at)

    def order() -> list[str]:
        found = Item.objects.filter(sitting=hall.sitting).order_by("position")
        return list(found.values_list("code", flat=True))

    first, second, third = order()
    call = f"PUT items/{third}/position"
    stranger.missing(call, {"position": 1})
    member.refused(call, {"position": 1}, "not_allowed", 403)
    assert chair(call, {"position": 1})["code"] == third
    assert order() == [third, first, second]
    chair(call, {"position": 10**30})  # past the end is the end
    assert order() == [first, second, third]
    chair.refused(call, {"position": "đầu"}, "invalid")


def test_one_case_is_opened_for_marking(stranger: Program, at: datetime) -> None:
    hall = build_hall(at, cases=2)
    chair, member = of_chair(hall), program(hall.people[2], at)
    first, second = Item.objects.filter(sitting=hall.sitting).order_by("position")
    call = f"POST items/{first.code}/start"
    stranger.missing(call)
    member.refused(call, None, "not_allowed", 403)
    chair.refused(call, None, "sitting_state")
    there = [{"seat": hall.seat(who).pk, "present": True} for who in range(3)]
    chair(f"POST sittings/{hall.sitting.code}/attendance", there)
    chair(f"POST sittings/{hall.sitting.code}/open")
    assert chair(call)["state"] == "scoring"
    second.refresh_from_db()
    assert second.state == "waiting"
    chair.refused(call, None, "item_state")


def test_a_member_is_named_by_the_login(office: Program, at: datetime) -> None:
    hall = build_hall(at)
    user = person(at, Role.COUNCIL_MEMBER)
    path, today = f"POST councils/{hall.council.code}/seats", timezone.localdate()
    told = office.refused(path, {"login": "a@b.example", "starts_on": today}, "account_unknown")
    assert told["errors"][0]["field"] == "login"
    office.refused(path, {"starts_on": today}, "account_unknown")
    assert office(path, {"login": user.email, "starts_on": today}, 201)["account"] == user.pk
    people = [person(at, Role.COUNCIL_MEMBER) for _n in range(3)]
    decision = {
        "name": "Hội đồng",
        "decision_number": "99/QĐ-UBND",
        "decided_on": today,
        "authority": "UBND tỉnh",
        "members": [
            {"login": user.email, "position": position}
            for user, position in zip(people, ("chair", "member", "member"), strict=True)
        ],
    }
    of_chair(hall).refused("POST councils", decision, "not_allowed", 403)  # asks of no account
    made = office("POST councils", decision, 201)
    assert [seat["account"] for seat in made["seats"]] == [user.pk for user in people]


def test_statistics_of_a_sitting_are_the_chairs_and_the_offices(
    office: Program, stranger: Program, at: datetime
) -> None:
    hall = open_hall(at)
    hall.submit_all(80, 82, 87)
    hall.answer()
    for code in progress.assessed(hall.item).differing:
        agree = {"points": max(s.marks[code] for s in hall.item.sheets.all()), "reason": "Đã bàn"}
        of_chair(hall)(f"PUT items/{hall.item.code}/levels/{code}", agree)
    hall.conclude()
    call = f"GET sittings/{hall.sitting.code}/statistics"
    stranger.missing(call)
    program(hall.people[1], at).missing(call)  # the secretary
    assert office(call) == of_chair(hall)(call)
    [item] = office(call)["items"]
    assert (item["item"], Decimal(item["mean"])) == (hall.item.code, 83)
    assert [Decimal(row["distance"]) for row in item["members"]] == [-3, -1, 4]
    assert [row["member"] for row in office(call)["members"]] == [u.name for u in hall.people]
    assert item["agreement"]["members"] == 3


def test_the_agenda_says_what_is_cancelled(at: datetime) -> None:
    hall = build_hall(at)
    chair = of_chair(hall)
    assert [row["cancelled"] for row in chair("GET agenda")["items"]] == [False]
    cancel_sitting(actor=hall.planner, sitting=hall.sitting, reason="Bão số 5", at=at)
    assert [row["cancelled"] for row in chair("GET agenda")["items"]] == [True]
