"""The error workbook: the rows that were not taken or were remarked on, with the reasons."""

from collections.abc import Iterable
from typing import IO

import xlsxwriter

from ocop.core.language import gettext as _
from ocop.network.villages.village_import.codes import Report
from ocop.network.villages.village_import.reading import data_rows, heading_of
from ocop.recognition.registry_import.returned import TITLES
from ocop.recognition.registry_import.texts import as_text


def write_errors(into: IO[bytes], content: bytes, filename: str, reports: Iterable[Report]) -> int:
    """Write the remarked rows as they stood, three columns of ours before them; returns how many.

    Correct them there and bring the workbook: its own columns are passed over, and what was taken
    before is known again.
    """
    told: dict[int, list[Report]] = {}
    for report in reports:
        if report.field is not None:
            told.setdefault(report.row, []).append(report)
    table, heading = heading_of(content, filename)
    book = xlsxwriter.Workbook(
        into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Dòng cần sửa"))
    page.set_column(0, 1, 12)
    page.set_column(2, 2, 70, wrap)
    page.set_column(3, 3 + len(heading.texts), 20)
    kept = [place for place in range(len(heading.texts)) if place not in heading.own]
    titles = [*(_(title) for title in TITLES), *(heading.texts[place] for place in kept)]
    for column, text in enumerate(titles):
        page.write_string(0, column, text, bold)
    page.freeze_panes(1, 3)
    line = 0
    for number, row in data_rows(table, heading):
        if number not in told:
            continue
        line += 1
        left_out = any(report.rejects for report in told[number])
        page.write_number(line, 0, number)
        page.write_string(line, 1, _("chưa nhận") if left_out else _("đã nhận"))
        reasons = "\n".join(f"{r.label}: {r.message}" for r in told[number])
        page.write_string(line, 2, reasons, wrap)
        for column, place in enumerate(kept, start=len(TITLES)):
            text = as_text(row[place]) if place < len(row) else ""
            if text:
                page.write_string(line, column, text)
    book.close()
    return line
