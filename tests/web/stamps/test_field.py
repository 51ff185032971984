"""Stamps in the field: who may look, and what the page does without its script."""

import json
import time
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from ocop.core import zone
from ocop.people.models import Role
from ocop.traceability import salts
from ocop.web.stamps.tickets import Tickets
from tests.web.stamps.conftest import Pack
from tests.world import person

PAGE = "/dieu-hanh/truy-xuat/hien-truong/"


@pytest.fixture
def inspector(pack: Pack, client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.INSPECTOR))
    return client


def test_inspector_chooses_among_producers_with_stamps(pack: Pack, inspector: Client) -> None:
    text = inspector.get(PAGE).content.decode()
    producer = pack.item.product.producer
    assert producer.name in text
    assert reverse("office:stamps_pack", args=[producer.code]) in text
    assert "Tem này đang bị nghi ngờ" in text  # what the script may say
    assert f'data-check="{reverse("office:stamp_check")}"' in text


def test_pack_is_fetched_whole_and_kept_by_nobody_on_the_way(pack: Pack, inspector: Client) -> None:
    got = inspector.get(reverse("office:stamps_pack", args=[pack.item.product.producer.code]))
    assert got["Content-Type"] == "application/json"
    assert "no-store" in got["Cache-Control"]
    assert json.loads(got.content)["rows"][0]["lot"] == "L/1"


@pytest.mark.parametrize("typed", ["{s}", "{host}/01/09520123456788/21/{s}", "/S/{s}/"])
def test_without_a_script_the_server_tells_the_stamp(
    pack: Pack, inspector: Client, typed: str, settings: LazySettings
) -> None:
    got = inspector.get(
        PAGE, {"serial": typed.format(s=pack.serial().lower(), host=settings.OCOP_STAMP_URL)}
    )
    assert got.status_code == 302
    address, _sign, query = got["Location"].partition("?")
    assert address.endswith(f"/T/{pack.serial()}")
    # No buyer looked: nothing is counted, wherever the resolver stands, and no signal comes of it.
    assert Tickets(salts.of(zone.today())).holds(query, time.time())


def test_serial_as_it_is_printed_in_groups_is_read(pack: Pack, inspector: Client) -> None:
    shown = " ".join(pack.serial()[at : at + 5] for at in range(0, 20, 5))
    assert inspector.get(PAGE, {"serial": shown}).status_code == 302


@pytest.mark.parametrize("typed", ["", "abc", "0" * 20])
def test_what_is_no_stamp_is_said(inspector: Client, typed: str) -> None:
    got = inspector.get(PAGE, {"serial": typed})
    assert got.status_code == 422


@pytest.mark.parametrize("role", [Role.ADVISORY_MEMBER, Role.SALES_POINT_KEEPER])
def test_others_take_nothing_along(pack: Pack, client: Client, now: datetime, role: Role) -> None:
    client.force_login(person(now, role))
    address = reverse("office:stamps_pack", args=[pack.item.product.producer.code])
    assert client.get(address).status_code in (403, 404)
    assert client.get(PAGE).status_code in (403, 404)


def test_producer_without_stamps_is_not_there(inspector: Client) -> None:
    assert inspector.get(reverse("office:stamps_pack", args=["zzzzzzzz"])).status_code == 404


@pytest.mark.parametrize(
    "before", ["https://evil.example/S/", "evil.example/S/", "HTTPS://EVIL.EXAMPLE/01/09520123456788/21/",
               "https://[evil/S/"],
)  # fmt: skip
def test_true_serial_behind_another_website_is_not_ours(
    pack: Pack, inspector: Client, before: str
) -> None:
    got = inspector.get(PAGE, {"serial": before + pack.serial()})
    assert got.status_code == 422
    assert "không phải của hệ thống này" in got.content.decode()
    page = inspector.get(reverse("office:stamp_check"), {"serial": before + pack.serial()})
    assert "không phải của hệ thống này" in page.content.decode()
    assert "asked" not in page.context


@pytest.mark.parametrize("path", ["01/09520000003029/21/{s}", "01/09520123456788/10/FAKE/21/{s}"])
def test_true_serial_behind_other_goods_is_a_copy(
    pack: Pack, inspector: Client, path: str, settings: LazySettings
) -> None:
    told = f"{settings.OCOP_STAMP_URL}/{path.format(s=pack.serial())}"
    for page in (PAGE, reverse("office:stamp_check")):
        text = inspector.get(page, {"serial": told}).content.decode()
        assert "Đừng coi đây là tem thật" in text
        assert "Đã kích hoạt" not in text


def test_page_tells_its_script_which_hosts_are_ours(
    inspector: Client, settings: LazySettings
) -> None:
    settings.OCOP_STAMP_URL = "https://ID.OCOP.VN"
    assert "id.ocop.vn" in inspector.get(PAGE).context["hosts"].split()
