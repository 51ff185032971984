"""Writes of councils: planning sittings, their agendas and attendance, opening and closing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils import notices, rules
from ocop.councils.models import (
    Case,
    Council,
    ItemState,
    ObstacleState,
    Sitting,
    SittingKind,
    SittingState,
)
from ocop.councils.queries import councils, progress
from ocop.councils.queries import sittings as queries
from ocop.councils.services import obstacles, steps
from ocop.councils.services.agenda import (
    add_to_agenda,
    move_item,
    place_on_agenda,
    set_agenda,
    take_off,
)
from ocop.councils.services.attendance import note_attendance
from ocop.councils.services.minutes import expect_day, expect_number, record_minutes
from ocop.councils.written import LONGEST_DAYS

__all__ = [
    "add_to_agenda",
    "cancel_sitting",
    "close_sitting",
    "move_item",
    "move_sitting",
    "note_attendance",
    "open_sitting",
    "place_on_agenda",
    "plan_sitting",
    "record_minutes",
    "set_agenda",
    "take_off",
]


_LONGEST_COUNCIL = 20 * 366  # days: a sitting after that has a slip in its year


@action("councils.plan_sitting")
def plan_sitting(
    *,
    actor: Actor,
    council: Council,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    passing: int,
    at: datetime,
    until: date | None = None,
) -> Sitting:
    """Plan a meeting, or a round of written opinions that ends on `until`.

    `passing` 1 finds gaps and 2 decides; without two passes in the council's rules it is 2.
    Refused: no title, a day that is over, before the council's decision or after its end, a moment
    at which it sits already, written opinions without a last day, with one later than the law
    allows, or in a first pass.
    """
    require(actor, rules.may_plan, council, timezone.localdate(at))
    sitting = build_sitting(
        council=council,
        kind=kind,
        title=title,
        place=place,
        starts_at=starts_at,
        passing=passing,
        until=until,
        at=at,
    )
    record(actor, "councils.sitting_planned", sitting, at=at, change={"kind": sitting.kind})
    notices.invited(sitting=sitting, at=at)
    return sitting


def build_sitting(
    *,
    council: Council,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    passing: int,
    at: datetime,
    until: date | None = None,
    follows: Sitting | None = None,
) -> Sitting:
    """The same inside another action: no check of rights and no event of its own."""
    if not title.strip():
        message = _("Hãy ghi tên phiên họp.")
        raise Refused("title_missing", message, fields={"title": [message]})
    _check_day(council, starts_at)
    _expect_to_come(starts_at, at)
    if passing == 1 and not councils.rules_of(council).two_passes:
        raise Refused("one_pass", _("Quy chế của hội đồng này không có lượt họp thứ nhất."))
    if passing not in (1, 2):
        raise Refused("unknown_pass", _("Chỉ có lượt thứ nhất và lượt thứ hai."))
    kind = SittingKind(kind)
    if kind == SittingKind.WRITTEN:
        _check_until(starts_at, until)
        if passing == 1:
            raise Refused(
                "written_first", _("Lấy ý kiến bằng văn bản là để quyết định, không có lượt đầu.")
            )
    sitting = Sitting(
        code=public_code(),
        council=council,
        kind=kind,
        passing=passing,
        title=title.strip(),
        place=place.strip(),
        starts_at=starts_at,
        until=until if kind == SittingKind.WRITTEN else None,
        follows=follows,
        created_at=at,
    )
    _store(sitting)
    return sitting


def _store(sitting: Sitting) -> None:
    """Save a sitting of its time; a council does not sit twice at one moment."""
    fits(sitting)
    try:
        with transaction.atomic():
            sitting.save()
    except IntegrityError as error:
        message = _("Hội đồng đã có phiên vào giờ này. Hãy chọn giờ khác hoặc dùng phiên đang có.")
        raise Refused("sitting_exists", message, fields={"starts_at": [message]}) from error


@action("councils.move_sitting")
def move_sitting(
    *,
    actor: Actor,
    sitting: Sitting,
    starts_at: datetime,
    place: str,
    reason: str,
    at: datetime,
    until: date | None = None,
) -> Sitting:
    """Move a planned sitting to another time or place, with the reason. On another day who is there
    is noted anew.

    Refused once it opened, to a day that is over or a moment at which the council sits already,
    and where nothing changes: nobody is told of no change.
    """
    require(actor, rules.may_plan_sitting, sitting)
    needs_reason(reason)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "move_sitting")
    _check_day(sitting.council, starts_at)
    if timezone.localdate(starts_at) != rules.day_of(sitting):
        _expect_to_come(starts_at, at)
        sitting.attendances.all().delete()
    if sitting.kind == SittingKind.WRITTEN:
        _check_until(starts_at, until)
    else:
        until = sitting.until
    before = (_minute(sitting.starts_at), sitting.place, sitting.until)
    if before == (_minute(starts_at), place.strip(), until):
        raise Refused(
            "nothing_moved",
            _("Lịch chưa có gì thay đổi. Hãy ghi ngày, giờ, địa điểm hoặc hạn khác."),
        )
    sitting.starts_at, sitting.place, sitting.until = starts_at, place.strip(), until
    _store(sitting)
    obstacles.look(sitting, at=at)
    record(actor, "councils.sitting_moved", sitting, at=at, reason=reason.strip())
    notices.moved(sitting=sitting, at=at)
    return sitting


@action("councils.cancel_sitting")
def cancel_sitting(*, actor: Actor, sitting: Sitting, reason: str, at: datetime) -> Sitting:
    """Cancel a sitting; its cases are free for another. Refused when one is concluded already."""
    require(actor, rules.may_plan_sitting, sitting)
    needs_reason(reason)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "cancel_sitting")
    if sitting.items.filter(state=ItemState.CONCLUDED).exists():
        raise Refused(
            "concluded",
            _("Phiên đã có kết luận, không hủy được. Hãy đưa sản phẩm còn lại ra rồi kết thúc."),
        )
    queries.unfinished(sitting).update(state=ItemState.TAKEN_OFF, off_reason=_("Phiên họp bị hủy"))
    sitting.state = SittingState.CANCELLED
    sitting.save(update_fields=["state"])
    record(actor, "councils.sitting_cancelled", sitting, at=at, reason=reason.strip())
    notices.cancelled(sitting=sitting, reason=reason.strip(), at=at)
    return sitting


@action("councils.open_sitting")
def open_sitting(*, actor: Actor, sitting: Sitting, at: datetime) -> Sitting:
    """Open a sitting. Written opinions can be given from then on.

    Conflicts of interest are looked for once more; a case in which a new one warns waits, also for
    written opinions, until it is settled. Refused: before its day, without the quorum and the chair
    (working rules of the council), with an empty agenda, with conflicts that nobody settled when
    opinions are given in writing.
    """
    require(actor, rules.may_steer, sitting)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "open_sitting")
    if timezone.localdate(at) < rules.day_of(sitting):
        raise Refused(
            "before_its_day",
            _("Phiên này họp ngày %s. Hãy đổi lịch nếu họp sớm hơn.")
            % write_date(rules.day_of(sitting)),
        )
    items = list(queries.unfinished(sitting).select_related("case"))
    if not items:
        raise Refused("empty_agenda", _("Chương trình họp chưa có sản phẩm nào."))
    if sitting.kind == SittingKind.WRITTEN:
        expect_settled(sitting, [item.case for item in items])
    else:
        _expect_quorum(sitting)
    warned = {
        found.case_id
        for found in obstacles.look(sitting, at=at)
        if found.state == ObstacleState.WARNED
    }
    if sitting.kind == SittingKind.WRITTEN:
        queries.unfinished(sitting).exclude(case__in=warned).update(state=ItemState.SCORING)
    sitting.state, sitting.opened_at = SittingState.OPEN, at
    sitting.save(update_fields=["state", "opened_at"])
    record(actor, "councils.sitting_opened", sitting, at=at)
    return sitting


@action("councils.close_sitting")
def close_sitting(
    *,
    actor: Actor,
    sitting: Sitting,
    at: datetime,
    minutes_number: str = "",
    minutes_on: date | None = None,
) -> Sitting:
    """Close a sitting, with the number and day of its minutes.

    Refused while a case is neither concluded nor taken off, without the number of the minutes
    where the council decided on a case, with the number of another sitting of the same council and
    year, and for minutes of a day before it did or to come.
    """
    require(actor, rules.may_steer, sitting)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "close_sitting")
    expect_finished(actor, sitting)
    expect_day(sitting, minutes_on, at=at)
    if minutes_number.strip() or _decided(sitting):
        expect_number(sitting, minutes_number, minutes_on)
    sitting.state, sitting.closed_at = SittingState.CLOSED, at
    sitting.minutes_number, sitting.minutes_on = minutes_number.strip(), minutes_on
    fits(sitting)
    sitting.save()
    record(actor, "councils.sitting_closed", sitting, at=at)
    return sitting


def expect_finished(actor: Actor, sitting: Sitting) -> None:
    """Refuse while a case is neither concluded nor taken off.

    Those from which the actor is recused are not counted: somebody else has to conclude them.
    """
    left = queries.unfinished(sitting)
    if seen := queries.items_visible_to(actor).filter(pk__in=left.values("pk")).count():
        raise Refused(
            "items_open",
            _("Còn %d sản phẩm chưa kết luận. Hãy kết luận hoặc đưa ra khỏi phiên trước.") % seen,
        )
    if left.exists():
        raise Refused(
            "items_open",
            _(
                "Phiên còn việc chưa xong mà bạn không tham gia đánh giá. Hãy nhờ người điều hành "
                "khác (Chủ tịch, Phó Chủ tịch, thư ký) kết luận, hoặc Văn phòng Điều phối đưa ra "
                "khỏi phiên, rồi kết thúc."
            ),
        )


def _decided(sitting: Sitting) -> bool:
    """Whether the council came to a result here; a first pass only finds gaps."""
    return sitting.passing == 2 and sitting.items.filter(state=ItemState.CONCLUDED).exists()


def expect_settled(sitting: Sitting, cases: Iterable[Case]) -> None:
    """Refuse while warnings of conflict wait for the chair. How many is not said: some may be of
    cases from which who opens is recused."""
    if obstacles.unsettled(sitting, cases):
        raise Refused(
            "conflicts_unsettled",
            _("Còn cảnh báo xung đột lợi ích chưa xem xét. Hãy xem xét trước khi chấm."),
        )


def _expect_quorum(sitting: Sitting) -> None:
    there = progress.quorum(sitting)
    if there.present < there.needed:
        raise Refused(
            "no_quorum",
            _(
                "Mới có %(present)d trên %(seats)d thành viên có mặt, cần ít nhất %(needed)d. "
                "Hãy ghi điểm danh hoặc đổi lịch."
            )
            % {"present": there.present, "seats": there.seats, "needed": there.needed},
        )
    if not there.reached:
        raise Refused("no_chair", _("Chủ tịch hội đồng chưa có mặt. Hãy chờ hoặc đổi lịch họp."))


def _check_day(council: Council, starts_at: datetime) -> None:
    day = timezone.localdate(starts_at)
    if day < council.decided_on:
        message = _("Phiên họp không thể trước ngày quyết định thành lập hội đồng.")
        raise Refused("before_council", message, fields={"starts_at": [message]})
    if (day - council.decided_on).days > _LONGEST_COUNCIL:
        message = _("Ngày họp sau quyết định thành lập hội đồng hơn 20 năm. Hãy xem lại năm.")
        raise Refused("year_unlikely", message, fields={"starts_at": [message]})
    if council.dissolved_on is not None and day >= council.dissolved_on:
        raise Refused("council_dissolved", _("Hội đồng này đã giải thể."))


def _expect_to_come(starts_at: datetime, at: datetime) -> None:
    """Refuse a day that is over: what happens at a sitting bears the day on which it is noted, and
    minutes of an earlier day would contradict themselves."""
    if timezone.localdate(starts_at) < timezone.localdate(at):
        message = _("Ngày bắt đầu đã qua. Hãy ghi hôm nay hoặc một ngày sau đó.")
        raise Refused("day_over", message, fields={"starts_at": [message]})


def _check_until(starts_at: datetime, until: date | None) -> None:
    if until is None or until < timezone.localdate(starts_at):
        message = _("Hãy ghi hạn gửi ý kiến, không trước ngày bắt đầu.")
        raise Refused("until_missing", message, fields={"until": [message]})
    last = timezone.localdate(starts_at) + timedelta(days=LONGEST_DAYS)
    if until > last:
        message = _(
            "Đánh giá lại phải xong trong %(days)d ngày từ khi hồ sơ đầy đủ (Quyết định "
            "26/2026/QĐ-TTg): hạn gửi ý kiến không được sau %(last)s."
        ) % {"days": LONGEST_DAYS, "last": write_date(last)}
        raise Refused("until_late", message, fields={"until": [message]})


def _minute(moment: datetime) -> datetime:
    """A time as people read it."""
    return moment.replace(second=0, microsecond=0)
