"""What re-evaluations the council must expect, month by month: arithmetic on the days of the law.

A re-evaluation is filed 180 to 120 days before the star ends, and decided at most 45 days later
(Decision 26/2026/QĐ-TTg). Nobody knows on which day of its window a dossier comes, so each day that
is left of the window has an equal share of it. All stars are taken to be filed for: what comes out
is the most the council has to be ready for. A star whose window closed is in no month: when its
producer comes, if at all, no rule says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from ocop.core.periods import Period
from ocop.dossiers.lifecycle import REEVALUATION_DAYS
from ocop.recognition.validity import filing_window


@dataclass(frozen=True, slots=True)
class Filed:
    """A dossier that came in for a star and waits for its decision."""

    expires_on: date
    filed_on: date


@dataclass(frozen=True, slots=True)
class Month:
    """What one month brings. `opens` and `closes` count windows by their first and last day;
    `filed` and `decided` are expected numbers, `decided` of dossiers decided on the last day that
    is allowed for them."""

    days: Period
    opens: int
    closes: int
    filed: Fraction
    decided: Fraction

    def sittings(self, capacity: int) -> int:
        """How many sittings of so many products the decisions take."""
        return -(-self.decided // capacity)


def forecast(
    ends: Mapping[date, int], filed: Sequence[Filed], *, on: date, months: Sequence[Period]
) -> list[Month]:
    """The months of a forecast made on a day. `ends` counts the stars by their last day, those
    among them for which a dossier was `filed`: they are not expected once more."""
    opens: Counter[date] = Counter()
    closes: Counter[date] = Counter()
    for day, count in ends.items():
        window = filing_window(day)
        opens[window.start] += count
        closes[_end(window)] += count
    unfiled = Counter(ends)
    unfiled.subtract(each.expires_on for each in filed)
    coming = _coming(unfiled, on)
    latest = timedelta(days=REEVALUATION_DAYS)
    waiting = Counter(max(each.filed_on + latest, on) for each in filed)
    found = []
    for month in months:
        before = Period(month.start - latest, _end(month) - latest)
        found.append(
            Month(
                days=month,
                opens=_count(opens, month),
                closes=sum(n for day, n in closes.items() if day - _DAY in month),
                filed=_within(coming, month),
                decided=_within(coming, before) + _count(waiting, month),
            )
        )
    return found


_DAY = timedelta(days=1)


def _end(period: Period) -> date:
    """The first day after a period that has an end."""
    assert period.end is not None
    return period.end


def _count(days: Mapping[date, int], month: Period) -> int:
    return sum(number for day, number in days.items() if day in month)


def _coming(unfiled: Mapping[date, int], on: date) -> list[tuple[Period, Fraction]]:
    """How many dossiers are expected on each day of a stretch of days."""
    changes: dict[date, Fraction] = {}
    for day, count in unfiled.items():
        left = filing_window(day).common(Period(on, None))
        if left is None or left.days is None or count <= 0:
            continue
        for turn, sign in ((left.start, 1), (_end(left), -1)):
            changes[turn] = changes.get(turn, Fraction(0)) + sign * Fraction(count, left.days)
    return _running(changes)


def _running(changes: Mapping[date, Fraction]) -> list[tuple[Period, Fraction]]:
    """Stretches of days with the number expected on each day of them, from what changes when."""
    days = sorted(changes)
    found, now = [], Fraction(0)
    for start, end in pairwise(days):
        now += changes[start]
        found.append((Period(start, end), now))
    return found


def _within(by_day: Iterable[tuple[Period, Fraction]], month: Period) -> Fraction:
    total = Fraction(0)
    for stretch, number in by_day:
        common = stretch.common(month)
        if common is not None and common.days is not None:
            total += number * common.days
    return total
