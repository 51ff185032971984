"""What is planned and what is due: registrations, and stars that end."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page, refuse_unknown
from ocop.api.requests import ApiRequest
from ocop.core import options
from ocop.core.actions import require
from ocop.dossiers import rules as dossier_rules
from ocop.dossiers.models import Registration
from ocop.dossiers.queries import registrations as dossiers
from ocop.filters.planning import RegistrationFilter
from ocop.people.scopes import READ_PROGRAMME, READ_REGISTER
from ocop.recognition import queries as register
from ocop.recognition import rules as register_rules
from ocop.recognition.expiry import Expiring

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


class ExpiringOut(Schema):
    """A star that ends, with the days on which its dossier is to be filed, both counted."""

    product: str
    name: str
    producer: str
    commune_now: str | None
    stars: int
    state: str
    expires_on: date
    days_left: int
    file_from: date
    file_until: date


@router.get(
    "/registrations",
    response=Page[RegistrationOut],
    operation_id="registrations",
    summary="Đăng ký đánh giá",
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
    )


@router.get(
    "/expiring", response=list[ExpiringOut], operation_id="expiring", summary="Hạng sao sắp hết hạn"
)
def expiring(
    request: ApiRequest, start: date | None = None, end: date | None = None
) -> list[ExpiringOut]:
    """Stars that end between two days, by default within 180 days before and after today."""
    need_scope(request.actor, READ_REGISTER)
    require(request.actor, register_rules.may_see_expiry_list)
    refuse_unknown(request, "start", "end")
    today = timezone.localdate()
    found = register.expiring(
        request.actor,
        start or today - AHEAD,
        end or today + AHEAD,
        on=today,
        province=options.PROVINCE.get(),
    )
    return [_expiring(row) for commune in found for row in commune.rows]


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
        days_left=row.days_left,
        file_from=row.window.start,
        file_until=row.file_until,
    )
