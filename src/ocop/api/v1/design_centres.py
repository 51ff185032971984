"""Creative design centres: read, proposed and changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.design_centre_shapes import (
    CentreAssessmentOut,
    CentreConditionOut,
    CentreInsideOut,
    CentreKeeperOut,
    CentreMonthOut,
    CentreNumbersIn,
    CentreNumbersOut,
    CentrePhotoOut,
    CentreVisitorsOut,
    CentreVisitOut,
    DesignCentreChangeIn,
    DesignCentreDetailOut,
    DesignCentreIn,
    DesignCentreOut,
    NewDesignCentreIn,
)
from ocop.api.v1.register import MakerOut, place_out
from ocop.core import editing
from ocop.core.fieldwork import Position
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.centres import CentreFilter
from ocop.network.centres import queries, sheet
from ocop.network.centres.models import CentreAssessment, CentreNumbers, DesignCentre
from ocop.network.centres.numbers import Numbers
from ocop.network.centres.services.centres import CentreParticulars, apply_centre, change_centre
from ocop.network.months import before, first_of
from ocop.network.villages import queries as villages
from ocop.people.scopes import READ_NETWORK, WRITE_NETWORK
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.products import queries as products

Json = dict[str, Any]
router = Router(tags=["network"])
_PLAIN = tuple(name for name in DesignCentreOut.model_fields if name != "commune_now")
_TEXTS = ("name", "operator", "address", "phone", "website", "summary")


@router.get(
    "/design-centres",
    response=Page[DesignCentreOut],
    operation_id="design_centres",
    summary=N_("Các trung tâm thiết kế sáng tạo"),
    openapi_extra=described(CentreFilter),
)
def centre_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Centres that were recognised, and applications that the caller made, keeps or oversees."""
    need_scope(request.actor, READ_NETWORK)
    since = before(first_of(timezone.localdate()), 11)
    rows = queries.for_lists(queries.visible_to(request.actor), since)
    return page(request, response, filtered(request, CentreFilter, rows), _centre)


@router.post(
    "/design-centres",
    response={201: DesignCentreDetailOut},
    operation_id="apply_design_centre",
    summary=N_("Đề nghị công nhận trung tâm thiết kế sáng tạo"),
)
def apply(request: ApiRequest, told: NewDesignCentreIn) -> Status[Json]:
    """Propose a centre: the office, the officer of its commune, or a producer for its own."""
    need_scope(request.actor, WRITE_NETWORK)
    maker = None
    if told.producer:
        maker = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    made = apply_centre(
        actor=request.actor,
        particulars=_particulars(told, CentreParticulars("", "", "")),
        told=numbers_in(told.numbers),
        producer=maker,
        at=timezone.now(),
    )
    return Status(201, whole(request, made))


@router.get(
    "/design-centres/{code}",
    response=DesignCentreDetailOut,
    operation_id="design_centre",
    summary=N_("Một trung tâm thiết kế sáng tạo"),
)
def design_centre(request: ApiRequest, code: str) -> Json:
    """One centre, with what it is tied to and how many came in the last months."""
    return whole(request, centre_of(request, code, READ_NETWORK))


@router.patch(
    "/design-centres/{code}",
    response=DesignCentreDetailOut,
    operation_id="change_design_centre",
    summary=N_("Sửa thông tin trung tâm thiết kế"),
)
def change(request: ApiRequest, code: str, told: DesignCentreChangeIn) -> Json:
    """Change what is known of a centre, and its numbers until the council has them."""
    found = centre_of(request, code, WRITE_NETWORK)
    place = None if found.lat is None or found.lon is None else Position(found.lat, found.lon)
    present = {name: getattr(found, name) for name in (*_TEXTS, "commune")}
    changed = change_centre(
        actor=request.actor,
        centre=found,
        particulars=_particulars(told, CentreParticulars(**present, position=place)),
        told=None if told.numbers is None else numbers_in(told.numbers),
        seen=told.seen,
        at=timezone.now(),
    )
    return whole(request, changed)


def centre_of(request: ApiRequest, code: str, scope: str) -> DesignCentre:
    """A centre that the caller may see; 404 for others."""
    need_scope(request.actor, scope)
    rows = queries.visible_to(request.actor).select_related("commune", "producer")
    found: DesignCentre = get_object_or_404(rows, code=code)
    return found


def numbers_in(told: CentreNumbersIn) -> Numbers:
    """The numbers of a call."""
    return Numbers(told.area, told.zones, told.goods, told.ocop, told.craft)


def whole(request: ApiRequest, centre: DesignCentre) -> Json:
    """A centre as it is now, with what the caller may see of it."""
    today = timezone.localdate()
    own, around = queries.tied(queries.ties_of(centre))
    inside = queries.inside_of(request.actor, today).filter(pk=centre.pk).exists()
    return _centre(centre) | {
        "products": _named(products.visible_to(request.actor), own),
        "villages": _named(villages.visible_to(request.actor), around),
        "visitors": [
            CentreVisitorsOut(month=row.month, visitors=row.visitors)
            for row in centre.months.all()[:12]
        ],
        "photos": [
            CentrePhotoOut(
                key=row.pk,
                caption=row.caption,
                address=reverse("centre_photo", args=[centre.code, row.pk]),
            )
            for row in centre.photos.all()
        ],
        "inside": _inside(centre) if inside else None,
    }


def _named(seen: Any, rows: list[Any]) -> list[MakerOut]:
    found = seen.filter(pk__in=[row.pk for row in rows]).order_by("folded", "pk")
    return [MakerOut(code=row.code, name=row.name) for row in found]


def _inside(centre: DesignCentre) -> CentreInsideOut:
    due = queries.due_of(centre)
    return CentreInsideOut(
        assessments=[_assessment(row) for row in centre.assessments.select_related("case")],
        visits=[
            CentreVisitOut(
                code=row.code,
                visited_on=row.visited_on,
                numbers=_numbers(row),
                passed=row.passed,
                note=row.note,
            )
            for row in centre.visits.all()
        ],
        keepers=[
            CentreKeeperOut(
                key=row.pk, name=row.user.name, starts_on=row.starts_on, ends_on=row.ends_on
            )
            for row in centre.keepers.select_related("user").order_by("pk")
        ],
        months=[
            CentreMonthOut(month=row.month, visitors=row.visitors, income=row.income)
            for row in centre.months.all()
        ],
        awaited=queries.awaited(centre, timezone.localdate()),
        visit_due_on=due.visit_on if due else None,
        assessment_due_on=due.again_on if due else None,
        mark=editing.mark(centre),
    )


def _assessment(row: CentreAssessment) -> CentreAssessmentOut:
    found, held = queries.outcome_of(row), sheet.keyed(row.sheet)
    return CentreAssessmentOut(
        code=row.code,
        round=row.round,
        state=row.state,
        document=held.document if held else "",
        opened_on=row.opened_on,
        numbers=_numbers(row),
        conditions=[
            CentreConditionOut(
                condition=each.condition.value,
                met=each.met,
                told=None if each.told is None else float(each.told),
                needed=None if each.needed is None else float(each.needed),
            )
            for each in queries.answers_of(row, row.sheet)
        ],
        mean=None if found.mean is None else float(found.mean),
        passed=found.passed,
        number=row.number,
        signed_on=row.signed_on,
        authority=row.authority,
        answer=row.answer,
    )


def _numbers(row: CentreNumbers) -> CentreNumbersOut:
    told = queries.numbers_of(row)
    return CentreNumbersOut(
        area=None if told.area is None else float(told.area),
        zones={key: float(area) for key, area in told.zones.items()},
        goods=told.goods,
        ocop=told.ocop,
        craft=told.craft,
    )


def _centre(row: DesignCentre) -> Json:
    return {name: getattr(row, name) for name in _PLAIN} | {"commune_now": place_out(row.commune)}


def _particulars(told: DesignCentreIn, present: CentreParticulars) -> CentreParticulars:
    """The facts of a centre with what a call says. Refused: half a position, an unknown unit."""
    given = told.model_fields_set
    texts = {name: getattr(told if name in given else present, name) or "" for name in _TEXTS}
    commune = _unit(told.commune) if "commune" in given else present.commune
    position = present.position
    if given & {"lat", "lon"}:
        if (told.lat is None) != (told.lon is None):
            message = _("Hãy gửi cả vĩ độ và kinh độ, hoặc bỏ cả hai.")
            raise Refused("position", message, fields={"lat": [message]})
        known = told.lat is not None and told.lon is not None
        position = Position(told.lat or 0.0, told.lon or 0.0) if known else None
    return CentreParticulars(**texts, commune=commune, position=position)


def _unit(code: str | None) -> Unit | None:
    found = places.by_key(code) if code else None
    if code and found is None:
        message = _("Không có đơn vị hành chính nào mang mã này.")
        raise Refused("commune_unknown", message, fields={"commune": [message]})
    return found
