"""Hà Nội through its eras: communes until 2024, until mid-2025, and today's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ocop.demonstration.rows import UnitKey


@dataclass(frozen=True, slots=True)
class Era:
    """A unit as it was until the day before `until`."""

    key: UnitKey
    name: str
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
        return bare(self.eras[0].name)


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


_KINDS = ("Thị trấn ", "Thị xã ", "Thành phố ", "Phường ", "Huyện ", "Quận ", "Xã ")


def bare(name: str) -> str:
    """A unit's name without its kind."""
    return next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)
