"""Who sits at a sitting, who is away and by which rules: read once, for as many cases as it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocop.councils import rules
from ocop.councils.models import (
    Attendance,
    Item,
    Obstacle,
    ObstacleState,
    Position,
    Seat,
    Sitting,
    SittingKind,
)
from ocop.councils.queries import councils
from ocop.councils.working import CouncilRules


@dataclass(frozen=True)
class Hall:
    """The council of a sitting on its day. Seats in the order of the decision."""

    sitting: Sitting
    seats: Sequence[Seat]
    noted: Mapping[int, bool]  # attendance by seat; nobody noted: not in it
    away: Mapping[int, set[int]]  # seats recused, by case
    rules: CouncilRules

    @property
    def written(self) -> bool:
        """Opinions are given in writing: nobody has to come."""
        return self.sitting.kind == SittingKind.WRITTEN

    @cached_property
    def absent(self) -> set[int]:
        """Seats noted as absent; nobody is, where opinions are given in writing."""
        return set() if self.written else {seat for seat, there in self.noted.items() if not there}

    @cached_property
    def names(self) -> dict[int, str]:
        """By seat a name that no other has."""
        return councils.labels(self.seats)

    def judges_of(self, item: Item) -> list[Seat]:
        """Who may judge a case: all who are not recused from it."""
        away = self.away.get(item.case_id, ())
        return [seat for seat in self.seats if seat.id not in away]  # asked by the thousand

    def presiding_at(self, item: Item) -> int | None:
        """The seat of the chair; where the chair is recused, of the first deputy who is there."""
        chair = next((seat for seat in self.seats if seat.position == Position.CHAIR), None)
        if chair is None:
            return None
        judges = self.judges_of(item)
        if chair in judges:
            return chair.pk
        deputies = (seat for seat in judges if seat.position == Position.DEPUTY)
        return next((seat.pk for seat in deputies if seat.pk not in self.absent), None)


def hall_of(sitting: Sitting) -> Hall:
    """Three queries. Not filtered by actor. A person recused is so in every seat."""
    seats = councils.seats_on(sitting.council, rules.day_of(sitting))
    noted = Attendance.objects.filter(sitting=sitting).values_list("seat", "present")
    people: dict[int, list[int]] = {}
    for seat in seats:
        people.setdefault(seat.user_id, []).append(seat.pk)
    recused = Obstacle.objects.filter(state=ObstacleState.RECUSED, seat__user__in=people)
    away: dict[int, set[int]] = {}
    for case, person in recused.order_by().values_list("case", "seat__user"):
        away.setdefault(case, set()).update(people[person])
    return Hall(sitting, seats, dict(noted), away, councils.rules_of(sitting.council))
