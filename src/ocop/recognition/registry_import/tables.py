"""The tables of a file: sheets of a workbook or one CSV table, row by row, merged cells filled."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from ocop.core import filetypes, folding, workbooks
from ocop.core.cells import Broken, Cell, Place, as_broken, broken_cells
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.records import records
from ocop.core.refusals import Refused

Row = list[Cell]
Range = tuple[Place, Place]  # first and last cell, both included

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 40  # rows by which a delimiter is chosen
_BEGINNING = 1000  # bytes in which a page of the web shows itself
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|table|head|meta)\b", re.IGNORECASE)
_UNKNOWN = N_("loại không nhận ra được")
_KINDS = {
    "html": N_("trang web (HTML)"),
    filetypes.CSV: N_("văn bản thường (CSV)"),
    filetypes.PDF: N_("tài liệu PDF"),
    filetypes.DOCX: N_("văn bản Word"),
    filetypes.PNG: N_("ảnh"),
    filetypes.JPEG: N_("ảnh"),
    filetypes.WEBP: N_("ảnh"),
}
MAX_COLUMNS = 200  # a table of a registry has twenty; more is a stray cell far to the right


class Table(Protocol):
    """A table that can be read more than once, from its first row on."""

    name: str
    merged: Sequence[Range]
    encoding: str  # the code a text was read by, where another than UTF-8

    def rows(self) -> Iterator[Row]:
        """Every row from the sheet's first, blank ones too."""
        ...


@dataclass(slots=True)
class CsvTable:
    """A table as text."""

    name: str
    text: str
    delimiter: str
    merged: Sequence[Range] = ()
    encoding: str = ""

    def rows(self) -> Iterator[Row]:
        """Records as a spreadsheet counts them: one with a line break inside is one row."""
        for record in records(self.text, self.delimiter):
            yield [as_broken(text) or text if "#" in text else text for text in record]


@dataclass(slots=True)
class SheetTable:
    """A sheet of a workbook."""

    name: str
    sheet: CalamineSheet
    content: bytes
    merged: Sequence[Range] = ()
    encoding: str = ""
    _broken: dict[int, list[tuple[int, Broken]]] | None = field(default=None)

    def rows(self) -> Iterator[Row]:
        """Rows with every cell of a tall merged range holding its value."""
        left = self.sheet.start[1] if self.sheet.start else 0
        pad: Row = [""] * left
        broken = self._broken_rows()
        fill = _Fill(self.merged)
        for number, cells in enumerate(self.sheet.iter_rows()):
            row: Row = [*pad, *map(_readable, cells[:MAX_COLUMNS])]
            for column, cell in broken.get(number, ()):
                if column < len(row):
                    row[column] = cell
            fill.into(number, row)
            yield row

    def _broken_rows(self) -> dict[int, list[tuple[int, Broken]]]:
        if self._broken is None:
            self._broken = {}
            for (row, column), cell in broken_cells(self.content, self.name).items():
                self._broken.setdefault(row, []).append((column, cell))
        return self._broken


class _Fill:
    """Carries the value of a merged range down to its last row."""

    def __init__(self, merged: Iterable[Range]) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in merged:
            if bottom > top and left < MAX_COLUMNS:
                self._starts.setdefault(top, []).append((left, bottom))
        self._open: dict[int, tuple[int, Cell]] = {}

    def into(self, number: int, row: Row) -> None:
        for column, (last, value) in list(self._open.items()):
            if number > last:
                del self._open[column]
            else:  # the rows of a sheet are all of one width
                row[column] = value
        for column, last in self._starts.get(number, ()):
            if column < len(row):
                self._open[column] = (last, row[column])


def tables_of(content: bytes, filename: str) -> list[Table]:
    """The tables of a file, visible sheets before hidden ones.

    Refused: empty, damaged, another kind of file than XLSX or CSV, a password.
    """
    if not content:
        raise Refused("file_empty", _("Tệp rỗng. Hãy kiểm tra rồi gửi lại."))
    check_name(content, filename)
    try:
        kind = filetypes.sniff(content)
    except Refused as refusal:
        if refusal.code != "file_type":
            raise
        raise _no_table() from refusal  # its words name kinds of files that are no tables
    if kind == filetypes.CSV:
        text, encoding = filetypes.text_and_encoding(content)
        table = _csv_table(text, filename)
        table.encoding = "" if encoding == filetypes.UTF_8 else encoding
        return [table]
    if kind != filetypes.XLSX:
        raise _no_table()
    try:
        with workbooks.opened(content) as book:
            shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
            hidden = [name for name in book.sheet_names if name not in shown]
            return [_sheet_table(book, name, content) for name in (*shown, *hidden)]
    except CalamineError as error:
        raise _unreadable() from error


def check_name(content: bytes, filename: str) -> None:
    """Refuse what is called a workbook and is none, saying what it is."""
    ending = PurePath(filename).suffix.lower()
    if not content or ending not in (".xlsx", ".xls"):
        return
    try:
        kind = filetypes.sniff(content)
    except Refused as refusal:
        if refusal.code != "file_type":
            raise  # damaged, old, with macros: that is told by itself
        kind = "html" if _PAGE.search(content[:_BEGINNING]) else ""
    if kind == filetypes.XLSX:
        return
    facts = {"ending": ending, "kind": _(_KINDS.get(kind, _UNKNOWN))}
    message = (
        _(
            "Tên tệp kết thúc bằng “%(ending)s” nhưng nội dung là %(kind)s, không phải bảng tính "
            "Excel. Hãy mở bảng bằng Excel, chọn Lưu thành dạng Excel Workbook (.xlsx) rồi gửi lại."
        )
        % facts
    )
    raise Refused("not_a_workbook", message, fields={"file": [message]})


def _readable(cell: Cell) -> Cell:
    """The cell, or a broken one: for text with control signs, as an escape in a workbook brings,
    and for an error whose formula is gone, pasted as a value."""
    if not isinstance(cell, str):
        return cell
    if folding.is_unreadable(cell):
        return Broken("", unreadable=True)
    return (as_broken(cell) or cell) if "#" in cell else cell


def _sheet_table(book: CalamineWorkbook, name: str, content: bytes) -> SheetTable:
    sheet = book.get_sheet_by_name(name)
    return SheetTable(name, sheet, content, tuple(sheet.merged_cell_ranges or ()))


def _csv_table(text: str, filename: str) -> CsvTable:
    first, _cut, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint. It stands on a line that spreadsheets do not count.
        return CsvTable(filename, rest, first.strip()[4])
    return CsvTable(filename, text, max(_DELIMITERS, key=lambda sign: _columns(text, sign)))


def _columns(text: str, delimiter: str) -> int:
    """How many columns most of the first rows have under a delimiter, as far as they read."""
    head = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    wide: list[int] = []
    with suppress(Refused):  # the rows before one that cannot be read still tell
        wide.extend(len(record) for record in records(head, delimiter) if record)
    wide.sort()
    return wide[len(wide) // 2] if wide else 0


def _no_table() -> Refused:
    return Refused("not_a_table", _("Tệp này không phải bảng. Hãy gửi tệp Excel (.xlsx) hoặc CSV."))


def _unreadable() -> Refused:
    return Refused(
        "table_unreadable",
        _("Không đọc được bảng trong tệp này. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi."),
    )
