"""What is planned and what is due: registrations, and stars that end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import (
    Page,
    described,
    filtered,
    page,
    page_of,
)
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import unit_of
from ocop.api.v1.radar import wanted
from ocop.api.v1.register import EXTENDED_UNTIL, INVENTED
from ocop.api.v1.rounds import ReasonIn
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.dossiers import rules as dossier_rules
from ocop.dossiers.models import Registration
from ocop.dossiers.queries import registrations as dossiers
from ocop.dossiers.services import registering
from ocop.filters.planning import RegistrationFilter
from ocop.filters.radar import RadarFilter
from ocop.people.scopes import READ_PROGRAMME, READ_REGISTER, WRITE_PROGRAMME
from ocop.products import queries as products
from ocop.recognition import rules as register_rules
from ocop.recognition.expiry import Expiring, by_commune
from ocop.recognition.models import Kind

DAYS_LEFT = "To the last day, that of an extension counted in; negative after it."
router = Router(tags=["due"])
AHEAD = timedelta(days=180)


class RegistrationOut(Schema):
    """A product that a unit registered for assessment; `product` is its code, where it has one."""

    id: int
    product_name: str
    producer_name: str
    product: str | None
    year: int
    unit: str
    kind: str
    registered_on: date
    withdrawn_on: date | None
    demonstration: bool = Field(description=INVENTED)


class EntryIn(JsonIn):
    """One product. Where the register knows it, `product` is its code, and names left out are
    those of the register."""

    product_name: str = ""
    producer_name: str = ""
    kind: Kind = Kind.FIRST
    product: str | None = None


class ListIn(JsonIn):
    """A unit's list for a year. `unit` is the key of a unit of the day of registration, which is
    today when left out."""

    unit: str
    year: int
    products: list[EntryIn]
    registered_on: date | None = None


class ExpiringOut(Schema):
    """A star that ends, with the days on which its dossier is to be filed, both counted."""

    product: str
    name: str
    producer: str
    commune_now: str | None
    stars: int
    state: str
    expires_on: date
    extended_until: date | None = Field(description=EXTENDED_UNTIL)
    days_left: int = Field(description=DAYS_LEFT)
    file_from: date
    file_until: date
    demonstration: bool = Field(description=INVENTED)


@router.get(
    "/registrations",
    response=Page[RegistrationOut],
    operation_id="registrations",
    summary=N_("Đăng ký đánh giá"),
    openapi_extra=described(RegistrationFilter),
)
def registrations(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """What units registered for assessment, for the office and the communes' officers."""
    need_scope(request.actor, READ_PROGRAMME)
    require(request.actor, dossier_rules.may_see_registrations)
    rows = dossiers.visible_to(request.actor).select_related("unit", "product")
    return page(request, response, filtered(request, RegistrationFilter, rows), _registration)


def _registration(row: Registration) -> RegistrationOut:
    return RegistrationOut(
        id=row.pk,
        product_name=row.product_name,
        producer_name=row.producer_name,
        product=row.product.code if row.product else None,
        year=row.year,
        unit=row.unit.name,
        kind=row.kind,
        registered_on=row.registered_on,
        withdrawn_on=row.withdrawn_on,
        demonstration=row.demonstration,
    )


def _entry(request: ApiRequest, told: EntryIn) -> registering.Entry:
    if told.product is None:
        return registering.Entry(told.product_name, told.producer_name, told.kind)
    known = get_object_or_404(
        products.visible_to(request.actor).select_related("producer"), code=told.product
    )
    return registering.Entry(
        told.product_name or known.name,
        told.producer_name or known.producer.name,
        told.kind,
        known,
    )


@router.post(
    "/registrations",
    response={201: list[RegistrationOut]},
    operation_id="register_products",
    summary=N_("Ghi danh sách đăng ký"),
)
def register_products(request: ApiRequest, told: ListIn) -> Status[list[RegistrationOut]]:
    """Enter a unit's list: all of it or, when one product is refused, nothing."""
    need_scope(request.actor, WRITE_PROGRAMME)
    unit = unit_of(told.unit)
    require(request.actor, dossier_rules.may_register_product, unit)
    made = registering.register_list(
        actor=request.actor,
        unit=unit,
        year=told.year,
        entries=[_entry(request, each) for each in told.products],
        registered_on=told.registered_on or timezone.localdate(),
        at=timezone.now(),
    )
    return Status(201, [_registration(row) for row in made])


@router.post(
    "/registrations/{key}/withdraw",
    response=RegistrationOut,
    operation_id="withdraw_registration",
    summary=N_("Rút đăng ký"),
)
def withdraw_registration(request: ApiRequest, key: int, told: ReasonIn) -> RegistrationOut:
    """Take a registration back; it counts until the day before."""
    need_scope(request.actor, WRITE_PROGRAMME)
    rows = dossiers.visible_to(request.actor).select_related("unit", "product")
    done = registering.withdraw_registration(
        actor=request.actor,
        registration=get_object_or_404(rows, pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return _registration(done)


@router.get(
    "/expiring",
    response=Page[ExpiringOut],
    operation_id="expiring",
    summary=N_("Hạng sao sắp hết hạn"),
    openapi_extra=described(RadarFilter),
)
def expiring(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Stars that end between two days, by default within 180 days before and after today unless a
    state is asked for, narrowed as on the radar; those that end first stand first."""
    need_scope(request.actor, READ_REGISTER)
    require(request.actor, register_rules.may_see_expiry_list)
    today = timezone.localdate()
    by = wanted(request)
    if not by.state:
        by = replace(by, start=by.start or today - AHEAD, end=by.end or today + AHEAD)
    found = by_commune(request.actor, by, on=today)
    rows = (row for commune in found for row in commune.rows)
    return page_of(request, response, rows, _expiring, place=_place)


def _place(row: Expiring) -> list[str | int]:
    return [row.expires_on.isoformat(), row.recognition.pk]


def _expiring(row: Expiring) -> ExpiringOut:
    given = row.recognition
    return ExpiringOut(
        product=given.product.code,
        name=given.product.name,
        producer=given.product.producer.name,
        commune_now=given.commune.name if given.commune else None,
        stars=given.stars,
        state=row.state,
        expires_on=row.expires_on,
        extended_until=row.recognition.extended_until,
        days_left=row.days_left,
        file_from=row.window.start,
        file_until=row.file_until,
        demonstration=row.demonstration,
    )
