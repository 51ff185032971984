"""Which registrations of a year still bring a product: those whose product has no star yet."""

from ocop.core import folding
from ocop.core.once import once
from ocop.programme import indicators, rows
from ocop.programme.scope import Scope


@once
def registered_and_awaited(scope: Scope) -> tuple[int, int]:
    """How many products are registered for their first evaluation in the year of the day, and how
    many of them were not evaluated by then.

    A list may name its product only: then one of that name and producer answers it or, where it
    names no producer, one of that name that was evaluated this year in the unit of the list.
    """
    listed = indicators.get("registered").rows(scope)
    done = rows.dated(scope)
    told = list(listed.values_list("product", "product_name", "producer_name", "unit"))
    linked = {product for product, *_rest in told if product}
    known = done.filter(product__in=listed.exclude(product=None).values("product"))
    linked -= set(known.values_list("product", flat=True))
    named = [(name, maker, unit) for product, name, maker, unit in told if not product]
    waiting = len(linked) + len(named) - (_answered(scope, named) if named else 0)
    return len(told), waiting


def _answered(scope: Scope, named: list[tuple[str, str, int]]) -> int:
    """How many of these names, each with its unit, are of products that were evaluated."""
    done = rows.dated(scope)
    whole = {folding.words(name, maker) for name, maker, _unit in named if maker.strip()}
    known = set(done.filter(product__folded__in=whole).values_list("product__folded", flat=True))
    this_year = done.filter(counted_year=scope.as_of.year).values_list(
        "product__name", "unit", "unit__parent", "commune", "product__commune"
    )
    there: set[tuple[str, int]] = set()
    if any(not maker.strip() for _name, maker, _unit in named):
        there = {
            (folding.words(name), unit) for name, *units in this_year for unit in units if unit
        }
    return sum(
        folding.words(name, maker) in known
        if maker.strip()
        else (folding.words(name), unit) in there
        for name, maker, unit in named
    )
