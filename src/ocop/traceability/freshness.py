"""Whether a lot may still be used on a day. Pure."""

from datetime import date
from enum import StrEnum


class Freshness(StrEnum):
    """Where a lot stands. What is recalled stays so whatever its date says."""

    FRESH = "fresh"
    EXPIRED = "expired"
    RECALLED = "recalled"
    UNDATED = "undated"  # nobody said until when it may be used


def freshness(expires_on: date | None, *, recalled: bool, on: date) -> Freshness:
    """The state of a lot on a day; `expires_on` is the last day of use."""
    if recalled:
        return Freshness.RECALLED
    if expires_on is None:
        return Freshness.UNDATED
    return Freshness.FRESH if on <= expires_on else Freshness.EXPIRED
