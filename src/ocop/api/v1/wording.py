"""Criteria sets beside the signed text: sign-off, and the official wording over our labels."""

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.criteria import SetOut, version_out
from ocop.core.filetypes import XLSX
from ocop.core.language import noop as N_
from ocop.criteria import queries, services
from ocop.criteria import wording as wordings
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.scopes import READ_CRITERIA, WRITE_CRITERIA

router = Router(tags=["criteria"])


class SignOffIn(JsonIn):
    """With which text the set was compared, as the signed PDF of a day."""

    note: str


class WordsOut(Schema):
    """The official words of a criterion or, where `option` counts from 1, of one of its levels."""

    criterion: str
    option: int | None
    text: str


class LoadedOut(Schema):
    """How many rows were loaded."""

    rows: int


def _find(request: ApiRequest, key: int) -> CriteriaSetVersion:
    found: CriteriaSetVersion = get_object_or_404(queries.visible_to(request.actor), pk=key)
    return found


@router.post(
    "/criteria-versions/{key}/sign-off",
    response=SetOut,
    operation_id="sign_off_criteria",
    summary=N_("Xác nhận đã đối chiếu"),
)
def sign_off(request: ApiRequest, key: int, told: SignOffIn) -> SetOut:
    """Say that a version was compared with the signed text."""
    need_scope(request.actor, WRITE_CRITERIA)
    done = services.sign_off_set(
        actor=request.actor, version=_find(request, key), note=told.note, at=timezone.now()
    )
    return version_out(done)


@router.get(
    "/criteria-versions/{key}/wording",
    response=list[WordsOut],
    operation_id="criteria_wording",
    summary=N_("Lời văn chính thức"),
)
def words(request: ApiRequest, key: int) -> list[WordsOut]:
    """The official words that are loaded, in the order of the table; our labels stand elsewhere."""
    need_scope(request.actor, READ_CRITERIA)
    found = queries.worded(_find(request, key))
    places = (
        (criterion.code, option)
        for criterion in found.criteria_set.criteria
        for option in (None, *range(1, len(criterion.options) + 1))
    )
    return [
        WordsOut(criterion=code, option=option, text=found.words[code, option])
        for code, option in places
        if (code, option) in found.words
    ]


@router.post(
    "/criteria-versions/{key}/wording",
    response=LoadedOut,
    operation_id="load_wording",
    summary=N_("Nạp lời văn chính thức"),
)
def load(request: ApiRequest, key: int, file: Annotated[UploadedFile, File()]) -> LoadedOut:
    """Load a filled template (XLSX or CSV): all of its rows, or none. An empty cell leaves what is
    loaded, a dash takes it away. Words other than those compared with the signed text end the
    sign-off."""
    need_scope(request.actor, WRITE_CRITERIA)
    rows = services.load_wording(
        actor=request.actor,
        version=_find(request, key),
        content=file.read(),
        at=timezone.now(),
    )
    return LoadedOut(rows=rows)


@router.get(
    "/criteria-versions/{key}/wording/template",
    response={200: bytes},
    operation_id="wording_template",
    summary=N_("Mẫu lời văn để điền"),
)
def template(request: ApiRequest, key: int) -> HttpResponse:
    """The workbook to fill with the official words (XLSX)."""
    need_scope(request.actor, READ_CRITERIA)
    found = _find(request, key)
    response = HttpResponse(wordings.template(queries.set_of(found)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="loi-van-bo-{found.number:02d}.xlsx"'
    return response
