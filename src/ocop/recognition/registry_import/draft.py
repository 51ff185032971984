"""What one row of a registry says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.recognition.keys import row_key
from ocop.recognition.registry_import.persons import Persons
from ocop.recognition.registry_import.placing import Placed


@dataclass(slots=True)
class Draft:
    """What a row says. Units are those of the packaged lists; `key` tells the same fact."""

    row: int  # as the sheet counts, from 1
    name: str
    producer: str
    kind: str  # of the producer as a column tells it, "" where none does
    stars: int
    potential_five: bool
    evidence: str
    decision: str
    signed_on: date | None
    year: int | None
    expires_on: date | None
    authority: str
    sector: str
    tax_code: str
    phone: str
    persons: Persons
    total: Decimal | None
    address: str
    placed: Placed
    key: str

    def key_of(self, maker: str) -> str:
        """The key under another name of the producer."""
        if maker == self.producer:
            return self.key
        return row_key(
            decision=self.decision,
            signed_on=self.signed_on,
            authority=self.authority,
            product=self.name,
            producer=maker,
        )
