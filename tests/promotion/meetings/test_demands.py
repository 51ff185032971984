"""A demand from its post to its end: who confirms, who sees, what is refused, who is told."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.filters.meetings import DemandFilter
from ocop.people import tasks
from ocop.people.models import Delivery, DeliveryState, Message
from ocop.people.roles import Role
from ocop.products.models import Product
from ocop.programme import reminding
from ocop.promotion.meetings import links, queries, states
from ocop.promotion.meetings.models import Demand, DemandState, OfferState
from ocop.promotion.meetings.services import demands, offers
from tests.promotion.factories import make_goods
from tests.promotion.meetings import factories as making
from tests.world import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters_leave(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def test_states_are_those_of_the_models() -> None:
    assert set(states.STATES) == set(DemandState.values)
    assert {states.SENT, states.WANTED, states.DECLINED, states.WITHDRAWN} == set(OfferState.values)
    assert {m.target for m in states.MOVES.values()} <= set(DemandState.values)


def test_a_buyer_confirms_by_the_link_of_a_letter_and_the_office_posts(now: datetime) -> None:
    demand = making.sent(now)
    letter = Delivery.objects.get()
    assert letter.address == demand.email
    assert links.path_of(demand) in letter.body
    assert not queries.open_demands(timezone.localdate(now)).exists()
    with pytest.raises(Refused) as refusal:
        demands.publish_demand(actor=SYSTEM, demand=demand, at=now)
    assert refusal.value.code == "demand_state"
    demands.confirm_demand(actor=SYSTEM, demand=demand, at=now)
    assert not queries.open_demands(timezone.localdate(now)).exists()
    demands.publish_demand(actor=SYSTEM, demand=demand, at=now)
    assert queries.open_demands(timezone.localdate(now)).get() == demand


def test_a_letter_to_a_buyer_is_sent_by_the_worker(now: datetime) -> None:
    making.sent(now)
    assert tasks.deliver_waiting(clock=lambda: now).sent == 1
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_only_the_link_of_a_demand_leads_to_it(now: datetime) -> None:
    one, other = making.sent(now), making.sent(now)
    secret = links.secret_of(one)
    assert links.by_link(one.code, secret.upper()) == one
    assert links.by_link(other.code, secret) is None
    assert links.by_link("nothing1", secret) is None
    assert links.by_link("nothing1", "0" * 24) is None


def test_what_the_office_enters_is_confirmed_and_needs_no_address(now: datetime) -> None:
    told = making.told_of(now, email="")
    demand = demands.post_demand(actor=SYSTEM, told=told, by_office=True, at=now)
    assert demand.state == DemandState.CONFIRMED
    assert not Delivery.objects.exists()
    demands.publish_demand(actor=SYSTEM, demand=demand, at=now)
    assert not Delivery.objects.exists()
    assert links.by_link(demand.code, links.secret_of(demand)) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("buyer", " "), ("contact", ""), ("wanted", "…"), ("email", ""), ("email", "ai đó"),
        ("quantity", Decimal(0)), ("quantity", Decimal(-1)), ("price", -1), ("months", (0,)),
        ("months", (13,)), ("least_stars", 2), ("least_stars", 6), ("sector", "IX"),
        ("measure", "thúng"), ("reach", "moon"), ("buyer_kind", "x"), ("details", "x" * 4_001),
    ],
)  # fmt: skip
def test_what_says_nothing_or_too_much_is_refused(field: str, value: Any, now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        making.sent(now, **{field: value})
    assert field in refusal.value.fields
    assert not Demand.objects.exists()


@pytest.mark.parametrize("days", [-1, 367])
def test_the_last_day_lies_within_a_year(days: int, now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        making.sent(now, open_until=timezone.localdate(now) + timedelta(days=days))
    assert "open_until" in refusal.value.fields


def test_a_demand_leaves_the_public_list_after_its_last_day(now: datetime) -> None:
    demand = making.posted(now)
    last = demand.open_until
    assert queries.open_demands(last).exists()
    assert not queries.open_demands(last + timedelta(days=1)).exists()


def test_producers_of_goods_that_fit_are_told_when_it_is_posted(now: datetime) -> None:
    honey, tea = make_goods(now, "Mật ong hoa nhãn"), make_goods(now, "Chè xanh")
    wanted, other = member(now, honey.producer), member(now, tea.producer)
    making.posted(now)
    told = Message.objects.filter(kind="promotion.matched")
    assert {message.user for message in told} == {wanted}
    assert other not in {message.user for message in told}


def test_an_offer_goes_to_the_buyer_whose_answer_comes_back(now: datetime) -> None:
    honey = make_goods(now, "Mật ong hoa nhãn")
    maker = member(now, honey.producer)
    demand = making.posted(now)
    Delivery.objects.all().delete()
    offer = making.answered(now, demand, honey)
    assert honey.producer.name in Delivery.objects.get(address=demand.email).body
    offers.judge_offer(actor=SYSTEM, offer=offer, wanted=True, at=now)
    assert Message.objects.filter(user=maker, kind="promotion.judged").count() == 1
    with pytest.raises(Refused):
        offers.judge_offer(actor=SYSTEM, offer=offer, wanted=True, at=now)
    offers.judge_offer(actor=SYSTEM, offer=offer, wanted=False, at=now)
    offer.refresh_from_db()
    assert offer.state == OfferState.DECLINED


def test_an_offer_keeps_its_points_and_reasons(now: datetime) -> None:
    supply = making.supplied(now, make_goods(now, "Mật ong hoa nhãn"), quantity=Decimal(50))
    offer = making.answered(now, making.posted(now), supply.product)
    assert offer.points == 50 + 10 + 20 + 10  # half of the quantity
    assert [part for part, *_rest in offer.reasons] == ["product", "quantity", "season", "place"]


def test_goods_that_do_not_fit_or_were_offered_are_refused(now: datetime) -> None:
    demand, honey = making.posted(now), make_goods(now, "Mật ong")
    making.answered(now, demand, honey)
    for product in (honey, make_goods(now, "Chè xanh")):
        with pytest.raises(Refused) as refusal:
            making.answered(now, demand, product)
        assert "product" in refusal.value.fields


def test_an_offer_that_was_withdrawn_may_be_sent_again(now: datetime) -> None:
    demand, honey = making.posted(now), make_goods(now, "Mật ong")
    offer = making.answered(now, demand, honey)
    offers.withdraw_offer(actor=SYSTEM, offer=offer, at=now)
    with pytest.raises(Refused):
        offers.withdraw_offer(actor=SYSTEM, offer=offer, at=now)
    with pytest.raises(Refused):
        offers.judge_offer(actor=SYSTEM, offer=offer, wanted=True, at=now)
    making.answered(now, demand, honey)
    assert demand.offers.count() == 2


def test_nothing_is_offered_to_a_demand_that_is_over(now: datetime) -> None:
    demand, honey = making.posted(now), make_goods(now, "Mật ong")
    offer = making.answered(now, demand, honey)
    user = member(now, honey.producer)
    demands.close_demand(actor=SYSTEM, demand=demand, reason="Đã mua đủ", at=now)
    assert Message.objects.filter(user=user, kind="promotion.demand_closed").exists()
    with pytest.raises(Refused) as refusal:
        making.answered(now, demand, make_goods(now, "Mật ong rừng"))
    assert refusal.value.code == "demand_not_open"
    offer.refresh_from_db()
    with pytest.raises(Refused):
        offers.judge_offer(actor=SYSTEM, offer=offer, wanted=True, at=now)


def test_a_supply_is_told_anew_and_ended_once(now: datetime) -> None:
    first = making.supplied(now)
    again = making.supplied(now, first.product, quantity=Decimal(7))
    assert again.pk == first.pk
    assert again.quantity == 7
    offers.end_supply(actor=SYSTEM, supply=again, at=now)
    with pytest.raises(Refused):
        offers.end_supply(actor=SYSTEM, supply=again, at=now)
    assert making.supplied(now, first.product).pk != first.pk


def test_a_producer_finds_the_demands_that_its_goods_fit(now: datetime) -> None:
    honey = make_goods(now, "Mật ong hoa nhãn")
    demand = making.posted(now)
    making.posted(now, wanted="Chè xanh")
    found = queries.demands_for(Product.objects.filter(pk=honey.pk), timezone.localdate(now))
    assert [row for row, _found in found] == [demand]


def test_who_is_no_buyer_of_it_sees_no_demand_before_it_is_posted(now: datetime) -> None:
    making.confirmed(now)
    assert not queries.demands_visible_to(ANONYMOUS, timezone.localdate(now)).exists()


def test_events_say_nothing_that_a_buyer_wrote(now: datetime) -> None:
    demand = making.posted(now, details="Gọi cho chị Hoa")
    demands.close_demand(actor=SYSTEM, demand=demand, reason="Chị Hoa đã mua", at=now)
    told = [f"{each.change} {each.reason}" for each in Event.objects.all()]
    assert not [line for line in told if "Hoa" in line or "vi-du" in line]


def test_the_database_keeps_the_promises(now: datetime) -> None:
    demand = making.sent(now)
    for wrong in ({"state": "open"}, {"state": "refused"}, {"least_stars": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Demand.objects.filter(pk=demand.pk).update(**wrong)


def _past(now: datetime, demand: Demand) -> None:
    """Its last day was yesterday."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    Demand.objects.filter(pk=demand.pk).update(open_until=yesterday)
    demand.refresh_from_db()


def test_past_its_last_day_a_demand_is_over_without_anybody_closing_it(now: datetime) -> None:
    today, honey = timezone.localdate(now), make_goods(now, "Mật ong")
    demand = making.posted(now, open_until=today)
    row = making.answered(now, demand, honey)
    assert demand.standing(today) == states.OPEN  # the last day is one of them
    _past(now, demand)
    assert demand.standing(today) == states.OVER
    assert demand.state == DemandState.OPEN
    assert not queries.open_demands(today).exists()
    assert queries.demands_for(Product.objects.all(), today) == []
    with pytest.raises(Refused) as refusal:
        making.answered(now, demand)
    assert refusal.value.code == "demand_not_open"
    with pytest.raises(Refused) as refusal:
        offers.judge_offer(actor=SYSTEM, offer=row, wanted=True, at=now)
    assert refusal.value.code == "demand_over"
    chosen = DemandFilter({"state": "over"}, queryset=Demand.objects.all()).qs
    assert list(chosen) == [demand]
    assert not DemandFilter({"state": "open"}, queryset=Demand.objects.all()).qs.exists()


def test_a_demand_is_extended_also_after_its_last_day(now: datetime) -> None:
    today, demand = timezone.localdate(now), making.posted(now)
    _past(now, demand)
    for until in (today - timedelta(days=1), today + timedelta(days=367)):
        with pytest.raises(Refused) as refusal:
            demands.extend_demand(actor=SYSTEM, demand=demand, open_until=until, at=now)
        assert refusal.value.code == "meeting_open_until"
    later = today + timedelta(days=30)
    demands.extend_demand(actor=SYSTEM, demand=demand, open_until=later, at=now)
    assert queries.open_demands(today).get().open_until == later
    with pytest.raises(Refused):  # not later than it is
        demands.extend_demand(actor=SYSTEM, demand=demand, open_until=later, at=now)
    demands.close_demand(actor=SYSTEM, demand=demand, reason="Đã mua đủ", at=now)
    with pytest.raises(Refused) as refusal:
        demands.extend_demand(
            actor=SYSTEM, demand=demand, open_until=later + timedelta(days=1), at=now
        )
    assert refusal.value.code == "demand_state"


def test_the_buyer_hears_once_of_each_last_day_how_to_extend(now: datetime) -> None:
    today = timezone.localdate(now)
    demand, spoken = making.posted(now), making.told_of(now, email="")
    office = person(now, Role.PROVINCIAL_OFFICER)
    other = demands.post_demand(actor=SYSTEM, told=spoken, by_office=True, at=now)
    demands.publish_demand(actor=SYSTEM, demand=other, at=now)
    Delivery.objects.all().delete()
    reminding.remind(at=now)
    assert not Delivery.objects.filter(address=demand.email).exists()  # its day is far
    _past(now, demand)
    _past(now, other)
    for _n in range(2):
        reminding.remind(at=now)
    letter = Delivery.objects.get(address=demand.email)
    assert links.path_of(demand) in letter.body
    assert "Gia hạn" in letter.body
    assert Message.objects.filter(user=office, kind="promotion.demand_ending").count() == 1
    demands.extend_demand(actor=SYSTEM, demand=demand, open_until=today + timedelta(days=1), at=now)
    reminding.remind(at=now)
    assert Delivery.objects.filter(address=demand.email).count() == 2


def test_where_no_letters_leave_the_house_the_office_hears_of_the_last_day(
    now: datetime, settings: Any
) -> None:
    demand, office = making.posted(now), person(now, Role.PROVINCIAL_OFFICER)
    _past(now, demand)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=False, at=now)
    settings.OCOP_CHANNELS = {}
    Delivery.objects.all().delete()
    reminding.remind(at=now)
    assert not Delivery.objects.filter(address=demand.email).exists()
    told = Message.objects.get(user=office, kind="promotion.demand_ending")
    assert demand.wanted in told.subject
