"""Addresses that nobody types: a zero in them finds nothing and breaks nothing."""

from datetime import datetime

import pytest
from django.test import Client

from tests.world import build_places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/san-pham/%00/",
        "/chu-the/a%00b/",
        "/api/v1/products/%00",
        "/api/v1/units/%00",
        "/api/v1/indicators/evaluated/cuts/%00",
        "/%00/",
    ],
)
def test_zero_in_the_path_is_not_found(client: Client, now: datetime, path: str) -> None:
    build_places(now)
    answer = client.get(path)
    assert answer.status_code == 404
    if path.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/san-pham/?q=%00", 200),
        ("/san-pham/?unit=%00", 200),
        ("/so-lieu/?province=%00", 200),
        ("/api/v1/products?q=%00", 200),
        ("/api/v1/products?unit=%00", 422),
        ("/api/v1/progress?province=%00", 200),
        ("/api/v1/indicators/evaluated/rows?commune_now=%00", 422),
        ("/api/v1/locate?address=%00&on=2024-01-01", 200),
    ],
)
def test_zero_in_the_query_finds_nothing(
    client: Client, now: datetime, path: str, status: int
) -> None:
    build_places(now)
    assert client.get(path).status_code == status
