"""Passports as national systems take them: one, and all of them."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.actor import SYSTEM
from ocop.products import services as products
from ocop.traceability import passports
from ocop.traceability.models import TradeItem
from ocop.traceability.passport_files import HEADINGS, Passport, as_json, as_linked, as_row
from ocop.traceability.services import items
from tests.dossiers.making import picture
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.test_passport import WHOLE
from tests.traceability.test_queries import happened

TOLD = Passport(
    facts=WHOLE,
    address="https://ocop.example/01/09520000000019/10/L-01",
    page="https://ocop.example/san-pham/abcd1234/ho-chieu/efgh5678/?lo=jkmn9012",
    image="https://ocop.example/anh/1/",
    lot="jkmn9012",
    recalled_on=date(2026, 8, 1),
    foreign_codes=[("verigoods.vn", "VG-1")],
)


def test_json_holds_the_ten_data_in_the_words_of_the_circular() -> None:
    assert as_json(TOLD)["minimum_data"] == {
        "product_name": "Chè búp khô",
        "image": "https://ocop.example/anh/1/",
        "producer_name": "HTX Chè Sạch",
        "producer_address": "Thôn Một, Xã Đại Xuyên",
        "stages": [
            {
                "step": "commissioning",
                "product_trace_code": "09520000000019/L-01",
                "goods": "",
                "location_trace_code": "8938505974194",
                "location": "Xưởng chính",
                "time": "2026-07-01T09:00:00+07:00",
            }
        ],
        "produced_on": "2026-07-01",
        "trace_code": "09520000000019/L-01",
        "brand": "Chè Sạch",
        "shelf_life": "12 tháng",
        "standards": "TCCS 01:2026",
    }


def test_json_holds_the_eight_items_of_the_passport() -> None:
    assert as_json(TOLD)["passport"] == {
        "product": {
            "name": "Chè búp khô",
            "pack": "Hộp 250 g",
            "code": "09520000000019",
            "is_gtin": True,
        },
        "producer": {
            "name": "HTX Chè Sạch",
            "address": "Thôn Một, Xã Đại Xuyên",
            "identifier": "0100109106",
        },
        "origin": "Hà Nội",
        "traceability": {"trace_code": "09520000000019/L-01", "events": 1},
        "certificates": ["VietGAP"],
        "dates": {"produced_on": "2026-07-01", "expires_on": "2027-07-01"},
        "warnings": "Bảo quản nơi khô",
        "other": "Đóng gói hút chân không",
    }


def test_json_says_what_is_missing_and_keeps_codes_and_recall() -> None:
    told = as_json(replace(TOLD, facts=replace(WHOLE, standards="", stages=())))
    assert told["completeness"]["known"] == 15
    assert told["completeness"]["of"] == 18
    assert [(m["law"], m["number"]) for m in told["completeness"]["missing"]] == [
        ("ten", 5),
        ("ten", 10),
        ("eight", 4),
    ]
    assert told["foreign_codes"] == [{"system": "verigoods.vn", "code": "VG-1"}]
    assert told["recalled_on"] == "2026-08-01"
    json.dumps(told)


def test_linked_data_speaks_gs1s_vocabulary() -> None:
    node = as_linked(TOLD)
    assert node["@id"] == "https://ocop.example/01/09520000000019/10/L-01"
    assert node["@type"] == "gs1:Product"
    assert node["gs1:gtin"] == "09520000000019"
    assert node["gs1:hasBatchLotNumber"] == "L-01"
    assert node["gs1:productionDate"] == {"@value": "2026-07-01", "@type": "xsd:date"}
    assert node["gs1:manufacturer"]["gs1:organizationName"]["@value"] == "HTX Chè Sạch"
    assert node["gs1:traceability"][0]["epcis:bizStep"] == {
        "@id": "https://ref.gs1.org/cbv/BizStep-commissioning"
    }
    named = {
        each["schema:name"]: each["schema:value"] for each in node["schema:additionalProperty"]
    }
    assert named["verigoods.vn"] == "VG-1"
    assert named["standards"] == "TCCS 01:2026"


def test_linked_data_leaves_out_what_is_not_known() -> None:
    bare = replace(
        WHOLE, brand="", has_gtin=False, stages=(), certificates=(), produced_on=None, warnings=""
    )
    node = as_linked(replace(TOLD, facts=bare, image="", foreign_codes=()))
    for name in (
        "gs1:brand", "gs1:gtin", "gs1:image", "gs1:traceability", "gs1:certification",
        "gs1:productionDate", "gs1:warningCopyDescription",
    ):  # fmt: skip
        assert name not in node
    assert node["schema:sku"] == WHOLE.trade_code


def test_row_has_a_cell_under_every_heading() -> None:
    row = dict(zip(HEADINGS, as_row(TOLD), strict=True))
    assert row["Số lô"] == "L-01"
    assert row["Các công đoạn"] == (
        "01/07/2026 09:00 Thu hoạch, làm ra 09520000000019/L-01 @ 8938505974194"
    )
    assert row["Dữ liệu đã có"] == "18/18"
    assert row["Dữ liệu còn thiếu"] == ""
    assert len(next(csv.reader([",".join(f'"{h}"' for h in HEADINGS)]))) == len(row)


def _whole(now: datetime, **more: Any) -> TradeItem:
    maker = ProducerFactory(address="Thôn Một", tax_code="")
    item = make_item(ProductFactory(producer=maker), now, **more)
    products.add_image(
        actor=SYSTEM, product=item.product, content=picture(), filename="a.png", caption="Ảnh",
        at=now,
    )  # fmt: skip
    items.add_foreign_code(
        actor=SYSTEM, item=item, scheme="national", value=f"QG-{item.code}", at=now
    )
    return item


@pytest.mark.django_db
def test_all_passports_are_one_for_each_lot(now: datetime) -> None:
    first = _whole(now, gtin="08938505974194")
    made = [make_lot(first, now, number=n, site=make_site(first.product, now)) for n in ("1", "2")]
    for lot in made:
        happened(now, lot, 1)
    second = make_item(ProductFactory(), now)
    told = list(passports.all_passports(TradeItem.objects.all()))
    assert [(t.facts.pack, t.facts.lot) for t in told] == [
        ("Hộp 250 g", "2"),
        ("Hộp 250 g", "1"),
        (second.name, ""),
    ]
    assert told[0] == passports.passport_of(first, made[1])
    assert told[2] == passports.passport_of(second)
    assert as_json(told[0])["completeness"]["missing"] == []


@pytest.mark.django_db
def test_lot_is_identified_by_its_digital_link(now: datetime, settings: Any) -> None:
    settings.BASE_URL, settings.OCOP_STAMP_URL = "https://ocop.example", "https://id.ocop.example/"
    numbered, own = _whole(now, gtin="08938505974194"), make_item(ProductFactory(), now)
    lot = make_lot(numbered, now, number="L/1")
    base, host = "https://ocop.example", "https://id.ocop.example"
    assert passports.address_of(numbered) == f"{host}/01/08938505974194"
    assert passports.address_of(numbered, lot) == f"{host}/01/08938505974194/10/L%2F1"
    assert passports.address_of(own) == (f"{base}/san-pham/{own.product.code}/ho-chieu/{own.code}/")
    assert passports.page_of(numbered, lot).endswith(f"/ho-chieu/{numbered.code}/?lo={lot.code}")


@pytest.mark.django_db
@pytest.mark.parametrize("read", [as_json, as_linked, as_row])
def test_number_of_queries_does_not_grow_with_the_list(
    now: datetime, read: Callable[[Passport], Any]
) -> None:
    def asked(count: int) -> int:
        for number in range(count):
            item = _whole(now, name=f"Hộp {number}")
            happened(now, make_lot(item, now, site=make_site(item.product, now)), 1)
        with CaptureQueriesContext(
            connection,
        ) as told:
            for each in passports.all_passports(TradeItem.objects.all()):
                read(each)
        return len(told)

    assert asked(1) == asked(3)
