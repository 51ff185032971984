"""Reads of recalls: what turns with a lot, and what would turn back with it."""

from ocop.traceability import genealogy
from ocop.traceability.models import Lot
from ocop.traceability.portions import portions


def turning_with(lot: Lot) -> list[int]:
    """What was made of a lot and is not recalled yet."""
    found: list[int] = []
    for some in portions(sorted(genealogy.made_of([lot]).lots)):
        rows = Lot.objects.filter(pk__in=some, recalled_at=None)
        found += rows.order_by("pk").values_list("pk", flat=True)
    return found


def is_held(lot: Lot) -> bool:
    """Whether a lot was recalled with another that it is still made of."""
    root = lot.recalled_with
    return root is not None and lot.pk in genealogy.made_of([root]).lots


def turning_back(lot: Lot) -> set[int]:
    """Lots that were recalled with a lot, or with the same root and only by way of this lot."""
    root = lot.recalled_with
    drawn = set(Lot.objects.filter(recalled_with=root or lot).values_list("pk", flat=True))
    if root is None:
        return drawn
    return (drawn & genealogy.made_of([lot]).lots) - genealogy.made_of([root]).lots


def kept_by_others(lot: Lot, lots: set[int]) -> dict[int, Lot]:
    """Those of these lots that something else which is recalled went into, with that."""
    others = Lot.objects.filter(recalled_at__isnull=False, recalled_with=None).exclude(pk=lot.pk)
    kept: dict[int, Lot] = {}
    for root in others.select_related("item"):
        for key in genealogy.made_of([root]).lots & lots:
            kept.setdefault(key, root)
    return kept
