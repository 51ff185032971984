"""The rows of the plan: what will stand in the tables, before any table."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class UnitKey(NamedTuple):
    """A unit in its era, as the table of units knows it."""

    code: str
    valid_from: date
    level: str


@dataclass(frozen=True, slots=True)
class ProducerRow:
    """A producer. `trade` names its line of business; `home` counts into the places' communes."""

    number: int
    name: str
    kind: str
    trade: str
    district: str
    home: int
    tax_code: str
    address: str
    since: date
    unit: UnitKey
    lat: float | None
    lon: float | None
    story: str
    website: str
    leader_name: str
    leader_sex: str
    leader_ethnicity: str
    members: int | None
    workers: int
    workers_local: int


@dataclass(slots=True)
class ProductRow:
    """A product of a producer (by its number)."""

    number: int
    name: str
    producer: int
    set_number: int
    since: date
    unit: UnitKey
    gtin: str = ""
    official_code: str = ""
    old_code: str = ""
    story: str = ""
    revenue: int | None = None
    in_ocop: bool = True
    stopped: bool = False


class DecisionKey(NamedTuple):
    """What makes a decision one: who signed, on which day."""

    authority: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with its number; `unit` is None for the Ministry."""

    key: DecisionKey
    number: str
    unit: UnitKey | None


@dataclass(slots=True)
class RecognitionRow:
    """A star given to a product (by its number)."""

    product: int
    kind: str
    rank: str  # 5, 4p, 4, 3
    total: Decimal
    evaluated_on: date
    decision: DecisionKey | None
    authority: str
    unit: UnitKey
    address: str
    valid_from: date | None
    expires_on: date | None
    extended_until: date | None = None
    extension_reason: str = ""
    revoked_on: date | None = None
    revoked_ground: str = ""
    annulled_on: date | None = None
    annulling_number: str = ""

    @property
    def stars(self) -> int:
        return int(self.rank[0])


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A product that a unit registers for a year."""

    year: int
    unit: UnitKey
    product_name: str
    producer_name: str
    product: int | None
    kind: str
    registered_on: date
    withdrawn_on: date | None = None


@dataclass(slots=True)
class Plan:
    """Everything invented, in the order in which it is loaded."""

    producers: list[ProducerRow] = field(default_factory=list)
    products: list[ProductRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    recognitions: list[RecognitionRow] = field(default_factory=list)
    registrations: list[RegistrationRow] = field(default_factory=list)
