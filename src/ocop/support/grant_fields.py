"""What a workbook of grants can hold: its columns, the words of offices, what can be wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ocop.core import folding


class Field(StrEnum):
    """What a column can hold."""

    PRODUCER = "producer"
    TAX_CODE = "tax_code"
    COMMUNE = "commune"
    PRODUCT = "product"
    CATEGORY = "category"
    LEVEL = "level"
    PAYER = "payer"
    YEAR = "year"
    GIVEN_ON = "given_on"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    STAR = "star"
    DOCUMENT = "document"
    PURPOSE = "purpose"


class Code(StrEnum):
    """Why a row is not taken."""

    PRODUCER_MISSING = "producer_missing"
    PRODUCER_UNKNOWN = "producer_unknown"
    PRODUCER_AMBIGUOUS = "producer_ambiguous"
    PRODUCT_UNKNOWN = "product_unknown"
    CATEGORY_UNKNOWN = "category_unknown"
    LEVEL_UNKNOWN = "level_unknown"
    DISTRICT_ENDED = "district_ended"
    YEAR_MISSING = "year_missing"
    DAY_UNREADABLE = "day_unreadable"
    DAY_AND_YEAR = "day_and_year"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_THE_PROGRAMME = "before_the_programme"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_NOT_WHOLE = "amount_not_whole"
    QUANTITY_UNREADABLE = "quantity_unreadable"
    STAR_UNREADABLE = "star_unreadable"
    STAR_MISSING = "star_missing"
    TWICE = "twice"
    TEXT_TOO_LONG = "text_too_long"


#: Headings as offices write them, folded; the longest that begins a heading decides.
_HEADINGS: Mapping[str, Field] = {
    "chu the": Field.PRODUCER,
    "ten chu the": Field.PRODUCER,
    "don vi duoc ho tro": Field.PRODUCER,
    "don vi thu huong": Field.PRODUCER,
    "co so san xuat": Field.PRODUCER,
    "doi tuong ho tro": Field.PRODUCER,
    "ma so thue": Field.TAX_CODE,
    "mst": Field.TAX_CODE,
    "xa": Field.COMMUNE,
    "dia chi": Field.COMMUNE,
    "san pham": Field.PRODUCT,
    "ten san pham": Field.PRODUCT,
    "loai ho tro": Field.CATEGORY,
    "noi dung ho tro": Field.CATEGORY,
    "hang muc": Field.CATEGORY,
    "cap ho tro": Field.LEVEL,
    "cap ngan sach": Field.LEVEL,
    "cap chi": Field.LEVEL,
    "nguon": Field.LEVEL,
    "co quan chi": Field.PAYER,
    "co quan ho tro": Field.PAYER,
    "nam": Field.YEAR,
    "nam ho tro": Field.YEAR,
    "ngay": Field.GIVEN_ON,
    "ngay ho tro": Field.GIVEN_ON,
    "ngay chi": Field.GIVEN_ON,
    "so tien": Field.AMOUNT,
    "kinh phi": Field.AMOUNT,
    "gia tri": Field.AMOUNT,
    "muc ho tro": Field.AMOUNT,
    "tien ho tro": Field.AMOUNT,
    "so luong": Field.QUANTITY,
    "hang sao": Field.STAR,
    "sao": Field.STAR,
    "so quyet dinh": Field.DOCUMENT,
    "quyet dinh": Field.DOCUMENT,
    "van ban": Field.DOCUMENT,
    "ghi chu": Field.PURPOSE,
    "dien giai": Field.PURPOSE,
}
_CATEGORIES: tuple[tuple[str, str], ...] = (
    ("thuong", "bonus"),
    ("diem gioi thieu", "sales_point"),
    ("diem ban", "sales_point"),
    ("nhan hieu", "trademark"),
    ("so huu tri tue", "trademark"),
    ("bao ho", "trademark"),
    ("tem", "trace"),
    ("truy xuat", "trace"),
    ("du lieu so", "trace"),
    ("hoi cho", "promotion"),
    ("xuc tien", "promotion"),
    ("gian hang", "promotion"),
    ("trien lam", "promotion"),
    ("tap huan", "training"),
    ("dao tao", "training"),
    ("ho so", "consultancy"),
    ("tu van", "consultancy"),
    ("may moc", "tools"),
    ("thiet bi", "tools"),
    ("dung cu", "tools"),
    ("bao bi", "tools"),
    ("khac", "other"),
)
#: In this order: a town (thị xã) is a district, though it holds the word for a commune.
_LEVELS: tuple[tuple[str, str], ...] = (
    (r"\b(trung uong|tw|bo)\b", "centre"),
    (r"\b(huyen|quan|thi xa)\b", "district"),
    (r"\b(xa|phuong|thi tran)\b", "commune"),
    (r"\b(tinh|thanh pho|tp|so)\b", "province"),
)
_SCALES: tuple[tuple[str, int], ...] = (
    ("ty dong", 1_000_000_000),
    ("trieu", 1_000_000),
    ("trd", 1_000_000),
    ("nghin", 1_000),
    ("ngan dong", 1_000),
    ("1000d", 1_000),
)
_LONGEST_HEADING = 60  # letters
#: Letters that the columns hold.
LONGEST = {Field.PAYER: 160, Field.DOCUMENT: 120, Field.PURPOSE: 300}


@dataclass(frozen=True, slots=True)
class Report:
    """Why a row is not taken, with the cell as it stood."""

    row: int  # of the sheet, from 1
    field: Field
    code: Code
    cell: str = ""


def field_of(text: str) -> Field | None:
    """The field of a heading."""
    words = folding.words(text)
    if len(words) > _LONGEST_HEADING:
        return None
    fitting = [h for h in _HEADINGS if words == h or words.startswith(f"{h} ")]
    return _HEADINGS[max(fitting, key=len)] if fitting else None


def scale_of(heading: str) -> int:
    """How many đồng one of a column is, by its heading."""
    words = folding.words(heading)
    return next((scale for sign, scale in _SCALES if sign in words), 1)


def category_of(text: str) -> str:
    """What support was for; "" where the words tell nothing."""
    words = folding.words(text)
    return next((category for sign, category in _CATEGORIES if sign in words), "")


def level_of(text: str) -> str:
    """The level of whoever paid; "" where the words tell nothing."""
    words = folding.words(text)
    return next((level for pattern, level in _LEVELS if re.search(pattern, words)), "")
