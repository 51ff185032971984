"""What came after support: stars, sales and stamps of the producers who got some.

It is told as what followed, not as what was caused.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.network.models import Sale
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion.days.models import BoothDay
from ocop.promotion.models import ApplicationState
from ocop.recognition.models import Recognition
from ocop.recognition.standing import standing
from ocop.recognition.states import holding
from ocop.support import lifecycle, queries
from ocop.support.models import MoneyKind
from ocop.traceability.models import OrderState, StampOrder

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Star:
    """A star of a product over its days: the first day without it is `until`."""

    product: int
    stars: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """A producer who got support, and what followed from the first of it on."""

    producer: Producer
    amount: int
    times: int
    first_on: date
    held_before: int  # products with a star on that day
    held_now: int
    raised: int  # products with a higher star now, or a first one
    lost: int  # products whose star is gone or lower
    stamps: int  # approved since
    sold: int  # since, as points and booths told
    turnover: int  # of a year, as the producer tells it


def best_on(stars: Iterable[Star], day: date) -> dict[int, int]:
    """The highest star of each product on a day."""
    best: dict[int, int] = {}
    for star in stars:
        if star.since <= day and (star.until is None or day < star.until):
            best[star.product] = max(best.get(star.product, 0), star.stars)
    return best


def changes(before: dict[int, int], now: dict[int, int]) -> tuple[int, int]:
    """How many products rose, how many fell."""
    products = before.keys() | now.keys()
    differences = [now.get(key, 0) - before.get(key, 0) for key in products]
    return sum(each > 0 for each in differences), sum(each < 0 for each in differences)


def effects_for(
    actor: Actor, on: date, *, within: QuerySet[Producer] | None = None, category: str = ""
) -> list[Effect]:
    """The producers an actor may see who got support, those with the most money first: of some
    producers only (`within`), and from the first support for one purpose on (`category`)."""
    amounts: dict[int, int] = defaultdict(int)
    times: dict[int, int] = defaultdict(int)
    first: dict[int, date] = {}
    for producer, day, amount in _gifts(actor, on, within, category):
        amounts[producer] += amount
        times[producer] += 1
        first[producer] = min(day, first.get(producer, day))
    makers = Producer.objects.select_related("commune").in_bulk(first)
    past, today = _stars(list(first)), _stars_today(list(first), on)
    stamps = _stamps(first)
    sold, turnover = _sold(first), _turnover(list(first))
    found = []
    for key, maker in makers.items():
        before = best_on(past[key], first[key])
        raised, lost = changes(before, today[key])
        found.append(
            Effect(
                maker, amounts[key], times[key], first[key], len(before), len(today[key]), raised,
                lost, stamps[key], sold[key], turnover[key],
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: (-row.amount, row.producer.folded))


def _gifts(
    actor: Actor, on: date, within: QuerySet[Producer] | None, category: str
) -> Iterable[tuple[int, date, int]]:
    """Producer, day and money of all that was given. Of a grant with a year alone it is its last
    day, of this year today: nothing that was there before is then taken for what followed."""
    grants = queries.grants_visible_to(actor).order_by()
    paid = queries.requests_visible_to(actor).filter(state=lifecycle.PAID).order_by()
    if within is not None:
        grants = grants.filter(producer__in=within.values("pk"))
        paid = paid.filter(producer__in=within.values("pk"))
    if category:
        grants = grants.filter(category=category)
        paid = paid.filter(policy__category=category)
    for producer, day, year, amount in grants.values_list("producer", "given_on", "year", "amount"):
        yield producer, day or min(date(year, 12, 31), on), amount
    rows = paid.filter(money__kind=MoneyKind.PAID)
    for producer, on, given, back in rows.values_list(
        "producer", "money__on", "accepted_amount", "reclaimed"
    ):
        if (left := (given or 0) - back) > 0:
            yield producer, on, left


def _stars(producers: Sequence[int]) -> dict[int, list[Star]]:
    found: dict[int, list[Star]] = defaultdict(list)
    rows = Recognition.objects.filter(
        product__producer__in=producers, annulled_on=None, valid_from__isnull=False
    ).order_by()
    for producer, product, stars, since, last, revoked in rows.values_list(
        "product__producer", "product", "stars", "valid_from", "expires_on", "revoked_on"
    ):
        ends = [last and last + _DAY, revoked]
        until = min((day for day in ends if day), default=None)
        if since is not None:
            found[producer].append(Star(product, stars, since, until))
    return found


def _stars_today(producers: Sequence[int], on: date) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = standing(Product.objects.filter(producer__in=producers), on)
    held = rows.filter(holding("star_state")).order_by()
    for producer, product, stars in held.values_list("producer", "pk", "stars"):
        found[producer][product] = stars
    return found


def _stamps(first: dict[int, date]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = StampOrder.objects.filter(
        state=OrderState.APPROVED, item__product__producer__in=list(first)
    ).order_by()
    told: Iterable[tuple[int, datetime, int]] = rows.values_list(
        "item__product__producer", "requested_at", "quantity"
    )
    for producer, at, quantity in told:
        if timezone.localdate(at) > first[producer]:
            found[producer] += quantity
    return found


def _sold(first: Mapping[int, date]) -> dict[int, int]:
    """What sales points told of the months, and booths at events of the days, after the first
    support, in đồng. What a month brought in which support came is left out."""
    found: dict[int, int] = defaultdict(int)
    at_points = (
        Sale.objects.filter(product__producer__in=list(first), amount__gt=0)
        .order_by()
        .values_list("product__producer", "report__month")
        .annotate(sum=Sum("amount"))
    )
    at_booths = (
        BoothDay.objects.filter(
            application__producer__in=list(first), application__state=ApplicationState.ACCEPTED
        )
        .order_by()
        .values_list("application__producer", "day")
        .annotate(sum=Sum("sold"))
    )
    told: Iterable[tuple[int, date, int]] = chain(at_points, at_booths)
    for producer, day, amount in told:
        if day > first[producer]:
            found[producer] += amount
    return found


def _turnover(producers: Sequence[int]) -> dict[int, int]:
    """What producers sell in a year, in đồng, as they tell it of each product."""
    rows = Product.objects.filter(producer__in=producers).filter(Q(revenue__gt=0)).order_by()
    sums = rows.values_list("producer").annotate(sum=Sum("revenue"))
    return defaultdict(int, sums)
