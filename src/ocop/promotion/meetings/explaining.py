"""The reasons of a match in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.numbers import write_percent
from ocop.promotion.meetings.matching import WORDS, Fit, Match, Part, Reason


def kept(match: Match) -> list[list[object]]:
    """Reasons as a table keeps them."""
    return [[each.part, each.fit, each.points, list(each.number)] for each in match.reasons]


def read(rows: Iterable[Sequence[Any]]) -> list[Reason]:
    """Reasons as they were kept."""
    return [
        Reason(Part(part), Fit(fit), points, tuple(number)) for part, fit, points, number in rows
    ]


def words_of(reasons: Iterable[Reason]) -> str:
    """The reasons on one line."""
    return "; ".join(_word(reason) for reason in reasons)


def _word(reason: Reason) -> str:
    told = _(WORDS[reason.part, reason.fit])
    if reason.fit is Fit.SHARE:
        return told % {"number": write_percent(reason.number[0])}
    if reason.fit is Fit.SOME_MONTHS:
        return told % {"number": f"{reason.number[0]}/{reason.number[1]}"}
    return told


def season_words(months: Sequence[int]) -> str:
    """Months as people say them: runs of them, over the turn of the year too."""
    known = set(months)
    if not known or len(known) == 12:
        return _("quanh năm")
    runs = []
    for first in sorted(known):
        if _before(first) in known:
            continue
        last = first
        while _after(last) in known:
            last = _after(last)
        runs.append(str(first) if last == first else f"{first}–{last}")
    return _("tháng %s") % ", ".join(runs)


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _after(month: int) -> int:
    return month % 12 + 1
