"""Cells that say "as above": nt, -nt-, như trên, a ditto mark."""

from collections.abc import Mapping

from ocop.core import folding
from ocop.core.cells import Broken
from ocop.recognition.registry_import.codes import Code, Report
from ocop.recognition.registry_import.fields import Field
from ocop.recognition.registry_import.tables import Row
from ocop.recognition.registry_import.texts import as_text

_WORDS = frozenset({"nt", "n t", "nhu tren"})
_MARKS = frozenset("\"'“”„″〃`´’‘")
_LONGEST = 12  # letters; nearly every cell is longer, and not looked at further
#: The columns in which people write so. A product has its own name and its own star.
_COLUMNS = (
    Field.PRODUCER, Field.PRODUCER_KIND, Field.ADDRESS, Field.COMMUNE, Field.DISTRICT,
    Field.PROVINCE, Field.DECISION, Field.DECIDED_ON, Field.YEAR, Field.EXPIRES_ON,
    Field.AUTHORITY, Field.SECTOR,
)  # fmt: skip


def is_ditto(text: str) -> bool:
    """Whether a text stands for that of the row above."""
    if not text or len(text) > _LONGEST:
        return False
    return folding.words(text) in _WORDS or set(text) <= _MARKS


def resolve(
    number: int, row: Row, above: Row | None, columns: Mapping[Field, int]
) -> tuple[Row, list[Report]]:
    """The row with what such cells mean, each told. Where nothing stands above, the cell is empty:
    it is no name."""
    found, reports = row, []
    for at in _COLUMNS:
        place = columns.get(at)
        if place is None or place >= len(row):
            continue
        cell = row[place]
        if not isinstance(cell, str) or not is_ditto(text := as_text(cell)):
            continue
        if found is row:
            found = list(row)
        upper = above[place] if above is not None and place < len(above) else ""
        said = "" if isinstance(upper, Broken) else as_text(upper)
        found[place] = upper if said else ""
        code = Code.SAME_AS_ABOVE if said else Code.NOTHING_ABOVE
        reports.append(Report(number, at, code, {"text": text, "value": said}))
    return found, reports
