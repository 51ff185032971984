"""Writing events, plans, applications and booths, many rows at a time. Called inside the action of
the demonstration only."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.promotion.calendar import EventRow, rows
from ocop.products.models import Product
from ocop.promotion import allocating, plan, queries
from ocop.promotion.models import (
    ApplicationState,
    BoothAssignment,
    EventApplication,
    EventBooth,
    EventGoods,
    EventKind,
    EventOrganiser,
    EventSeries,
    EventState,
    TradeEvent,
)
from ocop.promotion.solving import solve
from ocop.recognition.standing import standing
from ocop.recognition.states import holding

_SEED = frame.SEED + 10
_OVER = (EventState.PUBLISHED, EventState.HELD)
_HALL, _AISLE = plan.Hall(780, 630), 30
_PLACES = ("Trung tâm hội chợ triển lãm (mẫu)", "Quảng trường trung tâm (mẫu)")
_AWAY = "Trung tâm xúc tiến thương mại tỉnh bạn (mẫu)"
_PARTNERS = ("Sở Công Thương (mẫu)", "Trung tâm xúc tiến thương mại (mẫu)")
_COST, _SHARE = 8_000_000, 50
_SOURCE = "Kế hoạch xúc tiến thương mại hằng năm (mẫu)"
_OFFERS = ("Giảm giá trong tuần hàng", "Mua hai tặng một", "Tặng túi giấy")
_FULL = "Không còn gian phù hợp."


def _spots(row: EventRow) -> list[plan.Spot]:
    """The booths of an event, in rows."""
    return plan.in_rows(_HALL, row.zones, plan.Rows(aisle=_AISLE)) if row.zones else []


class Promotion:
    """Draws the events of the producers that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._random = Random(_SEED)
        self._today = timezone.localdate(at)
        self._turn = 0

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        self._makers = self._choose()
        if not self._makers:
            return
        told = list(rows())
        series = self._series(told)
        events = self._loader.keep(self._event(row, series[row.series]) for row in told)
        self._loader.keep(self._organisers(events))
        self._loader.keep(self._booths(told, events))
        sent = [self._applications(row, event) for row, event in zip(told, events, strict=True)]
        self._loader.keep(application for each in sent for application, _goods in each)
        self._loader.keep(
            EventGoods(
                application=application, product=product, position=place, labelled=True,
                **self._offer(application.event),
            )
            for each in sent
            for application, goods in each
            for place, product in enumerate(goods)
        )  # fmt: skip
        for event in events:
            if event.takes_booths and event.state in _OVER:
                self._seat(event)

    def _choose(self) -> list[list[Product]]:
        """The goods of each producer that may come today, the best star first; the producer who
        signs in stands in front."""
        found = standing(Product.objects.filter(queries.traced()), self._today)
        of: dict[int, list[Product]] = {}
        good = found.filter(holding("star_state"), stars__gte=3).select_related("producer")
        for product in good.order_by("-stars", "pk"):
            of.setdefault(product.producer_id, []).append(product)
        makers = [goods[:3] for _key, goods in sorted(of.items())]
        self._random.shuffle(makers)
        own = self._loader.busiest_producer().pk
        makers.sort(key=lambda goods: goods[0].producer_id != own)
        return makers

    def _series(self, told: Sequence[EventRow]) -> dict[str, EventSeries]:
        names = dict.fromkeys(row.series for row in told)
        made = self._loader.keep(
            EventSeries(
                code=public_code(self._random), name=name, folded=words(name), created_at=self._at
            )
            for name in names
        )
        return {row.name: row for row in made}

    def _event(self, row: EventRow, series: EventSeries) -> TradeEvent:
        starts_on = self._today + timedelta(days=row.starts_in)
        booths = row.kind == EventKind.FAIR
        name = series.name.replace(" (mẫu)", f" {starts_on:%m/%Y} (mẫu)")
        place = _AWAY if row.away else _PLACES[row.kind == EventKind.GOODS_WEEK]
        calls_until = starts_on - timedelta(days=30 if booths else 14)
        if row.state == EventState.CALLING:
            calls_until = self._today + timedelta(days=9)
        known = row.state != EventState.PLANNED
        return TradeEvent(
            code=public_code(self._random),
            series=series,
            kind=row.kind,
            name=name,
            folded=words(name, place, series.name),
            summary="Sự kiện dựng để xem thử hệ thống.",
            state=row.state,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=row.days - 1),
            hours="8 giờ đến 20 giờ",
            away=row.away,
            place=place,
            calls_until=calls_until,
            takes_booths=booths,
            least_stars=3,
            hall_width=_HALL.width if row.zones else 0,
            hall_depth=max(spot.bottom for spot in _spots(row)) + _AISLE if row.zones else 0,
            booth_cost=_COST if booths else None,
            support_share=_SHARE if booths else 0,
            support_source=_SOURCE if booths else "",
            cancelled_for="Đơn vị phối hợp đổi kế hoạch (mẫu)"
            if row.state == EventState.CANCELLED
            else "",
            announced_at=self._moment(min(calls_until, self._today) - timedelta(days=20))
            if known
            else None,
            demonstration=True,
            created_at=self._moment(min(calls_until, self._today) - timedelta(days=30)),
        )

    def _organisers(self, events: Sequence[TradeEvent]) -> Iterator[EventOrganiser]:
        for event in events:
            for place, name in enumerate(_PARTNERS):
                yield EventOrganiser(event=event, name=name, position=place)

    def _booths(
        self, told: Sequence[EventRow], events: Sequence[TradeEvent]
    ) -> Iterator[EventBooth]:
        for row, event in zip(told, events, strict=True):
            for spot in _spots(row):
                yield EventBooth(
                    event=event, label=spot.label, x=spot.x, y=spot.y, width=spot.width,
                    depth=spot.depth, sector=spot.sector, power=spot.x % 60 == 0,
                    kept_for="Ban tổ chức (mẫu)" if spot.label == "A01" else "",
                )  # fmt: skip

    def _applications(
        self, row: EventRow, event: TradeEvent
    ) -> list[tuple[EventApplication, list[Product]]]:
        """Producers in turn; who signs in takes part in all but the calls that are open."""
        own = [] if event.state == EventState.CALLING else [self._makers[0]]
        return [
            self._application(event, goods, place)
            for place, goods in enumerate([*own, *self._next(row.applicants - len(own))])
            if place < row.applicants
        ]

    def _next(self, count: int) -> Iterator[list[Product]]:
        others = self._makers[1:]
        for _n in range(min(max(0, count), len(others))):
            self._turn += 1
            yield others[self._turn % len(others)]

    def _application(
        self, event: TradeEvent, goods: list[Product], place: int
    ) -> tuple[EventApplication, list[Product]]:
        first = goods[0]
        state = ApplicationState.SENT
        if event.state in _OVER and not event.takes_booths:
            state = ApplicationState.ACCEPTED
        before = min(event.calls_until, self._today) - timedelta(days=15)
        sent_at = self._moment(before) + timedelta(minutes=place * 7)
        row = EventApplication(
            code=public_code(self._random),
            event=event,
            producer=first.producer,
            contact=f"Người liên hệ {place + 1:03d} (mẫu)",
            sector=first.sector,
            group=first.set_number or 0,
            area=900 if event.takes_booths else 0,
            power=event.takes_booths and place % 9 == 0,
            state=state,
            sent_at=sent_at,
            answered_at=None if state == ApplicationState.SENT else sent_at + timedelta(days=20),
        )
        return row, goods

    def _offer(self, event: TradeEvent) -> dict[str, object]:
        if event.kind != EventKind.GOODS_WEEK:
            return {}
        usual = 10_000 * self._random.randrange(4, 40)
        words_of = _OFFERS[self._random.randrange(len(_OFFERS))]
        return {"offer": words_of, "price": usual * 9 // 10, "usual_price": usual}

    def _seat(self, event: TradeEvent) -> None:
        """Booths as the programme itself gives them; the result told."""
        asked = allocating.asked_of(event, self._today)
        outcome = solve(asked.problem, select_seconds=1, place_seconds=0.5)
        result = allocating.told(asked, outcome)
        answered_at = self._moment(event.calls_until) + timedelta(days=8)
        answered = list(asked.applications.values())
        for row in answered:
            seated = row.pk in outcome.seats
            row.state = ApplicationState.ACCEPTED if seated else ApplicationState.REFUSED
            row.answer = "" if seated else result["refusals"][row.code]["answer"][:500] or _FULL
            row.points_told = result["points"][row.code]
            row.points = sum(points for _key, points in row.points_told)
            row.answered_at = min(self._at, answered_at)
        for row in event.applications.filter(code__in=asked.unfit):
            row.state, row.answer = ApplicationState.REFUSED, asked.unfit[row.code]
            row.answered_at = min(self._at, answered_at)
            answered.append(row)
        EventApplication.objects.bulk_update(
            answered, ["state", "answer", "points", "points_told", "answered_at"], batch_size=500
        )
        self._loader.keep(
            BoothAssignment(
                booth=asked.booths[booth], application=asked.applications[key], by_hand=False,
                assigned_at=min(self._at, answered_at),
            )
            for key, booth in outcome.seats.items()
        )  # fmt: skip

    def _moment(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(8)))
