"""How many re-evaluations the council must expect, month by month."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import numbers, options, papers
from ocop.core.actions import require
from ocop.core.periods import Period
from ocop.people import rules as people_rules
from ocop.programme.workload import Ahead, Outlook
from ocop.programme.workload import outlook as reckon
from ocop.recognition.validity import WINDOW_CLOSES, WINDOW_OPENS, State
from ocop.web import export
from ocop.web.charts import Bar, BarChart
from ocop.web.office.expiry.asked import address, asked, tabs
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

_HEADINGS = (
    gettext_lazy("Tháng"),
    gettext_lazy("Bắt đầu được nộp"),
    gettext_lazy("Hết hạn nộp"),
    gettext_lazy("Dự kiến nộp"),
    gettext_lazy("Dự kiến phải kết luận"),
    gettext_lazy("Số phiên cần"),
    gettext_lazy("Phiên đã lên lịch"),
    gettext_lazy("Phiên còn thiếu"),
)


@office
def outlook(request: SignedInRequest) -> HttpResponseBase:
    """The forecast as a chart and a table, or with `?format=xlsx` as a workbook."""
    require(request.actor, people_rules.may_see_everything)
    today = timezone.localdate()
    found = reckon(request.actor, on=today, province=options.PROVINCE.get())
    if request.GET.get("format") == "xlsx":
        return _workbook(found)
    told = asked(request)
    late = {"state": State.WINDOW_MISSED}
    context = {
        "tabs": tabs(request, told, "office:outlook"),
        "outlook": found,
        "chart": _chart(found),
        "headings": _HEADINGS,
        "lines": [_line(ahead) for ahead in found.months],
        "totals": _totals(found),
        "late_address": address("office:expiry", told, **late),
        "may_set": options.may_set_option(request.actor),
    }
    return render(request, "office/outlook.html", context)


def _one(value: Fraction) -> Decimal:
    """A number that is expected, to one decimal."""
    return numbers.half_up(value, 1)


def _name(days: Period) -> str:
    return f"{days.start:%m/%Y}"


def _chart(found: Outlook) -> BarChart:
    return BarChart(
        title=_("Hồ sơ đánh giá lại dự kiến phải kết luận theo tháng"),
        description=_(
            "Mỗi thanh là số hồ sơ hội đồng phải kết luận trong tháng nếu mọi chủ thể đều nộp; "
            "vạch đứng là số sản phẩm xem xét được trong một phiên."
        ),
        bars=[Bar(_name(a.month.days), _one(a.month.decided)) for a in found.months],
        label_heading=_("Tháng"),
        value_heading=_("Hồ sơ"),
        note=_("Vạch đứng: một phiên, %s sản phẩm.") % numbers.write_number(found.capacity),
        lying=True,
        limit=found.capacity,
    )


def _line(ahead: Ahead) -> dict[str, Any]:
    month = ahead.month
    return {
        "name": _name(month.days),
        "opens": month.opens,
        "opens_address": _ends(month.days, WINDOW_OPENS),
        "closes": month.closes,
        "closes_address": _ends(month.days, WINDOW_CLOSES),
        "filed": _one(month.filed),
        "decided": _one(month.decided),
        "sittings": ahead.sittings,
        "planned": ahead.planned,
        "missing": ahead.missing,
    }


def _ends(days: Period, before: int) -> str:
    """The list of the stars that end so many days after the days of a month."""
    assert days.last is not None
    first, last = (_after(day, before) for day in (days.start, days.last))
    return f"{reverse('office:expiry')}?start={first}&end={last}"


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _totals(found: Outlook) -> list[int | Decimal]:
    months = [ahead.month for ahead in found.months]
    return [
        sum(month.opens for month in months),
        sum(month.closes for month in months),
        _one(sum((month.filed for month in months), Fraction(0))),
        _one(sum((month.decided for month in months), Fraction(0))),
        sum(ahead.sittings for ahead in found.months),
        sum(ahead.planned for ahead in found.months),
        sum(ahead.missing for ahead in found.months),
    ]


def _workbook(found: Outlook) -> HttpResponseBase:
    lines: list[list[Any]] = [
        [
            _name(ahead.month.days),
            ahead.month.opens,
            ahead.month.closes,
            _one(ahead.month.filed),
            _one(ahead.month.decided),
            ahead.sittings,
            ahead.planned,
            ahead.missing,
        ]
        for ahead in found.months
    ]
    sheet = export.Sheet(
        title=_("Khối lượng của hội đồng, dự báo ngày %s") % numbers.write_date(found.on),
        notes=[
            *papers.notes(timezone.now()),
            _("Một phiên xem xét %s sản phẩm.") % numbers.write_number(found.capacity),
        ],
        headings=[str(heading) for heading in _HEADINGS],
        rows=[*lines, [_("Cộng"), *_totals(found)]],
    )
    return export.response(sheet, f"khoi-luong-hoi-dong-{found.on:%Y%m%d}")
