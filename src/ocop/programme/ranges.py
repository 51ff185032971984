"""The value of a target in words: one number, or a range."""

from decimal import Decimal

from ocop.core.numbers import write_number


def write_range(low: Decimal, high: Decimal | None) -> str:
    """As people write it: 2.000, or 5–10."""
    return write_number(low) if high is None else f"{write_number(low)}–{write_number(high)}"
