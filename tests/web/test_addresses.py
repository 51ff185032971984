"""Addresses that nobody types: a zero in them finds nothing and breaks nothing."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.people.roles import Role
from tests.factories import version
from tests.world import build_places, person

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
        ("/api/v1/progress?province=%00", 422),
        ("/api/v1/indicators/evaluated/rows?commune_now=%00", 422),
        ("/api/v1/locate?address=%00&on=2024-01-01", 200),
    ],
)
def test_zero_in_the_query_finds_nothing(
    client: Client, now: datetime, path: str, status: int
) -> None:
    build_places(now)
    assert client.get(path).status_code == status


@pytest.mark.parametrize("text", ["²", "²²²²", "٣", "99999999999999999999999"])
@pytest.mark.parametrize(
    "path", ["/dieu-hanh/bo-tieu-chi/{}/so-sanh/?from=", "/dieu-hanh/ke-hoach/?year="]
)
def test_signs_that_are_no_number_find_nothing(
    client: Client, now: datetime, path: str, text: str
) -> None:
    build_places(now)
    client.force_login(person(now, Role.AUDITOR))
    assert client.get(path.format(version().pk) + text).status_code == 200


def test_a_form_of_another_session_is_answered_in_words(now: datetime) -> None:
    build_places(now)
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/tai-khoan/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Chưa làm được" in answer.content.decode()
    told = client.put("/api/v1/nothing", "{}", content_type="application/json")
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")
