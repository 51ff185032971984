"""The sheets of a brought workbook: found by their headings, merged cells filled, cells as text."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ocop.core import filetypes, folding
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.form import Part, columns_in

_HEADING_WITHIN = 15  # rows from the top in which a heading may stand
MAX_ROWS = 100_000  # of one sheet; a council of 11 with 100 products needs 40,000


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell or a row: where, a stable code, and words for the person."""

    sheet: str
    row: int  # as the spreadsheet counts, from 1
    column: str  # letter, "" for the row as a whole
    code: str
    message: str

    @property
    def cell(self) -> str:
        """The place as a spreadsheet writes it: `Chấm điểm!H12`."""
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a part: the text of its columns by key, "" where blank or absent."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Sequence[str]

    def __getitem__(self, key: str) -> str:
        place = self.columns.get(key)
        return "" if place is None or place >= len(self.cells) else self.cells[place]

    def error(self, key: str, code: str, message: str) -> CellError:
        """An error at the cell of a column."""
        return CellError(self.sheet, self.number, self.letter(key), code, message)

    def letter(self, key: str) -> str:
        """The spreadsheet's letter of a column: A, B, …, AA; "" for a column not there."""
        place = self.columns.get(key, -1)
        letters = ""
        while place >= 0:
            letters = chr(ord("A") + place % 26) + letters
            place = place // 26 - 1
        return letters


def rows_by_part(content: bytes) -> dict[Part, list[Row]]:
    """All rows of each part, from however many sheets, in their order; blank rows left out.

    Refused: no readable workbook, a sheet past `MAX_ROWS`, text with control signs.
    """
    if content[:2] == b"PK":
        filetypes.sniff(content)  # refuses what would unpack without end
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [_table(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except CalamineError as error:
        raise Refused(
            "workbook_unreadable",
            _("Không mở được tệp này như một bảng tính. Hãy lưu lại dạng .xlsx rồi gửi lại."),
        ) from error
    found: dict[Part, list[Row]] = {part: [] for part in Part}
    for name, cells in tables:
        for part in Part:
            found[part].extend(_rows_of(name, cells, part))
    return found


def _rows_of(name: str, table: Sequence[Sequence[str]], part: Part) -> Iterator[Row]:
    for top, heading in enumerate(table[:_HEADING_WITHIN]):
        columns = columns_in(heading, part)
        if columns is None:
            continue
        for number, cells in enumerate(table[top + 1 :], start=top + 2):
            if any(cells):
                yield Row(name, number, columns, cells)
        return


def _table(sheet: CalamineSheet) -> tuple[str, list[list[str]]]:
    if sheet.total_height > MAX_ROWS:
        raise Refused(
            "workbook_too_long",
            _("Trang tính “%(sheet)s” dài quá %(rows)d dòng. Hãy bỏ các dòng thừa rồi gửi lại.")
            % {"sheet": sheet.name, "rows": MAX_ROWS},
        )
    cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for number, row in enumerate(cells, start=1):
        if any(map(folding.is_unreadable, row)):
            raise Refused(
                "workbook_unreadable_text",
                _("Trang tính “%(sheet)s”, dòng %(row)d có ký tự không đọc được. Hãy gõ lại ô đó.")
                % {"sheet": sheet.name, "row": number},
            )
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])
    return sheet.name, cells


def _text(cell: object) -> str:
    """A cell as a person reads it: 2.0 as 2, a day as 01/02/2026, spaces tidied."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return folding.clean(str(cell))
