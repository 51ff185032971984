"""Writes of councils: keeping a score workbook with what came of it."""

from collections.abc import Sequence
from datetime import datetime

from ocop.core import attachments
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import queries, reading, rules
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import assess, to_json
from ocop.councils.sheets import CellError
from ocop.criteria.sets import load_set

_SHOWN = 20  # errors named in a refusal; the page shows all


@action("councils.store_workbook")
def store_workbook(
    *, actor: Actor, title: str, content: bytes, filename: str, at: datetime
) -> ScoreWorkbook:
    """Keep a council's workbook with the results computed from it under the rules of today.

    Refused: no title, no workbook, any wrong cell. Unanswered criteria are no error: the result
    says that it is provisional.
    """
    require(actor, rules.may_store_workbook)
    if not title.strip():
        raise Refused("title_missing", _("Hãy ghi tên phiên họp hoặc đợt đánh giá."))
    brought = reading.read(content, load_set)
    if brought.errors:
        raise _wrong_cells(brought.errors)
    working_rules = queries.working_rules()
    found = [assess(case, brought.members, working_rules) for case in brought.cases]
    workbook = ScoreWorkbook.objects.create(
        title=title.strip(),
        attachment=attachments.store(content, filename=filename, at=at),
        outcome={
            "rules": {
                "spread_limit": str(working_rules.spread_limit),
                "quorum_percent": working_rules.quorum_percent,
                "minimums": working_rules.minimums,
                "star_rule": working_rules.star_rule,
            },
            "products": [to_json(outcome) for outcome in found],
        },
        created_by=actor.user_id,
        created_at=at,
    )
    record(actor, "councils.workbook_stored", workbook, at=at, change={"products": len(found)})
    return workbook


def _wrong_cells(errors: Sequence[CellError]) -> Refused:
    shown = [f"{error.cell}: {error.message}" for error in errors[:_SHOWN]]
    return Refused(
        "workbook_wrong_cells",
        _("Bảng có %d ô sai. Hãy sửa rồi nạp lại.") % len(errors),
        fields={"file": shown},
    )
