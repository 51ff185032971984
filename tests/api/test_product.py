"""A product by the API: as its page shows it, to who may see it."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.people.scopes import READ_PROGRAMME
from ocop.products import services
from ocop.products.models import Product
from ocop.recognition.models import Evidence, Kind
from tests.dossiers.making import picture
from tests.factories import ProductFactory, RecognitionFactory
from tests.world import Places, bearer, build_places, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def honey(now: datetime, places: Places) -> Product:
    """Three stars in 2021, four in 2023 while the three still held; and a proposal for five."""
    product: Product = ProductFactory(
        name="Mật ong", story="Hoa vải ở Đông Anh.", revenue=5_000_000, commune=places.here
    )
    given = {"product": product, "commune": places.here}
    RecognitionFactory(**given, on=date(2021, 6, 1), unit=places.before)
    RecognitionFactory(**given, on=date(2023, 12, 1), stars=4, kind=Kind.UPGRADE)
    RecognitionFactory(**given, on=date(2026, 1, 5), stars=5, evidence=Evidence.B2)
    for colour, caption in (("red", "Hũ mật"), ("blue", "Tổ ong")):
        services.add_image(
            actor=SYSTEM,
            product=product,
            content=picture(colour),
            filename="a.png",
            caption=caption,
            at=now,
        )
    return product


def told(client: Client, product: Product, key: dict[str, str] | None = None) -> Any:
    answer = client.get(f"/api/v1/products/{product.code}", headers=key or {})
    assert answer.status_code == 200
    return answer.json()


def test_life_is_told_from_the_first_recognition_on(
    client: Client, now: datetime, honey: Product, places: Places
) -> None:
    with time_machine.travel(now, tick=False):
        life = told(client, honey)["life"]
        page = client.get(f"/san-pham/{honey.code}/").content.decode()
    assert [(step["stars"], step["kind"], step["rules"]) for step in life] == [
        (3, "first", False),
        (4, "upgrade", True),
    ]
    first, last = life
    assert first["replaced_on"] == "2023-12-01"
    assert first["became"] == "Được thay bằng 4 sao từ 01/12/2023"
    assert first["unit_then"] == {"code": places.before.code, "name": places.before.name}
    assert (last["valid_from"], last["expires_on"]) == ("2023-12-01", "2026-12-01")
    assert last["replaced_on"] is None
    assert all(step["became"] in page for step in life)


def test_proposals_are_in_it_for_the_office_alone(
    client: Client, now: datetime, honey: Product
) -> None:
    office = told(client, honey, bearer(person(now, Role.AUDITOR), now))
    assert [step["evidence"] for step in office["life"]] == ["A", "A", "B2"]
    own = told(client, honey, bearer(member(now, honey.producer), now))
    assert [step["evidence"] for step in own["life"]] == ["A", "A"]


def test_story_and_photographs_come_with_it_and_no_revenue(client: Client, honey: Product) -> None:
    found = told(client, honey)
    assert found["story"] == "Hoa vải ở Đông Anh."
    assert [photo["caption"] for photo in found["photos"]] == ["Hũ mật", "Tổ ong"]
    assert "5000000" not in str(found)
    files = set()
    for photo in found["photos"]:
        answer = client.get(photo["address"])
        assert answer.headers["Content-Type"] == photo["media_type"] == "image/png"
        files.add(b"".join(answer.streaming_content))
    assert len(files) == 2
    assert all(file.startswith(b"\x89PNG") for file in files)


def test_photographs_are_seen_by_who_sees_the_product(
    client: Client, now: datetime, honey: Product
) -> None:
    address = told(client, honey)["photos"][0]["address"]
    other = ProductFactory()
    Product.objects.filter(pk=honey.pk).update(listed=False)
    assert client.get(address).status_code == 404
    assert client.get(address.replace(honey.code, other.code)).status_code == 404
    own = member(now, honey.producer)
    seen = client.get(address, headers=bearer(own, now))
    assert seen.status_code == 200
    length = len(b"".join(seen.streaming_content))
    assert client.get(address, headers=bearer(own, now, READ_PROGRAMME)).status_code == 403
    head = client.head(address, headers=bearer(own, now))
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(length))
    assert b"".join(head.streaming_content) == b""
    head.close()
