"""Writes of the register."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from ocop.core import attachments, filetypes
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import file_showing, last_day_notices, rules, signatures
from ocop.recognition.annulling import annul
from ocop.recognition.authority import Level
from ocop.recognition.carrying import take_place
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.competence import expect_of_here
from ocop.recognition.decisions import Paper, Result, decision_of, rows_of
from ocop.recognition.elsewhere import (
    appeal_revocation,
    restore_revoked,
    revoke,
    withdraw_restoration,
    withdraw_revocation,
)
from ocop.recognition.lifting import lift_evidence
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.publication import (
    come_before_public,
    publish_decision,
    show_decision_file,
)
from ocop.recognition.revoking import state_of
from ocop.recognition.standing import ruling_of
from ocop.recognition.validity import State, last_extension_day

__all__ = [
    "Paper",
    "Result",
    "annul",
    "appeal_revocation",
    "attach_decision",
    "complete_decision",
    "confirm_extension",
    "issue_certificates",
    "lift_evidence",
    "publish_decision",
    "record_decision",
    "restore_revoked",
    "revoke",
    "show_decision_file",
    "withdraw_restoration",
    "withdraw_revocation",
]

_DAY = timedelta(days=1)
_PAPERS = frozenset({filetypes.PDF, filetypes.PNG, filetypes.JPEG, filetypes.WEBP})


@action("recognition.record_decision")
def record_decision(
    *,
    actor: Actor,
    paper: Paper,
    results: Sequence[Result],
    publish: bool = True,
    at: datetime,
) -> Decision:
    """Enter a signed decision with all products it recognises: all of them or nothing.

    Each is valid for 36 months from the day after signing. `publish`: they come before the public
    at once, and a product that was not in the programme is from now on; else both wait for
    `publication.publish_decision`.
    Refused: a malformed or known number, a day in the future, no legal version of that day, an
    empty list, a product twice, a star outside 3 to 5 or beyond the authority, a level that the
    authority's name or the number contradicts, a kind that contradicts the register.
    """
    require(actor, rules.may_record_decision)
    decision = decision_of(paper, publish=publish, today=timezone.localdate(at), at=at)
    rows = rows_of(decision, paper, results, at=at)
    decision.save()
    for row in rows:
        row.decision = decision
    rows = Recognition.objects.bulk_create(rows, batch_size=500)
    if publish:
        come_before_public(actor, decision, rows, at)
    record(
        actor,
        "recognition.decision_recorded",
        decision,
        at=at,
        change=_told(decision, len(rows)),
        also=_named(decision, rows),
    )
    if publish:
        take_place(actor, rows, at)
    return decision


@action("recognition.complete_decision")
def complete_decision(
    *,
    actor: Actor,
    decision: Decision,
    level: Level,
    results: Sequence[Result],
    reason: str,
    at: datetime,
) -> list[Recognition]:
    """Enter products that a decision recognises and that were left out when it was entered.

    Nothing that stands in the register changes. They are before the public if their decision is:
    then only the office's head adds them, and the public reads the day and the reason (see
    `additions`). Refused without a reason, for a record of a decision that was a mistake, and as a
    new decision would be.
    """
    require(actor, rules.may_record_decision)
    if not decision.awaits_publication:
        require(actor, rules.may_complete_published)
    needs_reason(reason)
    if decision.mistaken_on is not None:
        raise Refused(
            "decision_mistaken",
            _("Bản ghi quyết định này là ghi nhầm, đã đính chính. Hãy ghi lại quyết định đúng."),
        )
    paper = Paper(decision.number, decision.signed_on, decision.authority, level)
    made = rows_of(decision, paper, results, at=at)
    for row in made:
        row.decision = decision
    rows = Recognition.objects.bulk_create(made, batch_size=500)
    if not decision.awaits_publication:
        come_before_public(actor, decision, rows, at)
    record(
        actor,
        "recognition.decision_completed",
        decision,
        at=at,
        reason=reason.strip(),
        change=_told(decision, len(rows)),
        also=_named(decision, rows),
    )
    if not decision.awaits_publication:
        take_place(actor, rows, at)
    return rows


@action("recognition.attach_decision")
def attach_decision(
    *,
    actor: Actor,
    decision: Decision,
    content: bytes,
    filename: str,
    reason: str,
    public: bool = False,
    file_confirmed: bool = False,
    at: datetime,
) -> Decision:
    """Keep the signed file of a decision, and what its digital signatures come to. `public`: it
    stands on the decision's public page. What the evidence is worth changes by `lifting` only.

    Refused: another file in the place of one that is there without a reason, the same file again,
    a type that is none of a paper's, and as `show_decision_file` says of what is to be public.
    """
    require(actor, rules.may_record_decision)
    check_text(reason, "reason")
    if decision.attachment_id is not None:
        needs_reason(reason)
    kept = attachments.store(content, filename=filename, at=at)
    if kept.media_type not in _PAPERS:
        raise _refuse("file", _("Hãy gửi quyết định dạng PDF hoặc ảnh quét."))
    if kept.pk == decision.attachment_id:
        raise _refuse("file", _("Tệp này đã có ở quyết định."))
    signed = signatures.looked_at(content)
    if public:
        file_showing.expect_showable(signed, confirmed=file_confirmed)
    decision.attachment = kept
    decision.signatures = signed.as_json()
    decision.file_public = public
    decision.save(update_fields=["attachment", "signatures", "file_public"])
    record(
        actor,
        "recognition.decision_attached",
        decision,
        at=at,
        reason=reason.strip(),
        change={"sha256": kept.sha256, "public": public},
    )
    return decision


@action("recognition.confirm_extension")
def confirm_extension(
    *, actor: Actor, recognition: Recognition, last_day: date, reason: str, at: datetime
) -> Recognition:
    """Keep a star past its end until the authority decides (Art. 12.3).

    Only where the filing window was missed, with a reason and a last day at most 180 days past
    the end; the producer stays liable. Refused otherwise, when it is extended already or the
    re-evaluation was refused (the authority has decided), and when another recognition rules the
    product or none does: there is no star to keep; a star of another province.
    """
    require(actor, rules.may_end_recognition, recognition)
    expect_of_here(recognition)
    needs_reason(reason)
    today = timezone.localdate(at)
    _check_rules(recognition, today)
    if recognition.extended_until is not None:
        raise _extension_had(recognition, recognition.extended_until)
    state = state_of(recognition, today)
    expires_on = recognition.expires_on
    if expires_on is None or state not in (State.WINDOW_MISSED, State.EXTENSION_UNCONFIRMED):
        raise Refused(
            "extension_state",
            _("Chỉ kéo dài được khi đã quá hạn nộp hồ sơ và chưa quá 180 ngày sau ngày hết hạn."),
        )
    after = state_of(recognition, expires_on + _DAY)
    if after is not State.EXTENSION_UNCONFIRMED:
        raise Refused(
            "extension_not_covered",
            _(
                "Khoản 3 Điều 12 là quy định chuyển tiếp, không áp dụng cho giấy chứng nhận này. "
                "Văn phòng có thể đổi cách hiểu ở trang Thiết lập."
            ),
        )
    latest = last_extension_day(expires_on)
    if expires_on < last_day < today:
        raise _refuse(
            "last_day",
            _("Ngày kéo dài đã qua. Hãy ghi từ hôm nay %(today)s đến %(latest)s.")
            % {"today": write_date(today), "latest": write_date(latest)},
        )
    if not max(today, expires_on + _DAY) <= last_day <= latest:
        raise _refuse(
            "last_day",
            _("Ngày kéo dài phải sau ngày hết hạn và không quá %s.") % write_date(latest),
        )
    changed = Recognition.objects.filter(pk=recognition.pk, extended_until=None).update(
        extended_until=last_day, extension_reason=reason.strip()
    )
    if not changed:
        now = Recognition.objects.values_list("extended_until", flat=True).get(pk=recognition.pk)
        raise _extension_had(recognition, now)
    recognition.extended_until, recognition.extension_reason = last_day, reason.strip()
    record(
        actor,
        "recognition.extension_confirmed",
        recognition,
        recognition.product,
        at=at,
        reason=reason.strip(),
        change={"until": str(last_day)},
    )
    last_day_notices.extended(recognition=recognition, at=at)
    return recognition


def _told(decision: Decision, rows: int) -> dict[str, object]:
    """What an event says of rows that came with a decision; the public log reads `awaits`."""
    return {"rows": rows, **({"awaits": True} if decision.awaits_publication else {})}


def _named(decision: Decision, rows: Sequence[Recognition]) -> list[tuple[str, int]]:
    """What an event about new rows names. A product's activity is read by more people than the
    office: before the publication it says nothing."""
    products = [] if decision.awaits_publication else [("product", row.product_id) for row in rows]
    return [*(("recognition", row.pk) for row in rows), *products]


def _check_rules(recognition: Recognition, today: date) -> None:
    ruling = ruling_of(recognition.product_id, today)
    if ruling is None:
        raise Refused(
            "extension_not_ruling",
            _(
                "Lần công nhận này chưa có giá trị (chưa công bố, mới là đề nghị hoặc đã bị hủy) "
                "nên không có hạng sao để kéo dài."
            ),
        )
    if ruling.pk != recognition.pk:
        raise Refused(
            "extension_replaced",
            _(
                "Hạng sao của sản phẩm hiện theo lần công nhận khác (%d sao) nên không kéo dài "
                "lần này. Nếu cần, hãy kéo dài lần công nhận đó."
            )
            % ruling.stars,
        )


def _extension_had(recognition: Recognition, until: date | None) -> Refused:
    """Why a star is not extended again: it was once, or the authority has decided (see
    `extending`), and Art. 12.3 keeps it until then and no longer."""
    expires_on = recognition.expires_on
    if until and expires_on and until > expires_on:
        return Refused(
            "already_extended",
            _("Giấy chứng nhận này đã được kéo dài đến hết ngày %s và không kéo dài lần nữa.")
            % write_date(until),
        )
    return Refused(
        "extension_decided",
        _(
            "Hồ sơ đánh giá lại của hạng sao này đã có kết quả không công nhận. Khoản 3 Điều 12 "
            "chỉ giữ giấy chứng nhận đến khi cơ quan có thẩm quyền quyết định nên không kéo dài "
            "được nữa. Chủ thể cần nộp hồ sơ đánh giá lại mới."
        ),
    )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
