"""Sales points of the demonstration: 105 by March 2024, three of them set up by Phú Xuyên district.

Their goods are products of the plan, a few with a star that ended since; most points told their
sales of the last year.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from ocop.core import attachments
from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.demonstration import frame
from ocop.demonstration.geography import Commune, Geography
from ocop.demonstration.loading import Loader
from ocop.demonstration.logins import email_of
from ocop.demonstration.network import fronts
from ocop.network import months, place_types
from ocop.network.models import (
    Chain,
    KeyGood,
    PointKeeper,
    PointPhoto,
    PointState,
    PointVisit,
    Sale,
    SalesPoint,
    SalesReport,
    StockLine,
)
from ocop.network.standing_goods import LEAST_STARS
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Level, Unit
from ocop.products.models import Product, ProductState
from ocop.recognition.models import Recognition

POINTS = 105
FRONTS = 3  # drawn
BY = date(2024, 3, 20)  # all of them were recognised by then
_PHU_XUYEN = "280"
_OWN = ("10330", "10318", "10315")  # Vân Từ, Sơn Hà, Tân Dân
_SEED = frame.SEED + 11
_FIRST = date(2019, 9, 1)
_AUTHORITY = "UBND thành phố Hà Nội"
_STREETS = ("Đường Trung Tâm", "Chợ xã", "Đường Liên Xã", "Khu dịch vụ", "Nhà văn hóa")
_OPERATORS = ("Hợp tác xã dịch vụ nông nghiệp {} (mẫu)", "Cửa hàng nông sản {} (mẫu)")
_CHAINS = ("Chuỗi Bếp Quê (mẫu)", "Chuỗi Quà Thủ Đô (mẫu)")


class Points:
    """Draws points, what stands there and what they sold."""

    def __init__(self, loader: Loader, geography: Geography, at: datetime) -> None:
        self._loader = loader
        self._geography = geography
        self._at = at
        self._today = timezone.localdate(at)
        self._random = Random(_SEED)
        self._maker = loader.busiest_producer()

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        keep = self._loader.keep
        self._chains = keep(
            Chain(
                code=public_code(self._random), name=name, folded=words(name), shared_stock=True,
                demonstration=True, created_at=self._at,
            )
            for name in _CHAINS
        )  # fmt: skip
        points = keep(self._points())
        waiting = keep(self._waiting())
        keep(self._visits(points))
        (missed,) = keep([self._missed(waiting[1])])
        keep(self._photos(points, missed))
        lines = keep(self._stock(points))
        keep(self._key_goods())
        self._load_sales(points, lines)
        user = User.objects.get(email=email_of(Role.SALES_POINT_KEEPER))
        since = self._today - timedelta(days=365)
        keep(PointKeeper(point=row, user=user, starts_on=since) for row in points[:2])

    def _homes(self) -> list[Commune]:
        """Where the points are: the three of Phú Xuyên first, all others in other districts. The
        first of these lies where the producer with an account is, who runs it."""
        communes = self._geography.communes
        own = {commune.eras[0].key.code: commune for commune in communes}
        others = [commune for commune in communes if commune.district != _PHU_XUYEN]
        home = next(c for c in others if self._loader.unit(c.now.key) == self._maker.commune_id)
        rest = self._random.sample([c for c in others if c is not home], POINTS - len(_OWN) - 1)
        return [*(own[code] for code in _OWN), home, *rest]

    def _points(self) -> Iterator[SalesPoint]:
        founder = Unit.objects.get(code=_PHU_XUYEN, level=Level.DISTRICT)
        random, kinds = self._random, list(place_types.PLACES)
        for number, home in enumerate(self._homes()):
            on = _FIRST + timedelta(days=random.randrange((BY - _FIRST).days))
            closed = number and number % 40 == 0  # after the day of the report
            yield self._point(
                home,
                on,
                place_type="village" if number < len(_OWN) else random.choice(kinds),
                state=PointState.CLOSED if closed else PointState.RECOGNISED,
                closed_on=date(2025, 9, 1) if closed else None,
                number=f"{1000 + number}/QĐ-UBND (mẫu)",
                authority=_AUTHORITY,
                recognised_on=on,
                founder=founder if number < len(_OWN) else None,
                producer=self._maker if number == len(_OWN) else None,
                chain=self._chains[number % 2] if number % 13 == 5 else None,
                approved_cost=(cost := random.randrange(40, 240) * 1_000_000),
                state_paid=cost // random.choice((2, 3, 4)) if number % 3 == 0 else 0,
            )

    def _waiting(self) -> Iterator[SalesPoint]:
        homes = self._random.sample(self._geography.communes, 3)
        for home, state in zip(homes, ("applied", "applied", "refused"), strict=True):
            answer = "Chưa có kệ riêng cho sản phẩm OCOP (mẫu)" if state == "refused" else ""
            yield self._point(home, self._today, place_type="market", state=state, answer=answer)

    def _missed(self, point: SalesPoint) -> PointVisit:
        """A visit to an application that did not pass yet."""
        answers = dict.fromkeys(place_types.checks_for(point.place_type), "yes")
        on = self._at - timedelta(days=2)
        return PointVisit(
            code=public_code(self._random),
            point=point,
            visited_at=on,
            checklist=place_types.listing_on(on.date()).key,
            answers=answers | {"shelves": "no", "prices": "no"},
            passed=False,
            note="Đề nghị đóng kệ riêng và niêm yết giá, hẹn xem lại sau hai tuần (mẫu).",
            created_at=self._at,
        )

    def _photos(self, points: list[SalesPoint], missed: PointVisit) -> Iterator[PointPhoto]:
        stored = [
            attachments.store(fronts.front(number), filename=f"{number}.jpg", at=self._at)
            for number in range(FRONTS)
        ]
        for number, point in enumerate(points):
            if number % 4 != 3:  # not everybody sends one
                yield PointPhoto(
                    point=point,
                    attachment=stored[number % FRONTS],
                    caption="Mặt tiền điểm bán, tranh vẽ minh họa",
                    created_at=self._at,
                )
        yield PointPhoto(
            point=missed.point, visit=missed, attachment=stored[0], created_at=self._at
        )

    def _point(self, home: Commune, on: date, **more: object) -> SalesPoint:
        random, name = self._random, f"Điểm OCOP {home.bare_name} (mẫu)"
        address = f"Số {random.randrange(1, 90)}, {random.choice(_STREETS)}"
        spread = (random.uniform(-0.006, 0.006), random.uniform(-0.006, 0.006))
        placed = home.lat is not None and home.lon is not None
        operator = random.choice(_OPERATORS).format(home.bare_name)
        if more.get("producer") is not None:
            operator = self._maker.name
        return SalesPoint(
            code=public_code(random),
            name=name,
            folded=words(name, address),
            operator=operator,
            province=frame.PROVINCE,
            unit_id=self._loader.unit(home.on(on).key),
            commune_id=self._loader.unit(home.now.key),
            address=address,
            lat=(home.lat or 0) + spread[0] if placed else None,
            lon=(home.lon or 0) + spread[1] if placed else None,
            opens_at=time(random.choice((7, 8))),
            closes_at=time(random.choice((17, 18, 20))),
            closed_days=random.choice(("", "", "7", "1")),
            demonstration=True,
            created_at=self._at,
            **more,
        )

    def _visits(self, points: list[SalesPoint]) -> Iterator[PointVisit]:
        for point in points:
            assert point.recognised_on is not None
            on = point.recognised_on - timedelta(days=20)
            yield PointVisit(
                code=public_code(self._random),
                point=point,
                visited_at=timezone.make_aware(datetime.combine(on, time(9))),
                checklist=place_types.listing_on(on).key,
                answers=dict.fromkeys(place_types.checks_for(point.place_type), "yes"),
                passed=True,
                created_at=self._at,
            )

    def _stock(self, points: list[SalesPoint]) -> Iterator[StockLine]:
        goods = [
            row
            for row in self._loader.products
            if row.in_ocop and row.state != ProductState.STOPPED and (row.set_number or 26) < 26
        ]
        since = self._today - timedelta(days=400)
        stars = Recognition.objects.filter(
            expires_on__gte=self._today, stars__gte=LEAST_STARS, revoked_on=None, annulled_on=None
        )
        standing = set(stars.values_list("product", flat=True))
        held = [row for row in goods if row.pk in standing]
        ended = [row for row in goods if row.pk not in standing]
        for chain in self._chains:
            for product in self._random.sample(held, 6):
                yield StockLine(chain=chain, product=product, starts_on=since, created_at=self._at)
        for number, point in enumerate(points):
            if point.closed_on is not None:
                continue
            near = [row for row in held if row.commune_id == point.commune_id]
            chosen = {row.pk: row for row in near[:5]}
            chosen |= {row.pk: row for row in self._random.sample(held, 8)}
            if number < 2 or number % 6 == 3:  # a star that ended since
                chosen |= {row.pk: row for row in self._random.sample(ended, 2)}
            for product in chosen.values():
                yield StockLine(point=point, product=product, starts_on=since, created_at=self._at)

    def _key_goods(self) -> Iterator[KeyGood]:
        plain = [row for row in self._loader.products if not row.in_ocop][:6]
        for number, product in enumerate(plain):
            yield KeyGood(
                product=product,
                basis=("key", "typical", "speciality")[number % 3],
                document="Quyết định 100/QĐ-UBND, 02/01/2026 (mẫu)",
                starts_on=date(2026, 1, 2),
                created_at=self._at,
            )

    def _load_sales(self, points: list[SalesPoint], lines: list[StockLine]) -> None:
        offered: dict[int, list[Product]] = {}
        for line in lines:
            if line.point_id is not None:
                offered.setdefault(line.point_id, []).append(line.product)
        last = months.before(months.first_of(self._today))
        reports = self._loader.keep(
            SalesReport(
                point=point,
                month=month,
                client_id=UUID(int=self._random.getrandbits(128)),
                sent_at=min(
                    self._at,
                    timezone.make_aware(datetime.combine(months.after(month), time(10))),
                ),
            )
            for number, point in enumerate(points)
            if point.pk in offered and number % 5 != 4
            for month in (months.before(last, back) for back in range(1 if number < 2 else 0, 12))
        )
        self._loader.keep(
            Sale(report=report, product=product, quantity=(n := self._random.randrange(2, 60)),
                 amount=n * self._random.randrange(4, 30) * 5_000)
            for report in reports
            for product in offered[report.point_id]
            if self._random.random() < 0.8
        )  # fmt: skip
