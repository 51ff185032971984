"""Tax codes with a right check digit, in a range that nobody holds."""

from collections.abc import Iterator
from itertools import count

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FIRST_TAX_BODY = 990_000_000  # no tax office numbers its payers from 99


def tax_codes() -> Iterator[str]:
    """Ten digits each, the last a check digit; bodies that have none are left out."""
    for body in count(_FIRST_TAX_BODY):
        check = tax_check(body)
        if check is not None:
            yield f"{body}{check}"


def tax_check(body: int) -> int | None:
    """The tenth digit for nine, or None where the rule gives none."""
    digits = (int(d) for d in f"{body:09d}")
    check = 10 - sum(d * w for d, w in zip(digits, _TAX_WEIGHTS, strict=True)) % 11
    return check if check < 10 else None
