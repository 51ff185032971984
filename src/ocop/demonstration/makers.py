"""Drawing the producers: who they are, what they make, where they live."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from ocop.demonstration import frame, trades
from ocop.demonstration.drawing import pick
from ocop.demonstration.geography import Commune, Geography
from ocop.demonstration.identifiers import personal, tax_codes
from ocop.demonstration.rows import ProducerRow
from ocop.demonstration.trades import Trade

_KINDS = {
    "cooperative": ("Hợp tác xã", 42),
    "enterprise": ("Công ty TNHH", 26),
    "cooperative_group": ("Tổ hợp tác", 7),
    "household": ("Hộ kinh doanh", 21),
    "farm": ("Trang trại", 4),
}
_TOURISM_KINDS = {
    "cooperative": ("Hợp tác xã", 4),
    "association": ("Hội", 3),
    "operating_centre": ("Trung tâm điều hành", 3),
}
#: Districts in which leaders of other peoples than the Kinh live, and those peoples.
_PEOPLES = {"271": ("Mường", "Dao"), "275": ("Mường",), "276": ("Mường",), "282": ("Mường",)}
_URBAN = ("Phường", "Thị trấn")


class Makers:
    """Draws producers one by one; numbers, names and tax codes never come twice."""

    def __init__(self, geography: Geography, random: Random) -> None:
        self._geography = geography
        self._random = random
        self._tax_codes: Iterator[str] = tax_codes()
        self._names: Counter[str] = Counter()
        self._districts = {code: geography.of_district(code) for code in trades.OF_DISTRICT}
        self.rows: list[ProducerRow] = []

    def draw(self, district: str, since: date, *, farming: bool = False) -> ProducerRow:
        """A new producer of a district of then, known from a day on."""
        trade = self._trade(district, farming=farming)
        home = self._home(district, trade)
        kind, name = self._name(trade, home)
        tax_code = next(self._tax_codes)
        workers = int(self._random.lognormvariate(2.3, 0.8)) + 2
        row = ProducerRow(
            number=len(self.rows),
            name=name,
            kind=kind,
            trade=trade.key,
            district=district,
            home=home.number,
            tax_code=personal(tax_code) if kind == "household" else tax_code,
            # The register shows where a producer is today, whenever it became known.
            address=_written(
                self._geography, home, frame.LAST_DAY, _spot(home, since, self._random)
            ),
            since=since,
            unit=home.on(since).key,
            lat=self._near(home.lat),
            lon=self._near(home.lon),
            story=self._story(trade, home),
            website=self._website(),
            leader_name="Người đại diện (mẫu)" if self._random.random() < 0.5 else "",
            leader_sex=pick({"female": 27, "male": 45, "": 28}, self._random),
            leader_ethnicity=self._people(district),
            members=self._members(kind),
            workers=workers,
            workers_local=workers - self._random.randrange(1 + workers // 4),
        )
        self.rows.append(row)
        return row

    def _trade(self, district: str, *, farming: bool) -> Trade:
        keys = [
            key for key in trades.OF_DISTRICT[district] if not farming or trades.TRADES[key].farming
        ] or ["vegetables"]
        return trades.TRADES[pick({key: 9 - turn for turn, key in enumerate(keys)}, self._random)]

    def _home(self, district: str, trade: Trade) -> Commune:
        communes = self._districts[district]
        names = trades.HOMES.get((district, trade.key), ())
        homes = [commune for commune in communes if commune.bare_name in names]
        if homes and self._random.random() < 0.8:
            return self._random.choice(homes)
        return self._random.choice(communes)

    def _name(self, trade: Trade, home: Commune) -> tuple[str, str]:
        kinds = _TOURISM_KINDS if trade.key == "tourism" else dict(_KINDS)
        if not trade.farming:
            kinds = {key: value for key, value in kinds.items() if key != "farm"}
        kind = pick({key: weight for key, (_word, weight) in kinds.items()}, self._random)
        name = f"{kinds[kind][0]} {trade.word} {home.bare_name}"
        self._names[name] += 1
        return kind, f"{name} số {self._names[name]} (mẫu)"

    def _near(self, degree: float | None) -> float | None:
        """A point within some hundred metres, so that neighbours do not cover each other."""
        return None if degree is None else round(degree + self._random.uniform(-0.006, 0.006), 5)

    def _story(self, trade: Trade, home: Commune) -> str:
        born = self._random.randrange(1986, 2019)
        return (
            f"{trade.beginning}. Cơ sở mẫu này bắt đầu ở {home.bare_name} từ năm {born} và hướng "
            "dẫn bà con cùng làm theo một quy trình. Đây là câu chuyện mẫu, không nói về một cơ sở "
            "có thật."
        )

    def _website(self) -> str:
        number = len(self.rows) + 1
        return f"https://co-so-{number}.example" if self._random.random() < 0.3 else ""

    def _people(self, district: str) -> str:
        told = self._random.random()
        if told > 0.55:
            return ""
        peoples = _PEOPLES.get(district, ())
        return self._random.choice(peoples) if peoples and told < 0.17 else "Kinh"

    def _members(self, kind: str) -> int | None:
        if kind in ("cooperative", "cooperative_group", "association"):
            return self._random.randrange(7, 90)
        return None


def address_on(geography: Geography, home: Commune, day: date, random: Random) -> str:
    """An address as it would be written on a day, with the units of that day."""
    return _written(geography, home, day, _spot(home, day, random))


def _spot(home: Commune, day: date, random: Random) -> int:
    """The number of a hamlet, or of a group of households in a town."""
    return random.randrange(1, 15 if home.on(day).name.startswith(_URBAN) else 9)


def _written(geography: Geography, home: Commune, day: date, number: int) -> str:
    era = home.on(day)
    urban = era.name.startswith(_URBAN)
    spot = f"Tổ dân phố số {number}" if urban else f"Thôn {number}"
    parts = [spot, era.name[0].lower() + era.name[1:]]
    if era is not home.now:
        district = geography.districts[home.district].name
        parts.append(district[0].lower() + district[1:])
    return ", ".join([*parts, f"thành phố {geography.province_on(day).bare}"])
