"""Lots of sales units, and the places where they are made."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut, PlaceOut, place_out
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_items import Json, item_of, router, written
from ocop.api.v1.writing import CodeOut
from ocop.core import editing
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.traceability import LotFilter, SiteFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.places import queries as places
from ocop.producers import queries as producers
from ocop.traceability import queries
from ocop.traceability.freshness import freshness
from ocop.traceability.models import Lot, Site
from ocop.traceability.services import lots as lot_services
from ocop.traceability.services import sites as site_services
from ocop.traceability.services.lots import LotParticulars
from ocop.traceability.services.sites import SiteParticulars


class LotIn(JsonIn):
    """What is known of a lot. Left out: unchanged, or empty for a new one. `site` is the code of a
    place of the producer; `expires_on` is the last day of use; `quantity` is
    counted in `measure`."""

    number: str | None = None
    site: str | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    quantity: Decimal | None = None
    measure: str | None = None
    note: str | None = None


class NewLotIn(LotIn):
    """A new lot; its number is a value of AI (10)."""

    number: str


class LotChangeIn(LotIn):
    """A change of a lot. With `seen`, the `mark` under which it was read, the change is refused
    when something happened to it since. `reason` is asked for once stamps of the lot are on packs
    or it was recalled."""

    reason: str = ""
    seen: str = ""


class LotOut(Schema):
    """A lot. `state` is that of today: `fresh`, `expired`, `undated` or `recalled`; `trace_code`
    is the number of its sales unit and its own."""

    code: str
    item: str
    product: MakerOut
    producer: MakerOut
    number: str
    trace_code: str
    site: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: Decimal | None
    measure: str
    note: str
    state: str
    recalled_at: datetime | None
    recall_reason: str
    demonstration: bool = Field(description=INVENTED)


class LotDetailOut(LotOut):
    """A lot by itself. A change may name the `mark`, and is then refused when something happened
    in between."""

    mark: str


class SiteIn(JsonIn):
    """What is known of a place. Left out: unchanged, or empty for a new one, which then has the
    address and the commune of its producer. `gln` has thirteen digits."""

    name: str | None = None
    gln: str | None = None
    address: str | None = None
    commune: str | None = None  # code of today's commune


class NewSiteIn(SiteIn):
    """A new place of a producer."""

    producer: str
    name: str


class SiteChangeIn(SiteIn):
    """A change of a place. With `seen`, the `mark` under which it was read, the change is refused
    when something happened to it since."""

    seen: str = ""


class SiteOut(Schema):
    """A place of growing, making, packing or storing. `site_code` is its location trace code: the
    GLN, else its own code."""

    code: str
    producer: MakerOut
    name: str
    gln: str
    site_code: str
    address: str
    commune_now: PlaceOut | None
    lots: int
    closed_at: datetime | None
    demonstration: bool = Field(description=INVENTED)


class SiteDetailOut(SiteOut):
    """A place by itself. A change may name the `mark`, and is then refused when something happened
    in between."""

    mark: str


def lot_of(request: ApiRequest, code: str, scope: str) -> Lot:
    """A lot among those the caller may see."""
    need_scope(request.actor, scope)
    found: Lot = get_object_or_404(queries.lots_visible_to(request.actor), code=code)
    return found


def _lot(row: Lot) -> Json:
    product = row.item.product
    names = ("number", "produced_on", "expires_on", "quantity", "measure", "note", "recalled_at")
    return {
        "code": row.code,
        "item": row.item.code,
        "product": MakerOut(code=product.code, name=product.name),
        "producer": MakerOut(code=product.producer.code, name=product.producer.name),
        **{name: getattr(row, name) for name in names},
        "trace_code": queries.trace_code(row),
        "site": row.site.code if row.site else None,
        "state": freshness(
            row.expires_on, recalled=row.recalled_at is not None, on=timezone.localdate()
        ),
        "recall_reason": row.recall_reason,
        "demonstration": product.demonstration,
    }


def _site(row: Any) -> Json:
    return {
        "code": row.code,
        "producer": MakerOut(code=row.producer.code, name=row.producer.name),
        **{name: getattr(row, name) for name in ("name", "gln", "address", "closed_at")},
        "site_code": queries.site_code(row),
        "commune_now": place_out(row.commune),
        "lots": row.lots_count,
        "demonstration": row.producer.demonstration,
    }


def _particulars(request: ApiRequest, present: LotParticulars, told: LotIn) -> LotParticulars:
    """The facts of a lot with what a call says. Refused: the code of a place nobody sees."""
    changed = written(present, told)
    if "site" not in told.model_fields_set:
        return changed
    site = None
    if told.site:
        site = queries.sites_visible_to(request.actor).filter(code=told.site).first()
        if site is None:
            message = _("Không có địa điểm mang mã này.")
            raise Refused("site_unknown", message, fields={"site": [message]})
    return LotParticulars(
        **{name: getattr(changed, name) for name in _OF_LOT if name != "site"}, site=site
    )


_OF_LOT = ("number", "site", "produced_on", "expires_on", "quantity", "measure", "note")


@router.get(
    "/lots",
    response=Page[LotOut],
    operation_id="lots",
    summary=N_("Các lô hàng"),
    openapi_extra=described(LotFilter),
)
def lot_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Lots of the sales units that the caller keeps or oversees, newest first."""
    need_scope(request.actor, READ_TRACEABILITY)
    found = filtered(request, LotFilter, queries.lots_visible_to(request.actor))
    return page(request, response, found, _lot, newest_first=True)


@router.post(
    "/trade-items/{code}/lots",
    response={201: CodeOut},
    operation_id="open_lot",
    summary=N_("Mở lô hàng"),
)
def open_lot(request: ApiRequest, code: str, told: NewLotIn) -> Status[CodeOut]:
    """Enter a lot of a sales unit."""
    made = lot_services.open_lot(
        actor=request.actor,
        item=item_of(request, code),
        particulars=_particulars(request, LotParticulars(number=""), told),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.get("/lots/{code}", response=LotDetailOut, operation_id="lot", summary=N_("Một lô hàng"))
def lot(request: ApiRequest, code: str) -> Json:
    """One lot."""
    mark = editing.mark(lot_of(request, code, READ_TRACEABILITY))  # first: never newer than told
    return {**_lot(lot_of(request, code, READ_TRACEABILITY)), "mark": mark}


@router.patch(
    "/lots/{code}", response=CodeOut, operation_id="change_lot", summary=N_("Sửa lô hàng")
)
def change_lot(request: ApiRequest, code: str, told: LotChangeIn) -> CodeOut:
    """Change what is known of a lot. Once its stamps are on packs or it was recalled, its number
    stays, what buyers read changes with a `reason`, and only the office notes a longer use."""
    found = lot_of(request, code, WRITE_TRACEABILITY)
    present = LotParticulars(**{name: getattr(found, name) for name in _OF_LOT})
    lot_services.change_lot(
        actor=request.actor,
        lot=found,
        particulars=_particulars(request, present, told),
        reason=told.reason,
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


def _commune(told: SiteIn, present: SiteParticulars) -> SiteParticulars:
    """The facts of a place with what a call says. Refused: the code of a unit that is none."""
    changed = written(present, told)
    if "commune" not in told.model_fields_set:
        return changed
    found = places.by_key(told.commune) if told.commune else None
    if told.commune and found is None:
        message = _("Không có đơn vị hành chính nào mang mã này.")
        raise Refused("commune_unknown", message, fields={"commune": [message]})
    return SiteParticulars(changed.name, changed.gln, changed.address, found)


def _site_of(request: ApiRequest, code: str, scope: str) -> Site:
    need_scope(request.actor, scope)
    found: Site = get_object_or_404(queries.sites_visible_to(request.actor), code=code)
    return found


@router.get(
    "/sites",
    response=Page[SiteOut],
    operation_id="sites",
    summary=N_("Các địa điểm sản xuất"),
    openapi_extra=described(SiteFilter),
)
def site_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Places of the producers that the caller acts for or oversees."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.sites_for_lists(queries.sites_visible_to(request.actor))
    return page(request, response, filtered(request, SiteFilter, rows), _site)


@router.post(
    "/sites",
    response={201: CodeOut},
    operation_id="open_site",
    summary=N_("Thêm địa điểm sản xuất"),
)
def open_site(request: ApiRequest, told: NewSiteIn) -> Status[CodeOut]:
    """Enter a place of a producer."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    made = site_services.open_site(
        actor=request.actor,
        producer=get_object_or_404(producers.visible_to(request.actor), code=told.producer),
        particulars=_commune(told, SiteParticulars(name="")),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.get(
    "/sites/{code}",
    response=SiteDetailOut,
    operation_id="site",
    summary=N_("Một địa điểm sản xuất"),
)
def site(request: ApiRequest, code: str) -> Json:
    """One place."""
    mark = editing.mark(_site_of(request, code, READ_TRACEABILITY))  # first: never newer than told
    rows = queries.sites_for_lists(queries.sites_visible_to(request.actor))
    return {**_site(get_object_or_404(rows, code=code)), "mark": mark}


@router.patch(
    "/sites/{code}",
    response=CodeOut,
    operation_id="change_site",
    summary=N_("Sửa địa điểm sản xuất"),
)
def change_site(request: ApiRequest, code: str, told: SiteChangeIn) -> CodeOut:
    """Change what is known of a place."""
    found = _site_of(request, code, WRITE_TRACEABILITY)
    present = SiteParticulars(found.name, found.gln, found.address, found.commune)
    site_services.change_site(
        actor=request.actor,
        site=found,
        particulars=_commune(told, present),
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/sites/{code}/close",
    response=CodeOut,
    operation_id="close_site",
    summary=N_("Ghi địa điểm không còn dùng"),
)
def close_site(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Note that nothing is made at a place any more."""
    found = _site_of(request, code, WRITE_TRACEABILITY)
    site_services.close_site(actor=request.actor, site=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)
