"""Reads of sittings and what stands on their agendas. A recused member's cases are absent."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ocop.core import events
from ocop.core.actor import Actor
from ocop.councils import rules
from ocop.councils.models import (
    Council,
    Item,
    Obstacle,
    ObstacleState,
    Seat,
    Sitting,
    SittingState,
)
from ocop.criteria.models import CriteriaSetVersion
from ocop.producers.models import Producer


def visible_sittings(actor: Actor) -> QuerySet[Sitting]:
    """Sittings an actor may see: those of the days on which one has a seat; office all."""
    sittings = Sitting.objects.select_related("council")
    if rules.may_see_all(actor):
        return sittings
    return sittings.filter(Exists(_seat(actor, "council", "starts_at__date")))


def with_cases(actor: Actor, sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """The sittings with `cases`: how many stand on each agenda, as the actor may see them."""
    seen = items_visible_to(actor).filter(sitting=OuterRef("pk")).exclude(state="taken_off")
    counted = seen.order_by().values("sitting").annotate(found=Count("pk")).values("found")
    return sittings.annotate(cases=Coalesce(Subquery(counted), 0))


def hidden_cases(actor: Actor) -> QuerySet[Obstacle, Any]:
    """The ids of cases from which the actor is recused, as a sub-query; also of office staff.

    Whoever shows anything of a case leaves these out: pages, lists, counts, files, search.
    """
    return (
        Obstacle.objects.filter(seat__user=actor.user_id, state=ObstacleState.RECUSED)
        .order_by()
        .values("case")
    )


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Cases on agendas that an actor may see, without those the actor is recused from.

    The text of the criteria set is not fetched with each: `criteria.queries.set_of` keeps it.
    """
    items = Item.objects.select_related(
        "sitting__council", "case__version", "case__producer"
    ).defer("case__version__content")
    if actor.user_id is not None:
        items = items.exclude(case__in=hidden_cases(actor))
    if rules.may_see_all(actor):
        return items
    return items.filter(Exists(_seat(actor, "sitting__council", "sitting__starts_at__date")))


def light(items: QuerySet[Item]) -> QuerySet[Item]:
    """The same for a page that lists hundreds: sets and the names of producers come once, not with
    each case.

    The sitting does not come at all: whoever asks has it.
    """
    version = Prefetch("case__version", CriteriaSetVersion.objects.defer("content"))
    producer = Prefetch("case__producer", Producer.objects.only("name"))
    bare = items.defer("outcome").select_related(None).select_related("case")
    return bare.prefetch_related(version, producer)


def last_change(sitting: Sitting) -> str:
    """A mark of the events about all that the pages of a sitting show: while it stays the same,
    nothing was given in, noted, moved or settled. Marks that a member saves are not shown."""
    items = Item.objects.filter(sitting=sitting).order_by()
    named = {
        "sitting": [sitting.pk],
        "council": [sitting.council_id],
        "item": items.values("pk"),
        "case": items.values("case"),
    }
    return events.newest(named, ("people.account_changed",))


def agenda(actor: Actor, sitting: Sitting) -> QuerySet[Item]:
    """The items of a sitting in order, as the actor may see them; taken off ones are left out."""
    return items_visible_to(actor).filter(sitting=sitting).exclude(state="taken_off")


def numbers(actor: Actor, sitting: Sitting) -> dict[int, int]:
    """The number of each case on the agenda, by its key: the place in the list that the actor sees.

    The stored position counts every case: a gap in it would tell who is recused how many there are.
    """
    seen = agenda(actor, sitting).values_list("pk", flat=True)
    return {key: number for number, key in enumerate(seen, start=1)}


def moved_on(actor: Actor, sitting: Sitting) -> dict[Sitting, list[Item]]:
    """The meetings to which cases of a written procedure went, with their places on those agendas,
    as the actor may see them."""
    found: dict[Sitting, list[Item]] = {}
    here = sitting.items.order_by().values("case")
    for item in items_visible_to(actor).filter(sitting__follows=sitting, case__in=here):
        found.setdefault(item.sitting, []).append(item)
    return found


def hides_some(actor: Actor, sitting: Sitting) -> bool:
    """Whether the sitting has a case from which the actor is recused."""
    return sitting.items.filter(case__in=hidden_cases(actor)).exists()


def obstacles_visible_to(actor: Actor) -> QuerySet[Obstacle]:
    """Conflicts an actor may read: the own warnings, and all of councils one leads or plans for,
    or led when they were raised.

    Those who are recused from a case see nothing of it, their own conflict neither.
    """
    found = Obstacle.objects.select_related("case", "seat__user", "seat__council")
    if actor.user_id is not None:
        found = found.exclude(case__in=hidden_cases(actor))
    if rules.may_see_all(actor):
        return found
    leads = Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("raised_at__date")),
        council=OuterRef("seat__council"),
        user=actor.user_id,
        position__in=rules.LEADING,
    )
    return found.filter(Q(seat__user=actor.user_id) | Exists(leads))


def may_steer(actor: Actor, sitting: Sitting) -> bool:
    """For pages: whether to offer what leads a sitting."""
    return actor.is_system or rules.may_steer(actor, sitting)


def to_come(council: Council) -> QuerySet[Sitting]:
    """The planned sittings of a council. Not filtered by actor."""
    return council.sittings.filter(state=SittingState.PLANNED).select_related("council")


def minutes_from(sitting: Sitting) -> date:
    """The first day that minutes can bear: the sitting has opened and concluded what it did."""
    last = sitting.items.aggregate(last=Max("concluded_at"))["last"]
    moments = [moment for moment in (sitting.opened_at, last) if moment is not None]
    return max([rules.day_of(sitting), *map(timezone.localdate, moments)])


def unfinished(sitting: Sitting) -> QuerySet[Item]:
    """Items that are neither concluded nor taken off. Not filtered by actor."""
    return sitting.items.filter(state__in=("waiting", "scoring", "rescoring"))


def _seat(actor: Actor, council: str, day: str) -> QuerySet[Seat]:
    """The actor's seat in force on the day of the sitting."""
    return Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef(day)),
        council=OuterRef(council),
        user=actor.user_id,
        starts_on__lte=OuterRef(day),
    )
