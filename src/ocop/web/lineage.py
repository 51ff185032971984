"""The picture of a lot: what it came from above it, where it went below.

Boxes stand in two columns that a phone can hold; of very many the last box says how many more the
list beneath has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.core.numbers import write_number
from ocop.traceability.chronicle import Node, OneStep
from ocop.traceability.models import Lot

WIDTH, _BOX, _HIGH, _GAP, _RISE = 340, 164, 58, 12, 30
_LETTERS, _MOST = 21, 6


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where it stands and what it says. `tone` is a class of its drawing."""

    x: int
    y: int
    width: int
    words: str
    name: str
    detail: str
    tone: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + _HIGH


@dataclass(frozen=True, slots=True)
class Line:
    """A curve from the foot of one box to the head of another."""

    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def picture(lot: Lot, step: OneStep, *, words: str) -> Picture:
    """The picture of a lot; `words` say what stands in the middle."""
    above, y = _boxes(step.back, 0, "from")
    centre_y = y + (_RISE if above else 0)
    name = Truncator(lot.item.product.name).chars(_LETTERS + 14)
    centre = Box(28, centre_y, WIDTH - 56, words, name, lot.number, "own")
    start = centre.bottom + (_RISE if step.forward else 0)
    below, end = _boxes(step.forward, start, "to")
    lines = [_line(box, centre) for box in above] + [_line(centre, box) for box in below]
    height = (end if below else centre.bottom) + 2
    return Picture(WIDTH, height, [*above, centre, *below], lines)


def _boxes(nodes: Sequence[Node], top: int, tone: str) -> tuple[list[Box], int]:
    shown, more = list(nodes[:_MOST]), len(nodes) - _MOST
    if more > 0:
        shown, more = shown[:-1], more + 1
    texts = [(node.words, *_lines(node)) for node in shown]
    if more > 0:
        words = ngettext("và %s bước nữa", "và %s bước nữa", more) % write_number(more)
        texts.append(("", words, ""))
    found = []
    for n, (words, name, detail) in enumerate(texts):
        row, column = divmod(n, 2)
        lonely = n == len(texts) - 1 and column == 0
        x = (WIDTH - _BOX) // 2 if lonely else column * (WIDTH - _BOX)
        y = top + row * (_HIGH + _GAP)
        short = Truncator(name).chars(_LETTERS)
        found.append(Box(x + 0, y, _BOX, words, short, Truncator(detail).chars(_LETTERS), tone))
    return found, found[-1].bottom if found else top


def _lines(node: Node) -> tuple[str, str]:
    """Name and detail in a box: of a lot first its number, which its page and label have."""
    if node.lot is None:
        return node.name, node.detail
    number = _("lô %s") % node.lot.number
    return number, ", ".join(filter(None, (node.detail, node.lot.item.product.name)))


def _line(upper: Box, lower: Box) -> Line:
    bend = max(10, (lower.y - upper.bottom) // 2)
    return Line(
        f"M{upper.middle} {upper.bottom}C{upper.middle} {upper.bottom + bend} "
        f"{lower.middle} {lower.y - bend} {lower.middle} {lower.y}"
    )
