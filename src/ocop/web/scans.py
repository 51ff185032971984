"""Scans as pages show them, for the office and for producers: figures, charts, lines of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import numbers
from ocop.core.actor import Actor
from ocop.filters.scans import ScanPeriodFilter
from ocop.traceability.models import ScanPlaceDay, TradeItem
from ocop.traceability.scans import draining, periods, queries
from ocop.traceability.scans.periods import Period
from ocop.traceability.scans.queries import DayLine, PlaceLine, Stamps, Sums
from ocop.web.charts import Bar, BarChart
from ocop.web.day_chart import DayChart

_MOST_PLACES = 10  # in a chart; the table has all


def period_of(request: HttpRequest) -> Period:
    """The period that an address asks for; this month where it asks for none."""
    today = timezone.localdate()
    return periods.read(request.GET.get("period", "")) or periods.month(today)


def period_filter(request: HttpRequest) -> ScanPeriodFilter:
    """The choice of a period."""
    return ScanPeriodFilter(request.GET, queryset=ScanPlaceDay.objects.none())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words, and a note where it needs one."""

    value: str
    words: str
    note: str = ""
    address: str = ""


def figures(sums: Sums, stamps: Stamps | None = None) -> list[Figure]:
    """The figures at the head of a report."""
    write = numbers.write_number
    found = [
        Figure(write(sums.scans), _("lượt quét")),
        Figure(
            write(sums.clients),
            _("lượt thiết bị"),
            _("một thiết bị tính một lần mỗi ngày, mỗi tỉnh và mỗi lô"),
        ),
        Figure(write(sums.firsts), _("tem được quét lần đầu")),
    ]
    if stamps is not None and stamps.percent is not None:
        note = _("%(seen)s trong %(active)s tem đã kích hoạt") % {
            "seen": write(stamps.seen),
            "active": write(stamps.active),
        }
        percent = numbers.write_percent(stamps.percent)
        found.append(Figure(percent, _("tem đã kích hoạt có người quét"), note))
    if sums.forged is not None:
        note = _("không do khóa nào của hệ thống tạo ra")
        found.append(Figure(write(sums.forged), _("lượt thử mã giả"), note))
    return found


def chart(lines: Sequence[DayLine], period: Period) -> DayChart:
    """Scans of every day of a month, or of every month of a year, those without any as well."""
    told = {line.day: line.sums.scans for line in lines}
    return DayChart(
        key="luot-quet",
        title=_("Lượt quét theo ngày") if period.is_month else _("Lượt quét theo tháng"),
        description=_("Mỗi cột là số lượt quét của một ngày hoặc một tháng trong %s.")
        % period.words,
        days=[(day, told.get(day, 0)) for day in _days(period)],
        day_heading=_("Ngày") if period.is_month else _("Tháng"),
        value_heading=_("Lượt quét"),
        months=not period.is_month,
    )


def _days(period: Period) -> list[date]:
    """The days of a month or the months of a year, up to today."""
    last = min(period.end, timezone.localdate() + timedelta(days=1))
    days = [period.start + timedelta(days=n) for n in range((last - period.start).days)]
    return days if period.is_month else [day for day in days if day.day == 1]


def places_chart(lines: Sequence[PlaceLine], period: Period) -> BarChart:
    """Provinces with the most scans."""
    known = [line for line in lines if line.code]
    left = sum(line.sums.scans for line in known[_MOST_PLACES:])
    bars = [Bar(place_name(line), line.sums.scans) for line in known[:_MOST_PLACES]]
    if left:
        bars.append(Bar(_("Các tỉnh khác"), left, past=True))
    bars += [Bar(place_name(line), line.sums.scans, past=True) for line in lines if not line.code]
    return BarChart(
        title=_("Lượt quét theo tỉnh"),
        description=_("Mỗi thanh là số lượt quét từ một tỉnh trong %s.") % period.words,
        bars=bars,
        label_heading=_("Tỉnh, thành phố"),
        value_heading=_("Lượt quét"),
        lying=True,
        note=_("Nơi quét chỉ được biết đến cấp tỉnh."),
    )


def place_name(line: PlaceLine) -> str:
    """A province by its name; where the place is not known it is said."""
    return line.name or line.code or _("Không rõ nơi")


def report(
    request: HttpRequest, actor: Actor, item: TradeItem | None = None, *, own: bool = False
) -> dict[str, Any]:
    """What the page of a report shows, of all that an actor sees or of one sales unit."""
    period = period_of(request)
    filters = period_filter(request)
    days: list[DayLine] = []
    places: list[PlaceLine] = []
    if not filters.problem_lines:
        days, places = queries.overview(actor, period, item, own=own)
    stamps = None if item is None else queries.stamps_of(item)
    return {
        "period": period,
        "filters": filters,
        "problems": filters.problem_lines,
        "figures": figures(queries.total(line.sums for line in days), stamps),
        "chart": chart(days, period) if days else None,
        "places": [(place_name(line), line) for line in places],
        "places_chart": places_chart(places, period) if places else None,
        "until": draining.counted_until(),
    }
