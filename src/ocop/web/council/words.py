"""What the pages of councils say of rules and of agreement."""

from fractions import Fraction

from django.utils.translation import gettext as _

from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number, write_percent
from ocop.councils.outcome import Minimums
from ocop.councils.statistics import Agreement
from ocop.councils.working import CouncilRules
from ocop.criteria.queries import STAR_RULE


def rule_facts(rules: CouncilRules) -> list[tuple[str, str]]:
    """The working rules of a council as pairs of words."""
    minimums = {
        Minimums.AGREED: _("mức hội đồng thống nhất"),
        Minimums.MEDIAN: _("trung vị của các thành viên"),
        Minimums.EVERY: _("mức thấp nhất mà một thành viên chấm"),
    }
    return [
        (_("Kết quả"), _("trung bình cộng, không làm tròn")),
        (
            _("Chênh lệch tối đa"),
            _("%s điểm; quá thì thảo luận và chấm lại, có lý do")
            % write_number(rules.spread_limit),
        ),
        (
            _("Số thành viên tối thiểu"),
            (_("%s thành viên, có chủ tịch") if rules.chair_needed else _("%s thành viên"))
            % write_percent(rules.quorum_percent),
        ),
        (_("Xét mức tối thiểu theo"), minimums[rules.minimums]),
        (
            _("Khi đủ điểm mà thiếu mức tối thiểu"),
            kernel((STAR_RULE.choices or {}).get(rules.star_rule.value, rules.star_rule.value)),
        ),
        (
            _("Số lượt họp"),
            _("hai lượt: tìm nội dung còn thiếu, rồi quyết định")
            if rules.two_passes
            else _("một lượt"),
        ),
        (_("Đợt bổ sung trong năm"), _("được tổ chức") if rules.extra_rounds else _("không")),
    ]


#: Below these variances members hardly differ: 2 points of a total, a tenth of a criterion.
OF_TOTALS, OF_MARKS = Fraction(4), Fraction(1, 100)


def agreement_words(found: Agreement, value: Fraction | None, close: Fraction) -> str:
    """An intraclass correlation in words, after Koo and Li (2016). Where members hardly differ and
    the cases neither, it is low without anybody marking otherwise."""
    if value is None:
        return _("chưa tính được: cần ít nhất hai thành viên, hai lần chấm và điểm không trùng hết")
    if value < Fraction(1, 2) and found.is_close(close):
        return _("thấp vì điểm hầu như không chênh nhau: thành viên chấm gần như giống nhau")
    if value < Fraction(1, 2):
        return _("thấp: thành viên hiểu thang điểm khác nhau")
    if value < Fraction(3, 4):
        return _("vừa phải")
    if value < Fraction(9, 10):
        return _("tốt")
    return _("rất tốt")
