"""Tables of targets and reported figures, with every time each was set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.language import gettext
from ocop.core.models import Event
from ocop.core.numbers import write_date, write_number
from ocop.filters.programme import indicator_choices
from ocop.places import queries as places
from ocop.programme import indicators
from ocop.programme.terms import Term
from ocop.web.happenings import Happening, told
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn


@dataclass(frozen=True, slots=True)
class Setting:
    """One time a target was set or a figure reported: the event, the values before and after."""

    event: Happening
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        value = f"{self.before} → {self.after}" if self.before else self.after
        reason = f": {self.event.reason}" if self.event.reason else ""
        source = f" ({self.source})" if self.source else ""
        return f"{value}{source}, {write_date(self.event.at)}, {self.event.who}{reason}"


def written(
    indicator: str, low: Decimal, high: Decimal | None = None, *, more_than: bool = False
) -> str:
    """A value or a range of an indicator in words."""
    words = indicators.get(indicator).write(low, high)
    return _("hơn %s") % words if more_than else words


def written_plainly(value: Decimal | None) -> str:
    """A value as it stands in a field of a form."""
    return "" if value is None else write_number(value)


class ValueColumn(tables.Column):
    """A value of the row's indicator as people write it; a number in the workbook, which has a
    column for what it counts."""

    attrs = NumberColumn.attrs

    def render(self, record: Any, value: Any) -> str:
        return written(record.indicator, value)

    def value(self, value: Any) -> Any:
        return value


class _HistoryTable(tables.Table):
    """Rows of an indicator, with the events that set each."""

    indicator = tables.Column(verbose_name=gettext_lazy("Chỉ tiêu"))
    unit = PlainColumn(
        verbose_name=gettext_lazy("Đơn vị"), accessor="unit__name", order_by="unit__folded"
    )

    def __init__(self, rows: Any, events: Mapping[int, Sequence[Event]], **more: Any) -> None:
        super().__init__(rows, **more)
        self._names = dict(indicator_choices())
        flat = [event for found in events.values() for event in found]
        every = iter(told(flat))  # people are named at once
        self._events = {
            key: list(zip(found, islice(every, len(found)), strict=True))
            for key, found in events.items()
        }

    def render_indicator(self, record: Any) -> str:
        return self._names.get(record.indicator, record.indicator)

    def value_indicator(self, record: Any) -> str:
        return self.render_indicator(record)

    def value_measure(self, value: str) -> str:
        return gettext(indicators.get(value).measure)

    def render_history(self, record: Any) -> str:
        settings = self._settings(record)
        if not settings:  # came with the data, nobody set it here
            return "–"
        return render_to_string("office/_settings.html", {"settings": settings})

    def value_history(self, record: Any) -> str:
        return "; ".join(map(str, self._settings(record)))

    def _settings(self, record: Any) -> list[Setting]:
        return [
            Setting(
                happening,
                _range(
                    record.indicator,
                    event.change.get("from", []),
                    event.change.get("more_than_before", False),
                ),
                _range(
                    record.indicator,
                    event.change.get("to", []),
                    event.change.get("more_than", False),
                ),
                event.change.get("source", ""),
            )
            for event, happening in self._events.get(record.pk, [])
        ]


def _measure() -> tables.Column:
    """What a value counts, for the workbook: the page writes it beside the value where it is
    needed."""
    return PlainColumn(
        verbose_name=gettext_lazy("Đơn vị tính"), accessor="indicator", visible=False
    )


def _history() -> tables.Column:
    return tables.Column(verbose_name=gettext_lazy("Lịch sử"), empty_values=(), orderable=False)


class TargetTable(_HistoryTable):
    """Targets: a value, or a range of two."""

    starts_on = DayColumn(verbose_name=gettext_lazy("Từ ngày"))
    ends_on = DayColumn(verbose_name=gettext_lazy("Đến trước ngày"))
    low = ValueColumn(verbose_name=gettext_lazy("Giá trị, hoặc mức thấp nhất"))
    high = ValueColumn(verbose_name=gettext_lazy("Mức cao nhất"))
    measure = _measure()
    source = PlainColumn(verbose_name=gettext_lazy("Nguồn"))
    history = _history()
    step = tables.Column(
        verbose_name=gettext_lazy("Việc"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
    )

    def render_step(self, record: Any) -> str:
        term = Term(record.starts_on.year, record.ends_on.year - 1)
        asked = {
            "indicator": record.indicator,
            "unit": places.key_of(record.unit),
            "term": term.code,
            "low": written_plainly(record.low),
            "high": written_plainly(record.high),
        }
        address = f"{reverse('office:target_new')}?{urlencode(asked)}"
        return format_html('<a href="{}">{}</a>', address, _("Thay"))


class FigureTable(_HistoryTable):
    """Figures that somebody reported."""

    as_of = DayColumn(verbose_name=gettext_lazy("Tính đến ngày"))
    value = ValueColumn(verbose_name=gettext_lazy("Giá trị"))
    measure = _measure()
    more_than = tables.Column(verbose_name=gettext_lazy("Nguồn ghi “hơn”"))
    source = PlainColumn(verbose_name=gettext_lazy("Nguồn"))
    history = _history()

    def render_more_than(self, value: bool) -> str:
        return _("hơn") if value else ""

    def value_more_than(self, value: bool) -> str:
        return self.render_more_than(value)


def _range(indicator: str, kept: Sequence[str | None], more_than: bool) -> str:
    """The values of an event in words; none were kept of what was set first."""
    low, high = (*kept, None, None)[:2]
    if low is None:
        return ""
    return written(
        indicator,
        Decimal(low),
        None if high is None else Decimal(high),
        more_than=more_than,
    )
