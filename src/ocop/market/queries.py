"""Reads of links to shops, of online sales and of what sellers have ready, asked of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.market import checklist, marketplaces, quarters, rules
from ocop.market.models import LinkCheck, OnlineReport, SellerList, ShopLink
from ocop.market.quarters import Quarter
from ocop.market.verdicts import SHOWN
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductState
from ocop.recognition.standing import standing
from ocop.recognition.states import holding

LEAST_STARS = 3
_SHOWN = sorted(str(state) for state in SHOWN)


# Links


def links_on(day: date) -> QuerySet[ShopLink]:
    """Links that stand on a day, alive or not."""
    return ShopLink.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def shown_on(day: date) -> QuerySet[ShopLink]:
    """Links that stand on a day and whose page was found: what the public may be led to."""
    return links_on(day).filter(state__in=_SHOWN)


def open_on(day: date) -> QuerySet[ShopLink]:
    """Links that stood on a day and could be opened then, by the last check that changed what was
    known of them."""
    ended = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    turns = LinkCheck.objects.filter(link=OuterRef("pk"), changed=True, at__lt=ended)
    known = Subquery(turns.order_by("-at", "-pk").values("state")[:1])
    return links_on(day).annotate(state_then=known).filter(state_then__in=_SHOWN)


def with_star(rows: QuerySet[Product], on: date) -> QuerySet[Any]:
    """Of these products those that are made and have a star of three or more on a day, with what
    `standing` says."""
    made = standing(rows.exclude(state=ProductState.STOPPED), on)
    return made.filter(holding("star_state"), stars__gte=LEAST_STARS)


def buyable(on: date) -> QuerySet[Any]:
    """What the public can buy online on a day: before the public, with a valid star, linked to a
    shop that was found. A star that ended takes its product off the same day by this rule."""
    linked = shown_on(on).filter(product=OuterRef("pk"))
    return with_star(Product.objects.filter(Exists(linked), listed=True), on)


def shops_of(product: Product, on: date) -> list[ShopLink]:
    """Where the public buys a product on a day; nowhere when it is not on the public list."""
    if not buyable(on).filter(pk=product.pk).exists():
        return []
    return by_place(shown_on(on).filter(product=product))


def shops_of_many(keys: Iterable[int], on: date) -> dict[int, list[ShopLink]]:
    """The shops of products that are known to be on the public list."""
    found: dict[int, list[ShopLink]] = {}
    for link in by_place(shown_on(on).filter(product__in=list(keys))):
        found.setdefault(link.product_id, []).append(link)
    return found


def by_place(rows: Iterable[ShopLink]) -> list[ShopLink]:
    """Links with marketplaces first, in the order of the data, then sites by name."""
    order = {key: place for place, key in enumerate(marketplaces.known())}
    return sorted(
        rows, key=lambda link: (order.get(link.marketplace, len(order)), link.host, link.pk)
    )


def links_visible_to(actor: Actor) -> QuerySet[ShopLink]:
    """Links: of the own producers, of the communes of an officer, or of all."""
    rows = ShopLink.objects.select_related("product__producer")
    if rules.may_see_all(actor):
        return rows
    area = producers.in_area(actor, "product__producer__")
    return rows.filter(area | Q(product__producer__in=producers.own(actor).values("pk")))


def linkable(producer: Producer) -> QuerySet[Product]:
    """The products of a producer that may be linked to shops."""
    rows = Product.objects.filter(producer=producer, in_ocop=True)
    return rows.filter(state=ProductState.ACTIVE).order_by("folded", "pk")


def to_check(at: datetime) -> QuerySet[ShopLink]:
    """Links whose check is due, the longest due first."""
    return ShopLink.objects.filter(ends_on=None, check_from__lte=at).order_by("check_from", "pk")


# Sales


def reports_visible_to(actor: Actor) -> QuerySet[OnlineReport]:
    """Reports of sales: of the own producers, or all for the office and its auditors."""
    rows = OnlineReport.objects.select_related("producer")
    if rules.may_see_all(actor):
        return rows
    return rows.filter(producer__in=producers.own(actor).values("pk"))


@dataclass(frozen=True, slots=True)
class Sold:
    """Sales of many reports together; `share` in percent, None where nothing was sold."""

    producers: int
    total: int
    online: int
    share: Decimal | None


def sold(rows: QuerySet[OnlineReport]) -> Sold:
    """What reports come to together."""
    plain = rows.order_by()
    sums = plain.aggregate(total=Sum("total"), online=Sum("online"))
    total, online = sums["total"] or 0, sums["online"] or 0
    makers = plain.values("producer").distinct().count()
    return Sold(makers, total, online, quarters.share(online, total))


def sold_by_quarter(rows: QuerySet[OnlineReport]) -> list[tuple[Quarter, Sold]]:
    """The same for each quarter, newest first."""
    days = rows.order_by("-starts_on").values_list("starts_on", flat=True).distinct()
    return [(quarters.of_day(day), sold(rows.filter(starts_on=day))) for day in days]


def sellers(on: date) -> QuerySet[Producer]:
    """Producers that sell online on a day: with a link that stands then."""
    return Producer.objects.filter(pk__in=links_on(on).order_by().values("product__producer"))


def awaited(producer: Producer, on: date) -> list[Quarter]:
    """The quarters that a producer has still to tell, newest first: from the one in which its first
    link was added."""
    first = (
        ShopLink.objects.filter(product__producer=producer)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
        .first()
    )
    if first is None:
        return []
    days = OnlineReport.objects.filter(producer=producer).values_list("starts_on", flat=True)
    return quarters.awaited(first, on, {quarters.of_day(day) for day in days})


def untold(on: date) -> QuerySet[Producer]:
    """Producers that sell online and did not tell the quarter of which they are reminded on a
    day; none while nobody is."""
    quarter = quarters.overdue(on)
    if quarter is None:
        return Producer.objects.none()
    sold_then = ShopLink.objects.filter(starts_on__lte=quarter.last_day).exclude(
        ends_on__lte=quarter.first_day
    )
    told = OnlineReport.objects.filter(starts_on=quarter.first_day)
    return Producer.objects.filter(pk__in=sold_then.order_by().values("product__producer")).exclude(
        pk__in=told.order_by().values("producer")
    )


# Lists of sellers


def answers_of(producer: Producer, on: date) -> SellerList | None:
    """The answers of a producer to the list in force on a day."""
    key = checklist.checklist_on(on).key
    return SellerList.objects.filter(producer=producer, checklist=key).first()


def progress_of(row: SellerList | None, on: date) -> checklist.Progress:
    """How far a producer is with the list in force on a day."""
    questions = checklist.checklist_on(on).questions
    return checklist.progress(questions, row.answers if row else {})
