"""What crawlers and browsers ask for by name."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from tests.world import build_places, recognised

pytestmark = pytest.mark.django_db


def test_sitemap_names_what_everybody_sees(client: Client, now: datetime) -> None:
    places = build_places(now)
    shown = recognised("Mật ong", commune=places.here).product
    hidden = recognised("Nem", commune=places.here, listed=False).product
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    found = {each.text for each in ElementTree.fromstring(answer.content).iter() if each.text}
    assert f"http://testserver/san-pham/{shown.code}/" in found
    assert f"http://testserver/chu-the/{shown.producer.code}/" in found
    assert "http://testserver/" in found
    assert not [path for path in found if hidden.code in path]
    assert not [path for path in found if client.get(path).status_code != 200 and path.strip()]


def test_robots_find_the_public_pages_only(client: Client, now: datetime) -> None:
    told = client.get("/robots.txt").content.decode().splitlines()
    assert told[0] == "User-agent: *"
    assert "Disallow: /dieu-hanh/" in told
    assert "Disallow: /" not in told
    assert told[-1] == "Sitemap: http://testserver/sitemap.xml"
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert "Disallow: /" in client.get("/robots.txt").content.decode().splitlines()


def test_icon_is_found_without_a_page(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/img/icon.svg")
