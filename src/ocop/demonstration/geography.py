"""Hà Nội through its eras: communes until 2024, until mid-2025, and today's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ocop.demonstration import frame
from ocop.demonstration.rows import UnitKey
from ocop.places.eras import BEGINNING
from ocop.places.gazetteer import Entry, Gazetteer

_PART = "part"


@dataclass(frozen=True, slots=True)
class Era:
    """A unit as it was until the day before `until`."""

    key: UnitKey
    name: str  # with its kind
    bare: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as it was in 2019, and what it (or its largest part) became."""

    number: int
    district: str
    eras: tuple[Era, ...]
    lat: float | None
    lon: float | None

    def on(self, day: date) -> Era:
        """The unit it was, or lay in, on a day."""
        return next(era for era in self.eras if era.until is None or day < era.until)

    @property
    def now(self) -> Era:
        return self.eras[-1]

    @property
    def bare_name(self) -> str:
        """The name without its kind: Vân Từ."""
        return self.eras[0].bare


@dataclass(frozen=True, slots=True)
class Geography:
    """Districts of then with their communes, and the province in its two eras."""

    province: tuple[Era, ...]
    districts: Mapping[str, Era]
    communes: tuple[Commune, ...]

    def of_district(self, code: str) -> list[Commune]:
        return [commune for commune in self.communes if commune.district == code]

    def province_on(self, day: date) -> Era:
        return next(era for era in self.province if era.until is None or day < era.until)


def build(gazetteer: Gazetteer) -> Geography:
    """Hà Nội as the demonstration needs it: communes whose fate the lists tell to the end."""
    province = [e for e in gazetteer.entries if e.level == "province" and e.code == frame.PROVINCE]
    districts = {
        entry.code: entry
        for entry in gazetteer.entries
        if entry.level == "district" and entry.parent in province
    }
    communes: list[Commune] = []
    for entry in gazetteer.entries:
        above = entry.parent
        if above is None or entry.valid_from != BEGINNING or above not in districts.values():
            continue
        path = _path(gazetteer, entry)
        last = path[-1]
        if last.valid_to is None:
            eras = tuple(_era(step) for step in path)
            communes.append(Commune(len(communes), above.code, eras, last.lat, last.lon))
    return Geography(
        province=tuple(_era(entry) for entry in sorted(province, key=lambda e: e.valid_from)),
        districts={code: _era(entry) for code, entry in districts.items()},
        communes=tuple(communes),
    )


def _path(gazetteer: Gazetteer, entry: Entry) -> list[Entry]:
    """A unit and what it, or its largest part, became, as far as the lists tell."""
    path = [entry]
    while path[-1].valid_to is not None:
        onward = [step.new for step in gazetteer.successors(path[-1]) if step.extent != _PART]
        if not onward:
            break
        path.append(onward[0])
    return path


def _era(entry: Entry) -> Era:
    key = UnitKey(entry.code, entry.valid_from, entry.level)
    return Era(key, entry.name, entry.bare, entry.valid_to)
