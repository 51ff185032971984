"""The evidence of recognitions that were known from elsewhere, once their signed decision is here.

News (B1) and shops (C) tell of a decision; with its signed file an officer holds the rows against
the paper and says which of them stand there. Keeping the file alone changes nothing (ADR 28).
"""

from collections.abc import Sequence
from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition import kinds, rules
from ocop.recognition.models import Decision, Evidence, Recognition
from ocop.recognition.signatures import from_json
from ocop.recognition.validity import expiry_of

#: A proposal (B2) is no star: what was decided of it is entered with its decision.
LIFTED = (Evidence.B1, Evidence.C)
_COLUMNS = ("evidence", "valid_from", "expires_on")


@action("recognition.lift_evidence")
def lift_evidence(
    *, actor: Actor, decision: Decision, recognitions: Sequence[Recognition], at: datetime
) -> list[Recognition]:
    """Say that the signed file of a decision names these recognitions, product and star alike: from
    now on the decision is their evidence (A).

    A row without days gets those of the law: from the signing, 36 months from the day after.
    Refused: no file, a file that somebody changed after it was signed, no row, a row of another
    decision or one that is not known from news or a shop.
    """
    require(actor, rules.may_record_decision)
    check_file(decision)
    rows = list(
        Recognition.objects.filter(
            pk__in=[row.pk for row in recognitions], decision=decision, evidence__in=LIFTED
        ).order_by("pk")
    )
    if not rows or len(rows) != len({row.pk for row in recognitions}):
        raise Refused(
            "nothing_to_lift",
            _("Hãy chọn sản phẩm của quyết định này mà trước nay chỉ biết từ tin hoặc nguồn khác."),
        )
    dated = [row for row in rows if row.expires_on is None]
    before = {str(row.pk): row.evidence for row in rows}
    for row in dated:
        row.valid_from = row.valid_from or decision.signed_on
        row.expires_on = expiry_of(decision.signed_on)
    for row in rows:
        row.evidence = Evidence.A
    Recognition.objects.bulk_update(rows, _COLUMNS, batch_size=500)
    kinds.settle({row.product_id for row in rows})
    record(
        actor,
        "recognition.evidence_lifted",
        decision,
        at=at,
        change={
            "rows": len(rows),
            "before": before,
            "dated": [row.pk for row in dated],
            "sha256": decision.attachment.sha256 if decision.attachment else "",
        },
        also=[
            *(("recognition", row.pk) for row in rows),
            *(("product", row.product_id) for row in rows),
        ],
    )
    return rows


def check_file(decision: Decision) -> None:
    """Refuse a decision whose signed file is missing or was changed after it was signed."""
    if decision.attachment is None:
        raise Refused(
            "no_file", _("Chưa có tệp quyết định đã ký. Hãy gửi tệp trước rồi nâng mức bằng chứng.")
        )
    signed = from_json(decision.signatures)
    if signed is not None and any(not each.whole for each in signed.found):
        raise Refused(
            "file_changed",
            _("Tệp đã bị sửa sau khi ký nên không làm bằng chứng. Hãy gửi tệp nguyên vẹn."),
        )
