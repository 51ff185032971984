"""Trade meetings of the demonstration: demands, offers, rounds without clashes, deals."""

from collections import Counter

from django.utils import timezone

from ocop.producers.models import ProducerMembership
from ocop.promotion.days.models import BoothDay, EventCheckIn, EventTicket
from ocop.promotion.meetings import queries
from ocop.promotion.meetings.models import (
    Deal,
    Demand,
    DemandOffer,
    DemandState,
    MeetingRound,
    MeetingSlot,
    RoundState,
    Supply,
)
from ocop.promotion.meetings.states import OVER
from ocop.promotion.models import EventApplication, TradeEvent
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


def test_demands_stand_in_every_state_of_their_way() -> None:
    states = Counter(Demand.objects.values_list("state", flat=True))
    assert {DemandState.CONFIRMED, DemandState.OPEN, DemandState.CLOSED} <= set(states)
    today = timezone.localdate(LOADED_AT)
    over = [row for row in Demand.objects.all() if row.standing(today) == OVER]
    assert over
    assert queries.open_demands(today).count() == states[DemandState.OPEN] - len(over)
    assert not DemandOffer.objects.filter(points__lt=queries.NEAR).exists()


def test_who_signs_in_has_demands_offers_meetings_and_deals() -> None:
    own = ProducerMembership.objects.order_by("pk")[0].producer
    assert Supply.objects.filter(product__producer=own).exists()
    assert DemandOffer.objects.filter(producer=own).exists()
    assert MeetingSlot.objects.filter(producer=own).exists()
    assert Deal.objects.filter(producer=own).exists()


def test_rounds_have_proved_timetables_and_one_is_to_be_arranged() -> None:
    told = MeetingRound.objects.filter(state=RoundState.TOLD)
    assert {row.gap for row in told} == {0}
    assert all(row.slots.exists() for row in told)
    assert MeetingRound.objects.get(state=RoundState.CANCELLED).slots.exists()
    waiting = MeetingRound.objects.get(state=RoundState.PLANNED)
    assert not waiting.slots.exists()
    assert queries.waiting_demands(timezone.localdate(LOADED_AT)).exists()


def test_deals_are_followed_for_a_year_and_some_answers_are_late() -> None:
    today = timezone.localdate(LOADED_AT)
    assert all(deal.follow_ups.count() == 4 for deal in Deal.objects.all())
    found = queries.sums_of(Deal.objects.all())
    assert min(found.memoranda, found.contracts) > 0
    assert 0 < found.delivered < found.value
    assert queries.owing(Deal.objects.all(), today).exists()


def test_nobody_waits_for_the_answer_of_an_event_that_was_told() -> None:
    told = TradeEvent.objects.filter(state__in=("published", "held"))
    assert told.exists()
    assert not EventApplication.objects.filter(event__in=told, state="sent").exists()


def test_fairs_and_goods_weeks_have_orders_deals_and_an_entry_that_was_taken_back() -> None:
    for kind in ("fair", "goods_week"):
        assert BoothDay.objects.filter(application__event__kind=kind, ordered__gt=0).exists()
        assert Deal.objects.filter(event__kind=kind).exists()
        assert EventTicket.objects.filter(event__kind=kind, self_taken=True).exists()
    for row in EventCheckIn.objects.filter(undone_at__isnull=False):
        assert row.ticket.checkins.filter(day=row.day, entry=True, at__gt=row.undone_at).exists()
