"""What buyers look for, and which goods fit."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.writing import CodeOut
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.filters.meetings import DemandFilter
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.promotion.meetings import queries, rules
from ocop.promotion.meetings.matching import Reason
from ocop.promotion.meetings.models import BuyerKind, Demand
from ocop.promotion.meetings.services import demands as services
from ocop.promotion.meetings.services.demands import Told

router = Router(tags=["promotion"])
Json = dict[str, Any]
MeasureIn = Literal["kg", "tonne", "litre", "piece", "box", "bottle", "pack", "set"]
ReachIn = Literal["here", "country", "abroad"]
_NAMES = (
    "code", "buyer", "buyer_kind", "wanted", "sector", "group", "details", "quantity", "measure",
    "months", "reach", "place", "least_stars", "price", "open_until", "demonstration",
)  # fmt: skip


class DemandIn(JsonIn):
    """What a buyer looks for. `quantity` is for a month, `price` in đồng for one of the measure;
    without `months` all the year; `group` is the number of a criteria set, 0 for none."""

    buyer: str
    buyer_kind: Literal["retail", "shop", "kitchen", "maker", "export", "other"]
    contact: str
    wanted: str
    open_until: date
    email: str = ""
    phone: str = ""
    sector: Literal["", "I", "II", "III", "IV", "V", "VI"] = ""
    group: int = Field(0, ge=0, le=99)
    details: str = ""
    quantity: Decimal | None = Field(None, max_digits=12, decimal_places=2)
    measure: MeasureIn = "kg"
    months: list[int] = Field([], max_length=12)
    reach: ReachIn = "here"
    place: str = ""
    least_stars: int | None = None
    price: int | None = None

    def told(self) -> Told:
        """What the service takes."""
        given = self.model_dump()
        given["buyer_kind"] = BuyerKind(self.buyer_kind)
        return Told(**given | {"months": tuple(self.months)})


class DemandExtendedIn(JsonIn):
    """The new last day of a demand."""

    open_until: date


class DemandOut(Schema):
    """A demand. `state` is sent, confirmed, open, closed, refused, or over once its last day has
    passed; everybody sees open ones."""

    code: str
    buyer: str
    buyer_kind: str
    wanted: str
    sector: str
    group: int
    details: str
    quantity: Decimal | None
    measure: str
    months: list[int]
    reach: str
    place: str
    least_stars: int | None
    price: int | None
    open_until: date
    state: str
    demonstration: bool = Field(description=INVENTED)


class MatchReasonOut(Schema):
    """How one part fits: `part` is product, quantity, season or place; points of a hundred."""

    part: str
    fit: str
    points: int


class DemandMatchOut(Schema):
    """A product that fits a demand; `offered` says whether its producer offers it to everybody."""

    product: str
    name: str
    producer: MakerOut
    stars: int | None
    points: int
    offered: bool
    reasons: list[MatchReasonOut]


def demand_of(request: ApiRequest, code: str, scope: str = WRITE_PROMOTION) -> Demand:
    """A demand among those the caller may know."""
    need_scope(request.actor, scope)
    rows = queries.demands_visible_to(request.actor, timezone.localdate())
    return get_object_or_404(rows, code=code)


def reasons_out(rows: list[Reason]) -> list[Json]:
    """Reasons of a match."""
    return [{"part": each.part, "fit": each.fit, "points": each.points} for each in rows]


def _demand_out(row: Demand) -> Json:
    told = {name: getattr(row, name) for name in _NAMES}
    return told | {"state": row.standing(timezone.localdate())}


@router.get(
    "/demands",
    response=Page[DemandOut],
    operation_id="demands",
    summary=N_("Nhu cầu mua"),
    openapi_extra=described(DemandFilter),
)
def demand_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Demands that the caller may know: everybody those that are posted."""
    need_scope(request.actor, READ_PROMOTION)
    rows = queries.demands_visible_to(request.actor, timezone.localdate())
    return page(request, response, filtered(request, DemandFilter, rows), _demand_out)


@router.get(
    "/demands/{code}",
    response=DemandOut,
    operation_id="demand",
    summary=N_("Một nhu cầu mua"),
)
def demand(request: ApiRequest, code: str) -> Json:
    """One demand, without how to reach the buyer."""
    return _demand_out(demand_of(request, code, READ_PROMOTION))


@router.post(
    "/demands",
    response={201: CodeOut},
    operation_id="enter_demand",
    summary=N_("Ghi nhu cầu của người mua"),
)
def enter(request: ApiRequest, told: DemandIn) -> Status[CodeOut]:
    """Enter a demand of a buyer that the office has spoken with; it is confirmed."""
    need_scope(request.actor, WRITE_PROMOTION)
    made = services.post_demand(
        actor=request.actor, told=told.told(), by_office=True, at=timezone.now()
    )
    return Status(201, CodeOut(code=made.code))


@router.post(
    "/demands/{code}/confirmation",
    response=CodeOut,
    operation_id="confirm_demand",
    summary=N_("Xác nhận thay người mua"),
)
def confirm(request: ApiRequest, code: str) -> CodeOut:
    """Confirm a demand for a buyer that the office has spoken with."""
    found = demand_of(request, code)
    services.confirm_demand(actor=request.actor, demand=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/demands/{code}/publication",
    response=CodeOut,
    operation_id="publish_demand",
    summary=N_("Đăng nhu cầu"),
)
def publish(request: ApiRequest, code: str) -> CodeOut:
    """Post a demand for everybody and tell producers whose goods fit."""
    found = demand_of(request, code)
    services.publish_demand(actor=request.actor, demand=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/demands/{code}/refusal",
    response=CodeOut,
    operation_id="refuse_demand",
    summary=N_("Không đăng nhu cầu"),
)
def refuse(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Do not post a demand; the buyer is told why."""
    services.refuse_demand(
        actor=request.actor, demand=demand_of(request, code), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.post(
    "/demands/{code}/extension",
    response=CodeOut,
    operation_id="extend_demand",
    summary=N_("Gia hạn nhu cầu"),
)
def extend(request: ApiRequest, code: str, told: DemandExtendedIn) -> CodeOut:
    """Look for it longer for its buyer, also after the last day has passed."""
    services.extend_demand(
        actor=request.actor, demand=demand_of(request, code), open_until=told.open_until,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.post(
    "/demands/{code}/closing",
    response=CodeOut,
    operation_id="close_demand",
    summary=N_("Kết thúc nhu cầu"),
)
def close(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """End a demand for its buyer; who offered is told."""
    services.close_demand(
        actor=request.actor, demand=demand_of(request, code), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.get(
    "/demands/{code}/matches",
    response=list[DemandMatchOut],
    operation_id="demand_matches",
    summary=N_("Sản phẩm phù hợp với một nhu cầu"),
)
def matches(request: ApiRequest, code: str) -> list[Json]:
    """Goods of all producers that fit, the best first, with the reasons."""
    found = demand_of(request, code, READ_PROMOTION)
    require(request.actor, rules.may_see_all)
    return [
        {
            "product": each.product.code,
            "name": each.product.name,
            "producer": MakerOut(code=each.product.producer.code, name=each.product.producer.name),
            "stars": each.product.stars,
            "points": each.points,
            "offered": each.supply is not None,
            "reasons": reasons_out(list(each.match.reasons)),
        }
        for each in queries.matches_of(found, timezone.localdate())
    ]
