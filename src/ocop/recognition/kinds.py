"""Why was it assessed? Imported rows seldom say, so the order of a product's rows decides.

The first star is first, a higher one an upgrade, any other a re-evaluation. An import may bring
what was before the rows it finds, so the kinds of a product's imported rows are settled anew
whenever some come or go. What an officer entered with its decision keeps the kind it was given.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import BatchState, Evidence, Kind, Recognition

#: A proposal is no star yet, and a shop's word says nothing about the order of things.
_OUTSIDE = (Evidence.B2, Evidence.C)
_LAST_DAY = date.max


def settle(products: Iterable[int]) -> None:
    """Set the kinds of the imported rows of these products. Called inside an action."""
    for some in chunks(sorted(products), CHUNK):
        again = Count("pk", filter=~Q(kind=Kind.FIRST))
        several = (
            Recognition.objects.filter(product__in=some)
            .values("product")
            .annotate(rows=Count("pk"), again=again)
            .filter(Q(rows__gt=1) | Q(again__gt=0))
            .values_list("product", flat=True)
        )
        rows = (
            Recognition.objects.filter(product__in=list(several), annulled_on=None)
            .exclude(evidence__in=_OUTSIDE)
            .exclude(batch__state=BatchState.UNDONE)
            .only("pk", "product_id", "kind", "stars", "year", "evaluated_on", "batch_id")
        )
        lives: dict[int, list[Recognition]] = defaultdict(list)
        for row in rows:
            lives[row.product_id].append(row)
        changed = [row for life in lives.values() for row in _settled(life)]
        Recognition.objects.bulk_update(changed, ["kind"], batch_size=500)


def _settled(life: list[Recognition]) -> list[Recognition]:
    """The imported rows of one product whose kind becomes another. Rows without a year stay."""
    told = sorted((row for row in life if row.year is not None), key=_when)
    changed = []
    for place, row in enumerate(told):
        kind = Kind.FIRST
        if place:
            higher = row.stars > told[place - 1].stars
            kind = Kind.UPGRADE if higher else Kind.REEVALUATION
        if row.batch_id is not None and row.kind != kind:
            row.kind = kind
            changed.append(row)
    return changed


def _when(row: Recognition) -> tuple[int, date, int]:
    return row.year or 0, row.evaluated_on or _LAST_DAY, row.pk
