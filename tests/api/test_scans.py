"""Scans and signals by the API."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.traceability.journal import FORGED
from ocop.traceability.models import ScanSignal, StampException
from ocop.traceability.scans import draining, journals
from tests.api.calling import Program, program
from tests.traceability.scans.scenery import (
    DAY,
    FAR,
    MINUTE,
    START,
    Scenery,
    build,
    look,
    scan,
    write,
)
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def scenery(now: datetime) -> Scenery:
    found = build(commune=build_places(now).here)
    write(
        look(START - DAY, lot="L-01"),
        scan(START, phone=5),
        scan(START + 10 * MINUTE, phone=6, place=FAR),
        scan(START + MINUTE, version=FORGED, number=4),
    )
    draining.drain(journals.source())
    return found


@pytest.fixture
def inspector(now: datetime) -> Program:
    return program(person(now, Role.INSPECTOR), now)


def test_sums_by_product_day_and_province(inspector: Program, scenery: Scenery) -> None:
    item = scenery.items[0]
    (row,) = inspector("GET scans/items")["items"]
    assert (row["item"], row["gtin"], row["period"]) == (item.code, item.gtin, "2026-11")
    assert (row["scans"], row["clients"], row["firsts"]) == (3, 3, 1)
    assert (row["stamps_active"], row["stamps_seen"]) == (10, 1)
    days = inspector("GET scans/days?period=2026")["items"]
    assert [(each["day"], each["sums"]["scans"]) for each in days] == [
        ("2026-11-22", 1),
        ("2026-11-23", 2),
    ]
    assert days[1]["sums"]["forged"] == 4
    places = inspector("GET scans/places")["items"]
    assert [(each["code"], each["sums"]["scans"]) for each in places] == [("01", 2), (FAR, 1)]


def test_report_of_a_sales_unit(inspector: Program, scenery: Scenery) -> None:
    told = inspector(f"GET scans/items/{scenery.items[0].code}")
    assert told["total"]["scans"] == 3
    assert told["total"]["forged"] is None
    lots = {(each["number"], each["sums"]["scans"]) for each in told["lots"]}
    assert lots == {("L-01", 3)}
    assert told["counted_until"].startswith("2026-11-2")
    inspector("GET scans/items/00000000", status=404)


def test_period_without_scans_is_refused(inspector: Program, scenery: Scenery) -> None:
    for call in ("scans/items", "scans/days", "scans/places"):
        inspector(f"GET {call}?period=2031-01", status=422)
    inspector("GET scans/days?month=11", status=422)


def test_producer_reads_own_sums_and_no_signals(scenery: Scenery, now: datetime) -> None:
    own = program(member(now, scenery.items[0].product.producer), now)
    (row,) = own("GET scans/items")["items"]
    assert row["scans"] == 3
    assert own("GET scans/days")["items"][0]["sums"]["forged"] is None
    assert own("GET scan-signals")["items"] == []


def test_nobody_in_particular_reads_nothing(client: Client, scenery: Scenery) -> None:
    for call in ("scans/items", "scans/days", "scans/places", "scan-signals"):
        assert client.get(f"/api/v1/{call}").json()["items"] == []


def test_other_right_is_not_enough(scenery: Scenery, now: datetime) -> None:
    other = program(person(now, Role.INSPECTOR), now, READ_REGISTER)
    other("GET scans/items", status=403)


def test_signal_from_list_to_finding(inspector: Program, scenery: Scenery) -> None:
    rows = inspector("GET scan-signals?rule=far")["items"]
    (told,) = rows
    signal = ScanSignal.objects.get(rule="far")
    assert told["code"] == signal.code
    assert (told["stamp_version"], told["stamp_number"]) == (3, 0)
    assert told["product"]["code"] == scenery.items[0].product.code
    assert told["facts"]["other"] == FAR
    at = f"scan-signals/{signal.code}"
    assert inspector(f"POST {at}/take")["state"] == "taken"
    inspector(f"POST {at}/take", status=422)
    inspector(f"POST {at}/notes", {"reason": "Đã hỏi cửa hàng"})
    inspector(f"POST {at}/suspicion", {"reason": "Hai gói cùng mã"})
    assert StampException.objects.filter(kind="suspicious").count() == 1
    done = inspector(f"POST {at}/conclusion", {"finding": "copied", "conclusion": "Ba gói"})
    assert (done["state"], done["finding"]) == ("closed", "copied")
    assert inspector(f"POST {at}/reopening", {"reason": "Có thêm ảnh"})["state"] == "taken"
    assert inspector(f"GET {at}")["finding"] == ""


def test_signal_about_no_stamp_is_told_without_one(inspector: Program, now: datetime) -> None:
    build()
    write(scan(version=FORGED, number=50))
    draining.drain(journals.source())
    (told,) = inspector("GET scan-signals")["items"]
    assert (told["rule"], told["item"], told["product"], told["order"]) == (
        "forged", None, None, None,
    )  # fmt: skip
    inspector(f"POST scan-signals/{told['code']}/suspicion", {"reason": "không có tem"}, 422)
