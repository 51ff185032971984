"""The report of an event in the office: what it brought, on a page and as files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.programme import event_papers
from ocop.programme.event_effect import Effect, effect_of
from ocop.promotion import rules
from ocop.promotion.days.effect import per
from ocop.promotion.days.models import Payer
from ocop.web.day_chart import DayChart
from ocop.web.office.guard import office
from ocop.web.office.promotion.day_tables import millions
from ocop.web.office.promotion.pages import event_or_404, part
from ocop.web.papers.answers import answer
from ocop.web.requests import SignedInRequest


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """Who came, what was sold and signed, what it cost, and what became of it."""
    event = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    found = effect_of(event, timezone.localdate())
    context = {
        **part(request.actor, event, "event_report"),
        "found": found,
        "millions": millions(found.sums),
        "charts": _charts(found),
        "per_dong": per(found.sums.turnover, found.state_paid),
        "days": [(each, found.days[each.day]) for each in found.came],
        "paid": [(payer.label, found.paid[payer]) for payer in Payer if payer in found.paid],
        "kinds": ("pdf", "docx", "xlsx"),
    }
    return render(request, "office/promotion/report.html", context)


@office
def paper(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The report as a file."""
    event = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    return answer(event_papers.of_event(event), "report", kind)


def _charts(found: Effect) -> list[DayChart]:
    """Visitors and sales of each day, where anything is known of them."""
    visitors = [(each.day, each.visitors) for each in found.came]
    sold = [(day, sums.sold) for day, sums in found.days.items()]
    told = (
        ("luot-khach", _("Lượt khách theo ngày"), _("Lượt khách"), visitors),
        ("ban-hang", _("Bán tại gian theo ngày (đồng)"), _("Đồng"), sold),
    )
    return [_chart(*each) for each in told if any(value for _day, value in each[3])]


def _chart(key: str, title: str, heading: str, days: Sequence[tuple[date, int]]) -> DayChart:
    words: dict[str, Any] = {"day_heading": _("Ngày"), "value_heading": heading}
    about = _("Mỗi cột là một ngày của sự kiện.")
    return DayChart(key=key, title=title, description=about, days=days, **words)
