"""Writing what happened on the days of events: visitors, sales of booths and costs of all that took
place; tickets and entries at the gates of those of the last year."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.promotion.days import calendar
from ocop.promotion.days.models import (
    BoothDay,
    CostKind,
    EventCheckIn,
    EventCost,
    EventDay,
    EventTicket,
    Payer,
    TicketKind,
)
from ocop.promotion.models import (
    ApplicationState,
    EventApplication,
    EventKind,
    EventState,
    TradeEvent,
)

_SEED = frame.SEED + 11
_YEAR = 370  # days back in which gates are told of
_GATES = ("Cửa chính", "Cửa phụ", "Cửa sau")
_SILENT = 23  # every so manieth booth tells nothing
_AGAIN = 15  # every so manieth ticket is shown once more on a day
_MISTAKEN = 150  # every so manieth entry was taken back, and the ticket shown again later
_INVITED = "Người mua, đại lý (mẫu)"
#: Visitors without a ticket on a day, and what a booth sells on one: about so many thousand đồng.
_SIZES = {
    EventKind.FAIR: (2_400, 4_000),
    EventKind.GOODS_WEEK: (900, 2_500),
    EventKind.TRADE_MEETING: (120, 600),
    EventKind.WORKSHOP: (80, 0),
}
_GUESTS = {EventKind.FAIR: 30, EventKind.TRADE_MEETING: 40, EventKind.WORKSHOP: 20}
_VISITORS, _TAKEN = 120, 40  # tickets of a fair: issued, taken by visitors themselves
_COSTS = (
    (CostKind.GROUND, Payer.STATE, "Thuê mặt bằng, gian hàng phần hỗ trợ (mẫu)", 40),
    (CostKind.GROUND, Payer.PRODUCERS, "Thuê gian phần đơn vị tự trả (mẫu)", 40),
    (CostKind.BUILDING, Payer.STATE, "Dàn dựng, điện, nước (mẫu)", 18),
    (CostKind.PUBLICITY, Payer.STATE, "Truyền thông, quảng bá (mẫu)", 12),
    (CostKind.STAFF, Payer.PARTNERS, "Tổ chức, bảo vệ, vệ sinh (mẫu)", 10),
)


class Days:
    """Draws the days of the events that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._random = Random(_SEED)
        self._today = timezone.localdate(at)
        self._entries = 0

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        begun = TradeEvent.objects.filter(
            demonstration=True,
            state__in=(EventState.PUBLISHED, EventState.HELD),
            starts_on__lte=self._today,
        )
        events = list(begun.order_by("starts_on", "pk"))
        taking: dict[int, list[EventApplication]] = {event.pk: [] for event in events}
        rows = EventApplication.objects.filter(event__in=taking, state=ApplicationState.ACCEPTED)
        for row in rows.order_by("pk"):
            taking[row.event_id].append(row)
        if not any(taking.values()):
            return
        self._loader.keep(day for event in events for day in self._counted(event))
        self._loader.keep(day for event in events for day in self._sold(event, taking[event.pk]))
        self._loader.keep(
            cost for event in events for cost in self._costs(event, len(taking[event.pk]))
        )
        late = [e for e in events if e.starts_on >= self._today - timedelta(days=_YEAR)]
        tickets = self._loader.keep(
            ticket for event in late for ticket in self._tickets(event, taking[event.pk])
        )
        self._loader.keep(shown for ticket in tickets for shown in self._shown(ticket))

    def _past(self, event: TradeEvent) -> list[date]:
        """The days that are over."""
        return [d for d in calendar.days(event.starts_on, event.ends_on) if d < self._today]

    def _counted(self, event: TradeEvent) -> Iterator[EventDay]:
        usual, _sold = _SIZES[EventKind(event.kind)]
        for place, day in enumerate(self._past(event)):
            weekend = 140 if day.weekday() >= 5 else 100
            count = usual * weekend * self._random.randrange(80, 125) // 10_000
            told_at = self._moment(day, 20)
            yield EventDay(event=event, day=day, counted=count - place % 3, told_at=told_at)

    def _sold(self, event: TradeEvent, rows: Sequence[EventApplication]) -> Iterator[BoothDay]:
        _visitors, usual = _SIZES[EventKind(event.kind)]
        if not usual:
            return
        for place, row in enumerate(rows):
            if place % _SILENT == _SILENT - 1:
                continue
            skill = self._random.randrange(50, 190)
            for day in self._past(event):
                weekend = 130 if day.weekday() >= 5 else 100
                thousands = usual * skill * weekend * self._random.randrange(70, 130) // 10**6
                orders = self._random.randrange(3 if event.kind == EventKind.GOODS_WEEK else 5)
                yield BoothDay(
                    application=row,
                    day=day,
                    sold=thousands * 1_000,
                    ordered=orders * self._random.randrange(2, 12) * 1_000_000,
                    contacts=self._random.randrange(2, 18),
                    client_id=self._identifier(),
                    sent_at=min(self._at, self._moment(day, 19) + timedelta(minutes=place % 60)),
                )

    def _costs(self, event: TradeEvent, booths: int) -> Iterator[EventCost]:
        whole = (booths * (event.booth_cost or 3_000_000) + 20_000_000) // 1_000_000
        for kind, payer, told, share in _COSTS:
            if payer == Payer.PRODUCERS and not event.takes_booths:
                continue
            yield EventCost(
                event=event,
                kind=kind,
                payer=payer,
                words=told,
                amount=max(1, whole * share // 100) * 1_000_000,
                paid_on=min(self._today, event.starts_on),
                document="Số mẫu",
                entered_at=min(self._at, self._moment(event.starts_on, 9)),
            )

    def _tickets(
        self, event: TradeEvent, rows: Sequence[EventApplication]
    ) -> Iterator[EventTicket]:
        issued = self._moment(event.starts_on - timedelta(days=5), 9)
        for place, row in enumerate(rows, 1):
            for person in (1, 2):
                yield EventTicket(
                    code=public_code(self._random), event=event, kind=TicketKind.EXHIBITOR,
                    application=row, holder=f"Người trực gian {place:02d}.{person} (mẫu)",
                    issued_at=issued,
                )  # fmt: skip
        visitors = _VISITORS if event.kind == EventKind.FAIR else 0
        counts = {TicketKind.GUEST: _GUESTS.get(EventKind(event.kind), 0)}
        counts[TicketKind.VISITOR] = visitors
        for batch, (kind, count) in enumerate(counts.items(), 1):
            for _n in range(count):
                yield EventTicket(
                    code=public_code(self._random), event=event, kind=kind, batch=batch,
                    holder=_INVITED if kind == TicketKind.GUEST else "", issued_at=issued,
                )  # fmt: skip

        if event.kind in (EventKind.FAIR, EventKind.GOODS_WEEK):
            for _n in range(_TAKEN):
                yield EventTicket(
                    code=public_code(self._random), event=event, kind=TicketKind.VISITOR,
                    batch=len(counts) + 1, self_taken=True, issued_at=issued,
                )  # fmt: skip

    def _shown(self, ticket: EventTicket) -> Iterator[EventCheckIn]:
        """Exhibitors come nearly every day, guests and visitors on one."""
        days = self._past(ticket.event)
        if ticket.kind != TicketKind.EXHIBITOR:
            days = [self._random.choice(days)] if days and self._random.random() < 0.8 else []
        for day in days:
            if self._random.random() < 0.06:
                continue
            opens = self._moment(day, 7 if ticket.kind == TicketKind.EXHIBITOR else 8)
            at = opens + timedelta(seconds=self._random.randrange(3_600))
            self._entries += 1
            if self._entries % _MISTAKEN == 0:
                yield self._noted(
                    ticket, day, opens - timedelta(minutes=9), entry=False, undone_at=opens
                )
            yield self._noted(ticket, day, at, entry=True)
            if self._random.randrange(_AGAIN) == 0:
                yield self._noted(ticket, day, at + timedelta(hours=3), entry=False)

    def _noted(
        self,
        ticket: EventTicket,
        day: date,
        at: datetime,
        *,
        entry: bool,
        undone_at: datetime | None = None,
    ) -> EventCheckIn:
        gate = self._random.randrange(len(_GATES))
        return EventCheckIn(
            ticket=ticket, day=day, client_id=self._identifier(), gate=_GATES[gate],
            device=f"may-{gate + 1}", at=at, received_at=at + timedelta(minutes=12), entry=entry,
            undone_at=undone_at,
        )  # fmt: skip

    def _identifier(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _moment(self, day: date, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour)))
