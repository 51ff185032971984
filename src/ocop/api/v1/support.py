"""Support of producers: policies, budget lines, grants, and requests on their way."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.files import sent
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.postchecks import paper_of
from ocop.api.v1.support_shapes import (
    BudgetLineOut,
    SupportAcceptanceIn,
    SupportApprovalIn,
    SupportGrantOut,
    SupportPaymentIn,
    SupportPolicyOut,
    SupportReasonIn,
    SupportReclaimIn,
    SupportRequestIn,
    SupportRequestOut,
    WholeSupportRequestOut,
)
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.filters.support import GrantFilter, LineFilter, PolicyFilter, RequestFilter
from ocop.people.scopes import READ_SUPPORT, WRITE_SUPPORT
from ocop.producers import queries as producers
from ocop.products.models import Product
from ocop.support import papers, queries
from ocop.support.models import BudgetLine, Grant, Policy, SupportRequest
from ocop.support.services import paying, requests

router = Router(tags=["support"])
Json = dict[str, Any]
_POLICY = tuple(SupportPolicyOut.model_fields)
_GRANT = tuple(set(SupportGrantOut.model_fields) - {"producer", "product"})
_LINE = tuple(set(BudgetLineOut.model_fields) - {"unit"})
_REQUEST = tuple(set(SupportRequestOut.model_fields) - {"policy", "producer", "product", "line"})


def _named(row: Any, names: tuple[str, ...]) -> Json:
    return {name: getattr(row, name) for name in names}


def _policy(policy: Policy) -> Json:
    return _named(policy, _POLICY)


def _line(line: BudgetLine) -> Json:
    return {**_named(line, _LINE), "unit": line.unit.code}


def _grant(grant: Grant) -> Json:
    product = grant.product.code if grant.product else None
    return {**_named(grant, _GRANT), "producer": grant.producer.code, "product": product}


def _row(found: SupportRequest) -> Json:
    return {
        **_named(found, _REQUEST),
        "policy": found.policy.code,
        "producer": found.producer.code,
        "product": found.product.code if found.product else None,
        "line": found.line.code if found.line else None,
    }


def _whole(actor: Actor, found: SupportRequest) -> Json:
    reckoned = queries.check_request(found).reckoned
    return {
        **_row(found),
        "most": reckoned.most,
        "barred": reckoned.bar or "",
        "money": [_named(row, ("kind", "amount", "on", "voucher")) for row in found.money.all()],
        "files": [
            {**_named(row, ("kind", "name", "added_at")), "id": row.pk}
            for row in found.papers.all()
        ],
        "papers": [
            {**_named(paper, ("key", "title")), "kinds": list(paper.kinds)}
            for paper in papers.of_request(actor, found)
        ],
    }


@router.get(
    "/support-policies",
    response=Page[SupportPolicyOut],
    operation_id="support_policies",
    summary=N_("Chính sách hỗ trợ"),
    openapi_extra=described(PolicyFilter),
)
def support_policies(request: ApiRequest, response: HttpResponse) -> Json:
    """What documents give, newest first."""
    need_scope(request.actor, READ_SUPPORT)
    rows = filtered(request, PolicyFilter, Policy.objects.all())
    return page(request, response, rows, _policy, newest_first=True)


@router.get(
    "/budget-lines",
    response=Page[BudgetLineOut],
    operation_id="budget_lines",
    summary=N_("Dự toán hỗ trợ"),
    openapi_extra=described(LineFilter),
)
def budget_lines(request: ApiRequest, response: HttpResponse) -> Json:
    """The budget lines that the caller may see: of the own communes, or all."""
    need_scope(request.actor, READ_SUPPORT)
    rows = filtered(request, LineFilter, queries.lines_visible_to(request.actor))
    return page(request, response, rows, _line, newest_first=True)


@router.get(
    "/support-grants",
    response=Page[SupportGrantOut],
    operation_id="support_grants",
    summary=N_("Hỗ trợ đã chi từ năm 2019"),
    openapi_extra=described(GrantFilter),
)
def support_grants(request: ApiRequest, response: HttpResponse) -> Json:
    """What every level gave, to the producers that the caller may see."""
    need_scope(request.actor, READ_SUPPORT)
    rows = filtered(request, GrantFilter, queries.grants_visible_to(request.actor))
    return page(request, response, rows, _grant, newest_first=True)


@router.get(
    "/support-requests",
    response=Page[SupportRequestOut],
    operation_id="support_requests",
    summary=N_("Đề nghị hỗ trợ"),
    openapi_extra=described(RequestFilter),
)
def support_requests(request: ApiRequest, response: HttpResponse) -> Json:
    """The requests that the caller may see, newest first."""
    need_scope(request.actor, READ_SUPPORT)
    rows = filtered(request, RequestFilter, queries.requests_visible_to(request.actor))
    return page(request, response, rows, _row, newest_first=True)


@router.post(
    "/support-requests",
    response={201: WholeSupportRequestOut},
    operation_id="ask_support",
    summary=N_("Gửi đề nghị hỗ trợ"),
)
def ask_support(request: ApiRequest, told: SupportRequestIn) -> Status[Json]:
    """Ask for support; refused beyond what the policy gives after what any level gave before."""
    need_scope(request.actor, WRITE_SUPPORT)
    given = told.model_dump()
    maker = get_object_or_404(producers.visible_to(request.actor), code=given.pop("producer"))
    policy = get_object_or_404(Policy, code=given.pop("policy"))
    code = given.pop("product")
    own = Product.objects.filter(producer=maker)
    product = get_object_or_404(own, code=code) if code else None
    made = requests.ask_support(
        actor=request.actor,
        policy=policy,
        producer=maker,
        wanted=queries.Wanted(product=product, **given),
        at=timezone.now(),
    )
    return Status(201, _whole(request.actor, made))


@router.get(
    "/support-requests/{code}",
    response=WholeSupportRequestOut,
    operation_id="support_request",
    summary=N_("Một đề nghị hỗ trợ"),
)
def support_request(request: ApiRequest, code: str) -> Json:
    """A request, held against its policy, with the money that moved."""
    need_scope(request.actor, READ_SUPPORT)
    return _whole(request.actor, _found(request, code))


@router.get(
    "/support-requests/{code}/papers/{key}.{kind}",
    operation_id="support_paper",
    summary=N_("Giấy tờ của đề nghị hỗ trợ"),
)
def support_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A paper of a request as PDF or DOCX: decision, minutes of acceptance, request for payment,
    notice of a reclaim."""
    need_scope(request.actor, READ_SUPPORT)
    return paper_of(papers.of_request(request.actor, _found(request, code)), key, kind)


@router.get(
    "/support-requests/{code}/files/{file_id}",
    operation_id="support_file",
    summary=N_("Tệp kèm theo đề nghị hỗ trợ"),
)
def support_file(request: ApiRequest, code: str, file_id: int) -> FileResponse:
    """A file that came with a request."""
    need_scope(request.actor, READ_SUPPORT)
    rows = _found(request, code).papers.select_related("attachment")
    kept = get_object_or_404(rows, pk=file_id)
    return sent(kept.attachment.file, kept.filename, kept.attachment.media_type)


@router.post(
    "/support-requests/{code}/files",
    response={201: WholeSupportRequestOut},
    operation_id="add_support_file",
    summary=N_("Thêm tệp vào đề nghị hỗ trợ"),
)
def add_support_file(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    kind: Annotated[Literal["plan", "invoice", "acceptance", "other"], Form()],
    name: Annotated[str, Form()] = "",
) -> Status[Json]:
    """Add a plan, an invoice, signed minutes of acceptance."""
    need_scope(request.actor, WRITE_SUPPORT)
    found = _found(request, code)
    requests.add_request_paper(
        actor=request.actor,
        request=found,
        kind=kind,
        name=name,
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    return Status(201, _whole(request.actor, found))


def _found(request: ApiRequest, code: str) -> SupportRequest:
    rows = queries.requests_visible_to(request.actor)
    found: SupportRequest = get_object_or_404(rows, code=code)
    return found


def _step(path: str, name: str, words: str) -> Callable[[Callable[..., Json]], Callable[..., Json]]:
    """An act on a request: it answers with the request as it is then."""
    address = f"/support-requests/{{code}}/{path}"
    return router.post(address, response=WholeSupportRequestOut, operation_id=name, summary=words)


def _acted(request: ApiRequest, code: str, service: Callable[..., object], **told: Any) -> Json:
    need_scope(request.actor, WRITE_SUPPORT)
    found = _found(request, code)
    service(actor=request.actor, request=found, at=timezone.now(), **told)
    found.refresh_from_db()
    return _whole(request.actor, found)


@_step("approval", "approve_support", N_("Duyệt đề nghị hỗ trợ"))
def approve(request: ApiRequest, code: str, told: SupportApprovalIn) -> Json:
    """Approve a request and promise money of a budget line."""
    given = told.model_dump()
    line = get_object_or_404(queries.lines_visible_to(request.actor), code=given.pop("line"))
    return _acted(request, code, requests.approve_request, line=line, **given)


@_step("refusal", "refuse_support", N_("Không duyệt đề nghị hỗ trợ"))
def refuse(request: ApiRequest, code: str, told: SupportReasonIn) -> Json:
    """Refuse a request, with the reason that the producer reads."""
    return _acted(request, code, requests.refuse_request, reason=told.reason)


@_step("withdrawal", "withdraw_support", N_("Rút đề nghị hỗ trợ"))
def withdraw(request: ApiRequest, code: str, told: SupportReasonIn) -> Json:
    """Take a request back before it is answered."""
    return _acted(request, code, requests.withdraw_request, reason=told.reason)


@_step("cancellation", "cancel_support", N_("Hủy đề nghị hỗ trợ đã duyệt"))
def cancel(request: ApiRequest, code: str, told: SupportReasonIn) -> Json:
    """Take an approval back before payment; the money returns to its line."""
    return _acted(request, code, requests.cancel_request, reason=told.reason)


@_step("acceptance", "accept_support", N_("Nghiệm thu nội dung được hỗ trợ"))
def accept(request: ApiRequest, code: str, told: SupportAcceptanceIn) -> Json:
    """Note what was done and what it cost; what is due is reckoned anew."""
    return _acted(request, code, paying.accept_request, **told.model_dump())


@_step("payment", "pay_support", N_("Ghi chi tiền hỗ trợ"))
def pay(request: ApiRequest, code: str, told: SupportPaymentIn) -> Json:
    """Note that the money went out, with its voucher."""
    return _acted(request, code, paying.pay_request, **told.model_dump())


@_step("reclaims", "reclaim_support", N_("Thu hồi tiền hỗ trợ"))
def reclaim(request: ApiRequest, code: str, told: SupportReclaimIn) -> Json:
    """Note money that came back, with its voucher."""
    return _acted(request, code, paying.reclaim, **told.model_dump())
