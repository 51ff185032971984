"""What is said of a reckoning: why nothing is given, and how the most came about."""

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_number
from ocop.support.reckoning import Bar, Before, Rule, Step, Terms

_BARS = {
    Bar.NOT_IN_FORCE: N_("Chính sách này không có hiệu lực vào ngày đề nghị."),
    Bar.NOT_FIRST: N_("Chính sách này chỉ hỗ trợ lần đầu, và đã có lần hỗ trợ trước đó."),
    Bar.COUNT_USED: N_("Đã được hỗ trợ %(count)s lần, bằng số lần tối đa %(most_count)s."),
    Bar.CEILING_USED: N_(
        "Các cấp đã hỗ trợ %(amount)s đồng, hết mức tối đa %(ceiling)s đồng của chính sách."
    ),
    Bar.QUANTITY_USED: N_(
        "Đã được hỗ trợ số lượng %(quantity)s trên mức tối đa %(most_quantity)s. "
        "Hãy ghi số lượng không quá phần còn lại."
    ),
    Bar.NO_STAR: N_("Sản phẩm không có hạng sao còn hiệu lực vào ngày đề nghị."),
    Bar.STAR_WITHOUT_BONUS: N_("Chính sách không có mức thưởng cho hạng sao này."),
    Bar.STAR_REWARDED: N_("Hạng sao này hoặc hạng cao hơn của sản phẩm đã được thưởng."),
    Bar.COVERED: N_("Nguồn khác đã chi đủ phần ngân sách được chi cho nội dung này."),
}
_RULES = {
    Rule.COST: N_("Chi phí: %s đồng"),
    Rule.SHARE: N_("Ngân sách chi tối đa %s %%"),
    Rule.BONUS: N_("Mức thưởng cho hạng %s sao"),
    Rule.DIFFERENCE: N_("Nâng hạng chỉ được phần chênh lệch, trừ %s đồng đã thưởng"),
    Rule.OTHERS: N_("Trừ %s đồng từ ngân sách khác"),
    Rule.CEILING: N_("Mức tối đa %s đồng"),
    Rule.CEILING_LEFT: N_("Mức tối đa còn lại %s đồng sau các lần hỗ trợ trước"),
}


def why_not(bar: Bar, terms: Terms, before: Before) -> str:
    """Why nothing can be given, in a sentence."""
    facts = {
        "count": write_number(before.count),
        "most_count": write_number(terms.most_count or 0),
        "amount": write_number(before.amount),
        "ceiling": write_number(terms.ceiling or 0),
        "quantity": write_number(before.quantity),
        "most_quantity": write_number(terms.most_quantity or 0),
    }
    return _(_BARS[bar]) % facts


def step_words(step: Step) -> str:
    """One line of a reckoning."""
    return _(_RULES[step.rule]) % write_number(step.value)
