"""The head of the office's papers: who issues them, where, and who signs."""

from dataclasses import dataclass

from ocop.core import options
from ocop.core.language import noop
from ocop.places import queries as places

PARENT = options.declare(
    "letters.parent",
    "",
    noop("Cơ quan chủ quản ghi ở đầu văn bản; để trống là Ủy ban nhân dân cấp tỉnh"),
    lambda v: isinstance(v, str) and len(v) <= 120,
)
OFFICE = options.declare(
    "letters.office",
    "Văn phòng Điều phối Chương trình xây dựng nông thôn mới",
    noop("Cơ quan ban hành ghi ở đầu văn bản"),
    lambda v: isinstance(v, str) and 0 < len(v) <= 120,
)
SYMBOL = options.declare(
    "letters.symbol",
    "VPĐP",
    noop("Ký hiệu văn bản của cơ quan, sau số văn bản"),
    lambda v: isinstance(v, str) and len(v) <= 40,
)
PLACE = options.declare(
    "letters.place",
    "",
    noop("Địa danh ghi trước ngày tháng của văn bản"),
    lambda v: isinstance(v, str) and len(v) <= 60,
)
SIGNER = options.declare(
    "letters.signer",
    "CHÁNH VĂN PHÒNG",
    noop("Chức vụ người ký văn bản"),
    lambda v: isinstance(v, str) and 0 < len(v) <= 80,
)


_COMMITTEES = ("ủy ban nhân dân", "ubnd")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head and the foot of every letter."""

    parent: str
    office: str
    symbol: str
    place: str
    signer: str


def letterhead() -> Letterhead:
    """The head as the office has set it. The body above the office stands over its name; over a
    People's Committee stands none (Decree 30/2020/NĐ-CP, Annex I)."""
    office = OFFICE.get()
    above = committee()
    if office.casefold().startswith(_COMMITTEES) or above.casefold() in _COMMITTEES:
        above = ""  # none stands over it, or the province is not known
    return Letterhead(above, office, SYMBOL.get(), PLACE.get() or _own_place(), SIGNER.get())


def committee() -> str:
    """The body above the office and its councils: as the office set it, else the People's
    Committee of the province under its whole name, as Decree 30/2020/NĐ-CP writes it."""
    if told := PARENT.get():
        return told
    found = places.province(options.PROVINCE.get())
    name = found.name if found else PLACE.get()
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}".strip()


def _own_place() -> str:
    """The name of the installation's province, as it stands before a date."""
    found = places.province(options.PROVINCE.get())
    return found.name.removeprefix("Thành phố ").removeprefix("Tỉnh ") if found else ""
