"""How far two provinces are apart at least: the nearest two of their communes.

A scan tells its province only. Who stands on both sides of a border has not travelled, so the
distance of two middles would accuse the innocent; the nearest communes never do.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_EARTH = 6371.0088  # km, mean radius
Point = tuple[str, float, float]  # code of the province, latitude, longitude


class Distances:
    """Distances between provinces, from the points of their communes. Reckoned when asked for."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._points = list(points)
        self._known: dict[tuple[str, str], float] = {}

    def least(self, one: str, other: str) -> float:
        """Kilometres between two provinces at least; 0 where one is not known."""
        if one == other:
            return 0.0
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            self._known[pair] = self._reckon(*pair)
        return self._known[pair]

    @cached_property
    def _by_province(self) -> Mapping[str, NDArray[np.float64]]:
        """Points of every province on the unit sphere, a row each."""
        grouped: dict[str, list[tuple[float, float]]] = {}
        for code, lat, lon in self._points:
            grouped.setdefault(code, []).append((lat, lon))
        return {code: _on_sphere(np.radians(np.array(rows))) for code, rows in grouped.items()}

    def _reckon(self, one: str, other: str) -> float:
        here, there = self._by_province.get(one), self._by_province.get(other)
        if here is None or there is None:
            return 0.0
        nearest = float(np.clip((here @ there.T).max(), -1.0, 1.0))
        return _EARTH * float(np.arccos(nearest))


def _on_sphere(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    lat, lon = angles[:, 0], angles[:, 1]
    flat = np.cos(lat)
    return np.stack((flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)), axis=1)
