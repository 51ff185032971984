"""A demonstration with a real sample beside it: found by search, and never called an example."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.places.models import Level, Unit
from ocop.recognition.models import Evidence
from tests import world
from tests.factories import UnitFactory
from tests.world import recognised

pytestmark = pytest.mark.django_db
MARK = "không phải số liệu thật"


@pytest.fixture(autouse=True)
def _two_provinces(now: datetime) -> None:
    world.build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    UnitFactory(code="68", name="Tỉnh Lâm Đồng", level=Level.PROVINCE)


def _catalogue(client: Client, **query: str) -> str:
    return client.get("/san-pham/", query).content.decode()


def test_search_without_a_hit_here_tells_where_there_is_one(client: Client) -> None:
    recognised("Cà phê Cầu Đất", province="68")
    page = _catalogue(client, q="cau dat")
    chip = re.search(r'<a class="chip" href="([^"]*)">Tỉnh Lâm Đồng <b>1</b></a>', page)
    assert chip
    there = client.get("/san-pham/" + chip[1].replace("&amp;", "&")).content.decode()
    assert "Cà phê Cầu Đất" in there
    recognised("Cầu Đất (mẫu)", evidence=Evidence.M)
    assert "Có ở tỉnh, thành phố khác" not in _catalogue(client, q="cau dat")


def test_filters_hold_elsewhere_as_here(client: Client) -> None:
    recognised("Cà phê Cầu Đất", province="68", stars=3)
    assert "Có ở tỉnh, thành phố khác" not in _catalogue(client, q="cau dat", rank="5")


def test_hidden_is_not_told_elsewhere(client: Client) -> None:
    recognised("Cà phê Cầu Đất", province="68", evidence=Evidence.B2)
    assert "Có ở tỉnh, thành phố khác" not in _catalogue(client, q="cau dat")


def test_real_product_is_not_called_an_example(client: Client) -> None:
    real = recognised("Cà phê Cầu Đất", province="68", evidence=Evidence.A)
    invented = recognised("Chè (mẫu)", evidence=Evidence.M)
    page = client.get(f"/san-pham/{real.product.code}/").content.decode()
    assert MARK not in page
    assert "Riêng những gì ở trang này là thật" in page
    assert MARK in client.get(f"/san-pham/{invented.product.code}/").content.decode()


def test_home_and_map_count_as_the_figures_do(client: Client, now: datetime) -> None:
    """Invented and real products are never summed; the catalogue tells them apart."""
    here = Unit.objects.get(code="09001")
    recognised("Chè (mẫu)", commune=here, evidence=Evidence.M)
    recognised("Rượu (mẫu)", commune=here, evidence=Evidence.M)
    for name in ("Mật ong", "Nem", "Giò"):
        recognised(name, commune=here, evidence=Evidence.A)
    recognised("Cà phê", province="68", evidence=Evidence.A)
    with time_machine.travel(now, tick=False):
        home = client.get("/")
        assert (home.context["valid"], home.context["sectors"][0][2]) == (2, 2)
        assert client.get("/ban-do/").context["total"] == 2
        assert client.get("/ban-do/", {"province": "68"}).context["total"] == 1
        page = " ".join(_catalogue(client).split())
    assert "5 sản phẩm <" in page
    assert "trong đó 3 sản phẩm thật, không cộng vào số liệu của bản mẫu" in page


def test_province_beside_is_counted_whole(client: Client) -> None:
    recognised("Cà phê", province="68", evidence=Evidence.A)
    assert "không cộng vào số liệu" not in _catalogue(client, province="68")
