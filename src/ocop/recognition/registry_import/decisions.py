"""What a cell says of a decision: its number, and often its day, authority and stars as well."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ocop.core import folding
from ocop.core.refusals import Refused
from ocop.products.codes import parse_decision_number
from ocop.recognition.registry_import.codes import Code
from ocop.recognition.registry_import.dates import read_day
from ocop.recognition.registry_import.stars import stars_in

_NUMBER = re.compile(
    r"\d{1,6}[a-z]?\s*(?:/\s*\d{4}\s*)?/\s*Q[ĐD]\s*[-–—−]\s*[A-ZĐ][A-ZĐ0-9-]*", re.IGNORECASE
)
_DAY = re.compile(
    r"(?:ngày\s*)?\d{1,2}\s*(?:[./-]\s*\d{1,2}\s*[./-]|tháng\s*\d{1,2}\s*,?\s*năm)\s*(?:\d{4}|\d{2})",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"\bcủa\s+((?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Bộ)\b[^,;.()]*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s+(?:về|v/v|công nhận|phê duyệt)\b.*$", re.IGNORECASE)
_NONE = {"", "-", "khong", "khong co", "chua co", "chua", "dang cho", "x", "k", "none", "n/a"}
_PREFIX = re.compile(r"^(?:quyết định|qđ)?\s*(?:số)?\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A decision as a cell tells it. `problem` is a remark; the number may stand beside it."""

    number: str = ""
    day: date | None = None
    authority: str = ""
    stars: frozenset[int] = frozenset()
    problem: Code | None = None


@lru_cache(maxsize=10_000)
def read_decision(text: str) -> ReadDecision:
    """Read "3981/QĐ-UBND", alone or in "Quyết định số 3981/QĐ-UBND ngày 05/8/2026 của UBND …".

    A number in another form is kept as it stands; several numbers in one cell give none.
    """
    if folding.fold(text).strip(" .") in _NONE:
        return ReadDecision()
    found = {" ".join(each.split()) for each in _NUMBER.findall(text)}
    numbers = {_official(each) for each in found}
    if len(numbers) > 1:
        return ReadDecision(problem=Code.DECISION_UNREADABLE)
    rest = _NUMBER.sub(" ", text)
    days = {read_day(each).day for each in _DAY.findall(rest)} - {None}
    day = days.pop() if len(days) == 1 else None
    stars = frozenset(stars_in(rest))
    authority = _AUTHORITY.search(rest)
    told = folding.clean(_ABOUT.sub("", authority[1])) if authority else ""
    if numbers:
        return ReadDecision(numbers.pop(), day, told, stars)
    number = _PREFIX.sub("", folding.clean(_DAY.sub(" ", rest))).strip(" ,;.-()")
    if not any(sign.isdigit() for sign in number):
        return ReadDecision("", day, told, stars, Code.DECISION_UNREADABLE)
    return ReadDecision(number, day, told, stars, Code.DECISION_UNUSUAL)


def _official(text: str) -> str:
    """The number in its one official form; as it stands where the form is not a case's."""
    try:
        return str(parse_decision_number(text))
    except Refused:
        return folding.clean(text)
