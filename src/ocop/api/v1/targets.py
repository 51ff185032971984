"""What the office sets and reports: targets, and figures for what no room holds yet."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import unit_of
from ocop.api.v1.programme import TargetOut, target_out
from ocop.core import options
from ocop.core.actions import require
from ocop.core.language import gettext
from ocop.core.language import noop as N_
from ocop.filters.programme import FigureFilter
from ocop.people.scopes import READ_PROGRAMME, WRITE_PROGRAMME
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.programme import indicators, queries, rules, terms
from ocop.programme.models import ReportedFigure
from ocop.programme.services import targets as services

router = Router(tags=["programme"])


class ReplacingIn(JsonIn):
    """To replace what is kept, send its `mark` as `replaces`, and the reason."""

    source: str
    replaces: str = ""
    reason: str = ""


class TargetIn(ReplacingIn):
    """What to reach in a term such as 2026-2030 or 2026: one value, or a range up to `high`. `unit`
    is the key of a unit of that term, the province when left out."""

    term: str
    low: Decimal
    high: Decimal | None = None
    unit: str = ""


class FigureIn(ReplacingIn):
    """A figure of a day. `unit` is the key of a unit of that day, the province when left out;
    `more_than` says that the source gives a lower bound."""

    as_of: date
    value: Decimal
    unit: str = ""
    more_than: bool = False


class FigureOut(Schema):
    """A reported figure as it stands, in the `measure` of its indicator; `mark` is what a
    correction of it names."""

    indicator: str
    measure: str
    unit: str
    unit_name: str
    as_of: date
    value: float
    more_than: bool
    source: str
    mark: str


def _figure(row: ReportedFigure) -> dict[str, Any]:
    own = ("indicator", "as_of", "value", "more_than", "source", "mark")
    return {
        **{name: getattr(row, name) for name in own},
        "measure": gettext(indicators.get(row.indicator).measure),
        "unit": places.key_of(row.unit),
        "unit_name": row.unit.name,
    }


def _province() -> Unit:
    found = places.province(options.PROVINCE.get())
    if found is None:
        raise Http404
    return found


@router.put(
    "/indicators/{key}/target",
    response=TargetOut,
    operation_id="set_target",
    summary=N_("Đặt mục tiêu"),
)
def set_target(request: ApiRequest, key: str, told: TargetIn) -> TargetOut:
    """Set what an indicator is to reach in this province or in a unit; a target that stands is
    replaced only by who has seen it."""
    need_scope(request.actor, WRITE_PROGRAMME)
    require(request.actor, rules.may_set_target)
    facts = told.model_dump(exclude={"term", "unit"})
    target = services.set_target(
        actor=request.actor,
        indicator=key,
        unit=unit_of(told.unit) if told.unit else _province(),
        term=terms.parse(told.term),
        at=timezone.now(),
        **facts,
    )
    target.refresh_from_db()
    return target_out(target)


@router.get(
    "/figures",
    response=Page[FigureOut],
    operation_id="figures",
    summary=N_("Số liệu báo cáo"),
    openapi_extra=described(FigureFilter),
)
def figure_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Every figure that was reported, for the office and its auditors."""
    need_scope(request.actor, READ_PROGRAMME)
    require(request.actor, rules.may_see_figures)
    rows = queries.figures_visible_to(request.actor)
    return page(request, response, filtered(request, FigureFilter, rows), _figure)


@router.put(
    "/indicators/{key}/figure",
    response=FigureOut,
    operation_id="report_figure",
    summary=N_("Ghi số liệu báo cáo"),
)
def report_figure(request: ApiRequest, key: str, told: FigureIn) -> dict[str, Any]:
    """Keep a figure with its source; one that is kept for that unit and day is corrected only by
    who has seen it."""
    need_scope(request.actor, WRITE_PROGRAMME)
    require(request.actor, rules.may_report_figure)
    facts = told.model_dump(exclude={"unit"})
    figure = services.report_figure(
        actor=request.actor,
        indicator=key,
        unit=unit_of(told.unit) if told.unit else _province(),
        at=timezone.now(),
        **facts,
    )
    figure.refresh_from_db()
    return _figure(figure)
