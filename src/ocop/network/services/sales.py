"""Writes of monthly sales."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ocop.core import db
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network import rules
from ocop.network.models import Sale, SalesPoint, SalesReport
from ocop.network.queries import sales
from ocop.products.models import Product

MOST = 2_000_000_000  # packs in a month: more is a slip of the finger
MOST_DONG = 10**15


@dataclass(frozen=True, slots=True)
class Sold:
    """A product with how many packs were sold and, where it is known, for how much (đồng)."""

    product: Product
    quantity: int
    amount: int | None = None


@action("network.report_sales")
def report_sales(
    *,
    actor: Actor,
    point: SalesPoint,
    month: date,
    sold: Sequence[Sold],
    client_id: UUID,
    at: datetime,
) -> SalesReport:
    """Tell what a point sold in a month. Told again it takes the place of what was told; the same
    report of a device, sent twice, is told once.

    Refused: a month that may not be told, goods that the point did not offer in it, a product
    twice, numbers below nothing.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_keep, point, on)
    SalesPoint.objects.select_for_update().get(pk=point.pk)  # two devices tell one after the other
    before = SalesReport.objects.filter(point=point, month=month).first()
    if before and before.client_id == client_id:
        record(actor, "network.sales_reported", point, at=at, change={"again": True})
        return before
    _check(point, month, sold, on)
    if SalesReport.objects.filter(client_id=client_id).exists():
        message = _("Bản ghi này đã gửi cho tháng hoặc điểm khác. Hãy mở lại trang rồi gửi.")
        raise Refused("sales_client_id", message)
    report = before or SalesReport(point=point, month=month)
    report.client_id, report.sent_by_id, report.sent_at = client_id, actor.user_id, at
    report.save()
    report.sales.all().delete()
    db.insert(
        [
            Sale(report=report, product=row.product, quantity=row.quantity, amount=row.amount)
            for row in sold
            if row.quantity or row.amount
        ]
    )
    change = {"month": month.isoformat(), "lines": len(sold), "replaced": before is not None}
    record(actor, "network.sales_reported", point, at=at, change=change)
    return report


def _check(point: SalesPoint, month: date, sold: Sequence[Sold], on: date) -> None:
    if month not in sales.tellable(point, on):
        message = _("Không ghi doanh số cho tháng này được: chọn tháng từ khi điểm được công nhận.")
        raise Refused("sales_month", message, fields={"month": [message]})
    offered = set(sales.to_tell(point, month).values_list("pk", flat=True))
    seen: set[int] = set()
    for row in sold:
        if row.product.pk not in offered:
            raise _refuse(row, _("Sản phẩm này không có trong danh sách của điểm tháng đó."))
        if row.product.pk in seen:
            raise _refuse(row, _("Sản phẩm này được ghi hai lần. Hãy gộp lại."))
        if not 0 <= row.quantity <= MOST or not 0 <= (row.amount or 0) <= MOST_DONG:
            raise _refuse(row, _("Hãy ghi số từ 0 trở lên."))
        seen.add(row.product.pk)


def _refuse(row: Sold, message: str) -> Refused:
    return Refused(
        "sales_line",
        f"{row.product.name}: {message}",
        fields={f"quantity_{row.product.code}": [message]},
    )
