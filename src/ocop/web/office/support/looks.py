"""How requests, policies and money look: a word, a tone, a shape, a sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.support import lifecycle, queries, words
from ocop.support.models import Per, Period, Policy, SupportRequest
from ocop.support.queries import Checked
from ocop.support.reckoning import Rule

_TONES: dict[str, tuple[str, str]] = {
    lifecycle.ASKED: ("due", "clock"),
    lifecycle.APPROVED: ("due", "forward"),
    lifecycle.ACCEPTED: ("due", "forward"),
    lifecycle.PAID: ("ok", "check"),
    lifecycle.REFUSED: ("bad", "cross"),
    lifecycle.WITHDRAWN: ("flat", "minus"),
    lifecycle.CANCELLED: ("flat", "ban"),
}


def request_tag(request: SupportRequest, *, producer: bool = False) -> dict[str, Any]:
    """The chip of a request, in the staff's words or the producer's."""
    tone, shape = _TONES[request.state]
    situation = lifecycle.REQUEST.situations[request.state]
    said = situation.producer if producer else situation.staff
    return {"words": kernel(said), "tone": tone, "shape": shape}


def policy_tag(policy: Policy, on: date) -> dict[str, Any]:
    """The chip of a policy on a day."""
    if queries.in_force(policy, on):
        return {"words": _("Đang có hiệu lực"), "tone": "ok", "shape": "check"}
    if policy.starts_on > on:
        return {"words": _("Chưa có hiệu lực"), "tone": "due", "shape": "clock"}
    return {"words": _("Hết hiệu lực"), "tone": "flat", "shape": "minus"}


def money(amount: int) -> str:
    """A sum with its unit."""
    return _("%s đồng") % write_number(amount)


def terms_words(policy: Policy) -> list[str]:
    """What a policy gives, one line for each bound."""
    said = []
    if policy.share is not None:
        said.append(_("Ngân sách chi tối đa %s %% chi phí") % policy.share)
    for star, bonus in sorted(policy.stars.items()):
        said.append(
            _("Hạng %(star)s sao: %(sum)s") % {"star": star, "sum": money(bonus)},
        )
    if policy.difference:
        said.append(_("Nâng hạng chỉ được phần chênh lệch"))
    if policy.ceiling is not None:
        said.append(_("Tối đa %s") % money(policy.ceiling))
    if policy.most_count is not None:
        said.append(_("Tối đa %s lần") % write_number(policy.most_count))
    if policy.most_quantity is not None:
        facts = {"n": write_number(policy.most_quantity), "what": policy.measure or _("đơn vị")}
        said.append(_("Tối đa %(n)s %(what)s") % facts)
    if policy.first_only:
        said.append(_("Chỉ hỗ trợ lần đầu"))
    whose = {Per.PRODUCER: _("mỗi chủ thể"), Per.PRODUCT: _("mỗi sản phẩm")}[Per(policy.per)]
    when = {Period.EVER: _("cả thời gian"), Period.YEAR: _("mỗi năm")}[Period(policy.period)]
    said.append(_("Tính cho %(whose)s, %(when)s") % {"whose": whose, "when": when})
    return said


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A request held against its policy, in words."""

    most: str
    refusal: str
    steps: list[tuple[str, str]]


def reckoning(checked: Checked) -> Reckoning:
    """How the most came about, or why nothing may be given."""
    found = checked.reckoned
    refusal = words.why_not(found.bar, checked.terms, checked.before) if found.bar else ""
    steps = [
        (words.step_words(step), "" if step.rule == Rule.COST else money(step.left))
        for step in found.steps
    ]
    return Reckoning(money(found.most), refusal, steps)


def amounts(request: SupportRequest) -> list[tuple[str, str]]:
    """The sums of a request from asking to payment, as far as it is."""
    rows = [
        (_("Chi phí dự kiến"), request.cost),
        (_("Ngân sách khác chi"), request.others),
        (_("Số tiền đề nghị"), request.asked_amount),
        (_("Được duyệt"), request.approved_amount),
        (_("Chi phí thực tế"), request.real_cost),
        (_("Nghiệm thu, được chi"), request.accepted_amount),
        (_("Tiền đã thu hồi"), request.reclaimed),
    ]
    return [(said, money(value)) for said, value in rows if value]
