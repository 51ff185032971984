"""How far provinces are apart at least: by the nearest two of their communes."""

from math import isclose

import pytest

from ocop.places.models import Level, Unit
from ocop.traceability.scans import knowing
from ocop.traceability.scans.distances import Distances
from ocop.traceability.scans.suspicion import Limits, is_hop, needed_minutes


def test_degree_of_latitude_is_some_111_kilometres() -> None:
    found = Distances([("01", 20.0, 105.0), ("02", 21.0, 105.0)])
    assert isclose(found.least("01", "02"), 111.195, abs_tol=0.01)
    assert found.least("02", "01") == found.least("01", "02")


def test_nearest_communes_count_not_the_middles() -> None:
    points = [("01", 20.0, 105.0), ("01", 21.0, 105.0), ("02", 21.01, 105.0), ("02", 25.0, 105.0)]
    assert Distances(points).least("01", "02") < 2


def test_province_that_is_not_known_is_near_everything() -> None:
    found = Distances([("01", 20.0, 105.0)])
    assert found.least("01", "99") == 0
    assert found.least("01", "01") == 0


@pytest.mark.parametrize(
    ("km", "minutes", "hop"),
    [
        (900, 59, True),
        (900, 60, False),  # as fast as an aeroplane is no miracle
        (149, 1, False),  # phones guess their place no better
        (150, 1, True),
        (900, -59, True),  # the other order of arrival
        (900, 0, True),
    ],
)
def test_hop_is_what_no_aeroplane_makes(km: float, minutes: int, hop: bool) -> None:
    assert is_hop(km, minutes * 60_000, Limits()) is hop


def test_way_takes_so_many_minutes() -> None:
    assert needed_minutes(1350, Limits()) == 90


@pytest.mark.django_db
@pytest.mark.usefixtures("ground")
def test_provinces_of_today_lie_where_they_lie() -> None:
    """Hà Nội and Hồ Chí Minh City are more than 1,000 km apart, Hà Nội and Bắc Ninh touch."""
    found = knowing._distances(knowing._mark_of_places())
    assert found.least("01", "79") > 1_000
    assert found.least("01", "24") < 10
    codes = Unit.objects.filter(level=Level.PROVINCE, valid_to=None).values_list("code", flat=True)
    assert len(codes) == 34
    assert all(found.least("01", code) > 0 for code in codes if code != "01")
