"""Loading what was given since 2019, policies and budget lines. Called inside its action only.

Districts paid for fairs and dossiers, Chương Mỹ for fairs from 2019 on, the others later; the city
for trademarks and stamps; communes since July 2025.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from random import Random

from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.support.known_policies import known_policies
from ocop.support.models import BudgetLine, Category, Grant, Payer, Per, Period, Policy

_SEED = frame.SEED + 9
_CHUONG_MY = "277"
_DISTRICTS_UNTIL = date(2025, 6, 30)
_SHARE_OF_MAKERS = 0.3  # who got some support
_LINES = (
    (Category.PROMOTION, 900_000_000),
    (Category.TRADEMARK, 700_000_000),
    (Category.TRACE, 400_000_000),
    (Category.BONUS, 1_200_000_000),
    ("", 500_000_000),
)
#: Purpose, who paid, from when to when, smallest and largest sum in thousands of đồng.
_KINDS = (
    (Category.CONSULTANCY, Payer.DISTRICT, 2019, 2025, 5_000, 30_000),
    (Category.PROMOTION, Payer.DISTRICT, 2020, 2025, 2_000, 12_000),
    (Category.TRACE, Payer.DISTRICT, 2020, 2025, 1_000, 6_000),
    (Category.TRADEMARK, Payer.PROVINCE, 2021, 2025, 10_000, 35_000),
    (Category.TOOLS, Payer.PROVINCE, 2020, 2026, 20_000, 90_000),
    (Category.PROMOTION, Payer.COMMUNE, 2025, 2026, 2_000, 10_000),
    (Category.TRAINING, Payer.CENTRE, 2022, 2026, 1_000, 4_000),
)
_WORDS = {
    Category.CONSULTANCY: "Tư vấn, hoàn thiện hồ sơ (mẫu)",
    Category.PROMOTION: "Gian hàng tại hội chợ (mẫu)",
    Category.TRACE: "In tem truy xuất nguồn gốc (mẫu)",
    Category.TRADEMARK: "Bảo hộ nhãn hiệu (mẫu)",
    Category.TOOLS: "Máy đóng gói, bao bì (mẫu)",
    Category.TRAINING: "Lớp tập huấn (mẫu)",
}


class Giving:
    """Draws grants, policies and lines for what a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._today = at.date()
        self._random = Random(_SEED)
        self._city = Unit.objects.get(code=frame.PROVINCE, level=Level.PROVINCE, valid_to=None)

    def load(self) -> None:
        """Write all of it."""
        self._loader.keep(self._policies())
        self._loader.keep(self._lines())
        self._loader.keep(self._grants())

    def _policies(self) -> Iterator[Policy]:
        for terms in known_policies():
            yield Policy(**_told(terms), created_at=self._at, demonstration=True)
        common = {
            "level": Payer.PROVINCE, "starts_on": date(2026, 1, 1), "created_at": self._at,
            "demonstration": True, "uncertain": "Chính sách mẫu, không có văn bản thật.",
        }  # fmt: skip
        yield Policy(
            code="mau-thuong-sao", title="Thưởng sản phẩm đạt hạng sao (mẫu)",
            document="Nghị quyết mẫu 05/2026", category=Category.BONUS, per=Per.PRODUCT,
            period=Period.EVER, difference=True,
            stars={"3": 15_000_000, "4": 25_000_000, "5": 40_000_000}, **common,
        )  # fmt: skip
        yield Policy(
            code="mau-nhan-hieu", title="Hỗ trợ bảo hộ nhãn hiệu (mẫu)",
            document="Nghị quyết mẫu 05/2026", category=Category.TRADEMARK, per=Per.PRODUCT,
            period=Period.EVER, ceiling=35_000_000, **common,
        )  # fmt: skip

    def _lines(self) -> Iterator[BudgetLine]:
        busy = self._loader.busiest_producer().commune
        for year in sorted({2024, 2025, 2026, self._today.year}):
            for category, amount in _LINES:
                yield self._line(self._city, year, category, amount)
            if busy is not None and year >= busy.valid_from.year:
                yield self._line(busy, year, Category.PROMOTION, 60_000_000)

    def _line(self, unit: Unit, year: int, category: str, amount: int) -> BudgetLine:
        return BudgetLine(
            code=public_code(self._random),
            unit=unit,
            year=year,
            category=category,
            source=f"Quyết định mẫu giao dự toán năm {year}",
            amount=amount,
            demonstration=True,
            created_at=self._at,
        )

    def _grants(self) -> Iterator[Grant]:
        districts = dict(Unit.objects.filter(level=Level.DISTRICT).values_list("pk", "name")) | {
            None: ""
        }
        fair_district = set(
            Unit.objects.filter(code=_CHUONG_MY, level=Level.DISTRICT).values_list("pk", flat=True)
        )
        products: dict[int, list[Product]] = {}
        for product in self._loader.products:
            if product.in_ocop:
                products.setdefault(product.producer_id, []).append(product)
        above = dict(Unit.objects.values_list("pk", "parent"))
        for maker in self._loader.producers:
            if maker.pk not in products:
                continue
            district = above.get(maker.unit_id) if maker.unit_id else None
            if maker.unit_id in districts:
                district = maker.unit_id
            of_fairs = district in fair_district
            if not of_fairs and self._random.random() > _SHARE_OF_MAKERS:
                continue
            for kind in self._random.sample(_KINDS, self._random.choice((1, 1, 2, 3))):
                yield from self._grant(maker, products.get(maker.pk, ()), kind, district, districts)
            if of_fairs:
                for year in (2019, self._random.randint(2020, 2024)):
                    fair = (Category.PROMOTION, Payer.DISTRICT, year, year, 2_000, 9_000)
                    yield from self._grant(maker, (), fair, district, districts)

    def _grant(
        self,
        maker: Producer,
        products: Sequence[Product],
        kind: tuple[str, str, int, int, int, int],
        district: int | None,
        districts: dict[int | None, str],
    ) -> Iterator[Grant]:
        category, level, first, last, low, high = kind
        year = self._random.randint(first, min(last, self._today.year))
        given_on = date(year, self._random.randint(1, 12), self._random.randint(1, 28))
        earliest = date(2025, 7, 1) if level == Payer.COMMUNE else date(2019, 1, 1)
        latest = _DISTRICTS_UNTIL if level == Payer.DISTRICT else self._today
        given_on = max(earliest, min(given_on, latest))
        product = self._random.choice(products) if products else None
        payers = {
            Payer.DISTRICT: f"UBND {_within(districts.get(district, ''))}".strip(),
            Payer.PROVINCE: "UBND thành phố Hà Nội",
            Payer.COMMUNE: f"UBND {_within(maker.commune.name)}"
            if maker.commune
            else "UBND cấp xã",
            Payer.CENTRE: "Chương trình mục tiêu quốc gia",
        }
        units = {
            Payer.DISTRICT: district,
            Payer.PROVINCE: self._city.pk,
            Payer.COMMUNE: maker.commune_id,
            Payer.CENTRE: None,
        }
        yield Grant(
            producer=maker,
            product=product if category in (Category.TRADEMARK, Category.TRACE) else None,
            category=category,
            level=level,
            unit_id=units[Payer(level)],
            payer=payers[Payer(level)],
            year=given_on.year,
            given_on=given_on,
            amount=self._random.randint(low, high) * 1_000,
            quantity=self._random.choice((500, 1_000)) if category == Category.TRACE else 0,
            document="",
            purpose=_WORDS[Category(category)],
            row_key=f"{self._random.getrandbits(256):064x}",
            demonstration=True,
            created_at=self._at,
        )


def _within(name: str) -> str:
    """The name of a unit after what rules it."""
    return name[:1].lower() + name[1:]


def _told(terms: object) -> dict[str, object]:
    return {name: getattr(terms, name) for name in terms.__slots__}  # type: ignore[attr-defined]
