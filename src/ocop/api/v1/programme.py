"""The programme: progress, indicators, targets, and the rows behind a number."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.lists import PAGING, PAGING_DESCRIBED, Page, page, refuse_unknown
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import unit_of
from ocop.api.v1.register import INVENTED
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.people.scopes import READ_PROGRAMME
from ocop.places import queries as places
from ocop.programme import exchange, indicators, queries, rules, sentences, terms
from ocop.programme.cuts import CUTS
from ocop.programme.models import Target
from ocop.programme.scope import Scope
from ocop.recognition.models import Evidence

router = Router(tags=["programme"])
_FRAME = ("as_of", "term", "province")


class ProgressOut(Schema):
    """Progress of a term by a day. `target_reached_in` is a quarter such as 2024-Q4, or null."""

    as_of: date
    term: str
    evaluated_total: int
    evaluated_in_term: int
    target: int | None
    share_percent: float | None
    missing: int | None
    registered_this_year: int
    expected_by_year_end: int
    target_reached_in: str | None
    sentences: list[str]
    demonstration: bool


class SliceOut(Schema):
    """One line of a cut."""

    key: str
    label: str
    count: int


class IndicatorOut(Schema):
    """A number with its definition. `value` is null when nobody knows it or it is withheld."""

    key: str
    name: str
    definition: str
    measure: str
    source: str
    value: float | None
    withheld: bool
    more_than: bool
    cuts: list[str]


class TargetOut(Schema):
    """What an indicator is to reach: one value, or a range, in the `measure` of the indicator.
    Replacing it names its `mark`."""

    indicator: str
    measure: str
    unit: str
    unit_name: str
    starts_on: date
    ends_on: date
    low: float
    high: float | None
    source: str
    mark: str


class RowOut(Schema):
    """One row behind a number. `code` leads to the product or producer the caller may read."""

    kind: str
    id: int
    name: str
    code: str | None
    stars: int | None
    year: int | None
    unit_then: str | None
    demonstration: bool = Field(description=INVENTED)


class ExchangeOut(Schema):
    """A row of PTNT_OCOP (Decision 5277/QĐ-BNNMT), in its own columns.

    `DOANH_THU` is the revenue of a year in whole đồng; `HANG` is 3*, 4* or 5*.
    """

    MA_OCOP: str
    MA_DVHC: str
    MA_KY: str
    MA_SAN_PHAM: str
    TEN_SAN_PHAM: str
    HANG: str
    CHU_THE: str
    DOANH_THU: int | None
    TRANG_THAI: str


def _scope(request: ApiRequest, as_of: date | None, term: str, province: str) -> Scope:
    need_scope(request.actor, READ_PROGRAMME)
    with _refused_at("term"):
        years = terms.parse(term) if term else None
    if province and places.province(province) is None:
        told = _("Không có tỉnh, thành phố nào mang mã “%s”. Ví dụ: 01 là Hà Nội.") % province
        raise Refused("province", told, fields={"province": [told]})
    with _refused_at("as_of"):
        day = as_of or timezone.localdate()
        return queries.scope(request.actor, as_of=day, term=years, province=province)


@contextmanager
def _refused_at(parameter: str) -> Iterator[None]:
    """What is refused inside is told at this parameter of the address."""
    try:
        yield
    except Refused as error:
        told = {parameter: [error.message]}
        raise Refused(error.code, error.message, fields=told) from error


@router.get("/progress", response=ProgressOut, operation_id="progress", summary=N_("Tiến độ"))
def progress(
    request: ApiRequest, as_of: date | None = None, term: str = "", province: str = ""
) -> ProgressOut:
    """How far the programme is."""
    scope = _scope(request, as_of, term, province)
    found = queries.progress(scope)
    return ProgressOut(
        as_of=scope.as_of,
        term=scope.term.code,
        evaluated_total=found.evaluated_total,
        evaluated_in_term=found.evaluated_in_term,
        target=found.target,
        share_percent=None if found.share_percent is None else float(found.share_percent),
        missing=found.missing,
        registered_this_year=found.registered_this_year,
        expected_by_year_end=found.expected_by_year_end,
        target_reached_in=found.target_reached_in,
        sentences=[s.text for s in sentences.on_progress(scope, found)],
        demonstration=scope.demonstration,
    )


@router.get(
    "/indicators",
    response=list[IndicatorOut],
    operation_id="indicators",
    summary=N_("Các chỉ tiêu"),
)
def indicator_list(
    request: ApiRequest, as_of: date | None = None, term: str = "", province: str = ""
) -> list[IndicatorOut]:
    """Every number with its written definition."""
    scope = _scope(request, as_of, term, province)
    found = []
    for reading in indicators.INDICATORS.values():
        figure = reading.figure(scope)
        found.append(
            IndicatorOut(
                key=reading.key,
                name=_(reading.name),
                definition=_(reading.definition),
                measure=_(reading.measure),
                source=reading.source.name.lower(),
                value=None if figure.value is None else float(figure.value),
                withheld=figure.withheld,
                more_than=figure.more_than,
                cuts=list(reading.cuts),
            )
        )
    return found


@router.get(
    "/indicators/{key}/cuts/{cut}",
    response=list[SliceOut],
    operation_id="indicator_cut",
    summary=N_("Chỉ tiêu chia nhỏ"),
)
def cut_of(
    request: ApiRequest,
    key: str,
    cut: str,
    as_of: date | None = None,
    term: str = "",
    province: str = "",
) -> list[SliceOut]:
    """A number by year, rank, sector, kind of producer, or unit of then or now."""
    scope = _scope(request, as_of, term, province)
    reading = indicators.get(key)
    if cut not in reading.cuts:
        raise Http404
    return [
        SliceOut(key=piece.key, label=piece.label, count=piece.count)
        for piece in reading.slices(scope, cut)
    ]


@router.get(
    "/indicators/{key}/rows",
    response=Page[RowOut],
    operation_id="indicator_rows",
    summary=N_("Danh sách phía sau con số"),
    openapi_extra={
        "parameters": [
            *({"in": "query", "name": cut, "schema": {"type": "string"}} for cut in CUTS),
            *PAGING_DESCRIBED,
        ]
    },
)
def rows_of(
    request: ApiRequest,
    response: HttpResponse,
    key: str,
    as_of: date | None = None,
    term: str = "",
    province: str = "",
) -> dict[str, Any]:
    """The rows a number counts; choose by cuts, as `year=2022&rank=4`."""
    scope = _scope(request, as_of, term, province)
    reading = indicators.get(key)
    if reading.restricted and not rules.may_read_restricted_rows(request.actor):
        raise Http404
    refuse_unknown(request, *_FRAME, *reading.cuts, *PAGING)
    chosen = queries.choices(reading, request.GET)
    return page(request, response, queries.listed(reading, scope.narrowed(*chosen)), _row)


def _row(row: Any) -> RowOut:
    named = getattr(row, "product", None) or row
    unit = getattr(row, "unit", None)
    return RowOut(
        kind=row._meta.model_name,
        id=row.pk,
        name=queries.name_of(row),
        code=getattr(named, "code", None) if row.named else None,
        stars=getattr(row, "stars", None),
        year=getattr(row, "counted_year", getattr(row, "year", None)),
        unit_then=unit.name if unit else None,
        demonstration=_invented(row),
    )


def _invented(row: Any) -> bool:
    evidence = getattr(row, "evidence", None)
    return bool(row.demonstration) if evidence is None else evidence == Evidence.M


@router.get(
    "/targets", response=list[TargetOut], operation_id="targets", summary=N_("Các mục tiêu")
)
def target_list(
    request: ApiRequest,
    as_of: date | None = None,
    term: str = "",
    province: str = "",
    unit: str = "",
) -> list[TargetOut]:
    """The targets of a term: the province's own, or with `unit` (a key) those of that unit and of
    what lies below it."""
    scope = _scope(request, as_of, term, province)
    found = queries.targets_within(scope, unit_of(unit)) if unit else queries.targets(scope)
    return [target_out(target) for target in found]


def target_out(target: Target) -> TargetOut:
    """A target as the API tells it."""
    return TargetOut(
        indicator=target.indicator,
        measure=_(indicators.get(target.indicator).measure),
        unit=places.key_of(target.unit),
        unit_name=target.unit.name,
        starts_on=target.starts_on,
        ends_on=target.ends_on,
        low=float(target.low),
        high=None if target.high is None else float(target.high),
        source=target.source,
        mark=target.mark,
    )


@router.get(
    "/ptnt-ocop",
    response=Page[ExchangeOut],
    operation_id="ptnt_ocop",
    summary=N_("Bảng trao đổi PTNT_OCOP"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def exchange_table(
    request: ApiRequest, response: HttpResponse, as_of: date | None = None
) -> dict[str, Any]:
    """The national exchange table: every product that holds a star, for the office and auditors."""
    scope = _scope(request, as_of, "", "")

    def write(found: Any) -> dict[str, Any]:
        row = exchange.row_of(found, scope)
        return dict(zip(exchange.COLUMNS, exchange.values(row), strict=True))

    return page(request, response, exchange.listed(scope), write)
