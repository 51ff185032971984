"""Writing demands, offers, rounds of meetings and deals of a year. Called inside the action of the
demonstration only."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from ocop.core import folding
from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.promotion.buyers import BUYERS, ENDED, TURNS, WISHES, Wish
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion.meetings import explaining, following, matching, queries, timetable
from ocop.promotion.meetings.models import (
    Deal,
    DealKind,
    DealState,
    Demand,
    DemandOffer,
    DemandState,
    FollowUp,
    MeasureChoice,
    MeetingRound,
    MeetingSlot,
    OfferState,
    Outcome,
    ReachChoice,
    RoundState,
    Supply,
)
from ocop.promotion.models import EventKind, EventState, TradeEvent
from ocop.recognition.standing import standing
from ocop.recognition.states import holding

_SEED = frame.SEED + 20
_MAKERS, _OFFERS = 240, 6  # producers that tell what they could deliver, offers for a demand
_TURNS, _MINUTES, _TABLES = 8, 20, 8
_OUTCOMES = (
    Outcome.AGREED, Outcome.TALKED, Outcome.TALKED, Outcome.NOTHING, Outcome.AGREED,
    Outcome.ABSENT,
)  # fmt: skip
_REACHES = (ReachChoice.HERE, ReachChoice.COUNTRY, ReachChoice.COUNTRY, ReachChoice.ABROAD)
_SEASONS: tuple[list[int], ...] = ([], [], [11, 12, 1, 2], [5, 6, 7, 8, 9])
_PER_EVENT, _PER_GOODS_WEEK = 9, 2
_SIGNING = (EventKind.FAIR, EventKind.GOODS_WEEK, EventKind.TRADE_MEETING)
_CALLED_OFF = "Hội trường sửa chữa đột xuất (mẫu)"
_MILLION = 1_000_000


class Meetings:
    """Draws the trade meetings around the events and producers that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._random = Random(_SEED)
        self._today = timezone.localdate(at)

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        self._goods = self._choose()
        if not self._goods:
            return
        self._supplies = {
            row.product_id: row for row in self._loader.keep(map(self._supply, self._goods))
        }
        demands = self._loader.keep(self._demands())
        offers = self._loader.keep(row for demand in demands for row in self._offers(demand))
        self._rounds(offers)
        self._deals(offers)

    def _choose(self) -> list[Product]:
        """One product of each of these producers; that of who signs in stands in front."""
        own = self._loader.busiest_producer().pk
        rows = standing(Product.objects.all(), self._today).filter(holding("star_state"))
        of: dict[int, Product] = {}
        for product in rows.select_related("producer").order_by("-stars", "pk"):
            of.setdefault(product.producer_id, product)
        makers = [product for _key, product in sorted(of.items())]
        self._random.shuffle(makers)
        makers.sort(key=lambda product: product.producer_id != own)
        return makers[:_MAKERS]

    def _supply(self, product: Product) -> Supply:
        random = self._random
        return Supply(
            code=public_code(random),
            product=product,
            quantity=Decimal(50 * random.randrange(1, 40)),
            measure=MeasureChoice.PIECE if product.sector == "IV" else MeasureChoice.KG,
            months=_SEASONS[random.randrange(len(_SEASONS))],
            reach=_REACHES[random.randrange(len(_REACHES))],
            price=5_000 * random.randrange(4, 60),
            offered_at=self._at - timedelta(days=random.randrange(10, 300)),
        )

    def _demands(self) -> Iterator[Demand]:
        for turn, (state, sent, until) in enumerate(TURNS):
            for place, wish in enumerate(self._wishes()[turn % 2 :: 1 + turn % 2]):
                sent_at = self._at + timedelta(days=sent, hours=-place)
                waits = state == DemandState.OPEN and sent > -10 and place % 4 == 3
                yield self._demand(
                    wish, DemandState.CONFIRMED if waits else state, sent_at,
                    self._today + timedelta(days=until + place),
                )  # fmt: skip

    def _wishes(self) -> list[Wish]:
        """What buyers look for, beginning with the goods of who signs in."""
        first = self._goods[0]
        own = Wish(
            " ".join(first.name.replace("(mẫu)", "").split()[:3]), first.sector, 0,
            WISHES[0].kind, 100, MeasureChoice(self._supplies[first.pk].measure),
        )  # fmt: skip
        return [own, *WISHES]

    def _demand(self, wish: Wish, state: DemandState, sent_at: datetime, until: date) -> Demand:
        buyer = BUYERS[wish.buyer]
        posted = state in (DemandState.OPEN, DemandState.CLOSED)
        return Demand(
            code=public_code(self._random),
            buyer=buyer,
            buyer_kind=wish.kind,
            contact=f"Người mua {wish.buyer + 1:02d} (mẫu)",
            email=f"mua{wish.buyer + 1:02d}@nguoimua.example",
            wanted=wish.wanted,
            folded=folding.words(wish.wanted, buyer),
            sector=wish.sector,
            details="Nhu cầu dựng để xem thử hệ thống.",
            quantity=wish.amount,
            measure=wish.measure,
            months=list(wish.months),
            reach=wish.reach,
            least_stars=wish.stars,
            open_until=until,
            state=state,
            answer=ENDED if state == DemandState.CLOSED else "",
            sent_at=sent_at,
            confirmed_at=sent_at + timedelta(hours=1),
            opened_at=sent_at + timedelta(days=1) if posted else None,
            demonstration=True,
        )

    def _offers(self, demand: Demand) -> Iterator[DemandOffer]:
        """The goods that fit best; the buyer wants to meet about the first of them."""
        if demand.state == DemandState.CONFIRMED:
            return
        wanted = demand.facts()
        found = [
            (match, product)
            for product in self._goods
            if (match := self._match(wanted, product)) is not None and match.points >= queries.NEAR
        ]
        found.sort(key=lambda pair: (-pair[0].points, pair[1].pk))
        for place, (match, product) in enumerate(found[:_OFFERS]):
            state = OfferState.WANTED if place < 3 else OfferState.SENT
            sent_at = demand.sent_at + timedelta(days=2, hours=place)
            yield DemandOffer(
                code=public_code(self._random), demand=demand, producer=product.producer,
                product=product, contact=f"Người liên hệ {place + 1:02d} (mẫu)",
                price=self._supplies[product.pk].price, points=match.points,
                reasons=explaining.kept(match), state=state, sent_at=sent_at,
                judged_at=sent_at + timedelta(days=1) if state == OfferState.WANTED else None,
            )  # fmt: skip

    def _match(self, wanted: matching.Wanted, product: Product) -> matching.Match | None:
        return matching.match(wanted, queries.facts_of(product, self._supplies[product.pk]))

    def _rounds(self, offers: Sequence[DemandOffer]) -> None:
        """A round at each trade meeting that was held, one that is told, one that is planned."""
        events = TradeEvent.objects.filter(kind=EventKind.TRADE_MEETING)
        held = list(events.filter(state=EventState.HELD).order_by("starts_on"))
        coming = events.filter(state=EventState.CALLING).first()
        wished = [row for row in offers if row.state == OfferState.WANTED]
        past = [row for row in wished if row.demand.state == DemandState.CLOSED]
        today = self._today
        now = [row for row in wished if row.demand.standing(today) == DemandState.OPEN]
        half = len(past) // 2
        for place, event in enumerate(held[-2:]):
            chosen = past[:half] if place == 0 else past[half:]
            self._round(event, event.starts_on, chosen, RoundState.TOLD)
        self._round(None, self._today - timedelta(days=1), now[::2], RoundState.TOLD)
        self._round(coming, self._today + timedelta(days=41), now, RoundState.PLANNED)
        self._round(None, self._today + timedelta(days=9), now[1::2], RoundState.CANCELLED)

    def _round(
        self,
        event: TradeEvent | None,
        day: date,
        wished: Sequence[DemandOffer],
        state: RoundState,
    ) -> None:
        round_ = MeetingRound(
            code=public_code(self._random),
            event=event,
            name=f"Buổi kết nối {day:%d/%m/%Y} (mẫu)",
            place=event.place if event else "Hội trường Văn phòng Điều phối (mẫu)",
            starts_at=timezone.make_aware(datetime.combine(day, time(8, 30))),
            turns=_TURNS,
            minutes=_MINUTES,
            tables=_TABLES,
            state=state,
            cancelled_for=_CALLED_OFF if state == RoundState.CANCELLED else "",
            demonstration=True,
            created_at=self._at - timedelta(days=30),
        )
        hosts: dict[str, Demand] = {}
        for row in wished:
            hosts.setdefault(row.demand.email, row.demand)
        pairs = {(hosts[row.demand.email].pk, row.producer_id): row.points for row in wished}
        found = timetable.arrange(
            [timetable.Pair(buyer, maker, points) for (buyer, maker), points in pairs.items()],
            _TURNS, _TABLES,
        )  # fmt: skip
        planned = state == RoundState.PLANNED
        round_.gap = None if planned else found.gap
        self._loader.keep([round_])
        if found.meetings and not planned:
            self._loader.keep(self._slots(round_, found, over=day < self._today))

    def _slots(
        self, round_: MeetingRound, found: timetable.Timetable, *, over: bool
    ) -> Iterator[MeetingSlot]:
        for place, meeting in enumerate(found.meetings):
            yield MeetingSlot(
                round=round_, turn=meeting.turn, table=meeting.table,
                host_id=meeting.pair.buyer, producer_id=meeting.pair.producer,
                outcome=_OUTCOMES[place % len(_OUTCOMES)] if over else Outcome.NONE,
            )  # fmt: skip

    def _deals(self, offers: Sequence[DemandOffer]) -> None:
        """What was signed at the events of the last years, and with buyers of closed demands."""
        found = list(self._of_events()) + list(self._of_offers(offers))
        deals = self._loader.keep(deal for deal in found)
        self._loader.keep(row for deal in deals for row in self._follow_ups(deal))

    def _of_events(self) -> Iterator[Deal]:
        begun = TradeEvent.objects.filter(
            state__in=(EventState.PUBLISHED, EventState.HELD), kind__in=_SIGNING,
            starts_on__range=(self._today - timedelta(days=500), self._today),
        )  # fmt: skip
        for event in begun.order_by("starts_on", "pk"):
            rows = event.applications.filter(state="accepted").select_related("producer")
            most = _PER_GOODS_WEEK if event.kind == EventKind.GOODS_WEEK else _PER_EVENT
            for place, row in enumerate(rows.order_by("pk")[:most]):
                buyer = BUYERS[(place + event.pk) % len(BUYERS)]
                subject = row.goods.select_related("product").first()
                name = subject.product.name if subject else "Sản phẩm OCOP (mẫu)"
                signed_on = min(event.ends_on, self._today)
                yield self._deal(row.producer, buyer, name, signed_on, place, event=event)

    def _of_offers(self, offers: Sequence[DemandOffer]) -> Iterator[Deal]:
        wished = [row for row in offers if row.state == OfferState.WANTED]
        signed = [row for row in wished if row.demand.state == DemandState.CLOSED]
        for place, row in enumerate(signed[::3]):
            day = timezone.localdate(row.sent_at) + timedelta(days=20)
            yield self._deal(
                row.producer, row.demand.buyer, row.product.name, day, place, demand=row.demand
            )

    def _deal(
        self,
        producer: Producer,
        buyer: str,
        subject: str,
        signed_on: date,
        place: int,
        **about: Any,
    ) -> Deal:
        contract = place % 3 != 0
        over = following.due_days(signed_on)[-1] < self._today
        state = DealState.DONE if over else DealState.RUNNING
        broken = place % 8 == 7
        number = (
            f"{self._random.randrange(1, 400):02d}/{signed_on.year}/{'HĐ' if contract else 'GN'}"
        )
        value = 20 * _MILLION * self._random.randrange(2, 40)
        if broken:
            state = DealState.BROKEN
        deal = Deal(
            code=public_code(self._random),
            kind=DealKind.CONTRACT if contract else DealKind.MEMORANDUM,
            number=number,
            producer=producer,
            buyer=buyer,
            subject=subject,
            value=value if contract else None,
            signed_on=signed_on,
            state=state,
            ended_for="Người mua ngừng nhập hàng (mẫu)" if broken else "",
            ended_at=None if state == DealState.RUNNING else self._at - timedelta(days=3),
            demonstration=True,
            created_at=timezone.make_aware(datetime.combine(signed_on, time(17))),
            **about,
        )
        deal.folded = folding.words(number, deal.producer.name, buyer, subject)
        return deal

    def _follow_ups(self, deal: Deal) -> Iterator[FollowUp]:
        """What was told so far; one in six of the last answers is late."""
        days = following.due_days(deal.signed_on)
        over = [day for day in days if day < self._today]
        late = deal.state == DealState.RUNNING and self._random.randrange(6) == 0
        told = len(over) - 1 if late and over else len(over)
        whole = deal.value or 0
        for number, day in enumerate(days, start=1):
            known = number <= told
            yield FollowUp(
                deal=deal,
                number=number,
                due_on=day,
                delivered=whole * min(number * 22, 95) // 100 if known else None,
                told_at=timezone.make_aware(datetime.combine(day, time(9))) if known else None,
            )
