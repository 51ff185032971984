"""How stamps stand on a sheet or a label: measures that follow from the code, unless others are
set. Pure."""

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from ocop.traceability import qr, serials
from ocop.traceability.sheets import LINE, QUIET, SERIAL_LINES, Grid

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
_EDGE, _FOOT = 8.0, 10.0  # printers leave as much white
_STAMP = (24.0, 27.5)  # the smallest place on a sheet: more of them would be hard to cut
_LABEL = (30.0, 40.0)
MODULES = (0.33, 1.0)  # millimetres: phones read no smaller, packs bear no larger


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures in millimetres. `across` and `down` are the place of one stamp; nothing for those
    that follow from the code. `words` stand below the code."""

    module: float = 0.4
    across: float | None = None
    down: float | None = None
    left: float | None = None
    top: float | None = None
    columns: int | None = None
    rows: int | None = None
    marks: bool = True
    words: tuple[str, ...] = ()


class TooSmall(ValueError):
    """A layout has no room for the stamps: `field` is the measure that is wrong, `least` or `most`
    what it may be."""

    def __init__(self, field: str, bound: float, *, most: bool = False) -> None:
        super().__init__(f"{field}: {'at most' if most else 'at least'} {bound:g}")
        self.field, self.bound, self.most = field, bound, most


def side(address: str, level: qr.Level, module: float) -> float:
    """Millimetres of a code with its quiet zone. ValueError: the address is too long for one."""
    form = qr.form_for(len(address) + serials.LENGTH, level)
    return (form.size + 2 * QUIET) * module


def sheet(layout: Layout, address: str, level: qr.Level) -> Grid:
    """An A4 sheet. TooSmall, ValueError: see above."""
    across, down = _place(layout, address, level, _STAMP)
    columns = layout.columns or max(1, int((A4_WIDTH - 2 * _EDGE) // across))
    rows = layout.rows or max(1, int((A4_HEIGHT - 2 * _FOOT) // down))
    wide, deep = columns * across, rows * down
    left = (A4_WIDTH - wide) / 2 if layout.left is None else layout.left
    top = (A4_HEIGHT - deep) / 2 if layout.top is None else layout.top
    if left < 0 or left + wide > A4_WIDTH:
        raise TooSmall("columns", int((A4_WIDTH - max(layout.left or 0, 0)) // across), most=True)
    if top < 0 or top + deep > A4_HEIGHT:
        raise TooSmall("rows", int((A4_HEIGHT - max(layout.top or 0, 0)) // down), most=True)
    grid = Grid(A4_WIDTH, A4_HEIGHT, left, top, columns, rows, across, down)
    return replace(grid, module=layout.module, marks=layout.marks)


def label(layout: Layout, address: str, level: qr.Level) -> Grid:
    """One label of a roll, a page of its own. TooSmall, ValueError: see above."""
    across, down = _place(layout, address, level, _LABEL)
    return Grid(across, down, 0.0, 0.0, 1, 1, across, down, layout.module, marks=False)


def told(layout: Layout) -> dict[str, Any]:
    """A layout as it is kept."""
    return asdict(layout) | {"words": list(layout.words)}


def kept(row: dict[str, Any]) -> Layout:
    """A layout as it was kept."""
    return Layout(**{**row, "words": tuple(row["words"])})


def _place(
    layout: Layout, address: str, level: qr.Level, usual: tuple[float, float]
) -> tuple[float, float]:
    """The place of one stamp: as set, else the usual one or as much as the code needs."""
    if not MODULES[0] <= layout.module <= MODULES[1]:
        over = layout.module > MODULES[1]
        raise TooSmall("module", MODULES[1] if over else MODULES[0], most=over)
    wide = _up(side(address, level, layout.module))
    deep = _up(side(address, level, layout.module) + LINE * (len(layout.words) + SERIAL_LINES))
    across = max(usual[0], wide) if layout.across is None else layout.across
    down = max(usual[1], deep) if layout.down is None else layout.down
    if across < wide:
        raise TooSmall("across", wide)
    if down < deep:
        raise TooSmall("down", deep)
    return across, down


def _up(value: float) -> float:
    """To the next half millimetre."""
    return math.ceil(round(value * 2, 6)) / 2
