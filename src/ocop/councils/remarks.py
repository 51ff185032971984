"""What stands against a conclusion, in words for a sitting: why, and what to do next."""

from collections.abc import Sequence

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.councils.outcome import Case, Problem, ProductOutcome
from ocop.councils.queries.progress import Overruled
from ocop.councils.summary import problem_facts
from ocop.councils.working import CouncilRules
from ocop.councils.written import Difference, differing_gates


def problem_words(
    problem: Problem, outcome: ProductOutcome, rules: CouncilRules, left: Sequence[str] = ()
) -> str:
    """A problem of an outcome, with its numbers. `left`: who left, with an earlier sheet that
    counts."""
    words = _(_PROBLEMS[problem]) % problem_facts(outcome, rules)
    if problem is not Problem.SPREAD or not left:
        return words
    kept = _(
        "Phiếu đã nộp của người về sớm (%s) vẫn được tính. Nếu người đó trở lại, hãy cho chấm lại "
        "rồi ghi có mặt; nếu không, hãy đưa sản phẩm ra khỏi phiên để họp phiên khác."
    )
    return f"{words} {kept % ', '.join(left)}"


def unexplained_words(lacking: Sequence[Overruled]) -> str:
    """Conditions that the council answers against its members without a reason."""
    told = "; ".join(
        _("%(gate)s (%(yes)d người trả lời có, %(no)d người trả lời không)")
        % {
            "gate": f"{each.gate.criterion} {each.gate.note}".strip(),
            "yes": each.yes,
            "no": each.no,
        }
        for each in lacking
    )
    return (
        _(
            "Hội đồng trả lời khác thành viên ở điều kiện: %s. Hãy ghi lý do của hội đồng ở bước "
            "“Trả lời điều kiện”."
        )
        % told
    )


def difference_words(difference: Difference, case: Case) -> str:
    """Why written opinions do not settle a case; conditions that differ are named."""
    words = _(_DIFFERENCES[difference])
    if difference is not Difference.GATES:
        return words
    named = [f"{gate.criterion} {gate.note}".strip() for gate in differing_gates(case)]
    return words % {"gates": "; ".join(named)}


_PROBLEMS = {
    Problem.NO_SHEETS: noop("Chưa có phiếu nào được nộp."),
    Problem.UNANSWERED: noop("Còn tiêu chí chưa chấm: %(unanswered)s."),
    Problem.GATES_OPEN: noop(
        "Còn %(gates)d điều kiện hội đồng chưa trả lời. Hãy trả lời ở bước “Trả lời điều kiện”."
    ),
    Problem.SPREAD: noop(
        "Tổng điểm chênh nhau %(spread)s điểm, quá %(limit)s điểm. "
        "Hãy thảo luận và cho chấm lại, ghi lý do."
    ),
    Problem.QUORUM: noop(
        "Có %(marked)d trên %(members)d thành viên chấm, chưa đủ %(quorum)s theo quy chế."
    ),
    Problem.NO_CHAIR: noop("Chưa có phiếu của Chủ tịch hội đồng hoặc người chủ trì thay."),
    Problem.CHAIR_UNKNOWN: noop(
        "Hội đồng không có người chủ trì cho sản phẩm này. Hãy bổ sung Chủ tịch hoặc Phó Chủ tịch."
    ),
    Problem.LEVELS_DIFFER: noop(
        "Thành viên chấm khác nhau ở tiêu chí có mức tối thiểu: %(differing)s. "
        "Hãy ghi mức hội đồng thống nhất."
    ),
}
_DIFFERENCES = {
    Difference.STARS: noop("các phiếu dẫn tới hạng sao khác nhau"),
    Difference.SPREAD: noop("tổng điểm chênh nhau quá giới hạn"),
    Difference.GATES: noop("thành viên trả lời khác nhau về điều kiện (%(gates)s)"),
    Difference.COMPLEX: noop("có thành viên đề nghị họp"),
}
