"""The papers of dossiers, sittings and cases: those that their pages offer, and the files."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import find_item, find_sitting
from ocop.core.official import shelf
from ocop.core.official.shelf import Paper
from ocop.councils.papers import shelf as cases
from ocop.dossiers.papers import shelf as papers
from ocop.dossiers.queries import dossiers
from ocop.people.scopes import READ_COUNCILS, READ_DOSSIERS

router = Router(tags=["papers"])
Json = dict[str, Any]


class PaperOut(Schema):
    """A paper that the caller may take: `key` and one of `kinds` stand in its address."""

    key: str
    title: str
    kinds: list[str]


def _of_dossier(request: ApiRequest, code: str) -> Sequence[Paper]:
    need_scope(request.actor, READ_DOSSIERS)
    today = timezone.localdate()
    rows = dossiers.for_papers(dossiers.visible_to(request.actor, today))
    return papers.of_dossier(request.actor, get_object_or_404(rows, code=code), on=today)


def _of_sitting(request: ApiRequest, code: str) -> Sequence[Paper]:
    need_scope(request.actor, READ_COUNCILS)
    held = find_sitting(request, code)
    return papers.of_sitting(request.actor, held, on=timezone.localdate())


def _of_item(request: ApiRequest, code: str) -> Sequence[Paper]:
    need_scope(request.actor, READ_COUNCILS)
    return cases.of_item(request.actor, find_item(request, code))


def _told(found: Sequence[Paper]) -> list[Json]:
    return [{"key": p.key, "title": p.title, "kinds": list(p.kinds)} for p in found]


def _file(found: Sequence[Paper], key: str, kind: str) -> HttpResponse:
    file = shelf.take(found, key, kind)
    if file is None:
        raise Http404
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@router.get(
    "/dossiers/{code}/papers",
    response=list[PaperOut],
    operation_id="dossier_papers",
    summary="Văn bản của hồ sơ",
)
def dossier_papers(request: ApiRequest, code: str) -> list[Json]:
    """Forms 01 to 03, notices, and the dossier whole, as far as the caller may take them."""
    return _told(_of_dossier(request, code))


@router.get(
    "/dossiers/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="dossier_paper",
    summary="Tệp văn bản của hồ sơ",
)
def dossier_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A paper of a dossier as PDF, DOCX or ZIP."""
    return _file(_of_dossier(request, code), key, kind)


@router.get(
    "/sittings/{code}/papers",
    response=list[PaperOut],
    operation_id="sitting_papers",
    summary="Văn bản của phiên họp",
)
def sitting_papers(request: ApiRequest, code: str) -> list[Json]:
    """Invitation, blank sheets, summary, minutes, list for decision, all as one file."""
    return _told(_of_sitting(request, code))


@router.get(
    "/sittings/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="sitting_paper",
    summary="Tệp văn bản của phiên họp",
)
def sitting_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A paper of a sitting as PDF, DOCX or ZIP."""
    return _file(_of_sitting(request, code), key, kind)


@router.get(
    "/items/{code}/papers",
    response=list[PaperOut],
    operation_id="item_papers",
    summary="Phiếu chấm của hồ sơ trong phiên họp",
)
def item_papers(request: ApiRequest, code: str) -> list[Json]:
    """The own sheet and those that the caller may read; blind sheets are not among them."""
    return _told(_of_item(request, code))


@router.get(
    "/items/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="item_paper",
    summary="Tệp phiếu chấm",
)
def item_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A sheet as PDF or DOCX."""
    return _file(_of_item(request, code), key, kind)
