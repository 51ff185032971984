"""Administrative units, and finding them from addresses."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router, Schema

from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.core.language import noop as N_
from ocop.filters.units import UnitListFilter
from ocop.places import locate, queries
from ocop.places.gazetteer import Entry
from ocop.places.models import Succession, Unit

router = Router(tags=["places"])


class UnitOut(Schema):
    """A unit in one era; periods are half-open, `valid_from` null from before the lists.

    `key` names it in addresses and filters: its code and first day.
    """

    key: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    lat: float | None
    lon: float | None


class LocatedOut(Schema):
    """What an address speaks of: the unit of then and of now, or the candidates."""

    then: UnitOut | None
    now: UnitOut | None
    ambiguous: bool
    candidates: list[UnitOut]


class StepOut(Schema):
    """One unit became another, `extent` of it: whole, largest part or part."""

    old: UnitOut
    new: UnitOut
    extent: str
    basis: str


class UnitHistoryOut(UnitOut):
    """A unit through time.

    `eras` are the units that bore its code, `origins` every succession that led to it and
    `successors` every one that leads on from it, through all eras; `now` the units of today it
    leads to: one where that is certain.
    """

    eras: list[UnitOut]
    origins: list[StepOut]
    successors: list[StepOut]
    now: list[UnitOut]


def _unit(unit: Unit) -> UnitOut:
    return UnitOut(
        key=queries.key_of(unit),
        code=unit.code,
        name=unit.name,
        level=unit.level,
        parent=unit.parent.code if unit.parent else None,
        valid_from=None if unit.valid_from.year == 1900 else unit.valid_from,
        valid_to=unit.valid_to,
        lat=unit.lat,
        lon=unit.lon,
    )


def _entry(entry: Entry | None) -> UnitOut | None:
    if entry is None:
        return None
    return UnitOut(
        key=queries.key_of(entry),
        code=entry.code,
        name=entry.name,
        level=entry.level,
        parent=entry.parent.code if entry.parent else None,
        valid_from=None if entry.valid_from.year == 1900 else entry.valid_from,
        valid_to=entry.valid_to,
        lat=entry.lat,
        lon=entry.lon,
    )


@router.get(
    "/units",
    response=Page[UnitOut],
    operation_id="units",
    summary=N_("Đơn vị hành chính"),
    openapi_extra=described(UnitListFilter),
)
def units(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Units of all eras."""
    rows = queries.visible_to(request.actor).select_related("parent")
    return page(request, response, filtered(request, UnitListFilter, rows), _unit)


@router.get(
    "/units/{key}",
    response=UnitHistoryOut,
    operation_id="unit",
    summary=N_("Lịch sử của một đơn vị hành chính"),
)
def unit(request: ApiRequest, key: str) -> dict[str, Any]:
    """Where a unit came from and what became of it; a bare code names the unit of today."""
    found = queries.by_key(key)
    if found is None:
        raise Http404
    descent = queries.descent(found)
    return {
        **_unit(found).dict(),
        "eras": [_unit(each) for each in queries.eras(found).select_related("parent")],
        "origins": [_step(step) for step in descent.earlier],
        "successors": [_step(step) for step in descent.later],
        "now": [_unit(each) for each in queries.now_of(found)],
    }


def _step(step: Succession) -> StepOut:
    return StepOut(old=_unit(step.old), new=_unit(step.new), extent=step.extent, basis=step.basis)


@router.get(
    "/locate", response=LocatedOut, operation_id="locate", summary=N_("Tìm đơn vị từ địa chỉ")
)
def find(request: ApiRequest, address: str, on: date) -> LocatedOut:
    """The unit an address of a day speaks of, then and now."""
    found = locate(address, on)
    return LocatedOut(
        then=_entry(found.then),
        now=_entry(found.now),
        ambiguous=found.ambiguous,
        candidates=[c for c in map(_entry, found.candidates) if c],
    )
