"""Reads of sales points, their visits and keepers."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.fieldwork import Position
from ocop.network import nearness, rules
from ocop.network.models import PointKeeper, PointState, SalesPoint
from ocop.people.models import User
from ocop.producers import queries as producers


def keepers_on(day: date) -> QuerySet[PointKeeper]:
    """Who keeps points on a day."""
    return PointKeeper.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def keepers_of(point: SalesPoint, on: date) -> list[User]:
    """The people who keep a point on a day: its keepers, and those of the producer that runs it."""
    kept = keepers_on(on).filter(point=point).values("user")
    found = list(User.objects.filter(pk__in=kept, is_active=True).order_by("name", "pk"))
    makers = producers.people_of(point.producer, on) if point.producer else ()
    return found + [user for user in makers if user not in found]


def kept_on(day: date) -> QuerySet[SalesPoint]:
    """The points that work on a day and have somebody who keeps them."""
    held = keepers_on(day).values("point")
    return open_on(day).filter(Q(pk__in=held) | Q(producer__isnull=False))


def own(actor: Actor, on: date) -> QuerySet[SalesPoint]:
    """The points an actor keeps on a day, and those that the actor's producers run."""
    if actor.user_id is None:
        return SalesPoint.objects.none()
    kept = keepers_on(on).filter(user=actor.user_id).values("point")
    makers = producers.own(actor, on=on).values("pk")
    return SalesPoint.objects.filter(Q(pk__in=kept) | Q(producer__in=makers))


def open_on(day: date) -> QuerySet[SalesPoint]:
    """The points that work on a day."""
    return SalesPoint.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day), recognised_on__lte=day
    )


def overseen_by(actor: Actor) -> QuerySet[SalesPoint]:
    """The points in the office's list: all, or those of an officer's communes."""
    if rules.may_see_all(actor):
        return SalesPoint.objects.all()
    return SalesPoint.objects.filter(producers.in_area(actor))


def inside_of(actor: Actor, on: date) -> QuerySet[SalesPoint]:
    """The points of which an actor is shown what is not public: who oversees them, their keepers,
    and the people of the producer that runs them."""
    if rules.may_see_all(actor):
        return SalesPoint.objects.all()
    seen = producers.in_area(actor)
    return SalesPoint.objects.filter(seen | Q(pk__in=own(actor, on).values("pk")))


def kept_by(actor: Actor, on: date) -> QuerySet[SalesPoint]:
    """The points whose goods and sales an actor tells."""
    return SalesPoint.objects.all() if rules.may_decide(actor) else own(actor, on)


def visible_to(actor: Actor) -> QuerySet[SalesPoint]:
    """The points an actor may see: those that were recognised are public."""
    public = Q(state__in=(PointState.RECOGNISED, PointState.CLOSED))
    inside = inside_of(actor, timezone.localdate())
    return SalesPoint.objects.filter(public | Q(pk__in=inside.values("pk")))


def for_lists(rows: QuerySet[SalesPoint]) -> QuerySet[SalesPoint]:
    """Rows with their place and chain at hand, and how many reports of sales they gave."""
    return rows.select_related("commune", "unit", "chain", "producer").annotate(
        reports_count=Count("reports", distinct=True)
    )


def own_place_of(point: SalesPoint) -> Position | None:
    """The position that was told of a point itself."""
    if point.lat is None or point.lon is None:
        return None
    return Position(point.lat, point.lon)


def place_of(point: SalesPoint) -> Position | None:
    """Where a point is: its own position, else the middle of its commune; None: not known."""
    if (own := own_place_of(point)) is not None:
        return own
    commune = point.commune
    if commune is not None and commune.lat is not None and commune.lon is not None:
        return Position(commune.lat, commune.lon)
    return None


def by_distance(
    rows: QuerySet[SalesPoint], here: Position
) -> list[tuple[float | None, SalesPoint]]:
    """Points with their distance in kilometres, nearest first."""
    return nearness.nearest(here, ((place_of(row), row) for row in rows.select_related("commune")))
