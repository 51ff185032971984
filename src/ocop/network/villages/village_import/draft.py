"""What one row of a register of villages says."""

from dataclasses import dataclass
from datetime import date

from ocop.recognition.registry_import.placing import Placed


@dataclass(slots=True)
class Draft:
    """What a row says. Units are those of the packaged lists; `key` tells the same village.

    Of a commune of then that was divided today's is not known: under `others` the same village
    stands once somebody chose it.
    """

    row: int
    name: str
    trade: str
    group: str
    address: str
    placed: Placed
    title: str  # "" of a village that is not recognised
    decision: str
    signed_on: date | None
    year: int | None
    authority: str
    began: int | None
    data_year: int
    households: int | None
    in_trade: int | None
    workers: int | None
    revenue: int | None
    income: int | None
    key: str
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, *self.others)

    @property
    def place_name(self) -> str:
        """Today's commune, else the one of then."""
        unit = self.placed.commune or self.placed.then
        return unit.name if unit else ""

    @property
    def has_numbers(self) -> bool:
        told = (self.households, self.in_trade, self.workers, self.revenue, self.income)
        return any(number is not None for number in told)
