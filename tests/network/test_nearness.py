"""Distances on the sphere."""

import pytest

from ocop.core.fieldwork import Position
from ocop.network.nearness import kilometres, nearest

HOAN_KIEM = Position(21.0287, 105.8524)


def test_one_degree_of_latitude_is_111_kilometres() -> None:
    assert kilometres(Position(20, 105), Position(21, 105)) == pytest.approx(111.195, abs=0.01)


def test_nearest_first_and_the_unknown_last() -> None:
    near, far = Position(21.03, 105.85), Position(20.7, 105.9)
    found = nearest(HOAN_KIEM, [(None, "?"), (far, "far"), (near, "near"), (None, "??")])
    assert [thing for _km, thing in found] == ["near", "far", "?", "??"]
    assert found[2][0] is None
