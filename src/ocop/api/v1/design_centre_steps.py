"""What is done with a centre: visits, the council, decisions, ties, months, keepers, its end."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Status
from ninja.files import UploadedFile

from ocop.api.requests import ApiRequest
from ocop.api.v1.design_centre_shapes import (
    CentreDecisionIn,
    CentreEndIn,
    CentreMonthIn,
    CentreNumbersIn,
    CentreSittingIn,
    CentreTiesIn,
    CentreVisitIn,
    DesignCentreDetailOut,
)
from ocop.api.v1.design_centres import Json, centre_of, numbers_in, router, whole
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.sales_point_shapes import KeeperIn
from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.network.centres import queries, rules
from ocop.network.centres.models import CentreAssessment
from ocop.network.centres.services import assessing, centres, keeping, photos
from ocop.network.villages import queries as villages
from ocop.people.scopes import WRITE_NETWORK
from ocop.products import queries as products


def _acted(request: ApiRequest, code: str, service: Callable[..., object], **told: Any) -> Json:
    found = centre_of(request, code, WRITE_NETWORK)
    service(actor=request.actor, centre=found, at=timezone.now(), **told)
    return whole(request, found)


def _decided(request: ApiRequest, code: str, service: Callable[..., object], **told: Any) -> Json:
    """The same of its assessment under way, by the office."""
    assessment = _under_way(request, code)
    service(actor=request.actor, assessment=assessment, at=timezone.now(), **told)
    return whole(request, centre_of(request, code, WRITE_NETWORK))


def _under_way(request: ApiRequest, code: str) -> CentreAssessment:
    found = centre_of(request, code, WRITE_NETWORK)
    require(request.actor, rules.may_decide)
    assessment = queries.open_assessment(found)
    if assessment is None:
        raise Refused("centre_no_assessment", _("Trung tâm này không có lần đánh giá nào đang mở."))
    return assessment


def _step(path: str, name: str, words: str) -> Callable[[Callable[..., Json]], Callable[..., Json]]:
    """An act on a centre: it answers with the centre as it is then."""
    address = f"/design-centres/{{code}}/{path}"
    return router.post(address, response=DesignCentreDetailOut, operation_id=name, summary=words)


@_step("visits", "visit_design_centre", N_("Ghi kiểm tra trung tâm thiết kế"))
def visit(request: ApiRequest, code: str, told: CentreVisitIn) -> Json:
    """A visit with what was measured; it passes when every condition of the sheet is met."""
    measured = {"measured": numbers_in(told.numbers), "visited_on": told.visited_on}
    return _acted(request, code, centres.visit_centre, note=told.note, **measured)


@_step("agenda", "send_design_centre", N_("Đưa trung tâm thiết kế ra hội đồng"))
def send(request: ApiRequest, code: str, told: CentreSittingIn) -> Json:
    """Put a centre on the agenda of a sitting to come; every condition must be met."""
    _under_way(request, code)
    sitting = queries.sittings_ahead().filter(code=told.sitting).first()
    if sitting is None:
        message = _("Không có phiên họp sắp tới nào mang mã này.")
        raise Refused("centre_sitting", message, fields={"sitting": [message]})
    return _decided(request, code, assessing.send_centre, sitting=sitting)


@_step("recognition", "recognise_design_centre", N_("Ghi quyết định công nhận trung tâm thiết kế"))
def recognise(request: ApiRequest, code: str, told: CentreDecisionIn) -> Json:
    """Enter the decision on a centre that the council passed and a visit measured."""
    return _decided(request, code, assessing.recognise_centre, **told.model_dump())


@_step("refusal", "refuse_design_centre", N_("Không công nhận trung tâm thiết kế"))
def refuse(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Answer an application with no; who applied reads the reason."""
    return _decided(request, code, assessing.refuse_centre, reason=told.reason)


@_step("assessments", "reassess_design_centre", N_("Mở đánh giá lại trung tâm thiết kế"))
def reassess(request: ApiRequest, code: str, told: CentreNumbersIn) -> Json:
    """Begin to assess a recognised centre anew; it keeps its recognition meanwhile."""
    return _acted(request, code, assessing.reassess_centre, told=numbers_in(told))


@_step("ending", "end_design_centre", N_("Ghi thôi công nhận trung tâm thiết kế"))
def end(request: ApiRequest, code: str, told: CentreEndIn) -> Json:
    """Enter the decision that ends the recognition of a centre."""
    return _acted(request, code, centres.end_centre, **told.model_dump())


@_step("ties", "tie_design_centre", N_("Ghi sản phẩm, làng nghề gắn với trung tâm"))
def tie(request: ApiRequest, code: str, told: CentreTiesIn) -> Json:
    """Say to which products of community tourism and villages a centre is tied."""
    given = {
        "products": _all(products.visible_to(request.actor), told.products, "products"),
        "villages": _all(villages.visible_to(request.actor), told.villages, "villages"),
    }
    return _acted(request, code, centres.set_centre_ties, **given)


@_step("months", "tell_design_centre_month", N_("Ghi khách và doanh thu tháng của trung tâm"))
def month(request: ApiRequest, code: str, told: CentreMonthIn) -> Json:
    """Tell visitors and income of a month, in the place of what was told of it before."""
    return _acted(request, code, keeping.tell_centre_month, **told.model_dump())


@_step("keepers", "appoint_centre_keeper", N_("Giao người phụ trách trung tâm thiết kế"))
def appoint(request: ApiRequest, code: str, told: KeeperIn) -> Json:
    """Let a person keep a centre, from today."""
    return _acted(request, code, keeping.appoint_centre_keeper, login=told.login)


@_step("keepers/{key}/end", "end_centre_keeper", N_("Thôi giao người phụ trách trung tâm thiết kế"))
def end_keeper(request: ApiRequest, code: str, key: int, told: ReasonIn) -> Json:
    """End that a person keeps a centre, from today."""
    found = centre_of(request, code, WRITE_NETWORK)
    inside = queries.inside_of(request.actor, timezone.localdate())
    found = get_object_or_404(inside, pk=found.pk)
    keeping.end_centre_keeper(
        actor=request.actor,
        keeper=get_object_or_404(found.keepers.select_related("centre", "user"), pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return whole(request, found)


@router.post(
    "/design-centres/{code}/photos",
    response={201: DesignCentreDetailOut},
    operation_id="add_design_centre_photo",
    summary=N_("Thêm ảnh trung tâm thiết kế"),
)
def add_photo(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    caption: Annotated[str, Form()],
) -> Status[Json]:
    """A photograph for the public page of a centre."""
    content, name = file.read(), file.name or ""
    told = {"content": content, "filename": name, "caption": caption}
    return Status(201, _acted(request, code, photos.add_centre_photo, **told))


@_step("photos/{key}/removal", "remove_design_centre_photo", N_("Bỏ ảnh trung tâm thiết kế"))
def remove_photo(request: ApiRequest, code: str, key: int, told: ReasonIn) -> Json:
    """Take a photograph off the public page."""
    found = centre_of(request, code, WRITE_NETWORK)
    photos.remove_centre_photo(
        actor=request.actor,
        photo=get_object_or_404(found.photos.select_related("centre"), pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return whole(request, found)


def _all(rows: Any, codes: Sequence[str], field: str) -> list[Any]:
    """The rows of these codes, in their order. Refused: a code of none."""
    found = {row.code: row for row in rows.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            message = _("Không tìm thấy “%s”. Hãy ghi đúng tên hoặc mã.") % code
            raise Refused(f"centre_{field}", message, fields={field: [message]})
    return [found[code] for code in codes]
