"""Requests for support: asked, answered, taken back."""

from datetime import date, datetime

from django.utils import timezone

from ocop.core import attachments, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.support import lifecycle, notices, queries, rules, words
from ocop.support.models import BudgetLine, PaperKind, Per, Policy, RequestPaper, SupportRequest
from ocop.support.queries import Checked, Wanted
from ocop.support.reckoning import MOST
from ocop.support.services import budgets, ceilings
from ocop.support.services.moving import move

_MOST_PAPERS = 30
_LONGEST_NAME = 200


@action("support.ask_support")
def ask_support(
    *, actor: Actor, policy: Policy, producer: Producer, wanted: Wanted, at: datetime
) -> SupportRequest:
    """Ask for support under a policy.

    Refused: a policy that does not hold today, more than it gives after what any level gave
    before, a product of another producer, no product where the policy counts by product, the same
    once more while it waits.
    """
    today = timezone.localdate(at)
    require(actor, rules.may_ask, producer, today)
    _check_wanted(policy, producer, wanted)
    ceilings.hold(producer)
    _expect_new(policy, producer, wanted)
    checked = queries.check(policy, producer, wanted, today)
    amount = checked.reckoned.most if wanted.amount is None else wanted.amount
    _check_amount(checked, amount)
    request = SupportRequest(
        code=public_code(),
        policy=policy,
        producer=producer,
        product=wanted.product,
        purpose=folding.clean(wanted.purpose),
        cost=wanted.cost,
        others=wanted.others,
        quantity=wanted.quantity,
        star=checked.asked.star or None,
        asked_amount=amount,
        asked_at=at,
    )
    fits(request)
    request.save()
    record(
        actor,
        "support.support_asked",
        request,
        producer,
        *([request.product] if request.product else []),
        at=at,
        change={"policy": policy.code, "amount": amount},
    )
    notices.asked(request=request, at=at)
    return request


@action("support.add_request_paper")
def add_request_paper(
    *,
    actor: Actor,
    request: SupportRequest,
    kind: str,
    name: str,
    content: bytes,
    filename: str,
    at: datetime,
) -> RequestPaper:
    """Add a paper to a request. Refused: a request that is over, the same file twice, too many."""
    require(actor, rules.may_ask, request.producer, timezone.localdate(at))
    if request.state in (*lifecycle.DROPPED, lifecycle.PAID):
        raise Refused("request_over", _("Đề nghị này đã kết thúc, không thêm giấy tờ được."))
    if kind not in PaperKind.values:
        raise _refuse("kind", _("Hãy chọn một mục trong danh sách."))
    if request.papers.count() >= _MOST_PAPERS:
        raise _refuse("file", _("Mỗi đề nghị có nhiều nhất %d giấy tờ.") % _MOST_PAPERS)
    stored = attachments.store(content, filename=filename, at=at)
    if request.papers.filter(attachment=stored).exists():
        raise _refuse("file", _("Tệp này đã có trong đề nghị."))
    paper = RequestPaper(
        request=request,
        kind=kind,
        name=folding.clean(name) or filename[-_LONGEST_NAME:],
        attachment=stored,
        added_by=actor.user_id,
        added_at=at,
    )
    fits(paper)
    paper.save()
    record(actor, "support.request_paper_added", request, at=at, change={"kind": kind})
    return paper


@action("support.approve_request")
def approve_request(
    *,
    actor: Actor,
    request: SupportRequest,
    line: BudgetLine,
    amount: int,
    decision: str,
    decided_on: date,
    at: datetime,
) -> SupportRequest:
    """Approve a request and promise money of a budget line.

    Refused: more than was asked or than the policy gives after what any level gave until now, more
    than is left in the line, a line of another year or purpose, no decision.
    """
    require(actor, rules.may_approve)
    lifecycle.expect(lifecycle.REQUEST, "approve", request.state)
    _check_decision(request, line, decision, decided_on, timezone.localdate(at))
    ceilings.expect_star(request, timezone.localdate(at))
    ceilings.hold(request.producer)
    checked = queries.check_request(request)
    _check_amount(checked, amount)
    if amount > request.asked_amount:
        words_ = _("Chủ thể đề nghị %s đồng, không duyệt nhiều hơn.")
        raise _refuse("amount", words_ % write_number(request.asked_amount))
    move(
        request,
        "approve",
        line=line,
        approved_amount=amount,
        decision=folding.clean(decision),
        decided_on=decided_on,
        answered_at=at,
    )
    ceilings.take(request, amount)
    budgets.commit(line, amount)
    record(
        actor,
        "support.request_approved",
        request,
        request.producer,
        line,
        at=at,
        change={"amount": amount, "line": line.code},
    )
    notices.answered(request=request, at=at)
    return request


@action("support.refuse_request")
def refuse_request(
    *, actor: Actor, request: SupportRequest, reason: str, at: datetime
) -> SupportRequest:
    """Refuse a request, with the reason the producer reads."""
    require(actor, rules.may_approve)
    needs_reason(reason, most=500)
    move(request, "refuse", answer=reason.strip(), answered_at=at)
    record(
        actor, "support.request_refused", request, request.producer, at=at, reason=reason.strip()
    )
    notices.answered(request=request, at=at)
    return request


@action("support.withdraw_request")
def withdraw_request(
    *, actor: Actor, request: SupportRequest, reason: str, at: datetime
) -> SupportRequest:
    """Take a request back before it is answered."""
    require(actor, rules.may_ask, request.producer, timezone.localdate(at))
    needs_reason(reason, most=500)
    move(request, "withdraw", answer=reason.strip(), answered_at=at)
    record(
        actor, "support.request_withdrawn", request, request.producer, at=at, reason=reason.strip()
    )
    return request


@action("support.cancel_request")
def cancel_request(
    *, actor: Actor, request: SupportRequest, reason: str, at: datetime
) -> SupportRequest:
    """Take an approval back before payment: the money returns to its line."""
    require(actor, rules.may_approve)
    needs_reason(reason, most=500)
    move(request, "cancel", answer=reason.strip())
    held, line = queries.net(request), request.line  # as it stands by now: accepted meanwhile?
    if line is not None:
        budgets.release(line, held)
    ceilings.give_back(request, held, whole=True)
    record(
        actor,
        "support.request_cancelled",
        request,
        request.producer,
        *([line] if line else []),
        at=at,
        reason=reason.strip(),
        change={"amount": held},
    )
    notices.answered(request=request, at=at)
    return request


def _check_wanted(policy: Policy, producer: Producer, wanted: Wanted) -> None:
    if not wanted.purpose.strip():
        raise _refuse("purpose", _("Hãy ghi nội dung đề nghị hỗ trợ."))
    if wanted.product is not None and wanted.product.producer_id != producer.pk:
        raise _refuse("product", _("Sản phẩm này không phải của chủ thể."))
    if wanted.product is None and policy.per == Per.PRODUCT:
        raise _refuse("product", _("Chính sách này hỗ trợ từng sản phẩm. Hãy chọn sản phẩm."))
    if not policy.stars and not 1 <= wanted.cost <= MOST:
        raise _refuse("cost", _("Hãy ghi chi phí dự kiến, bằng đồng."))
    if not 0 <= wanted.others <= wanted.cost:
        raise _refuse("others", _("Phần ngân sách khác chi không thể lớn hơn chi phí."))
    if policy.most_quantity is not None and wanted.quantity < 1:
        raise _refuse("quantity", _("Hãy ghi số lượng (%s).") % policy.measure)


def _expect_new(policy: Policy, producer: Producer, wanted: Wanted) -> None:
    """Refuse what was sent a moment ago, from another tab or by pressing twice."""
    same = SupportRequest.objects.filter(
        policy=policy,
        producer=producer,
        product=wanted.product,
        purpose=folding.clean(wanted.purpose),
        cost=wanted.cost,
        quantity=wanted.quantity,
        state=lifecycle.ASKED,
    )
    if (waiting := same.first()) is not None:
        message = _("Đề nghị giống hệt, mã %s, đang chờ duyệt. Nội dung khác thì ghi rõ khác gì.")
        raise _refuse("purpose", message % waiting.code.upper())


def _check_amount(checked: Checked, amount: int) -> None:
    if checked.reckoned.bar is not None:
        message = words.why_not(checked.reckoned.bar, checked.terms, checked.before)
        raise Refused(f"support_{checked.reckoned.bar}", message)
    if amount < 1:
        raise _refuse("amount", _("Hãy ghi số tiền lớn hơn 0."))
    if amount > checked.reckoned.most:
        reasons = "; ".join(words.step_words(step) for step in checked.reckoned.steps)
        raise _refuse(
            "amount",
            _("Chính sách cho nhiều nhất %(most)s đồng, không đủ cho %(asked)s đồng. %(why)s.")
            % {
                "most": write_number(checked.reckoned.most),
                "asked": write_number(amount),
                "why": reasons,
            },
        )


def _check_decision(
    request: SupportRequest, line: BudgetLine, decision: str, decided_on: date, today: date
) -> None:
    if not decision.strip():
        raise _refuse("decision", _("Hãy ghi số quyết định."))
    if not queries.asked_on(request) <= decided_on <= today:
        day = write_date(queries.asked_on(request))
        raise _refuse("decided_on", _("Ngày ký từ ngày đề nghị %s đến hôm nay.") % day)
    if line.year != decided_on.year:
        raise _refuse("line", _("Dòng dự toán phải của năm ký quyết định."))
    if line.category not in ("", request.policy.category):
        raise _refuse("line", _("Dòng dự toán này dành cho nội dung khác."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"support_{field}", message, fields={field: [message]})
