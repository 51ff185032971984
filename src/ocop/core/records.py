"""Tables as text, record by record."""

import csv
import io
from bisect import bisect_left
from collections.abc import Iterator

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused


def records(text: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The records of a table as a spreadsheet counts rows: a line break in quotes begins none.

    Refused, naming the cell: one longer than `csv.field_size_limit()` (131,072 signs; a cell of a
    spreadsheet holds 32,767), as when a quotation mark that is never closed swallows the rest.
    """
    number, start = 0, 0
    lines = io.StringIO(text, newline="")
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            number, start = number + 1, lines.tell()
            yield record
    except csv.Error as error:
        raise Refused(
            "cell_too_long",
            _(
                "Dòng %(row)d, ô thứ %(place)d dài quá %(most)s ký tự, thường do thiếu dấu ngoặc "
                "kép đóng. Hãy sửa ô này rồi gửi lại."
            )
            % {
                "row": number + 1,
                "place": _place_of_long_cell(text[start : lines.tell()], delimiter),
                "most": write_number(csv.field_size_limit()),
            },
        ) from error


def _place_of_long_cell(record: str, delimiter: str) -> int:
    """Which cell of a record is too long, from 1: the last of the longest part that can be read.

    The reader itself only says that there is one.
    """

    def cells(length: int) -> int:
        return len(next(csv.reader(io.StringIO(record[:length], newline=""), delimiter=delimiter)))

    def is_too_long(length: int) -> bool:
        try:
            cells(length)
        except csv.Error:
            return True
        return False

    shortest = csv.field_size_limit()  # nothing shorter holds such a cell
    too_long = bisect_left(range(shortest, len(record)), True, key=is_too_long)
    return cells(shortest + too_long - 1)
