"""Drawing the products of a producer: their names, sets, stories and numbers."""

from collections.abc import Mapping
from datetime import date
from random import Random

from ocop.demonstration import trades
from ocop.demonstration.geography import Commune, Geography
from ocop.demonstration.rows import ProducerRow, ProductRow
from ocop.products import gtin

_TOURISM = 26
_ENDINGS = (
    "Nguyên liệu lấy trong vùng, mỗi mẻ đều ghi sổ từ đầu vào tới khi giao hàng.",
    "Người thợ trong làng làm phần lớn công đoạn bằng tay.",
    "Mẫu mã được làm mới mỗi mùa, cách làm thì giữ như cũ.",
    "Hàng được kiểm nghiệm định kỳ và đóng gói tại chỗ.",
)


class Catalogue:
    """Draws products; a name comes once in the whole register as long as the trade allows."""

    def __init__(self, geography: Geography, random: Random) -> None:
        self._communes = geography.communes
        self._random = random
        self._names: set[str] = set()
        self.rows: list[ProductRow] = []

    def draw(self, producer: ProducerRow, since: date, *, in_ocop: bool = True) -> ProductRow:
        """A new product of a producer, known from a day on."""
        home = self._communes[producer.home]
        goods = trades.TRADES[producer.trade].goods
        if not in_ocop:
            goods = {number: names for number, names in goods.items() if number <= 3}
        set_number, name = self._name(producer, home, goods)
        row = ProductRow(
            number=len(self.rows),
            name=f"{name} (mẫu)",
            producer=producer.number,
            set_number=set_number,
            since=since,
            unit=home.on(since).key,
            in_ocop=in_ocop,
            story=self._story(producer, name) if in_ocop else "",
            revenue=self._revenue() if in_ocop else None,
        )
        if set_number != _TOURISM and self._random.random() < 0.7:
            row.gtin = gtin.demonstration(row.number + 1)
        self.rows.append(row)
        return row

    def _name(
        self, producer: ProducerRow, home: Commune, goods: Mapping[int, tuple[str, ...]]
    ) -> tuple[int, str]:
        variants = trades.TRADES[producer.trade].variants
        offers = [(number, good) for number, names in goods.items() for good in names]
        for _attempt in range(12):
            number, good = self._random.choice(offers)
            name = " ".join(filter(None, (good, self._random.choice(variants), home.bare_name)))
            if self._keep(name):
                return number, name
        number, good = self._random.choice(offers)
        turn = 2
        while not self._keep(name := f"{good} {home.bare_name} số {turn}"):
            turn += 1
        return number, name

    def _keep(self, name: str) -> bool:
        known = name in self._names
        self._names.add(name)
        return not known

    def _story(self, producer: ProducerRow, name: str) -> str:
        beginning = trades.TRADES[producer.trade].beginning
        return (
            f"{beginning}. {name} ra đời từ nếp làm ấy. {self._random.choice(_ENDINGS)} "
            "Đây là câu chuyện mẫu, không nói về sản phẩm có thật."
        )

    def _revenue(self) -> int | None:
        """Yearly revenue in đồng, in whole millions; one in six is not told."""
        if self._random.random() < 1 / 6:
            return None
        return int(self._random.lognormvariate(6.0, 1.0) + 40) * 1_000_000
