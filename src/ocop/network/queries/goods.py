"""What stands at points, and where a product is sold, both asked of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.network.models import KeyGood, SalesPoint, StockLine
from ocop.network.queries import points
from ocop.network.standing_goods import ALLOWED, LEAST_STARS, Facts, Verdict, verdict
from ocop.products.models import Product, ProductState
from ocop.recognition.standing import standing
from ocop.recognition.states import holding


@dataclass(frozen=True, slots=True)
class Good:
    """A product that a point offers, and whether it may stand there on the day."""

    product: Any  # with what `standing` says
    verdict: Verdict
    shared: bool  # by the chain

    @property
    def allowed(self) -> bool:
        return self.verdict in ALLOWED


def listed_on(day: date) -> QuerySet[KeyGood]:
    """Goods that a document names on a day."""
    return KeyGood.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def may_stand(rows: QuerySet[Product], on: date) -> QuerySet[Any]:
    """Of these products those that may stand at a point on a day: `standing_goods.verdict` in
    SQL."""
    named = Exists(listed_on(on).filter(product=OuterRef("pk")))
    found = standing(rows.exclude(state=ProductState.STOPPED), on)
    return found.filter(Q(holding("star_state"), stars__gte=LEAST_STARS) | Q(named))


def judged(rows: QuerySet[Product], on: date) -> list[tuple[Any, Verdict]]:
    """Products with their verdict on a day, by name."""
    products = list(standing(rows.select_related("producer"), on).order_by("folded", "pk"))
    named: dict[int, list[tuple[date, date | None]]] = {}
    keys = [product.pk for product in products]
    for good in KeyGood.objects.filter(product__in=keys):
        named.setdefault(good.product_id, []).append((good.starts_on, good.ends_on))
    return [
        (
            product,
            verdict(
                Facts(
                    product.stars,
                    product.star_state,
                    stopped=product.state == ProductState.STOPPED,
                    listed=tuple(named.get(product.pk, ())),
                ),
                on,
            ),
        )
        for product in products
    ]


def lines_on(day: date) -> QuerySet[StockLine]:
    """What is offered on a day."""
    return StockLine.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def lines_of(point: SalesPoint, on: date) -> QuerySet[StockLine]:
    """What a point offers on a day: its own goods and, with shared stock, those of its chain."""
    return lines_on(on).filter(_of(point))


def stocked_within(point: SalesPoint, start: date, end: date) -> QuerySet[Product]:
    """The products that a point offered on some day from `start` until the day before `end`."""
    lines = StockLine.objects.filter(
        _of(point), Q(ends_on=None) | Q(ends_on__gt=start), starts_on__lt=end
    )
    return Product.objects.filter(pk__in=lines.values("product")).order_by("folded", "pk")


def goods_of(point: SalesPoint, on: date) -> list[Good]:
    """What a point offers, with what may not stand there on the day: that leaves the list that the
    public sees by itself."""
    lines = dict(lines_of(point, on).order_by("-point").values_list("product", "chain"))
    rows = Product.objects.filter(pk__in=lines)
    return [Good(row, told, lines[row.pk] is not None) for row, told in judged(rows, on)]


def standing_at(point: SalesPoint, on: date) -> QuerySet[Any]:
    """What the public finds at a point on a day."""
    lines = lines_of(point, on).values("product")
    rows = Product.objects.filter(pk__in=lines, listed=True).select_related("producer")
    return may_stand(rows, on).order_by("folded", "pk")


def selling(product: Product, on: date) -> QuerySet[SalesPoint]:
    """The points where a product stands on a day; none when it may not."""
    if not may_stand(Product.objects.filter(pk=product.pk), on).exists():
        return SalesPoint.objects.none()
    lines = lines_on(on).filter(product=product)
    shared = Q(chain__shared_stock=True, chain__in=lines.values("chain"))
    return (
        points.open_on(on)
        .filter(Q(pk__in=lines.filter(point__isnull=False).values("point")) | shared)
        .select_related("commune")
    )


def wrong_lines(on: date) -> QuerySet[StockLine]:
    """What is offered on a day and may not stand there: `left` in SQL."""
    allowed = may_stand(Product.objects.all(), on).values("pk")
    return lines_on(on).exclude(product__in=allowed)


def offering(
    rows: QuerySet[SalesPoint], lines: QuerySet[StockLine], *, without: bool = False
) -> QuerySet[SalesPoint]:
    """The points that offer one of these lines, themselves or through their chain; or none."""
    own = Q(pk__in=lines.filter(point__isnull=False).values("point"))
    shared = Q(chain__shared_stock=True, chain__in=lines.filter(point=None).values("chain"))
    found = SalesPoint.objects.filter(own | shared).values("pk")
    return rows.exclude(pk__in=found) if without else rows.filter(pk__in=found)


def left(points_asked: Iterable[SalesPoint], on: date) -> list[tuple[SalesPoint, Good]]:
    """What these points still offer and may not stand there on a day."""
    return [
        (point, good) for point in points_asked for good in goods_of(point, on) if not good.allowed
    ]


def _of(point: SalesPoint) -> Q:
    if point.chain_id is None:
        return Q(point=point)
    return Q(point=point) | Q(chain=point.chain_id, chain__shared_stock=True)
