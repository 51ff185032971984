"""Large papers: ask for one, see how far it is, take it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ocop.core.actions import require
from ocop.core.jobs.files import JobState, is_at_work
from ocop.core.official import shelf
from ocop.councils.queries import sittings as queries
from ocop.dossiers import jobs
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made as reading
from ocop.recognition import deciding
from ocop.recognition import rules as recognition_rules
from ocop.web import jobs as pages
from ocop.web.requests import SignedInRequest


@login_required
def make(request: SignedInRequest, code: str, key: str, kind: str) -> HttpResponse:
    """Ask for a paper of a sitting to be made; what is there or being made is shown at once."""
    held = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    now = timezone.now()
    wanted = reading.wish(request.actor, held, key, kind, on=timezone.localdate(now))
    if wanted is None:
        raise Http404
    if request.method == "POST":
        asked = jobs.ask_paper(actor=request.actor, held=held, key=key, kind=kind, at=now)
        return redirect("papers:made", asked.code)
    found = reading.current(wanted)
    if found and (found.state == JobState.READY or is_at_work(found, now)):
        return redirect("papers:made", found.code)
    context = {
        "sitting": held,
        "paper": wanted.paper,
        "kind": kind,
        "pieces": wanted.paper.pieces(),
        "before": reading.before(wanted),
    }
    return render(request, "papers/make.html", context)


@login_required
def make_certificates(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for all certificates of a decision; what is there or being made is shown at once."""
    require(request.actor, recognition_rules.may_see_certificates)
    decision = get_object_or_404(deciding.decisions_visible_to(request.actor), pk=pk)
    now = timezone.now()
    wanted = reading.print_wish(request.actor, decision, on=timezone.localdate(now))
    if wanted is None:
        raise Http404
    if request.method == "POST":
        asked = jobs.ask_certificates(actor=request.actor, decision=decision, at=now)
        return redirect("papers:made", asked.code)
    found = reading.current(wanted)
    if found and (found.state == JobState.READY or is_at_work(found, now)):
        return redirect("papers:made", found.code)
    context = {
        "decision": decision,
        "paper": wanted.paper,
        "kind": wanted.kind,
        "pieces": wanted.paper.pieces(),
        "before": reading.before(wanted),
    }
    return render(request, "papers/make.html", context)


@login_required
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is; then the file, or why there is none."""
    made = _find(request, code)
    at_work = is_at_work(made, timezone.now())
    context = {"made": made, "at_work": at_work, "title": _title(request, made)}
    return render(request, "papers/made.html", context)


@login_required
def progress(request: SignedInRequest, code: str) -> HttpResponse:
    """How far the worker is; when it is done, the page comes anew."""
    made = _find(request, code, file=False)
    return pages.progress(request, made, "papers/progress.html")


@login_required
def file(request: SignedInRequest, code: str) -> FileResponse:
    """The file, for who may read now all that stands in it."""
    return send(_find(request, code))


def send(made: MadePaper) -> FileResponse:
    """A made file under its name, never kept by shared caches."""
    return pages.send(made, shelf.MEDIA_TYPES, shown=made.kind == "pdf")


def _find(request: SignedInRequest, code: str, *, file: bool = True) -> MadePaper:
    found = reading.find(request.actor, code, on=timezone.localdate(), file=file)
    if found is None:
        raise Http404
    return found


def _title(request: SignedInRequest, made: MadePaper) -> str:
    on = timezone.localdate()
    wanted = reading.wish_of(request.actor, made, on=on)
    return wanted.paper.title if wanted else made.name
