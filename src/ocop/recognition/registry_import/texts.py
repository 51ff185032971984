"""Cells as a person reads them."""

from datetime import date, datetime
from functools import lru_cache

from ocop.core import folding
from ocop.core.cells import Broken, Cell
from ocop.recognition.registry_import.codes import Code

_TOLD = 200  # letters of a cell that a remark repeats


def broken_code(cell: Broken) -> Code:
    """What is wrong with a cell."""
    if cell.unreadable:
        return Code.CELL_UNREADABLE
    return Code.CELL_ERROR if cell.text else Code.FORMULA_WITHOUT_VALUE


_cleaned = lru_cache(maxsize=1000)(folding.clean)  # a cell is asked for several times


def as_text(value: Cell) -> str:
    """A cell as a person reads it: 4.0 is 4, a day is 05/08/2026."""
    if isinstance(value, str):
        return _cleaned(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if isinstance(value, Broken) else str(value)


def short(text: str) -> str:
    """As much of a text as a remark repeats."""
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}…"
