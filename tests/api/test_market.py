"""Selling online by the API: as each caller may see it."""

from datetime import datetime

import pytest
from django.utils import timezone

from ocop.market.quarters import of_day
from ocop.people.roles import Role
from tests.api.calling import Program
from tests.factories import ProducerFactory
from tests.market.factories import make_link, starred
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db


def program(now: datetime, product_producer: object) -> Program:
    return Program(bearer(member(now, product_producer), now))


def test_a_product_is_linked_changed_and_taken_away(now: datetime) -> None:
    product = starred()
    own = program(now, product.producer)
    told = {"product": product.code, "address": "shopee.vn/htx?utm_source=a"}
    made = own("POST shop-links", told, 201)
    assert (made["address"], made["state"]) == ("https://shopee.vn/htx", "waiting")
    assert (made["marketplace"], made["checks"]) == ("shopee", [])
    own.refused("POST shop-links", told, "link_address")
    path = f"shop-links/{made['code']}"
    other = own(f"PUT {path}/address", {"address": "https://htx.vn/sp"})
    assert other["code"] != made["code"]
    own.refused(f"POST {path}/closing", {"reason": "Đóng"}, "link_ended")
    own(f"POST shop-links/{other['code']}/check")
    assert own(f"POST shop-links/{other['code']}/closing", {"reason": "Đóng"})["ends_on"]
    assert own("GET shop-links?ended=no")["total"] == 0


def test_what_can_be_bought_is_everybodys(now: datetime) -> None:
    product = starred()
    link = make_link(product)
    make_link(starred(), state="dead")
    (row,) = Program({})("GET online-products")["items"]
    assert (row["code"], row["stars"]) == (product.code, 3)
    assert row["shops"] == [{"address": link.address, "name": "Shopee", "kind": "marketplace"}]


def test_links_of_others_are_not_found(now: datetime) -> None:
    link = make_link()
    other = program(now, ProducerFactory())
    other.missing(f"GET shop-links/{link.code}")
    other.missing(f"POST shop-links/{link.code}/closing", {"reason": "Đóng"})
    assert Program(bearer(person(now, Role.AUDITOR), now))("GET shop-links")["total"] == 1


def test_a_quarter_is_told_and_read_by_whom_it_concerns(now: datetime) -> None:
    maker = starred().producer
    last = of_day(timezone.localdate()).before
    own, path = program(now, maker), f"producers/{maker.code}/online-sales"
    told = own(f"PUT {path}/{last.name}", {"total": 300, "online": 100})
    assert (told["quarter"], told["share"]) == (last.name, "33.3")
    own.refused(f"PUT {path}/{last.after.name}", {"total": 3, "online": 1}, "online_quarter")
    own.refused(f"PUT {path}/quy-ba", {"total": 3, "online": 1}, "online_quarter")
    own.refused(f"PUT {path}/{last.name}", {"total": 3, "online": 4}, "online_more")
    other = program(now, ProducerFactory())
    assert other("GET online-sales")["total"] == 0
    assert own(f"GET online-sales?quarter={last.name}")["total"] == 1


def test_what_is_ready_is_answered_and_read_by_whom_it_concerns(now: datetime) -> None:
    maker = starred().producer
    own, path = program(now, maker), f"producers/{maker.code}/seller-list"
    own(f"PUT {path}", {"answers": {"licence": "yes", "price": "no"}, "note": "Chờ in"})
    found = own(f"GET {path}")
    assert (found["ready"], found["missing"], len(found["open"])) == (1, ["price"], 12)
    own.refused(f"PUT {path}", {"answers": {"khac": "yes"}}, "checklist_answer")
    program(now, ProducerFactory()).missing(f"GET {path}")
