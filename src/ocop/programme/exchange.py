"""The national exchange table PTNT_OCOP (Decision 5277/QĐ-BNNMT): one row per product in force."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import QuerySet

from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.programme import indicators, queries, rules
from ocop.programme.scope import Scope
from ocop.recognition.ranks import rank_of

#: Column names as the table wants them, and what they hold.
COLUMNS = {
    "MA_OCOP": N_("Mã bản ghi"),
    "MA_DVHC": N_("Mã đơn vị hành chính"),
    "MA_KY": N_("Mã kỳ"),
    "MA_SAN_PHAM": N_("Mã sản phẩm"),
    "TEN_SAN_PHAM": N_("Tên sản phẩm"),
    "HANG": N_("Hạng"),
    "CHU_THE": N_("Chủ thể"),
    "DOANH_THU": N_("Doanh thu năm (đồng)"),
    "TRANG_THAI": N_("Trạng thái"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `revenue` is whole đồng or None."""

    key: str
    unit: str
    period: str
    code: str
    name: str
    rank: str  # 3*, 4*, 5*
    producer: str
    revenue: int | None
    status: str


def listed(scope: Scope) -> QuerySet[Any]:
    """The recognitions by which products hold a star on the day of the scope.

    Refused: to everybody but the office and its auditors, as the table tells revenue.
    """
    require(scope.actor, rules.may_export_exchange_table)
    return queries.listed(indicators.get("valid"), scope)


def row_of(found: Any, scope: Scope) -> Row:
    """The row of a recognition that is listed.

    The unit is the commune of today, else the province; the period is the year of the day.
    Potential five stars hold four.
    """
    status = _("Còn hiệu lực")
    if scope.demonstration:
        invented = _("Dữ liệu mẫu")
        status = f"{status} ({invented})"
    product = found.product
    return Row(
        key=product.code,
        unit=found.commune.code if found.commune else found.province,
        period=str(scope.as_of.year),
        code=product.official_code or product.old_code,
        name=product.name,
        rank=f"{rank_of(found.stars, potential_five=False)}*",
        producer=product.producer.name,
        revenue=product.revenue,
        status=status,
    )


def rows(scope: Scope) -> Iterator[Row]:
    """The whole table."""
    return (row_of(found, scope) for found in listed(scope).iterator(chunk_size=1000))


def values(row: Row) -> tuple[Any, ...]:
    """A row in the order of COLUMNS."""
    return astuple(row)
