"""What a code has to tell: the ten data of Circular 02/2024/TT-BKHCN and the eight items of
Article 32 of Decree 37/2026/NĐ-CP (digital product passport), and what of them is missing.

Pure. "If any" in the law means an answer may be empty: its absence is shown, and refuses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ocop.core.language import noop as N_


class Law(StrEnum):
    """Which text asks."""

    TEN = "ten"  # Circular 02/2024/TT-BKHCN
    EIGHT = "eight"  # Decree 37/2026/NĐ-CP, Article 32


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way: what was done, where (location trace code) and when, to which lot
    (product trace code)."""

    step: str
    trace_code: str
    site_code: str
    site: str
    at: datetime
    act: str = ""  # the same in the words of a diary, see `diary.words`
    goods: str = ""  # what went into the lot later, where the step was about that


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a lot of a sales unit. Empty: not known."""

    product: str
    pack: str
    trade_code: str  # GTIN, else the own code of the sales unit
    has_gtin: bool
    has_image: bool
    producer: str
    producer_code: str  # tax code, else the own code
    address: str
    lot: str
    stages: Sequence[Stage]
    produced_on: date | None
    expires_on: date | None
    trace_code: str  # of the lot
    brand: str
    shelf_life: str
    standards: str
    origin: str
    certificates: Sequence[str]
    warnings: str
    other: str


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing a law asks for."""

    law: Law
    number: int
    name: str  # a msgid
    known: bool
    if_any: bool = False  # the law asks for it only where there is one

    @property
    def missing(self) -> bool:
        """Whether its absence stops an activation."""
        return not self.known and not self.if_any


def data(facts: Facts) -> list[Datum]:
    """All eighteen, in the order of the law."""
    named = bool(facts.product)
    made = facts.produced_on is not None
    ten = (
        (N_("Tên sản phẩm, hàng hóa"), named, False),
        (N_("Hình ảnh sản phẩm, hàng hóa"), facts.has_image, False),
        (N_("Tên đơn vị sản xuất, kinh doanh"), bool(facts.producer), False),
        (N_("Địa chỉ đơn vị sản xuất, kinh doanh"), bool(facts.address), False),
        (
            N_("Các công đoạn: mã truy vết sản phẩm, mã truy vết địa điểm, thời gian sự kiện"),
            any(stage.trace_code and stage.site_code for stage in facts.stages),
            False,
        ),
        (N_("Thời gian sản xuất, kinh doanh"), made, False),
        (N_("Mã truy xuất nguồn gốc"), bool(facts.trace_code), False),
        (N_("Thương hiệu, nhãn hiệu, mã ký hiệu, số sê-ri"), bool(facts.brand), True),
        (N_("Thời hạn sử dụng"), bool(facts.shelf_life or facts.expires_on), True),
        (N_("Tiêu chuẩn áp dụng"), bool(facts.standards), False),
    )
    eight = (
        (
            N_("Tên sản phẩm kèm mã số (GTIN hoặc mã riêng)"),
            named and bool(facts.trade_code),
            False,
        ),
        (
            N_("Tên, địa chỉ, mã định danh của đơn vị sản xuất"),
            bool(facts.producer and facts.address and facts.producer_code),
            False,
        ),
        (N_("Xuất xứ hoặc nơi chế biến cuối cùng"), bool(facts.origin), False),
        (N_("Thông tin truy xuất nguồn gốc"), bool(facts.trace_code and facts.stages), False),
        (N_("Chứng nhận, chứng chỉ"), bool(facts.certificates), True),
        (N_("Ngày sản xuất, hạn sử dụng"), made or facts.expires_on is not None, True),
        (N_("Cảnh báo an toàn"), bool(facts.warnings), True),
        (N_("Thông tin khác theo yêu cầu"), bool(facts.other), True),
    )
    asked = [(Law.TEN, n, *each) for n, each in enumerate(ten, 1)]
    asked += [(Law.EIGHT, n, *each) for n, each in enumerate(eight, 1)]
    return [Datum(law, number, name, known, if_any) for law, number, name, known, if_any in asked]


def missing(facts: Facts) -> list[Datum]:
    """What stops an activation; none: all that the law asks for is there."""
    return [each for each in data(facts) if each.missing]


def completeness(facts: Facts) -> tuple[int, int]:
    """How many of the eighteen are told, and eighteen. What a law asks for only where there is one
    is told by its absence as well: a passport that lacks nothing is complete."""
    all_data = data(facts)
    return sum(not each.missing for each in all_data), len(all_data)
