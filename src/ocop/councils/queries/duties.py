"""Reads for calendars and reminders: a person's sittings, and sheets that are still missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.councils import rules
from ocop.councils.models import (
    Attendance,
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Seat,
    Sheet,
    SheetState,
    Sitting,
    SittingKind,
    SittingState,
)
from ocop.councils.queries import sittings
from ocop.people import rules as people_rules
from ocop.people.models import User

_SCORED = (ItemState.WAITING, ItemState.SCORING, ItemState.RESCORING)


@dataclass(frozen=True, slots=True)
class Missing:
    """A member who has sheets of a sitting still to submit, and how many."""

    sitting: Sitting
    user: User
    count: int


def sittings_of(actor: Actor, start: date, end: date) -> QuerySet[Sitting]:
    """Sittings from a day to a day, both included, to which the actor goes: a member those of the
    own councils, the office all. Cancelled ones stay, with their state."""
    rows = Sitting.objects.filter(
        Q(starts_at__date__range=(start, end)) | Q(until__range=(start, end))
    ).select_related("council")
    if not (actor.is_system or people_rules.is_office(actor)):
        rows = rows.filter(Exists(_own_seat(actor, "council", "starts_at__date")))
    return rows.order_by("starts_at", "pk")


def sittings_on(day: date) -> QuerySet[Sitting]:
    """Planned meetings of a day, for reminders."""
    return Sitting.objects.filter(
        state=SittingState.PLANNED, kind=SittingKind.MEETING, starts_at__date=day
    ).select_related("council")


def missing_sheets(*, on: date, within: date) -> Iterator[Missing]:
    """Members of open sittings who still owe sheets: of meetings whose day has come, and of
    written procedures that end by `within`. Recused and absent members owe none."""
    live = Sitting.objects.filter(state=SittingState.OPEN).filter(
        Q(kind=SittingKind.MEETING, starts_at__date__lte=on)
        | Q(kind=SittingKind.WRITTEN, until__lte=within)
    )
    for sitting in live.select_related("council"):
        yield from _missing(sitting)


@dataclass(frozen=True, slots=True)
class Duty:
    """An open sitting that waits for a person, and how many cases or sheets do."""

    sitting: Sitting
    count: int


def led_open(actor: Actor) -> list[Duty]:
    """Open sittings that the actor leads, with the cases not concluded yet as the actor sees
    them."""
    led = sittings.visible_sittings(actor).filter(
        Exists(_own_seat(actor, "council", "starts_at__date").filter(position__in=rules.LEADING)),
        state=SittingState.OPEN,
    )
    found = list(led.order_by("starts_at", "pk"))
    left = Counter(
        sittings.items_visible_to(actor)
        .filter(sitting__in=found, state__in=_SCORED)
        .order_by()
        .values_list("sitting", flat=True)
    )
    return [Duty(sitting, left[sitting.pk]) for sitting in found]


def owed_by(actor: Actor) -> list[Duty]:
    """Open sittings in which the actor has sheets to give in now, and how many. Who is recused or
    noted as absent owes none, nor does whose signed sheet waits for a second person."""
    absent = Attendance.objects.filter(
        sitting=OuterRef("sitting"), seat__user=actor.user_id, present=False
    )
    given = Sheet.objects.filter(
        item=OuterRef("pk"),
        attempt=OuterRef("attempt"),
        seat__user=actor.user_id,
        state__in=(SheetState.SUBMITTED, SheetState.ENTERED),
    )
    items = sittings.items_visible_to(actor).filter(
        Exists(_own_seat(actor, "sitting__council", "sitting__starts_at__date")),
        ~Exists(given),
        Q(sitting__kind=SittingKind.WRITTEN) | ~Exists(absent),
        sitting__state=SittingState.OPEN,
        state__in=(ItemState.SCORING, ItemState.RESCORING),
    )
    left = Counter(items.order_by().values_list("sitting", flat=True))
    found = Sitting.objects.filter(pk__in=left).order_by("starts_at", "pk")
    return [Duty(sitting, left[sitting.pk]) for sitting in found]


def _own_seat(actor: Actor, council: str, day: str) -> QuerySet[Seat]:
    """The actor's seat in force on the day of the sitting."""
    return Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef(day)),
        council=OuterRef(council),
        user=actor.user_id,
        starts_on__lte=OuterRef(day),
    )


def _missing(sitting: Sitting) -> Iterator[Missing]:
    day = timezone.localdate(sitting.starts_at)
    absent = Attendance.objects.filter(sitting=sitting, present=False).values("seat")
    seats = Seat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), council=sitting.council_id, starts_on__lte=day
    ).exclude(pk__in=absent)
    items = dict(
        Item.objects.filter(sitting=sitting, state__in=_SCORED).values_list("pk", "case_id")
    )
    recused = set(
        Obstacle.objects.filter(case__in=items.values(), state=ObstacleState.RECUSED).values_list(
            "seat__user", "case"
        )
    )
    given = set(
        Sheet.objects.filter(
            item__in=items, state=SheetState.SUBMITTED, attempt=F("item__attempt")
        ).values_list("seat", "item")
    )
    for seat in seats.select_related("user"):
        left = sum(
            (seat.user_id, case) not in recused and (seat.pk, item) not in given
            for item, case in items.items()
        )
        if left:
            yield Missing(sitting, seat.user, left)
