"""What is certified of a product on a day, of now, of the past or to come."""

from dataclasses import dataclass
from datetime import date

from ocop.products.models import Product
from ocop.recognition.life import facts_of
from ocop.recognition.models import Recognition
from ocop.recognition.standing import eligible, ruling_first
from ocop.recognition.states import EXTENSION_COVERS_LATER
from ocop.recognition.validity import State, holds_star, state_on


@dataclass(frozen=True, slots=True)
class Certified:
    """The recognition that rules a product on a day, with its state at the end of that day."""

    on: date
    recognition: Recognition
    state: State

    @property
    def holds(self) -> bool:
        """The product may show its star on that day."""
        return holds_star(self.state)

    @property
    def last_day(self) -> date | None:
        """The last day of the star, its extension included, as it stands now; None: not known."""
        row = self.recognition
        if row.extended_until and row.expires_on and row.extended_until > row.expires_on:
            return row.extended_until
        return row.expires_on


def certified(product: Product, on: date) -> Certified | None:
    """What ruled a product on a day, for everybody alike; None where no star was given by then.

    Of a day to come it tells what follows from what is decided today.
    """
    row = (
        ruling_first(eligible(on).filter(product=product))
        .select_related("decision__legal_version", "unit__parent")
        .first()
    )
    if row is None:
        return None
    state = state_on(facts_of(row), on, later_too=EXTENSION_COVERS_LATER.get())
    return Certified(on, row, state)
