"""The map of a leaflet is drawn to scale: what is twice as far lies twice as far."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.network.villages.halts import Place
from ocop.network.villages.leaflet import sketch
from ocop.network.villages.queries_routes import Stop

_LAT = st.floats(20.5, 21.4)
_LON = st.floats(105.3, 106.0)


def _stops(*positions: tuple[float, float] | None) -> list[Stop]:
    return [
        Stop(number, "", "", Place("", "Nơi", lat=at[0], lon=at[1]) if at else Place("", "Nơi"), "")
        for number, at in enumerate(positions, start=1)
    ]


@given(st.lists(st.tuples(_LAT, _LON), min_size=1, max_size=20))
def test_every_stop_lies_on_the_map_and_the_bar_within_it(
    places: list[tuple[float, float]],
) -> None:
    drawn = sketch(_stops(*places), width=120, height=120)
    assert drawn is not None
    assert all(-1e-6 <= m.x <= 1 + 1e-6 and -1e-6 <= m.y <= 1 + 1e-6 for m in drawn.marks)
    assert 0 < drawn.bar <= 0.4


@pytest.mark.parametrize(
    ("other", "kilometres"),
    [((21.0, 105.9), 10.4), ((21.1, 105.8), 11.1), ((20.95, 105.85), 7.6)],
)
def test_bar_measures_what_lies_between_two_stops(
    other: tuple[float, float], kilometres: float
) -> None:
    """Kilometres by the sphere, worked out elsewhere."""
    drawn = sketch(_stops((21.0, 105.8), other), width=120, height=120)
    assert drawn is not None
    one, two = drawn.marks
    apart = hypot(one.x - two.x, one.y - two.y) * drawn.kilometres / drawn.bar
    assert apart == pytest.approx(kilometres, abs=0.1)


def test_north_is_above_and_east_to_the_right() -> None:
    drawn = sketch(_stops((21.0, 105.8), (21.1, 105.9), None), width=120, height=120)
    assert drawn is not None
    south, north = drawn.marks
    assert (south.number, north.number) == (1, 2)
    assert north.y < south.y
    assert north.x > south.x
    assert (north.x - south.x) / (south.y - north.y) == pytest.approx(cos(radians(21.05)), abs=1e-3)


def test_nothing_is_drawn_where_no_place_is_known() -> None:
    assert sketch(_stops(None, None), width=120, height=120) is None
