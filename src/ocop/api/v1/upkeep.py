"""What officers note of a product or a producer beside its particulars: made or not any more,
before the public or not, and who acts for it.

On the same router as the reads, as the other writes of these rooms.
"""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import account_by_login
from ocop.api.v1.register import router
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.writing import CodeOut
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.producers import services as producing
from ocop.producers.models import Producer, ProducerMembership
from ocop.products import queries as products
from ocop.products import services as making
from ocop.products.models import Product


class StopIn(ReasonIn):
    """Why a producer stopped working, and the first day without work."""

    stopped_on: date


class MemberIn(JsonIn):
    """Who is to act for a producer: the e-mail or phone the person signs in with. `ends_on` is
    the first day without, open when left out."""

    login: str
    starts_on: date
    ends_on: date | None = None


class MemberOut(Schema):
    """A person who acts or acted for a producer; `ends_on` is the first day without."""

    id: int
    account: int
    name: str
    starts_on: date
    ends_on: date | None


@router.post(
    "/products/{code}/stop",
    response=CodeOut,
    operation_id="stop_product",
    summary=N_("Ghi ngừng sản xuất"),
)
def stop_product(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Note that a product is not made any more. Its star stays what the register says."""
    found = _product(request, code)
    making.stop_product(actor=request.actor, product=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/products/{code}/resume",
    response=CodeOut,
    operation_id="resume_product",
    summary=N_("Ghi đang sản xuất"),
)
def resume_product(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Note that a product is made: again, or for the first time after the idea."""
    found = _product(request, code)
    making.resume_product(actor=request.actor, product=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/products/{code}/list",
    response=CodeOut,
    operation_id="list_product",
    summary=N_("Công khai sản phẩm"),
)
def list_product(request: ApiRequest, code: str) -> CodeOut:
    """Put a product, and its producer, before the public."""
    making.list_product(actor=request.actor, product=_product(request, code), at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/products/{code}/unlist",
    response=CodeOut,
    operation_id="unlist_product",
    summary=N_("Thôi công khai sản phẩm"),
)
def unlist_product(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take a product from the public's pages, as one entered twice. It stays in the register."""
    found = _product(request, code)
    making.unlist_product(actor=request.actor, product=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/producers/{code}/stop",
    response=CodeOut,
    operation_id="stop_producer",
    summary=N_("Ghi ngừng hoạt động"),
)
def stop_producer(request: ApiRequest, code: str, told: StopIn) -> CodeOut:
    """Note that a producer stopped working. Its stars are revoked by decision only."""
    producing.stop_producer(
        actor=request.actor,
        producer=_producer(request, code),
        stopped_on=told.stopped_on,
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/producers/{code}/resume",
    response=CodeOut,
    operation_id="resume_producer",
    summary=N_("Ghi hoạt động lại"),
)
def resume_producer(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Note that a producer works again."""
    found = _producer(request, code)
    producing.resume_producer(
        actor=request.actor, producer=found, reason=told.reason, at=timezone.now()
    )
    return CodeOut(code=code)


@router.get(
    "/producers/{code}/members",
    response=Page[MemberOut],
    operation_id="producer_members",
    summary=N_("Người thao tác thay chủ thể"),
)
def members(request: ApiRequest, response: HttpResponse, code: str) -> dict[str, object]:
    """The people who act or acted for a producer, for those who may know them."""
    need_scope(request.actor, READ_REGISTER)
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    today = timezone.localdate()
    require(request.actor, producer_rules.may_see_members, found, today)
    rows = producers.members_of(request.actor, found, on=today)
    return page(request, response, rows, _member)


@router.post(
    "/producers/{code}/members",
    response={201: MemberOut},
    operation_id="add_producer_member",
    summary=N_("Gắn tài khoản với chủ thể"),
)
def add_member(request: ApiRequest, code: str, told: MemberIn) -> Status[MemberOut]:
    """Let a person act for a producer: the person drafts and files as the producer itself."""
    found = _producer(request, code)
    require(request.actor, producer_rules.may_manage_members)
    made = producing.add_member(
        actor=request.actor,
        producer=found,
        user=account_by_login(told.login),
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        at=timezone.now(),
    )
    return Status(201, _member(made))


@router.post(
    "/producers/{code}/members/{key}/end",
    response=CodeOut,
    operation_id="end_producer_member",
    summary=N_("Gỡ tài khoản khỏi chủ thể"),
)
def end_member(request: ApiRequest, code: str, key: int, told: ReasonIn) -> CodeOut:
    """End that a person acts for a producer, from today on; what was done stays."""
    found = _producer(request, code)
    require(request.actor, producer_rules.may_manage_members)
    kept = get_object_or_404(found.memberships.select_related("user", "producer"), pk=key)
    producing.end_membership(
        actor=request.actor, membership=kept, reason=told.reason, at=timezone.now()
    )
    return CodeOut(code=code)


def _product(request: ApiRequest, code: str) -> Product:
    need_scope(request.actor, WRITE_REGISTER)
    found: Product = get_object_or_404(products.visible_to(request.actor), code=code)
    return found


def _producer(request: ApiRequest, code: str) -> Producer:
    need_scope(request.actor, WRITE_REGISTER)
    found: Producer = get_object_or_404(producers.visible_to(request.actor), code=code)
    return found


def _member(row: ProducerMembership) -> MemberOut:
    return MemberOut(
        id=row.pk,
        account=row.user_id,
        name=row.user.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
