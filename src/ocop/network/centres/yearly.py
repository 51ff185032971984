"""The yearly plan of centres to be recognised: a number, or a range such as 5–10."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a year stands against its plan."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Year:
    """What was recognised in a year, and its plan where one was set; `high` None: no upper end."""

    year: int
    recognised: int
    low: int | None = None
    high: int | None = None

    @property
    def standing(self) -> Standing | None:
        """None where no plan was set."""
        if self.low is None:
            return None
        if self.recognised < self.low:
            return Standing.BELOW
        if self.high is not None and self.recognised > self.high:
            return Standing.ABOVE
        return Standing.WITHIN

    @property
    def missing(self) -> int:
        """How many more make the plan."""
        return max((self.low or 0) - self.recognised, 0)

    @property
    def room(self) -> int | None:
        """How many more the plan takes; None: it has no upper end, or there is none."""
        return None if self.high is None else max(self.high - self.recognised, 0)
