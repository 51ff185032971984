"""Reads of the register."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When

from ocop.core import options
from ocop.core.actor import ANONYMOUS, Actor
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.recognition.expiry import CommuneExpiry, Expiring, expiring
from ocop.recognition.life import Step, facts_of, life_line
from ocop.recognition.models import Evidence
from ocop.recognition.narrowing import (
    Narrowing,
    in_unit,
    in_year,
    narrow_catalogue,
    narrow_register,
    valid_today,
)
from ocop.recognition.standing import standing, with_life, with_standing
from ocop.recognition.states import holding, with_state
from ocop.recognition.visibility import visible_to

__all__ = [
    "CommuneExpiry",
    "Expiring",
    "Facets",
    "Narrowing",
    "Step",
    "catalogue",
    "counted",
    "expiring",
    "facets",
    "facts_of",
    "held_first",
    "in_unit",
    "in_year",
    "life_line",
    "narrow_catalogue",
    "narrow_register",
    "open_data",
    "register_rows",
    "standing",
    "valid_today",
    "visible_to",
    "with_standing",
    "with_state",
]

_EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many rows of a list have each value: what filters show beside their choices.

    Communes are keys of today's units; None counts the rows where a value is not known.
    """

    total: int = 0
    sectors: Mapping[str | None, int] = field(default_factory=dict)
    ranks: Mapping[str | None, int] = field(default_factory=dict)
    states: Mapping[str | None, int] = field(default_factory=dict)
    communes: Mapping[int | None, int] = field(default_factory=dict)


def register_rows(actor: Actor, *, on: date, by: Narrowing = _EVERYTHING) -> QuerySet[Any]:
    """Rows of the register that the actor may see, latest first, for tables and the API.

    Each carries `state` and `rank` on the day, and `rules`: whether it is the recognition that
    counts for its product; a row that a later one replaced has no window and no extension.
    Product, producer, decision and places are at hand.
    """
    rows = with_life(visible_to(actor), on)
    narrowed: QuerySet[Any] = narrow_register(rows, by).select_related(
        "product__producer", "decision__legal_version", "unit__parent", "commune"
    )
    return narrowed.defer(
        *(f"product__producer__{name}" for name in producers.RESTRICTED), "product__revenue"
    ).order_by("-evaluated_on", "-pk")


def catalogue(actor: Actor, *, on: date, by: Narrowing = _EVERYTHING) -> QuerySet[Any]:
    """Products of the programme that ever got a star, as the actor may see them, by name.

    Each carries what `standing` says of the day. Search with `by.text`; when nothing is found,
    `products.queries.suggestions` over the same rows proposes words.
    """
    seen = products.for_lists(products.visible_to(actor)).filter(in_ocop=True)
    rows = standing(seen, on).filter(standing_id__isnull=False)
    return narrow_catalogue(rows, by)


def counted(rows: QuerySet[Any], province: str) -> QuerySet[Any]:
    """The products of a province's catalogue that its figures count. Invented and real ones are
    never summed: a demonstration counts the invented ones of its own province, the real ones of
    any other."""
    if not options.DEMONSTRATION.get():
        return rows
    if province == options.PROVINCE.get():
        return rows.filter(star_evidence=Evidence.M)
    return rows.exclude(star_evidence=Evidence.M)


def held_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Products of the catalogue with `held`: 0 for those that hold a star on the day, else 1."""
    held = Case(When(holding("star_state"), then=Value(0)), default=Value(1))
    return rows.annotate(held=held)


def facets(rows: QuerySet[Any], *, state: str = "star_state", path: str = "") -> Facets:
    """The counts of a list, in one query.

    For the register pass `state="state"` and `path="product__"`, which leads to the sector.
    """
    sector = f"{path}sector"
    counted = (
        rows.order_by().values_list(sector, "rank", state, "commune_id").annotate(n=Count("pk"))
    )
    found: tuple[Counter[Any], ...] = (Counter(), Counter(), Counter(), Counter())
    total = 0
    for *values, count in counted:
        total += count
        for counter, value in zip(found, values, strict=True):
            counter[value if value != "" else None] += count
    return Facets(total, *found)


def open_data(on: date, *, by: Narrowing = _EVERYTHING) -> QuerySet[Any]:
    """The register as open data: what the public sees, without invented rows, always."""
    return register_rows(ANONYMOUS, on=on, by=by).exclude(evidence=Evidence.M)
