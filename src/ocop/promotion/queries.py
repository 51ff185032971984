"""Reads of promotion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ocop.core.actor import Actor
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductState
from ocop.promotion import conditions, lifecycle, plan, priority, rules
from ocop.promotion.models import (
    Allocation,
    ApplicationState,
    BoothAssignment,
    EventApplication,
    EventBooth,
    EventGoods,
    EventState,
    TradeEvent,
)
from ocop.promotion.options import WEIGHTS
from ocop.recognition.standing import standing
from ocop.recognition.states import holding
from ocop.traceability.models import Lot, RangeState, StampRange


def known_events() -> QuerySet[TradeEvent]:
    """Events that the public knows of: called, and those called off after that."""
    told = Q(state__in=lifecycle.KNOWN) | Q(state=EventState.CANCELLED, announced_at__isnull=False)
    return TradeEvent.objects.filter(told).select_related("commune", "series")


def events_visible_to(actor: Actor) -> QuerySet[TradeEvent]:
    """The office, auditors and organisers: all. Everybody else those that the public knows of."""
    if rules.may_see_all(actor):
        return TradeEvent.objects.select_related("commune", "series")
    return known_events()


def with_counts(rows: QuerySet[TradeEvent]) -> QuerySet[Any]:
    """Events with how many applied, take part, and how many booths there are."""
    still = ~Q(applications__state=ApplicationState.WITHDRAWN)
    accepted = Q(applications__state=ApplicationState.ACCEPTED)
    return rows.annotate(
        applied=Count("applications", filter=still, distinct=True),
        accepted=Count("applications", filter=accepted, distinct=True),
        booths_count=Count("booths", distinct=True),
    )


def applications_visible_to(actor: Actor) -> QuerySet[EventApplication]:
    """Applications: to the office, auditors and organisers all; else those of the own producers
    and communes."""
    rows = EventApplication.objects.select_related("producer", "event", "assignment__booth")
    if rules.may_see_all(actor):
        return rows
    seen = Q(producer__in=producers.own(actor).values("pk"))
    if actor.has(Role.COMMUNE_OFFICER):
        area = Producer.objects.filter(producers.in_area(actor, ""))
        seen |= Q(producer__in=area.values("pk"))
    return rows.filter(seen)


def own_applications(actor: Actor) -> QuerySet[EventApplication]:
    """Applications of the producers that an actor acts for."""
    rows = EventApplication.objects.select_related("producer", "event", "assignment__booth")
    return rows.filter(producer__in=producers.own(actor).values("pk"))


def allocations_visible_to(actor: Actor) -> QuerySet[Allocation]:
    """Computed allocations: whoever sees every application."""
    return Allocation.objects.all() if rules.may_see_all(actor) else Allocation.objects.none()


def spots_of(event: TradeEvent) -> list[plan.Spot]:
    """The plan of an event."""
    return [spot_of(booth) for booth in event.booths.order_by("label")]


def spot_of(booth: EventBooth) -> plan.Spot:
    """A booth as the plan knows it."""
    return plan.Spot(
        booth.label, booth.x, booth.y, booth.width, booth.depth, booth.sector,
        booth.power, booth.water, booth.kept_for,
    )  # fmt: skip


def assignments_of(event: TradeEvent) -> QuerySet[BoothAssignment]:
    """Who stands on which booth of an event."""
    rows = BoothAssignment.objects.filter(booth__event=event)
    return rows.select_related("booth", "application__producer").order_by("booth__label")


def participants(event: TradeEvent) -> QuerySet[EventApplication]:
    """Who takes part, as the public may know once it was told."""
    rows = event.applications.filter(state=ApplicationState.ACCEPTED)
    return rows.select_related("producer", "assignment__booth").order_by("producer__folded", "pk")


def traced() -> Q:
    """Products with stamps that are active, or with a lot whose passport can be opened."""
    stamps = StampRange.objects.filter(
        lot__item__product=OuterRef("pk"), state=RangeState.ACTIVE, lot__recalled_at=None
    )
    lots = Lot.objects.filter(item__product=OuterRef("pk"), item__stopped_at=None, recalled_at=None)
    return Q(Exists(stamps)) | Q(Exists(lots))


def invited(event: TradeEvent, on: date) -> QuerySet[User]:
    """Who acts for a producer with goods of the stars that an event asks for, and has not applied
    for it."""
    goods = standing(Product.objects.exclude(state=ProductState.STOPPED), on)
    if event.least_stars is not None:
        goods = goods.filter(holding("star_state"), stars__gte=event.least_stars)
    applied = event.applications.exclude(state=ApplicationState.WITHDRAWN).values("producer")
    held = producers.memberships_on(on).filter(producer__in=goods.values("producer"))
    acting = held.exclude(producer__in=applied).values("user")
    return User.objects.filter(pk__in=acting, is_active=True).order_by("pk")


@dataclass(frozen=True, slots=True)
class Judged:
    """A product of an applicant with what it lacks for an event."""

    product: Any  # with what `standing` says
    traced: bool
    lacks: tuple[conditions.Lack, ...]


def judged(
    event: TradeEvent, products: QuerySet[Product], labelled: Mapping[int, bool], on: date
) -> list[Judged]:
    """What these products lack for an event on a day, by name. `labelled` says whose labels the
    applicant vouches for."""
    asked = conditions.Asked(event.least_stars, event.needs_trace, event.needs_labels)
    rows = list(standing(products, on).order_by("folded", "pk"))
    keys = [row.pk for row in rows]
    with_trace = set(Product.objects.filter(traced(), pk__in=keys).values_list("pk", flat=True))
    last = standing(Product.objects.filter(pk__in=keys), max(on, event.ends_on))
    at_end = dict(last.values_list("pk", "star_state"))
    return [
        Judged(
            row,
            row.pk in with_trace,
            conditions.lacks(
                conditions.Goods(
                    row.stars,
                    row.star_state,
                    at_end.get(row.pk),
                    traced=row.pk in with_trace,
                    labelled=labelled.get(row.pk, False),
                    stopped=row.state == ProductState.STOPPED,
                ),
                asked,
            ),
        )
        for row in rows
    ]


def goods_of(application: EventApplication, on: date) -> list[Judged]:
    """The goods of an application as they stand on a day."""
    labelled = dict(application.goods.values_list("product", "labelled"))
    return judged(application.event, Product.objects.filter(pk__in=labelled), labelled, on)


def unfit(
    event: TradeEvent, rows: Iterable[EventApplication], on: date
) -> dict[int, tuple[Judged, ...]]:
    """Of these applications for an event those that have no goods left which may come: a star that
    ended or was revoked since, stamps that are active no more. By key, with what each lacks."""
    labelled: dict[int, bool] = {}
    brought: dict[int, list[int]] = {}
    goods = EventGoods.objects.filter(application__in=[row.pk for row in rows])
    for application, product, vouched in goods.order_by("application", "position").values_list(
        "application", "product", "labelled"
    ):
        labelled[product] = vouched
        brought.setdefault(application, []).append(product)
    told = judged(event, Product.objects.filter(pk__in=labelled), labelled, on)
    by_product = {each.product.pk: each for each in told}
    found = {pk: tuple(by_product[key] for key in keys) for pk, keys in brought.items()}
    return {pk: own for pk, own in found.items() if all(each.lacks for each in own)}


def pasts(
    event: TradeEvent, rows: Iterable[EventApplication], on: date
) -> dict[int, priority.Past]:
    """What the last years brought each applicant: events of the series; without one, of the kind.

    Refusals count since the last booth.
    """
    found = list(rows)
    since = conditions.back(priority.YEARS, event.starts_on)
    before = TradeEvent.objects.filter(starts_on__gte=since, starts_on__lt=event.starts_on).filter(
        Q(series=event.series_id) if event.series_id else Q(kind=event.kind),
        state__in=(EventState.PUBLISHED, EventState.HELD),
    )
    told = EventApplication.objects.filter(
        event__in=before.values("pk"),
        producer__in={row.producer_id for row in found},
        state__in=(ApplicationState.ACCEPTED, ApplicationState.REFUSED),
    ).order_by("event__starts_on")
    booths: dict[int, int] = {}
    refused: dict[int, int] = {}
    for producer, state in told.values_list("producer", "state"):
        if state == ApplicationState.ACCEPTED:
            booths[producer] = booths.get(producer, 0) + 1
            refused[producer] = 0
        else:
            refused[producer] = refused.get(producer, 0) + 1
    stars, with_trace = _of_first_goods(found, on)
    return {
        row.pk: priority.Past(
            stars.get(row.pk, 0),
            booths.get(row.producer_id, 0),
            refused.get(row.producer_id, 0),
            row.pk in with_trace,
        )
        for row in found
    }


def _of_first_goods(rows: list[EventApplication], on: date) -> tuple[dict[int, int], set[int]]:
    """The stars of the first goods of each application, and whose can be traced."""
    first = {
        product: application
        for application, product in EventApplication.objects.filter(
            pk__in=[row.pk for row in rows], goods__position=0
        ).values_list("pk", "goods__product")
    }
    products = Product.objects.filter(pk__in=first)
    stars = {
        first[pk]: stars or 0 for pk, stars in standing(products, on).values_list("pk", "stars")
    }
    traceable = products.filter(traced()).values_list("pk", flat=True)
    return stars, {first[pk] for pk in traceable}


def points_of(
    event: TradeEvent, rows: Iterable[EventApplication], on: date
) -> dict[int, tuple[priority.Part, ...]]:
    """The points of each applicant, part by part."""
    weights = priority.weights_of(WEIGHTS.get())
    return {pk: priority.parts(past, weights) for pk, past in pasts(event, rows, on).items()}
