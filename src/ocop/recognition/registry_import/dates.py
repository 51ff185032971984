"""Days as offices type them: read when one meaning is possible, otherwise told why not.

A day comes before its month, as everywhere in Vietnam; `05/13/2026` is no day and is not turned.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from ocop.core import folding
from ocop.recognition.registry_import.codes import Code

FIRST = date(2018, 5, 7)  # Decision 490/QĐ-TTg, with which the programme began
_LAST_YEAR = 2099
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIALS = range((FIRST - _SERIAL_ZERO).days, (date(_LAST_YEAR + 1, 1, 1) - _SERIAL_ZERO).days)
_YEARS = range(FIRST.year, _LAST_YEAR + 1)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_MONTHS_LONG = {
    "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "september": 9, "sept": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_TIME = r"(?:[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_IN_WORDS = re.compile(
    r"(?:ngay )?(\d{1,2}) ?(?:thang|thg|/|-) ?(\d{1,2}),? ?(?:nam|/|-)? ?(\d{4})"
)
_DAY_FIRST = re.compile(
    r"(?:ngay )?(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})" + _TIME, re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})|(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})[ ,-]+(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9}) (\d{1,2}),? (\d{4})")
_MONTH_ONLY = re.compile(r"(?:thang |thg )?(\d{1,2}) ?(?:nam|/|-|\.) ?(\d{4})")
_YEAR_ONLY = re.compile(r"(?:nam )?(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class ReadDay:
    """What a cell says: a day, or only its year, or why neither is certain.

    `beyond` is a day that can be read and is none of the programme's.
    """

    day: date | None = None
    year: int | None = None
    problem: Code | None = None
    beyond: date | None = None


_UNREADABLE = ReadDay(problem=Code.DATE_UNREADABLE)
_IMPOSSIBLE = ReadDay(problem=Code.DATE_IMPOSSIBLE)


def read_day(value: object) -> ReadDay:
    """The day of a cell: a date, a spreadsheet's serial number, or text in any usual style."""
    if isinstance(value, datetime):
        return _within(value.date())
    if isinstance(value, date):
        return _within(value)
    if isinstance(value, bool):
        return _UNREADABLE
    if isinstance(value, int | float):
        return _of_number(float(value))
    return _of_text(folding.fold(str(value)).strip(" .,;:()"))


def read_year(value: object) -> int | None:
    """The year of a cell: 2024, "Năm 2024", or a day of it. None when there is no single one."""
    found = read_day(value)
    return found.day.year if found.day else found.year


def _of_number(number: float) -> ReadDay:
    if number.is_integer() and int(number) in _YEARS:
        return ReadDay(year=int(number), problem=Code.DATE_INCOMPLETE)
    if int(number) in _SERIALS:
        return ReadDay(_SERIAL_ZERO + timedelta(days=int(number)))
    if number.is_integer() and number > _SERIALS.stop:
        return _of_text(str(int(number)).zfill(8))
    return _UNREADABLE


@lru_cache(maxsize=10_000)
def _of_text(text: str) -> ReadDay:
    if found := _DAY_FIRST.fullmatch(text):
        day, _sign, month, year = found.groups()
        return _build(day, month, year)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return _build(day, month, year)
    if found := _IN_WORDS.fullmatch(text):
        return _build(*found.groups())
    if found := _COMPACT.fullmatch(text):
        return _compact(found)
    if found := _NAMED.fullmatch(text):
        return _named(found[1], found[2], found[3])
    if found := _NAMED_FIRST.fullmatch(text):
        return _named(found[2], found[1], found[3])
    if found := _SERIAL.fullmatch(text):
        return _of_number(float(found[1]))
    return _incomplete(text)


def _incomplete(text: str) -> ReadDay:
    if (found := _MONTH_ONLY.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        year = int(found[2])
    elif found := _YEAR_ONLY.fullmatch(text):
        year = int(found[1])
    else:
        return _UNREADABLE
    return ReadDay(year=year, problem=Code.DATE_INCOMPLETE) if year in _YEARS else _UNREADABLE


def _compact(found: re.Match[str]) -> ReadDay:
    """Eight digits: day first, or year first; with years of the programme only one can be."""
    text = found[0]
    days = [_build(text[:2], text[2:4], text[4:]), _build(text[6:], text[4:6], text[:4])]
    real = [read for read in days if read.day]
    return real[0] if len(real) == 1 else _UNREADABLE


def _named(day: str, month: str, year: str) -> ReadDay:
    number = _MONTHS.get(month) or _MONTHS_LONG.get(month)
    return _build(day, str(number), year) if number else _UNREADABLE


def _build(day: str, month: str, year: str) -> ReadDay:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return _within(date(full, int(month), int(day)))
    except ValueError:
        return _IMPOSSIBLE


def _within(day: date) -> ReadDay:
    """A day of the programme; 16/7/1905 is the number 2024 that a spreadsheet took for a day."""
    if day >= FIRST and day.year <= _LAST_YEAR:
        return ReadDay(day)
    serial = (day - _SERIAL_ZERO).days
    if serial in _YEARS:
        return ReadDay(year=serial, problem=Code.DATE_INCOMPLETE)
    return ReadDay(problem=Code.DATE_OUT_OF_RANGE, beyond=day)
