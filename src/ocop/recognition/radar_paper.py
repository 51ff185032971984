"""The radar as PDF: one wide table with what it was filtered by above."""

from collections.abc import Sequence
from typing import IO

from ocop.core import typesetting
from ocop.core.numbers import write_number


def write(
    into: IO[bytes],
    *,
    title: str,
    notes: Sequence[str],
    headings: Sequence[str],
    lines: Sequence[Sequence[str | int]],
) -> None:
    """Lines of a label and counts; the last one is the sum. A count of nothing is a dash."""
    data = {
        "title": title,
        "notes": list(notes),
        "headings": list(headings),
        "lines": [[_cell(value) for value in line] for line in lines],
    }
    into.write(typesetting.pdf("ocop.recognition", "radar.typ", data))


def _cell(value: str | int) -> str:
    if isinstance(value, str):
        return value
    return write_number(value) if value else "–"
