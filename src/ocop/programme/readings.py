"""How a number is read from rows: counted, shared, summed or reported.

Every reading answers the same three questions: the rows behind the number, the number, and the
number cut by one cut.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, Q, QuerySet, Sum

from ocop.core import numbers
from ocop.core.language import noop as N_
from ocop.dossiers.models import Registration
from ocop.dossiers.queries import registrations as dossiers
from ocop.producers.models import Producer
from ocop.programme import cube, rules
from ocop.programme.cube import DAY, PRODUCER, Cube
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.progress import percent
from ocop.programme.scope import Scope
from ocop.recognition.models import Kind, Recognition

PERCENT = N_("%")
YEAR = N_("năm")
Select = Callable[[Scope], QuerySet[Recognition]]


class Source(StrEnum):
    """Where a number comes from."""

    REGISTER = N_("Sổ đăng ký sản phẩm OCOP")
    REGISTRATIONS = N_("Đăng ký của các đơn vị")
    REPORTED = N_("Số liệu được báo cáo")
    NETWORK = N_("Sổ điểm giới thiệu và bán sản phẩm; chưa có sổ thì theo số được báo cáo")
    CENTRES = N_("Sổ trung tâm thiết kế; chưa có sổ thì theo số được báo cáo")
    STAMPS = N_("Tem truy xuất nguồn gốc đã kích hoạt")
    VILLAGES = N_("Sổ làng nghề; khi chưa có sổ, số liệu được báo cáo")
    TRAINING = N_("Giấy chứng nhận hoàn thành lớp tập huấn")
    SUPPORT = N_("Sổ hỗ trợ chủ thể")
    MARKET = N_("Liên kết bán hàng đã kiểm tra")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number. `value` is None when nobody knows it or when it may not be told."""

    value: Decimal | int | None
    part: int | None = None
    whole: int | None = None
    withheld: bool = False
    more_than: bool = False
    as_of: date | None = None  # when that is another day than the one asked for
    told_by: str = ""  # the source of a reported figure


def share(part: int, whole: int) -> Figure:
    """Per cent, half up to one decimal; no share of nothing."""
    return Figure(percent(part, whole), part, whole)


def _share(rows: QuerySet[Any], condition: Q | Exists) -> Figure:
    found = rows.order_by().aggregate(whole=Count("pk"), part=Count("pk", filter=condition))
    return share(found["part"], found["whole"])


def narrowed(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Rows that fit every choice of the scope."""
    for cut, key in scope.choices:
        rows = CUTS[cut].narrow(rows, key)
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(ABC):
    """A number of the programme with its written definition."""

    key: str
    slug: str  # in addresses
    name: str
    definition: str
    measure: str
    source: Source = Source.REGISTER
    cuts: tuple[str, ...] = ()
    restricted: bool = False  # drawn from what producers tell in confidence

    @property
    def whole(self) -> bool:
        """Whether its values have no decimals: what is counted, and years, unlike shares."""
        return self.measure != PERCENT

    @property
    def reportable(self) -> bool:
        """Whether units may report it: also what a register holds, until it is brought."""
        return self.source in (
            Source.REPORTED,
            Source.VILLAGES,
            Source.NETWORK,
            Source.CENTRES,
        )

    @abstractmethod
    def rows(self, scope: Scope) -> QuerySet[Any]:
        """The rows behind the number."""

    def figure(self, scope: Scope) -> Figure:
        """The number."""
        return Figure(self.rows(scope).count())

    def slices(self, scope: Scope, cut: str) -> list[Slice]:  # noqa: ARG002 - its lines need both
        """The number cut by one of its `cuts`; without cuts there are no lines."""
        return []

    def write(self, low: Decimal | int, high: Decimal | int | None = None) -> str:
        """A value, or a range, as people write it: 2.000, 5–10, 3 % of a share, 2023 of a year."""
        if high is not None:
            bare = self.write(low).removesuffix("%").rstrip()  # the sign stands once: 3–5 %
            return f"{bare}–{self.write(high)}"
        if self.measure == YEAR:
            return str(int(low))  # not grouped by thousands
        if self.measure == PERCENT:
            return numbers.write_percent(Decimal(low).normalize())
        return numbers.write_number(low)


_PRODUCT_CUTS = tuple(key for key in CUTS if key != "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Products(Indicator):
    """Products, one row of the register each."""

    select: Select
    cuts: tuple[str, ...] = _PRODUCT_CUTS

    def rows(self, scope: Scope) -> QuerySet[Recognition]:
        return narrowed(self.select(scope), scope)

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        return cube.read(self.rows(scope), [cut]).slices(cut)

    def cube(self, scope: Scope) -> Cube:
        """All cuts at once, for a page of tables."""
        return cube.read(self.rows(scope), self.cuts, PRODUCER, DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Producers(Indicator):
    """Producers of the products selected. In a cut a producer is counted in every value."""

    select: Select
    cuts: tuple[str, ...] = _PRODUCT_CUTS

    def rows(self, scope: Scope) -> QuerySet[Producer]:
        makers = narrowed(self.select(scope), scope).values("product__producer")
        return Producer.objects.filter(pk__in=makers)

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        chosen = narrowed(self.select(scope), scope)
        return cube.read(chosen, [cut], PRODUCER).producer_slices(cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Indicator):
    """The part of the products selected for which a condition holds."""

    select: Select
    condition: Callable[[Scope], Q | Exists]
    cuts: tuple[str, ...] = _PRODUCT_CUTS

    def rows(self, scope: Scope) -> QuerySet[Recognition]:
        return narrowed(self.select(scope), scope).filter(self.condition(scope))

    def figure(self, scope: Scope) -> Figure:
        return _share(narrowed(self.select(scope), scope), self.condition(scope))

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        return cube.read(self.rows(scope), [cut]).slices(cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerShare(Indicator):
    """The part of the producers with a valid star for whom a condition holds.

    `told` says who counts in the whole: a leader's sex that nobody wrote down is no answer.
    """

    select: Select
    condition: Q
    told: Q

    def rows(self, scope: Scope) -> QuerySet[Producer]:
        return self._whole(scope).filter(self.condition)

    def figure(self, scope: Scope) -> Figure:
        found = _share(self._whole(scope), self.condition)
        if self.restricted and (found.whole or 0) < rules.LEAST_PRODUCERS:
            return Figure(None, withheld=bool(found.whole))
        return replace(found, as_of=self._frame(scope).as_of)

    def _frame(self, scope: Scope) -> Scope:
        return _coarse(scope) if self.restricted else scope

    def _whole(self, scope: Scope) -> QuerySet[Producer]:
        frame = self._frame(scope)
        makers = narrowed(self.select(frame), frame).values("product__producer")
        return Producer.objects.filter(self.told, pk__in=makers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Indicator):
    """A sum over producers or over products of what producers tell in confidence."""

    select: Select
    of_producers: str = ""  # a column of producers, or …
    of_products: str = ""  # … a column of products

    def rows(self, scope: Scope) -> QuerySet[Any]:
        frame = _coarse(scope)
        chosen = narrowed(self.select(frame), frame)
        if self.of_products:
            return chosen.filter(**{f"product__{self.of_products}__isnull": False})
        makers = Producer.objects.filter(pk__in=chosen.values("product__producer"))
        return makers.filter(**{f"{self.of_producers}__isnull": False})

    def figure(self, scope: Scope) -> Figure:
        rows = self.rows(scope)
        producers, column = "pk", self.of_producers
        if self.of_products:
            producers, column = "product__producer", f"product__{self.of_products}"
        found = rows.order_by().aggregate(n=Count(producers, distinct=True), total=Sum(column))
        if found["n"] < rules.LEAST_PRODUCERS:
            return Figure(None, withheld=bool(found["n"]))
        return Figure(found["total"], as_of=_coarse(scope).as_of)


def _coarse(scope: Scope) -> Scope:
    """The frame of a restricted number: the whole province, at a year's end for the public.

    Two days or two units apart, the difference of two sums would tell one producer's own figure.
    """
    if rules.may_read_restricted_rows(scope.actor):
        return scope
    year = (scope.as_of + timedelta(days=1)).year
    return replace(scope, as_of=date(year, 1, 1) - timedelta(days=1), choices=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Indicator):
    """Products that units register for assessment: for the year of the day, or the year chosen."""

    kinds: tuple[Kind, ...]
    source: Source = Source.REGISTRATIONS
    cuts: tuple[str, ...] = tuple(cut.key for cut in CUTS.values() if cut.of_registrations)

    def rows(self, scope: Scope) -> QuerySet[Registration]:
        if not any(cut == "year" for cut, _key in scope.choices):
            scope = scope.narrowed(("year", str(scope.as_of.year)))
        return self._of_all_years(scope)

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        rows = self._of_all_years(scope) if cut == "year" else self.rows(scope)
        return cube.read(rows, [cut]).slices(cut)

    def cube(self, scope: Scope) -> Cube:
        """All years and all cuts at once."""
        return cube.read(self._of_all_years(scope), self.cuts)

    def _of_all_years(self, scope: Scope) -> QuerySet[Registration]:
        rows = dossiers.in_force(province=scope.province, as_of=scope.as_of)
        if not scope.demonstration:
            rows = rows.filter(demonstration=False)
        rows = rows.filter(kind__in=self.kinds).annotate(counted_year=F("year"))
        return narrowed(rows, scope)
