"""The sheets of a brought workbook: found by their headings, merged cells filled, cells as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet

from ocop.core import filetypes, folding, workbooks
from ocop.core.cells import Broken, Place, broken_cells
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.form import REQUIRED, Part, columns_in

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
    broken: Mapping[int, Broken] = field(default_factory=dict)  # by place

    def __getitem__(self, key: str) -> str:
        place = self.columns.get(key)
        return "" if place is None or place >= len(self.cells) else self.cells[place]

    def error(self, key: str, code: str, message: str) -> CellError:
        """An error at the cell of a column."""
        return CellError(self.sheet, self.number, self.letter(key), code, message)

    def broken_in(self, part: Part) -> list[CellError]:
        """The cells without a value among those that the part is read by."""
        found = sorted((self.columns[column.key], column.key) for column in REQUIRED[part])
        return [
            self._broken(key, self.broken[place]) for place, key in found if place in self.broken
        ]

    def _broken(self, key: str, cell: Broken) -> CellError:
        if not cell.text:
            return self.error(
                key,
                "formula_without_value",
                _("Ô chứa công thức chưa có kết quả. Hãy mở bằng Excel, lưu lại rồi nhập."),
            )
        return self.error(
            key,
            "cell_error",
            _("Ô bị lỗi %(text)s. Hãy mở bảng tính, sửa công thức hoặc gõ lại giá trị.")
            % {"text": cell.text},
        )

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
    # Refuses what would unpack without end.
    is_xlsx = content[:2] == b"PK" and filetypes.sniff(content) == filetypes.XLSX
    try:
        with workbooks.opened(content) as book:
            tables = [
                _table(book.get_sheet_by_name(name), broken_cells(content, name) if is_xlsx else {})
                for name in book.sheet_names
            ]
    except CalamineError as error:
        raise Refused(
            "workbook_unreadable",
            _("Không mở được tệp này như một bảng tính. Hãy lưu lại dạng .xlsx rồi gửi lại."),
        ) from error
    found: dict[Part, list[Row]] = {part: [] for part in Part}
    for table in tables:
        for part in Part:
            found[part].extend(_rows_of(table, part))
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    cells: list[list[str]]
    broken: dict[int, dict[int, Broken]]  # by row and column, from 0


def _rows_of(table: _Table, part: Part) -> Iterator[Row]:
    for top, heading in enumerate(table.cells[:_HEADING_WITHIN]):
        columns = columns_in(heading, part)
        if columns is None:
            continue
        for at, cells in enumerate(table.cells[top + 1 :], start=top + 1):
            broken = table.broken.get(at, {})
            if broken or any(cells):
                yield Row(table.name, at + 1, columns, cells, broken)
        return


def _table(sheet: CalamineSheet, broken: Mapping[Place, Broken]) -> _Table:
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
    by_row: dict[int, dict[int, Broken]] = {}
    for (at, place), cell in broken.items():
        by_row.setdefault(at, {})[place] = cell
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if cell_above := by_row.get(top, {}).get(left):
            for at in range(top, min(bottom + 1, len(cells))):
                columns = range(left, min(right + 1, len(cells[at])))
                by_row.setdefault(at, {}).update(dict.fromkeys(columns, cell_above))
    return _Table(sheet.name, cells, by_row)


def _text(cell: object) -> str:
    """A cell as a person reads it: 2.0 as 2, a day as 01/02/2026, a logical value as TRUE, spaces
    tidied."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return folding.clean(str(cell))
