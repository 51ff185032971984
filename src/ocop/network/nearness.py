"""How far points are from somebody, on the sphere."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

from ocop.core.fieldwork import Position

T = TypeVar("T")
_EARTH = 6371.0088  # km, mean radius


def kilometres(one: Position, other: Position) -> float:
    """The great-circle distance."""
    lat, lat2 = radians(one.lat), radians(other.lat)
    half = sin((lat2 - lat) / 2) ** 2
    half += cos(lat) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def nearest(
    here: Position, rows: Iterable[tuple[Position | None, T]]
) -> list[tuple[float | None, T]]:
    """Things with their distance, nearest first; those whose place is not known come last, in the
    order in which they came."""
    measured = [
        (None if place is None else kilometres(here, place), thing) for place, thing in rows
    ]
    return sorted(measured, key=lambda pair: (pair[0] is None, pair[0] or 0.0))
