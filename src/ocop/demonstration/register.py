"""Writing stars into the plan: who decides what on which day, and for how long it holds."""

from datetime import date
from decimal import Decimal
from random import Random

from ocop.demonstration import frame
from ocop.demonstration.geography import Geography
from ocop.demonstration.makers import address_on
from ocop.demonstration.rows import (
    DecisionKey,
    DecisionRow,
    ProducerRow,
    ProductRow,
    RecognitionRow,
)
from ocop.recognition.validity import expiry_of

CITY = "UBND thành phố Hà Nội"
_MINISTRY_OLD = "Bộ Nông nghiệp và Phát triển nông thôn"
_MINISTRY = "Bộ Nông nghiệp và Môi trường"
_MINISTRIES_JOINED = date(2025, 3, 1)
#: Totals of each rank in hundredths of a point, from and up to (bands of the law).
_BANDS = {
    frame.FIVE: (9000, 9600),
    frame.POTENTIAL: (9000, 9400),
    frame.FOUR: (7000, 8800),
    frame.THREE: (5200, 6990),
}


class Register:
    """Gives stars and keeps the decisions that give them."""

    def __init__(self, geography: Geography, random: Random) -> None:
        self._geography = geography
        self._random = random
        self._decisions: set[DecisionKey] = set()
        self.rows: list[RecognitionRow] = []

    def give(
        self, product: ProductRow, producer: ProducerRow, kind: str, rank: str, day: date
    ) -> RecognitionRow:
        """A star for a product by a decision signed on a day."""
        home = self._geography.communes[producer.home]
        key = DecisionKey(self.authority(producer.district, rank, day), day)
        self._decisions.add(key)
        low, high = _BANDS[rank]
        row = RecognitionRow(
            product=product.number,
            kind=kind,
            rank=rank,
            total=Decimal(self._random.randrange(low, high)) / 100,
            evaluated_on=day,
            decision=key,
            authority=key.authority,
            unit=home.on(day).key,
            address=address_on(self._geography, home, day, self._random),
            valid_from=day,
            expires_on=expiry_of(day),
        )
        self.rows.append(row)
        return row

    def authority(self, district: str, rank: str, day: date) -> str:
        """Who recognised a rank on a day: Decisions 1048, 148, 1489 and 26/2026/QĐ-TTg."""
        if rank == frame.FIVE:
            return _MINISTRY_OLD if day < _MINISTRIES_JOINED else _MINISTRY
        by_district = frame.DISTRICTS_DECIDE_FROM <= day < frame.DISTRICTS_DECIDE_UNTIL
        if rank == frame.THREE and by_district:
            name = self._geography.districts[district].name
            return f"UBND {name[0].lower()}{name[1:]}"
        return CITY

    def decisions(self) -> list[DecisionRow]:
        """The decisions in the order of signing, numbered within authority and year."""
        districts = {
            f"UBND {era.name[0].lower()}{era.name[1:]}": era.key
            for era in self._geography.districts.values()
        }
        numbers: dict[tuple[str, int], int] = {}
        rows = []
        for key in sorted(self._decisions, key=lambda key: (key.signed_on, key.authority)):
            year = (key.authority, key.signed_on.year)
            pace = 17 if key.authority == CITY else 9
            elapsed = key.signed_on.timetuple().tm_yday * pace
            numbers[year] = max(numbers.get(year, 0) + 1, elapsed)
            ending = "QĐ-UBND"
            unit = districts.get(key.authority)
            if unit is None and key.authority == CITY:
                unit = self._geography.province_on(key.signed_on).key
            elif unit is None:
                ending = "QĐ-BNN-VPĐP" if key.authority == _MINISTRY_OLD else "QĐ-BNNMT"
            rows.append(DecisionRow(key, f"{numbers[year]}/{ending}", unit))
        return rows
