"""Events: planned, changed, called, closed, told the result, ended or called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, check_year, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.places.models import Level, Unit
from ocop.promotion import conditions, explaining, lifecycle, notices, queries, rules
from ocop.promotion.models import (
    ApplicationState,
    BoothAssignment,
    EventApplication,
    EventOrganiser,
    EventSeries,
    TradeEvent,
)

MOST_ORGANISERS = 20
LONGEST_DAYS = 120
MOST_COST = 10**12  # đồng of a booth
_OPEN = (
    "name", "kind", "place", "starts_on", "ends_on", "calls_until", "away", "least_stars",
    "needs_trace", "needs_labels", "takes_booths", "apart", "booth_cost", "support_share",
)  # fmt: skip
_FOLDED = TradeEvent._meta.get_field("folded").max_length or 500


@dataclass(frozen=True, slots=True)
class EventParticulars:
    """What is known of an event. `series` is the name of one, new or known; `organisers` in the
    order of naming."""

    name: str
    kind: str
    place: str
    starts_on: date
    ends_on: date
    calls_until: date
    series: str = ""
    summary: str = ""
    hours: str = ""
    away: bool = False
    commune: Unit | None = None
    organisers: Sequence[str] = ()
    least_stars: int | None = conditions.LEAST_STARS
    needs_trace: bool = True
    needs_labels: bool = True
    takes_booths: bool = True
    apart: str = "wish"
    booth_cost: int | None = None
    support_share: int = 0
    support_source: str = ""


@action("promotion.plan_event")
def plan_event(*, actor: Actor, particulars: EventParticulars, at: datetime) -> TradeEvent:
    """Plan an event; it is the office's own until its call.

    Refused: no name or place, days that contradict each other, a share without its document.
    """
    require(actor, rules.may_manage)
    event = TradeEvent(code=public_code(), created_at=at)
    _fill(event, particulars, at)
    event.save()
    _keep_organisers(event, particulars.organisers)
    record(actor, "promotion.event_planned", event, at=at)
    return event


@action("promotion.change_event")
def change_event(
    *,
    actor: Actor,
    event: TradeEvent,
    particulars: EventParticulars,
    seen: str = "",
    at: datetime,
) -> TradeEvent:
    """Change an event that is to come; who applied is told of other days or another place.

    Refused as in `plan_event`; booths given up while somebody stands on one; a first day put into
    the past, days left out of which somebody has told.
    """
    require(actor, rules.may_manage)
    editing.refuse_stale(event, seen)
    event.refresh_from_db(fields=["state"])
    expect_alive(event)
    before, began_on = editing.values(event), event.starts_on
    _fill(event, particulars, at)
    if event.starts_on != began_on and event.starts_on < timezone.localdate(at):
        raise _refuse("starts_on", _("Ngày bắt đầu mới đã qua."))
    _expect_told_within(event)
    if not event.takes_booths and event.booths.filter(assignment__isnull=False).exists():
        raise _refuse("takes_booths", _("Đã có hồ sơ được xếp gian: hãy bỏ xếp trước."))
    change = editing.told(before, event, _OPEN)
    event.save(update_fields=change["fields"])
    _keep_organisers(event, particulars.organisers)
    record(actor, "promotion.event_changed", event, at=at, change=change)
    if {"starts_on", "ends_on", "place"} & set(change["fields"]):
        notices.moved(event=event, at=at)
    return event


@action("promotion.open_call")
def open_call(*, actor: Actor, event: TradeEvent, at: datetime) -> TradeEvent:
    """Tell the public of an event and let producers apply until its last day of applications.

    Refused: that day has passed.
    """
    require(actor, rules.may_manage)
    lifecycle.expect("call", event.state)
    if event.calls_until < timezone.localdate(at):
        raise Refused(
            "call_over", _("Hạn đăng ký đã qua. Hãy sửa hạn đăng ký của sự kiện rồi mở lại.")
        )
    _move(event, "call")
    if event.announced_at is None:
        event.announced_at = at
        event.save(update_fields=["announced_at"])
    record(actor, "promotion.call_opened", event, at=at)
    return event


@action("promotion.close_call")
def close_call(*, actor: Actor, event: TradeEvent, at: datetime) -> TradeEvent:
    """Take no more applications; from now on it is chosen among them."""
    require(actor, rules.may_manage)
    _move(event, "close")
    record(actor, "promotion.call_closed", event, at=at)
    return event


@action("promotion.publish_result")
def publish_result(*, actor: Actor, event: TradeEvent, at: datetime) -> TradeEvent:
    """Tell every applicant what became of it: who has a booth takes part, who has none is refused
    with the reason. Without booths all who were not refused take part.

    Who has no goods left that may come, as after a revocation, is refused too, and its booth is
    free. Refused: an event with booths of which none is given.
    """
    require(actor, rules.may_manage)
    lifecycle.expect("publish", event.state)
    rows = list(
        event.applications.filter(state=ApplicationState.SENT)
        .select_related("producer", "event", "assignment__booth")
        .order_by("pk")
    )
    unfit = queries.unfit(event, rows, timezone.localdate(at))
    fit = [row for row in rows if row.pk not in unfit]
    given = [row for row in fit if hasattr(row, "assignment")]
    if event.takes_booths and not given:
        raise Refused("no_booth_given", _("Chưa xếp gian nào. Hãy xếp gian rồi công bố."))
    _move(event, "publish")
    BoothAssignment.objects.filter(application__in=unfit).delete()
    accepted = given if event.takes_booths else fit
    chosen = {row.pk for row in accepted}
    for row in rows:
        row.answered_at = at
        if row.pk in chosen:
            row.state, row.answer = ApplicationState.ACCEPTED, ""
        else:
            row.state = ApplicationState.REFUSED
            why = explaining.nothing_left(unfit[row.pk]) if row.pk in unfit else row.answer
            row.answer = why or explaining.no_booth_left()
    EventApplication.objects.bulk_update(rows, ["state", "answer", "answered_at"], batch_size=500)
    record(
        actor,
        "promotion.result_published",
        event,
        at=at,
        change={"accepted": len(chosen), "refused": len(rows) - len(chosen)},
        also=[("eventapplication", row.pk) for row in rows],
    )
    for row in rows:
        if row.pk in chosen:
            label = row.assignment.booth.label if event.takes_booths else ""
            notices.accepted(application=row, label=label, at=at)
        else:
            notices.refused(application=row, at=at)
    return event


@action("promotion.finish_event")
def finish_event(*, actor: Actor, event: TradeEvent, at: datetime) -> TradeEvent:
    """End an event. Refused: its last day has not passed."""
    require(actor, rules.may_manage)
    lifecycle.expect("finish", event.state)
    if event.ends_on >= timezone.localdate(at):
        raise Refused("event_not_over", _("Sự kiện chưa hết ngày cuối."))
    _move(event, "finish")
    record(actor, "promotion.event_held", event, at=at)
    return event


@action("promotion.cancel_event")
def cancel_event(*, actor: Actor, event: TradeEvent, reason: str, at: datetime) -> TradeEvent:
    """Call an event off; who applied is told why."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    lifecycle.expect("cancel", event.state)
    chosen = lifecycle.MOVES["cancel"]
    here = TradeEvent.objects.filter(pk=event.pk, state__in=chosen.sources)
    if not here.update(state=chosen.target, cancelled_for=reason.strip()):
        event.refresh_from_db(fields=["state"])
        lifecycle.expect("cancel", event.state)
    event.refresh_from_db()
    record(actor, "promotion.event_cancelled", event, at=at, reason=reason.strip())
    notices.cancelled(event=event, at=at)
    return event


def expect_alive(event: TradeEvent) -> None:
    """Refuse what may happen only before an event is over or called off."""
    if event.state not in lifecycle.ALIVE:
        raise Refused(
            "event_state",
            _("Sự kiện ở tình trạng “%s”, không sửa được nữa.") % _(lifecycle.STATES[event.state]),
        )


def _move(event: TradeEvent, move: str) -> None:
    """Of two who move an event at once only one does."""
    chosen = lifecycle.MOVES[move]
    here = TradeEvent.objects.filter(pk=event.pk, state__in=chosen.sources)
    moved = here.update(state=chosen.target)
    event.refresh_from_db(fields=["state"])
    if not moved:
        lifecycle.expect(move, event.state)


def _fill(event: TradeEvent, given: EventParticulars, at: datetime) -> None:
    event.name, event.place = folding.clean(given.name), folding.clean(given.place)
    if not event.name:
        raise _refuse("name", _("Hãy ghi tên sự kiện."))
    if not event.place:
        raise _refuse("place", _("Hãy ghi nơi tổ chức."))
    _check_days(given, timezone.localdate(at))
    if given.commune and (given.commune.level != Level.COMMUNE or given.commune.valid_to):
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    if not 0 <= given.support_share <= 100:
        raise _refuse("support_share", _("Tỷ lệ hỗ trợ từ 0 đến 100 %."))
    if given.booth_cost is not None and not 0 <= given.booth_cost <= MOST_COST:
        raise _refuse("booth_cost", _("Chi phí một gian phải từ 0 đồng và không quá lớn."))
    if given.support_share and not given.support_source.strip():
        raise _refuse("support_source", _("Hãy ghi văn bản quy định mức hỗ trợ."))
    for name in (
        "kind", "starts_on", "ends_on", "calls_until", "away", "commune", "least_stars",
        "needs_trace", "needs_labels", "takes_booths", "apart", "booth_cost", "support_share",
    ):  # fmt: skip
        setattr(event, name, getattr(given, name))
    event.summary, event.hours = given.summary.strip(), folding.clean(given.hours)
    event.support_source = folding.clean(given.support_source)
    event.series = _series(given.series, at)
    told = folding.words(event.name, event.place, event.series.name if event.series else "")
    event.folded = told[:_FOLDED]
    fits(event)


def _check_days(given: EventParticulars, on: date) -> None:
    for field in ("starts_on", "ends_on", "calls_until"):
        check_year(getattr(given, field), field, on)
    if given.ends_on < given.starts_on:
        raise _refuse("ends_on", _("Ngày kết thúc trước ngày bắt đầu."))
    if (given.ends_on - given.starts_on).days >= LONGEST_DAYS:
        raise _refuse("ends_on", _("Một sự kiện dài nhất %d ngày.") % LONGEST_DAYS)
    if given.calls_until > given.starts_on:
        raise _refuse("calls_until", _("Hạn đăng ký phải trước hoặc trong ngày bắt đầu."))
    least, most = conditions.LEAST_STARS, conditions.MOST_STARS
    if given.least_stars is not None and not least <= given.least_stars <= most:
        raise _refuse("least_stars", _("Hạng sao từ 3 đến 5."))


def _expect_told_within(event: TradeEvent) -> None:
    """Refuse days that leave out one of which sales, entries or visitors were told."""
    told = {
        *event.applications.values_list("booth_days__day", flat=True),
        *event.tickets.values_list("checkins__day", flat=True),
        *event.days.values_list("day", flat=True),
    } - {None}
    out = sorted(day for day in told if not event.starts_on <= day <= event.ends_on)
    if out:
        field = "starts_on" if out[0] < event.starts_on else "ends_on"
        message = _("Ngày %s đã có số liệu bán hàng hoặc vào cửa, không bỏ được.")
        raise _refuse(field, message % write_date(out[0]))


def _series(name: str, at: datetime) -> EventSeries | None:
    told = folding.clean(name)
    if not told:
        return None
    check_text(told, "series", 200)
    found, _made = EventSeries.objects.get_or_create(
        folded=folding.words(told)[:200],
        defaults={"code": public_code(), "name": told, "created_at": at},
    )
    return found


def _keep_organisers(event: TradeEvent, names: Sequence[str]) -> None:
    told = [folding.clean(name) for name in names if name.strip()]
    if len(told) > MOST_ORGANISERS:
        raise _refuse("organisers", _("Nhiều nhất %d đơn vị phối hợp.") % MOST_ORGANISERS)
    for name in told:
        check_text(name, "organisers", 200)
    event.organisers.all().delete()
    EventOrganiser.objects.bulk_create(
        EventOrganiser(event=event, name=name, position=place) for place, name in enumerate(told)
    )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"event_{field}", message, fields={field: [message]})
