"""Which star of a product a decision takes: one rule for everything that ends a star.

A revocation (Art. 8) or an annulment (Art. 10.1b, Decision 26/2026/QĐ-TTg) names one recognition.
Whatever else it touches follows from the order of the recognitions, in which a later one replaces
those before, and from the order in which they came into the register; never from a day that
somebody types:

- a revocation names the star that counts on its day: a replaced one holds no right to take;
- a star that becomes void leaves the day of its revocation to what counts there without it: to an
  older star, which would stand up only because the named one fell, or to the true record that came
  in the place of a wrong one;
- what came beside a star while it counted was never named and is not touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Void(StrEnum):
    """Why a recognition counts on no day."""

    ANNULLED = "annulled"  # the authority gave it wrongly
    MISTAKEN = "mistaken"  # nobody gave it: the record was wrong


@dataclass(frozen=True, slots=True)
class Star:
    """A recognition among those of its product.

    `place`: the greatest replaces the others (`standing.place_of`); `began`: its first day, None
    where it is not known. `came`, `fell`: the acts by which it came before the public and became
    void, numbered in the order in which they were recorded; 0 is before them all.
    """

    key: int
    place: tuple[int, date, int]
    began: date | None = None
    void: Void | None = None
    came: int = 0
    fell: int = 0

    def begun(self, on: date) -> bool:
        """Whether it had begun on a day; one without a first day had."""
        return self.began is None or self.began <= on


def counting(stars: Iterable[Star], on: date) -> Star | None:
    """The star that counts on a day; None: the product has none."""
    begun = (star for star in stars if star.void is None and star.begun(on))
    return max(begun, key=lambda star: star.place, default=None)


def heir(named: Star, on: date, stars: Iterable[Star]) -> Star | None:
    """The star that a revocation from a day on takes because the one that it names is void; None:
    it takes none."""
    if named.void is None:
        return None
    found = counting((star for star in stars if star.key != named.key), on)
    if found is None:
        return None
    is_older = found.place < named.place
    is_true_record = named.void is Void.MISTAKEN and found.came > named.fell
    return found if is_older or is_true_record else None
