"""How far the programme is: done, missing, registered, and when the target is reached.

Arithmetic only; the numbers are read by `queries.progress`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.core.numbers import share_percent


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted up to a day. `awaited_this_year`: those registered for the year that were
    not evaluated yet. `reached_on`: the day the product that filled the target was evaluated.
    `last_round_ends_on`: when the province's last round of the year must be done."""

    as_of: date
    evaluated_total: int
    evaluated_in_term: int
    registered_this_year: int
    awaited_this_year: int
    target: int | None
    reached_on: date | None
    term_starts_on: date
    term_ends_on: date  # half-open
    last_round_ends_on: date


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress towards the target of a term. Shares are per cent, half up to one decimal."""

    as_of: date
    evaluated_total: int
    evaluated_in_term: int
    target: int | None
    share_percent: Decimal | None
    missing: int | None
    registered_this_year: int
    expected_by_year_end: int
    target_reached_in: str | None  # 2024-Q4

    @property
    def expected_share_percent(self) -> Decimal | None:
        """The share there will be if all that is registered is reached."""
        return percent(self.expected_by_year_end, self.target)

    @property
    def is_reached(self) -> bool:
        return self.missing == 0


def percent(part: int, whole: int | None) -> Decimal | None:
    """Per cent, half up to one decimal; none of nothing."""
    return share_percent(part, whole) if whole else None


def reckon(counted: Counted) -> Progress:
    """Progress and forecast.

    The forecast adds to what was evaluated every registration of the year that was not evaluated
    yet, as if all were reached; a year that is over, or lies outside the term, brings nothing more.
    """
    in_term = counted.term_starts_on <= counted.as_of < counted.term_ends_on
    over = not in_term or counted.as_of >= date(counted.as_of.year, 12, 31)
    expected = counted.evaluated_in_term + (0 if over else counted.awaited_this_year)
    target = counted.target
    return Progress(
        as_of=counted.as_of,
        evaluated_total=counted.evaluated_total,
        evaluated_in_term=counted.evaluated_in_term,
        target=target,
        share_percent=percent(counted.evaluated_in_term, target),
        missing=None if target is None else max(target - counted.evaluated_in_term, 0),
        registered_this_year=counted.registered_this_year,
        expected_by_year_end=expected,
        target_reached_in=_reached_in(counted, expected),
    )


def _reached_in(counted: Counted, expected: int) -> str | None:
    if counted.target is None:
        return None
    if counted.evaluated_in_term >= counted.target and counted.reached_on is not None:
        return quarter(counted.reached_on)
    in_term = counted.last_round_ends_on < counted.term_ends_on
    if expected >= counted.target and in_term:
        return quarter(counted.last_round_ends_on)
    return None


def quarter(day: date) -> str:
    """The quarter of a day: 2024-Q4."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def day_of_the_nth(days: Sequence[date], nth: int) -> date | None:
    """The day on which the nth of some days in order fell; None while there are fewer."""
    return days[nth - 1] if 0 < nth <= len(days) else None
