"""What an event brought: who came, what was sold and signed, what it cost, and how those who took
part stand afterwards against before. Composed of what several rooms know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from ocop.core.language import gettext as _
from ocop.network import months
from ocop.network.models import Sale
from ocop.products.models import Sector
from ocop.promotion import queries as promotion
from ocop.promotion.days import calendar, effect, queries
from ocop.promotion.days.effect import Came, Compared, Sums
from ocop.promotion.meetings import queries as meetings
from ocop.promotion.meetings.models import Deal, DealState
from ocop.promotion.models import EventApplication, EventGoods, TradeEvent
from ocop.traceability.models import ScanDay

#: Days before the first and after the last one in which scans are counted.
AROUND = 30
#: Whole months before and after in which sales of the network are counted.
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A sector of those who took part."""

    sector: str
    booths: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer that took part, its booth, and what it told."""

    application: EventApplication
    booth: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Around:
    """A figure of the goods shown, before and after the event. `known_on`: the first day on which
    the time after is over; until then `figure` is of the time up to now."""

    words: str
    figure: Compared
    known_on: date
    is_known: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """The report of an event as of a day. `compared` is with the last one of the series."""

    event: TradeEvent
    on: date
    came: Sequence[Came]
    days: Mapping[date, Sums]
    sums: Sums
    parts: Sequence[Part]
    makers: Sequence[Maker]
    paid: Mapping[str, int]
    deals: meetings.Sums
    signed: Sequence[Any]  # memoranda and contracts, with what was delivered so far
    last: TradeEvent | None
    compared: Sequence[tuple[str, Compared]]
    around: Sequence[Around]

    @property
    def goes_on(self) -> bool:
        """Whether its last day is not over: what it comes to is what was told up to now."""
        return self.event.ends_on >= self.on

    @property
    def visitors(self) -> int:
        """Visits of all days: who comes on two days is counted twice."""
        return sum(each.visitors for each in self.came)

    @property
    def cost(self) -> int:
        """What it cost, whoever paid."""
        return sum(self.paid.values())

    @property
    def state_paid(self) -> int:
        """What the State paid of it."""
        return self.paid.get("state", 0)

    @property
    def told_share(self) -> int | None:
        """How many of those who took part told of a day at least, in per cent."""
        return effect.share(self.sums.booths, len(self.makers))


def effect_of(event: TradeEvent, on: date) -> Effect:
    """The report of an event as it stands on a day."""
    told = queries.told_of(event)
    by_booth = effect.by(told, lambda row: row.booth)
    by_sector = effect.by(told, lambda row: row.sector)
    by_day = effect.by(told, lambda row: row.day)
    rows = list(promotion.participants(event))
    sectors = [row.sector for row in rows]
    days = calendar.days(event.starts_on, event.ends_on)
    last = queries.last_of_series(event)
    deals = Deal.objects.filter(event=event).exclude(state=DealState.MISTAKEN)
    return Effect(
        event=event,
        on=on,
        came=queries.came(event),
        days={day: by_day.get(day, Sums()) for day in days},
        sums=effect.sums(told),
        parts=[
            Part(str(label), sectors.count(key), by_sector.get(key, Sums()))
            for key, label in (*Sector.choices, ("", _("Chưa rõ ngành")))
            if key in sectors
        ],
        makers=[
            Maker(
                row,
                row.assignment.booth.label if hasattr(row, "assignment") else "",
                by_booth.get(row.pk, Sums()),
            )
            for row in rows
        ],
        paid=queries.paid_by(event),
        deals=meetings.sums_of(deals),
        signed=list(meetings.with_progress(deals.select_related("producer"))),
        last=last,
        compared=_compared(event, last),
        around=[_scans(event, on), _shops(event, on)],
    )


def _compared(event: TradeEvent, last: TradeEvent | None) -> list[tuple[str, Compared]]:
    if last is None:
        return []
    before, now = _figures(last), _figures(event)
    return [(words, Compared(before[words], now[words])) for words in now]


def _figures(event: TradeEvent) -> dict[str, int]:
    sums = effect.sums(queries.told_of(event))
    return {
        _("Đơn vị tham gia"): promotion.participants(event).count(),
        _("Lượt khách"): sum(each.visitors for each in queries.came(event)),
        _("Bán tại gian (đồng)"): sums.sold,
        _("Đơn đặt hàng (đồng)"): sums.ordered,
        _("Mối liên hệ"): sums.contacts,
        _("Giá trị hợp đồng (đồng)"): meetings.sums_of(Deal.objects.filter(event=event)).value,
        _("Chi phí (đồng)"): sum(queries.paid_by(event).values()),
    }


def _scans(event: TradeEvent, on: date) -> Around:
    """Scans of the stamps and codes of the goods shown, so many days before and after."""
    around = timedelta(days=AROUND)
    rows = ScanDay.objects.filter(item__product__in=_goods(event))
    before = rows.filter(day__gte=event.starts_on - around, day__lt=event.starts_on)
    after = rows.filter(day__gt=event.ends_on, day__lte=event.ends_on + around)
    known_on = event.ends_on + around + timedelta(days=1)
    sums = [some.aggregate(n=Sum("scans"))["n"] or 0 for some in (before, after)]
    words = _("Lượt quét tem, mã của sản phẩm tham gia, %d ngày") % AROUND
    return Around(words, Compared(sums[0], sums[1]), known_on, on >= known_on)


def _shops(event: TradeEvent, on: date) -> Around:
    """What sales points told that they sold of the goods shown, in whole months."""
    first, last = months.first_of(event.starts_on), months.first_of(event.ends_on)
    rows = Sale.objects.filter(product__in=_goods(event))
    spans = (
        (months.before(first, MONTHS), months.before(first)),
        (months.after(last), months.before(last, -MONTHS)),
    )
    sums = [
        rows.filter(report__month__range=span).aggregate(n=Sum("amount"))["n"] or 0
        for span in spans
    ]
    known_on = months.before(last, -MONTHS - 1)
    words = _("Doanh số của sản phẩm tham gia tại điểm bán (đồng), %d tháng") % MONTHS
    return Around(words, Compared(sums[0], sums[1]), known_on, on >= known_on)


def _goods(event: TradeEvent) -> QuerySet[Any, Any]:
    rows = EventGoods.objects.filter(application__event=event, application__state="accepted")
    return rows.order_by().values("product")
