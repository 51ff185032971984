"""The error workbook: the rows that were not taken or were remarked on, with the reasons."""

from collections.abc import Iterable
from typing import IO

import xlsxwriter

from ocop.core.language import gettext as _
from ocop.recognition.registry_import.codes import Code, Report
from ocop.recognition.registry_import.reading import Remembered, Wishes, choose, data_rows
from ocop.recognition.registry_import.returned import NOT_READ, READ_AS, TITLES
from ocop.recognition.registry_import.tables import tables_of
from ocop.recognition.registry_import.texts import as_text


def write_errors(
    into: IO[bytes],
    content: bytes,
    filename: str,
    reports: Iterable[Report],
    wishes: Wishes | None = None,
    remembered: Remembered | None = None,
) -> int:
    """Write the remarked rows as they stood, a column of reasons before them; returns how many
    lines. What is said of the file and its columns stands first.

    Correct the rows, here or in the file, and import either again: this workbook says itself which
    column is which (`returned`), and what was taken before is recognised.
    """
    told: dict[int, list[Report]] = {}
    of_file: list[Report] = []
    for report in reports:
        if report.field is None:
            of_file.append(report)
        else:
            told.setdefault(report.row, []).append(report)
    table, head = choose(tables_of(content, filename), wishes or Wishes(), remembered)
    book = xlsxwriter.Workbook(
        into,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    small = book.add_format({"italic": True, "font_color": "#595959", "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Dòng cần sửa"))
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 70, wrap)
    page.set_column(3, 3 + len(head.texts), 22)
    # Of an error workbook that comes back, the columns are told anew.
    kept = [place for place in range(len(head.texts)) if place not in head.own]
    read_as = dict.fromkeys(kept, _(NOT_READ))
    read_as |= {place: field.label for field, place in head.columns.items()}
    own = [_(title) for title in TITLES]
    for column, text in enumerate((*own, *(head.texts[place] for place in kept))):
        page.write_string(0, column, text, bold)
    for column, text in enumerate(("", "", _(READ_AS), *(read_as[place] for place in kept))):
        page.write_string(1, column, text, small)
    page.freeze_panes(2, 3)
    line = 1
    for report in of_file:
        line += 1
        page.write_number(line, 0, report.row)
        page.write_string(line, 1, _("lưu ý"))
        page.write_string(line, 2, f"{report.label}: {report.message}", wrap)
    for number, row in data_rows(table, head):
        if number not in told:
            continue
        line += 1
        page.write_number(line, 0, number)
        left_out = any(r.rejects or r.code is Code.GROUP_LINE for r in told[number])
        page.write_string(line, 1, _("chưa nhận") if left_out else _("đã nhận"))
        reasons = "\n".join(f"{r.label}: {r.message}" for r in told[number])
        page.write_string(line, 2, reasons, wrap)
        told_cells = (cell for place, cell in enumerate(row) if place not in head.own)
        for column, cell in enumerate(told_cells, start=len(own)):
            text = as_text(cell)
            if text:
                page.write_string(line, column, text)
    book.close()
    return line - 1
