"""Cells of a CSV file that spreadsheets take as the text they are."""

from collections.abc import Iterable
from typing import Any

_FORMULA = ("=", "+", "-", "@")


def cells(values: Iterable[Any]) -> list[Any]:
    """A row in which no text is run as a formula when the file is opened: an apostrophe before it
    says that it is text. Numbers stay numbers."""
    return [
        f"'{value}" if isinstance(value, str) and value.lstrip().startswith(_FORMULA) else value
        for value in values
    ]
