"""Writes of councils: signed paper sheets, typed by one person and confirmed by a second."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ocop.core import attachments, filetypes
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.models import Attachment
from ocop.core.refusals import Refused
from ocop.councils import notices, rules
from ocop.councils.models import Item, Seat, Sheet, SheetState, SittingKind
from ocop.councils.queries import councils
from ocop.councils.queries import sheets as queries
from ocop.councils.services import filled, sheets, steps
from ocop.criteria import queries as criteria
from ocop.criteria import scoring

#: A signed sheet as a scanner or a telephone gives it.
_SCANS = (filetypes.PDF, filetypes.JPEG, filetypes.PNG, filetypes.WEBP)


@dataclass(frozen=True, slots=True)
class Scan:
    """The scanned sheet as uploaded."""

    content: bytes
    filename: str


@action("councils.enter_paper_sheet")
def enter_paper_sheet(
    *,
    actor: Actor,
    item: Item,
    seat: Seat,
    marks: Mapping[str, int],
    gates: Mapping[str, bool],
    opinion: str,
    scan: Scan,
    at: datetime,
    rescoring_reason: str = "",
    reason: str = "",
    wants_meeting: bool = False,
) -> Sheet:
    """Type a member's signed sheet, with its scan; it counts when a second person confirmed it.

    Typed again before that, it replaces what was typed. A sheet begun on the screen and not given
    in is replaced only with the `reason` (a tablet that died), and kept whole beside: in the row of
    its member, not in the event, for nobody else reads a sheet before it is in.
    `wants_meeting`: the member asks in the written procedure for a meeting. `gates`: as they stand
    on the paper; one left open there is kept so.
    Refused: a scan that is neither PDF nor image, criteria without a mark, points that are no
    level, an opinion or a reason that is too long, other marks than in the attempt before without
    a reason, a member who is recused, the own sheet, and whoever has an own sheet to give still
    (it would no longer be blind).
    """
    require(actor, rules.may_handle_paper, item)
    item = steps.locked_item(item)
    _expect_hand(actor, item, seat)
    seats = councils.seats_on(item.sitting.council, rules.day_of(item.sitting))
    if seat not in seats or _away(item, seat):
        raise Refused(
            "not_judging", _("Người này không tham gia đánh giá sản phẩm này, không nhập phiếu.")
        )
    filled.expect_marks(item, marks)
    scoring.check_given(criteria.set_of(item.case.version), gates)
    sheets.expect_brief(opinion)
    check_text(rescoring_reason.strip(), "rescoring_reason")
    check_text(reason.strip(), "reason")
    sheet = item.sheets.select_for_update().filter(
        seat=seat, attempt=item.attempt
    ).first() or Sheet(item=item, seat=seat, attempt=item.attempt, created_at=at)
    if sheet.state == SheetState.SUBMITTED:
        raise Refused("sheet_submitted", _("Phiếu của người này đã nộp."))
    on_screen = _on_screen(sheet, reason)
    sheet.marks, sheet.gates, sheet.opinion = dict(marks), dict(gates), opinion.strip()
    sheet.comments, sheet.stamps, sheet.rescoring_reason = {}, {}, rescoring_reason.strip()
    if not sheet.rescoring_reason and sheets.differs_from_before(item, sheet):
        message = _(
            "Điểm trên phiếu này khác lần chấm trước. Hãy ghi lý do như trên phiếu; nếu phiếu chưa "
            "có, đề nghị thành viên ghi thêm và ký lại."
        )
        raise Refused("rescoring_reason", message, fields={"rescoring_reason": [message]})
    if on_screen:
        sheet.on_screen = on_screen
    sheet.wants_meeting = wants_meeting and item.sitting.kind == SittingKind.WRITTEN
    sheet.state, sheet.paper = SheetState.ENTERED, True
    sheet.entered_by, sheet.confirmed_by = actor.user_id, None
    sheet.scan = _kept(scan, at)
    sheet.revision += 1
    fits(sheet)
    sheet.save()
    record(
        actor,
        "councils.paper_sheet_entered",
        sheet,
        item,
        at=at,
        reason=reason.strip() if on_screen else "",
        change={"on_screen": True} if on_screen else {},
    )
    notices.paper_entered(sheet=sheet, at=at)
    return sheet


@action("councils.confirm_paper_sheet")
def confirm_paper_sheet(
    *,
    actor: Actor,
    sheet: Sheet,
    marks: Mapping[str, int],
    gates: Mapping[str, bool],
    opinion: str | None,
    rescoring_reason: str | None = None,
    wants_meeting: bool = False,
    at: datetime,
) -> Sheet:
    """Confirm a typed paper sheet by typing its marks and answers again; then it is in.

    `opinion` and `rescoring_reason`: the words that stand on the paper as read there, None while
    nobody has compared them. Refused: the person who typed it, whoever has an own sheet to give
    still, a sheet that does not wait or has no scan, any difference, naming the criteria and
    conditions and not what was typed, and, when those agree, words not read or other ones. That
    refusal says the typed words: handwriting is compared by reading it, not by typing it alike.
    """
    require(actor, rules.may_handle_paper, sheet.item)
    item = steps.locked_item(sheet.item)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    _expect_hand(actor, item, sheet.seat)
    if sheet.state != SheetState.ENTERED or sheet.attempt != item.attempt:
        raise Refused("not_waiting", _("Phiếu này không chờ xác nhận."))
    if sheet.entered_by == actor.user_id:
        raise Refused(
            "same_person", _("Người nhập phiếu không tự xác nhận. Hãy nhờ người thứ hai.")
        )
    if _away(item, sheet.seat):
        raise Refused("not_judging", _("Người này không còn tham gia đánh giá sản phẩm này."))
    if sheet.scan is None:
        raise Refused(
            "scan_missing",
            _("Phiếu này chưa có bản quét. Hãy nhập lại phiếu kèm bản quét phiếu đã ký."),
        )
    check_text(rescoring_reason or "", "rescoring_reason")
    filled.expect_marks(item, marks)
    _expect_same_numbers(item, sheet, marks, gates, wants_meeting)
    _expect_same_words(sheet, {"opinion": opinion, "rescoring_reason": rescoring_reason})
    sheet.confirmed_by = actor.user_id
    sheets.give_in(item, sheet, at=at)
    record(actor, "councils.paper_sheet_confirmed", sheet, item, at=at)
    return sheet


def _expect_same_numbers(
    item: Item,
    sheet: Sheet,
    marks: Mapping[str, int],
    gates: Mapping[str, bool],
    wants_meeting: bool,
) -> None:
    criteria_set = criteria.set_of(item.case.version)
    scoring.check_given(criteria_set, gates)
    points = sorted(code for code, given in marks.items() if sheet.marks.get(code) != given)
    answers = {
        gate.id: f"{gate.criterion} {gate.note}".strip()
        for gate in criteria_set.gates
        if sheet.gates.get(gate.id) != gates.get(gate.id)  # one that is not answered, too
    }
    places = [
        words % ", ".join(found)
        for words, found in (
            (_("tiêu chí: %s"), points),
            (_("điều kiện: %s"), list(answers.values())),
        )
        if found
    ]
    if sheet.wants_meeting != wants_meeting:
        places.append(_("đề nghị họp"))
    if places:
        message = _("Hai lần nhập khác nhau ở %s. Hãy xem lại phiếu giấy.") % "; ".join(places)
        fields = {code: [_("Khác lần nhập trước.")] for code in (*points, *answers)}
        raise Refused("paper_differs", message, fields=fields)


def _expect_same_words(sheet: Sheet, read: Mapping[str, str | None]) -> None:
    """Refuse words not compared with the paper yet; line ends are the browser's."""
    typed = words_of(sheet)
    other = [name for name, words in typed.items() if _even(read[name]) != words.split()]
    if other:
        labels = {"opinion": _("ý kiến"), "rescoring_reason": _("lý do chấm lại")}
        told = "; ".join(f"{labels[name]}: “{typed[name]}”" for name in typed)
        message = _(
            "Điểm và điều kiện khớp. Đã nhập %s. Hãy đối chiếu với phiếu giấy rồi xác nhận; nếu "
            "khác, hãy nhờ người nhập sửa lại."
        )
        again = _("Hãy đối chiếu với phiếu giấy rồi xác nhận.")
        raise Refused("words_unread", message % told, fields={name: [again] for name in other})


def words_of(sheet: Sheet) -> dict[str, str]:
    """What was typed of the words on a paper sheet; a first attempt needs no reason."""
    if sheet.attempt == 1 and not sheet.rescoring_reason:
        return {"opinion": sheet.opinion}
    return {"opinion": sheet.opinion, "rescoring_reason": sheet.rescoring_reason}


def _even(words: str | None) -> list[str] | None:
    return None if words is None else words.split()


def _on_screen(sheet: Sheet, reason: str) -> dict[str, Any]:
    """What the member wrote on the screen and did not give in; nothing where there is none.

    Refused without the reason why a paper replaces it.
    """
    if not queries.is_on_screen(sheet):
        return {}
    if not reason.strip():
        message = _(
            "Người này đang chấm trên máy. Hãy để người đó nộp phiếu trên máy; nếu không nộp được "
            "(máy hỏng, mất mạng), hãy ghi lý do nhập phiếu giấy thay thế."
        )
        raise Refused("sheet_on_screen", message, fields={"reason": [message]})
    needs_reason(reason)
    return asdict(sheets.content_of(sheet))


def _kept(scan: Scan, at: datetime) -> Attachment:
    """The scan, stored: nobody could show a signed sheet that is not kept."""
    try:
        if scan.content and filetypes.sniff(scan.content) not in _SCANS:
            raise Refused(
                "scan_kind",
                _("Bản quét phải là PDF hoặc ảnh. Hãy quét hay chụp phiếu đã ký rồi gửi lại."),
            )
        return attachments.store(scan.content, filename=scan.filename, at=at)
    except Refused as refused:
        raise Refused(refused.code, refused.message, fields={"scan": [refused.message]}) from None


def _expect_hand(actor: Actor, item: Item, seat: Seat) -> None:
    """Two persons, none of them the member, and none who still has to mark blind."""
    if actor.user_id is None:
        raise steps.not_yours()
    steps.expect_sitting(item.sitting, "score")
    steps.expect_item(item, "mark")
    if seat.user_id == actor.user_id:
        raise Refused("own_sheet", _("Hãy chấm phiếu của mình trên máy, hoặc nhờ người khác nhập."))
    if queries.owes_own_sheet(actor, item):
        raise Refused(
            "own_sheet_first",
            _("Hãy nộp phiếu của mình trước khi xem và nhập phiếu của người khác."),
        )


def _away(item: Item, seat: Seat) -> bool:
    return item.case.obstacles.filter(state="recused", seat__user=seat.user_id).exists()
