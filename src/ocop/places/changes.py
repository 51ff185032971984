"""A change of units as an office supplies it: a table of what became what on a day."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from ocop.core.folding import clean
from ocop.core.language import gettext as _
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
    rows = csv.DictReader(io.StringIO(text))
    if missing := [c for c in COLUMNS if c not in (rows.fieldnames or ())]:
        raise Refused("change_columns", _("Tệp thiếu cột: %s.") % ", ".join(missing))
    changes = [
        Change(number, *(clean(row[column] or "") for column in COLUMNS))
        for number, row in enumerate(rows, start=2)
    ]
    if not changes:
        raise Refused("change_empty", _("Tệp chưa có dòng nào."))
    for change in changes:
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
