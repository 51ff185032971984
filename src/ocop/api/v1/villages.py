"""Craft villages and routes through them."""

from datetime import date, datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, PlaceOut, place_out
from ocop.api.v1.trade_items import Json
from ocop.api.v1.writing import CodeOut
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.filters.villages import RouteFilter, VillageFilter, VillageImportFilter
from ocop.network.villages import queries, queries_routes, reviewing, rules
from ocop.network.villages.models import Village, VillageImport, VillageRoute
from ocop.network.villages.services import telling
from ocop.network.villages.services.telling import YearParticulars
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER

router = Router(tags=["network"])


class VillageOut(Schema):
    """A village with a craft. `title` is the one that stands today: `craft`, `village` or
    `traditional`; null: not recognised. `in_trade` of `households` are those of `told_year`."""

    code: str
    name: str
    trade: str
    trade_group: str
    unit: PlaceOut | None
    commune_now: PlaceOut | None
    title: str | None
    title_year: int | None
    households: int | None
    in_trade: int | None
    told_year: int | None
    income: int | None
    ended_on: date | None
    demonstration: bool = Field(description=INVENTED)


class VillageYearOut(Schema):
    """What a village told of a year. Money in whole dong."""

    year: int
    households: int | None
    in_trade: int | None
    workers: int | None
    revenue: int | None
    income: int | None
    stable: bool | None


class VillageTitleOut(Schema):
    """A recognition that stands today."""

    title: str
    number: str
    signed_on: date | None
    year: int
    authority: str


class VillageCriterionOut(Schema):
    """A criterion of Article 5 of Decree 52/2018, held against what is known today; `met` is
    null where the data do not tell."""

    criterion: str
    article: str
    met: bool | None


class VillageDetailOut(VillageOut):
    """A village by itself, with its years, titles and criteria."""

    address: str
    began_year: int | None
    lat: float | None
    lon: float | None
    story: str
    titles: list[VillageTitleOut]
    years: list[VillageYearOut]
    criteria: list[VillageCriterionOut]


class VillageYearIn(JsonIn):
    """The numbers of a year, in the place of what was told of it before. Money in whole dong."""

    year: int
    households: int | None = None
    in_trade: int | None = None
    workers: int | None = None
    revenue: int | None = None
    income: int | None = None
    stable: bool | None = None
    source: str = ""


class RouteStopOut(Schema):
    """A stop of a route. `kind` is `village`, or tells another part of the network, with the code
    there; both are null for a place that is known by its name only."""

    number: int
    name: str
    kind: str | None
    code: str | None
    note: str
    lat: float | None
    lon: float | None


class VillageImportOut(Schema):
    """A workbook of villages that was brought. `state`: `read`, `loaded` (seen by the office only),
    `published` or `undone`."""

    code: str
    filename: str
    state: str
    rows: int
    accepted: int
    unchanged: int
    rejected: int
    received_at: datetime


class VillageRouteOut(Schema):
    """A route through villages with its stops in order."""

    code: str
    name: str
    summary: str
    hours: int | None
    stops: list[RouteStopOut]
    demonstration: bool = Field(description=INVENTED)


_PLAIN = (
    "code", "name", "trade", "trade_group", "title", "title_year", "households", "in_trade",
    "told_year", "income", "ended_on", "demonstration",
)  # fmt: skip
_MORE = ("address", "began_year", "lat", "lon", "story")
_NUMBERS = ("year", "households", "in_trade", "workers", "revenue", "income", "stable")
_TITLE = ("title", "number", "signed_on", "year", "authority")


def _village(row: Village) -> Json:
    return {name: getattr(row, name) for name in _PLAIN} | {
        "unit": place_out(row.unit),
        "commune_now": place_out(row.commune),
    }


@router.get(
    "/villages",
    response=Page[VillageOut],
    operation_id="villages",
    summary=N_("Các làng nghề"),
    openapi_extra=described(VillageFilter),
)
def village_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Villages with a craft that the caller may see."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.for_lists(queries.visible_to(request.actor), timezone.localdate())
    return page(request, response, filtered(request, VillageFilter, rows), _village)


@router.get(
    "/villages/{code}",
    response=VillageDetailOut,
    operation_id="village",
    summary=N_("Một làng nghề"),
)
def village(request: ApiRequest, code: str) -> Json:
    """One village with its numbers by year, and what the criteria say today."""
    need_scope(request.actor, READ_REGISTER)
    today = timezone.localdate()
    rows = queries.for_lists(queries.visible_to(request.actor), today)
    found: Village = get_object_or_404(rows, code=code)
    years = queries.years_told().filter(village=found)
    answers = reviewing.checked(found, today).answers
    return {
        **_village(found),
        **{name: getattr(found, name) for name in _MORE},
        "titles": [_told(row, _TITLE) for row in queries.titles_of(found, today)],
        "years": [_told(row, _NUMBERS) for row in years],
        "criteria": [
            {"criterion": a.criterion.value, "article": a.article, "met": a.met} for a in answers
        ],
    }


@router.post(
    "/villages/{code}/years",
    response=CodeOut,
    operation_id="tell_village_year",
    summary=N_("Ghi số liệu năm của làng"),
)
def tell_year(request: ApiRequest, code: str, told: VillageYearIn) -> CodeOut:
    """Note the numbers of a year, as officers of the commune and the office do."""
    need_scope(request.actor, WRITE_REGISTER)
    found: Village = get_object_or_404(queries.for_office(request.actor), code=code)
    given = YearParticulars(**told.model_dump())
    telling.tell_village_year(
        actor=request.actor, village=found, particulars=given, at=timezone.now()
    )
    return CodeOut(code=code)


@router.get(
    "/village-imports",
    response=Page[VillageImportOut],
    operation_id="village_imports",
    summary=N_("Các lần nhập làng nghề"),
    openapi_extra=described(VillageImportFilter),
)
def import_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Workbooks of villages, the newest first, for the office and auditors."""
    need_scope(request.actor, READ_REGISTER)
    require(request.actor, rules.may_see_imports)
    rows = filtered(request, VillageImportFilter, queries.imports(request.actor))
    return page(request, response, rows, _import, newest_first=True)


def _import(row: VillageImport) -> Json:
    names = ("code", "filename", "state", "rows", "accepted", "unchanged", "rejected")
    return _told(row, names) | {"received_at": row.created_at}


@router.get(
    "/village-routes",
    response=Page[VillageRouteOut],
    operation_id="village_routes",
    summary=N_("Các tuyến làng nghề"),
    openapi_extra=described(RouteFilter),
)
def route_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Routes through craft villages, with their stops."""
    need_scope(request.actor, READ_REGISTER)
    rows = filtered(request, RouteFilter, queries_routes.routes(request.actor))
    return page(request, response, rows, partial(_route, request))


def _route(request: ApiRequest, row: VillageRoute) -> Json:
    stops = queries_routes.stops_of(row, request.actor)
    names = ("code", "name", "summary", "hours", "demonstration")
    return {name: getattr(row, name) for name in names} | {
        "stops": [
            {
                "number": stop.number,
                "name": stop.place.name,
                "kind": stop.kind or None,
                "code": stop.place.code or None,
                "note": stop.note,
                "lat": stop.place.lat,
                "lon": stop.place.lon,
            }
            for stop in stops
        ]
    }


def _told(row: object, names: tuple[str, ...]) -> Json:
    return {name: getattr(row, name) for name in names}
