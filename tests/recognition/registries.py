"""Registries as offices send them: workbooks and tables built cell by cell."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ocop.recognition.registry_import import Result, Wishes, read

TODAY = date(2026, 11, 24)
HEADING = ("Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Số quyết định", "Ngày ký")
HERE = "xã Đức Trọng, tỉnh Lâm Đồng"


class Formula(str):
    """A formula with the value the office's program last saw, "" for none."""

    def __new__(cls, text: str, value: str = "") -> "Formula":
        made = super().__new__(cls, text)
        made.value = value
        return made

    value: str


def book(*rows: Sequence[Any], merged: Sequence[str] = (), name: str = "Sheet1") -> bytes:
    """A workbook of one sheet. `merged` are ranges such as "A2:A4" that keep their first cell."""
    into = io.BytesIO()
    workbook = xlsxwriter.Workbook(into)
    page = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, Formula):
                page.write_formula(number, place, value, None, value.value)
            elif isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif value is not None:
                page.write(number, place, value)
    for cells in merged:
        first = cells.partition(":")[0]
        column, line = ord(first[0]) - ord("A"), int(first[1:]) - 1
        page.merge_range(cells, rows[line][column])
    workbook.close()
    return into.getvalue()


def row(name: str = "Mắm nêm", **more: Any) -> list[Any]:
    """A row under `HEADING` that is right in every column but those told."""
    cells = {
        "name": name,
        "producer": "HTX Biển Xanh",
        "address": HERE,
        "stars": 3,
        "decision": "3981/QĐ-UBND",
        "signed_on": "05/08/2026",
        **more,
    }
    return list(cells.values())


def read_rows(*rows: Sequence[Any], wishes: Wishes | None = None, **more: Any) -> Result:
    """What the reader makes of these rows under `HEADING`."""
    return read(book(HEADING, *rows, **more), "so.xlsx", today=TODAY, wishes=wishes)


def codes(result: Result) -> list[tuple[int, str, str]]:
    """The remarks on rows: row, field, code."""
    return [(r.row, r.field.value, r.code.value) for r in result.reports if r.field]
