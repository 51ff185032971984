"""The papers of dossiers, sittings and cases: those that their pages offer, and the files."""

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.files import sent
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import find_item, find_sitting
from ocop.core.jobs.files import JobState, is_at_work
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.official import shelf
from ocop.core.official.shelf import Paper
from ocop.core.refusals import Refused
from ocop.councils.papers import shelf as cases
from ocop.dossiers import jobs
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made as reading
from ocop.dossiers.papers import shelf as papers
from ocop.dossiers.papers.made import Wish
from ocop.dossiers.queries import dossiers
from ocop.people.scopes import READ_COUNCILS, READ_DOSSIERS, READ_REGISTER
from ocop.recognition import deciding

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


def _wish(request: ApiRequest, code: str, key: str, kind: str) -> Wish:
    need_scope(request.actor, READ_COUNCILS)
    held = find_sitting(request, code)
    found = reading.wish(request.actor, held, key, kind, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _made(request: ApiRequest, code: str) -> MadePaper:
    found = reading.find(request.actor, code, on=timezone.localdate())
    of_register = found is not None and found.decision is not None
    need_scope(request.actor, READ_REGISTER if of_register else READ_COUNCILS)
    if found is None:
        raise Http404
    return found


def _sent(made: MadePaper) -> FileResponse:
    if not made.is_there:
        raise Http404
    return sent(made.file, made.name, shelf.MEDIA_TYPES[made.kind])


def _state(request: ApiRequest, made: MadePaper) -> Json:
    address = request.build_absolute_uri(f"/api/v1/made-papers/{made.code}")
    stopped = made.state == JobState.WORKING and not is_at_work(made, timezone.now())
    return {
        "code": made.code,
        "state": JobState.FAILED if stopped else made.state,
        "done": made.done,
        "pieces": made.pieces,
        "failure": made.failure,
        "address": address,
        "file": f"{address}/file" if made.state == JobState.READY else None,
    }


def _of_item(request: ApiRequest, code: str) -> Sequence[Paper]:
    need_scope(request.actor, READ_COUNCILS)
    return cases.of_item(request.actor, find_item(request, code))


class MadePaperOut(Schema):
    """A paper that a job makes: `state` is waiting, working, ready (take `file`) or failed
    (`failure` says why; ask again). Of `pieces` so many are `done`."""

    code: str
    state: str
    done: int
    pieces: int
    failure: str
    address: str
    file: str | None


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
    summary=N_("Văn bản của hồ sơ"),
)
def dossier_papers(request: ApiRequest, code: str) -> list[Json]:
    """Forms 01 to 03, notices, and the dossier whole, as far as the caller may take them."""
    return _told(_of_dossier(request, code))


@router.get(
    "/dossiers/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="dossier_paper",
    summary=N_("Tệp văn bản của hồ sơ"),
)
def dossier_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A paper of a dossier as PDF, DOCX or ZIP."""
    return _file(_of_dossier(request, code), key, kind)


@router.get(
    "/sittings/{code}/papers",
    response=list[PaperOut],
    operation_id="sitting_papers",
    summary=N_("Văn bản của phiên họp"),
)
def sitting_papers(request: ApiRequest, code: str) -> list[Json]:
    """Invitation, blank sheets, summary, minutes, list for decision, all as one file."""
    return _told(_of_sitting(request, code))


@router.get(
    "/sittings/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="sitting_paper",
    summary=N_("Tệp văn bản của phiên họp"),
)
def sitting_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponseBase:
    """A paper of a sitting as PDF, DOCX or ZIP. A large one is refused (`paper_large`) until it
    has been made: ask for it by POST to the same address."""
    wanted = _wish(request, code, key, kind)
    if not wanted.paper.is_large:
        return _file([wanted.paper], key, kind)
    found = reading.current(wanted)
    if found is not None and found.state == JobState.READY:
        return _sent(found)
    raise Refused(
        "paper_large",
        _("Văn bản này lớn nên được tạo riêng. Hãy gửi POST đến cùng địa chỉ rồi tải khi xong."),
    )


@router.post(
    "/sittings/{code}/papers/{key}/{kind}",
    response={202: MadePaperOut},
    operation_id="make_sitting_paper",
    summary=N_("Yêu cầu tạo văn bản lớn của phiên họp"),
)
def make_sitting_paper(
    request: ApiRequest, response: HttpResponse, code: str, key: str, kind: str
) -> Status[Json]:
    """Let a paper be made in the background. `Location` is the address to ask how far it is. The
    same unchanged paper is made once; the file is kept seven days."""
    held = _wish(request, code, key, kind).held
    at = timezone.now()
    made = jobs.ask_paper(actor=request.actor, held=held, key=key, kind=kind, at=at)
    told = _state(request, made)
    response["Location"] = told["address"]
    return Status(202, told)


@router.post(
    "/decisions/{key}/certificates/file",
    response={202: MadePaperOut},
    operation_id="make_certificates",
    summary=N_("Yêu cầu tạo tệp giấy chứng nhận của quyết định"),
)
def make_certificates(request: ApiRequest, response: HttpResponse, key: int) -> Status[Json]:
    """Let all certificates of a decision be made as one PDF/A in the background. `Location` is the
    address to ask how far it is; the file is kept seven days."""
    need_scope(request.actor, READ_REGISTER)
    rows = deciding.decisions_visible_to(request.actor)
    decision = get_object_or_404(rows, pk=key)
    made = jobs.ask_certificates(actor=request.actor, decision=decision, at=timezone.now())
    told = _state(request, made)
    response["Location"] = told["address"]
    return Status(202, told)


@router.get(
    "/made-papers/{code}",
    response=MadePaperOut,
    operation_id="made_paper",
    summary=N_("Tiến độ tạo văn bản"),
)
def made_paper(request: ApiRequest, code: str) -> Json:
    """How far a paper is that was asked for. Not found for who may not read all that is in it."""
    return _state(request, _made(request, code))


@router.get(
    "/made-papers/{code}/file",
    response={200: bytes},
    operation_id="made_paper_file",
    summary=N_("Tệp văn bản đã tạo"),
)
def made_paper_file(request: ApiRequest, code: str) -> FileResponse:
    """The file, once its state is ready."""
    return _sent(_made(request, code))


@router.get(
    "/items/{code}/papers",
    response=list[PaperOut],
    operation_id="item_papers",
    summary=N_("Phiếu chấm của hồ sơ trong phiên họp"),
)
def item_papers(request: ApiRequest, code: str) -> list[Json]:
    """The own sheet and those that the caller may read; blind sheets are not among them."""
    return _told(_of_item(request, code))


@router.get(
    "/items/{code}/papers/{key}/{kind}",
    response={200: bytes},
    operation_id="item_paper",
    summary=N_("Tệp phiếu chấm"),
)
def item_paper(request: ApiRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A sheet as PDF or DOCX."""
    return _file(_of_item(request, code), key, kind)
