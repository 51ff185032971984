"""Taking back a decision that was entered wrongly and never came before the public."""

from datetime import datetime

from django.db.models import ProtectedError

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition import rules
from ocop.recognition.models import Decision, Recognition


@action("recognition.withdraw_decision")
def withdraw_decision(*, actor: Actor, decision: Decision, reason: str, at: datetime) -> int:
    """Take away an unpublished decision with all it recognises, and say how many that were.

    A wrong number or day is mended so: the number is free again, and the decision is entered anew.
    The event keeps what it said; the public log never had an entry. Nobody was told.
    Refused: without a reason, a decision that is published, one that an import speaks of or on
    which something rests already.
    """
    require(actor, rules.may_record_decision)
    needs_reason(reason)
    expect_unpublished(Decision.objects.select_for_update().get(pk=decision.pk))
    rows = list(
        Recognition.objects.filter(decision=decision).select_related("product").order_by("pk")
    )
    if any(row.batch_id is not None for row in rows):
        raise _used()
    record(
        actor,
        "recognition.decision_withdrawn",
        decision,
        at=at,
        reason=reason.strip(),
        change={
            "number": decision.number,
            "signed_on": str(decision.signed_on),
            "authority": decision.authority,
            "results": [[row.product.code, row.stars, row.kind] for row in rows],
        },
        also=[("recognition", row.pk) for row in rows],  # producers read a product's activity
    )
    try:
        Recognition.objects.filter(decision=decision).delete()
        Decision.objects.filter(pk=decision.pk).delete()
    except ProtectedError as error:
        raise _used() from error
    return len(rows)


def expect_unpublished(decision: Decision) -> None:
    """Refuse a decision that the public has seen."""
    if not decision.awaits_publication:
        raise Refused(
            "decision_published",
            _(
                "Quyết định này đã được công bố nên không rút lại được. Văn phòng ghi nhầm thì "
                "đính chính; kết quả mà cơ quan có thẩm quyền hủy thì ghi hủy kết quả."
            ),
        )


def _used() -> Refused:
    return Refused(
        "decision_used",
        _(
            "Đã có việc khác dựa vào quyết định này (lần nhập, hồ sơ) nên không rút lại được. Hãy "
            "hủy từng kết quả, có lý do."
        ),
    )
