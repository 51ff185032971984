"""Workbooks of exactly what a table shows."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from ocop.core.filetypes import XLSX

_NARROW, _WIDE = 8, 60  # widths in characters
_FORMATS: dict[type, dict[str, Any]] = {
    int: {"num_format": "#,##0"},
    Decimal: {"num_format": "#,##0.0###"},
    date: {"num_format": "dd/mm/yyyy"},
    datetime: {"num_format": "dd/mm/yyyy hh:mm"},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, lines that say what was filtered, headings, and rows of plain values."""

    title: str
    notes: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write(sheet: Sheet, into: IO[bytes]) -> int:
    """Write a workbook row by row in constant memory; returns the number of rows.

    Values keep their type (numbers sum, dates sort); text is never taken for a formula or a link.
    """
    book = xlsxwriter.Workbook(
        into,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold, head = (
        book.add_format({"bold": True}),
        book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#F3EEDD"}
        ),
    )
    formats = {kind: book.add_format(form) for kind, form in _FORMATS.items()}
    page = book.add_worksheet(_("Danh sách"))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, min(_WIDE, max(_NARROW, len(heading) + 2, 18)))
    lines = [sheet.title, *sheet.notes]
    for number, line in enumerate(lines):
        page.write_string(number, 0, line, bold if number == 0 else None)
    top = len(lines) + 1
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading, head)
    count = 0
    for count, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, top + count, column, value, formats)
    page.autofilter(top, 0, top + max(count, 1), max(len(sheet.headings) - 1, 0))
    book.close()
    return count


def response(sheet: Sheet, filename: str) -> FileResponse:
    """A workbook as a download, written to a temporary file and streamed from there."""
    into = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(sheet, into)
    into.seek(0)
    return FileResponse(into, as_attachment=True, filename=f"{filename}.xlsx", content_type=XLSX)


def _write_cell(page: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, _("Có") if value else _("Không"))
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, value, formats[type(value)])
    elif isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        page.write_datetime(row, column, local, formats[datetime])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats[date])
    else:
        page.write_string(row, column, force_str(value))
