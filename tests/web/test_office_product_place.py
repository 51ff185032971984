"""Where a product is made is corrected in the office, apart from its producer."""

from datetime import datetime

import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from tests.factories import ProductFactory
from tests.world import build_places, person

pytestmark = pytest.mark.django_db


def test_officer_corrects_the_commune_of_a_product(client: Client, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    places = build_places(now)
    product = ProductFactory(name="Nem chua", commune=None)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    address = f"/dieu-hanh/san-pham/{product.code}/sua/"
    assert 'name="commune"' in client.get(address).content.decode()
    told = {"name": "Nem chua", "in_ocop": "on", "commune": places.here.code}
    assert client.post(address, told).status_code == 302
    product.refresh_from_db()
    assert product.commune == places.here
