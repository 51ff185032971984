"""One post-check: its page, its steps, its photographs, and the form of the field."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core import events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.fieldwork import MOST_PHOTOS
from ocop.core.refusals import NotAllowed, Refused
from ocop.recognition.postcheck import lifecycle, papers, queries, rules
from ocop.recognition.postcheck.models import CheckResult, CheckState, PostCheck, PostCheckPhoto
from ocop.recognition.postcheck.services import checking
from ocop.web import offline
from ocop.web.files import send
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.office.dossiers.barring import why_not
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.dossiers.visits import KEPT, visit_words
from ocop.web.office.guard import office
from ocop.web.office.postcheck import looks, steps
from ocop.web.office.postcheck.forms import RecordForm
from ocop.web.requests import SignedInRequest


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """A visit: when, who, what was found, what follows."""
    found = _found_or_404(request.actor, code)
    actor = request.actor
    waits = found.state == CheckState.PLANNED
    ground = found.result == CheckResult.GROUND and found.state == CheckState.CLOSED
    context = {
        **reading(found),
        "steps": steps.steps_for(actor, found, steps.CHECK),
        "may_record": waits and (actor.is_system or rules.may_record(actor, found)),
        "may_open": ground and rules.may_handle_cases(actor) and not found.cases.exists(),
        "cases": queries.cases_visible_to(actor).filter(postcheck=found),
        "complaints": queries.complaints_visible_to(actor).filter(postcheck=found),
        "papers": papers.of_check(actor, found),
        "events": told(events.activity(found)[:50]),
        "sees_all": rules.may_see_complaints(actor),
    }
    return render(request, "office/postcheck/check.html", context)


def reading(check: PostCheck) -> dict[str, Any]:
    """What the pages of the office and of the producer show of a visit."""
    names = {c.code: c for c in papers.criteria_of(check)}
    findings = [
        (row, names[row.criterion].name if row.criterion in names else "", looks.held_tag(row.held))
        for row in check.findings.all()
    ]
    return {
        "check": check,
        "state": looks.state_tag(lifecycle.CHECK, check.state),
        "findings": findings,
        "unseen": max(0, len(names) - sum(row.held != "unseen" for row, _n, _t in findings)),
        "mark": looks.held_tag(check.mark),
        "advertising": looks.held_tag(check.advertising),
        "result": looks.result_tag(check.result),
        "proposal": looks.result_tag(check.proposal),
        "photos": list(check.photos.all()),
    }


@office
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """A step of a visit."""
    found = _found_or_404(request.actor, code)
    return steps.step_page(request, found, steps.CHECK, step, found.recognition.product.name)


@office
def photo(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a visit."""
    seen = queries.visible_to(request.actor).filter(code=code)
    rows = PostCheckPhoto.objects.filter(postcheck__in=seen.values("pk"))
    found = get_object_or_404(rows.select_related("attachment"), pk=pk)
    return send(found.attachment, f"kiem-tra-{found.pk}")


@office
def record(request: SignedInRequest, code: str) -> HttpResponse:
    """Write down a visit; a form that works without a script and without a network."""
    found = _found_or_404(request.actor, code)
    require(request.actor, rules.may_record, found)
    initial = {"client_id": uuid.uuid4(), "visited_at": timezone.localtime()}
    form = RecordForm(found, posted(request), request.FILES or None, initial=initial)
    if sent(request, form):
        kept = act(form, _keep, actor=request.actor, check=found, filled=form, at=timezone.now())
        if kept:
            messages.success(request, _("Đã lưu biên bản kiểm tra."))
            return redirect("office:postcheck", code)
    context = {
        "form": form,
        "closed": why_not(lifecycle.target, lifecycle.CHECK, "record", found.state),
        "check": found,
        "send_address": reverse("office:postcheck_send", args=[code]),
        "worker_address": reverse("office:postcheck_worker"),
        "most": MOST_PHOTOS,
        "words": visit_words() | {"empty": _("Hãy ghi nhận xét và chọn kết quả, kiến nghị.")},
    }
    return render(request, "office/postcheck/record.html", context)


@office
@require_POST
def record_send(request: SignedInRequest, code: str) -> JsonResponse:
    """What the phone kept, sent by itself: 200 kept, 409 refused for good, with the words."""
    try:
        found = _found_or_404(request.actor, code)
        require(request.actor, rules.may_record, found)
    except (Http404, NotAllowed) as error:
        words = _("Bạn không còn được giao lần kiểm tra này. Hãy báo Văn phòng giao lại.")
        return JsonResponse({"message": words}, status=404 if isinstance(error, Http404) else 403)
    form = RecordForm(found, request.POST, request.FILES)
    if not form.is_valid():
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"message": " ".join(wrong)}, status=409)
    try:
        kept = _keep(actor=request.actor, check=found, filled=form, at=timezone.now())
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    return JsonResponse({"visit": kept.code})


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form of the field without a network."""
    return offline.worker(request, kept=KEPT, pages=r"\/ghi-kiem-tra\/$")


@transaction.atomic
def _keep(*, actor: Actor, check: PostCheck, filled: RecordForm, at: datetime) -> PostCheck:
    """The minutes with their photographs, or nothing of them; kept once however often sent."""
    told = filled.cleaned_data
    kept = checking.record_check(
        actor=actor, check=check, client_id=told["client_id"], minutes=filled.minutes(), at=at
    )
    if kept.state == CheckState.RECORDED:  # sent again after the conclusion: all is kept already
        for upload in told["photos"]:
            checking.add_check_photo(
                actor=actor, check=kept, content=upload.read(), filename=upload.name, at=at
            )
    return kept


def _found_or_404(actor: Actor, code: str) -> PostCheck:
    """A visit the actor may see on the office's face: a producer reads it on the own one."""
    if not (actor.is_system or rules.may_see_checks(actor)):
        raise Http404
    rows = queries.for_lists(queries.visible_to(actor)).prefetch_related("findings", "photos")
    found: PostCheck = get_object_or_404(rows, code=code)
    return found
