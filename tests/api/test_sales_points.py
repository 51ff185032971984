"""Sales points by the API: what everybody may read."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from tests.factories import RecognitionFactory
from tests.network.factories import make_application, make_line, make_point

pytestmark = pytest.mark.django_db
LIST = "/api/v1/sales-points"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def test_points_are_listed_and_applications_are_not(client: Client) -> None:
    point = make_point(place_type="post")
    make_application()
    told = client.get(LIST).json()
    assert [row["code"] for row in told["items"]] == [point.code]
    assert client.get(f"{LIST}?place_type=station").json()["total"] == 0
    assert client.get(f"{LIST}?place_type=moon").status_code == 422


def test_point_tells_what_stands_there_today(client: Client) -> None:
    point = make_point()
    held = RecognitionFactory(on=date(2025, 1, 10)).product
    for product in (held, RecognitionFactory(on=date(2020, 1, 10)).product):
        make_line(product, point=point)
    told = client.get(f"{LIST}/{point.code}").json()
    assert [row["code"] for row in told["goods"]] == [held.code]
    assert "state_paid" not in told
    assert client.get(f"{LIST}/{make_application().code}").status_code == 404
