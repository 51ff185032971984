"""Workbooks that people hand in, opened for reading.

The reader keeps a sheet as one block from its first cell to its last: two cells far apart, as a
crafted file names them, end the whole process for want of memory, or make the reader panic.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from python_calamine import CalamineWorkbook

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused

MAX_CELLS = 10_000_000  # of the block of one sheet, blank ones too: 320 MB in the reader
_ROWS, _COLUMNS = 1 << 20, 1 << 14  # no spreadsheet has a cell beyond XFD1048576
_CHUNK = 1 << 20
_TAG = rb"<(?:\w+:)?"
_AT = rb"[^>]*?\sr\s*=\s*[\"']"
#: Cells that hold something: the reader passes over those that are only drawn.
_CELL = re.compile(_TAG + rb"c" + _AT + rb"([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>")
_ROW = re.compile(_TAG + rb"row" + _AT + rb"(\d+)")
_FILLED = re.compile(_TAG + rb"c\b[^>]*(?<!/)>")
_MERGED = re.compile(_TAG + rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
_REF = re.compile(rb"([A-Za-z]+)(\d+)")


@contextmanager
def opened(content: bytes) -> Iterator[CalamineWorkbook]:
    """A workbook for as long as it is read; `CalamineError` is for the caller.

    Refused: damaged, cells where no spreadsheet has any, a sheet past `MAX_CELLS`, what the reader
    panics at.
    """
    if content.startswith(b"PK\x03\x04"):
        _check_reach(content)
    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(content))
    except BaseException as error:
        # The reader's panic is no Exception, and every library in Rust has a type of its own.
        if (type(error).__module__, type(error).__name__) != ("pyo3_runtime", "PanicException"):
            raise
        raise _no_workbook() from error


def _check_reach(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                with packed.open(entry) as part:
                    _check_part(iter(partial(part.read, _CHUNK), b""))
    except zipfile.BadZipFile as error:
        raise _no_workbook() from error


def _check_part(chunks: Iterator[bytes]) -> None:
    reach = _Reach()
    rest = b""
    for chunk in chunks:
        rest += chunk
        whole, _cut, rest = rest.rpartition(b"row>")  # closes a row, whatever its prefix
        reach.take(whole)
    reach.take(rest)


class _Reach:
    """The first and last row and column of a sheet that hold something. Counted from 1."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._columns: set[int] = set()

    def take(self, text: bytes) -> None:
        for row in text.split(b"row>"):
            cells = _CELL.findall(row)
            self._rows.update(map(int, {number for _letters, number in cells}))
            self._columns.update(map(_number_of, {letters for letters, _number in cells}))
            if not cells and _FILLED.search(row) and (told := _ROW.search(row)):
                self._rows.add(int(told[1]))  # its cells follow each other …
                self._columns.add(1)  # … from the first column
        for told in _MERGED.findall(text):
            for letters, number in _REF.findall(told):
                _check_exists(int(number), _number_of(letters))
        if self._rows:
            self._rows = {min(self._rows), max(self._rows)}
            self._columns = {min(self._columns), max(self._columns)}
            _check_exists(max(self._rows), max(self._columns))
            self._check_size()

    def _check_size(self) -> None:
        height = max(self._rows) - min(self._rows) + 1
        width = max(self._columns) - min(self._columns) + 1
        if height * width > MAX_CELLS:
            raise Refused(
                "sheet_too_large",
                _(
                    "Một trang tính có ô cách nhau quá xa: %(rows)s dòng, %(columns)s cột. Hãy xóa "
                    "các dòng và cột thừa ở cuối trang tính, lưu lại rồi gửi."
                )
                % {"rows": write_number(height), "columns": write_number(width)},
            )


def _check_exists(row: int, column: int) -> None:
    if row > _ROWS or column > _COLUMNS:
        raise _no_workbook()


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:  # three letters name every column there is
        number = number * 26 + letter - ord("A") + 1
    return number


def _no_workbook() -> Refused:
    message = _(
        "Tệp này không phải bảng tính đúng dạng nên không mở được. Hãy mở bằng Excel, lưu lại dạng "
        "Excel Workbook (.xlsx) rồi gửi lại."
    )
    return Refused("not_a_workbook", message, fields={"file": [message]})
