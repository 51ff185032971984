"""Rounds of meetings without clashes, and deals that are followed for a year."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.people import queries as people
from ocop.people.models import Delivery, Message
from ocop.people.roles import Role
from ocop.programme import reminding
from ocop.programme.agenda import agenda
from ocop.programme.entries import What
from ocop.promotion.meetings import following, queries
from ocop.promotion.meetings.models import Deal, DealKind, DealState
from ocop.promotion.meetings.services import deals, rounds
from tests.promotion.factories import make_event, make_goods
from tests.promotion.meetings import factories as making
from tests.world import member, person

MEMORANDUM = DealKind.MEMORANDUM


@pytest.mark.django_db
def test_everybody_who_wants_to_meets_without_a_clash(now: datetime) -> None:
    goods = [make_goods(now, f"Mật ong {n}") for n in range(3)]
    for _buyer in range(3):
        demand = making.posted(now)
        for product in goods:
            making.wished(now, demand, product)
    row = rounds.arrange_meetings(actor=SYSTEM, round=making.planned(now, turns=3), at=now)
    slots = list(row.slots.all())
    assert len(slots) == 9
    assert len({(slot.turn, slot.host_id) for slot in slots}) == 9
    assert len({(slot.turn, slot.producer_id) for slot in slots}) == 9
    assert (row.left, row.gap) == ([], 0)


@pytest.mark.django_db
def test_one_buyer_with_two_demands_is_one_person(now: datetime) -> None:
    product = make_goods(now, "Mật ong chè")
    for wanted in ("Mật ong", "chè"):
        making.wished(now, making.posted(now, email="mot@vi-du.vn", wanted=wanted), product)
    other = make_goods(now, "Mật ong rừng")
    making.wished(now, making.posted(now, email="MOT@vi-du.vn"), other)
    row = rounds.arrange_meetings(actor=SYSTEM, round=making.planned(now), at=now)
    slots = list(row.slots.all())
    assert len({slot.host_id for slot in slots}) == 1
    assert {slot.producer for slot in slots} == {product.producer, other.producer}
    assert len({slot.turn for slot in slots}) == 2


@pytest.mark.django_db
def test_pairs_without_a_place_are_kept_with_the_reason(now: datetime) -> None:
    demand = making.posted(now)
    for n in range(2):
        making.wished(now, demand, make_goods(now, f"Mật ong {n}"))
    row = rounds.arrange_meetings(actor=SYSTEM, round=making.planned(now, turns=1), at=now)
    assert row.slots.count() == 1
    assert [(code, why) for code, _maker, why in row.left] == [(demand.code, "buyer")]


@pytest.mark.django_db
def test_a_timetable_is_told_to_both_sides_and_stays(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    honey = make_goods(now, "Mật ong")
    user = member(now, honey.producer)
    demand = making.posted(now)
    making.wished(now, demand, honey)
    row = making.planned(now)
    with pytest.raises(Refused) as refusal:
        rounds.tell_meetings(actor=SYSTEM, round=row, at=now)
    assert refusal.value.code == "no_timetable"
    rounds.arrange_meetings(actor=SYSTEM, round=row, at=now)
    Delivery.objects.all().delete()
    rounds.tell_meetings(actor=SYSTEM, round=row, at=now)
    assert honey.producer.name in Delivery.objects.get(address=demand.email).body
    assert Message.objects.get(user=user, kind="promotion.timetable").body.endswith(demand.buyer)
    again = {
        rounds.arrange_meetings: {},
        rounds.tell_meetings: {},
        rounds.change_meetings: {"plan": making.plan_of(now)},
    }
    for service, more in again.items():
        with pytest.raises(Refused) as refusal:
            service(actor=SYSTEM, round=row, at=now, **more)
        assert refusal.value.code == "meetings_told"


@pytest.mark.django_db
def test_what_a_meeting_came_to_is_noted_once_it_began(now: datetime) -> None:
    slot = making.told(now)
    with pytest.raises(Refused) as refusal:
        rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="agreed", at=now)
    assert refusal.value.code == "meeting_to_come"
    later = slot.round.starts_at + timedelta(hours=1)
    rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="agreed", note="Ký trong tháng", at=later)
    slot.refresh_from_db()
    assert (slot.outcome, slot.note) == ("agreed", "Ký trong tháng")


@pytest.mark.django_db
def test_meetings_stand_in_the_agenda_once_they_are_told(now: datetime) -> None:
    row = making.arranged(now)
    slot = row.slots.get()
    today = timezone.localdate(now)
    mine = people.actor_for(member(now, slot.producer), on=today)
    office = people.actor_for(person(now, Role.PROVINCIAL_OFFICER), on=today)
    assert not [entry for entry in agenda(mine, on=today) if entry.what == What.EVENT]
    rounds.tell_meetings(actor=SYSTEM, round=row, at=now)
    for actor, turns in ((mine, 1), (office, row.turns)):
        (entry,) = [entry for entry in agenda(actor, on=today) if entry.what == What.EVENT]
        assert entry.starts_at == row.starts_at
        assert entry.ends_at == row.starts_at + timedelta(minutes=turns * row.minutes)


@pytest.mark.django_db
def test_who_has_met_meets_again_only_after_one_side_stayed_away(now: datetime) -> None:
    slot, again = making.told(now), making.planned(now)
    with pytest.raises(Refused) as refusal:
        rounds.arrange_meetings(actor=SYSTEM, round=again, at=now)
    assert refusal.value.code == "nobody_meets"
    later = slot.round.starts_at + timedelta(hours=1)
    rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="absent", at=later)
    rounds.arrange_meetings(actor=SYSTEM, round=again, at=now)
    assert again.slots.get().producer == slot.producer


@pytest.mark.django_db
def test_nobody_who_wants_to_meet_no_timetable(now: datetime) -> None:
    making.answered(now, making.posted(now))
    with pytest.raises(Refused) as refusal:
        rounds.arrange_meetings(actor=SYSTEM, round=making.planned(now), at=now)
    assert refusal.value.code == "nobody_meets"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("turns", 0), ("turns", 61), ("minutes", 0), ("tables", 301), ("name", "")]
)
def test_a_round_needs_room(field: str, value: object, now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        making.planned(now, **{field: value})
    assert field in refusal.value.fields


@given(st.dates(date(2019, 1, 1), date(2100, 1, 1)))
def test_a_deal_is_asked_after_four_times_within_its_year(signed_on: date) -> None:
    days = following.due_days(signed_on)
    assert days == sorted(days)
    assert len(days) == 4
    assert 365 <= (days[-1] - signed_on).days <= 366
    assert all(day.day == signed_on.day or day.day < signed_on.day for day in days)


def test_the_last_day_of_a_month_stays_in_its_month() -> None:
    assert following.months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert following.months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)


def test_progress_is_what_was_told_last_of_the_value() -> None:
    told = [
        following.Told(date(2026, 3, 1), 30),
        following.Told(date(2026, 6, 1), 80),
        following.Told(date(2026, 9, 1)),
    ]
    found = following.progress(200, told, date(2026, 9, 2))
    assert (found.delivered, found.share, found.due, found.late) == (80, 40, date(2026, 9, 1), True)
    assert not following.progress(200, told, date(2026, 9, 1)).late
    assert following.progress(None, told, date(2026, 9, 1)).share is None


@pytest.mark.django_db
def test_a_memorandum_becomes_one_contract(now: datetime) -> None:
    product, event = make_goods(now), make_event(now)
    memo = making.deal(now, product, kind=MEMORANDUM, value=None, event=event)
    contract = making.deal(now, product, follows=memo, event=event)
    memo.refresh_from_db()
    assert memo.state == DealState.DONE
    assert contract.follow_ups.count() == 4
    wrong = [
        {"follows": memo},
        {"follows": contract},
        {"follows": making.deal(now, kind=MEMORANDUM, value=None)},
    ]
    for more in wrong:
        with pytest.raises(Refused) as refusal:
            making.deal(now, product, **more)
        assert "follows" in refusal.value.fields
    found = queries.sums_of(Deal.objects.filter(event=event))
    assert (found.memoranda, found.contracts, found.value) == (1, 1, 100_000_000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("value", {"value": None}), ("value", {"value": 0}), ("buyer", {"buyer": ""}),
        ("subject", {"subject": " "}), ("kind", {"kind": "x"}),
    ],
)  # fmt: skip
def test_a_deal_without_its_facts_is_refused(
    field: str, more: dict[str, object], now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        making.deal(now, **more)
    assert field in refusal.value.fields
    with pytest.raises(Refused):
        making.deal(now, signed_on=timezone.localdate(now) + timedelta(days=1))


@pytest.mark.django_db
def test_what_was_delivered_never_falls(now: datetime) -> None:
    row = making.deal(now)
    first, second = row.follow_ups.order_by("number")[:2]
    late = now + timedelta(days=170)
    with pytest.raises(Refused):  # five months too early
        deals.follow_deal(actor=SYSTEM, follow_up=second, delivered=1, at=now)
    deals.follow_deal(actor=SYSTEM, follow_up=first, delivered=30, at=late)
    with pytest.raises(Refused):
        deals.follow_deal(actor=SYSTEM, follow_up=second, delivered=29, at=late)
    deals.follow_deal(actor=SYSTEM, follow_up=second, delivered=70, at=late)
    with pytest.raises(Refused):
        deals.follow_deal(actor=SYSTEM, follow_up=first, delivered=71, at=late)
    assert queries.sums_of(Deal.objects.filter(pk=row.pk)).delivered == 70


@pytest.mark.django_db
def test_nothing_is_told_of_a_deal_that_ended(now: datetime) -> None:
    row = making.deal(now)
    deals.end_deal(actor=SYSTEM, deal=row, broken=True, reason="Ngừng nhập", at=now)
    first = row.follow_ups.get(number=1)
    with pytest.raises(Refused):
        deals.follow_deal(actor=SYSTEM, follow_up=first, delivered=1, at=now + timedelta(days=90))
    with pytest.raises(Refused):
        deals.end_deal(actor=SYSTEM, deal=row, broken=False, at=now)
    assert queries.sums_of(Deal.objects.all()).value == 0


@pytest.mark.django_db
def test_the_producer_is_reminded_and_the_office_when_no_answer_came(now: datetime) -> None:
    product = make_goods(now)
    user, officer = member(now, product.producer), person(now, Role.PROVINCIAL_OFFICER)
    row = making.deal(now, product)
    due = row.follow_ups.get(number=1).due_on
    at = timezone.make_aware(datetime.combine(due, datetime.min.time()))
    reminding.remind(at=at)
    reminding.remind(at=at)
    told = Message.objects.filter(kind="promotion.follow_up")
    assert [message.user for message in told] == [user]
    reminding.remind(at=at + timedelta(days=following.LATE_DAYS))
    assert [message.user for message in told.exclude(user=user)] == [officer]


@pytest.mark.django_db
def test_a_round_that_was_told_is_called_off_and_everybody_hears_of_it(now: datetime) -> None:
    """Its timetable leaves the pages of both sides, deals stay, the pair may meet elsewhere."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    slot = making.told(now)
    round_, host, maker = slot.round, slot.host, slot.producer
    user = member(now, maker)
    mine = people.actor_for(user, on=timezone.localdate(now))
    making.deal(now, demand=host)
    assert queries.own_slots(mine).count() == 1
    Delivery.objects.all().delete()
    rounds.cancel_meetings(actor=SYSTEM, round=round_, reason="Bão số 7", at=now)
    assert "Bão số 7" in Delivery.objects.get(address=host.email).body
    told = Message.objects.get(user=user, kind="promotion.meetings_cancelled")
    assert round_.name in told.subject
    assert not queries.own_slots(mine).exists()
    assert not [
        entry for entry in agenda(mine, on=timezone.localdate(now)) if entry.what == What.EVENT
    ]
    assert Deal.objects.count() == 1
    again = making.planned(now)
    rounds.arrange_meetings(actor=SYSTEM, round=again, at=now)
    assert again.slots.get().producer == maker


@pytest.mark.django_db
def test_a_round_is_not_called_off_twice_nor_after_a_meeting_took_place(now: datetime) -> None:
    slot = making.told(now)
    later = slot.round.starts_at + timedelta(hours=1)
    rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="agreed", at=later)
    with pytest.raises(Refused) as refusal:
        rounds.cancel_meetings(actor=SYSTEM, round=slot.round, reason="Bão số 7", at=later)
    assert refusal.value.code == "meetings_held"
    rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="absent", at=later)
    rounds.cancel_meetings(actor=SYSTEM, round=slot.round, reason="Không ai đến", at=later)
    changes = {
        rounds.cancel_meetings: {"reason": "Bão số 7"},
        rounds.arrange_meetings: {},
        rounds.tell_meetings: {},
        rounds.change_meetings: {"plan": making.plan_of(now)},
    }
    for service, more in changes.items():
        with pytest.raises(Refused) as refusal:
            service(actor=SYSTEM, round=slot.round, at=now, **more)
        assert refusal.value.code == "meetings_cancelled"
    slot.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        rounds.note_meeting(actor=SYSTEM, slot=slot, outcome="agreed", at=later)
    assert refusal.value.code == "meetings_cancelled"


@pytest.mark.django_db
def test_nobody_is_told_of_a_round_whose_timetable_nobody_knew(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    row = making.arranged(now)
    member(now, row.slots.get().producer)
    Delivery.objects.all().delete()
    rounds.cancel_meetings(actor=SYSTEM, round=row, reason="Chưa đủ người", at=now)
    assert not Delivery.objects.exists()
    assert not Message.objects.filter(kind="promotion.meetings_cancelled").exists()
