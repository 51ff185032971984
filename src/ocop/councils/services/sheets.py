"""Writes of councils: a member's own sheet, filled with and without a network, and given in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import lifecycle, merging, notices, rules
from ocop.councils.merging import Change, Content
from ocop.councils.models import (
    Attendance,
    Item,
    Seat,
    Sheet,
    SheetState,
    Sitting,
    SittingKind,
    SittingState,
)
from ocop.councils.queries import progress
from ocop.councils.services import filled, opinions, steps
from ocop.criteria import queries as criteria
from ocop.criteria import scoring

LONGEST_COMMENT = 2000  # characters of a comment on one criterion
LONGEST_OPINION = 10_000  # characters

__all__ = ["Change", "Saved", "reopen_sheet", "save_marks", "submit_sheet"]


@dataclass(frozen=True, slots=True)
class Saved:
    """The sheet after a save and what it holds now: the client takes this over.

    `overtaken`: what was sent and lost to a newer change that had come before.
    """

    sheet: Sheet
    content: Content
    overtaken: tuple[str, ...]


@action("councils.save_marks")
def save_marks(
    *,
    actor: Actor,
    item: Item,
    changes: Mapping[str, Change],
    at: datetime,
    gates: Mapping[str, bool | None] | None = None,
    opinion: str | None = None,
    rescoring_reason: str | None = None,
    wants_meeting: bool | None = None,
    stamp: int | None = None,
    version: str = "",
    attempt: int | None = None,
) -> Saved:
    """Merge what a member wrote into the own sheet, mark by mark: the newest stamp wins.

    Stamps are the client's milliseconds since 1970; `stamp` is that of gates, opinion, reason and
    wish, and of marks without their own; without any it is said now and wins. Nothing that was
    saved is lost by a late or repeated sending. `version` is the `sha256` of the criteria set and
    `attempt` the attempt that the client filled, where it tells them. Refused: who has no seat or
    is recused, a sheet given in or typed from paper, a case that is not being scored, another
    version or attempt, an unknown criterion or gate, points that are no level, an opinion or a
    reason that is too long.
    """
    require(actor, rules.may_score, item)
    item = (
        Item.objects.select_related("sitting__council", "case__version")
        .defer("case__version__content")
        .get(pk=item.pk)
    )
    seat = _own_seat(actor, item)
    _expect_same(item, version, attempt)
    _expect_scoring(item)
    _expect_present(item.sitting, seat)
    _check_sent(item, changes, gates or {})
    expect_brief(opinion or "")
    check_text(rescoring_reason or "", "rescoring_reason")
    sheet = _held_sheet(item, seat, at)
    _expect_draft(sheet)
    sent = merging.brought(
        changes,
        gates or {},
        {
            merging.OPINION: opinion,
            merging.REASON: rescoring_reason,
            merging.WANTS_MEETING: wants_meeting,
        },
        stamp=stamp,
        latest=int(at.timestamp() * 1000),
        kept=sheet.stamps,
        comments=sheet.comments,
    )
    before = merging.entries_of(content_of(sheet))
    merged = merging.merge(before, sent)
    content = merging.content_of(merged)
    overtaken = tuple(sorted(key for key, entry in sent.items() if merged[key] != entry))
    if sheet.paper or _values(merged) != _values(before):
        _write(sheet, content)
        record(
            actor,
            "councils.marks_saved",
            sheet,
            at=at,
            change={"revision": sheet.revision, "marked": len(sheet.marks)},
        )
    elif merged != before:  # the same said again, later: only its time is new
        sheet.stamps = dict(content.stamps)
        sheet.save(update_fields=["stamps"])
    return Saved(sheet, content, overtaken)


@action("councils.submit_sheet")
def submit_sheet(*, actor: Actor, item: Item, at: datetime) -> Sheet:
    """Give in the own sheet; from then on it is fixed. A repeated submit is no error.

    Refused: criteria without a mark and conditions without an answer (named), a second attempt
    whose marks differ from the first without a reason, and all that `save_marks` refuses.
    """
    require(actor, rules.may_submit_sheet, item)
    item = steps.locked_item(item)
    seat = _own_seat(actor, item)
    sheet = item.sheets.select_for_update().filter(seat=seat, attempt=item.attempt).first()
    if sheet is not None and sheet.state == SheetState.SUBMITTED:
        return sheet
    require(actor, rules.may_submit_sheet, item)  # a conflict may have come between
    _expect_scoring(item)
    _expect_present(item.sitting, seat)
    if sheet is None:
        raise Refused("sheet_empty", _("Bạn chưa chấm tiêu chí nào của sản phẩm này."))
    _expect_draft(sheet)
    filled.expect_filled(item, sheet)
    _expect_reason(item, sheet)
    give_in(item, sheet, at=at)
    record(actor, "councils.sheet_submitted", sheet, item, at=at)
    return sheet


@action("councils.reopen_sheet")
def reopen_sheet(*, actor: Actor, sheet: Sheet, reason: str, at: datetime) -> Sheet:
    """Give a sheet back to its member, with the reason. Only who presides may.

    What was handed in is kept beside, as often as that happens, and another mark then needs the
    member's reason, each time a new one. Refused
    without a reason, for a sheet that is not in, of an earlier attempt, once the case is concluded,
    and when all are in with a spread beyond the limit: then all mark again, nobody alone. So are
    written opinions that differ: then the council meets.
    """
    require(actor, rules.may_reopen, sheet)
    needs_reason(reason)
    item = steps.locked_item(sheet.item)
    steps.expect_item(item, "reopen_sheet")
    if sheet.attempt != item.attempt:
        raise Refused("other_attempt", _("Phiếu này thuộc lần chấm trước, không mở lại được."))
    opinions.expect_no_meeting(item, at)
    if progress.item_progress(item).over_limit:
        message = _("Điểm các thành viên chênh lệch quá giới hạn: hãy cho cả hội đồng chấm lại.")
        raise Refused("spread_rescore", message)
    held = Sheet.objects.select_for_update().get(pk=sheet.pk)
    before = _as_handed_in(held) | {
        "reopened_reason": reason.strip(),
        "before": held.reopened_from,
    }
    reopened = Sheet.objects.filter(pk=sheet.pk, state=SheetState.SUBMITTED).update(
        state=SheetState.DRAFT,
        reopened_reason=reason.strip(),
        reopened_from=before,
        rescoring_reason="" if held.reopened_from else held.rescoring_reason,  # that of last time
        submitted_at=None,
        total=None,
        confirmed_by=None,
    )
    if not reopened:
        raise Refused("not_submitted", _("Phiếu này chưa nộp nên không cần mở lại."))
    sheet.refresh_from_db()
    record(actor, "councils.sheet_reopened", sheet, item, at=at, reason=reason.strip())
    notices.reopened(sheet=sheet, reason=reason, at=at)
    return sheet


def content_of(sheet: Sheet) -> Content:
    """What stands on a sheet."""
    return Content(
        sheet.marks,
        sheet.comments,
        sheet.gates,
        sheet.stamps,
        sheet.opinion,
        sheet.rescoring_reason,
        sheet.wants_meeting,
    )


def give_in(item: Item, sheet: Sheet, *, at: datetime) -> None:
    """Fix a sheet with the total it comes to under the council's answers to the conditions."""
    sheet.state, sheet.submitted_at = SheetState.SUBMITTED, at
    sheet.total = total_of(item, sheet.marks)
    fits(sheet)
    sheet.save()


def total_of(item: Item, marks: Mapping[str, int]) -> Decimal:
    """The total of one sheet as `assess` counts it."""
    criteria_set = criteria.set_of(item.case.version)
    return Decimal(scoring.score(criteria_set, marks, gates=item.gates, dependent=True).total)


def recount(item: Item) -> None:
    """Bring the totals of the sheets that count up to the council's answers to conditions."""
    for sheet in progress.counted_sheets(item):
        total = total_of(item, sheet.marks)
        if total != sheet.total:  # no evidence, no points: for everybody
            Sheet.objects.filter(pk=sheet.pk).update(total=total)


def expect_brief(opinion: str) -> None:
    """Refuse an opinion that no printed sheet can hold."""
    if len(opinion) > LONGEST_OPINION:
        message = _("Ý kiến dài quá %d ký tự. Hãy viết ngắn lại.") % LONGEST_OPINION
        raise Refused("opinion_too_long", message, fields={"opinion": [message]})


def carry_over(sheets: list[Sheet], item: Item, attempt: int, *, at: datetime) -> None:
    """Give the members of these sheets new drafts that begin with the same marks."""
    Sheet.objects.bulk_create(
        [
            Sheet(
                item=item,
                seat_id=sheet.seat_id,
                attempt=attempt,
                marks=sheet.marks,
                comments=sheet.comments,
                gates=sheet.gates,
                opinion=sheet.opinion,
                created_at=at,
            )
            for sheet in sheets
        ]
    )


def differs_from_before(item: Item, sheet: Sheet) -> bool:
    """Whether the member gives other marks than the last time in an attempt before."""
    before = (
        item.sheets.filter(seat=sheet.seat, attempt__lt=item.attempt, state=SheetState.SUBMITTED)
        .order_by("attempt")
        .last()
    )
    return before is not None and before.marks != sheet.marks


def _check_sent(
    item: Item, changes: Mapping[str, Change], gates: Mapping[str, bool | None]
) -> None:
    """Refuse what no sheet of this set can hold; a mark taken back counts as 0."""
    criteria_set = criteria.set_of(item.case.version)
    scoring.check_marks(
        criteria_set,
        {code: 0 if each.points is None else each.points for code, each in changes.items()},
    )
    scoring.check_answers(criteria_set, dict.fromkeys(gates, False))
    scoring.check_given(criteria_set, {key: yes for key, yes in gates.items() if yes is not None})
    for code, each in changes.items():
        message = None
        if len(each.comment or "") > LONGEST_COMMENT:
            message = _("Nhận xét dài quá %d ký tự. Hãy viết ngắn lại.") % LONGEST_COMMENT
        elif folding.is_unreadable(each.comment or ""):
            message = _("Nhận xét có ký tự không đọc được. Hãy xóa rồi gõ lại.")
        if message is not None:
            raise Refused("comment_unfit", message, fields={code: [message]})


def _own_seat(actor: Actor, item: Item) -> Seat:
    seat = rules.seat_of(actor, item.sitting.council, rules.day_of(item.sitting))
    if seat is None:
        raise steps.not_yours()
    return seat


def _held_sheet(item: Item, seat: Seat, at: datetime) -> Sheet:
    """The seat's sheet of this attempt, held until the write ends; a new one for the first mark."""
    Sheet.objects.get_or_create(
        item=item, seat=seat, attempt=item.attempt, defaults={"created_at": at}
    )
    return Sheet.objects.select_for_update().get(item=item, seat=seat, attempt=item.attempt)


def _values(entries: merging.Entries) -> dict[str, Any]:
    return {key: entry.value for key, entry in entries.items()}


def _as_handed_in(sheet: Sheet) -> dict[str, Any]:
    """A sheet as it was handed in, whole: its member may change every part after reopening."""
    return {
        "marks": sheet.marks,
        "total": None if sheet.total is None else str(sheet.total),
        "comments": sheet.comments,
        "gates": sheet.gates,
        "opinion": sheet.opinion,
        "rescoring_reason": sheet.rescoring_reason,
        "submitted_at": sheet.submitted_at.isoformat() if sheet.submitted_at else None,
        "scan": sheet.scan_id,
        "entered_by": sheet.entered_by,
        "confirmed_by": sheet.confirmed_by,
    }


def _write(sheet: Sheet, content: Content) -> None:
    sheet.marks, sheet.comments = dict(content.marks), dict(content.comments)
    sheet.gates, sheet.stamps = dict(content.gates), dict(content.stamps)
    sheet.opinion, sheet.rescoring_reason = content.opinion, content.rescoring_reason
    sheet.wants_meeting = content.wants_meeting
    sheet.paper, sheet.entered_by = False, None
    if sheet.reopened_from is None:  # else the signed paper still shows what was handed in first
        sheet.scan = None
    sheet.revision += 1
    fits(sheet)
    sheet.save()


def _expect_scoring(item: Item) -> None:
    if item.sitting.state != SittingState.OPEN or item.state not in lifecycle.SCORED:
        raise Refused(
            "not_scoring",
            _("“%(case)s” không ở lúc chấm (%(now)s). Điểm bạn ghi vẫn còn trên máy này.")
            % {"case": item.case, "now": item.get_state_display()},
        )


def _expect_present(sitting: Sitting, seat: Seat) -> None:
    if sitting.kind == SittingKind.WRITTEN:
        return
    if Attendance.objects.filter(sitting=sitting, seat=seat, present=False).exists():
        raise Refused(
            "noted_absent",
            _("Bạn đang được ghi vắng mặt ở phiên này. Hãy báo thư ký ghi lại điểm danh."),
        )


def _expect_draft(sheet: Sheet) -> None:
    if sheet.state == SheetState.SUBMITTED:
        raise Refused(
            "sheet_submitted",
            _("Phiếu đã nộp nên không sửa được. Hãy đề nghị Chủ tịch hội đồng cho mở lại."),
        )
    if sheet.state == SheetState.ENTERED:
        raise Refused(
            "sheet_on_paper",
            _("Phiếu giấy của bạn đã được nhập và đang chờ xác nhận. Hãy báo thư ký nếu cần sửa."),
        )


def _expect_same(item: Item, version: str, attempt: int | None) -> None:
    if version and version != item.case.version.sha256:
        raise Refused(
            "other_version",
            _("Phiếu này theo phiên bản khác của bộ tiêu chí. Hãy tải lại trang; điểm vẫn còn."),
        )
    if attempt is not None and attempt != item.attempt:
        raise Refused(
            "other_attempt",
            _("Hội đồng đã chuyển sang lần chấm thứ %d. Hãy tải lại trang để chấm tiếp.")
            % item.attempt,
        )


def _expect_reason(item: Item, sheet: Sheet) -> None:
    """Marks other than those handed in before have a reason (working rules of the council)."""
    if sheet.rescoring_reason.strip():
        return
    if sheet.reopened_from is not None and sheet.reopened_from["marks"] != sheet.marks:
        message = _("Bạn đã đổi điểm so với phiếu đã nộp. Hãy ghi lý do rồi nộp.")
        raise Refused("rescoring_reason", message, fields={"rescoring_reason": [message]})
    if differs_from_before(item, sheet):
        message = _("Bạn đã đổi điểm so với lần chấm trước. Hãy ghi lý do rồi nộp.")
        raise Refused("rescoring_reason", message, fields={"rescoring_reason": [message]})
