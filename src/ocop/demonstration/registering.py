"""What districts of then, and communes of now, registered for each year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ocop.demonstration import frame, trades
from ocop.demonstration.catalogue import Catalogue
from ocop.demonstration.drawing import apportion, weekday_between
from ocop.demonstration.geography import Geography
from ocop.demonstration.makers import Makers
from ocop.demonstration.register import Register
from ocop.demonstration.rows import RecognitionRow, RegistrationRow, UnitKey

_COMMUNES_FROM = 2026  # the first year whose lists were made after districts ended
_WITHDRAWN = {2025: 11, 2026: 7}


class Registering:
    """Draws the lists: most products came to be evaluated, some did not."""

    def __init__(
        self,
        geography: Geography,
        makers: Makers,
        catalogue: Catalogue,
        register: Register,
        random: Random,
    ) -> None:
        self._geography = geography
        self._makers = makers
        self._catalogue = catalogue
        self._random = random
        self._evaluated: dict[tuple[int, bool], list[RecognitionRow]] = defaultdict(list)
        for row in register.rows:
            self._evaluated[row.evaluated_on.year, row.kind == "first"].append(row)
        self._ending: dict[int, list[RecognitionRow]] = defaultdict(list)
        for row in register.rows:
            if row.expires_on:
                self._ending[row.expires_on.year].append(row)
        self.rows: list[RegistrationRow] = []

    def draw(self) -> None:
        """All lists of all years."""
        self._of_districts(2021, frame.REGISTERED_2021)
        self._of_districts(2024, frame.REGISTERED_2024)
        for year, total in frame.REGISTERED_TOTALS.items():
            self._of_districts(year, apportion(total, frame.WEIGHTS))
        for year, total in frame.REGISTERED_AGAIN.items():
            self._again(year, total)
        self._withdraw()

    def _of_districts(self, year: int, numbers: Mapping[str, int]) -> None:
        came: dict[str, list[RecognitionRow]] = defaultdict(list)
        for row in self._evaluated[year, True]:
            product = self._catalogue.rows[row.product]
            came[self._makers.rows[product.producer].district].append(row)
        for district, number in numbers.items():
            day = weekday_between(date(year, 1, 8), date(year, 3, 22), self._random)
            known = came[district][:number]
            for row in known:
                self._known(year, "first", row, day)
            for turn in range(number - len(known)):
                self._hoped_for(year, district, turn, day)

    def _known(self, year: int, kind: str, row: RecognitionRow, day: date) -> None:
        """A registration of a product that the register holds."""
        product = self._catalogue.rows[row.product]
        producer = self._makers.rows[product.producer]
        unit = self._unit(year, producer.district, producer.home)
        self.rows.append(
            RegistrationRow(year, unit, product.name, producer.name, product.number, kind, day)
        )

    def _hoped_for(self, year: int, district: str, turn: int, day: date) -> None:
        """A registration that did not lead to a star in its year."""
        keys = trades.OF_DISTRICT[district]
        goods = trades.TRADES[keys[turn % len(keys)]].goods
        good = self._random.choice([good for names in goods.values() for good in names])
        home = self._random.choice(self._geography.of_district(district))
        unit = self._unit(year, district, home.number)
        name = f"{good} {home.bare_name} đợt {turn + 1} (mẫu)"
        self.rows.append(RegistrationRow(year, unit, name, "", None, "first", day))

    def _again(self, year: int, total: int) -> None:
        """Products whose star ends in a year, registered to be evaluated again."""
        rows = self._random.sample(self._ending[year], min(total, len(self._ending[year])))
        for row in rows:
            day = weekday_between(date(year, 1, 8), date(year, 3, 22), self._random)
            self._known(year, "reevaluation", row, day)

    def _unit(self, year: int, district: str, home: int) -> UnitKey:
        if year < _COMMUNES_FROM:
            return self._geography.districts[district].key
        return self._geography.communes[home].now.key

    def _withdraw(self) -> None:
        for year, number in _WITHDRAWN.items():
            places = [
                place
                for place, row in enumerate(self.rows)
                if row.year == year and row.product is None
            ]
            for place in self._random.sample(places, min(number, len(places))):
                row = self.rows[place]
                gone = row.registered_on + timedelta(days=self._random.randrange(30, 150))
                self.rows[place] = replace(row, withdrawn_on=gone)
