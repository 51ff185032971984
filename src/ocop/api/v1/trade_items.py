"""Sales units: what one code is put on, and the codes that other systems gave them."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Literal, TypeVar

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
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.filters.traceability import TradeItemFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.products import queries as products
from ocop.traceability import queries
from ocop.traceability.models import TradeItem
from ocop.traceability.services import items as services
from ocop.traceability.services.items import ItemParticulars

P = TypeVar("P")
Json = dict[str, Any]
router = Router(tags=["traceability"])
TEXTS = (
    "name", "gtin", "brand", "shelf_life", "standards", "origin", "certificates", "warnings",
    "other",
)  # fmt: skip


class TradeItemIn(JsonIn):
    """What is known of a sales unit. Left out: unchanged, or empty for a new one. `name` is that
    of the pack; `standards` and `origin` are what both laws ask for before stamps are activated."""

    name: str | None = None
    gtin: str | None = None
    brand: str | None = None
    shelf_life: str | None = None
    standards: str | None = None
    origin: str | None = None
    certificates: str | None = None
    warnings: str | None = None
    other: str | None = None


class NewTradeItemIn(TradeItemIn):
    """A new sales unit of a product, in the programme or not."""

    product: str
    name: str


class TradeItemChangeIn(TradeItemIn):
    """A change of a sales unit. With `seen`, the `mark` under which it was read, the change is
    refused when something happened to it since. `reason` is asked for once stamps of it are on
    packs."""

    reason: str = ""
    seen: str = ""


class ForeignCodeIn(JsonIn):
    """The code, or address, that a sales unit has in another system."""

    scheme: Literal["national", "verigoods", "checkvn", "hn_check", "other"]
    value: str


class ForeignCodeOut(Schema):
    """A code of another system that is kept."""

    id: int
    scheme: str
    value: str


class TradeItemOut(Schema):
    """A sales unit. `trade_code` is its GTIN of fourteen digits, else its own code; `lacking`: it
    lacks something both laws ask for whatever the lot."""

    code: str
    product: MakerOut
    producer: MakerOut
    in_ocop: bool
    name: str
    gtin: str
    trade_code: str
    brand: str
    shelf_life: str
    standards: str
    origin: str
    certificates: str
    warnings: str
    other: str
    foreign_codes: list[ForeignCodeOut]
    lots: int
    last_made: date | None
    lacking: bool
    stopped_at: datetime | None
    demonstration: bool = Field(description=INVENTED)


class TradeItemDetailOut(TradeItemOut):
    """A sales unit by itself. A change may name the `mark`, and is then refused when something
    happened in between."""

    mark: str


def written(present: P, told: Schema) -> P:
    """What is known, with what a call says put over it; null empties a text."""
    known = {field.name: getattr(present, field.name) for field in fields(present)}  # type: ignore[arg-type]
    said = {k: v for k, v in told.dict(exclude_unset=True).items() if k in known}
    emptied = {k: "" for k, v in said.items() if v is None and isinstance(known[k], str)}
    changed: P = replace(present, **{**said, **emptied})  # type: ignore[type-var]
    return changed


def item_of(request: ApiRequest, code: str, scope: str = WRITE_TRACEABILITY) -> TradeItem:
    """A sales unit among those the caller may see."""
    need_scope(request.actor, scope)
    found: TradeItem = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    return found


def item_out(row: Any) -> Json:
    """A row of `items_for_lists` as lists show it."""
    product, producer = row.product, row.product.producer
    return {
        "code": row.code,
        "product": MakerOut(code=product.code, name=product.name),
        "producer": MakerOut(code=producer.code, name=producer.name),
        "in_ocop": product.in_ocop,
        **{name: getattr(row, name) for name in TEXTS},
        "trade_code": queries.trade_code(row),
        "foreign_codes": [
            ForeignCodeOut(id=each.pk, scheme=each.scheme, value=each.value)
            for each in row.foreign_codes.all()
        ],
        "lots": row.lots_count,
        "last_made": row.last_made,
        "lacking": row.lacking,
        "stopped_at": row.stopped_at,
        "demonstration": product.demonstration,
    }


@router.get(
    "/trade-items",
    response=Page[TradeItemOut],
    operation_id="trade_items",
    summary=N_("Các quy cách sản phẩm"),
    openapi_extra=described(TradeItemFilter),
)
def item_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Sales units that the caller keeps or oversees."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.items_for_lists(queries.items_visible_to(request.actor))
    found = filtered(request, TradeItemFilter, rows.prefetch_related("foreign_codes"))
    return page(request, response, found, item_out)


@router.post(
    "/trade-items",
    response={201: CodeOut},
    operation_id="new_trade_item",
    summary=N_("Thêm quy cách sản phẩm"),
)
def new_item(request: ApiRequest, told: NewTradeItemIn) -> Status[CodeOut]:
    """Enter a sales unit of a product."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    made = services.create_item(
        actor=request.actor,
        product=get_object_or_404(products.visible_to(request.actor), code=told.product),
        particulars=written(ItemParticulars(name=""), told),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.get(
    "/trade-items/{code}",
    response=TradeItemDetailOut,
    operation_id="trade_item",
    summary=N_("Một quy cách sản phẩm"),
)
def item(request: ApiRequest, code: str) -> Json:
    """One sales unit with its codes in other systems."""
    mark = editing.mark(item_of(request, code, READ_TRACEABILITY))  # first: never newer than told
    rows = queries.items_for_lists(queries.items_visible_to(request.actor))
    return {**item_out(get_object_or_404(rows, code=code)), "mark": mark}


@router.patch(
    "/trade-items/{code}",
    response=CodeOut,
    operation_id="change_trade_item",
    summary=N_("Sửa quy cách sản phẩm"),
)
def change_item(request: ApiRequest, code: str, told: TradeItemChangeIn) -> CodeOut:
    """Change what is known of a sales unit; a GTIN that is printed on stamps stays. Once stamps are
    on packs a change has a `reason`, and nothing that both laws ask for is emptied."""
    found = item_of(request, code)
    services.change_item(
        actor=request.actor,
        item=found,
        particulars=written(ItemParticulars(**{n: getattr(found, n) for n in TEXTS}), told),
        reason=told.reason,
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/trade-items/{code}/stop",
    response=CodeOut,
    operation_id="stop_trade_item",
    summary=N_("Ghi quy cách ngừng bán"),
)
def stop_item(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Note that a sales unit is not made any more. Its codes go on answering."""
    found = item_of(request, code)
    services.stop_item(actor=request.actor, item=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-items/{code}/foreign-codes",
    response={201: ForeignCodeOut},
    operation_id="add_foreign_code",
    summary=N_("Ghi mã ở hệ thống khác"),
)
def add_code(request: ApiRequest, code: str, told: ForeignCodeIn) -> Status[ForeignCodeOut]:
    """Keep the code, or address, that a sales unit has in another system."""
    made = services.add_foreign_code(
        actor=request.actor,
        item=item_of(request, code),
        scheme=told.scheme,
        value=told.value,
        at=timezone.now(),
    )
    return Status(201, ForeignCodeOut(id=made.pk, scheme=made.scheme, value=made.value))


@router.post(
    "/trade-items/{code}/foreign-codes/{key}/removal",
    response=CodeOut,
    operation_id="remove_foreign_code",
    summary=N_("Bỏ mã ở hệ thống khác"),
)
def remove_code(request: ApiRequest, code: str, key: int, told: ReasonIn) -> CodeOut:
    """Remove a code that was entered wrongly."""
    kept = item_of(request, code).foreign_codes.select_related("item__product__producer")
    services.remove_foreign_code(
        actor=request.actor,
        code=get_object_or_404(kept, pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)
