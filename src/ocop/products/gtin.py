"""Trade item numbers (GTIN) by the GS1 General Specifications, which TCVN 13274:2020 adopts.

Kept as fourteen digits, so that the forms of 8, 12, 13 and 14 digits of one number are equal.
"""

import re

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

LENGTHS = (8, 12, 13, 14)
DEMONSTRATION = "952"  # GS1 keeps this prefix for demonstrations and examples
VIETNAM = "893"
_SEPARATORS = re.compile(r"[\s\-.]")
#: Numbers for use inside one company or region: they name nothing outside it.
_RESTRICTED = re.compile(r"02|04|2")
_SHORT = "0" * 6  # what fills a GTIN-8 up


def check_digit(body: str) -> int:
    """The digit that closes `body` (its digits without it): weights 3 and 1 from the right."""
    weighted = sum(int(digit) * (3, 1)[n % 2] for n, digit in enumerate(reversed(body)))
    return -weighted % 10


def normalise(text: str) -> str:
    """A GTIN as fourteen digits. Spaces, hyphens and dots between digits are dropped.

    Refused: other signs, another length, a wrong check digit, numbers for internal use.
    """
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in LENGTHS:
        raise Refused(
            "gtin_form",
            _("Mã GTIN có 8, 12, 13 hoặc 14 chữ số. Hãy chép đúng dãy số dưới mã vạch."),
        )
    if int(digits[-1]) != check_digit(digits[:-1]) or not digits.strip("0"):
        raise Refused(
            "gtin_check_digit",
            _("Mã GTIN sai số kiểm tra. Hãy chép lại từng chữ số dưới mã vạch."),
        )
    full = digits.zfill(14)
    if _RESTRICTED.match(full[6:] if full.startswith(_SHORT) else full[1:]):
        raise Refused(
            "gtin_restricted",
            _(
                "Đây là mã dùng nội bộ (ví dụ mã cân của siêu thị), không phải GTIN. "
                "Hãy nhập mã đã đăng ký với GS1."
            ),
        )
    return full


def is_valid(text: str) -> bool:
    """True when `normalise` would take it."""
    try:
        normalise(text)
    except Refused:
        return False
    return True


def printed(gtin: str) -> str:
    """Fourteen digits in the form printed under the bar code: 8, 13 or 14 digits."""
    if gtin.startswith(_SHORT):
        return gtin[6:]
    return gtin.removeprefix("0")


def is_demonstration(gtin: str) -> bool:
    """True for a number (fourteen digits) under the prefix for demonstrations."""
    return gtin[1:4] == DEMONSTRATION


def is_vietnamese(gtin: str) -> bool:
    """True for a number (fourteen digits) under the prefix of GS1 Vietnam."""
    return gtin[1:4] == VIETNAM


def demonstration(serial: int) -> str:
    """The demonstration number with a serial of up to nine digits, as fourteen digits."""
    if not 0 <= serial < 10**9:
        raise ValueError(f"serial out of range: {serial}")
    body = f"0{DEMONSTRATION}{serial:09d}"
    return f"{body}{check_digit(body)}"
