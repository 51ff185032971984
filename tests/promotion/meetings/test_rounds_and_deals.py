"""Rounds of meetings without clashes, and deals that are followed for a year."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

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
from ocop.programme import event_effect, reminding
from ocop.programme.agenda import agenda
from ocop.programme.entries import What
from ocop.promotion.meetings import following, queries
from ocop.promotion.meetings.models import Deal, DealKind, DealState
from ocop.promotion.meetings.services import deals, demands, offers, rounds
from tests.promotion.days.factories import going_on
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
    slot = making.told(now)
    again = making.planned(now, starts_at=now + timedelta(days=8))
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
    product = make_goods(now)
    event = going_on(now, product=product, applicants=0)
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
def test_a_round_is_in_a_year_that_somebody_means(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        making.planned(now, starts_at=datetime(9999, 12, 31, 23, tzinfo=UTC))
    assert refused.value.code == "year_unlikely"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "meets"), [(0, False), (14, False), (15, True), (-59, False), (-60, True)]
)
def test_nobody_is_at_two_rounds_at_once(now: datetime, minutes: int, meets: bool) -> None:
    slot = making.told(now)  # the first quarter of an hour
    demand = making.posted(now)
    offer = making.wished(now, demand, slot.producer.products.get())
    starts_at = slot.round.starts_at + timedelta(minutes=minutes)
    other = making.planned(now, starts_at=starts_at)
    row = rounds.arrange_meetings(actor=SYSTEM, round=other, at=now)
    left = [[demand.code, offer.producer.code, "elsewhere"]]
    assert (row.slots.count(), row.left) == ((1, []) if meets else (0, left))


@pytest.mark.django_db
def test_of_two_rounds_arranged_for_one_hour_the_second_is_not_told(now: datetime) -> None:
    product = make_goods(now)
    rows = []
    for _n in range(2):  # the same two, arranged twice before either is told
        if not rows:
            making.wished(now, making.posted(now), product)
        row = making.planned(now)
        rows.append(rounds.arrange_meetings(actor=SYSTEM, round=row, at=now))
    rounds.tell_meetings(actor=SYSTEM, round=rows[0], at=now)
    with pytest.raises(Refused) as refused:
        rounds.tell_meetings(actor=SYSTEM, round=rows[1], at=now)
    assert refused.value.code == "timetable_stale"


@pytest.mark.django_db
@pytest.mark.parametrize("ended", ["offer", "demand"])
def test_what_ended_after_arranging_is_not_told(now: datetime, ended: str) -> None:
    demand = making.posted(now)
    offer = making.wished(now, demand)
    row = rounds.arrange_meetings(actor=SYSTEM, round=making.planned(now), at=now)
    if ended == "offer":
        offers.withdraw_offer(actor=SYSTEM, offer=offer, at=now)
    else:
        demands.close_demand(actor=SYSTEM, demand=demand, reason="Đã mua đủ", at=now)
    before = Message.objects.count()
    with pytest.raises(Refused) as refused:
        rounds.tell_meetings(actor=SYSTEM, round=row, at=now)
    assert (refused.value.code, Message.objects.count()) == ("timetable_stale", before)


@pytest.mark.django_db
def test_a_deal_is_of_an_event_at_which_its_producer_was(now: datetime) -> None:
    product, other = make_goods(now), make_goods(now)
    event = going_on(now, product=product, applicants=0, since=1)
    for more, code in (
        ({"event": event, "product": other}, "meeting_event"),
        ({"event": make_event(now), "product": product}, "meeting_event"),
        ({"event": event, "product": product, "signed_on": event.starts_on - timedelta(days=1)},
         "meeting_signed_on"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            making.deal(now, **more)
        assert refused.value.code == code
    assert making.deal(now, product, event=event).event == event


@pytest.mark.django_db
def test_a_deal_sent_twice_is_recorded_once(now: datetime) -> None:
    product = make_goods(now)
    making.deal(now, product, number="01/2026")
    with pytest.raises(Refused) as refused:
        making.deal(now, product, number="01/2026")
    assert refused.value.code == "deal_recorded"
    making.deal(now, product, number="02/2026")
    making.deal(now, product, number="01/2026", value=1)
    assert Deal.objects.count() == 3


@pytest.mark.django_db
def test_a_deal_was_signed_in_a_year_that_somebody_means(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        making.deal(now, signed_on=date(1, 1, 1))
    assert refused.value.code == "year_unlikely"


@pytest.mark.django_db
def test_a_deal_entered_by_mistake_counts_nowhere_and_may_be_entered_again(now: datetime) -> None:
    product = make_goods(now)
    event = going_on(now, product=product, applicants=0)
    memo = making.deal(now, product, kind=MEMORANDUM, value=None, event=event)
    wrong = making.deal(now, product, follows=memo, event=event)
    act = partial(deals.end_deal, actor=SYSTEM, deal=wrong, broken=False, mistaken=True, at=now)
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == "reason_needed"
    deals.end_deal(actor=SYSTEM, deal=wrong, broken=False, at=now)  # also one that had ended
    assert act(reason="Nhầm giá trị").state == DealState.MISTAKEN
    memo.refresh_from_db()
    found = queries.sums_of(Deal.objects.all())
    assert (memo.state, found.contracts, found.value) == (DealState.RUNNING, 0, 0)
    effect = event_effect.effect_of(event, timezone.localdate(now))
    assert [deal.pk for deal in effect.signed] == [memo.pk]
    assert making.deal(now, product, follows=memo, event=event).state == DealState.RUNNING
    with pytest.raises(Refused) as refused:
        act(reason="Nhầm lần nữa")
    assert refused.value.code == "deal_ended"


@pytest.mark.django_db
def test_nothing_is_due_of_a_deal_that_ended(now: datetime) -> None:
    row = making.deal(now)
    assert queries.with_progress(Deal.objects.all()).get().due_on is not None
    deals.end_deal(actor=SYSTEM, deal=row, broken=False, at=now)
    assert queries.with_progress(Deal.objects.all()).get().due_on is None


@pytest.mark.django_db
def test_a_round_of_an_event_is_on_one_of_its_days(now: datetime) -> None:
    event = make_event(now)
    begins = timezone.make_aware(datetime.combine(event.starts_on, time(9)))
    for starts_at in (begins - timedelta(days=1), begins + timedelta(days=4)):
        with pytest.raises(Refused) as refused:
            making.planned(now, event=event, starts_at=starts_at)
        assert refused.value.code == "meeting_starts_at"
    assert making.planned(now, event=event, starts_at=begins).event == event


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
