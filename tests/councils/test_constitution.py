"""Setting up a council, its seats and its end."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Council, Position
from ocop.councils.queries import councils
from ocop.councils.services import constitution, sittings
from ocop.councils.services.constitution import NewSeat
from ocop.councils.working import CouncilRules
from ocop.people.models import User
from ocop.people.roles import Role
from tests.councils.hall import DECIDED, build_hall, new_council
from tests.world import person

pytestmark = pytest.mark.django_db


def constitute(now: datetime, **more: Any) -> Council:
    if "members" not in more:
        people = [person(now, Role.COUNCIL_MEMBER) for _n in range(3)]
        more["members"] = [NewSeat(people[0], "chair"), *map(NewSeat, people[1:])]
    given = {
        "actor": SYSTEM,
        "name": "Hội đồng",
        "decision_number": f"{815 + Council.objects.count()}/QĐ-UBND",
        "decided_on": DECIDED,
        "authority": "Chủ tịch UBND thành phố Hà Nội",
        "at": now,
    }
    return constitution.constitute_council(**(given | more))


def test_council_keeps_the_rules_of_the_day_it_was_set_up(now: datetime) -> None:
    council = constitute(now)
    options.set_option(actor=SYSTEM, option=councils.TWO_PASSES, value=True, at=now)
    later = constitute(now)
    assert councils.rules_of(council) == CouncilRules()
    assert councils.rules_of(later).two_passes


def test_a_decision_sets_up_one_council(now: datetime) -> None:
    first = constitute(now)
    same = {"decision_number": f" {first.decision_number} "}
    with pytest.raises(Refused) as refusal:
        constitute(now, name="Hội đồng khác", **same)
    assert refusal.value.code == "council_exists"
    assert list(refusal.value.fields) == ["decision_number"]
    assert list(Council.objects.all()) == [first]
    assert constitute(now, **same, decided_on=DECIDED + timedelta(days=1)) != first


def test_council_takes_rules_of_its_own(now: datetime) -> None:
    rules = CouncilRules(spread_limit=Decimal(5), extra_rounds=True)
    assert councils.rules_of(constitute(now, working_rules=rules)) == rules


def test_seats_stand_in_the_order_of_the_decision(now: datetime) -> None:
    people = [person(now, Role.COUNCIL_MEMBER) for _n in range(4)]
    members = [
        NewSeat(people[2]),
        NewSeat(people[0], "chair"),
        NewSeat(people[1]),
        NewSeat(people[3]),
    ]
    council = constitute(now, members=members)
    assert [seat.user for seat in councils.seats_on(council, now.date())] == [
        people[2],
        people[0],
        people[1],
        people[3],
    ]
    assert councils.seats_on(council, DECIDED - timedelta(days=1)) == []


def _seats(people: list[User], *positions: str) -> list[NewSeat]:
    return [NewSeat(user, position) for user, position in zip(people, positions, strict=False)]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("name_missing", {"name": " "}),
        ("decision_number_missing", {"decision_number": ""}),
        ("authority_missing", {"authority": ""}),
        ("decided_later", {"decided_on": date(2026, 11, 24)}),
        ("decided_early", {"decided_on": date(2017, 12, 31)}),
        ("text_too_long", {"name": "x" * 201}),
        ("few_members", {"members": ("chair", "member")}),
        ("one_chair", {"members": ("member", "member", "member")}),
        ("one_chair", {"members": ("chair", "chair", "member")}),
    ],
)
def test_council_is_refused(now: datetime, code: str, change: dict[str, Any]) -> None:
    if positions := change.pop("members", None):
        people = [person(now, Role.COUNCIL_MEMBER) for _n in positions]
        change = {"members": _seats(people, *positions)}
    with pytest.raises(Refused) as refusal:
        constitute(now, **change)
    assert refusal.value.code == code
    assert not Council.objects.exists()


def test_person_sits_once_and_with_a_role_of_councils(now: datetime) -> None:
    people = [person(now, Role.COUNCIL_MEMBER) for _n in range(2)]
    with pytest.raises(Refused) as refusal:
        constitute(now, members=_seats([*people, people[1]], "chair", "member", "member"))
    assert refusal.value.code == "seat_twice"
    without = person(now, Role.AUDITOR)
    with pytest.raises(Refused) as refusal:
        constitute(now, members=_seats([*people, without], "chair", "member", "member"))
    assert refusal.value.code == "no_council_role"


def test_only_the_office_sets_up_and_ends(now: datetime) -> None:
    hall = build_hall(now)
    seat = hall.seat(2)
    with pytest.raises(NotAllowed):
        constitute(now, actor=hall.chair)
    with pytest.raises(NotAllowed):
        constitution.end_seat(actor=hall.chair, seat=seat, reason="Nghỉ", at=now)
    assert constitute(now, actor=hall.planner).pk


def test_seat_ends_and_another_takes_it(now: datetime) -> None:
    council, _people = new_council(now)
    seat = council.seats.get(position=Position.CHAIR)
    new = NewSeat(person(now, Role.COUNCIL_CHAIR), "chair")
    today = now.date()
    with pytest.raises(Refused) as refusal:
        constitution.add_seat(actor=SYSTEM, council=council, member=new, starts_on=today, at=now)
    assert refusal.value.code == "second_chair"
    ended = constitution.end_seat(actor=SYSTEM, seat=seat, reason="Nghỉ hưu", at=now)
    assert ended.ends_on == today
    added = constitution.add_seat(
        actor=SYSTEM, council=council, member=new, starts_on=today, at=now
    )
    assert added in councils.seats_on(council, today)
    assert seat not in councils.seats_on(council, today)
    assert seat in councils.seats_on(council, today - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        constitution.end_seat(actor=SYSTEM, seat=seat, reason="Nghỉ hưu", at=now)
    assert refusal.value.code == "seat_ended"


def test_seat_that_begins_today_ends_tomorrow_at_the_earliest(now: datetime) -> None:
    council, _people = new_council(now)
    new = NewSeat(person(now, Role.COUNCIL_MEMBER))
    seat = constitution.add_seat(
        actor=SYSTEM, council=council, member=new, starts_on=now.date(), at=now
    )
    ended = constitution.end_seat(actor=SYSTEM, seat=seat, reason="Ghi nhầm", at=now)
    assert ended.ends_on == now.date() + timedelta(days=1)


def test_seat_is_refused(now: datetime) -> None:
    council, people = new_council(now)
    early = DECIDED - timedelta(days=1)
    for code, member, starts_on in (
        ("seat_too_early", NewSeat(person(now, Role.COUNCIL_MEMBER)), early),
        ("seat_taken", NewSeat(people[2]), now.date()),
        ("no_council_role", NewSeat(person(now, None)), now.date()),
    ):
        with pytest.raises(Refused) as refusal:
            constitution.add_seat(
                actor=SYSTEM, council=council, member=member, starts_on=starts_on, at=now
            )
        assert refusal.value.code == code


def test_council_ends_when_no_sitting_is_open(now: datetime) -> None:
    hall = build_hall(now)
    with pytest.raises(Refused) as refusal:
        constitution.dissolve_council(
            actor=SYSTEM, council=hall.council, reason="Hết nhiệm kỳ", at=now
        )
    assert refusal.value.code == "sittings_open"
    sittings.cancel_sitting(actor=SYSTEM, sitting=hall.sitting, reason="Hoãn", at=now)
    council = constitution.dissolve_council(
        actor=SYSTEM, council=hall.council, reason="Hết nhiệm kỳ", at=now
    )
    assert council.dissolved_on == now.date()
    assert councils.seats_on(council, now.date()) == []
    with pytest.raises(Refused) as refusal:
        constitution.dissolve_council(actor=SYSTEM, council=council, reason="Nữa", at=now)
    assert refusal.value.code == "council_dissolved"
    with pytest.raises(Refused) as refusal:
        sittings.plan_sitting(
            actor=SYSTEM,
            council=council,
            kind="meeting",
            title="Phiên",
            place="",
            starts_at=now,
            passing=2,
            at=now,
        )
    assert refusal.value.code == "council_dissolved"


def test_who_sees_councils_and_may_be_seated(now: datetime) -> None:
    hall = build_hall(now)
    other, _people = new_council(now)
    assert list(councils.visible_to(hall.chair)) == [hall.council]
    assert set(councils.visible_to(hall.planner)) == {hall.council, other}
    stranger = hall.actor(person(now, Role.COUNCIL_MEMBER))
    assert list(councils.visible_to(stranger)) == []
    assert list(councils.seats_of(stranger, hall.council)) == []
    assert councils.seats_of(hall.chair, hall.council).count() == 3
    assert set(hall.people) < set(councils.candidates(now.date()))
    assert hall.office not in councils.candidates(now.date())


def test_two_of_one_name_are_told_apart(now: datetime) -> None:
    council, people = new_council(now, 4)
    User.objects.filter(pk__in=[p.pk for p in people[1:]]).update(name="Trần Thị Bình")
    found = councils.labels(councils.seats_on(council, now.date()))
    assert list(found.values())[1:] == ["Trần Thị Bình", "Trần Thị Bình (2)", "Trần Thị Bình (3)"]


def test_council_of_a_demonstration_is_marked(now: datetime) -> None:
    assert not constitute(now).demonstration
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert constitute(now).demonstration
