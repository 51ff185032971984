"""Links to shops, what weekly checks of them found, online sales of a year, lists of sellers.

All addresses bear names for examples (RFC 2606), which nobody can ask: what checks found is
invented with the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.market import addresses, checklist, marketplaces, quarters
from ocop.market.models import LinkCheck, LinkState, OnlineReport, SellerList, ShopLink
from ocop.market.verdicts import Reason, State
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductState
from ocop.recognition.models import Recognition

_SEED = frame.SEED + 13
_EVERY = 5  # every so manieth maker with a valid star sells online
_WEEKS = 4  # of checks
_LATE = 6  # every so manieth seller did not tell the last quarter
_UNANSWERED = 5  # and every so manieth answered no list
_HOSTS = ("san-mau.example", "cho-mau.example", "")  # the last: a site of one's own


@dataclass(frozen=True, slots=True)
class _Fate:
    """What the last check found, and what those before it did."""

    state: State
    reason: Reason
    status: int | None = None
    before: tuple[Reason, int | None] = (Reason.OK, 200)


_ALIVE = _Fate(State.ALIVE, Reason.OK, 200)
_FATES = (
    *[_ALIVE] * 14,
    _Fate(State.UNSURE, Reason.TURNED_AWAY, 403, (Reason.TURNED_AWAY, 403)),
    _Fate(State.UNSURE, Reason.HOME, 200),
    _Fate(State.DEAD, Reason.GONE, 404),
    _Fate(State.DEAD, Reason.NO_NAME, None, (Reason.NO_NAME, None)),
    _Fate(State.ALIVE, Reason.NO_ANSWER),
    _Fate(State.WAITING, Reason.OK),
)


class Selling:
    """Draws selling online for the producers that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._today = timezone.localdate(at)
        self._random = Random(_SEED)

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        goods = self._goods()
        makers = {row.producer_id: row.producer for row in goods}
        links = self._loader.keep(self._links(goods))
        self._loader.keep(self._checks(links))
        since: dict[int, date] = {}
        for link in links:
            maker = link.product.producer_id
            since[maker] = min(link.starts_on, since.get(maker, link.starts_on))
        self._loader.keep(self._reports(makers, since))
        self._loader.keep(self._lists(makers))

    def _goods(self) -> list[Product]:
        """The goods of the makers that sell online: of the producer with an account, and of every
        few others. A few had a star that ended since, as everywhere."""
        stars = Recognition.objects.filter(revoked_on=None, annulled_on=None, stars__gte=3)
        ever = set(stars.values_list("product", flat=True))
        valid = set(stars.filter(expires_on__gte=self._today).values_list("product", flat=True))
        goods = [
            row
            for row in self._loader.products
            if row.in_ocop and row.state == ProductState.ACTIVE and row.pk in ever
        ]
        makers = list(dict.fromkeys(row.producer_id for row in goods if row.pk in valid))
        own = self._loader.busiest_producer().pk
        chosen = {own, *makers[::_EVERY]}
        return [row for row in goods if row.producer_id in chosen]

    def _links(self, goods: list[Product]) -> Iterator[ShopLink]:
        known = {host: place for place in marketplaces.known().values() for host in place.hosts}
        number = 0
        for product in goods:
            for host in self._random.sample(_HOSTS, self._random.choice((1, 1, 2))):
                fate = _FATES[number % len(_FATES)]
                waiting = fate.state == State.WAITING
                number += 1
                address = self._address(product, host)
                yield ShopLink(
                    code=public_code(self._random),
                    product=product,
                    address=address,
                    host=addresses.host_of(address),
                    marketplace=known[host].key if host else "",
                    state=LinkState(fate.state),
                    reason="" if waiting else fate.reason.value,
                    failures=_failures(fate),
                    checked_at=None if waiting else self._moment(0, number),
                    starts_on=self._today - timedelta(days=self._random.randrange(60, 500)),
                    demonstration=True,
                    created_at=self._at,
                )

    def _address(self, product: Product, host: str) -> str:
        site = product.producer.website or f"https://{product.producer.code}.example/"
        whole = (
            f"https://{host}/hang/{product.code}" if host else f"{site.rstrip('/')}/{product.code}"
        )
        return addresses.read(whole, examples=True)

    def _checks(self, links: list[ShopLink]) -> Iterator[LinkCheck]:
        """The first one and the last weeks, oldest first; the last is what the link says."""
        for number, link in enumerate(links):
            fate = _FATES[number % len(_FATES)]
            if fate.state == State.WAITING:
                continue
            first = timezone.make_aware(datetime.combine(link.starts_on, time(3)))
            yield _check(link, first, State.ALIVE, Reason.OK, 200, changed=True)
            was = State.ALIVE
            for week in range(_WEEKS - 1, -1, -1):
                reason, status = (fate.reason, fate.status) if week == 0 else fate.before
                state = State.ALIVE if week and reason == Reason.OK else fate.state
                at = self._moment(week, number + 1)
                yield _check(link, at, state, reason, status, changed=state != was)
                was = state

    def _reports(
        self, makers: dict[int, Producer], since: dict[int, date]
    ) -> Iterator[OnlineReport]:
        """A year; the part online grows a little from quarter to quarter."""
        for place, maker in enumerate(makers.values()):
            usual, part = self._random.randrange(40, 900), self._random.uniform(0.03, 0.35)
            for back, quarter in enumerate(quarters.tellable(self._today)):
                if quarter.last_day < since[maker.pk] or (back == 0 and place % _LATE == 3):
                    continue
                total = int(usual * self._random.uniform(0.7, 1.3)) * 1_000_000
                online = int(total * part * (1 - 0.12 * back)) // 100_000 * 100_000
                sent = quarter.last_day + timedelta(days=1 + place % 9)
                yield OnlineReport(
                    producer=maker,
                    starts_on=quarter.first_day,
                    total=total,
                    online=online,
                    sent_at=min(self._at, timezone.make_aware(datetime.combine(sent, time(9)))),
                    demonstration=True,
                )

    def _lists(self, makers: dict[int, Producer]) -> Iterator[SellerList]:
        asked = checklist.checklist_on(self._today)
        for place, maker in enumerate(makers.values()):
            if place % _UNANSWERED == 2:
                continue
            answers = dict.fromkeys(asked.questions, checklist.YES)
            answers["notified"] = checklist.OTHER if place % 3 else checklist.YES
            for key in self._random.sample(asked.questions, place % 4):
                answers[key] = checklist.NO
            if place % 7 == 1:
                del answers[self._random.choice(asked.questions)]
            yield SellerList(
                producer=maker,
                checklist=asked.key,
                answers=answers,
                answered_at=self._at - timedelta(days=place % 90),
                demonstration=True,
            )

    def _moment(self, week: int, number: int) -> datetime:
        """When a check was made: in the night, spread over the days of a week."""
        return self._at - timedelta(weeks=week, hours=number % 150, minutes=number % 60)


def _check(
    link: ShopLink, at: datetime, state: State, reason: Reason, status: int | None, *, changed: bool
) -> LinkCheck:
    kept = LinkState(state)
    return LinkCheck(
        link=link, at=at, state=kept, reason=reason.value, status=status, changed=changed
    )


def _failures(fate: _Fate) -> int:
    if fate.state == State.DEAD:
        return 1 if fate.reason == Reason.GONE else 4
    return 1 if fate.reason == Reason.NO_ANSWER else 0
