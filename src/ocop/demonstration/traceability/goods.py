"""Loading sales units, places and lots of the demonstration. Called inside its action only.

Farm products with a star and the larger number without one; every age of lot, so that some are
past their last day; a few that lack what the law asks for, as real ones do.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.core.zone import ZONE
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.traceability.packs import HANDICRAFT, PACKS, WARNINGS, Pack
from ocop.producers.models import Producer
from ocop.products import gtin
from ocop.products.models import Product, ProductState
from ocop.traceability.models import ForeignCode, Lot, Site, TradeItem
from ocop.traceability.models.items import Scheme

_SEED = frame.SEED + 5
_SECOND_PACKS = 500_000_000  # serials of their numbers: far from those of products
_PLACES = 400_000_000
_FRESH = 3  # sets up to here are grown or reared, not made
_LACKING = 25  # every so manieth says not yet by which standard
_WITHOUT_LOT = 20
_OPENED = datetime(2023, 3, 1, 9, tzinfo=ZONE)  # before the first stamps
_GROWN = ("Vườn trồng", "Ruộng số 2", "Khu nuôi", "Nhà màng")
_MADE = ("Xưởng chế biến", "Cơ sở đóng gói", "Xưởng sơ chế", "Kho thành phẩm")


class Goods:
    """Draws what is sold of the products that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._today = timezone.localdate(at)
        self._random = Random(_SEED)
        self._packs: list[Pack] = []  # of the sales units, in their order

    def load(self) -> None:
        """Write places, sales units, their codes elsewhere, and lots."""
        products = [row for row in self._loader.products if self._is_coded(row)]
        places = self._load_sites(products)
        items = self._loader.keep(self._items(products))
        self._loader.keep(self._codes(items))
        self._loader.keep(self._lots(items, places))

    def _is_coded(self, product: Product) -> bool:
        """Food, drinks and medicine; of handicraft and flowers every fourth; no journeys."""
        if product.state == ProductState.STOPPED or product.set_number not in PACKS:
            return False
        return product.set_number not in HANDICRAFT or product.pk % 4 == 0

    def _load_sites(self, products: list[Product]) -> dict[int, list[Site]]:
        makers: dict[int, Producer] = {}
        fresh: dict[int, bool] = {}
        for product in products:
            makers[product.producer_id] = product.producer
            grown = (product.set_number or 0) <= _FRESH
            fresh[product.producer_id] = fresh.get(product.producer_id, False) or grown
        rows: list[Site] = []
        for key, maker in makers.items():
            names = [self._random.choice(_GROWN if fresh[key] else _MADE)]
            if self._random.random() < 0.4:
                names.append(self._random.choice([name for name in _MADE if name not in names]))
            rows += [self._site(maker, name, len(rows) + turn) for turn, name in enumerate(names)]
        found: dict[int, list[Site]] = {}
        for site in self._loader.keep(rows):
            found.setdefault(site.producer_id, []).append(site)
        return found

    def _site(self, maker: Producer, name: str, number: int) -> Site:
        body = f"{gtin.DEMONSTRATION}{_PLACES + number:09d}"
        return Site(
            code=public_code(self._random),
            producer=maker,
            name=name,
            folded=words(name),
            gln=f"{body}{gtin.check_digit(body)}" if self._random.random() < 0.4 else "",
            address=maker.address,
            commune_id=maker.commune_id,
            created_at=self._at,
        )

    def _items(self, products: list[Product]) -> Iterator[TradeItem]:
        for number, product in enumerate(products):
            first, second = PACKS[product.set_number or 1]
            if second.name.lower() in product.name.lower():  # “Gạo tám thơm túi 5 kg”
                first, second = second, first
            yield self._item(product, first, number, product.gtin)
            if self._random.random() < 0.12:
                own = gtin.demonstration(_SECOND_PACKS + number) if product.gtin else ""
                yield self._item(product, second, number, own)

    def _item(self, product: Product, pack: Pack, number: int, own: str) -> TradeItem:
        self._packs.append(pack)
        maker, random = product.producer, self._random
        brand = maker.name.removesuffix(" (mẫu)") if random.random() < 0.7 else ""
        lacks = number % _LACKING == _LACKING - 1
        fresh = (product.set_number or 0) <= _FRESH
        standard = f"TCCS {1 + number % 60:02d}:{2023 + number % 4} (mẫu)"
        return TradeItem(
            code=public_code(random),
            product=product,
            name=pack.name,
            folded=words(pack.name, brand),
            gtin=own,
            brand=brand,
            shelf_life=pack.shelf_life,
            standards="" if lacks else standard,
            origin="" if lacks and number % 2 else maker.address or "Hà Nội",
            certificates="VietGAP (mẫu)" if fresh and random.random() < 0.4 else "",
            warnings=WARNINGS.get(product.set_number or 0, ""),
            other="Nơi khô mát, tránh nắng." if random.random() < 0.3 else "",
            created_at=_OPENED + timedelta(days=random.randint(30, 900) // 30),
        )

    def _codes(self, items: list[TradeItem]) -> Iterator[ForeignCode]:
        """Codes that other systems gave: invented as well, and each of them once."""
        schemes = (Scheme.NATIONAL, Scheme.HN_CHECK, Scheme.VERIGOODS, Scheme.CHECKVN)
        for number, item in enumerate(items):
            if number % 5:
                continue
            scheme = schemes[number // 5 % len(schemes)]
            value = f"MAU-{scheme.value.upper()}-{number:05d}"
            yield ForeignCode(item=item, scheme=scheme, value=value, created_at=item.created_at)

    def _lots(self, items: list[TradeItem], places: dict[int, list[Site]]) -> Iterator[Lot]:
        random = self._random
        for number, (item, pack) in enumerate(zip(items, self._packs, strict=True)):
            if number % _WITHOUT_LOT == _WITHOUT_LOT - 1:
                continue
            longest = pack.days or 400
            ages = {random.randint(1, max(2, longest * 5 // 4)) for _turn in range(3)}
            for age in sorted(ages)[: random.choice((1, 2, 2, 3))]:
                made = self._today - timedelta(days=age)
                yield Lot(
                    code=public_code(random),
                    item=item,
                    number=f"{made:%y%m%d}",
                    site=random.choice(places[item.product.producer_id]),
                    produced_on=made,
                    expires_on=pack.last_day(made),
                    quantity=random.randint(2, 60) * 50,
                    measure=pack.measure,
                    created_at=self._at,
                )
