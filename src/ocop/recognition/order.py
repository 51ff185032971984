"""The recognitions of a product as the rule of `taking` asks for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.recognition.models import ImportBatch, Recognition
from ocop.recognition.standing import eligible, place_of, with_place
from ocop.recognition.taking import Star, Void, counting

_ENTERED = (
    "recognition.decision_recorded",
    "recognition.decision_completed",
    "recognition.decision_published",
)
_PUBLISHED = ("recognition.import_published",)
_FALLEN = ("recognition.annulled", "recognition.record_corrected")


def standing_of_product(product_id: int, today: date) -> dict[int, Recognition]:
    """The recognitions of a product that count or may come to count again, by key."""
    rows = eligible(today).filter(product=product_id, annulled_on=None)
    return {row.pk: row for row in rows.select_related("decision", "product")}


def star_of(row: Any, *, void: Void | None = None, came: int = 0, fell: int = 0) -> Star:
    """A row of `standing.with_place`."""
    return Star(row.pk, place_of(row), row.began, void, came, fell)


def void_star(recognition_id: int, void: Void | None = None) -> Star:
    """A recognition that is void; `void`: as if it were from now on."""
    row = with_place(Recognition.objects.filter(pk=recognition_id)).get()
    if void is None:
        void = Void.MISTAKEN if row.mistaken else Void.ANNULLED
        return star_of(row, void=void, fell=_fallen([row.pk]).get(row.pk, 0))
    last = Event.objects.aggregate(last=Max("pk"))["last"]
    return star_of(row, void=void, fell=last or 0)


def counting_on(product_id: int, on: date, today: date) -> Recognition | None:
    """The recognition that counts on a day, as the register stands today: for who asks which star
    a decision of that day can name."""
    rows = standing_of_product(product_id, today)
    found = counting(map(star_of, rows.values()), on)
    return rows[found.key] if found is not None else None


def stars_of(rows: Collection[Recognition]) -> list[Star]:
    """Rows of `standing_of_product`, each with the act by which it came before the public."""
    came = _came(rows)
    return [star_of(row, came=came.get(row.pk, 0)) for row in rows]


def _came(rows: Collection[Recognition]) -> Mapping[int, int]:
    """The last of the acts that brought each row before the public."""
    found = _last(kind_of(Recognition), [row.pk for row in rows], _ENTERED)
    batches = {row.batch_id for row in rows if row.batch_id is not None}
    published = _last(kind_of(ImportBatch), batches, _PUBLISHED)
    for row in rows:
        if row.batch_id is not None:
            found[row.pk] = max(found[row.pk], published[row.batch_id])
    return found


def _fallen(keys: Collection[int]) -> Mapping[int, int]:
    return _last(kind_of(Recognition), keys, _FALLEN)


def _last(kind: str, keys: Collection[int], names: Collection[str]) -> defaultdict[int, int]:
    named = EventObject.objects.filter(kind=kind, object_id__in=keys, event__name__in=names)
    rows = named.order_by().values_list("object_id").annotate(last=Max("event"))
    return defaultdict(int, dict(rows))
