"""What the commune People's Committee does: Form 03, forward, return, ask for more (Art. 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused
from ocop.core.workdays import add_working_days
from ocop.criteria.queries import set_of
from ocop.dossiers import calendar, checklist, notices, rules
from ocop.dossiers.models import CommuneReport, Dossier, State, Supplement
from ocop.dossiers.queries import conclusions
from ocop.dossiers.services.checks import nothing_owed, stands
from ocop.dossiers.services.moving import move

RECEIVING_DAYS = options.declare(
    "dossiers.receiving_days",
    5,
    noop("Số ngày làm việc để cấp tỉnh tiếp nhận hồ sơ cấp xã chuyển lên"),
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60,
)
LONGEST_REASONS = 6_000  # characters of all that is to be mended
#: States in which somebody may ask the producer for more; in the last one only where the Ministry
#: gave the dossier back because something is missing.
ASKING = (
    State.AT_COMMUNE,
    State.FORWARDED,
    State.RECEIVED,
    State.EXAMINING,
    State.READY,
    State.CONCLUDED,
)


@dataclass(frozen=True, slots=True)
class Report:
    """Form 03 as the officer writes it; shapes as `CommuneReport` keeps them."""

    topics: Mapping[str, Mapping[str, Any]]
    checklist: Mapping[str, bool]
    conclusion: str = ""
    number: str = ""
    signer: str = ""
    signed_on: date | None = None


@action("dossiers.save_report")
def save_report(
    *, actor: Actor, dossier: Dossier, report: Report, revision: int, at: datetime
) -> CommuneReport:
    """Keep Form 03 and the checklist of a dossier that is at the commune, half done or done.

    `revision` is that of the report the officer had before the eyes (0: none yet). Refused: another
    officer changed it meanwhile, the dossier is elsewhere, a topic that Form 03 does not have.
    """
    require(actor, rules.is_commune_of, dossier)
    stands(dossier, State.AT_COMMUNE)
    row = CommuneReport.objects.filter(dossier=dossier).first() or CommuneReport(dossier=dossier)
    if row.revision != revision:
        raise Refused(
            "report_changed",
            _(
                "Người khác vừa sửa Mẫu số 03 của hồ sơ này. Những gì bạn viết chưa được lưu: hãy "
                "chép lại, tải lại trang rồi ghi tiếp."
            ),
        )
    row.topics, row.checklist = _topics(report.topics), _checklist(report.checklist)
    row.conclusion = report.conclusion.strip()
    row.number, row.signer = folding.clean(report.number), folding.clean(report.signer)
    if report.signed_on is not None and report.signed_on > timezone.localdate(at):
        raise _refuse("signed_on", _("Ngày ký không được sau hôm nay."))
    row.signed_on, row.revision = report.signed_on, revision + 1
    row.written_by, row.updated_at = actor.user_id, at
    fits(row)
    row.save()
    record(actor, "dossiers.report_saved", dossier, at=at, change={"revision": row.revision})
    return row


@action("dossiers.forward_dossier")
def forward_dossier(*, actor: Actor, dossier: Dossier, at: datetime) -> Dossier:
    """Send a complete dossier with Form 03 to the province.

    Refused: the dossier is elsewhere, Form 03 or the checklist has gaps, Form 03 is not numbered
    and signed, the producer still owes an answer.
    """
    require(actor, rules.is_commune_of, dossier)
    stands(dossier, State.AT_COMMUNE)
    expect_complete(dossier)
    due_on = add_working_days(timezone.localdate(at), RECEIVING_DAYS.get())
    move(dossier, "forward", at=at, due_on=due_on, forwarded_at=at)
    record(actor, "dossiers.dossier_forwarded", dossier, at=at)
    notices.forwarded(dossier=dossier, at=at)
    return dossier


def expect_complete(dossier: Dossier) -> None:
    """Refuse to forward as long as the producer owes an answer or Form 03 is not done."""
    nothing_owed(dossier)
    row = CommuneReport.objects.filter(dossier=dossier).first() or CommuneReport(dossier=dossier)
    gaps = checklist.gaps(set_of(dossier.version).sector, row.topics, row.checklist)
    if gaps:
        fields: dict[str, list[str]] = {}
        for gap in gaps:
            fields.setdefault(gap.field, []).append(gap.message)
        raise Refused("report_gaps", gaps[0].message, fields=fields)
    if not (row.number and row.signer and row.signed_on):
        raise _refuse(
            "number", _("Hãy ghi số, người ký và ngày ký của Mẫu số 03 rồi mới chuyển hồ sơ.")
        )
    if dossier.submitted_at and row.signed_on < timezone.localdate(dossier.submitted_at):
        raise _refuse("signed_on", _("Ngày ký Mẫu số 03 không được trước ngày chủ thể nộp hồ sơ."))


@action("dossiers.return_dossier")
def return_dossier(*, actor: Actor, dossier: Dossier, reasons: str, at: datetime) -> Dossier:
    """Give a dossier back to its producer with reasons; it can be corrected and filed again."""
    require(actor, rules.is_commune_of, dossier)
    give_back(actor, dossier, "return_by_commune", reasons, at=at)
    return dossier


@action("dossiers.ask_supplement")
def ask_supplement(
    *,
    actor: Actor,
    dossier: Dossier,
    wanted: str,
    criteria: Sequence[str] = (),
    days: int,
    at: datetime,
) -> Supplement:
    """Ask the producer for more within so many working days, at whatever step the dossier is.

    Refused: nothing said, a criterion the set does not have, no days or too many, a dossier that
    nobody examines now, a request still open.
    """
    require(actor, rules.may_ask_supplement, dossier)
    stands(dossier, *ASKING)
    expect_askable(dossier)
    if not wanted.strip():
        raise _refuse("wanted", _("Hãy ghi cần bổ sung những gì."))
    known = set_of(dossier.version).by_code
    if unknown := sorted(set(criteria) - set(known)):
        raise _refuse("criteria", _("Bộ tiêu chí không có tiêu chí %s.") % ", ".join(unknown))
    if not 1 <= days <= calendar.MOST_SUPPLEMENT_DAYS:
        raise _refuse(
            "days",
            _("Thời hạn bổ sung từ 1 đến %d ngày làm việc.") % calendar.MOST_SUPPLEMENT_DAYS,
        )
    row = Supplement(
        code=public_code(),
        dossier=dossier,
        step=dossier.state,
        wanted=wanted.strip(),
        criteria=[code for code in known if code in set(criteria)],
        due_on=add_working_days(timezone.localdate(at), days),
        asked_by=actor.user_id,
        asked_at=at,
    )
    fits(row)
    row.save()
    record(
        actor,
        "dossiers.supplement_asked",
        dossier,
        row,
        at=at,
        change={"criteria": row.criteria, "due_on": str(row.due_on)},
    )
    notices.asked(supplement=row, at=at)
    return row


def expect_askable(dossier: Dossier) -> None:
    """Refuse where the council has concluded and the Ministry wants nothing, or while an answer is
    owed."""
    if dossier.state == State.CONCLUDED and not conclusions.came_back_unexamined(dossier):
        raise Refused(
            "concluded",
            _(
                "Hội đồng đã kết luận nên không yêu cầu bổ sung nữa, trừ khi Bộ trả lại hồ sơ "
                "vì thiếu giấy tờ."
            ),
        )
    nothing_owed(dossier)


def give_back(actor: Actor, dossier: Dossier, name: str, reasons: str, *, at: datetime) -> None:
    """Return a dossier by one of the moves of the table and record why.

    Open requests for more fall with it: what was wanted stands in the reasons.
    """
    needs_reason(reasons, field="reasons", most=LONGEST_REASONS)
    step = dossier.state
    move(dossier, name, at=at)
    dossier.supplements.filter(answered_at=None).update(answered_at=at)
    record(
        actor,
        "dossiers.dossier_returned",
        dossier,
        at=at,
        reason=reasons.strip(),
        change={"from": step},
    )
    notices.returned(dossier=dossier, reason=reasons, at=at)


def _topics(given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    if unknown := sorted(set(given) - set(checklist.KEYS)):
        raise Refused("report_topic", _("Mẫu số 03 không có nội dung “%s”.") % ", ".join(unknown))
    kept: dict[str, dict[str, Any]] = {}
    for key, told in given.items():
        holds = told.get("holds")
        text = str(told.get("text") or "").strip()
        if holds is not None and not isinstance(holds, bool):
            raise Refused("report_topic", _("Mỗi nội dung chỉ nhận có hoặc không."))
        if folding.is_unreadable(text):
            raise _refuse(key, _("Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại."))
        kept[key] = {"holds": holds, "text": text}
    return kept


def _checklist(given: Mapping[str, bool]) -> dict[str, bool]:
    return {key: given.get(key) is True for key in checklist.ITEMS if key in given}


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"report_{field}", message, fields={field: [message]})
