"""The plan of a fair's booths: rectangles in a hall, in whole decimetres.

Pure arithmetic: what fits, what overlaps, what stands side by side, and a first plan in rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused

MOST_BOOTHS = 600
LONGEST_SIDE = 5_000  # half a kilometre
SMALLEST_SIDE = 5
BESIDE_GAP, BESIDE_ALONG = 2, 5  # a wall between two booths, and how much of it they share
_LABEL = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,7}")


@dataclass(frozen=True, slots=True)
class Hall:
    """The ground there is."""

    width: int
    depth: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A booth on the plan: its left upper corner and its sides. No `sector`: any."""

    label: str
    x: int
    y: int
    width: int
    depth: int
    sector: str = ""
    power: bool = False
    water: bool = False
    kept_for: str = ""  # by the organiser: not given to applicants

    @property
    def area(self) -> int:
        return self.width * self.depth

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.depth


def check(hall: Hall, spots: Sequence[Spot]) -> None:
    """Refuse a plan that cannot be built, naming the booth."""
    if not (0 < hall.width <= LONGEST_SIDE and 0 < hall.depth <= LONGEST_SIDE):
        raise _refuse("hall", _("Chiều rộng và chiều sâu của mặt bằng từ 0,1 đến 500 m."))
    if len(spots) > MOST_BOOTHS:
        raise _refuse("spots", _("Một sơ đồ có nhiều nhất %d gian.") % MOST_BOOTHS)
    seen: set[str] = set()
    for spot in spots:
        _check_one(hall, spot)
        if spot.label in seen:
            raise _refuse("spots", _("Gian %s có hai lần trong sơ đồ.") % spot.label)
        seen.add(spot.label)
    for one, other in combinations(sorted(spots, key=lambda spot: spot.x), 2):
        if overlap(one, other):
            raise _refuse("spots", _("Gian %(one)s và gian %(other)s chồng lên nhau.")
                % {"one": one.label, "other": other.label})  # fmt: skip


def _check_one(hall: Hall, spot: Spot) -> None:
    if not _LABEL.fullmatch(spot.label):
        raise _refuse(
            "spots",
            _("Số gian “%s” không dùng được: chữ hoa không dấu và chữ số, như A01.") % spot.label,
        )
    if min(spot.width, spot.depth) < SMALLEST_SIDE:
        raise _refuse("spots", _("Gian %s hẹp dưới 0,5 m.") % spot.label)
    inside = spot.x >= 0 and spot.y >= 0
    if not (inside and spot.right <= hall.width and spot.bottom <= hall.depth):
        raise _refuse("spots", _("Gian %s nằm ngoài mặt bằng.") % spot.label)


def overlap(one: Spot, other: Spot) -> bool:
    """Whether two booths claim the same ground; to touch is none."""
    return (
        one.x < other.right and other.x < one.right
        and one.y < other.bottom and other.y < one.bottom
    )  # fmt: skip


def beside(one: Spot, other: Spot) -> bool:
    """Whether two booths share a wall for half a metre at least."""
    across = max(one.x, other.x) - min(one.right, other.right)  # the gap; below 0: shared
    along = max(one.y, other.y) - min(one.bottom, other.bottom)
    return (0 <= across <= BESIDE_GAP and -along >= BESIDE_ALONG) or (
        0 <= along <= BESIDE_GAP and -across >= BESIDE_ALONG
    )


def neighbours(spots: Iterable[Spot]) -> frozenset[tuple[str, str]]:
    """The labels of all booths that stand side by side, each pair once."""
    told = set()
    order = sorted(spots, key=lambda spot: (spot.x, spot.y))
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            if other.x > one.right + BESIDE_GAP:
                break
            if beside(one, other):
                told.add((min(one.label, other.label), max(one.label, other.label)))
    return frozenset(told)


@dataclass(frozen=True, slots=True)
class Rows:
    """A plan in rows: two rows stand back to back, then comes an aisle."""

    width: int = 30
    depth: int = 30
    aisle: int = 30


def in_rows(hall: Hall, zones: Sequence[tuple[str, int]], rows: Rows) -> list[Spot]:
    """So many booths for each sector, in this order, row by row. Refused: they do not fit."""
    wanted = [sector for sector, count in zones for _n in range(count)]
    if not 0 < len(wanted) <= MOST_BOOTHS:
        raise _refuse("zones", _("Sơ đồ có từ 1 đến %d gian.") % MOST_BOOTHS)
    if min(rows.width, rows.depth) < SMALLEST_SIDE or rows.aisle < 0:
        raise _refuse("rows", _("Gian rộng và sâu ít nhất 0,5 m."))
    per_row = max(0, hall.width - 2 * rows.aisle) // rows.width
    spots: list[Spot] = []
    y, number = rows.aisle, 0
    while len(spots) < len(wanted):
        if per_row == 0 or y + rows.depth > hall.depth:
            raise _refuse(
                "hall",
                _("Mặt bằng chỉ xếp được %(room)s trong %(wanted)s gian. Hãy tăng kích thước mặt "
                  "bằng, thu lối đi hoặc bớt gian.")
                % {"room": write_number(len(spots)), "wanted": write_number(len(wanted))},
            )  # fmt: skip
        for place in range(min(per_row, len(wanted) - len(spots))):
            label = f"{_letter(number)}{place + 1:02d}"
            x = rows.aisle + place * rows.width
            spots.append(Spot(label, x, y, rows.width, rows.depth, wanted[len(spots)]))
        number += 1
        y += rows.depth + (rows.aisle if number % 2 == 0 else 0)
    return spots


def _letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"plan_{field}", message, fields={field: [message]})
