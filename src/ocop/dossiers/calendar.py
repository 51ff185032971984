"""The legal calendar of a year, and the deadlines of each step (Art. 5 to 7, Decision 26/2026).

The law says "before 30 April": that day itself is too late. So `requests_before` and
`done_before` are the first days too late, as everywhere in this house periods are half-open.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ocop.core.workdays import add_working_days, working_days_between
from ocop.dossiers.lifecycle import REEVALUATION_DAYS

MOST_SUPPLEMENT_DAYS = 60  # working days: no request for more may hang for ever


class Kind(StrEnum):
    """The rounds the law names; values as the table of rounds keeps them."""

    FIRST = "first"
    SECOND = "second"
    CENTRAL_FIRST = "central_first"
    CENTRAL_SECOND = "central_second"


@dataclass(frozen=True, slots=True)
class LegalRound:
    """A round as the law sets it. `opens_on` is ours: the day the round before stopped taking."""

    kind: Kind
    opens_on: date
    requests_before: date
    done_before: date


def legal_rounds(year: int) -> tuple[LegalRound, ...]:
    """The four rounds of a year: two of the province, two of the Ministry.

    Requests of the Ministry's second round run into the next January, its results into March.
    """
    after = year + 1
    return (
        LegalRound(Kind.FIRST, date(year, 1, 1), date(year, 4, 30), date(year, 6, 30)),
        LegalRound(Kind.SECOND, date(year, 4, 30), date(year, 10, 30), date(year, 12, 30)),
        LegalRound(Kind.CENTRAL_FIRST, date(year, 1, 30), date(year, 7, 30), date(year, 9, 30)),
        LegalRound(Kind.CENTRAL_SECOND, date(year, 7, 30), date(after, 1, 30), date(after, 3, 30)),
    )


def legal_round(year: int, kind: str) -> LegalRound | None:
    """One round of the law by its kind; None for an extra one, which is the province's own."""
    return next((found for found in legal_rounds(year) if found.kind == kind), None)


def reevaluation_due(received_on: date) -> date:
    """The last day to decide on a re-evaluation: 45 days after the complete dossier came."""
    return received_on + timedelta(days=REEVALUATION_DAYS)


def last_day(done_before: date) -> date:
    """The last day that is still in time where the law says "before"."""
    return done_before - timedelta(days=1)


def days_left(due_on: date, today: date, *, stopped_on: date | None = None) -> int:
    """Working days left; negative when the deadline passed.

    `stopped_on`: the day on which the clock stopped, as the producer owes an answer since.
    """
    return working_days_between(min(today, stopped_on) if stopped_on else today, due_on)


def resumed(due_on: date, stopped_on: date, resumed_on: date) -> date:
    """The deadline moved on by the working days for which the clock stood still."""
    return add_working_days(due_on, max(0, working_days_between(stopped_on, resumed_on)))
