"""Writes of change requests: what a producer wants to change in a dossier that is filed."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import differences, lifecycle, notices, proposal_notices, rules
from ocop.dossiers.models import ChangeRequest, ChangeState, Dossier, Snapshot
from ocop.dossiers.queries import proposals
from ocop.dossiers.services import helping
from ocop.dossiers.services.completing import Proposed, expect_complete, parts_of
from ocop.dossiers.services.drafting import clean_changes, field_words
from ocop.dossiers.services.freezing import freeze


@action("dossiers.ask_change")
def ask_change(
    *,
    actor: Actor,
    dossier: Dossier,
    base: Snapshot,
    proposed: Proposed,
    reason: str,
    at: datetime,
) -> ChangeRequest:
    """Ask to change a filed dossier. `proposed` holds changed fields by part (answers, marks,
    gates, claims), written on the snapshot `base`.

    Refused: no reason, nothing changed, a base that is not the newest snapshot where it touches
    the same fields, a dossier not filed or already before the council, a second open request, a
    change that takes out what filing demands.
    """
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    needs_reason(reason)
    _needs_filed(dossier)
    if base.dossier_id != dossier.pk:
        raise Refused("other_dossier", _("Bản đã nộp này thuộc hồ sơ khác. Hãy tải lại trang."))
    changes = clean_changes(dossier, proposed)
    fields = differences.changed_fields(parts_of(dossier), changes)
    if not fields:
        raise Refused("nothing_changed", _("Chưa có gì thay đổi so với hồ sơ đã nộp."))
    _refuse_stale(dossier, base, changes)
    expect_complete(dossier, timezone.localdate(at), changes)
    row = ChangeRequest(
        code=public_code(),
        dossier=dossier,
        base=base,
        proposed=changes,
        reason=reason.strip(),
        asked_by=actor.user_id,
        asked_at=at,
    )
    fits(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(
            "change_open", _("Đang có một đề nghị thay đổi chờ xem xét. Hãy đợi trả lời.")
        ) from error
    record(
        actor,
        "dossiers.change_asked",
        dossier,
        row,
        at=at,
        reason=reason.strip(),
        change={
            "fields": sorted(fields),
            "base": base.number,
            **helping.acting(actor, dossier, "change", reason, at),
        },
    )
    notices.change_asked(change=row, at=at)
    return row


@action("dossiers.answer_change")
def answer_change(
    *, actor: Actor, change: ChangeRequest, accepted: bool, answer: str = "", at: datetime
) -> ChangeRequest:
    """Accept a change, which then stands in the dossier and in a new snapshot, or decline it with
    a reason. Refused: answered before, a declined one without a reason, an accepted one that the
    actor asked for, whose fields somebody changed since it was written, or with which the dossier
    would lack what filing demands."""
    dossier = Dossier.objects.select_for_update().get(pk=change.dossier_id)
    require(actor, rules.may_answer_change, dossier)
    if accepted:
        _refuse_own(actor, change)
    else:
        needs_reason(answer, field="answer")
    check_text(answer.strip(), "answer")
    expect_open(change, dossier)
    state = ChangeState.ACCEPTED if accepted else ChangeState.DECLINED
    facts = {
        "state": state,
        "answer": answer.strip(),
        "answered_by": actor.user_id,
        "answered_at": at,
    }
    if not ChangeRequest.objects.filter(pk=change.pk, state=ChangeState.ASKED).update(**facts):
        raise _answered()
    fields: list[str] = []
    if accepted:
        fields = _put_in(actor, dossier, change, at)
    for name, value in facts.items():
        setattr(change, name, value)
    record(
        actor,
        "dossiers.change_answered",
        dossier,
        change,
        at=at,
        reason=answer.strip(),
        change={"state": state, "fields": fields, "revision": dossier.revision},
    )
    notices.change_answered(change=change, at=at)
    if accepted:
        words = [field_words(dossier, field) for field in fields]
        outdated = proposals.is_outdated(dossier)
        proposal_notices.changed(change=change, fields=words, outdated=outdated, at=at)
    return change


def _put_in(actor: Actor, dossier: Dossier, change: ChangeRequest, at: datetime) -> list[str]:
    _refuse_stale(dossier, change.base, change.proposed)
    expect_complete(dossier, timezone.localdate(at), change.proposed)
    current = parts_of(dossier)
    fields = sorted(differences.changed_fields(current, change.proposed))
    for part, values in differences.apply(current, change.proposed).items():
        setattr(dossier, part, values)
    dossier.revision += 1
    dossier.save(update_fields=(*differences.PARTS, "revision"))
    behalf = change.reason if helping.asked_for_them(change) else ""
    freeze(actor, dossier, "changed", at, behalf=behalf)
    return fields


def expect_acceptable(actor: Actor, change: ChangeRequest, dossier: Dossier, on: date) -> None:
    """Refuse a request that this actor may only decline."""
    _refuse_own(actor, change)
    _refuse_stale(dossier, change.base, change.proposed)
    expect_complete(dossier, on, change.proposed)


def _refuse_own(actor: Actor, change: ChangeRequest) -> None:
    if rules.asked_itself(actor, change):
        raise Refused(
            "own_change",
            _("Đề nghị này do chính bạn gửi: người khác mới đồng ý được."),
        )


def expect_open(change: ChangeRequest, dossier: Dossier) -> None:
    """Refuse a request answered before, or that comes too late."""
    _needs_filed(dossier)
    if change.state != ChangeState.ASKED:
        raise _answered()


def _answered() -> Refused:
    return Refused("already_answered", _("Đề nghị này đã được trả lời. Hãy tải lại trang."))


def _needs_filed(dossier: Dossier) -> None:
    if dossier.state in lifecycle.WRITABLE:
        raise Refused("dossier_open_to_write", _("Hồ sơ chưa nộp: hãy sửa thẳng trong hồ sơ."))
    if dossier.state not in lifecycle.FILED:
        raise Refused(
            "too_late_to_change",
            _("Hồ sơ đã đến bước “%s” nên không thay đổi được nữa.") % dossier.get_state_display(),
        )


def _refuse_stale(dossier: Dossier, base: Snapshot, changes: Proposed) -> None:
    both = differences.clashes(base.content, parts_of(dossier), changes)
    if both:
        raise Refused(
            "changed_meanwhile",
            _("Các mục này đã thay đổi từ khi bạn viết đề nghị: %s. Hãy xem lại bản mới nhất.")
            % ", ".join(field_words(dossier, field) for field in both),
        )
