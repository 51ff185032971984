"""Writes of sales points: from the application to the last day."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from ocop.core import editing, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.fieldwork import Position, check_position
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.network import nearness, notices, place_types, rules
from ocop.network.models import PointState, PointVisit, SalesPoint
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer

MOST_DONG = 10**13
#: What the decision of recognition named.
NAMED = frozenset({"name", "place_type", "operator", "commune", "founder"})
FIRST_DAY = date(2018, 5, 7)  # of the programme: Decision 490/QĐ-TTg
FAR = 50.0  # kilometres from the middle of its commune, where no point is
_PHONE = re.compile(r"\+?[0-9(][0-9(). -]{1,18}[0-9]")
_FOLDED = SalesPoint._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class PointParticulars:
    """What is known of a point. `closed_days` are digits, Monday is 1."""

    name: str
    place_type: str
    operator: str
    address: str
    commune: Unit | None = None
    position: Position | None = None
    phone: str = ""
    website: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    closed_days: str = ""
    founder: Unit | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """What was found on a visit: answers by the keys of the checklist of the place."""

    visited_at: datetime
    answers: dict[str, str]
    note: str = ""
    position: Position | None = None


@action("network.apply_point")
def apply_point(
    *,
    actor: Actor,
    particulars: PointParticulars,
    producer: Producer | None = None,
    at: datetime,
) -> SalesPoint:
    """Propose a point that introduces and sells OCOP goods.

    Refused: no name, operator or address, a place that the decision in force does not name, a
    commune that is none today, hours that end before they begin, a position that is none or far
    from the commune, a point of that name and address that waits or works already.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_apply, particulars.commune, producer, on)
    point = SalesPoint(
        code=public_code(),
        producer=producer,
        province=options.PROVINCE.get(),
        applied_by_id=actor.user_id,
        created_at=at,
    )
    _fill(point, particulars, on)
    _once(point)
    point.unit = point.commune
    point.save()
    record(actor, "network.point_applied", point, at=at)
    notices.applied(point=point, at=at)
    return point


@action("network.change_point")
def change_point(
    *,
    actor: Actor,
    point: SalesPoint,
    particulars: PointParticulars,
    seen: str = "",
    at: datetime,
) -> SalesPoint:
    """Change what is known of a point. Refused as in `apply_point`; what is over stays as it is.
    What a decision named is changed by the office and the officer of the commune only."""
    on = timezone.localdate(at)
    require(actor, rules.may_change, point, on)
    editing.refuse_stale(point, seen)
    _expect(point, PointState.APPLIED, PointState.RECOGNISED)
    before = editing.values(point)
    if particulars.commune and particulars.commune != point.commune:
        require(actor, rules.may_apply, particulars.commune, point.producer, on)
    _fill(point, particulars, on)
    change = editing.told(before, point, ("name", "operator", "address", "commune_id"))
    if point.state == PointState.RECOGNISED and NAMED.intersection(
        name.removesuffix("_id") for name in change["fields"]
    ):
        require(actor, rules.may_rename, point)
    point.save(update_fields=change["fields"])
    record(actor, "network.point_changed", point, at=at, change=change)
    return point


@action("network.visit_point")
def visit_point(*, actor: Actor, point: SalesPoint, told: Visited, at: datetime) -> PointVisit:
    """Record a visit with its checklist. It passes when no question is answered with no.

    Refused: a question without an answer, a visit that is still to come or before the programme
    began, a point that is over.
    """
    require(actor, rules.may_visit, point)
    _expect(point, PointState.APPLIED, PointState.RECOGNISED)
    questions = place_types.checks_for(point.place_type)
    if missing := place_types.missing(point.place_type, told.answers):
        message = _("Hãy trả lời câu này.")
        raise Refused(
            "point_unanswered",
            _("Còn %d câu chưa trả lời.") % len(missing),
            fields={f"check_{key}": [message] for key in missing},
        )
    if told.visited_at > at:
        message = _("Ngày kiểm tra chưa đến.")
        raise Refused("point_visit_to_come", message, fields={"visited_on": [message]})
    if timezone.localdate(told.visited_at) < FIRST_DAY:
        raise _refuse("visited_on", _("Ngày này trước khi có Chương trình OCOP."))
    check_position(told.position)
    place = told.position
    visit = PointVisit(
        code=public_code(),
        point=point,
        visited_by_id=actor.user_id,
        visited_at=told.visited_at,
        checklist=place_types.listing_on(timezone.localdate(told.visited_at)).key,
        answers={key: told.answers[key] for key in questions},
        passed=not place_types.failed(point.place_type, told.answers),
        note=told.note.strip(),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        created_at=at,
    )
    fits(visit)
    visit.save()
    record(actor, "network.point_visited", point, at=at, change={"passed": visit.passed})
    return visit


@action("network.recognise_point")
def recognise_point(
    *, actor: Actor, point: SalesPoint, number: str, signed_on: date, authority: str, at: datetime
) -> SalesPoint:
    """Enter the decision that recognises a point; from its day on the public finds it.

    Refused: the last visit was not passed or there was none, a decision without number or
    authority, one that is still to come or was signed before that visit.
    """
    require(actor, rules.may_decide)
    visit = point.visits.first()
    if visit is None or not visit.passed:
        raise Refused(
            "point_not_visited",
            _(
                "Điểm chưa có lần thẩm định đạt đủ các mục. Hãy ghi kết quả thẩm định trước rồi "
                "công nhận."
            ),
        )
    told = _decision(number, signed_on, authority, visit, timezone.localdate(at))
    _move(point, PointState.APPLIED, PointState.RECOGNISED, **told)
    record(actor, "network.point_recognised", point, at=at, change={"number": point.number})
    notices.answered(point=point, at=at)
    return point


@action("network.correct_point_decision")
def correct_point_decision(
    *,
    actor: Actor,
    point: SalesPoint,
    number: str,
    signed_on: date,
    authority: str,
    reason: str,
    at: datetime,
) -> SalesPoint:
    """Mend what was entered wrongly of the decision that recognised a point.

    Refused: no reason, a point that does not work, a decision as in `recognise_point`; it is not
    before the first visit that passed.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    _expect(point, PointState.RECOGNISED)
    visit = point.visits.filter(passed=True).last()
    told = _decision(number, signed_on, authority, visit, timezone.localdate(at))
    values = {}
    for name, value in told.items():
        if (stood := getattr(point, name)) != value:
            values["decision" if name == "number" else name] = [str(stood), str(value)]
        setattr(point, name, value)
    fits(point)
    point.save(update_fields=list(told))
    change = {"fields": sorted(values), "values": values}
    why = reason.strip()
    record(actor, "network.point_decision_corrected", point, at=at, reason=why, change=change)
    return point


@action("network.refuse_point")
def refuse_point(*, actor: Actor, point: SalesPoint, reason: str, at: datetime) -> SalesPoint:
    """Answer an application with no, and why."""
    require(actor, rules.may_decide)
    needs_reason(reason)
    _move(point, PointState.APPLIED, PointState.REFUSED, answer=reason.strip())
    record(actor, "network.point_refused", point, at=at, reason=reason.strip())
    notices.answered(point=point, at=at)
    return point


@action("network.close_point")
def close_point(*, actor: Actor, point: SalesPoint, reason: str, at: datetime) -> SalesPoint:
    """Note that a point works no more, from today. What it sold stays told."""
    require(actor, rules.may_decide)
    needs_reason(reason)
    on = timezone.localdate(at)
    _move(point, PointState.RECOGNISED, PointState.CLOSED, closed_on=on)
    record(actor, "network.point_closed", point, at=at, reason=reason.strip())
    return point


@action("network.set_point_money")
def set_point_money(
    *, actor: Actor, point: SalesPoint, approved_cost: int, state_paid: int, at: datetime
) -> SalesPoint:
    """Enter the approved cost of a point and what the State paid of it.

    Refused: less than nothing, more than there can be, or more than half of the approved cost
    (Decision 950/QĐ-BCT).
    """
    require(actor, rules.may_decide)
    if approved_cost > MOST_DONG:
        raise _refuse("approved_cost", _("Số này không thể đúng. Hãy ghi bằng đồng."))
    if approved_cost < 0 or state_paid < 0:
        raise _refuse("state_paid", _("Số tiền không thể âm."))
    if state_paid * 2 > approved_cost:
        raise _refuse(
            "state_paid",
            _("Nhà nước hỗ trợ không quá 50 %% chi phí được duyệt, nên nhiều nhất %s đồng.")
            % write_number(approved_cost // 2),
        )
    point.approved_cost, point.state_paid = approved_cost, state_paid
    point.save(update_fields=["approved_cost", "state_paid"])
    change = {"approved_cost": approved_cost, "state_paid": state_paid}
    record(actor, "network.point_money_set", point, at=at, change=change)
    return point


def _fill(point: SalesPoint, given: PointParticulars, on: date) -> None:
    for name, words in (
        ("name", _("Hãy ghi tên điểm, ví dụ “Điểm OCOP Vân Từ”.")),
        ("operator", _("Hãy ghi đơn vị hoặc người vận hành điểm.")),
        ("address", _("Hãy ghi địa chỉ của điểm.")),
    ):
        setattr(point, name, folding.clean(getattr(given, name)))
        if not getattr(point, name):
            raise _refuse(name, words)
    if given.place_type not in place_types.listing_on(on).places:
        raise _refuse("place_type", _("Hãy chọn loại địa điểm trong danh mục."))
    point.place_type = given.place_type
    point.commune = given.commune or point.commune
    if point.commune is None or (
        point.commune.level != Level.COMMUNE or point.commune.valid_to is not None
    ):
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    if (given.opens_at is None) != (given.closes_at is None) or (
        given.opens_at and given.closes_at and given.closes_at <= given.opens_at
    ):
        raise _refuse("closes_at", _("Hãy ghi cả giờ mở và giờ đóng, giờ đóng sau giờ mở."))
    point.opens_at, point.closes_at = given.opens_at, given.closes_at
    if set(given.closed_days) - set("1234567"):
        raise _refuse("closed_days", _("Hãy chọn ngày nghỉ trong tuần."))
    point.closed_days = "".join(sorted(set(given.closed_days)))
    check_position(given.position)
    _near(point, given.position)
    point.lat = given.position.lat if given.position else None
    point.lon = given.position.lon if given.position else None
    point.founder = given.founder
    point.phone, point.website = folding.clean(given.phone), given.website.strip()
    if point.phone and not _PHONE.fullmatch(point.phone):
        raise _refuse("phone", _("Hãy ghi số điện thoại, ví dụ 024 3333 4444."))
    if point.website and not point.website.startswith(("https://", "http://")):
        raise _refuse("website", _("Địa chỉ trang web bắt đầu bằng https://."))
    point.folded = folding.words(point.name, point.address)[:_FOLDED]
    fits(point)


def _decision(
    number: str, signed_on: date, authority: str, visit: PointVisit | None, on: date
) -> dict[str, Any]:
    """The decision that recognises a point, by the visit on which it rests."""
    if not number.strip():
        raise _refuse("number", _("Hãy ghi số quyết định."))
    if not authority.strip():
        raise _refuse("authority", _("Hãy ghi cơ quan ban hành."))
    if signed_on > on:
        raise _refuse("signed_on", _("Ngày ký %s chưa đến.") % write_date(signed_on))
    if visit and signed_on < (visited_on := timezone.localdate(visit.visited_at)):
        raise _refuse(
            "signed_on",
            _("Ngày ký không thể trước lần thẩm định ngày %s. Hãy kiểm tra hai ngày.")
            % write_date(visited_on),
        )
    return {
        "number": number.strip(),
        "authority": authority.strip(),
        "recognised_on": signed_on,
    }


def _near(point: SalesPoint, position: Position | None) -> None:
    """A slip of the finger puts a point into another province, or into the sea."""
    commune = point.commune
    if position is None or commune is None or commune.lat is None or commune.lon is None:
        return
    far = nearness.kilometres(position, Position(commune.lat, commune.lon))
    if far > FAR:
        raise _refuse(
            "position",
            _("Vị trí này cách %(commune)s %(far)s km. Hãy kiểm tra vĩ độ, kinh độ.")
            % {"commune": commune.name, "far": write_number(round(far))},
        )


def _once(point: SalesPoint) -> None:
    """An application sent twice is one. Those of one commune come one after the other."""
    if point.commune:
        Unit.objects.select_for_update().get(pk=point.commune.pk)
    known = SalesPoint.objects.filter(
        commune=point.commune,
        folded=point.folded,
        state__in=(PointState.APPLIED, PointState.RECOGNISED),
    ).first()
    if known:
        raise Refused(
            "point_known",
            _("Điểm mang tên và địa chỉ này đã có, tình trạng “%s”. Hãy mở điểm đó.")
            % known.get_state_display(),
            fields={"name": [_("Điểm này đã có trong danh sách.")]},
        )


def _expect(point: SalesPoint, *states: PointState) -> None:
    if point.state not in states:
        raise Refused(
            "point_state",
            _("Điểm này hiện ở tình trạng “%s”, không làm việc này được.")
            % point.get_state_display(),
        )


def _move(point: SalesPoint, source: PointState, target: PointState, **told: object) -> None:
    """From one state to another once, whoever else does so at this moment."""
    moved = SalesPoint.objects.filter(pk=point.pk, state=source).update(state=target, **told)
    if not moved:
        point.refresh_from_db()
        _expect(point, source)
    for name, value in {"state": target, **told}.items():
        setattr(point, name, value)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"point_{field}", message, fields={field: [message]})
