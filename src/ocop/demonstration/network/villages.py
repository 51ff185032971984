"""Loading craft villages of the demonstration. Called inside its action only.

1,350 villages in early 2024, 324 of them recognised; since then some more of either, some whose
trade ended, two titles that were revoked; numbers of each year, looks at the environment.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.demonstration import frame
from ocop.demonstration.drawing import apportion
from ocop.demonstration.geography import Commune, Geography
from ocop.demonstration.loading import Loader
from ocop.demonstration.network.crafts import FIRST, INNER, MANY, OUTER_CITY, SECOND, TRADES
from ocop.network.villages.keys import village_key
from ocop.network.villages.models import (
    Artisan,
    RouteStop,
    Village,
    VillageEnvironment,
    VillageRecognition,
    VillageRoute,
    VillageYear,
)

_SEED = frame.SEED + 61
BEFORE = 1350  # of the office's report of early 2024
RECOGNISED = 324  # of them by then
_DETOUR = 0.08  # degrees that a route goes farther to see another commune
_OLD = 50  # years that a traditional craft is older than
_SINCE = 4  # villages that came since, and as many whose trade ended
_COUNTED_FROM = date(2018, 6, 1)
_REPORT = date(2024, 3, 25)
_FIRST_YEAR = 2022  # of the numbers; of recognised villages 2019
_ROUTES = (
    ("Tuyến làng nghề phía nam", "280", 8),
    ("Tuyến làng nghề phía tây", "276", 6),
    ("Tuyến mây tre và lụa", "277", 7),
    ("Tuyến làng nghề Thường Tín", "279", 6),
)
_STORY = (
    "Nghề {trade} của làng được truyền qua nhiều đời. Đây là phần giới thiệu mẫu, không nói về một "
    "làng có thật."
)


class Villages:
    """Draws the villages of a province."""

    def __init__(self, loader: Loader, geography: Geography, at: datetime) -> None:
        self._loader, self._geography, self._at = loader, geography, at
        self._today = timezone.localdate(at)
        self._random = Random(_SEED)
        self._homes: list[Commune] = []  # of the villages, in their order

    def load(self) -> None:
        """Write villages, what is told of them, and routes."""
        villages = self._loader.keep(self._villages())
        titled = self._titled(len(villages))
        self._loader.keep(self._recognitions(villages, titled))
        self._loader.keep(self._years(villages, set(titled)))
        self._loader.keep(self._environment(villages, set(titled)))
        self._loader.keep(self._artisans(villages, titled))
        self._load_routes(villages)

    # --- villages ------------------------------------------------------------------------------

    def _villages(self) -> Iterator[Village]:
        weights = {
            commune.number: self._random.randrange(1, 4) * weight
            for commune in self._geography.communes
            if (weight := _weight(commune))
        }
        shares = apportion(BEFORE + _SINCE, weights)
        homes = [c for c in self._geography.communes for _ in range(shares.get(c.number, 0))]
        self._random.shuffle(homes)
        self._homes = homes
        names, known, often = _names(), set[str](), [weight for *_trade, weight in TRADES]
        for number, home in enumerate(homes):
            trade, group, _weight_of = self._random.choices(TRADES, often)[0]
            name = next(names)
            key = village_key(name=name, trade=trade, place=home.now.key.code)
            while key in known:
                name = next(names)
                key = village_key(name=name, trade=trade, place=home.now.key.code)
            known.add(key)
            yield self._village(number, home, name, trade, group, key)

    def _village(
        self, number: int, home: Commune, name: str, trade: str, group: str, key: str
    ) -> Village:
        late, old = number >= BEFORE, self._random.random() < 0.5
        counted_from = date(2025, 3, 10) if late else _COUNTED_FROM
        return Village(
            code=public_code(self._random),
            name=name,
            trade=trade,
            trade_group=group,
            folded=words(name, trade),
            began_year=self._random.randrange(1650, 1960) if old else None,
            developing=True if old else None,
            distinctive=(self._random.random() < 0.8) if old else None,
            known_by_name=(self._random.random() < 0.7) if old else None,
            address=f"Thôn {name.removeprefix('Làng ')}",
            province=frame.PROVINCE,
            unit_id=self._loader.unit(home.on(counted_from if late else _REPORT).key),
            commune_id=self._loader.unit(home.now.key),
            lat=self._near(home.lat),
            lon=self._near(home.lon),
            story=_STORY.format(trade=trade.lower()) if old else "",
            counted_from=counted_from,
            ended_on=self._ended(number),
            listed=True,
            demonstration=True,
            row_key=key,
            created_at=self._at,
        )

    def _ended(self, number: int) -> date | None:
        """The last villages without a title are those whose trade ended."""
        return date(2025, 9, 1) if BEFORE - _SINCE <= number < BEFORE else None

    def _near(self, degree: float | None) -> float | None:
        return None if degree is None else round(degree + self._random.uniform(-0.008, 0.008), 5)

    # --- what is told of them ------------------------------------------------------------------

    def _titled(self, count: int) -> dict[int, date]:
        """Which villages were recognised, by their place, and when."""
        days = sorted(date(2001, 6, 1) + timedelta(days=25 * n) for n in range(RECOGNISED))
        found = dict(enumerate(days))
        found |= {RECOGNISED + n: date(2024, 12, 20 + n % 2) for n in range(6)}
        found |= {RECOGNISED + 6 + n: date(2025, 12, 18) for n in range(5)}
        return {place: day for place, day in found.items() if place < count and day < self._today}

    def _recognitions(
        self, villages: list[Village], titled: dict[int, date]
    ) -> Iterator[VillageRecognition]:
        for place, day in titled.items():
            village = villages[place]
            began = village.began_year or day.year
            traditional = bool(village.distinctive and village.known_by_name) and (
                day.year - began > _OLD
            )
            gone = place in (11, 42)
            yield VillageRecognition(
                village=village,
                title="traditional" if traditional else "village",
                number=f"{1200 + place * 7 % 5400}/QĐ-UBND",
                signed_on=day,
                year=day.year,
                authority="UBND thành phố Hà Nội",
                revoked_on=date(2025, 6, 16) if gone else None,
                revoking_number="3120/QĐ-UBND" if gone else "",
                revoking_reason="Không còn đủ số hộ làm nghề (mẫu)" if gone else "",
            )

    def _years(self, villages: list[Village], titled: set[int]) -> Iterator[VillageYear]:
        for place, village in enumerate(villages):
            households = self._random.randrange(120, 1100)
            low = 22 if place in titled else 6
            share = self._random.randrange(low, 75)
            income = self._random.randrange(52, 96) * 1_000_000
            hands = self._random.randrange(14, 26)  # of ten households
            first = 2019 if place in titled else _FIRST_YEAR
            for year in range(max(first, village.counted_from.year), self._today.year):
                if village.ended_on and year >= village.ended_on.year:
                    break
                in_trade = households * share // 100
                workers = in_trade * hands // 10
                yield VillageYear(
                    village=village,
                    year=year,
                    households=households,
                    in_trade=in_trade,
                    workers=workers,
                    revenue=workers * income * 2,
                    income=income,
                    stable=place in titled or self._random.random() < 0.8,
                    source="Báo cáo của xã (mẫu)",
                )
                households += self._random.randrange(0, 9)
                income = income * (103 + self._random.randrange(6)) // 100 // 100_000 * 100_000

    def _environment(
        self, villages: list[Village], titled: set[int]
    ) -> Iterator[VillageEnvironment]:
        for place, village in enumerate(villages):
            if place not in titled and self._random.random() < 0.7:
                continue
            kept = self._random.random() < 0.88
            day = date(2024, 9, 1) + timedelta(days=self._random.randrange(600))
            yield VillageEnvironment(
                village=village,
                checked_on=min(day, self._today),
                kept=kept,
                note="" if kept else "Nước thải sản xuất chưa được thu gom, xử lý (mẫu)",
                source="Biên bản kiểm tra (mẫu)",
            )

    def _artisans(self, villages: list[Village], titled: dict[int, date]) -> Iterator[Artisan]:
        number = 0
        for place in titled:
            if villages[place].began_year is None or self._random.random() < 0.4:
                continue
            for _turn in range(self._random.randrange(1, 3)):
                number += 1
                yield Artisan(
                    village=villages[place],
                    name=f"Nghệ nhân số {number} (mẫu)",
                    title=self._random.choices(
                        ("people", "merited", "city", "skilled"), (1, 4, 8, 6)
                    )[0],
                    year=self._random.randrange(2005, 2025),
                    consents=self._random.random() < 0.7,
                )

    # --- routes --------------------------------------------------------------------------------

    def _load_routes(self, villages: list[Village]) -> None:
        """Each through neighbouring villages of a district, from its centre on."""
        rows = self._loader.keep(
            VillageRoute(
                code=public_code(self._random),
                name=f"{name} (mẫu)",
                folded=words(name),
                summary="Một ngày qua các làng còn giữ nghề, mua tận nơi làm ra. Tuyến mẫu.",
                hours=hours,
                listed=True,
                demonstration=True,
                created_at=self._at,
            )
            for name, _district, hours in _ROUTES
        )
        stops: list[RouteStop] = []
        for route, (_name, district, _hours) in zip(rows, _ROUTES, strict=True):
            stops += self._stops(route, self._on_the_way(villages, district))
        self._loader.keep(stops)

    def _on_the_way(self, villages: list[Village], district: str) -> list[Village]:
        own = zip(villages[:RECOGNISED], self._homes[:RECOGNISED], strict=True)
        recognised = [village for village, home in own if home.district == district and village.lat]
        path = [recognised.pop(0)]
        while recognised and len(path) < 5:  # the nearest next, rather in another commune
            way = {v: _apart(v, path[-1]) + _DETOUR * _passes(path, v) for v in recognised}
            path.append(min(recognised, key=way.__getitem__))
            recognised.remove(path[-1])
        return path

    def _stops(self, route: VillageRoute, path: list[Village]) -> Iterator[RouteStop]:
        for position, village in enumerate(path, start=1):
            yield RouteStop(
                route=route, position=position, village=village, note="Xem làm nghề, mua tại xưởng"
            )
        last = path[-1]
        yield RouteStop(
            route=route,
            position=len(path) + 1,
            name="Trung tâm thiết kế sáng tạo (mẫu)",
            lat=(last.lat or 0) + 0.012,
            lon=(last.lon or 0) + 0.01,
            note="Giới thiệu, bán sản phẩm của cả tuyến",
        )


def _weight(commune: Commune) -> int:
    if commune.district in INNER:
        return 0
    if commune.district in OUTER_CITY:
        return 1
    return 5 if commune.district in MANY else 3


def _names() -> Iterator[str]:
    """Names in an order of their own, again and again."""
    pairs = [(first, second) for second in SECOND for first in FIRST]
    Random(_SEED + 1).shuffle(pairs)
    while True:
        for first, second in pairs:
            yield f"Làng {first} {second} (mẫu)"


def _passes(path: list[Village], other: Village) -> bool:
    return any(village.commune_id == other.commune_id for village in path)


def _apart(one: Village, other: Village) -> float:
    return abs((one.lat or 0) - (other.lat or 0)) + abs((one.lon or 0) - (other.lon or 0))
