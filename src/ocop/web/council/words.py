"""What the pages of councils say of rules and of agreement."""

from fractions import Fraction

from django.utils.translation import gettext as _

from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.councils.outcome import Minimums
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
            (_("%d %% thành viên, có chủ tịch") if rules.chair_needed else _("%d %% thành viên"))
            % rules.quorum_percent,
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


def agreement_words(value: Fraction | None) -> str:
    """An intraclass correlation in words, after Koo and Li (2016)."""
    if value is None:
        return _("chưa tính được: cần ít nhất hai thành viên, hai lần chấm và điểm không trùng hết")
    if value < Fraction(1, 2):
        return _("thấp: thành viên hiểu thang điểm khác nhau")
    if value < Fraction(3, 4):
        return _("vừa phải")
    if value < Fraction(9, 10):
        return _("tốt")
    return _("rất tốt")
