"""What is known of a village in words, as pages of every face show it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_date, write_number
from ocop.network.villages.criteria import ARTICLES, NEEDED, Answer, Criterion
from ocop.network.villages.models import VillageTitle
from ocop.network.villages.reviewing import Checked

WORDS = {
    Criterion.AGE: gettext_lazy("Nghề có tại địa phương từ trên 50 năm"),
    Criterion.DEVELOPING: gettext_lazy("Nghề đang tiếp tục phát triển"),
    Criterion.DISTINCTIVE: gettext_lazy("Sản phẩm mang bản sắc văn hóa dân tộc"),
    Criterion.NAME: gettext_lazy("Gắn với tên tuổi nghệ nhân hoặc làng nghề"),
    Criterion.HOUSEHOLDS: gettext_lazy("Ít nhất 20% số hộ tham gia ngành nghề"),
    Criterion.STABLE: gettext_lazy("Sản xuất, kinh doanh ổn định 2 năm liên tục"),
    Criterion.ENVIRONMENT: gettext_lazy("Đáp ứng điều kiện bảo vệ môi trường"),
}
_MET = {True: ("ok", "check"), False: ("bad", "cross"), None: ("due", "warning")}


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as a page shows it."""

    article: str
    words: Any
    answer: str
    tone: str
    shape: str
    compared: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a title can be given by the data."""

    title: Any
    answer: str
    tone: str
    shape: str


def lines(found: Checked) -> list[Line]:
    """The criteria of a village with what was compared."""
    return [
        Line(
            answer.article,
            WORDS[answer.criterion],
            _answer(answer.met),
            *_MET[answer.met],
            _compared(answer),
        )
        for answer in found.answers
    ]


def verdicts(found: Checked) -> list[Verdict]:
    """Each title with what the criteria say of it."""
    if found.law is None:
        return []
    return [
        Verdict(VillageTitle(title.value).label, _answer(met), *_MET[met])
        for title in NEEDED
        for met in (found.verdict(title),)
    ]


def noted(kept: dict[str, Any]) -> list[str]:
    """What the criteria said when a decision was entered: those that were not met for certain."""
    answers = kept.get("answers", {})
    return [
        f"{ARTICLES[Criterion(key)]} {WORDS[Criterion(key)]}: {_answer(met).lower()}"
        for key, met in answers.items()
        if not met
    ]


def _answer(met: bool | None) -> str:
    return {True: _("Đạt"), False: _("Chưa đạt"), None: _("Chưa rõ")}[met]


def _compared(answer: Answer) -> str:
    """The data behind an answer, or what is missing."""
    told: dict[str, Any] = dict(answer.facts)
    if answer.criterion is Criterion.AGE:
        if "age" not in told:
            return _("Chưa ghi năm có nghề.")
        words = _("Có nghề từ năm %(began)s, khoảng %(age)s năm.")
        return words % {"began": told["began"], "age": told["age"]}
    if answer.criterion is Criterion.HOUSEHOLDS:
        return _households(told)
    if answer.criterion is Criterion.STABLE:
        return _("Theo số liệu các năm %(first)s–%(last)s.") % told
    if answer.criterion is Criterion.ENVIRONMENT:
        if told["day"] is None:
            return _("Chưa có kết quả kiểm tra môi trường.")
        if answer.met is None:
            words = _("Kết quả ngày %(day)s đã quá %(months)s tháng, hãy kiểm tra lại.")
            return words % {"day": write_date(told["day"]), "months": told["months"]}
        return _("Kiểm tra ngày %s.") % write_date(told["day"])
    return _("Cán bộ chưa kết luận.") if answer.met is None else _("Theo kết luận của cán bộ.")


def _households(told: dict[str, Any]) -> str:
    if "year" not in told:
        return _("Chưa có số hộ và số hộ làm nghề.")
    facts = {
        "in_trade": write_number(told["in_trade"]),
        "households": write_number(told["households"]),
        "year": told["year"],
    }
    words = _("Năm %(year)s: %(in_trade)s trong %(households)s hộ.") % facts
    old = _("Số liệu đã cũ, hãy cập nhật.")
    return f"{words} {old}" if "old" in told else words
