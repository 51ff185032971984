"""Tax codes: ten digits of an organisation, thirteen of its branch, twelve of a person.

Circular 86/2024/TT-BTC: an organisation has ten digits, the last of which is a check digit; a
branch adds a hyphen and three digits; households and persons use the twelve digits of the personal
identification number since 2025-07-01, and that number is not for the public. The ten digits that a
household had before were its owner's own, too.
"""

import re

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]")
PERSONAL_LENGTH = 12
_LENGTHS = (10, PERSONAL_LENGTH, 13)
_NO_BRANCH = "000"


def normalise(text: str) -> str | None:
    """`0100109106`, `0100109106-001` or twelve digits; None for what is no tax code."""
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in _LENGTHS:
        return None
    if len(digits) == PERSONAL_LENGTH:
        return digits
    body, branch = digits[:10], digits[10:]
    if check_digit(body[:9]) != int(body[9]) or branch == _NO_BRANCH:
        return None
    return f"{body}-{branch}" if branch else body


def check_digit(body: str) -> int | None:
    """The tenth digit that belongs to nine, or None where the rule gives none."""
    rest = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11
    return 10 - rest if rest else None


def is_personal(code: str) -> bool:
    """True for the identification number of a person, whoever bears it as a tax code."""
    return len(code) == PERSONAL_LENGTH
