"""Quarters of a year: which may be told on a day, which are awaited, and shares of them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

BACK = 4  # quarters that may still be told
GRACE = timedelta(days=10)  # after a quarter in which nobody is reminded of it
_NAME = re.compile(r"(20\d\d)-q([1-4])", re.IGNORECASE)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.after.first_day - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def name(self) -> str:
        """As addresses and answers have it: `2026-q3`."""
        return f"{self.year}-q{self.number}"


def of_day(day: date) -> Quarter:
    """The quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def read(name: str) -> Quarter | None:
    """`2026-q3`; None for what is no quarter."""
    found = _NAME.fullmatch(name)
    return Quarter(int(found[1]), int(found[2])) if found else None


def tellable(on: date) -> list[Quarter]:
    """The quarters whose sales may be told on a day: those that are over, newest first, a year
    back. The present one is not over, and its share would be of a part only."""
    found, quarter = [], of_day(on).before
    for _time in range(BACK):
        found.append(quarter)
        quarter = quarter.before
    return found


def awaited(since: date, on: date, told: Collection[Quarter]) -> list[Quarter]:
    """The quarters that somebody who sells online since a day has still to tell."""
    return [each for each in tellable(on) if since <= each.last_day and each not in told]


def overdue(on: date) -> Quarter | None:
    """The quarter of which producers are reminded on a day: the last, some days after its end."""
    last = of_day(on).before
    return last if on > last.last_day + GRACE else None


def share(online: int, total: int) -> Decimal | None:
    """What part of the sales was online, in percent with one decimal; None where nothing was sold.

    Of many producers: the part of all their sales together, not the mean of their shares.
    """
    if total <= 0:
        return None
    return (Decimal(online) * 100 / total).quantize(_TENTH, rounding=ROUND_HALF_UP)
