"""Writes of councils: keeping a score workbook with what came of it."""

from collections.abc import Sequence
from datetime import datetime

from ocop.core import attachments
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import rules
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import to_json
from ocop.councils.queries import workbooks as queries
from ocop.councils.sheets import CellError

_SHOWN = 20  # errors named in a refusal; the page shows all


@action("councils.store_workbook")
def store_workbook(
    *, actor: Actor, title: str, content: bytes, filename: str, at: datetime
) -> ScoreWorkbook:
    """Keep a council's workbook with the results computed from it under the rules of today.

    Refused: no title or one too long, no workbook, any wrong cell. Unanswered criteria are no
    error: the result says that it is provisional.
    """
    require(actor, rules.may_store_workbook)
    if not title.strip():
        raise Refused("title_missing", _("Hãy ghi tên phiên họp hoặc đợt đánh giá."))
    preview = queries.preview(content)
    if preview.brought.errors:
        raise _wrong_cells(preview.brought.errors)
    workbook = ScoreWorkbook(
        title=title.strip(),
        outcome={
            "rules": {
                "spread_limit": str(preview.rules.spread_limit),
                "quorum_percent": preview.rules.quorum_percent,
                "minimums": preview.rules.minimums,
                "star_rule": preview.rules.star_rule,
            },
            "products": [to_json(outcome) for outcome in preview.outcomes],
        },
        created_by=actor.user_id,
        created_at=at,
    )
    fits(workbook)
    workbook.attachment = attachments.store(content, filename=filename, at=at)
    workbook.save()
    products = len(preview.outcomes)
    record(actor, "councils.workbook_stored", workbook, at=at, change={"products": products})
    return workbook


def _wrong_cells(errors: Sequence[CellError]) -> Refused:
    shown = [f"{error.cell}: {error.message}" for error in errors[:_SHOWN]]
    return Refused(
        "workbook_wrong_cells",
        _("Bảng có %d ô sai. Hãy sửa rồi nạp lại.") % len(errors),
        fields={"file": shown},
    )
