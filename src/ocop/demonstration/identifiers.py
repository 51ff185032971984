"""Tax codes in ranges that nobody holds."""

from collections.abc import Iterator
from itertools import count

from ocop.producers import taxcode

_FIRST_BODY = 990_000_000  # no tax office numbers its payers from 99


def tax_codes() -> Iterator[str]:
    """Ten digits of organisations, the last a check digit; bodies that have none are left out."""
    for body in count(_FIRST_BODY):
        check = taxcode.check_digit(str(body))
        if check is not None:
            yield f"{body}{check}"


def personal(tax_code: str) -> str:
    """The twelve digits of a person in its place: no province numbers its people from 999."""
    return f"99{tax_code}"
