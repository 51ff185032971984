"""Filters of the register and of the catalogue: the same for pages, tables and the API."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.producers import queries as producers
from ocop.products.search import matching
from ocop.recognition.states import holding


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; empty values narrow nothing.

    `rank` is a key of `ranks.RANKS`. `unit` is any unit of any era. `valid` True leaves the rows
    that hold a star on the day, False the others. `year` is the year of evaluation. `area_of`
    leaves the rows of the units that this commune officer answers for.
    """

    text: str = ""
    province: str = ""
    unit: Unit | None = None
    sector: str = ""
    set_number: int | None = None
    rank: str = ""
    state: str = ""
    valid: bool | None = None
    year: int | None = None
    evidence: str = ""
    kind: str = ""
    producer_kind: str = ""
    batch: int | None = None
    area_of: Actor | None = None


def narrow_register(rows: QuerySet[Any], by: Narrowing) -> QuerySet[Any]:
    """Register rows (with `state`, `rank`, `rules`) that are left."""
    rows = matching(rows, by.text, path="product__")
    rows = _where(
        rows,
        province=by.province,
        product__sector=by.sector,
        product__set_number=by.set_number,
        rank=by.rank,
        state=by.state,
        evidence=by.evidence,
        kind=by.kind,
        product__producer__kind=by.producer_kind,
        batch=by.batch,
    )
    if by.unit is not None:
        rows = in_unit(rows, by.unit)
    if by.year is not None:
        rows = in_year(rows, by.year)
    return rows if by.valid is None else valid_today(rows, by.valid)


def narrow_catalogue(rows: QuerySet[Any], by: Narrowing) -> QuerySet[Any]:
    """Products (as `standing` annotates them) that are left. `year` and `kind` are those of the
    recognition that rules."""
    rows = matching(rows, by.text)
    rows = _where(
        rows,
        province=by.province,
        sector=by.sector,
        set_number=by.set_number,
        rank=by.rank,
        star_state=by.state,
        star_evidence=by.evidence,
        ruling__kind=by.kind,
        producer__kind=by.producer_kind,
    )
    if by.unit is not None:
        rows = in_unit(rows, by.unit)
    if by.area_of is not None:
        rows = rows.filter(producers.in_area(by.area_of))
    if by.year is not None:
        rows = in_year(rows, by.year, "ruling__")
    if by.valid is None:
        return rows
    held = holding("star_state")
    return rows.filter(held if by.valid else ~held | Q(star_state=None))


def in_unit(rows: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    """Rows of a unit: by today's commune for a unit of today, else by the unit of the time, with
    all that lay below it."""
    if unit.valid_to is not None:
        return rows.filter(unit__in=places.below(unit).values("pk"))
    if unit.level == Level.COMMUNE:
        return rows.filter(commune=unit)
    return rows.filter(province=unit.code)


def in_year(rows: QuerySet[Any], year: int, path: str = "") -> QuerySet[Any]:
    """Recognitions evaluated in a year, by the day or, where only that is known, by the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    day = f"{path}evaluated_on"
    return rows.filter(
        Q(**{f"{day}__range": (first, last)}) | Q(**{day: None, f"{path}year": year})
    )


def valid_today(rows: QuerySet[Any], wanted: bool = True) -> QuerySet[Any]:
    """Register rows by which a product holds its star on the day, or with False the others."""
    held = holding() & Q(rules=True)
    return rows.filter(held) if wanted else rows.exclude(held)


def _where(rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
    return rows.filter(**{k: v for k, v in wanted.items() if v not in ("", None)})
