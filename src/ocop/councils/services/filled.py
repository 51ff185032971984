"""What must stand on a sheet before it is in: every mark and, from a member, every answer."""

from collections.abc import Mapping

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils.models import Item, Sheet
from ocop.criteria import queries as criteria
from ocop.criteria import scoring
from ocop.criteria.sets import Gate


def expect_marks(item: Item, marks: Mapping[str, int]) -> None:
    """Refuse marks with a criterion unanswered, naming all of them.

    For paper: it is typed as it was signed, a condition left open there stays open.
    """
    criteria_set = criteria.set_of(item.case.version)
    scoring.check_marks(criteria_set, marks)
    _expect_nothing(scoring.unanswered(criteria_set, marks), [])


def expect_filled(item: Item, sheet: Sheet) -> None:
    """Refuse a member's own sheet with a criterion or a condition unanswered, naming all of them.

    A condition left open is neither a yes nor a no: nobody could say later what the member found.
    Those that follow from the marks are nobody's to answer (ADR 15).
    """
    criteria_set = criteria.set_of(item.case.version)
    scoring.check_marks(criteria_set, sheet.marks)
    _expect_nothing(
        scoring.unanswered(criteria_set, sheet.marks),
        scoring.open_conditions(criteria_set, sheet.gates),
    )


def _expect_nothing(codes: list[str], gates: list[Gate]) -> None:
    if not codes and not gates:
        return
    told = []
    if codes:
        told.append(
            _("Còn %(count)d tiêu chí chưa chấm: %(codes)s. Hãy chấm nốt rồi nộp.")
            % {"count": len(codes), "codes": ", ".join(codes)}
        )
    if gates:
        named = "; ".join(f"{gate.criterion} {gate.note}".strip() for gate in gates)
        told.append(
            _("Còn %(count)d điều kiện chưa trả lời: %(gates)s. Hãy trả lời rồi nộp.")
            % {"count": len(gates), "gates": named}
        )
    fields = {code: [_("Chưa chấm.")] for code in codes}
    fields |= {gate.id: [_("Chưa trả lời.")] for gate in gates}
    raise Refused("unanswered" if codes else "conditions_unanswered", " ".join(told), fields=fields)
