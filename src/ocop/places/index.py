"""Names of units as addresses are looked up in them, by level and without marks."""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from ocop.places.gazetteer import KINDS, Entry
from ocop.places.spelling import syllables, without_marks

#: Names in use for provinces beside the official one.
_ALIASES = {
    "hồ chí minh": ("hcm", "tphcm", "sài gòn"),
    "hà nội": ("hn", "tphn"),
    "thừa thiên huế": ("tt huế", "thừa thiên - huế"),
    "bà rịa - vũng tàu": ("brvt", "bà rịa vũng tàu"),
}
LONGEST = 6  # syllables in a name


class Bearers:
    """The units of one name without marks: all of them, and those of each spelling."""

    def __init__(self) -> None:
        self.everybody: tuple[Entry, ...] = ()
        self.spelled: dict[tuple[str, ...], tuple[Entry, ...]] = {}

    def add(self, entry: Entry, spelled: tuple[str, ...]) -> None:
        """One more unit of the name."""
        if entry not in self.everybody:
            self.everybody += (entry,)
        self.spelled[spelled] = (*self.spelled.get(spelled, ()), entry)

    def matching(self, spelled: tuple[str, ...], *, marked: bool) -> tuple[tuple[Entry, ...], bool]:
        """All, or where the writer uses marks those whose marks agree, if any do; and whether
        they do."""
        if not marked:
            return self.everybody, True
        same = self.spelled.get(spelled)
        return (same, True) if same else (self.everybody, False)


@cache
def folded_name(entry: Entry) -> tuple[str, ...]:
    """The syllables of a unit's own name without marks, as they key an index."""
    return tuple(without_marks(syllable) for syllable in syllables(entry.bare))


@cache
def kind_written(entry: Entry) -> str:
    """The kind that stands before a unit's name, none where the name begins otherwise."""
    lower = entry.name.lower()
    return next((kind for kind in KINDS if lower.startswith(kind + " ")), "")


class Index:
    """The units of one era by level and by the syllables of their names, without marks.

    `above` tells the units that one lies in; for units of all eras together these are of all eras.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        above: Callable[[Entry], Iterable[Entry]] = Entry.ancestors,
    ) -> None:
        self.above = above
        self.names: dict[str, dict[tuple[str, ...], Bearers]] = {
            "province": {},
            "district": {},
            "commune": {},
        }
        #: By level: how many syllables the names that end with one have, the shortest first.
        self.lengths: dict[str, dict[str, list[int]]] = {level: {} for level in self.names}
        for entry in entries:
            spellings = [entry.bare]
            if entry.level == "province":
                spellings += _ALIASES.get(entry.bare.lower(), ())
            for spelling in spellings:
                spelled = tuple(syllables(spelling))
                folded = tuple(without_marks(s) for s in spelled)
                bearers = self.names[entry.level].setdefault(folded, Bearers())
                bearers.add(entry, spelled)
                lengths = self.lengths[entry.level].setdefault(folded[-1], [])
                if len(folded) not in lengths and len(folded) <= LONGEST:
                    insort(lengths, len(folded))
        self.has_districts = bool(self.names["district"])
        self._above: dict[Entry, frozenset[Entry]] = {}

    def all_above(self, entry: Entry) -> frozenset[Entry]:
        """The units that one lies in, kept: every reading of an address asks."""
        kept = self._above.get(entry)
        if kept is None:
            kept = self._above[entry] = frozenset(self.above(entry))
        return kept
