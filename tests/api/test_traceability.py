"""Sales units, lots, places and passports by the API."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER, READ_TRACEABILITY
from ocop.places.queries import key_of
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability.models import Lot, TradeItem
from tests.api.calling import Program, program
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def maker(places: Places) -> Producer:
    return ProducerFactory(name="HTX Chè Sạch", commune=places.here, address="Thôn Một")


@pytest.fixture
def product(maker: Producer) -> Product:
    return ProductFactory(name="Chè búp khô", producer=maker)


@pytest.fixture
def own(now: datetime, maker: Producer) -> Program:
    return program(member(now, maker), now)


def test_sales_unit_from_entry_to_its_end(own: Program, product: Product) -> None:
    code = own(
        "POST trade-items",
        {"product": product.code, "name": "Hộp 250 g", "gtin": "8938505974194"},
        201,
    )["code"]
    told = own(f"GET trade-items/{code}")
    assert (told["trade_code"], told["lots"], told["lacking"]) == ("08938505974194", 0, True)
    assert told["product"] == {"code": product.code, "name": "Chè búp khô"}
    own(f"PATCH trade-items/{code}", {"standards": "TCCS 01:2026", "seen": told["mark"]})
    own.refused(
        f"PATCH trade-items/{code}",
        {"brand": "Chè Sạch", "seen": told["mark"]},
        "changed_meanwhile",
    )
    told = own(f"GET trade-items/{code}")
    assert (told["name"], told["standards"]) == ("Hộp 250 g", "TCCS 01:2026")
    own(f"PATCH trade-items/{code}", {"standards": None})
    assert own(f"GET trade-items/{code}")["standards"] == ""
    own(f"POST trade-items/{code}/stop", {"reason": "Đổi bao bì"})
    assert own(f"GET trade-items/{code}")["stopped_at"]
    own.refused(f"POST trade-items/{code}/lots", {"number": "1"}, "item_stopped")


def test_what_is_refused_is_told_at_its_field(own: Program, product: Product) -> None:
    given = {"product": product.code, "name": "Hộp", "gtin": "8938505974195"}
    told = own.refused("POST trade-items", given, "item_gtin")
    assert [error["field"] for error in told["errors"]] == ["gtin"]
    own.refused("POST trade-items", {"product": product.code, "nam": "Hộp"}, "invalid")


def test_codes_of_other_systems(own: Program, product: Product, now: datetime) -> None:
    item = make_item(product, now)
    path = f"trade-items/{item.code}/foreign-codes"
    made = own(f"POST {path}", {"scheme": "hn_check", "value": "HN-1"}, 201)
    assert own(f"GET trade-items/{item.code}")["foreign_codes"] == [made]
    own.refused(f"POST {path}", {"scheme": "hn_check", "value": "HN-1"}, "item_value")
    own.refused(f"POST {path}", {"scheme": "nowhere", "value": "1"}, "invalid")
    own(f"POST {path}/{made['id']}/removal", {"reason": "Ghi nhầm"})
    assert own(f"GET trade-items/{item.code}")["foreign_codes"] == []


def test_lot_and_place(own: Program, product: Product, maker: Producer, places: Places) -> None:
    site = own(
        "POST sites",
        {"producer": maker.code, "name": "Xưởng sấy", "commune": key_of(places.here)},
        201,
    )["code"]
    item = own("POST trade-items", {"product": product.code, "name": "Hộp"}, 201)["code"]
    lot = own(
        f"POST trade-items/{item}/lots",
        {"number": "L/1", "site": site, "quantity": "12.5", "produced_on": "2026-11-20"},
        201,
    )["code"]
    told = own(f"GET lots/{lot}")
    assert (told["site"], told["quantity"], told["state"]) == (site, "12.500", "undated")
    assert told["trace_code"] == f"{item.upper()}/L/1"
    own(f"PATCH lots/{lot}", {"expires_on": "2026-11-22", "seen": told["mark"]})
    told = own(f"GET lots/{lot}")
    assert (told["state"], told["site"], told["produced_on"]) == ("expired", site, "2026-11-20")
    own(f"PATCH lots/{lot}", {"site": None})
    assert own(f"GET lots/{lot}")["site"] is None
    own.refused(f"PATCH lots/{lot}", {"site": "00000000"}, "site_unknown")
    own.refused(f"PATCH lots/{lot}", {"quantity": "-1"}, "lot_quantity")
    own(f"PATCH sites/{site}", {"gln": "8938505974194"})
    told = own(f"GET sites/{site}")
    assert (told["site_code"], told["name"]) == ("8938505974194", "Xưởng sấy")
    assert told["commune_now"]["name"] == "Xã Đại Xuyên"
    own.refused(f"PATCH sites/{site}", {"commune": "x"}, "commune_unknown")
    own(f"POST sites/{site}/close", {"reason": "Trả mặt bằng"})
    own.refused(f"PATCH lots/{lot}", {"site": site}, "lot_site")


def test_lists_take_the_filters_of_the_pages(own: Program, product: Product, now: datetime) -> None:
    item = make_item(product, now, gtin="08938505974194")
    make_lot(item, now, number="OLD", expires_on=date(2026, 11, 1))
    make_lot(item, now, number="NEW", expires_on=date(2027, 11, 1))
    make_lot(make_item(ProductFactory(), now), now, number="ANOTHER")
    make_site(product, now)
    assert [row["number"] for row in own("GET lots")["items"]] == ["NEW", "OLD"]
    assert [row["number"] for row in own("GET lots?state=expired")["items"]] == ["OLD"]
    assert own("GET trade-items?number=own")["total"] == 0
    assert own("GET trade-items?q=8938505974194")["items"][0]["lots"] == 2
    assert own("GET sites?state=used")["total"] == 1
    own.refused("GET lots?colour=red", None, "unknown_filter")
    own.refused("GET trade-items?data=all", None, "filter_value")


def test_nobody_else_finds_them(now: datetime, product: Product) -> None:
    item = make_item(product, now)
    lot, site = make_lot(item, now), make_site(product, now)
    stranger = program(member(now, ProducerFactory()), now)
    for path in (f"trade-items/{item.code}", f"lots/{lot.code}", f"sites/{site.code}"):
        stranger.missing(f"GET {path}")
    for path in ("trade-items", "lots", "sites"):
        assert stranger(f"GET {path}")["total"] == 0


def test_key_reaches_no_further_than_its_scope(
    now: datetime, maker: Producer, product: Product
) -> None:
    user = member(now, maker)
    reader, other = program(user, now, READ_TRACEABILITY), program(user, now, READ_REGISTER)
    assert reader("GET lots")["total"] == 0
    given = {"product": product.code, "name": "Hộp"}
    reader.refused("POST trade-items", given, "scope_missing", 403)
    for path in ("lots", "sites", "trade-items", f"products/{product.code}/passports"):
        other.refused(f"GET {path}", None, "scope_missing", 403)


def test_passport_says_what_is_missing(own: Program, product: Product, now: datetime) -> None:
    item = make_item(product, now, gtin="08938505974194", standards="")
    lot = make_lot(item, now)
    told = own(f"GET lots/{lot.code}/passport")
    assert told["id"].endswith("/01/08938505974194/10/L-01")
    assert told["minimum_data"]["produced_on"] == "2026-07-01"
    assert told["passport"]["producer"]["address"] == "Thôn Một"
    missing = [(each["law"], each["number"]) for each in told["completeness"]["missing"]]
    assert missing == [("ten", 2), ("ten", 5), ("ten", 10), ("eight", 4)]
    assert own(f"GET trade-items/{item.code}/passport") == told
    for name, code in (("lots", lot.code), ("trade-items", item.code)):
        path = f"GET {name}/{code}/passport"
        assert own(f"{path}.json") == own(path)
        assert own(f"GET {name}/{code}/passport.jsonld")["@type"] == "gs1:Product"
        assert own(f"GET {name}/{code}/passport.csv").startswith(b"\xef\xbb\xbf")
        own.missing(f"GET {name}/{code}/passport.pdf")


def test_everybody_reads_the_passports_of_a_product_that_is_public(
    product: Product, now: datetime
) -> None:
    item = make_item(product, now)
    make_lot(item, now)
    make_lot(item, now, number="L-02", produced_on=date(2026, 8, 1))
    make_item(product, now, name="Ngừng bán", stopped_at=now)
    address = f"/api/v1/products/{product.code}/passports"
    [told] = Client().get(address).json()
    assert (told["item"], told["lot"]) == (item.code, "L-02")
    Product.objects.update(listed=False)
    assert Client().get(address).status_code == 404


def test_everybody_reads_the_passport_of_a_lot_whose_page_is_public(
    product: Product, now: datetime
) -> None:
    lot = make_lot(make_item(product, now), now)
    for address in ("passport", "passport.json", "passport.csv", "passport.jsonld"):
        got = Client().get(f"/api/v1/lots/{lot.code}/{address}")
        assert got.status_code == 200
    assert got["Content-Disposition"] == 'attachment; filename="passport.jsonld"'
    assert Client().get(f"/api/v1/lots/{lot.code}").status_code == 404  # it tells more
    Product.objects.update(listed=False)
    assert Client().get(f"/api/v1/lots/{lot.code}/passport").status_code == 404


def test_all_passports_come_in_one_file(now: datetime, product: Product) -> None:
    make_lot(make_item(product, now), now)
    make_item(ProductFactory(name="Gạo nếp"), now)
    office = program(person(now, Role.PROVINCIAL_OFFICER), now)
    told = office("GET passports.json")["passports"]
    assert [each["passport"]["product"]["name"] for each in told] == ["Chè búp khô", "Gạo nếp"]
    assert [each["lot"] for each in told] == ["L-01", ""]
    assert len(office("GET passports.jsonld?q=gạo")["@graph"]) == 1
    rows = office("GET passports.csv").decode().removeprefix("\ufeff")
    assert len(list(csv.reader(io.StringIO(rows)))) == 3
    office.refused("GET passports.json?colour=red", None, "unknown_filter")
    office.refused("GET passports.json?state=x", None, "filter_value")
    office.missing("GET passports.pdf")
    answer = Client().get("/api/v1/passports.json")
    assert json.loads(b"".join(answer)) == {"passports": []}


def test_inspector_reads_and_writes_nothing(now: datetime, product: Product) -> None:
    item = make_item(product, now)
    inspector = program(person(now, Role.INSPECTOR), now)
    assert inspector(f"GET trade-items/{item.code}")["name"] == item.name
    inspector.refused(f"PATCH trade-items/{item.code}", {"brand": "X"}, "not_allowed", 403)
    assert TradeItem.objects.get().brand == item.brand
    assert not Lot.objects.exists()
