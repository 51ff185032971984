"""Scans of codes as sums: by sales unit, by province, by day. Single scans are told to nobody."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.lists import (
    PAGING,
    Page,
    described,
    expect_understood,
    filtered,
    page,
    page_of,
    refuse_unknown,
)
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut
from ocop.core.language import noop as N_
from ocop.filters.scans import ScanItemFilter, ScanPeriodFilter
from ocop.people.scopes import READ_TRACEABILITY
from ocop.traceability.models import ScanPeriod, ScanPlaceDay
from ocop.traceability.scans import draining, periods, queries
from ocop.traceability.scans.periods import Period
from ocop.traceability.scans.queries import DayLine, PlaceLine, Sums

router = Router(tags=["scans"])
Json = dict[str, Any]


class ScanSumsOut(Schema):
    """Scans of something. `clients` are phones, each counted once a day, province and lot; `firsts`
    are stamps that nobody had scanned before. `forged` (tries of serials that no key of ours made)
    and `unissued` are null where they are not the caller's to know."""

    scans: int
    clients: int
    firsts: int
    forged: int | None
    unissued: int | None


class ScanItemOut(Schema):
    """A sales unit with its scans in a period, and of all time how many of its stamps are on packs
    (`stamps_active`) and how many were ever scanned (`stamps_seen`)."""

    item: str
    name: str
    gtin: str
    product: MakerOut
    producer: MakerOut
    period: str
    scans: int
    clients: int
    firsts: int
    stamps_active: int
    stamps_seen: int


class ScanDayOut(Schema):
    """A day of Vietnam and its scans."""

    day: date
    sums: ScanSumsOut


class ScanPlaceOut(Schema):
    """A province and its scans; its code is empty where the place is not known."""

    code: str
    name: str
    sums: ScanSumsOut


class ScanLotOut(Schema):
    """A lot and its scans; null: the code told no lot."""

    lot: str | None
    number: str | None
    sums: ScanSumsOut


class ScanReportOut(Schema):
    """Scans of one sales unit in a period. `counted_until` is the last scan that is in any sum."""

    item: str
    period: str
    total: ScanSumsOut
    stamps_active: int
    stamps_seen: int
    days: list[ScanDayOut]
    places: list[ScanPlaceOut]
    lots: list[ScanLotOut]
    counted_until: datetime | None


def _period(request: ApiRequest) -> Period:
    """The period that is asked for, this month by default. Refused: one without scans."""
    refuse_unknown(request, *ScanPeriodFilter.base_filters, *PAGING)
    rows = ScanPlaceDay.objects.none()
    expect_understood(ScanPeriodFilter(request.GET, queryset=rows, beside=PAGING))
    return _named(request)


def _named(request: ApiRequest) -> Period:
    today = timezone.localdate()
    return periods.read(request.GET.get("period", "")) or periods.month(today)


def _sums(sums: Sums) -> Json:
    return {name: getattr(sums, name) for name in ScanSumsOut.model_fields}


def _day(line: DayLine) -> Json:
    return {"day": line.day, "sums": _sums(line.sums)}


def _place(line: PlaceLine) -> Json:
    return {"code": line.code, "name": line.name, "sums": _sums(line.sums)}


def _item(row: ScanPeriod) -> Json:
    item, product = row.item, row.item.product
    return {
        "item": item.code,
        "name": item.name,
        "gtin": item.gtin,
        "product": {"code": product.code, "name": product.name},
        "producer": {"code": product.producer.code, "name": product.producer.name},
        "period": row.period,
        **{name: getattr(row, name) for name in ("scans", "clients", "firsts")},
        "stamps_active": getattr(row, "active", None) or 0,
        "stamps_seen": getattr(row, "seen", None) or 0,
    }


@router.get(
    "/scans/items",
    response=Page[ScanItemOut],
    operation_id="scan_items",
    summary=N_("Lượt quét theo sản phẩm"),
    openapi_extra=described(ScanItemFilter),
)
def items(request: ApiRequest, response: HttpResponse) -> Json:
    """Sales units that the caller oversees, with their scans in a month or a year (`period` is
    2026-11 or 2026, this month by default)."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.with_stamps(queries.items_scanned(request.actor, _named(request)))
    return page(request, response, filtered(request, ScanItemFilter, rows), _item)


@router.get(
    "/scans/items/{code}",
    response=ScanReportOut,
    operation_id="scan_report",
    summary=N_("Lượt quét của một quy cách"),
    openapi_extra={"parameters": described(ScanPeriodFilter)["parameters"][:1]},
)
def item(request: ApiRequest, code: str) -> Json:
    """Scans of one sales unit by day, by province and by lot."""
    need_scope(request.actor, READ_TRACEABILITY)
    found = get_object_or_404(queries.items_of(request.actor), code=code)
    period = _period(request)
    days = queries.days(request.actor, period, found)
    stamps = queries.stamps_of(found)
    return {
        "item": found.code,
        "period": period.key,
        "total": _sums(queries.total(line.sums for line in days)),
        "stamps_active": stamps.active,
        "stamps_seen": stamps.seen,
        "days": [_day(line) for line in days],
        "places": [_place(line) for line in queries.places(request.actor, period, found)],
        "lots": [
            {
                "lot": line.lot.code if line.lot else None,
                "number": line.lot.number if line.lot else None,
                "sums": _sums(line.sums),
            }
            for line in queries.lots(period, found)
        ],
        "counted_until": draining.counted_until(),
    }


@router.get(
    "/scans/days",
    response=Page[ScanDayOut],
    operation_id="scan_days",
    summary=N_("Lượt quét theo ngày"),
    openapi_extra=described(ScanPeriodFilter),
)
def days(request: ApiRequest, response: HttpResponse) -> Json:
    """Days of a month or a year on which there were scans: of everything for who oversees all,
    else of the sales units that the caller oversees."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.days(request.actor, _period(request))
    return page_of(request, response, rows, _day, place=lambda line: [line.day.isoformat()])


@router.get(
    "/scans/places",
    response=Page[ScanPlaceOut],
    operation_id="scan_places",
    summary=N_("Lượt quét theo tỉnh"),
    openapi_extra=described(ScanPeriodFilter),
)
def places(request: ApiRequest, response: HttpResponse) -> Json:
    """Provinces from which codes were scanned in a month or a year, by the same rule."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.places(request.actor, _period(request))
    return page_of(request, response, rows, _place, place=lambda line: [line.code])
