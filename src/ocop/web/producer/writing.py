"""Filling in a dossier, one thing per page; every change is saved by itself where scripts run."""

import json
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.language import gettext
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria import queries as criteria
from ocop.dossiers import completeness, forms, lifecycle
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries import evidence as library
from ocop.dossiers.queries import filing
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as services
from ocop.web.forms import refuse
from ocop.web.producer import clashes, reading
from ocop.web.producer.forms import (
    AnswersForm,
    AttachForm,
    CriterionForm,
    GatesForm,
    PartForm,
)
from ocop.web.producer.guard import own_dossier, producer
from ocop.web.requests import SignedInRequest
from ocop.web.vietnamese import vietnamese

PARTS = ("answers", "marks", "gates", "claims")


@producer
def page(request: SignedInRequest, code: str, page: str) -> HttpResponse:
    """One page of Forms 01 and 02."""
    dossier = own_dossier(request, code)
    pages = {p.key: p for p in forms.pages_for(dossier.kind, dossier.version.sector)}
    if page not in pages:
        raise Http404
    shown = pages[page]
    form = AnswersForm(request.POST or None, page=shown, dossier=dossier)
    return _written(
        request,
        dossier,
        form,
        reverse("producer_page", args=(code, page)),
        {
            "part": page,
            "title": gettext(shown.title),
            "lead": gettext(shown.lead),
            "eyebrow": _("Mẫu %s") % shown.form,
        },
    )


@producer
def gates(request: SignedInRequest, code: str) -> HttpResponse:
    """The conditions of the whole set."""
    dossier = own_dossier(request, code)
    asked = completeness.questions(criteria.set_of(dossier.version))
    form = GatesForm(
        request.POST or None, gates=[g for g in asked if not g.criterion], dossier=dossier
    )
    context = {
        "part": completeness.GATES_PAGE,
        "title": _("Điều kiện chung"),
        "lead": _("Hồ sơ có trường hợp nào dưới đây không? Có một trường hợp thì không xếp hạng."),
        "eyebrow": _("Mẫu %s") % "02",
    }
    return _written(request, dossier, form, reverse("producer_gates", args=(code,)), context)


@producer
def criterion(request: SignedInRequest, code: str, criterion: str) -> HttpResponse:
    """One criterion: level, conditions, words, and the evidence for it."""
    dossier = own_dossier(request, code)
    worded = criteria.worded(dossier.version)
    found = worded.criteria_set.by_code.get(criterion)
    if found is None:
        raise Http404
    form = CriterionForm(
        request.POST or None,
        criterion=found,
        words=worded.words,
        dossier=dossier,
        last=filing.last_marks(dossier).get(criterion),
    )
    uses = [use for use in filing.uses_of(dossier) if use.criterion == criterion]
    rows = library.usable_in(request.actor, dossier.product.producer_id, timezone.localdate())
    used = {use.evidence_id for use in uses}
    section = next(s for s in worded.criteria_set.sections if s.code == found.section)
    context = {
        "part": section.code,
        "title": format_html("{} {}", found.code, vietnamese(found.name)),
        "lead": vietnamese(found.hint),
        "eyebrow": format_html(
            _("Mẫu 02 · Phần {code}. {name}"), code=section.code, name=vietnamese(section.name)
        ),
        "criterion": found,
        "uses": uses,
        "line": filing.completeness_of(dossier, timezone.localdate()).line(criterion),
        "needs_paper": completeness.needs_paper(worded.criteria_set, criterion),
        "attach": AttachForm(rows=[r for r in rows if r.pk not in used], topic=found.topic),
        "attachable": _takes_evidence(dossier),
    }
    address = reverse("producer_criterion", args=(code, criterion))
    return _written(request, dossier, form, address, context)


def _takes_evidence(dossier: Dossier) -> bool:
    try:
        services.needs_open(dossier)
    except Refused:
        return False
    return True


def _written(
    request: SignedInRequest,
    dossier: Dossier,
    form: PartForm,
    address: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Save a page that was sent and lead on, or show it."""
    before, after, place, count = reading.around(dossier, address)
    both: clashes.Clashes | None = None
    if form.is_valid():
        saved, both = _saved(request, dossier, form)
        if saved:
            if "stay" in request.POST or not after:
                return redirect("producer_dossier", dossier.code)
            return redirect(after)
    context |= {
        "form": form,
        "both": both,
        "before": before,
        "after": after,
        "place": place,
        "count": count,
        "writable": dossier.state in lifecycle.WRITABLE,
        "filed": dossier.state in lifecycle.FILED,
        "address": address,
        **reading.panel(dossier, timezone.localdate()),
    }
    return render(request, "producer/writing.html", context)


def _saved(
    request: SignedInRequest, dossier: Dossier, form: PartForm
) -> tuple[bool, clashes.Clashes | None]:
    """Save a form; where somebody wrote the same meanwhile, what both wrote."""
    revision, changes = clashes.chosen(request.POST, form.base_revision, form.changes())
    try:
        drafting.save_answers(
            actor=request.actor, dossier=dossier, revision=revision, at=timezone.now(), **changes
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        if refusal.code == clashes.CODE:
            return False, clashes.found(dossier, revision, changes, refusal)
        refuse(form, refusal)
        return False, None
    return True, None


@require_POST
@producer
def save(request: SignedInRequest, code: str) -> JsonResponse:
    """Save changed fields sent by the script: JSON of `revision` and parts. Answers with the new
    revision and the panel of the score, or with why it was refused."""
    dossier = own_dossier(request, code)
    try:
        told = json.loads(request.body)
        revision = told["revision"]
        parts = {part: dict(told.get(part) or {}) for part in PARTS}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _refused(Refused("json", _("Không đọc được dữ liệu. Hãy tải lại trang.")), dossier)
    if type(revision) is not int:
        return _refused(Refused("json", _("Không đọc được dữ liệu. Hãy tải lại trang.")), dossier)
    try:
        drafting.save_answers(
            actor=request.actor, dossier=dossier, revision=revision, at=timezone.now(), **parts
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        if refusal.code != clashes.CODE:
            return _refused(refusal, dossier)
        both = clashes.found(dossier, revision, parts, refusal)
        html = render_to_string("producer/clash.html", {"both": both}, request)
        return _refused(refusal, dossier, clash=html, theirs=both.values)
    others = clashes.of_others(dossier, revision, parts)
    panel = reading.panel(dossier, timezone.localdate())
    return JsonResponse(
        {
            "revision": dossier.revision,
            "others": others,
            "panel": render_to_string("producer/panel.html", panel, request),
            "brief": render_to_string("producer/brief.html", panel, request),
        }
    )


def _refused(refusal: Refused, dossier: Dossier, **more: Any) -> JsonResponse:
    return JsonResponse(
        {
            "code": refusal.code,
            "message": refusal.message,
            "fields": refusal.fields,
            "revision": dossier.revision,
            **more,
        },
        status=409,
    )


@require_POST
@producer
def attach(request: SignedInRequest, code: str, criterion: str) -> HttpResponse:
    """Name a document of the library for a criterion."""
    dossier = own_dossier(request, code)
    row = _usable(request, dossier, request.POST.get("evidence", ""))
    services.use_evidence(
        actor=request.actor,
        dossier=dossier,
        evidence=row,
        criterion=criterion,
        note=request.POST.get("note", ""),
        at=timezone.now(),
    )
    return redirect(_evidence_part(code, criterion))


@require_POST
@producer
def detach(request: SignedInRequest, code: str, criterion: str) -> HttpResponse:
    """Take a document off a criterion."""
    dossier = own_dossier(request, code)
    evidence = get_object_or_404(
        Evidence.objects.filter(uses__dossier=dossier, uses__criterion=criterion),
        code=request.POST.get("evidence", ""),
    )
    services.unuse_evidence(
        actor=request.actor,
        dossier=dossier,
        evidence=evidence,
        criterion=criterion,
        at=timezone.now(),
    )
    return redirect(_evidence_part(code, criterion))


def _usable(request: SignedInRequest, dossier: Dossier, code: str) -> Evidence:
    if not code:
        raise Refused("evidence_missing", _("Hãy chọn một minh chứng trong kho."))
    rows = library.usable_in(request.actor, dossier.product.producer_id, timezone.localdate())
    return get_object_or_404(rows, code=code)


def _evidence_part(code: str, criterion: str) -> str:
    return reverse("producer_criterion", args=(code, criterion)) + "#minh-chung"
