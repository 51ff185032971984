"""Members who join after the agenda was set, and what became known since: conflicts are found."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import ItemState, Obstacle, ObstacleState, Seat, SittingKind
from ocop.councils.papers import sitting as papers
from ocop.councils.services import concluding, constitution, obstacles, sittings
from ocop.councils.services.constitution import NewSeat
from ocop.people.roles import Role
from ocop.producers.models import Producer
from tests.councils.hall import DECIDED, Hall, build_hall, new_case, new_council, open_up
from tests.factories import ProducerFactory
from tests.world import person

pytestmark = pytest.mark.django_db
FARM = {"name": "Hợp tác xã Mật ong Ba Vì", "address": "Thôn 3, xã Ba Vì"}


def _hall(now: datetime, kind: str = SittingKind.MEETING) -> tuple[Hall, Producer]:
    maker = ProducerFactory(**FARM)
    written = kind == SittingKind.WRITTEN
    hall = build_hall(now, kind=kind, cases=[new_case(now, producer=maker, written=written)])
    return hall, maker


def _join(hall: Hall, told: Mapping[str, str]) -> Seat:
    return constitution.add_seat(
        actor=hall.planner,
        council=hall.council,
        member=NewSeat(person(hall.now, Role.COUNCIL_MEMBER), **told),
        starts_on=hall.now.date(),
        at=hall.now,
    )


@pytest.mark.parametrize(
    ("told", "ground"),
    [
        ({"organisation": "HTX mật ong Ba Vì"}, "organisation"),
        ({"address": "thôn 3 - xã Ba Vì"}, "household"),
    ],
)
def test_conflict_of_who_joins_later_is_found_and_waits(
    now: datetime, told: Mapping[str, str], ground: str
) -> None:
    hall, _maker = _hall(now)
    seat = _join(hall, told)
    found = Obstacle.objects.get(seat=seat)
    assert (found.case, found.ground, found.state) == (
        hall.item.case,
        ground,
        ObstacleState.WARNED,
    )
    with pytest.raises(Refused) as refusal:
        open_up(hall)
    assert refusal.value.code == "conflicts_unsettled"


def test_what_became_known_since_is_found_at_the_opening(now: datetime) -> None:
    hall, _maker = _hall(now)
    Seat.objects.filter(pk=hall.seat(2).pk).update(organisation=FARM["name"])
    with pytest.raises(Refused) as refusal:
        open_up(hall)
    assert refusal.value.code == "conflicts_unsettled"
    assert Obstacle.objects.get().seat == hall.seat(2)


def test_written_opinions_on_a_case_with_a_new_warning_wait_for_the_chair(now: datetime) -> None:
    hall, maker = _hall(now, SittingKind.WRITTEN)
    other = new_case(now, written=True)
    sittings.add_to_agenda(actor=SYSTEM, sitting=hall.sitting, cases=[other], at=now)
    Seat.objects.filter(pk=hall.seat(2).pk).update(organisation=maker.name)
    open_up(hall)
    first, second = hall.sitting.items.order_by("position")
    assert (first.state, second.state) == (ItemState.WAITING, ItemState.SCORING)
    with pytest.raises(Refused):
        concluding.start_scoring(actor=hall.chair, item=first, at=now)
    obstacles.settle_obstacle(
        actor=hall.chair, obstacle=Obstacle.objects.get(), recused=True, reason="Cùng HTX", at=now
    )
    assert concluding.start_scoring(actor=hall.chair, item=first, at=now).state == "scoring"


def test_minutes_name_who_is_recused_in_this_council_alone(now: datetime) -> None:
    """Another council judged the case before: its members are not of these minutes, except who
    sits here, too."""
    hall, _maker = _hall(now)
    before, people = new_council(now)
    both = Seat.objects.create(
        council=before, user=hall.people[2], starts_on=DECIDED, place=4, position="member"
    )
    for seat in (people[2].seats.get(), both):
        Obstacle.objects.create(
            case=hall.item.case,
            seat=seat,
            ground="declared",
            state=ObstacleState.RECUSED,
            reason="Người nhà",
            raised_at=now,
        )
    told = repr(papers.minutes(hall.sitting, hall.items))
    assert told.count("Thành viên tự khai") == 1
    assert people[2].name not in told
