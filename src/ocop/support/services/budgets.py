"""Budget lines: entered, raised or lowered, and taken from by approvals."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.places.models import Unit
from ocop.support import rules
from ocop.support.models import BudgetLine, Category
from ocop.support.reckoning import MOST

YEARS = range(2019, 2100)


@action("support.add_line")
def add_line(
    *,
    actor: Actor,
    unit: Unit,
    year: int,
    amount: int,
    source: str,
    category: str = "",
    at: datetime,
) -> BudgetLine:
    """Enter the money of a unit for a year and a purpose. Refused: the same line is here already,
    no source, no sum."""
    require(actor, rules.may_manage)
    if year not in YEARS:
        raise _refuse("year", _("Hãy ghi năm gồm bốn chữ số, ví dụ 2026."))
    _check_amount(amount)
    if category and category not in Category.values:
        raise _refuse("category", _("Hãy chọn một mục trong danh sách."))
    if not source.strip():
        raise _refuse("source", _("Hãy ghi văn bản giao dự toán."))
    line = BudgetLine(
        code=public_code(),
        unit=unit,
        year=year,
        category=category,
        source=folding.clean(source),
        amount=amount,
        created_at=at,
    )
    fits(line)
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        message = _("Dòng dự toán này đã có. Hãy điều chỉnh số tiền của dòng đó.")
        raise _refuse("source", message) from error
    record(actor, "support.line_added", line, at=at, change={"year": year, "amount": amount})
    return line


@action("support.change_line")
def change_line(
    *, actor: Actor, line: BudgetLine, amount: int, reason: str, at: datetime
) -> BudgetLine:
    """Raise or lower a line. Refused: below what was approved already."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    _check_amount(amount)
    before = line.amount
    changed = BudgetLine.objects.filter(pk=line.pk, committed__lte=amount).update(amount=amount)
    line.refresh_from_db()
    if not changed:
        words = _("Đã duyệt %s đồng từ dòng này, dự toán không thể thấp hơn.")
        raise _refuse("amount", words % write_number(line.committed))
    record(
        actor,
        "support.line_changed",
        line,
        at=at,
        reason=reason.strip(),
        change={"from": before, "to": amount},
    )
    return line


def commit(line: BudgetLine, amount: int) -> None:
    """Promise money of a line. Part of an approval, no act of its own. Of two at once only those
    go through for which the money is there."""
    rows = BudgetLine.objects.filter(pk=line.pk, committed__lte=F("amount") - amount)
    if line.amount >= amount and rows.update(committed=F("committed") + amount):
        return
    line.refresh_from_db()
    raise _refuse(
        "line",
        _(
            "Dòng dự toán này còn %(left)s đồng, không đủ cho %(asked)s đồng. Hãy chọn dòng khác "
            "hoặc điều chỉnh dự toán."
        )
        % {"left": write_number(line.left), "asked": write_number(amount)},
    )


def release(line: BudgetLine, amount: int) -> None:
    """Give back money that was promised and not paid."""
    rows = BudgetLine.objects.filter(pk=line.pk, committed__gte=F("paid") + amount)
    if amount and not rows.update(committed=F("committed") - amount):
        raise _moved()


def spend(line: BudgetLine, amount: int) -> None:
    """Hand out money that was promised."""
    rows = BudgetLine.objects.filter(pk=line.pk, committed__gte=F("paid") + amount)
    if not rows.update(paid=F("paid") + amount):
        raise _moved()


def take_back(line: BudgetLine, amount: int) -> None:
    """Note money that came back: it goes to the budget and is not given again from this line."""
    rows = BudgetLine.objects.filter(pk=line.pk, paid__gte=F("reclaimed") + amount)
    if not rows.update(reclaimed=F("reclaimed") + amount):
        raise _moved()


def _moved() -> Refused:
    return Refused("line_moved", _("Dòng dự toán vừa thay đổi. Hãy tải lại trang rồi làm lại."))


def _check_amount(amount: int) -> None:
    if not 1 <= amount <= MOST:
        message = _("Hãy ghi số tiền từ 1 đến %s đồng.") % write_number(MOST)
        raise _refuse("amount", message)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"budget_{field}", message, fields={field: [message]})
