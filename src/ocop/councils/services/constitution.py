"""Writes of councils: setting one up, its seats, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ocop.core import options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils import notices, rules, working
from ocop.councils.models import Council, Position, Seat, Sitting, SittingState
from ocop.councils.queries import councils
from ocop.councils.queries import sittings as sitting_queries
from ocop.councils.services import obstacles
from ocop.councils.working import CouncilRules
from ocop.people.models import User
from ocop.people.queries import memberships_on

_FIRST_YEAR = 2018  # the programme began with Decision 490/QĐ-TTg of that year
LEAST = 3  # members: fewer have no mean and no quorum worth the name


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A member as the decision names them. `address` is kept restricted: it finds conflicts."""

    user: User
    position: str = Position.MEMBER
    organisation: str = ""
    title: str = ""
    address: str = ""


@action("councils.constitute_council")
def constitute_council(
    *,
    actor: Actor,
    name: str,
    decision_number: str,
    decided_on: date,
    authority: str,
    members: Sequence[NewSeat],
    at: datetime,
    working_rules: CouncilRules | None = None,
) -> Council:
    """Set up a council as decided by the chair of the province (Art. 5, Decision 26/2026).

    The working rules are frozen: those given, else the province's of today. Refused: no name or
    number, a decision of a day to come or before the programme began, not exactly one chair, fewer
    than three members, a person twice, an account without a role of a council (it signs in without
    a one-time code).
    """
    require(actor, rules.may_constitute)
    _needs(name, "name", _("Hãy ghi tên hội đồng."))
    _needs(decision_number, "decision_number", _("Hãy ghi số quyết định thành lập."))
    _needs(authority, "authority", _("Hãy ghi cơ quan ra quyết định."))
    if decided_on > timezone.localdate(at):
        message = _("Ngày quyết định không được sau hôm nay. Hãy xem lại ngày trên văn bản.")
        raise Refused("decided_later", message, fields={"decided_on": [message]})
    if decided_on.year < _FIRST_YEAR:
        message = _("Chương trình OCOP bắt đầu từ năm %d. Hãy xem lại năm trên văn bản.")
        message %= _FIRST_YEAR
        raise Refused("decided_early", message, fields={"decided_on": [message]})
    _check_members(members, on=timezone.localdate(at))
    council = Council(
        code=public_code(),
        name=name.strip(),
        decision_number=decision_number.strip(),
        decided_on=decided_on,
        authority=authority.strip(),
        rules=working.to_json(working_rules or councils.default_rules()),
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    fits(council)
    council.save()
    seats = [
        _seat(council, member, place, decided_on) for place, member in enumerate(members, start=1)
    ]
    for seat in seats:
        seat.save()
    record(actor, "councils.council_constituted", council, at=at, change={"members": len(members)})
    for seat in seats:
        notices.seated(seat=seat, at=at)
    return council


@action("councils.add_seat")
def add_seat(
    *, actor: Actor, council: Council, member: NewSeat, starts_on: date, at: datetime
) -> Seat:
    """Give one more person a seat from a day on, and look for conflicts of interest with the cases
    on agendas to come.

    Refused: a dissolved council, a day before its decision or of a sitting that has opened, a
    second chair, a person who has a seat in it, an account without a role of a council.
    """
    require(actor, rules.may_constitute)
    _hold_sittings(council)
    council = Council.objects.select_for_update().get(pk=council.pk)
    _expect_alive(council)
    if starts_on < council.decided_on:
        message = _("Thành viên không thể có trước quyết định thành lập hội đồng.")
        raise Refused("seat_too_early", message, fields={"starts_on": [message]})
    _expect_after_sittings(council, starts_on, "starts_on")
    _check_role(member, on=timezone.localdate(at))
    held = council.seats.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
    if held.filter(user=member.user).exists():
        raise Refused("seat_taken", _("Người này đang là thành viên của hội đồng."))
    if member.position == Position.CHAIR and held.filter(position=Position.CHAIR).exists():
        raise Refused(
            "second_chair",
            _("Hội đồng đã có Chủ tịch. Hãy kết thúc nhiệm vụ của người cũ trước."),
        )
    seat = _seat(council, member, council.seats.count() + 1, starts_on)
    seat.save()
    for sitting in sitting_queries.to_come(council):
        obstacles.look(sitting, at=at)
    record(actor, "councils.seat_added", council, at=at, change={"position": seat.position})
    notices.seated(seat=seat, at=at)
    return seat


@action("councils.end_seat")
def end_seat(
    *, actor: Actor, seat: Seat, reason: str, at: datetime, ends_on: date | None = None
) -> Seat:
    """End a member's seat: from `ends_on` on (else the first day that it can) the person sits no
    more.

    Who sat when a sitting opened stays in it: in its quorum, with the sheet, in its minutes.
    Refused without a reason, when it has ended, and from a day of a sitting that has opened.
    """
    require(actor, rules.may_constitute)
    needs_reason(reason)
    _hold_sittings(seat.council)
    if ends_on is not None:
        _expect_after_sittings(seat.council, ends_on, "ends_on")
        last = max(ends_on, seat.starts_on + timedelta(days=1))
    else:
        last = councils.leaves_on(seat, timezone.localdate(at))
    if not Seat.objects.filter(pk=seat.pk, ends_on=None).update(ends_on=last):
        raise Refused("seat_ended", _("Nhiệm vụ của thành viên này đã kết thúc."))
    seat.refresh_from_db()
    record(actor, "councils.seat_ended", seat.council, at=at, reason=reason.strip())
    return seat


@action("councils.dissolve_council")
def dissolve_council(*, actor: Actor, council: Council, reason: str, at: datetime) -> Council:
    """End a council. Who sat in a sitting of today leaves tomorrow.

    Refused without a reason, when it is over, and while sittings are open.
    """
    require(actor, rules.may_constitute)
    needs_reason(reason)
    _hold_sittings(council)
    council = Council.objects.select_for_update().get(pk=council.pk)
    _expect_alive(council)
    unfinished = Sitting.objects.filter(
        council=council, state__in=(SittingState.PLANNED, SittingState.OPEN)
    )
    if unfinished.exists():
        raise Refused(
            "sittings_open",
            _("Hội đồng còn phiên chưa kết thúc. Hãy kết thúc hoặc hủy các phiên đó trước."),
        )
    today = timezone.localdate(at)
    council.dissolved_on = today
    council.save(update_fields=["dissolved_on"])
    for seat in council.seats.filter(ends_on=None):
        seat.ends_on = councils.leaves_on(seat, today)
        seat.save(update_fields=["ends_on"])
    record(actor, "councils.council_dissolved", council, at=at, reason=reason.strip())
    return council


def _hold_sittings(council: Council) -> None:
    """Hold the sittings of a council, so that none opens while its members change."""
    list(council.sittings.select_for_update().order_by("pk").values_list("pk"))


def _expect_after_sittings(council: Council, day: date, field: str) -> None:
    """Refuse members who come or go before the end of a day on which a sitting has opened."""
    held = councils.last_opened(council)
    if held is None or day > rules.day_of(held):
        return
    message = _(
        "Phiên “%(title)s” ngày %(day)s đã khai mạc với thành phần hội đồng của ngày đó. Hãy ghi "
        "từ ngày %(next)s trở đi."
    ) % {
        "title": held.title,
        "day": write_date(rules.day_of(held)),
        "next": write_date(rules.day_of(held) + timedelta(days=1)),
    }
    raise Refused("sitting_held", message, fields={field: [message]})


def _expect_alive(council: Council) -> None:
    if council.dissolved_on is not None:
        raise Refused("council_dissolved", _("Hội đồng này đã giải thể."))


def _check_members(members: Sequence[NewSeat], *, on: date) -> None:
    if len(members) < LEAST:
        raise Refused("few_members", _("Hội đồng phải có ít nhất %d thành viên.") % LEAST)
    if sum(member.position == Position.CHAIR for member in members) != 1:
        raise Refused("one_chair", _("Hội đồng phải có đúng một Chủ tịch."))
    if len({member.user.pk for member in members}) != len(members):
        raise Refused("seat_twice", _("Có người được ghi hai lần trong danh sách thành viên."))
    for member in members:
        _check_role(member, on=on)


def _check_role(member: NewSeat, *, on: date) -> None:
    held = memberships_on(on).filter(user=member.user, role__in=rules.SITTING_ROLES)
    if not held.exists():
        raise Refused(
            "no_council_role",
            _("Tài khoản %s chưa có vai trò hội đồng. Hãy nhờ người quản trị giao vai trò trước.")
            % member.user.name,
        )


def _seat(council: Council, member: NewSeat, place: int, starts_on: date) -> Seat:
    seat = Seat(
        council=council,
        user=member.user,
        position=Position(member.position),
        organisation=member.organisation.strip(),
        title=member.title.strip(),
        address=member.address.strip(),
        place=place,
        starts_on=starts_on,
    )
    fits(seat)
    return seat


def _needs(text: str, name: str, message: str) -> None:
    if not text.strip():
        raise Refused(f"{name}_missing", message, fields={name: [message]})
