"""Terms of the programme: runs of whole years, as targets are set for 2021–2025."""

import re
from dataclasses import dataclass
from datetime import date

from ocop.core import zone
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused

LENGTH = 5  # years in a term of the national target programme
EARLIEST, LATEST = 2000, 2100  # years that can be meant
_FORM = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """The years from `first` to `last`, both counted."""

    first: int
    last: int

    @property
    def starts_on(self) -> date:
        return date(self.first, 1, 1)

    @property
    def ends_on(self) -> date:
        """The first day after the term: periods are half-open."""
        return date(self.last + 1, 1, 1)

    @property
    def code(self) -> str:
        """How a term stands in an address or on the command line: 2021-2025, or 2024."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def __str__(self) -> str:
        return self.code.replace("-", "–")

    def years_until(self, as_of: date) -> range:
        """The years of the term that have begun by a day."""
        return range(self.first, min(self.last, as_of.year) + 1)


def parse(text: str) -> Term:
    """Read 2021-2025, 2021–2025 or 2024. Refused: anything else, or years out of order."""
    found = _FORM.fullmatch(text.strip())
    if found:
        first, last = int(found[1]), int(found[2] or found[1])
        if EARLIEST <= first <= last <= LATEST:
            return Term(first, last)
    raise Refused(
        "term_form", _("Không hiểu kỳ “%s”. Hãy viết như 2021-2025 hoặc 2024.") % text.strip()
    )


def containing(year: int) -> Term:
    """The five-year term of the national programme that a year lies in: …, 2021–2025, …"""
    first = year - (year - 1) % LENGTH
    return Term(first, first + LENGTH - 1)


def problem_of(day: date) -> str:
    """Why nothing can be counted up to a day: it lies outside the years that can be meant, or has
    not come; "" where something can."""
    if not EARLIEST <= day.year <= LATEST:
        return _(
            "Không tính được ngày “%(day)s”: hãy chọn ngày từ năm %(first)d đến năm %(last)d."
        ) % {"day": day, "first": EARLIEST, "last": LATEST}
    if day > (today := zone.today()):
        return _(
            "Chưa có số liệu của ngày %(day)s: hãy chọn ngày không sau hôm nay, %(today)s."
        ) % {
            "day": write_date(day),
            "today": write_date(today),
        }
    return ""
