"""Words near a word: what a person may have meant who found nothing."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORT = 4  # letters; a short word with two letters wrong is another word


@dataclass(frozen=True)
class Vocabulary:
    """Folded words and how often each occurs."""

    counts: Mapping[str, int]
    _sorted: list[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sorted", sorted(self.counts))

    def begins(self, start: str) -> bool:
        """True when a word begins so."""
        place = bisect_left(self._sorted, start)
        return place < len(self._sorted) and self._sorted[place].startswith(start)

    def near(self, word: str, limit: int) -> list[str]:
        """The words nearest to `word` by letters changed, missing, added or swapped.

        At most one letter for a word of up to four, two for a longer one; nearest first, the
        more frequent before the rarer, then by the alphabet. The word itself is left out.
        """
        most = 1 if len(word) <= _SHORT else 2
        found = process.extract(
            word, self._sorted, scorer=OSA.distance, score_cutoff=most, limit=None
        )
        near = [(distance, -self.counts[w], w) for w, distance, _place in found if w != word]
        return [w for _distance, _count, w in sorted(near)[:limit]]
