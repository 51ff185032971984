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
    """The recognition that rules a product on a day, with its state at the end of that day.

    A result that was annulled since (Art. 10.1b) is as if it had never been, so it certifies
    nothing of any day; `instead` is what counts in its place.
    """

    on: date
    recognition: Recognition
    state: State
    instead: "Certified | None" = None

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

    @property
    def void_on(self) -> date | None:
        """From when on the star was void on that day, by an annulment or by the revocation of
        then."""
        row = self.recognition
        if row.annulled_on is not None or row.revoked_on is None:
            return row.annulled_on
        days = (each.revoked_on for each in row.revocations.filter(withdrawn_on=None))
        return max((day for day in days if day <= self.on), default=None)


def certified(product: Product, on: date) -> Certified | None:
    """What ruled a product on a day, for everybody alike; None where no star was given by then.

    Of a day to come it tells what follows from what is decided today, and of a day that has passed
    what is known today: figures that were counted then stay as they were counted.
    """
    rows = ruling_first(eligible(on).filter(product=product))
    rows = rows.select_related("decision__legal_version", "unit__parent")
    row = rows.first()
    if row is None or row.annulled_on is None:
        return _certified(row, on)
    return Certified(on, row, State.ANNULLED, _certified(rows.filter(annulled_on=None).first(), on))


def _certified(row: Recognition | None, on: date) -> Certified | None:
    if row is None:
        return None
    return Certified(on, row, state_on(facts_of(row), on, later_too=EXTENSION_COVERS_LATER.get()))
