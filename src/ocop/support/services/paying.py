"""After an approval: acceptance, payment, and taking money back."""

from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.support import lifecycle, notices, queries, reckoning, rules
from ocop.support.models import (
    BudgetLine,
    Money,
    MoneyKind,
    PaperKind,
    SupportRequest,
)
from ocop.support.services import budgets, ceilings
from ocop.support.services.moving import move


@action("support.accept_request")
def accept_request(
    *, actor: Actor, request: SupportRequest, real_cost: int, accepted_on: date, at: datetime
) -> SupportRequest:
    """Note what was done and what it cost: what is due is reckoned anew, and what is not needed
    returns to the line. A fixed sum for a star needs no cost.

    Refused: no minutes of acceptance among the papers, a day before the decision or to come.
    """
    require(actor, rules.may_manage)
    lifecycle.expect(lifecycle.REQUEST, "accept", request.state)
    terms = queries.terms_of(request.policy)
    ceilings.expect_star(request, timezone.localdate(at))
    _check_acceptance(request, real_cost, accepted_on, timezone.localdate(at))
    approved = request.approved_amount or 0
    due = reckoning.due(approved, terms, real_cost, request.others)
    if due < 1:
        message = _("Theo chi phí này không còn phần ngân sách nào phải chi. Hãy hủy đề nghị.")
        raise _refuse("real_cost", message)
    move(
        request,
        "accept",
        real_cost=real_cost,
        accepted_amount=due,
        accepted_on=accepted_on,
    )
    budgets.release(_line_of(request), approved - due)
    ceilings.give_back(request, approved - due)
    record(
        actor,
        "support.request_accepted",
        request,
        request.producer,
        _line_of(request),
        at=at,
        change={"cost": real_cost, "approved": approved, "due": due},
    )
    notices.answered(request=request, at=at)
    return request


@action("support.pay_request")
def pay_request(
    *, actor: Actor, request: SupportRequest, paid_on: date, voucher: str, at: datetime
) -> SupportRequest:
    """Note that the money went out, with its voucher. Refused: no voucher, a day before acceptance
    or to come."""
    require(actor, rules.may_manage)
    lifecycle.expect(lifecycle.REQUEST, "pay", request.state)
    ceilings.expect_star(request, timezone.localdate(at))
    if request.accepted_on and not request.accepted_on <= paid_on <= timezone.localdate(at):
        day = write_date(request.accepted_on)
        raise _refuse("paid_on", _("Ngày chi từ ngày nghiệm thu %s đến hôm nay.") % day)
    move(request, "pay")
    amount = request.accepted_amount or 0
    _note(request, MoneyKind.PAID, amount, paid_on, voucher, "", at)
    budgets.spend(_line_of(request), amount)
    record(
        actor,
        "support.request_paid",
        request,
        request.producer,
        _line_of(request),
        at=at,
        change={"amount": amount},
    )
    notices.answered(request=request, at=at)
    return request


@action("support.reclaim")
def reclaim(
    *,
    actor: Actor,
    request: SupportRequest,
    amount: int,
    on: date,
    voucher: str,
    reason: str,
    at: datetime,
) -> SupportRequest:
    """Note money that came back, with its voucher. It goes to the budget and is not given again
    from this line; for the ceilings it was not given. Refused: more than was paid and not yet
    taken back, a voucher that was noted already."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    lifecycle.expect(lifecycle.REQUEST, "reclaim", request.state)
    first = Money.objects.filter(request=request, kind=MoneyKind.PAID).earliest("pk").on
    if not first <= on <= timezone.localdate(at):
        raise _refuse("on", _("Ngày thu hồi từ ngày chi %s đến hôm nay.") % write_date(first))
    left = (request.accepted_amount or 0) - request.reclaimed
    rows = SupportRequest.objects.filter(
        pk=request.pk, state=lifecycle.PAID, accepted_amount__gte=F("reclaimed") + amount
    )
    if amount < 1 or not rows.update(reclaimed=F("reclaimed") + amount):
        message = _("Hãy ghi số tiền từ 1 đến %s đồng.") % write_number(left)
        raise _refuse("amount", message)
    request.refresh_from_db()
    _expect_new_voucher(request, on, voucher)
    _note(request, MoneyKind.RECLAIMED, amount, on, voucher, reason, at)
    budgets.take_back(_line_of(request), amount)
    ceilings.give_back(request, amount, whole=queries.net(request) == 0)
    record(
        actor,
        "support.reclaimed",
        request,
        request.producer,
        _line_of(request),
        at=at,
        reason=reason.strip(),
        change={"amount": amount},
    )
    notices.reclaimed(request=request, amount=amount, at=at)
    return request


def _expect_new_voucher(request: SupportRequest, on: date, voucher: str) -> None:
    """What is sent twice came back once: the voucher of a day tells them apart."""
    told = {"kind": MoneyKind.RECLAIMED, "on": on, "voucher": folding.clean(voucher)}
    if request.money.filter(**told).exists():
        message = _(
            "Chứng từ này, ngày này đã được ghi cho đề nghị. Lần thu khác có chứng từ khác."
        )
        raise _refuse("voucher", message)


def _check_acceptance(
    request: SupportRequest, real_cost: int, accepted_on: date, today: date
) -> None:
    if not request.papers.filter(kind=PaperKind.ACCEPTANCE).exists():
        raise Refused(
            "acceptance_paper",
            _("Chưa có biên bản nghiệm thu. Hãy thêm biên bản vào giấy tờ của đề nghị trước."),
        )
    if request.decided_on and not request.decided_on <= accepted_on <= today:
        day = write_date(request.decided_on)
        raise _refuse("accepted_on", _("Ngày nghiệm thu từ ngày duyệt %s đến hôm nay.") % day)
    if not request.policy.stars and not 1 <= real_cost <= reckoning.MOST:
        raise _refuse("real_cost", _("Hãy ghi chi phí thực tế theo chứng từ, bằng đồng."))


def _line_of(request: SupportRequest) -> BudgetLine:
    if request.line is None:
        raise ValueError(f"request {request.code} has no line")
    return request.line


def _note(
    request: SupportRequest,
    kind: MoneyKind,
    amount: int,
    on: date,
    voucher: str,
    reason: str,
    at: datetime,
) -> None:
    if not voucher.strip():
        raise _refuse("voucher", _("Hãy ghi số chứng từ."))
    row = Money(
        request=request,
        kind=kind,
        amount=amount,
        on=on,
        voucher=folding.clean(voucher),
        reason=reason.strip(),
        at=at,
    )
    fits(row)
    row.save()


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"support_{field}", message, fields={field: [message]})
