"""What is said to who gets no booth, in official Vietnamese: the answer is the office's paper."""

from collections.abc import Sequence

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.promotion.allocation import REASON_WORDS, Reason, Refusal
from ocop.promotion.conditions import WORDS as LACKS
from ocop.promotion.priority import WORDS, Part, total
from ocop.promotion.queries import Judged

MOST_OF_AN_ANSWER = 500  # signs


def points_words(parts: Sequence[Part]) -> str:
    """Points with their parts: “55 (hạng sao … 40, chưa có gian … 15)”."""
    told = ", ".join(f"{_(WORDS[part.key])} {write_number(part.points)}" for part in parts)
    return f"{write_number(total(tuple(parts)))} ({told})" if told else write_number(0)


def answer(refusal: Refusal, parts: Sequence[Part]) -> str:
    """Why there is no booth, with the facts that anybody may look up in the result."""
    with language.using("vi"):
        words = [_(REASON_WORDS[refusal.reason])]
        if refusal.suitable:
            words.append(_("Số gian phù hợp: %s.") % write_number(refusal.suitable))
        if refusal.reason is Reason.POINTS and refusal.least is not None:
            words.append(_("Điểm thấp nhất được xếp: %s.") % write_number(refusal.least))
        words.append(_("Điểm của hồ sơ: %s.") % points_words(parts))
        return " ".join(words)


def nothing_left(goods: Sequence[Judged]) -> str:
    """For who has no goods any more that may come, with what each lacks, as far as there is room
    in an answer."""
    with language.using("vi"):
        told = [
            f"{each.product.name}: {', '.join(_(LACKS[lack]) for lack in each.lacks)}"
            for each in goods
        ]
        words = _("Không còn sản phẩm đủ điều kiện tham gia. %s.")
        while len(words % "; ".join(told)) > MOST_OF_AN_ANSWER and len(told) > 1:
            told.pop()
        return (words % "; ".join(told))[:MOST_OF_AN_ANSWER]


def no_booth_left() -> str:
    """For who was left without a booth by hand."""
    with language.using("vi"):
        return _("Không còn gian phù hợp.")
