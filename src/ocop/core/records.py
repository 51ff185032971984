"""Tables as text, record by record."""

import csv
import io
from collections.abc import Iterator

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused


def records(text: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The records of a table as a spreadsheet counts rows: a line break in quotes begins none.

    Refused, naming the row: a cell longer than `csv.field_size_limit()` (131,072 signs; a cell of
    a spreadsheet holds 32,767), as when a quotation mark that is never closed swallows the rest.
    """
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            number += 1
            yield record
    except csv.Error as error:
        raise Refused(
            "cell_too_long",
            _(
                "Dòng %(row)d có một ô dài quá %(most)s ký tự, thường do thiếu dấu ngoặc kép "
                "đóng. Hãy sửa dòng này rồi gửi lại."
            )
            % {"row": number + 1, "most": write_number(csv.field_size_limit())},
        ) from error
