"""What the pages of trade meetings share: looks of states, choices of a deal, a timetable."""

from datetime import date
from typing import Any

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext
from ocop.producers.models import Producer
from ocop.promotion import lifecycle
from ocop.promotion.meetings import explaining, queries, states
from ocop.promotion.meetings.models import (
    Deal,
    DealKind,
    DealState,
    Demand,
    DemandOffer,
    DemandState,
    MeetingRound,
    MeetingSlot,
    OfferState,
    RoundState,
)
from ocop.promotion.meetings.notices import turn_at
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.web.meeting_forms import DealForm

DEMAND_LOOKS: dict[str, tuple[str, str]] = {
    DemandState.SENT: ("due", "clock"),
    DemandState.CONFIRMED: ("due", "clock"),
    DemandState.OPEN: ("ok", "check"),
    DemandState.CLOSED: ("flat", "check"),
    DemandState.REFUSED: ("bad", "minus"),
    states.OVER: ("flat", "clock"),
}
OFFER_LOOKS = {
    OfferState.SENT: ("due", "clock"),
    OfferState.WANTED: ("ok", "check"),
    OfferState.DECLINED: ("flat", "minus"),
    OfferState.WITHDRAWN: ("flat", "minus"),
}
ROUND_LOOKS = {
    RoundState.PLANNED: ("due", "clock"),
    RoundState.TOLD: ("ok", "check"),
    RoundState.CANCELLED: ("bad", "minus"),
}
DEAL_LOOKS = {
    DealState.RUNNING: ("ok", "check"),
    DealState.DONE: ("flat", "check"),
    DealState.BROKEN: ("bad", "minus"),
    DealState.MISTAKEN: ("flat", "minus"),
}


def demand_words(row: Demand) -> str:
    """How a demand stands today, in words."""
    return gettext(states.SHOWN[row.standing(timezone.localdate())])


def demand_look(row: Demand) -> tuple[str, str]:
    """How that looks."""
    return DEMAND_LOOKS[row.standing(timezone.localdate())]


def told_offer(row: DemandOffer) -> dict[str, Any]:
    """An offer with its reasons in words and the look of its state."""
    reasons = explaining.words_of(explaining.read(row.reasons))
    return {"row": row, "reasons": reasons, "look": OFFER_LOOKS[row.state]}  # type: ignore[index]


def told_slot(slot: MeetingSlot) -> dict[str, Any]:
    """A meeting with when it is."""
    return {"slot": slot, "at": turn_at(slot.round, slot.turn), "table": slot.table + 1}


def turns_of(found: MeetingRound) -> list[dict[str, Any]]:
    """The timetable of a round, turn by turn."""
    slots: dict[int, list[MeetingSlot]] = {}
    for slot in queries.slots_of(found):
        slots.setdefault(slot.turn, []).append(slot)
    return [
        {
            "number": turn + 1,
            "at": turn_at(found, turn),
            "slots": [(slot.table + 1, slot) for slot in rows],
        }
        for turn, rows in sorted(slots.items())
    ]


def deal_form(actor: Actor, maker: Producer, *arguments: Any, **more: Any) -> DealForm:
    """The form of a deal of a producer: its demands, events, running memoranda to choose from."""
    offers = DemandOffer.objects.filter(producer=maker).exclude(state=OfferState.WITHDRAWN)
    taking = EventApplication.objects.filter(producer=maker, state=lifecycle.ACCEPTED)
    events = TradeEvent.objects.filter(
        pk__in=taking.values("event"), starts_on__lte=timezone.localdate()
    )
    running = queries.deals_visible_to(actor).filter(
        producer=maker, kind=DealKind.MEMORANDUM, state=DealState.RUNNING
    )
    return DealForm(offers.select_related("demand"), events[:50], running, *arguments, **more)


def deal_context(deal: Deal, on: date) -> dict[str, Any]:
    """A deal with its answers and how far it is."""
    return {
        "deal": deal,
        "look": DEAL_LOOKS[deal.state],  # type: ignore[index]
        "progress": queries.progress_of(deal, on),
        "follow_ups": deal.follow_ups.all(),
        "running": deal.state == DealState.RUNNING,
        "stands": deal.state != DealState.MISTAKEN,
    }
