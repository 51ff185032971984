"""A chart of many days: thin columns, a figure on the tallest, the table beneath has all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ocop.core import numbers
from ocop.core.numbers import write_date

HEIGHT = 120  # of the tallest column, in pixels
_TOP = 22  # for the figure above it
_MOST_LABELS = 5  # along the axis: more run into each other on a phone


@dataclass(frozen=True, slots=True)
class Column:
    """A day with its place: x and width in percent, y and height in pixels."""

    day: date
    value: int
    x: Decimal
    width: Decimal
    y: int
    height: int

    @property
    def words(self) -> str:
        return write_date(self.day)


@dataclass(frozen=True, slots=True)
class DayChart:
    """Figures of days or months that follow each other."""

    key: str
    title: str
    description: str
    days: Sequence[tuple[date, int]]
    day_heading: str
    value_heading: str
    months: bool = False  # each is a month, named without a day
    template: str = field(default="components/day_chart.html", init=False)

    height = _TOP + HEIGHT + 24
    ground = _TOP + HEIGHT
    label_y = _TOP + HEIGHT + 18

    def columns(self) -> list[Column]:
        """All of them, in order."""
        highest = max((value for _day, value in self.days), default=0)
        slot = Decimal(100) / max(len(self.days), 1)
        return [
            self._column(place, day, value, slot, highest)
            for place, (day, value) in enumerate(self.days)
        ]

    def _column(self, place: int, day: date, value: int, slot: Decimal, highest: int) -> Column:
        tall = round(value * HEIGHT / highest) if highest else 0
        tall = max(tall, 2) if value else 0  # one of few stays visible
        return Column(
            day=day,
            value=value,
            x=numbers.half_up(slot * place + slot * Decimal("0.12"), 2),
            width=numbers.half_up(slot * Decimal("0.76"), 2),
            y=self.ground - tall,
            height=tall,
        )

    def highest(self) -> dict[str, object] | None:
        """The tallest column with where its figure stands."""
        columns = [column for column in self.columns() if column.value]
        if not columns:
            return None
        found = max(columns, key=lambda column: column.value)
        told = _beside(found.x + found.width / 2)
        if told["anchor"] != "middle":  # it ends, or begins, with its own column
            told["x"] = found.x if told["anchor"] == "start" else found.x + found.width
        return {"value": found.value, "y": found.y - 6, **told}

    def labels(self) -> list[dict[str, object]]:
        """Some days along the axis, the first and the last among them."""
        columns = self.columns()
        if not columns:
            return []
        steps = min(_MOST_LABELS, len(columns)) - 1
        places = {round(n * (len(columns) - 1) / steps) for n in range(steps + 1)} if steps else {0}
        return [
            {"words": self.name(columns[at].day), **_beside(columns[at].x + columns[at].width / 2)}
            for at in sorted(places)
        ]

    def name(self, day: date) -> str:
        """A day as it is short."""
        return f"{day:%m/%Y}" if self.months else f"{day:%d/%m}"

    def lines(self) -> list[tuple[str, int]]:
        """The table beneath."""
        if self.months:
            return [(f"{day:%m/%Y}", value) for day, value in self.days]
        return [(write_date(day), value) for day, value in self.days]

    @property
    def total(self) -> int:
        return sum(value for _day, value in self.days)


def _beside(x: Decimal) -> dict[str, object]:
    """Where words about a place stand, so that they do not run out of the drawing."""
    anchor = "start" if x < 8 else "end" if x > 92 else "middle"
    at = Decimal(0) if anchor == "start" else Decimal(100) if anchor == "end" else x
    return {"x": numbers.half_up(at, 2), "anchor": anchor}
