"""Many counts from one reading of the rows: what a page of tables is made from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ocop.programme.cuts import CUTS, Slice

PRODUCER = "product__producer"
DAY = "evaluated_on"


@dataclass(frozen=True, slots=True)
class Cube:
    """Rows as tuples of their values, one place per cut (and one for the producer)."""

    places: Mapping[str, int]
    rows: Sequence[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, cut: str, *values: Any) -> "Cube":
        """The part that has one of these values."""
        place = self.places[cut]
        return Cube(self.places, [row for row in self.rows if row[place] in values])

    def counts(self, cut: str) -> Counter[Any]:
        """How many rows have each value."""
        place = self.places[cut]
        return Counter(row[place] for row in self.rows)

    def slices(self, cut: str) -> list[Slice]:
        """The lines of a table by one cut."""
        return CUTS[cut].slices(self.counts(cut))

    def values(self, *columns: str) -> list[tuple[Any, ...]]:
        """Some columns of every row."""
        places = [self.places[column] for column in columns]
        return [tuple(row[place] for place in places) for row in self.rows]

    def producers(self) -> int:
        """How many different producers stand behind the rows."""
        place = self.places[PRODUCER]
        return len({row[place] for row in self.rows})

    def producer_slices(self, cut: str) -> list[Slice]:
        """Different producers per value: one who has two values is in both lines."""
        place, maker = self.places[cut], self.places[PRODUCER]
        pairs = {(row[place], row[maker]) for row in self.rows}
        return CUTS[cut].slices(Counter(value for value, _maker in pairs))


def read(rows: QuerySet[Any], cuts: Sequence[str], *others: str) -> Cube:
    """Read rows into a cube by these cuts and further columns, in one query."""
    for cut in cuts:
        rows = CUTS[cut].annotate(rows)
    columns = (*(CUTS[cut].column for cut in cuts), *others)
    places = {name: place for place, name in enumerate((*cuts, *others))}
    return Cube(places, list(rows.order_by().values_list(*columns)))
