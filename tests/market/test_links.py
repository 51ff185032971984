"""Links of products to shops: who adds them, what is refused, what the public finds on a day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.market import queries
from ocop.market.models import LinkCheck, LinkState, ShopLink
from ocop.market.services import links
from ocop.market.verdicts import Reason
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.products.models import Product, ProductState
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.market.factories import check, make_link, starred, waiting
from tests.world import member, person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


def add(product: Product, address: str, now: datetime) -> ShopLink:
    return links.add_link(actor=SYSTEM, product=product, address=address, at=now)


def test_a_link_waits_for_its_check_before_the_public_sees_it(now: datetime) -> None:
    link = add(starred(), "shopee.vn/htx-van-tu", now)
    assert (link.address, link.host) == ("https://shopee.vn/htx-van-tu", "shopee.vn")
    assert (link.marketplace, link.state) == ("shopee", LinkState.WAITING)
    assert not queries.buyable(ON).exists()
    check(link, Reason.OK, now, 200)
    assert queries.shops_of(link.product, ON) == [link]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1/", "tên miền"),
        ("https://htx.example/", "mạng riêng"),
        ("https://adayroi.com/htx", "ngừng hoạt động"),
        ("https://shopee.vn/", "trang chủ"),
        ("https://shopee.vn", "trang chủ"),
        ("", "địa chỉ"),
    ],
)
def test_what_is_no_shop_is_refused_with_the_reason(
    address: str, words: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        add(starred(), address, now)
    assert words in refusal.value.message
    assert list(refusal.value.fields) == ["address"]


def test_a_site_of_ones_own_may_be_its_first_page(now: datetime) -> None:
    link = add(starred(), "https://www.htxvantu.vn/", now)
    assert (link.host, link.marketplace) == ("htxvantu.vn", "")


def test_a_product_is_linked_once_to_a_page(now: datetime) -> None:
    product = starred()
    link = add(product, "https://htx.vn/sp", now)
    with pytest.raises(Refused) as refusal:
        add(product, "htx.vn/sp#gia", now)
    assert "đã có liên kết này" in refusal.value.message
    with pytest.raises(IntegrityError), transaction.atomic():
        make_link(product, address=link.address)
    links.close_link(actor=SYSTEM, link=link, reason="Đóng gian hàng", at=now)
    assert add(product, "https://htx.vn/sp", now).pk != link.pk


def test_no_product_has_more_links_than_anybody_reads(now: datetime) -> None:
    product = starred()
    for number in range(links.MOST_LINKS):
        make_link(product, address=f"https://htx.vn/{number}")
    with pytest.raises(Refused) as refusal:
        add(product, "https://htx.vn/them", now)
    assert "10 liên kết" in refusal.value.message


@pytest.mark.parametrize("facts", [{"state": ProductState.STOPPED}, {"in_ocop": False}])
def test_what_is_not_made_or_not_in_the_programme_is_not_linked(
    facts: dict[str, object], now: datetime
) -> None:
    with pytest.raises(Refused):
        add(ProductFactory(**facts), "https://htx.vn/sp", now)


def test_people_of_the_producer_and_the_office_link_nobody_else(now: datetime) -> None:
    product = starred()
    own = people.actor_for(member(now, product.producer), on=ON)
    other = people.actor_for(member(now, ProducerFactory()), on=ON)
    auditor = people.actor_for(person(now, Role.AUDITOR), on=ON)
    for actor in (other, auditor):
        with pytest.raises(NotAllowed):
            links.add_link(actor=actor, product=product, address="https://htx.vn/1", at=now)
    made = links.add_link(actor=own, product=product, address="https://htx.vn/1", at=now)
    assert made.added_by_id == own.user_id
    assert list(queries.links_visible_to(own)) == [made]
    assert not queries.links_visible_to(other).exists()
    assert list(queries.links_visible_to(auditor)) == [made]


def test_another_address_is_another_link_that_waits_for_its_own_check(now: datetime) -> None:
    old = make_link()
    new = links.change_link(actor=SYSTEM, link=old, address="https://htx.vn/moi", at=now)
    old.refresh_from_db()
    assert (old.ends_on, old.check_from) == (ON, None)
    assert (new.state, new.product_id) == (LinkState.WAITING, old.product_id)
    assert not queries.shops_of(old.product, ON)
    with pytest.raises(Refused):
        links.change_link(actor=SYSTEM, link=new, address=new.address, at=now)


def test_a_link_that_ended_is_neither_changed_nor_closed(now: datetime) -> None:
    link = make_link()
    links.close_link(actor=SYSTEM, link=link, reason="Đóng gian hàng", at=now)
    assert not queries.shops_of(link.product, ON)
    for act in (
        lambda: links.close_link(actor=SYSTEM, link=link, reason="Lần nữa", at=now),
        lambda: links.change_link(actor=SYSTEM, link=link, address="https://htx.vn/x", at=now),
        lambda: links.ask_check(actor=SYSTEM, link=link, at=now),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert "23/11/2026" in refusal.value.message
    assert ShopLink.objects.count() == 1


def test_a_product_leaves_the_public_list_on_the_day_after_its_star(now: datetime) -> None:
    star = RecognitionFactory(on=date(2023, 11, 23))  # to the end of 2026-11-23
    link = make_link(star.product)
    assert queries.shops_of(star.product, ON) == [link]
    assert list(queries.buyable(ON)) == [star.product]
    assert not queries.buyable(ON + timedelta(days=1)).exists()
    assert queries.shops_of(star.product, ON + timedelta(days=1)) == []


def test_what_is_hidden_stopped_or_revoked_is_not_on_the_public_list(now: datetime) -> None:
    hidden = starred(product=ProductFactory(listed=False))
    stopped = starred(product=ProductFactory(state=ProductState.STOPPED))
    revoked = starred(revoked_on=ON, revoked_ground="stopped")
    for product in (hidden, stopped, revoked, ProductFactory()):
        make_link(product)
    assert not queries.buyable(ON).exists()


def test_a_dead_link_leaves_the_public_and_its_producer_is_told_once(now: datetime) -> None:
    link = make_link()
    user = member(now, link.product.producer)
    assert check(link, Reason.GONE, now, 404).state == LinkState.DEAD
    assert not queries.buyable(ON).exists()
    told = Message.objects.get(user=user)
    assert link.product.name in told.subject
    check(link, Reason.GONE, now + timedelta(days=7), 404)
    assert Message.objects.count() == 1
    assert check(link, Reason.OK, now + timedelta(days=8), 200).state == LinkState.ALIVE
    assert queries.shops_of(link.product, ON) == [link]


def test_a_check_is_kept_with_its_reason_and_its_moment(now: datetime) -> None:
    link = waiting()
    check(link, Reason.SERVER_ERROR, now, 502)
    kept = LinkCheck.objects.get()
    assert (kept.at, kept.reason, kept.status, kept.state) == (now, "server_error", 502, "waiting")
    assert (link.state, link.failures, link.checked_at) == (LinkState.WAITING, 1, now)
    assert link.check_from == now + timedelta(days=1)
    check(link, Reason.HOME, now + timedelta(days=1), 200)
    check(link, Reason.OK, now + timedelta(days=500), 200)
    assert LinkCheck.objects.count() == 2  # both changed what was known; the first is forgotten
    check(link, Reason.OK, now + timedelta(days=507), 200)
    check(link, Reason.OK, now + timedelta(days=1000), 200)
    assert LinkCheck.objects.count() == 3  # the one that changed nothing is forgotten


def test_what_was_known_of_a_link_is_told_for_any_day(now: datetime) -> None:
    link = waiting()
    check(link, Reason.OK, now, 200)
    check(link, Reason.GONE, now + timedelta(days=5), 404)
    links.close_link(actor=SYSTEM, link=link, reason="Đóng", at=now + timedelta(days=9))
    days = (-1, 0, 4, 5, 8, 9)
    found = [queries.open_on(ON + timedelta(days=each)).exists() for each in days]
    assert found == [False, True, True, False, False, False]


def test_a_link_that_ended_while_it_was_asked_stays_as_it_was(now: datetime) -> None:
    link = make_link()
    links.close_link(actor=SYSTEM, link=link, reason="Đóng gian hàng", at=now)
    assert check(link, Reason.GONE, now, 404).state == LinkState.ALIVE
    assert not LinkCheck.objects.exists()


def test_a_person_has_a_link_looked_at_now_but_not_all_the_time(now: datetime) -> None:
    link = make_link(check_from=now + timedelta(days=6))
    assert not queries.to_check(now).exists()
    links.ask_check(actor=SYSTEM, link=link, at=now)
    assert list(queries.to_check(now)) == [link]
    check(link, Reason.OK, now, 200)
    with pytest.raises(Refused):
        links.ask_check(actor=SYSTEM, link=link, at=now + timedelta(minutes=1))


def test_shops_stand_with_marketplaces_first() -> None:
    product = starred()
    site = make_link(product, host="a.vn", marketplace="")
    shopee = make_link(product)
    post = make_link(product, host="postmart.vn", marketplace="postmart")
    assert queries.shops_of(product, ON) == [post, shopee, site]
    assert queries.shops_of_many([product.pk], ON) == {product.pk: [post, shopee, site]}


def test_states_without_a_check_and_periods_turned_round_are_not_kept() -> None:
    for facts in ({"checked_at": None}, {"ends_on": date(2025, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_link(**facts)
