"""Orders of stamps: within the allowance, answered once, numbers never given twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.traceability import stamp_queries
from ocop.traceability.models import StampAllowance, StampKey, StampOrder
from ocop.traceability.serials import NUMBERS
from ocop.traceability.services import allowances, orders
from ocop.traceability.stamp_options import ALLOWANCE
from tests.traceability import stamps_making as making
from tests.world import member, person

pytestmark = pytest.mark.django_db


def actor(user: Any, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


def test_an_order_takes_from_the_allowance_and_tells_the_office(now: datetime) -> None:
    officer = person(now, Role.PROVINCIAL_OFFICER)
    item = making.sold(now)
    order = making.requested(now, item, quantity=300, wet=True, hidden=True, note=" Tết ")
    assert (order.state, order.year, order.wet, order.hidden, order.note) == (
        "requested",
        2026,
        True,
        True,
        "Tết",
    )
    left = stamp_queries.allowance_of(item.product.producer, 2026)
    assert (left.quantity, left.used, left.left) == (2_000, 300, 1_700)
    told = Message.objects.get(user=officer)
    assert told.link == f"/dieu-hanh/truy-xuat/tem/{order.code}/"
    assert "300" in told.body


def test_the_year_is_that_of_ha_noi() -> None:
    at = datetime.fromisoformat("2026-12-31T17:30:00+00:00")
    assert making.requested(at).year == 2027


def test_more_than_is_left_is_refused_and_takes_nothing(now: datetime) -> None:
    item = making.sold(now)
    making.requested(now, item, quantity=1_500)
    with pytest.raises(Refused) as refused:
        making.requested(now, item, quantity=501)
    assert refused.value.code == "allowance_quantity"
    assert "500" in refused.value.message
    assert StampAllowance.objects.get().used == 1_500
    making.requested(now, item, quantity=500)


def test_the_usual_allowance_is_an_option(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=ALLOWANCE, value=50, at=now)
    item = making.sold(now)
    making.requested(now, item, quantity=50)
    with pytest.raises(Refused):
        making.requested(now, item, quantity=1)
    for wrong in (-1, "5", True, 10**9):
        with pytest.raises(Refused):
            options.set_option(actor=SYSTEM, option=ALLOWANCE, value=wrong, at=now)


def test_an_allowance_is_raised_and_never_below_what_is_ordered(now: datetime) -> None:
    item = making.sold(now)
    maker = item.product.producer
    making.requested(now, item, quantity=2_000)
    row = allowances.set_allowance(actor=SYSTEM, producer=maker, year=2026, quantity=10_000, at=now)
    assert (row.quantity, row.used) == (10_000, 2_000)
    making.requested(now, item, quantity=8_000)
    for quantity, year, field in (
        (9_999, 2026, "quantity"),
        (-1, 2026, "quantity"),
        (5, 26, "year"),
    ):
        with pytest.raises(Refused) as refused:
            allowances.set_allowance(
                actor=SYSTEM, producer=maker, year=year, quantity=quantity, at=now
            )
        assert field in refused.value.fields


@pytest.mark.parametrize("quantity", [0, -5, 1_000_001])
def test_an_order_is_of_one_to_a_million(now: datetime, quantity: int) -> None:
    item = making.sold(now)
    maker = item.product.producer
    allowances.set_allowance(actor=SYSTEM, producer=maker, year=2026, quantity=10**7, at=now)
    with pytest.raises(Refused) as refused:
        making.requested(now, item, quantity=quantity)
    assert refused.value.code == "order_quantity"
    assert making.requested(now, item, quantity=1_000_000).quantity == 1_000_000


def test_what_is_not_sold_any_more_gets_no_stamps(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        making.requested(now, making.sold(now, stopped_at=now))
    assert refused.value.code == "item_stopped"


def test_a_product_without_a_star_gets_stamps(now: datetime) -> None:
    item = making.sold(now)
    assert not item.product.recognitions.exists()
    assert making.approved(now, item).state == "approved"


def test_approval_gives_the_next_numbers(now: datetime) -> None:
    first, second = making.approved(now, quantity=120), making.approved(now, quantity=30)
    assert (first.first, second.first) == (0, 120)
    assert first.key == second.key
    assert first.answered_at == now
    for order in (first, second):
        (row,) = order.ranges.all()
        assert (row.first, row.count, row.state) == (order.first, order.quantity, "ordered")
    assert StampKey.objects.get().next_number == 150


def test_an_order_is_answered_once(now: datetime) -> None:
    order = making.requested(now)
    same = StampOrder.objects.get(pk=order.pk)
    orders.approve_order(actor=SYSTEM, order=order, at=now)
    for answer in (
        lambda: orders.approve_order(actor=SYSTEM, order=same, at=now),
        lambda: orders.refuse_order(actor=SYSTEM, order=same, reason="Không cần", at=now),
        lambda: orders.withdraw_order(actor=SYSTEM, order=same, reason="Không cần", at=now),
    ):
        same.state = "requested"  # as who opened the page a minute ago still sees it
        with pytest.raises(Refused) as refused:
            answer()
        assert refused.value.code == "move_not_possible"
    assert StampKey.objects.get().next_number == 100
    assert order.ranges.count() == 1


@pytest.mark.parametrize(
    ("service", "state"), [(orders.refuse_order, "refused"), (orders.withdraw_order, "withdrawn")]
)
def test_what_is_not_made_returns_to_the_allowance(now: datetime, service: Any, state: str) -> None:
    order = making.requested(now, quantity=700)
    service(actor=SYSTEM, order=order, reason="Thông tin quy cách chưa đủ", at=now)
    assert (order.state, order.answer) == (state, "Thông tin quy cách chưa đủ")
    assert StampAllowance.objects.get().used == 0
    assert not order.ranges.exists()
    assert order.first is None


def test_the_producer_learns_the_answer(now: datetime) -> None:
    item = making.sold(now)
    own = member(now, item.product.producer)
    first, second = making.requested(now, item), making.requested(now, item)
    orders.approve_order(actor=SYSTEM, order=first, at=now)
    orders.refuse_order(actor=SYSTEM, order=second, reason="Thiếu ảnh", at=now)
    told = {m.link: m.body for m in Message.objects.filter(user=own)}
    assert "100" in told[f"/cua-toi/truy-xuat/tem/{first.code}/"]
    assert told[f"/cua-toi/truy-xuat/tem/{second.code}/"] == "Thiếu ảnh"


def test_who_may(now: datetime) -> None:
    item = making.sold(now)
    own = actor(member(now, item.product.producer), now)
    other = actor(member(now, making.sold(now).product.producer), now)
    office = actor(person(now, Role.PROVINCIAL_OFFICER), now)
    auditor = actor(person(now, Role.AUDITOR), now)
    wanted = orders.Wanted(10)
    for who in (other, auditor):
        with pytest.raises(NotAllowed):
            orders.order_stamps(actor=who, item=item, wanted=wanted, at=now)
    order = orders.order_stamps(actor=own, item=item, wanted=wanted, at=now)
    for who in (own, other, auditor):
        with pytest.raises(NotAllowed):
            orders.approve_order(actor=who, order=order, at=now)
        with pytest.raises(NotAllowed):
            orders.refuse_order(actor=who, order=order, reason="Không", at=now)
    with pytest.raises(NotAllowed):
        orders.withdraw_order(actor=other, order=order, reason="Không", at=now)
    orders.withdraw_order(actor=own, order=order, reason="Đặt nhầm", at=now)
    again = orders.order_stamps(actor=office, item=item, wanted=wanted, at=now)
    assert orders.approve_order(actor=office, order=again, at=now).state == "approved"


def test_a_key_that_is_used_up_says_so(now: datetime) -> None:
    making.approved(now)
    StampKey.objects.update(next_number=NUMBERS - 50)
    order = making.requested(now)
    with pytest.raises(Refused) as refused:
        orders.approve_order(actor=SYSTEM, order=order, at=now)
    assert refused.value.code == "stamp_key_used_up"
    order.refresh_from_db()
    assert order.state == "requested"
    small = making.approved(now, quantity=50)
    assert small.first == NUMBERS - 50


def test_the_order_of_a_stamp_is_found(now: datetime) -> None:
    first, second = making.approved(now, quantity=10), making.approved(now, quantity=5)
    found = [stamp_queries.order_of(0, number) for number in (0, 9, 10, 14, 15)]
    assert found == [first, first, second, second, None]
    assert stamp_queries.order_of(1, 0) is None


def test_lists_show_own_orders_and_allowances_only(now: datetime) -> None:
    mine, others = making.approved(now), making.requested(now)
    own = actor(member(now, mine.item.product.producer), now)
    office = actor(person(now, Role.PROVINCIAL_OFFICER), now)
    from ocop.traceability.queries import orders_visible_to

    assert list(orders_visible_to(own)) == [mine]
    assert set(orders_visible_to(office)) == {mine, others}
    assert [a.producer for a in stamp_queries.allowances_visible_to(own)] == [
        mine.item.product.producer
    ]
    assert stamp_queries.allowances_visible_to(office).count() == 2
    found = stamp_queries.for_lists(orders_visible_to(office))
    assert {o.code: (o.in_ordered, o.in_active) for o in found} == {  # type: ignore[attr-defined]
        mine.code: (100, 0),
        others.code: (0, 0),
    }
    assert list(stamp_queries.standing_in(orders_visible_to(office), "ordered")) == [mine]
    assert list(stamp_queries.standing_in(orders_visible_to(office), "requested")) == [others]


def test_form_that_is_sent_twice_is_one_order(now: datetime) -> None:
    item = making.sold(now)
    told = {"actor": SYSTEM, "item": item}
    first = orders.order_stamps(wanted=orders.Wanted(100), at=now, **told)
    with pytest.raises(Refused) as refusal:
        orders.order_stamps(wanted=orders.Wanted(100), at=now + timedelta(seconds=2), **told)
    assert refusal.value.code == "order_twice"
    assert StampAllowance.objects.get().used == 100
    orders.order_stamps(wanted=orders.Wanted(200), at=now + timedelta(seconds=2), **told)
    orders.order_stamps(wanted=orders.Wanted(100), at=now + timedelta(minutes=3), **told)
    assert first.item.stamp_orders.count() == 3
