"""Corrected criteria sets: the file of a version, drafts loaded from one, publication."""

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.criteria import SetOut, version_out
from ocop.core.language import noop as N_
from ocop.criteria import files, queries, services
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.scopes import READ_CRITERIA, WRITE_CRITERIA

router = Router(tags=["criteria"])


def _find(request: ApiRequest, key: int) -> CriteriaSetVersion:
    found: CriteriaSetVersion = get_object_or_404(queries.visible_to(request.actor), pk=key)
    return found


@router.get(
    "/criteria-versions/{key}/file",
    response={200: bytes},
    operation_id="criteria_file",
    summary=N_("Tệp của một phiên bản bộ tiêu chí"),
)
def file(request: ApiRequest, key: int) -> HttpResponse:
    """The version as a file (YAML) to correct and load as a draft."""
    need_scope(request.actor, READ_CRITERIA)
    found = _find(request, key)
    response = HttpResponse(files.of_version(found), content_type="application/yaml")
    response["Content-Disposition"] = f'attachment; filename="{files.filename_of(found)}"'
    return response


@router.post(
    "/criteria-versions/{key}/drafts",
    response={201: SetOut},
    operation_id="draft_criteria",
    summary=N_("Nạp bản nháp bộ tiêu chí"),
)
def draft(request: ApiRequest, key: int, file: Annotated[UploadedFile, File()]) -> Status[SetOut]:
    """Load a corrected file as a draft of the same set, in place of a draft that waits. Its
    difference and the stars it would change are read as of any version."""
    need_scope(request.actor, WRITE_CRITERIA)
    made = services.draft_set(
        actor=request.actor,
        since=_find(request, key),
        content=file.read(),
        at=timezone.now(),
    )
    return Status(201, version_out(made))


@router.post(
    "/criteria-versions/{key}/publish",
    response=SetOut,
    operation_id="publish_criteria",
    summary=N_("Công bố bản nháp bộ tiêu chí"),
)
def publish(request: ApiRequest, key: int) -> SetOut:
    """Put a draft into force as the newest version. Dossiers that are open keep theirs."""
    need_scope(request.actor, WRITE_CRITERIA)
    version = _find(request, key)
    done = services.publish_set(actor=request.actor, version=version, at=timezone.now())
    return version_out(done)


@router.delete(
    "/criteria-versions/{key}",
    response={204: None},
    operation_id="discard_criteria",
    summary=N_("Bỏ bản nháp bộ tiêu chí"),
)
def discard(request: ApiRequest, key: int) -> Status[None]:
    """Drop a draft. A published version stays."""
    need_scope(request.actor, WRITE_CRITERIA)
    services.discard_draft(actor=request.actor, version=_find(request, key), at=timezone.now())
    return Status(204, None)
