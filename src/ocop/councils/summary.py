"""A council's results in words and cells: what the page, the workbook and the document share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.numbers import write_number, write_percent
from ocop.councils.outcome import Problem, ProductOutcome, WorkingRules, from_json
from ocop.criteria import scoring
from ocop.criteria.sets import load_set, titled

if TYPE_CHECKING:
    from ocop.councils.models import Item

_SHOWN = 2  # decimals of a mean; bands are tested unrounded


@dataclass(frozen=True, slots=True)
class Line:
    """One product in words, in the active language."""

    product: str
    criteria_set: str
    mean: str
    spread: str
    star: str
    remarks: Sequence[str]


def line_of(outcome: ProductOutcome, rules: WorkingRules, *, passing: int = 2) -> Line:
    """The result of a product as every page and paper tells it."""
    return Line(
        outcome.product,
        titled(outcome.set_number, outcome.set_name),
        "–" if outcome.mean is None else write_number(scoring.shown(outcome.mean), _SHOWN),
        "–" if outcome.spread is None else write_number(outcome.spread),
        conclusion_words(outcome, passing=passing),
        remarks_of(outcome, rules, passing=passing),
    )


def conclusion_words(outcome: ProductOutcome, *, passing: int = 2) -> str:
    """What a provincial council concludes: `4 sao`; `4 sao, tạm tính` while anything stands
    against it. A first pass ranks nothing, whatever the points."""
    if outcome.mean is None:
        return _("Chưa có kết quả")
    if passing == 1:
        return _("Chưa xếp hạng (lượt thứ nhất)")
    words = result_words(outcome)
    return words if outcome.is_final else _("%s, tạm tính") % words


def result_words(outcome: ProductOutcome) -> str:
    """What it comes to, once final: a star, or whether a sheet without stars is passed."""
    if outcome.passed is None:
        return star_words(outcome.star)
    points = write_number(outcome.pass_from or 0)
    words = _("Đạt (từ %s điểm)") if outcome.passed else _("Chưa đạt (dưới %s điểm)")
    return words % points


def passed_words(item: "Item") -> str:
    """The same of a concluded case on a sheet without stars; "" of one with stars."""
    if item.star is not None or not item.outcome:
        return ""
    found = from_json(item.outcome)
    return "" if found.passed is None else result_words(found)


def star_words(star: int | None) -> str:
    """A star as a provincial council gives it: five are the Ministry's to give."""
    if star is None:
        return _("Không xếp hạng")
    if star == scoring.CENTRAL:
        return _("Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao")
    if star < scoring.CERTIFIED:
        return _("%d sao (không cấp giấy chứng nhận)") % star
    return _("%d sao") % star


def remarks_of(outcome: ProductOutcome, rules: WorkingRules, *, passing: int = 2) -> list[str]:
    """What the council must know or do before the result stands, most weighty first. A first pass
    has no result that could stand: only what it found is told."""
    remarks = grounds_of(outcome)
    if passing == 1:
        return remarks
    if outcome.band == scoring.CENTRAL and scoring.CERTIFIED <= (outcome.star or 0) < outcome.band:
        remarks.append(_("Từ 90 điểm trở lên: trình Bộ đánh giá, kết quả của tỉnh được giữ lại."))
    remarks.extend(problem_words(problem, outcome, rules) for problem in outcome.problems)
    return remarks


def grounds_of(outcome: ProductOutcome) -> list[str]:
    """Why it gets no star, or fewer than its points reach: conditions and missed minimums."""
    remarks = []
    if outcome.stopped:
        remarks.append(_("Loại hoặc dừng đánh giá theo điều kiện: %s.") % _stops(outcome))
    if outcome.held_back:
        remarks.append(
            _("Đủ điểm %(band)d sao nhưng chưa đạt mức tối thiểu: %(missed)s.")
            % {"band": outcome.band, "missed": missed_words(outcome)}
        )
    return remarks


def _stops(outcome: ProductOutcome) -> str:
    """The conditions that allow no star, as the set words them: `6.1 Có tạp chất …`."""
    gates = load_set(outcome.set_number).all_gates
    words = {gate.id: f"{gate.criterion} {gate.note}".strip() for gate in gates}
    return "; ".join(words.get(key, key) for key in outcome.stopped)


def missed_words(outcome: ProductOutcome) -> str:
    """The minimums that hold the product back: `2.2 cần 2 điểm; 5.1 cần 3 điểm`."""
    return "; ".join(
        _("%(code)s cần %(points)d điểm") % {"code": code, "points": points}
        for code, points in outcome.held_back.items()
    )


def problem_words(problem: Problem, outcome: ProductOutcome, rules: WorkingRules) -> str:
    """What stands against a result, and what to do."""
    return _(_PROBLEMS[problem]) % problem_facts(outcome, rules)


def problem_facts(outcome: ProductOutcome, rules: WorkingRules) -> dict[str, Any]:
    """The numbers and names that sentences about problems ask for."""
    return {
        "limit": write_number(rules.spread_limit),
        "spread": write_number(outcome.spread or 0),
        "marked": len(outcome.totals),
        "members": outcome.members,
        "quorum": write_percent(rules.quorum_percent),
        "unanswered": "; ".join(
            f"{member} ({', '.join(codes)})" for member, codes in outcome.unanswered.items()
        ),
        "differing": ", ".join(outcome.differing),
        "gates": len(outcome.open_gates),
    }


_PROBLEMS = {
    Problem.NO_SHEETS: noop("Chưa có hội đồng viên nào chấm sản phẩm này."),
    Problem.UNANSWERED: noop(
        "Tạm tính: còn tiêu chí chưa chấm, đang tính 0 điểm: %(unanswered)s. Hãy chấm nốt."
    ),
    Problem.GATES_OPEN: noop(
        "Tạm tính: còn %(gates)d điều kiện chưa trả lời, đang coi như không vướng. "
        "Hãy trả lời ở trang “Điều kiện”."
    ),
    Problem.SPREAD: noop(
        "Tổng điểm chênh nhau %(spread)s điểm, quá %(limit)s điểm. "
        "Hãy thảo luận và chấm lại, ghi lý do."
    ),
    Problem.QUORUM: noop(
        "Mới có %(marked)d trên %(members)d hội đồng viên chấm, chưa đủ %(quorum)s."
    ),
    Problem.NO_CHAIR: noop("Chủ tịch hội đồng chưa chấm sản phẩm này."),
    Problem.CHAIR_UNKNOWN: noop(
        "Chưa rõ ai là Chủ tịch hội đồng. Hãy ghi chức danh ở trang “Hội đồng” của bảng."
    ),
    Problem.LEVELS_DIFFER: noop(
        "Hội đồng viên chấm khác nhau ở tiêu chí có mức tối thiểu (%(differing)s), đang lấy "
        "trung vị. Hãy thống nhất mức và ghi vào trang “Mức thống nhất”."
    ),
}
