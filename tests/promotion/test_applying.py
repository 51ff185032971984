"""Applications: the conditions of an event, held against the days it is held on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.promotion import queries
from ocop.promotion.models import EventApplication
from ocop.promotion.services import applying, plans
from ocop.promotion.services.applying import GoodsWish, Wish
from tests.promotion import factories as making
from tests.world import member

pytestmark = pytest.mark.django_db


def refused(now: datetime, event: Any, product: Any, **more: Any) -> str:
    with pytest.raises(Refused) as refusal:
        making.applied(now, event, product, **more)
    assert not EventApplication.objects.exists()
    return refusal.value.message


def test_goods_with_a_star_a_trace_and_labels_may_come(now: datetime) -> None:
    product = making.make_goods(now, "Mật ong", set_number=11)
    row = making.applied(now, making.make_event(now), product)
    assert (row.sector, row.group, row.state) == ("I", 11, "sent")
    assert [each.product for each in row.goods.all()] == [product]


def test_a_star_that_ends_before_the_last_day_is_named(now: datetime) -> None:
    """The fair begins on 2026-12-23 and ends on the 26th; the star is valid until the 25th."""
    product = making.make_goods(now, "Mật ong", on=date(2023, 12, 25))
    event = making.make_event(now)
    message = refused(now, event, product)
    assert "Mật ong: sao hết hiệu lực trước ngày cuối của sự kiện" in message
    short = making.particulars_of(now, ends_on=date(2026, 12, 25))
    event = making.make_event(now, ends_on=short.ends_on)
    assert making.applied(now, event, product).state == "sent"


@pytest.mark.parametrize(
    ("goods", "asked", "words"),
    [
        ({"on": date(2020, 1, 1)}, {}, "không có sao OCOP còn hiệu lực"),
        ({"stars": 3}, {"least_stars": 4}, "thấp hơn mức"),
        ({"traced": False}, {}, "chưa có tem đang kích hoạt hoặc hộ chiếu"),
    ],
)
def test_what_is_lacking_is_said(
    goods: dict[str, Any], asked: dict[str, Any], words: str, now: datetime
) -> None:
    assert words in refused(now, making.make_event(now, **asked), making.make_goods(now, **goods))


def test_labels_must_be_vouched_for(now: datetime) -> None:
    product = making.make_goods(now)
    wish = [GoodsWish(product)]
    assert "chưa xác nhận nhãn" in refused(now, making.make_event(now), product, goods=wish)
    event = making.make_event(now, needs_labels=False)
    assert making.applied(now, event, product, goods=wish).state == "sent"


def test_an_event_that_asks_for_nothing_takes_goods_without_a_star(now: datetime) -> None:
    event = making.make_event(now, least_stars=None, needs_trace=False)
    product = making.make_goods(now, traced=False, on=date(2019, 1, 1))
    assert making.applied(now, event, product).state == "sent"


def test_an_application_is_sent_once_while_the_call_is_open(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    product = row.goods.get().product
    with pytest.raises(Refused, match="đã đăng ký"):
        making.applied(now, event, product)
    late = now + timedelta(days=11)
    with pytest.raises(Refused, match="hết hạn đăng ký"):
        making.applied(late, event, making.make_goods(now))
    making.closed(now, event)
    with pytest.raises(Refused, match="không nhận đăng ký"):
        making.applied(now, event, making.make_goods(now))
    with pytest.raises(Refused, match="không nhận đăng ký"):
        applying.change_application(
            actor=SYSTEM, application=row, wish=making.wish_of(product), at=now
        )


def test_who_withdrew_may_apply_again(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    applying.withdraw_application(actor=SYSTEM, application=row, reason="Bận mùa vụ", at=now)
    with pytest.raises(Refused, match="đã rút"):
        applying.withdraw_application(actor=SYSTEM, application=row, reason="Bận mùa", at=now)
    assert making.applied(now, event, row.goods.get().product).state == "sent"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"goods": []}, "goods"),
        ({"contact": " "}, "contact"),
        ({"area": 0}, "area"),
        ({"area": 90_000}, "area"),
    ],
)
def test_a_wish_that_says_too_little_is_refused(
    more: dict[str, Any], field: str, now: datetime
) -> None:
    event, product = making.make_event(now), making.make_goods(now)
    wish = Wish(**{"contact": "A", "area": 900, "goods": [GoodsWish(product, True)], **more})
    with pytest.raises(Refused) as refusal:
        applying.apply(actor=SYSTEM, event=event, producer=product.producer, wish=wish, at=now)
    assert field in refusal.value.fields


def test_goods_of_others_twice_or_dearer_than_usual_are_refused(now: datetime) -> None:
    event, own, other = making.make_event(now), making.make_goods(now), making.make_goods(now)
    for goods, words in (
        ([GoodsWish(other, True)], "chủ thể khác"),
        ([GoodsWish(own, True)] * 2, "hai lần"),
        ([GoodsWish(own, True, "Giảm", 120_000, 100_000)], "cao hơn giá thường"),
    ):
        with pytest.raises(Refused, match=words):
            making.applied(now, event, own, goods=goods)


def test_people_apply_for_their_own_producer_only(now: datetime) -> None:
    event, own, other = making.make_event(now), making.make_goods(now), making.make_goods(now)
    actor = people.actor_for(member(now, own.producer), on=timezone.localdate(now))
    row = applying.apply(
        actor=actor, event=event, producer=own.producer, wish=making.wish_of(own), at=now
    )
    assert row.user_id == actor.user_id
    with pytest.raises(NotAllowed):
        applying.apply(
            actor=actor, event=event, producer=other.producer, wish=making.wish_of(other), at=now
        )


def test_who_leaves_or_is_refused_gives_the_booth_back(now: datetime) -> None:
    event = making.choosing(now, applicants=2)
    first, second = event.applications.all()
    for row, label in ((first, "A01"), (second, "A02")):
        booth = event.booths.get(label=label)
        plans.assign_booth(actor=SYSTEM, application=row, booth=booth, at=now)
    applying.withdraw_application(actor=SYSTEM, application=first, reason="Bận mùa", at=now)
    applying.refuse_application(actor=SYSTEM, application=second, reason="Thiếu nhãn", at=now)
    assert not queries.assignments_of(event).exists()


def test_who_is_refused_by_hand_is_told_and_may_be_taken_up_again(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    user = member(now, row.producer)
    applying.refuse_application(actor=SYSTEM, application=row, reason="Thiếu nhãn", at=now)
    (message,) = Message.objects.filter(user=user)
    assert "Thiếu nhãn" in message.body
    applying.readmit_application(actor=SYSTEM, application=row, reason="Đã bổ sung", at=now)
    assert (row.state, row.answer) == ("sent", "")
    with pytest.raises(Refused, match="không ở tình trạng"):
        applying.readmit_application(actor=SYSTEM, application=row, reason="Lần nữa", at=now)


def test_after_the_result_who_is_taken_up_again_takes_part(now: datetime) -> None:
    event = making.told(now, making.choosing(now, applicants=3, booths=2))
    (row,) = event.applications.filter(state="refused")
    applying.readmit_application(actor=SYSTEM, application=row, reason="Có gian trống", at=now)
    assert row.state == "accepted"


def test_nobody_withdraws_once_the_event_has_begun(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    with pytest.raises(Refused, match="đã bắt đầu"):
        applying.withdraw_application(
            actor=SYSTEM, application=row, reason="Muộn", at=now + timedelta(days=30)
        )
