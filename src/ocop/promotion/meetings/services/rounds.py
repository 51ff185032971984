"""Rounds of meetings: planned, arranged, told to both sides, and what each meeting came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, check_year, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.promotion.meetings import notices, queries, rules, timetable
from ocop.promotion.meetings.models import (
    Demand,
    MeetingRound,
    MeetingSlot,
    Outcome,
    RoundState,
)
from ocop.promotion.meetings.services.demands import one_of, refuse
from ocop.promotion.models import TradeEvent

MOST_TURNS, MOST_MINUTES, MOST_TABLES = 60, 180, 300


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as it is planned: so many turns of so many minutes at so many tables."""

    name: str
    place: str
    starts_at: datetime
    turns: int
    minutes: int
    tables: int
    event: TradeEvent | None = None


@action("promotion.plan_meetings")
def plan_meetings(*, actor: Actor, plan: Plan, at: datetime) -> MeetingRound:
    """Plan a round of meetings. Refused: no name or place, a day that is over, no room."""
    require(actor, rules.may_manage)
    row = MeetingRound(code=public_code(), created_at=at, demonstration=options.DEMONSTRATION.get())
    _fill(row, plan, at)
    row.save()
    record(actor, "promotion.meetings_planned", row, at=at)
    return row


@action("promotion.change_meetings")
def change_meetings(*, actor: Actor, round: MeetingRound, plan: Plan, at: datetime) -> MeetingRound:
    """Change a round that was not told; a timetable it had is dropped. Refused as in planning."""
    require(actor, rules.may_manage)
    _expect_planned(round)
    _fill(round, plan, at)
    round.left, round.gap = [], None
    round.save()
    round.slots.all().delete()
    record(actor, "promotion.meetings_changed", round, at=at)
    return round


@action("promotion.arrange_meetings")
def arrange_meetings(*, actor: Actor, round: MeetingRound, at: datetime) -> MeetingRound:
    """Find the best timetable for everybody who wants to meet today; an earlier one is replaced.

    Refused: nobody wants to meet; the timetable was told.
    """
    require(actor, rules.may_manage)
    _expect_planned(round)
    pairs, busy, hosts = _pairs(round, timezone.localdate(at))
    if not pairs and not busy:
        raise Refused(
            "nobody_meets",
            _("Chưa có người mua nào muốn gặp chủ thể. Hãy mời người mua trả lời các chào hàng."),
        )
    found = timetable.arrange(pairs, round.turns, round.tables)
    round.slots.all().delete()
    MeetingSlot.objects.bulk_create(
        MeetingSlot(
            round=round, turn=each.turn, table=each.table,
            host_id=each.pair.buyer, producer_id=each.pair.producer,
        )
        for each in found.meetings
    )  # fmt: skip
    left = [*found.left, *((pair, timetable.Full.ELSEWHERE) for pair in busy)]
    makers = Producer.objects.in_bulk({pair.producer for pair, _why in left})
    round.left = [[hosts[pair.buyer].code, makers[pair.producer].code, why] for pair, why in left]
    round.gap = found.gap
    round.save(update_fields=["left", "gap"])
    record(
        actor, "promotion.meetings_arranged", round, at=at,
        change={"held": len(found.meetings), "left": len(left)},
    )  # fmt: skip
    return round


@action("promotion.tell_meetings")
def tell_meetings(*, actor: Actor, round: MeetingRound, at: datetime) -> MeetingRound:
    """Tell both sides when they meet whom; from now on the timetable stays.

    Refused: there is none; it was told; since it was made an offer was taken back, a demand ended,
    or somebody has another meeting at the time.
    """
    require(actor, rules.may_manage)
    # Of two rounds told at once the second sees whom the first has taken.
    list(MeetingRound.objects.select_for_update().filter(state=RoundState.PLANNED).order_by("pk"))
    slots = list(queries.slots_of(round))
    if not slots:
        raise Refused("no_timetable", _("Chưa có lịch gặp. Hãy xếp lịch rồi báo."))
    here = MeetingRound.objects.filter(pk=round.pk, state=RoundState.PLANNED)
    if not here.exists():
        raise _not_planned(MeetingRound.objects.get(pk=round.pk))
    pairs, _busy, _hosts = _pairs(round, timezone.localdate(at))
    still = {(pair.buyer, pair.producer) for pair in pairs}
    if any((slot.host_id, slot.producer_id) not in still for slot in slots):
        raise Refused(
            "timetable_stale",
            _("Sau khi xếp lịch có chào hàng đã rút, nhu cầu đã kết thúc hoặc người có cuộc gặp "
              "khác cùng giờ. Hãy xếp lại lịch."),
        )  # fmt: skip
    if not here.update(state=RoundState.TOLD):
        raise _not_planned(MeetingRound.objects.get(pk=round.pk))
    round.refresh_from_db()
    record(actor, "promotion.meetings_told", round, at=at)
    notices.timetable(round=round, slots=slots, at=at)
    return round


@action("promotion.cancel_meetings")
def cancel_meetings(
    *, actor: Actor, round: MeetingRound, reason: str, at: datetime
) -> MeetingRound:
    """Call a round off. Whom the timetable was told hears of it; it leaves their pages, and who
    would have met may meet in another round. Demands, offers and deals stay as they are.

    Refused: called off before, a meeting of it that took place.
    """
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    held = MeetingRound.objects.select_for_update().get(pk=round.pk)
    if held.state == RoundState.CANCELLED:
        raise _cancelled()
    slots = list(queries.slots_of(held))
    if any(slot.outcome not in (Outcome.NONE, Outcome.ABSENT) for slot in slots):
        raise Refused("meetings_held", _("Buổi này đã có cuộc gặp ghi kết quả, không hủy được."))
    round.state, round.cancelled_for = RoundState.CANCELLED, reason.strip()
    round.save(update_fields=["state", "cancelled_for"])
    told = held.state == RoundState.TOLD
    record(
        actor, "promotion.meetings_cancelled", round, at=at, reason=round.cancelled_for,
        change={"told": told},
    )  # fmt: skip
    if told:
        notices.called_off(round=round, slots=slots, at=at)
    return round


@action("promotion.note_meeting")
def note_meeting(
    *, actor: Actor, slot: MeetingSlot, outcome: str, note: str = "", at: datetime
) -> MeetingSlot:
    """Note what a meeting came to. Refused: the timetable was not told, it has not begun."""
    require(actor, rules.may_organise)
    if slot.round.state == RoundState.CANCELLED:
        raise _cancelled()
    if slot.round.state != RoundState.TOLD:
        raise Refused("meetings_not_told", _("Lịch gặp chưa được báo."))
    if notices.turn_at(slot.round, slot.turn) > at:
        raise Refused("meeting_to_come", _("Cuộc gặp chưa bắt đầu."))
    slot.outcome = one_of(outcome, Outcome.values, "outcome")
    slot.note = note.strip()
    check_text(slot.note, "note", 500)
    slot.save(update_fields=["outcome", "note"])
    record(
        actor, "promotion.meeting_noted", slot.round, slot.host, slot.producer, at=at,
        change={"outcome": slot.outcome},
    )  # fmt: skip
    return slot


def _pairs(
    round: MeetingRound, today: date
) -> tuple[list[timetable.Pair], list[timetable.Pair], Mapping[int, Demand]]:
    """Who wants to meet and has not met: one pair for a buyer and a producer, with the best of
    their offers; apart those of whom one meets somebody else at the time. A buyer who posted
    several demands is one, known by the first of them."""
    demands = list(queries.waiting_demands(today))
    first: dict[str, Demand] = {}
    for demand in sorted(demands, key=lambda row: row.pk):
        first.setdefault(queries.buyer_key(demand), demand)
    best: dict[tuple[int, int], int] = {}
    met = queries.met()
    for offer in queries.wishes(demands):
        if (queries.buyer_key(offer.demand), offer.producer_id) in met:
            continue
        pair = (first[queries.buyer_key(offer.demand)].pk, offer.producer_id)
        best[pair] = max(best.get(pair, 0), offer.points)
    hosts = {row.pk: row for row in first.values()}
    buyers, makers = queries.engaged(round)
    free: list[timetable.Pair] = []
    busy: list[timetable.Pair] = []
    for (buyer, maker), points in best.items():
        elsewhere = queries.buyer_key(hosts[buyer]) in buyers or maker in makers
        (busy if elsewhere else free).append(timetable.Pair(buyer, maker, points))
    return free, busy, hosts


def _expect_planned(round: MeetingRound) -> None:
    held = MeetingRound.objects.select_for_update().get(pk=round.pk)
    if held.state != RoundState.PLANNED:
        raise _not_planned(held)


def _not_planned(row: MeetingRound) -> Refused:
    return _cancelled() if row.state == RoundState.CANCELLED else _told()


def _cancelled() -> Refused:
    return Refused("meetings_cancelled", _("Buổi kết nối này đã hủy."))


def _told() -> Refused:
    return Refused("meetings_told", _("Lịch gặp đã báo cho hai bên, không đổi được nữa."))


def _fill(row: MeetingRound, plan: Plan, at: datetime) -> None:
    row.name, row.place = folding.clean(plan.name), folding.clean(plan.place)
    if not row.name:
        raise refuse("name", _("Hãy ghi tên buổi kết nối."))
    if not row.place:
        raise refuse("place", _("Hãy ghi nơi tổ chức."))
    if plan.starts_at <= at:
        raise refuse("starts_at", _("Giờ bắt đầu phải ở phía trước."))
    check_year(plan.starts_at.date(), "starts_at", timezone.localdate(at))
    day = timezone.localdate(plan.starts_at)
    if plan.event and not plan.event.starts_on <= day <= plan.event.ends_on:
        raise refuse("starts_at", _("Buổi kết nối phải vào một ngày của sự kiện."))
    for field, most, words in (
        ("turns", MOST_TURNS, _("Số lượt từ 1 đến %d.")),
        ("minutes", MOST_MINUTES, _("Mỗi lượt từ 1 đến %d phút.")),
        ("tables", MOST_TABLES, _("Số bàn từ 1 đến %d.")),
    ):
        if not 1 <= getattr(plan, field) <= most:
            raise refuse(field, words % most)
        setattr(row, field, getattr(plan, field))
    row.starts_at, row.event = plan.starts_at, plan.event
    fits(row)
