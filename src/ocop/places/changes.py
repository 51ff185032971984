"""A change of units as an office supplies it: a table of what became what on a day."""

from dataclasses import dataclass
from datetime import date

from ocop.core.folding import clean, is_unreadable
from ocop.core.language import gettext as _
from ocop.core.records import records
from ocop.core.refusals import Refused

COLUMNS = ("old_code", "new_code", "new_name", "new_parent", "extent", "basis")
EXTENTS = ("whole", "largest part", "part")


@dataclass(frozen=True, slots=True)
class Change:
    """One line: an old unit of the day before became, wholly or in part, a new one."""

    line: int
    old_code: str
    new_code: str
    new_name: str
    new_parent: str
    extent: str
    basis: str


def read(content: bytes) -> list[Change]:
    """Read a change file: CSV in UTF-8 with the columns COLUMNS.

    Refused, naming the line: missing columns, an empty file, an unknown extent, a missing name.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("change_encoding", _("Tệp phải ở dạng CSV, mã UTF-8.")) from None
    rows = records(text)
    heading = next(rows, [])
    if missing := [c for c in COLUMNS if c not in heading]:
        raise Refused("change_columns", _("Tệp thiếu cột: %s.") % ", ".join(missing))
    places = [heading.index(column) for column in COLUMNS]
    changes = [
        Change(number, *(clean(row[at]) if at < len(row) else "" for at in places))
        for number, row in enumerate(rows, start=2)
        if row
    ]
    if not changes:
        raise Refused("change_empty", _("Tệp chưa có dòng nào."))
    for change in changes:
        if any(map(is_unreadable, (change.new_name, change.basis))):
            raise Refused(
                "change_unreadable",
                _("Dòng %d có ký tự không đọc được. Hãy xóa rồi gõ lại ô này.") % change.line,
            )
        if change.extent not in EXTENTS or not (change.old_code and change.new_code):
            raise Refused(
                "change_line",
                _("Dòng %(line)d: cần mã cũ, mã mới và phạm vi (%(extents)s).")
                % {"line": change.line, "extents": ", ".join(EXTENTS)},
            )
    return changes


def first_day(day: date, today: date) -> date:
    """The day a change takes effect; refused when it lies more than a year ahead."""
    if (day - today).days > 366:
        raise Refused("change_day", _("Ngày hiệu lực quá xa. Hãy kiểm tra lại năm."))
    return day
