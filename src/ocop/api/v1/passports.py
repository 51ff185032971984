"""Digital passports: what the ten data and the eight items of the law tell of goods.

Before the public those of products it may see; whole files of all for who oversees them.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Schema

from ocop.api.callers import need_scope
from ocop.api.lists import PAGING, described, expect_understood, refuse_unknown
from ocop.api.requests import ApiRequest
from ocop.api.v1.trade_items import Json, item_of, router
from ocop.core.language import noop as N_
from ocop.filters.traceability import TradeItemFilter
from ocop.people.scopes import READ_TRACEABILITY
from ocop.products import queries as products
from ocop.traceability import passports, queries
from ocop.traceability.models import Lot, TradeItem
from ocop.traceability.passport_files import Passport, as_json
from ocop.traceability.passport_writing import MEDIA, write_all, write_one


class PassportStageOut(Schema):
    """One step of the way: what was done to which lot (product trace code), where (location trace
    code) and when. `goods` names what went into the lot, where the step was about that."""

    step: str
    product_trace_code: str
    goods: str
    location_trace_code: str
    location: str
    time: str


class MinimumDataOut(Schema):
    """The ten data of Circular 02/2024/TT-BKHCN, in its order."""

    product_name: str
    image: str
    producer_name: str
    producer_address: str
    stages: list[PassportStageOut]
    produced_on: date | None
    trace_code: str
    brand: str
    shelf_life: str
    standards: str


class PassportProductOut(Schema):
    """Item 1: the name with its number, a GTIN or an own code."""

    name: str
    pack: str
    code: str
    is_gtin: bool


class PassportProducerOut(Schema):
    """Item 2: who makes it, where, and by what it is known."""

    name: str
    address: str
    identifier: str


class PassportTraceOut(Schema):
    """Item 4: the trace code of the lot, and how many steps are recorded."""

    trace_code: str
    events: int


class PassportDatesOut(Schema):
    """Item 6: when it was made and until when it may be used."""

    produced_on: date | None
    expires_on: date | None


class EightItemsOut(Schema):
    """The eight items of the digital product passport, Article 32 of Decree 37/2026."""

    product: PassportProductOut
    producer: PassportProducerOut
    origin: str
    traceability: PassportTraceOut
    certificates: list[str]
    dates: PassportDatesOut
    warnings: str
    other: str


class SystemCodeOut(Schema):
    """A code that another system gave."""

    system: str
    code: str


class PassportMissingOut(Schema):
    """Something a law asks for that is not known: `ten` is the circular, `eight` the decree."""

    law: str
    number: int
    name: str


class PassportCompletenessOut(Schema):
    """How many of the eighteen are known, and which of those that must be are missing."""

    known: int
    of: int
    missing: list[PassportMissingOut]


class PassportOut(Schema):
    """The digital passport of a sales unit or of a lot. `id` is its GS1 Digital Link, or its page
    where it has no GTIN; `lot` is the number of the lot, empty for none."""

    id: str
    page: str
    lot: str
    recalled_on: date | None
    minimum_data: MinimumDataOut
    passport: EightItemsOut
    foreign_codes: list[SystemCodeOut]
    completeness: PassportCompletenessOut


class ItemPassportOut(PassportOut):
    """The passport of a sales unit with its newest lot; `item` is the code of the sales unit."""

    item: str


@router.get(
    "/products/{code}/passports",
    response=list[ItemPassportOut],
    operation_id="product_passports",
    summary=N_("Hộ chiếu số của một sản phẩm"),
)
def of_product(request: ApiRequest, code: str) -> list[Json]:
    """The digital passports of a product's sales units, each with its newest lot, for whoever may
    see the product."""
    need_scope(request.actor, READ_TRACEABILITY)
    found = get_object_or_404(products.visible_to(request.actor), code=code)
    told = passports.newest(found.trade_items.filter(stopped_at=None))
    return [{**as_json(passport), "item": item.code} for item, passport in told]


@router.get(
    "/trade-items/{code}/passport",
    response=PassportOut,
    operation_id="trade_item_passport",
    summary=N_("Hộ chiếu số của một quy cách"),
)
def of_item(request: ApiRequest, code: str) -> Json:
    """The passport of a sales unit with its newest lot, or without one where there is none."""
    return as_json(passports.current(item_of(request, code, READ_TRACEABILITY)))


@router.get(
    "/trade-items/{code}/passport.{kind}",
    response={200: bytes},
    operation_id="trade_item_passport_file",
    summary=N_("Tệp hộ chiếu số của một quy cách"),
)
def item_file(request: ApiRequest, code: str, kind: str) -> HttpResponse:
    """The same as a file: json, csv or jsonld."""
    return _file(passports.current(item_of(request, code, READ_TRACEABILITY)), kind)


@router.get(
    "/lots/{code}/passport",
    response=PassportOut,
    operation_id="lot_passport",
    summary=N_("Hộ chiếu số của một lô"),
)
def of_lot(request: ApiRequest, code: str) -> Json:
    """The passport of a lot."""
    found = _lot(request, code)
    return as_json(passports.passport_of(found.item, found))


@router.get(
    "/lots/{code}/passport.{kind}",
    response={200: bytes},
    operation_id="lot_passport_file",
    summary=N_("Tệp hộ chiếu số của một lô"),
)
def lot_file(request: ApiRequest, code: str, kind: str) -> HttpResponse:
    """The same as a file: json, csv or jsonld."""
    found = _lot(request, code)
    return _file(passports.passport_of(found.item, found), kind)


@router.get(
    "/passports.{kind}",
    response={200: bytes},
    operation_id="passports",
    summary=N_("Tệp hộ chiếu số của mọi lô"),
    openapi_extra={
        "parameters": [
            each for each in described(TradeItemFilter)["parameters"] if each["name"] not in PAGING
        ]
    },
)
def every(request: ApiRequest, kind: str) -> StreamingHttpResponse:
    """The passports of all sales units that the filters leave, one for each of their lots, as one
    file that is written while it is read."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.items_visible_to(request.actor)
    refuse_unknown(request, *TradeItemFilter.base_filters)
    chosen = TradeItemFilter(request.GET, queryset=rows, request=request, beside=())
    expect_understood(chosen)
    found = TradeItem.objects.filter(pk__in=chosen.qs.order_by().values("pk"))
    return _whole(passports.all_passports(found), kind)


def _lot(request: ApiRequest, code: str) -> Lot:
    """A lot whose passport the caller may read: one that he sees, or of a product that he sees, for
    what its page tells everybody is no secret here."""
    need_scope(request.actor, READ_TRACEABILITY)
    seen = queries.lots_visible_to(request.actor).values("pk")
    public = products.visible_to(request.actor).values("pk")
    rows = Lot.objects.filter(Q(pk__in=seen) | Q(item__product__in=public))
    found: Lot = get_object_or_404(
        rows.select_related("item__product__producer__commune", "site"), code=code
    )
    return found


def _file(told: Passport, kind: str) -> HttpResponse:
    if kind not in MEDIA:
        raise Http404
    answer = HttpResponse(write_one(told, kind), content_type=MEDIA[kind])
    _named(answer, kind)
    return answer


def _whole(told: Iterable[Passport], kind: str) -> StreamingHttpResponse:
    if kind not in MEDIA:
        raise Http404
    answer = StreamingHttpResponse(write_all(told, kind), content_type=MEDIA[kind])
    _named(answer, kind)
    return answer


def _named(answer: HttpResponseBase, kind: str) -> None:
    answer["Content-Disposition"] = f'attachment; filename="passport.{kind}"'
    answer["Cache-Control"] = "private, no-store"
