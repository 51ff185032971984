"""Codes and numbers that papers carry: product codes, slip numbers, numbers of decisions.

Reading is tolerant where the meaning is certain (spaces, dashes of any length, zeros that a
spreadsheet dropped, QD for QĐ); writing gives the one official form.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

FIRST_YEAR = 2018  # the programme began with Decision 490/QĐ-TTg of that year
_LAST_YEAR = 2099

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_SLASHES = re.compile(r"\s*/\s*")
_PRODUCT = re.compile(r"(\d{1,2})-(?:(\d{1,3})-)?(\d{3,5})-(\d{1,6})-(\d{4})")
_SLIP = re.compile(r"(\d{1,6})/P[ĐD]K-(\d{1,2})-(\d{3,5})-(\d{4})", re.IGNORECASE)
_DECISION = re.compile(
    r"(?:quyết định\s+)?(?:số\s*:?\s*)?"
    r"0*([1-9]\d{0,5}[a-z]?)(?:/(\d{4}))?/Q[ĐD]-([A-ZĐ][A-ZĐ0-9-]*)",
    re.IGNORECASE,
)
_BODIES = {"TTG": "TTg"}  # written with a small letter in all papers


@dataclass(frozen=True, slots=True)
class ProductCode:
    """`T-X-STT-YYYY`, or with a district the old form `T-H-X-STT-YYYY` (until 2025-06-30)."""

    province: str
    commune: str
    serial: int
    year: int
    district: str = ""

    def __str__(self) -> str:
        place = [part for part in (self.province, self.district, self.commune) if part]
        return "-".join([*place, str(self.serial), str(self.year)])


@dataclass(frozen=True, slots=True)
class SlipNumber:
    """The number that a commune puts on a registration slip: `…/PĐK-(tỉnh)-(xã)-(năm)`."""

    serial: int
    province: str
    commune: str
    year: int

    def __str__(self) -> str:
        return f"{self.serial:04d}/PĐK-{self.province}-{self.commune}-{self.year}"


@dataclass(frozen=True, slots=True)
class DecisionNumber:
    """`3981/QĐ-UBND`; with a year (`26/2026/QĐ-TTg`) it makes law, without it decides a case."""

    number: str  # digits, sometimes with a letter
    body: str  # who decides: UBND, TTg, BNNMT
    year: int | None = None

    def __str__(self) -> str:
        year = f"/{self.year}" if self.year else ""
        return f"{self.number}{year}/QĐ-{self.body}"


def parse_product_code(text: str) -> ProductCode:
    """Read a product code of either form. Refused when it is neither."""
    found = _PRODUCT.fullmatch(_tidy(text))
    if not found or not _is_year(found[5]):
        _refuse(
            "product_code",
            _("Mã sản phẩm có dạng (mã tỉnh)-(mã xã)-(số thứ tự)-(năm), ví dụ 01-09619-3-2026."),
        )
    province, district, commune, serial, year = found.groups()
    return ProductCode(
        province.zfill(2),
        commune.zfill(5),
        int(serial),
        int(year),
        district.zfill(3) if district else "",
    )


def parse_slip_number(text: str) -> SlipNumber:
    """Read the number of a registration slip. Refused when it is none."""
    found = _SLIP.fullmatch(_tidy(text))
    if not found or not _is_year(found[4]):
        _refuse(
            "slip_number",
            _("Số phiếu có dạng (số)/PĐK-(mã tỉnh)-(mã xã)-(năm), ví dụ 0241/PĐK-01-09619-2026."),
        )
    serial, province, commune, year = found.groups()
    return SlipNumber(int(serial), province.zfill(2), commune.zfill(5), int(year))


def parse_decision_number(text: str) -> DecisionNumber:
    """Read the number of a decision, also as "Quyết định số 3981/QĐ-UBND". Refused otherwise."""
    found = _DECISION.fullmatch(_tidy(text))
    if not found:
        _refuse(
            "decision_number",
            _("Số quyết định có dạng 3981/QĐ-UBND. Hãy nhập đúng số ghi trên văn bản."),
        )
    number, year, body = found.groups()
    body = body.upper().rstrip("-")
    return DecisionNumber(number.lower(), _BODIES.get(body, body), int(year) if year else None)


def _tidy(text: str) -> str:
    """Composed letters, plain dashes and slashes without spaces around, single spaces."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFC", text))
    return " ".join(_SLASHES.sub("/", plain).split())


def _is_year(text: str) -> bool:
    return FIRST_YEAR <= int(text) <= _LAST_YEAR


def _refuse(code: str, message: str) -> NoReturn:
    raise Refused(code, message)
