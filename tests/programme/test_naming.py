"""A number links to all its rows; names that are not for who asks are left out of them."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.programme import indicators, queries
from tests.factories import ProductFactory, RecognitionFactory, RegistrationFactory
from tests.world import build_places

pytestmark = pytest.mark.django_db


def names(indicator: str, actor: object, now: datetime) -> list[str]:
    found = indicators.get(indicator)
    rows = queries.listed(found, queries.scope(actor, as_of=now.date()))
    assert rows.count() == found.figure(queries.scope(actor, as_of=now.date())).value
    return [queries.name_of(row) for row in rows]


def test_product_that_is_not_public_is_counted_and_not_named(now: datetime, client: Client) -> None:
    build_places(now)
    RecognitionFactory(product=ProductFactory(name="Mật ong", listed=True, province="01"))
    RecognitionFactory(product=ProductFactory(name="Nước mắm", listed=False, province="01"))
    assert any("Nước mắm" in name for name in names("evaluated", SYSTEM, now))
    public = names("evaluated", ANONYMOUS, now)
    assert len(public) == 2
    assert "không công khai" in public
    for address in ("/so-lieu/danh-sach/{}/", "/api/v1/indicators/evaluated/rows"):
        page = client.get(address.format(indicators.get("evaluated").slug)).content.decode()
        assert "Mật ong" in page
        assert "Nước mắm" not in page


def test_registrations_are_named_to_staff_alone(now: datetime) -> None:
    places = build_places(now)
    RegistrationFactory(year=now.year, unit=places.here, product_name="Chè")
    assert names("registered", SYSTEM, now) == [f"Chè {now.year}"]
    assert names("registered", ANONYMOUS, now) == ["không công khai"]
