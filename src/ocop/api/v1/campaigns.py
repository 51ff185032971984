"""Campaigns for re-evaluations: chosen, sent, reminded of, followed up."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import EXTENDED_UNTIL
from ocop.api.v1.rounds import ReasonIn
from ocop.core import options
from ocop.core.actions import require
from ocop.core.actor import SYSTEM
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.people.scopes import READ_PROGRAMME, WRITE_PROGRAMME
from ocop.programme import campaigns as queries
from ocop.programme import rules
from ocop.programme.models import Campaign
from ocop.programme.services import campaigns as services
from ocop.recognition.ending import Ending, ending
from ocop.recognition.models import Recognition

router = Router(tags=["campaigns"])
Json = dict[str, Any]


class CampaignOut(Schema):
    """A campaign, with how many stars it has and how many of them were sent."""

    code: str
    title: str
    reason: str
    asked: str
    told: str
    document: str
    due_on: date
    created_at: datetime
    closed_at: datetime | None
    stars: int
    sent: int
    demonstration: bool


class CampaignPlanIn(JsonIn):
    """What a campaign says: `asked` to communes, `told` to producers."""

    title: str
    reason: str
    asked: str
    told: str
    due_on: date
    document: str = ""


class CampaignIn(CampaignPlanIn):
    """A new campaign; `products` are codes of products whose star ends or ended."""

    products: list[str]


class MoreMembersIn(JsonIn):
    """Codes of products to take into a campaign."""

    products: list[str]


class CampaignMemberOut(Schema):
    """A star of a campaign and what came of it; `answer` is the commune's word."""

    product: str
    name: str
    producer: str
    commune: str | None
    expires_on: date
    extended_until: date | None = Field(description=EXTENDED_UNTIL)
    sent_at: datetime | None
    answered_at: datetime | None
    answer: str
    reminded_at: datetime | None
    filed: bool
    renewed: bool


class RemindedOut(Schema):
    """How many communes and how many producers were reminded now."""

    communes: int
    producers: int


def _campaign(request: ApiRequest, code: str) -> Campaign:
    require(request.actor, rules.may_see_campaigns)
    found: Campaign = get_object_or_404(queries.visible_to(request.actor), code=code)
    return found


def _stars(codes: list[str]) -> list[Recognition]:
    """The stars that rule these products and end. Refused: a code of none."""
    by = Ending(province=options.PROVINCE.get())
    rows = ending(SYSTEM, timezone.localdate(), by)  # the office sees all, and asks alone
    found = list(rows.filter(product__code__in=codes).select_related("product"))
    if missing := sorted(set(codes) - {row.product.code for row in found}):
        told = _("Không có hạng sao nào hết hạn của sản phẩm mang mã: %s.") % ", ".join(missing)
        raise Refused("not_ending", told, fields={"products": [told]})
    return found


@router.get(
    "/campaigns",
    response=Page[CampaignOut],
    operation_id="campaigns",
    summary=N_("Chiến dịch nhắc đánh giá lại"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def campaign_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The campaigns, for the office and its auditors."""
    need_scope(request.actor, READ_PROGRAMME)
    require(request.actor, rules.may_see_campaigns)
    rows = queries.visible_to(request.actor)
    return page(request, response, rows, lambda row: row, newest_first=True)


@router.post(
    "/campaigns",
    response={201: CampaignOut},
    operation_id="create_campaign",
    summary=N_("Lập chiến dịch nhắc đánh giá lại"),
)
def create(request: ApiRequest, told: CampaignIn) -> Status[Campaign]:
    """Choose the stars and write what the campaign says; nobody is told yet."""
    need_scope(request.actor, WRITE_PROGRAMME)
    require(request.actor, rules.may_run_campaign)
    made = services.create_campaign(
        actor=request.actor,
        plan=services.Plan(**told.model_dump(exclude={"products"})),
        recognitions=_stars(told.products),
        at=timezone.now(),
    )
    return Status(201, _campaign(request, made.code))


@router.get(
    "/campaigns/{code}",
    response=CampaignOut,
    operation_id="campaign",
    summary=N_("Một chiến dịch"),
)
def campaign(request: ApiRequest, code: str) -> Campaign:
    """One campaign."""
    need_scope(request.actor, READ_PROGRAMME)
    return _campaign(request, code)


@router.put(
    "/campaigns/{code}",
    response=CampaignOut,
    operation_id="change_campaign",
    summary=N_("Sửa nội dung chiến dịch"),
)
def change(request: ApiRequest, code: str, told: CampaignPlanIn) -> Campaign:
    """Change what a campaign says; what was sent stays as it was sent."""
    need_scope(request.actor, WRITE_PROGRAMME)
    services.change_campaign(
        actor=request.actor,
        campaign=_campaign(request, code),
        plan=services.Plan(**told.model_dump()),
        at=timezone.now(),
    )
    return _campaign(request, code)


@router.get(
    "/campaigns/{code}/members",
    response=Page[CampaignMemberOut],
    operation_id="campaign_members",
    summary=N_("Các sản phẩm của chiến dịch"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def members(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """The stars of a campaign, with who answered, filed and was renewed."""
    need_scope(request.actor, READ_PROGRAMME)
    rows = queries.members_of(_campaign(request, code), timezone.localdate())
    return page(request, response, rows, _member)


def _member(row: Any) -> Json:
    product, answer = row.recognition.product, row.answer
    return {
        "product": product.code,
        "name": product.name,
        "producer": product.producer.name,
        "commune": row.unit.name if row.unit else None,
        "expires_on": row.recognition.expires_on,
        "extended_until": row.recognition.extended_until,
        "sent_at": row.sent_at,
        "answered_at": answer.answered_at if answer else None,
        "answer": answer.row_answers.get(product.code, "") if answer else "",
        "reminded_at": row.reminded_at,
        "filed": row.filed,
        "renewed": row.renewed,
    }


@router.post(
    "/campaigns/{code}/members",
    response=CampaignOut,
    operation_id="extend_campaign",
    summary=N_("Thêm sản phẩm vào chiến dịch"),
)
def extend(request: ApiRequest, code: str, told: MoreMembersIn) -> Campaign:
    """Take more stars into a campaign; they are sent with the next sending."""
    need_scope(request.actor, WRITE_PROGRAMME)
    found = _campaign(request, code)
    require(request.actor, rules.may_run_campaign)
    services.extend_campaign(
        actor=request.actor,
        campaign=found,
        recognitions=_stars(told.products),
        at=timezone.now(),
    )
    return _campaign(request, code)


@router.post(
    "/campaigns/{code}/send",
    response=CampaignOut,
    operation_id="send_campaign",
    summary=N_("Gửi chiến dịch"),
)
def send(request: ApiRequest, code: str) -> Campaign:
    """Send what was not sent yet: tasks to communes, messages to producers; each star once."""
    need_scope(request.actor, WRITE_PROGRAMME)
    found = _campaign(request, code)
    services.send_campaign(actor=request.actor, campaign=found, at=timezone.now())
    return _campaign(request, code)


@router.post(
    "/campaigns/{code}/remind",
    response=RemindedOut,
    operation_id="remind_campaign",
    summary=N_("Nhắc lại trong chiến dịch"),
)
def remind(request: ApiRequest, code: str) -> Json:
    """Remind the communes that have not answered and the producers that have not filed."""
    need_scope(request.actor, WRITE_PROGRAMME)
    communes, producers = services.remind_campaign(
        actor=request.actor, campaign=_campaign(request, code), at=timezone.now()
    )
    return {"communes": communes, "producers": producers}


@router.post(
    "/campaigns/{code}/close",
    response=CampaignOut,
    operation_id="close_campaign",
    summary=N_("Kết thúc chiến dịch"),
)
def close(request: ApiRequest, code: str, told: ReasonIn) -> Campaign:
    """End a campaign, with the reason."""
    need_scope(request.actor, WRITE_PROGRAMME)
    services.close_campaign(
        actor=request.actor,
        campaign=_campaign(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return _campaign(request, code)
