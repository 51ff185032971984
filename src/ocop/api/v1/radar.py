"""The radar of stars that end, and the council's work to come."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.lists import PAGING, PAGING_DESCRIBED, Page, described, expect_understood, page_of
from ocop.api.requests import ApiRequest
from ocop.core import numbers, options
from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.radar import RadarFilter
from ocop.people import rules as people_rules
from ocop.people.scopes import READ_PROGRAMME, READ_REGISTER
from ocop.programme import workload
from ocop.recognition import rules
from ocop.recognition.ending import Ending
from ocop.recognition.models import Recognition
from ocop.recognition.radar import Board, Cut, Line, board, named

router = Router(tags=["radar"])
Json = dict[str, Any]
#: What the calls of the radar take beside the filters and the pages.
_BY: Json = {
    "in": "query",
    "name": "by",
    "required": False,
    "schema": {"type": "string", "enum": [str(cut) for cut in Cut]},
}


class RadarColumnOut(Schema):
    """The days of a column, both counted; the first one, of what ended before today, has no
    beginning."""

    first: date | None
    last: date


class RadarOut(Schema):
    """The radar of today: how many stars end in each column and are in each state."""

    on: date
    columns: list[RadarColumnOut]
    totals: list[int]
    states: dict[str, int]
    total: int


class RadarLineOut(Schema):
    """One line of the radar: `key` is what the lists know it by, `counts` go with the columns."""

    key: str
    label: str
    counts: list[int]
    total: int


class WorkloadMonthOut(Schema):
    """What the council must expect in a month: windows that open and close, dossiers expected to
    be filed and to be concluded, and the sittings that takes."""

    first: date
    last: date
    opens: int
    closes: int
    filed: Decimal
    decided: Decimal
    sittings_needed: int
    sittings_planned: int


class WorkloadOut(Schema):
    """The council's work to come; `late` stars missed their window and stand in no month."""

    on: date
    capacity: int
    months: list[WorkloadMonthOut]
    waiting: int
    late: int


def wanted(request: ApiRequest) -> Ending:
    """What a call asks for, by the filters of the radar. Refused: a value not understood."""
    none = Recognition.objects.none()
    chosen = RadarFilter(request.GET, queryset=none, request=request, beside={*PAGING, "by"})
    expect_understood(chosen)
    return chosen.wanted()


def _board(request: ApiRequest) -> Board:
    need_scope(request.actor, READ_REGISTER)
    require(request.actor, rules.may_see_expiry_list)
    cut = request.GET.get("by") or Cut.COMMUNE
    if cut not in list(Cut):
        told = _("Không có cách chia “%(by)s”. Hãy chọn: %(known)s.") % {
            "by": cut,
            "known": ", ".join(Cut),
        }
        raise Refused("filter_value", told, fields={"by": [told]})
    return board(request.actor, Cut(cut), on=timezone.localdate(), by=wanted(request))


@router.get(
    "/radar",
    response=RadarOut,
    operation_id="radar",
    summary=N_("Ra-đa hết hạn"),
    openapi_extra={
        "parameters": [
            each for each in described(RadarFilter)["parameters"] if each not in PAGING_DESCRIBED
        ]
    },
)
def radar(request: ApiRequest) -> Json:
    """How many stars ended and end in which month, and in which state they are."""
    found = _board(request)
    return {
        "on": found.on,
        "columns": [{"first": c.first, "last": c.last} for c in found.columns],
        "totals": list(found.totals),
        "states": {str(state): count for state, count in found.states.items()},
        "total": found.total,
    }


@router.get(
    "/radar/lines",
    response=Page[RadarLineOut],
    operation_id="radar_lines",
    summary=N_("Các dòng của ra-đa hết hạn"),
    openapi_extra={"parameters": [_BY, *described(RadarFilter)["parameters"]]},
)
def radar_lines(request: ApiRequest, response: HttpResponse) -> Json:
    """The radar cut `by` commune, sector, rank or producer, one line each."""
    found = _board(request)
    return page_of(request, response, named(found.cut, found.lines), _line, place=_place)


def _place(line: Line) -> list[str | int]:
    return [line.key]


def _line(line: Line) -> RadarLineOut:
    return RadarLineOut(key=line.key, label=line.label, counts=list(line.counts), total=line.total)


@router.get(
    "/radar/workload",
    response=WorkloadOut,
    operation_id="council_workload",
    summary=N_("Khối lượng của hội đồng"),
)
def council_workload(request: ApiRequest) -> Json:
    """How many re-evaluations the council must expect in which month."""
    need_scope(request.actor, READ_PROGRAMME)
    require(request.actor, people_rules.may_see_everything)
    found = workload.outlook(
        request.actor, on=timezone.localdate(), province=options.PROVINCE.get()
    )
    return {
        "on": found.on,
        "capacity": found.capacity,
        "months": [_month(ahead) for ahead in found.months],
        "waiting": found.waiting,
        "late": found.late,
    }


def _month(ahead: workload.Ahead) -> Json:
    month = ahead.month
    return {
        "first": month.days.start,
        "last": month.days.last,
        "opens": month.opens,
        "closes": month.closes,
        "filed": numbers.half_up(month.filed, 1),
        "decided": numbers.half_up(month.decided, 1),
        "sittings_needed": ahead.sittings,
        "sittings_planned": ahead.planned,
    }
