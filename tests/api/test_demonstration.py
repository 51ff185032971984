"""The mark of the demonstration on every answer, and on invented rows beside real ones."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.recognition.models import BatchState, Evidence
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.world import Places, bearer, build_places, imported, person

pytestmark = pytest.mark.django_db
HEADER = "OCOP-Demonstration"


def installed_as(demonstration: bool, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=demonstration, at=now)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def recognised(name: str, places: Places, evidence: Evidence) -> Any:
    invented = evidence == Evidence.M
    ends = timezone.localdate() + timedelta(days=100)
    product = ProductFactory(
        name=name,
        listed=True,
        province="01",
        commune=places.here,
        demonstration=invented,
        producer=ProducerFactory(demonstration=invented),
    )
    return RecognitionFactory(
        product=product,
        commune=places.here,
        province="01",
        on=date(ends.year - 3, 1, 1),
        expires_on=ends,
        evidence=evidence,
    )


def every_get(client: Client) -> list[str]:
    described = client.get("/api/v1/openapi.json").json()["paths"]
    found = [path for path, methods in described.items() if "get" in methods]
    assert len(found) > 40
    return found


@pytest.mark.whole
@pytest.mark.parametrize("demonstration", [True, False])
def test_every_answer_says_whether_it_is_of_a_demonstration(
    client: Client, now: datetime, places: Places, demonstration: bool
) -> None:
    installed_as(demonstration, now)
    given = recognised("Chè", places, Evidence.M if demonstration else Evidence.A)
    batch = imported(BatchState.LOADED)
    known = {"products": given.product.code, "producers": given.product.producer.code}
    known |= {"imports": str(batch.pk), "criteria-sets": "1", "units": places.here.code}
    key = bearer(person(now, Role.OFFICE_HEAD), now)
    answered = set()
    for path in every_get(client):
        room = path.split("/")[3]
        inner = {"key": "evaluated", "cut": "year"} if room == "indicators" else {}
        address = re.sub(
            r"\{(\w+)\}", lambda m, i=inner, r=room: i.get(m[1], known.get(r, "1")), path
        )
        for headers in (key, {}):
            answer = client.get(address, headers=headers)
            assert answer.headers.get(HEADER) == ("true" if demonstration else None), address
            answered.add((answer.status_code, path))
    fine = {path for status, path in answered if status == 200}
    assert {"/api/v1/products/{code}", "/api/v1/imports/{key}", "/api/v1/progress"} <= fine
    assert {401, 404, 422} <= {status for status, _path in answered}


def test_problems_refusals_and_the_description_are_marked(client: Client, now: datetime) -> None:
    installed_as(True, now)
    for answer, status in (
        (client.get("/api/v1/me"), 200),
        (client.head("/api/v1/me"), 200),
        (client.get("/api/v1/openapi.json"), 200),
        (client.get("/api/v1/none"), 404),
        (client.get("/api/v1/products/NONE"), 404),
        (client.get("/api/v1/products?sector=XX"), 422),
        (client.post("/api/v1/products"), 401),
        (client.delete("/api/v1/me"), 405),
    ):
        assert (answer.status_code, answer.headers.get(HEADER)) == (status, "true")


def test_description_tells_the_mark_with_every_answer(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert HEADER in described["info"]["description"]
    for path in described["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                assert HEADER in response["headers"]


def test_invented_rows_are_told_from_real_ones_beside_them(
    client: Client, now: datetime, places: Places
) -> None:
    installed_as(True, now)
    real = recognised("Cà phê", places, Evidence.B1)
    invented = recognised("Chè (mẫu)", places, Evidence.M)
    key = bearer(person(now, Role.OFFICE_HEAD), now)

    def told(path: str) -> Any:
        return client.get(f"/api/v1/{path}", headers=key).json()

    for given, expected in ((real, False), (invented, True)):
        product = given.product
        assert told(f"products/{product.code}")["demonstration"] is expected
        assert told(f"producers/{product.producer.code}")["demonstration"] is expected
    for path, name in (
        ("products", "code"),
        ("recognitions", "id"),
        ("producers", "code"),
    ):
        found = {row[name]: row["demonstration"] for row in told(path)["items"]}
        assert sorted(found.values()) == [False, True], path
    marks = {row["id"]: row["demonstration"] for row in told("recognitions")["items"]}
    assert marks == {real.pk: False, invented.pk: True}
    (counted,) = told("indicators/evaluated/rows")["items"]  # never summed with real rows
    assert counted["demonstration"] is True
