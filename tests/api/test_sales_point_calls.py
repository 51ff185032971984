"""A sales point by the API, from its application to its sales and its last day."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.network import place_types
from ocop.network.models import SalesPoint
from ocop.people.roles import Role
from ocop.people.scopes import READ_NETWORK, WRITE_NETWORK
from ocop.products.models import Product
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory, UnitFactory
from tests.network.factories import make_application, make_line, make_point, make_visit, picture
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
POINTS = "/sales-points"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def office(now: datetime) -> dict[str, str]:
    return bearer(person(now, Role.PROVINCIAL_OFFICER), now, READ_NETWORK, WRITE_NETWORK)


@pytest.fixture
def product() -> Product:
    return RecognitionFactory(on=date(2025, 1, 10)).product


def call(
    method: str, path: str, head: dict[str, str], body: Any = None, status: int = 200
) -> dict[str, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        "" if body is None else json.dumps(body),
        content_type="application/json",
        headers=head,
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_point_from_application_to_its_first_sales(now: datetime, office: dict[str, str]) -> None:
    maker, commune = ProducerFactory(), UnitFactory(code="09001")
    product = RecognitionFactory(on=date(2025, 1, 10), product__listed=True).product
    own = bearer(member(now, maker), now)
    asked = {
        "producer": maker.code, "name": "Quầy Một", "place_type": "market", "operator": maker.name,
        "address": "Chợ Một", "commune": commune.code, "lat": 20.7, "lon": 105.9,
        "opens_at": "08:00:00", "closes_at": "17:30:00", "closed_days": "7",
    }  # fmt: skip
    made = call("POST", POINTS, own, asked, 201)
    assert (made["state"], made["inside"]["state_paid"]) == ("applied", 0)
    path = f"{POINTS}/{made['code']}"
    assert call("GET", path, bearer(person(now, None), now), status=404)["code"] == "not_found"
    changed = call("PATCH", path, own, {"phone": "0900", "seen": made["inside"]["mark"]})
    assert (changed["phone"], changed["lat"], changed["opens_at"]) == ("0900", 20.7, "08:00:00")
    answers = dict.fromkeys(place_types.checks_for("market"), "yes")
    visited = {"visited_at": now.isoformat(), "answers": answers, "lat": 20.7, "lon": 105.9}
    seen = call("POST", f"{path}/visits", office, visited)["inside"]["visits"]
    assert [visit["passed"] for visit in seen] == [True]
    photos = f"/api/v1{path}/visits/{seen[0]['code']}/photos"
    file = SimpleUploadedFile("a.png", picture(), "image/png")
    answer = Client().post(photos, {"file": file}, headers=office)
    assert answer.json()["inside"]["visits"][0]["photos"] == 1
    assert answer.json()["photos"] == []
    decision = {"number": "12/QĐ", "signed_on": "2026-11-23", "authority": "UBND thành phố"}
    assert call("POST", f"{path}/recognition", office, decision)["state"] == "recognised"
    shelf = call("POST", f"{path}/goods", own, {"product": product.code})
    assert [row["code"] for row in shelf["goods"]] == [product.code]
    sold = {"product": product.code, "quantity": 12, "amount": 960_000}
    told = {"client_id": str(UUID(int=1)), "month": "2026-11-01", "sold": [sold]}
    report = call("POST", f"{path}/sales", own, told)
    assert (report["sold"][0]["quantity"], report["point"]["code"]) == (12, made["code"])
    (row,) = call("GET", "/sales-reports?since=2026-11-01", own)["items"]
    assert row["month"] == "2026-11-01"
    off = call("DELETE", f"{path}/goods/{product.code}", own)
    assert off["goods"] == []


def test_refusals_say_what_to_do(now: datetime, office: dict[str, str]) -> None:
    point, lost = make_point(), RecognitionFactory(on=date(2020, 1, 10)).product
    path = f"{POINTS}/{point.code}"
    told = call("POST", f"{path}/money", office, {"approved_cost": 100, "state_paid": 51}, 422)
    assert "nhiều nhất 50 đồng" in told["detail"]
    paid = call("POST", f"{path}/money", office, {"approved_cost": 100, "state_paid": 50})
    assert paid["inside"]["state_paid"] == 50
    assert "hết hạn" in call("POST", f"{path}/goods", office, {"product": lost.code}, 422)["detail"]
    half = call("PATCH", path, office, {"lat": 20.7, "lon": None}, 422)
    assert [row["field"] for row in half["errors"]] == ["lat"]
    gone = call("PATCH", path, office, {"lat": None, "lon": None, "founder": None})
    assert gone["lat"] is None
    none = call("PATCH", path, office, {"commune": "99999"}, 422)
    assert [row["field"] for row in none["errors"]] == ["commune"]


def test_keepers_photographs_and_the_last_day(now: datetime, office: dict[str, str]) -> None:
    point, user = make_point(), person(now, None)
    path = f"{POINTS}/{point.code}"
    (keeper,) = call("POST", f"{path}/keepers", office, {"login": user.email})["inside"]["keepers"]
    file = SimpleUploadedFile("a.png", picture(), "image/png")
    form = {"file": file, "caption": "Mặt tiền"}
    own = bearer(user, now)
    answer = Client().post(f"/api/v1{path}/photos", form, headers=own)
    (photo,) = answer.json()["photos"]
    removal = f"{path}/photos/{photo['key']}/removal"
    assert call("POST", removal, own, {"reason": "Ảnh mờ"})["photos"] == []
    ended = call("POST", f"{path}/keepers/{keeper['key']}/end", office, {"reason": "Nghỉ việc"})
    assert ended["inside"]["keepers"][0]["ends_on"] == "2026-11-23"
    assert call("GET", path, own)["inside"] is None
    closed = call("POST", f"{path}/closing", office, {"reason": "Hết hợp đồng thuê"})
    assert (closed["state"], closed["closed_on"]) == ("closed", "2026-11-23")


def test_application_is_refused_with_words(now: datetime, office: dict[str, str]) -> None:
    point = make_application()
    make_visit(point, now)
    path = f"{POINTS}/{point.code}/refusal"
    told = call("POST", path, office, {"reason": "Không có mặt bằng"})
    assert (told["state"], told["inside"]["answer"]) == ("refused", "Không có mặt bằng")


def test_chains_share_their_stock(now: datetime, office: dict[str, str], product: Product) -> None:
    one, two = make_point(), make_point()
    chain = call("POST", "/sales-chains", office, {"name": "Chuỗi", "shared_stock": True}, 201)
    for point in (one, two):
        call("POST", f"{POINTS}/{point.code}/chain", office, {"chain": chain["code"]})
    shared = {"product": product.code, "shared": True}
    call("POST", f"{POINTS}/{one.code}/goods", office, shared)
    Product.objects.update(listed=True)
    assert call("GET", f"{POINTS}/{two.code}", office)["goods"]
    told = {"name": "Chuỗi", "shared_stock": False}
    assert call("PATCH", f"/sales-chains/{chain['code']}", office, told)["points"] == 2
    assert not call("GET", f"{POINTS}/{two.code}", office)["goods"]
    (row,) = call("GET", "/sales-chains?q=chuoi", office)["items"]
    assert (row["points"], row["shared_stock"]) == (2, False)
    call("POST", f"{POINTS}/{two.code}/chain", office, {"chain": None})
    assert SalesPoint.objects.get(pk=two.pk).chain is None


def test_key_goods_begin_and_end(now: datetime, office: dict[str, str]) -> None:
    product = ProductFactory()
    told = {
        "product": product.code, "basis": "key", "document": "100/QĐ", "starts_on": "2026-01-02",
    }  # fmt: skip
    made = call("POST", "/key-goods", office, told, 201)
    (row,) = call("GET", "/key-goods?basis=key", office)["items"]
    assert row == made
    ended = call("POST", f"/key-goods/{made['key']}/end", office, {"reason": "Danh mục mới"})
    assert ended["ends_on"] == "2026-11-23"


def test_places_tell_the_questions_of_a_visit(office: dict[str, str]) -> None:
    places = {row["key"]: row for row in call("GET", "/sales-point-places", office)}  # type: ignore[index]
    assert places["post"]["document"] == "950/QĐ-BCT"
    assert [each["key"] for each in places["post"]["checks"]] == list(
        place_types.checks_for("post")
    )


def test_sales_are_told_to_who_keeps_or_oversees_the_point(now: datetime, product: Product) -> None:
    point = make_point()
    make_line(product, point=point)
    stranger = bearer(person(now, None), now)
    body = {"client_id": str(UUID(int=2)), "month": "2026-10-01", "sold": []}
    call("POST", f"{POINTS}/{point.code}/sales", stranger, body, 403)
    head = bearer(person(now, Role.OFFICE_HEAD), now)
    call("POST", f"{POINTS}/{point.code}/sales", head, body)
    assert call("GET", "/sales-reports", stranger)["total"] == 0
    assert call("GET", f"/sales-reports?point={point.code}", head)["total"] == 1


@pytest.mark.parametrize("cost", [10**14, 10**19, 10**30])
def test_cost_that_cannot_be_is_refused(office: dict[str, str], cost: int) -> None:
    point = make_point()
    told = {"approved_cost": cost, "state_paid": 1}
    refused = call("POST", f"{POINTS}/{point.code}/money", office, told, 422)
    assert refused["code"] == "point_approved_cost"


@pytest.mark.parametrize("month", ["9999-12-01", "0001-01-01", "2026-10-02"])
def test_month_of_no_sales_is_refused(office: dict[str, str], month: str) -> None:
    told = {"month": month, "client_id": str(UUID(int=1)), "sold": []}
    refused = call("POST", f"{POINTS}/{make_point().code}/sales", office, told, 422)
    assert refused["code"] == "sales_month"
