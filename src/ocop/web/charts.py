"""Charts drawn on the server: what to show, and where each bar stands.

Widths and places along x are percentages of the drawing, so that it fits a phone and a projector
without shrinking its letters; heights are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.text import Truncator, slugify

from ocop.core import folding, numbers

Value = int | Decimal

COLUMN_HEIGHT = 150  # of the tallest column, in pixels
_HEADROOM = 24  # for the figure above a column
_ROW = 44  # one bar of a horizontal chart with its words above
_NARROWEST = Decimal("0.6")  # percent: a bar of few stays visible
_LONGEST = Decimal("0.82")  # of the drawing: the figure stands behind a lying bar
_MIDDLE = 50  # percent of a drawing
_LETTERS = 42  # of a label that still fits a phone; the table beneath has it whole


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: `past` draws it grey (a former term), `address` is the list behind it."""

    label: str
    value: Value
    past: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar with its place: x and width in percent, y and height in pixels."""

    bar: Bar
    label: str
    x: Decimal
    width: Decimal
    middle: Decimal
    y: int
    height: int
    value_y: int
    label_y: int


def _percent(part: Value, whole: Value) -> Decimal:
    """Share in percent with two decimals; of nothing it is nothing."""
    return numbers.half_up(Decimal(part) * 100 / Decimal(whole), 2) if whole else Decimal(0)


def _key(title: str) -> str:
    return f"bieu-do-{slugify(folding.fold(title))[:40]}"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Figures beside each other: columns, for up to eight, else lying bars.

    `label_heading` and `value_heading` head the table beneath; `note` explains colours and counts.
    `limit` is drawn as a line across the bars: what may be done at once. The table ends with the
    sum, unless the figures are `summed` by nobody, as means are.
    """

    title: str
    description: str
    bars: Sequence[Bar]
    label_heading: str
    value_heading: str
    note: str = ""
    lying: bool = False
    limit: Value | None = None
    summed: bool = True
    template: str = field(default="components/bar_chart.html", init=False)

    @property
    def key(self) -> str:
        return _key(self.title)

    @property
    def is_lying(self) -> bool:
        return self.lying or len(self.bars) > 8

    @property
    def height(self) -> int:
        """Of the whole drawing, in pixels."""
        return len(self.bars) * _ROW if self.is_lying else _HEADROOM + COLUMN_HEIGHT + 26

    @property
    def ground(self) -> int:
        """Where the columns stand, in pixels from above."""
        return _HEADROOM + COLUMN_HEIGHT

    @property
    def total(self) -> Value:
        return sum((bar.value for bar in self.bars), 0)

    def drawn(self) -> list[Drawn]:
        return [self._draw(place, bar, self._highest) for place, bar in enumerate(self.bars)]

    @property
    def _highest(self) -> Value:
        return max((*(bar.value for bar in self.bars), self.limit or 0), default=0)

    @property
    def limit_x(self) -> Decimal:
        """Where the limit of lying bars stands, in percent of the drawing."""
        return numbers.half_up(_percent(self.limit or 0, self._highest) * _LONGEST, 2)

    @property
    def limit_y(self) -> int:
        """Where the limit of columns stands, in pixels from above."""
        share = _percent(self.limit or 0, self._highest)
        return self.ground - int(numbers.half_up(share * COLUMN_HEIGHT / 100, 0))

    def _draw(self, place: int, bar: Bar, highest: Value) -> Drawn:
        share = _percent(bar.value, highest)
        if self.is_lying:
            top = place * _ROW
            width = max(share, _NARROWEST) if bar.value else share
            return Drawn(
                bar=bar,
                label=Truncator(bar.label).chars(_LETTERS),
                x=Decimal(0),
                width=numbers.half_up(width * _LONGEST, 2),
                middle=Decimal(0),
                y=top + 20,
                height=14,
                value_y=top + 32,
                label_y=top + 14,
            )
        slot = Decimal(100) / len(self.bars)
        tall = int(numbers.half_up(share * COLUMN_HEIGHT / 100, 0))
        top = self.ground - tall
        return Drawn(
            bar=bar,
            label=bar.label,
            x=numbers.half_up(slot * place + slot * Decimal("0.19"), 2),
            width=numbers.half_up(slot * Decimal("0.62"), 2),
            middle=numbers.half_up(slot * place + slot / 2, 2),
            y=top,
            height=tall,
            value_y=top - 8,
            label_y=self.ground + 20,
        )


@dataclass(frozen=True, slots=True)
class TargetChart:
    """How far it is to a target, and how far one would get if all that is expected comes true."""

    title: str
    description: str
    reached: Value
    target: Value
    expected: Value | None = None
    note: str = ""
    template: str = field(default="components/target_chart.html", init=False)

    @property
    def key(self) -> str:
        return _key(self.title)

    @property
    def _longest(self) -> Value:
        return max(self.reached, self.target, self.expected or 0)

    @property
    def reached_width(self) -> Decimal:
        return _percent(self.reached, self._longest)

    @property
    def target_at(self) -> Decimal:
        return _percent(self.target, self._longest)

    @property
    def expected_width(self) -> Decimal:
        """How far the expected reaches beyond what is reached, in percent of the drawing."""
        if self.expected is None or self.expected <= self.reached:
            return Decimal(0)
        return _percent(self.expected - self.reached, self._longest)

    @property
    def expected_at(self) -> Decimal:
        """Where the expected ends, in percent of the drawing: its words stand there."""
        if self.expected_width:
            return self.reached_width + self.expected_width
        return _percent(self.expected or 0, self._longest)

    @property
    def expected_anchor(self) -> str:
        """On which side of that place the words have room."""
        return "end" if self.expected_at >= _MIDDLE else "start"

    @property
    def missing(self) -> Value:
        """What the target still lacks; nothing once it is reached."""
        return max(self.target - self.reached, 0)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far one stands from the middle, below it or above."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class DrawnDistance:
    """A distance with its place: x and width in percent, y and heights in pixels."""

    row: Distance
    label: str
    x: Decimal
    width: Decimal
    y: int
    label_y: int
    value_y: int

    @property
    def below(self) -> bool:
        return self.row.value < 0


@dataclass(frozen=True, slots=True)
class DistanceChart:
    """Bars to both sides of a middle line: who stands below, who above, and how far."""

    title: str
    description: str
    rows: Sequence[Distance]
    label_heading: str
    value_heading: str
    note: str = ""
    template: str = field(default="components/distance_chart.html", init=False)

    @property
    def key(self) -> str:
        return _key(self.title)

    @property
    def height(self) -> int:
        """Of the whole drawing, in pixels."""
        return len(self.rows) * _ROW

    def drawn(self) -> list[DrawnDistance]:
        longest = max((abs(row.value) for row in self.rows), default=Decimal(0))
        return [self._draw(place, row, longest) for place, row in enumerate(self.rows)]

    def _draw(self, place: int, row: Distance, longest: Decimal) -> DrawnDistance:
        half = numbers.half_up(_percent(abs(row.value), longest) * _LONGEST / 2, 2)
        width = max(half, _NARROWEST) if row.value else half
        top = place * _ROW
        middle = _LONGEST * 50
        return DrawnDistance(
            row=row,
            label=Truncator(row.label).chars(_LETTERS),
            x=numbers.half_up(middle - width if row.value < 0 else middle, 2),
            width=width,
            y=top + 20,
            label_y=top + 14,
            value_y=top + 32,
        )
