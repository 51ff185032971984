"""What officers note of products and producers, and who acts for them, through the API."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.products.models import ProductState
from tests.api.test_writing import key, send
from tests.factories import ProducerFactory, ProductFactory
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(now: datetime) -> dict[str, str]:
    return key(now, Role.PROVINCIAL_OFFICER, READ_REGISTER, WRITE_REGISTER)


def test_product_stops_and_is_made_again_with_reasons(
    client: Client, officer: dict[str, str]
) -> None:
    product = ProductFactory(state=ProductState.ACTIVE)
    path = f"products/{product.code}"
    answer = send(client, "post", f"{path}/stop", {"reason": " "}, officer)
    assert answer.status_code == 422
    told = {"reason": "Hết vùng nguyên liệu"}
    assert send(client, "post", f"{path}/stop", told, officer).status_code == 200
    assert client.get(f"/api/v1/{path}", headers=officer).json()["state"] == ProductState.STOPPED
    assert send(client, "post", f"{path}/stop", told, officer).status_code == 422
    assert send(client, "post", f"{path}/resume", told, officer).status_code == 200
    assert client.get(f"/api/v1/{path}", headers=officer).json()["state"] == ProductState.ACTIVE


def test_product_leaves_the_public_and_comes_back(client: Client, officer: dict[str, str]) -> None:
    product = ProductFactory(listed=True)
    path = f"products/{product.code}"
    told = {"reason": "Nhập hai lần"}
    assert send(client, "post", f"{path}/unlist", told, officer).status_code == 200
    assert client.get(f"/api/v1/{path}").status_code == 404
    assert client.get(f"/api/v1/{path}", headers=officer).json()["listed"] is False
    assert send(client, "post", f"{path}/list", {}, officer).status_code == 200
    assert client.get(f"/api/v1/{path}").json()["listed"] is True


def test_producer_stops_not_in_the_future_and_works_again(
    client: Client, officer: dict[str, str]
) -> None:
    producer = ProducerFactory(listed=True)
    path = f"producers/{producer.code}"
    late = {"reason": "Giải thể", "stopped_on": "2999-01-01"}
    answer = send(client, "post", f"{path}/stop", late, officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "producer_stopped_on")
    told = {"reason": "Giải thể", "stopped_on": "2026-01-31"}
    assert send(client, "post", f"{path}/stop", told, officer).status_code == 200
    assert client.get(f"/api/v1/{path}").json()["stopped_on"] == "2026-01-31"
    again = {"reason": "Thành lập lại"}
    assert send(client, "post", f"{path}/resume", again, officer).status_code == 200
    assert client.get(f"/api/v1/{path}").json()["stopped_on"] is None


def test_person_acts_for_a_producer_until_taken_off(
    client: Client, officer: dict[str, str], now: datetime
) -> None:
    producer, user = ProducerFactory(listed=True), person(now, None)
    path = f"producers/{producer.code}/members"
    unknown = {"login": "khong@co.example", "starts_on": "2026-01-05"}
    answer = send(client, "post", path, unknown, officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "account_unknown")
    assert answer.json()["errors"][0]["field"] == "login"

    told = {"login": user.email, "starts_on": "2026-01-05"}
    made = send(client, "post", path, told, officer)
    assert (made.status_code, made.json()["account"]) == (201, user.pk)
    assert send(client, "post", path, told, officer).json()["code"] == "member_already"
    listed = client.get(f"/api/v1/{path}", headers=officer).json()["items"]
    assert [(row["name"], row["ends_on"]) for row in listed] == [(user.name, None)]

    ending = f"{path}/{made.json()['id']}/end"
    assert send(client, "post", ending, {"reason": "Nghỉ việc"}, officer).status_code == 200
    assert send(client, "post", ending, {"reason": "Nghỉ việc"}, officer).status_code == 422


def test_who_acts_for_a_producer_is_not_told_to_the_public(client: Client) -> None:
    producer = ProducerFactory(listed=True)
    assert client.get(f"/api/v1/producers/{producer.code}").status_code == 200
    assert client.get(f"/api/v1/producers/{producer.code}/members").status_code == 401
