"""One complaint, one revocation case: their pages and steps."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.recognition import queries as register
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck import lifecycle, papers, queries, rules
from ocop.recognition.postcheck.models import Complaint, PostCheck, RevocationCase
from ocop.recognition.postcheck.services import revoking
from ocop.recognition.standing import ruling_of
from ocop.web.files import content_of, send
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.guard import office
from ocop.web.office.postcheck import forms, looks, steps
from ocop.web.requests import SignedInRequest

_FILES = {"ket-luan": "conclusion_file", "quyet-dinh": "decision_file"}


@office
def complaint(request: SignedInRequest, number: str) -> HttpResponse:
    """What was reported, how long there is to answer, and what was done."""
    actor = request.actor
    found = _complaint(request, number)
    open_ = found.state in lifecycle.open_states(lifecycle.COMPLAINT)
    star = _ruling(found.product_id) if found.product_id else None
    context = {
        "complaint": found,
        "state": looks.state_tag(lifecycle.COMPLAINT, found.state),
        "open": open_,
        "steps": steps.steps_for(actor, found, steps.COMPLAINT),
        "may_check": open_ and star is not None and rules.may_plan(actor),
        "star": star,
        "may_open": star is not None and rules.may_handle_cases(actor),
        "photos": queries.complaint_photos(actor).filter(complaint=found),
        "sees_contact": rules.may_see_contact(actor),
        "sees_all": rules.may_see_complaints(actor),
        "papers": papers.of_complaint(actor, found),
        "events": told(events.activity(found)[:50]),
    }
    return render(request, "office/postcheck/complaint.html", context)


@office
def complaint_photo(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """A photograph that came with a complaint."""
    rows = queries.complaint_photos(request.actor).filter(complaint__number=number)
    return send(get_object_or_404(rows, pk=pk).attachment, f"phan-anh-{number}-{pk}")


@office
def complaint_step(request: SignedInRequest, number: str, step: str) -> HttpResponse:
    """A step of a complaint."""
    found = _complaint(request, number)
    return steps.step_page(request, found, steps.COMPLAINT, step, found.subject)


@office
def case_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a case about a star; `check` or `complaint` name its evidence."""
    require(request.actor, rules.may_handle_cases)
    rows = register.visible_to(request.actor).select_related("product__producer", "decision")
    star: Recognition = get_object_or_404(rows, pk=pk)
    check = _evidence(PostCheck, "code", request.GET.get("check"))
    reported = _evidence(Complaint, "number", request.GET.get("complaint"))
    form = forms.CaseForm(posted(request), request.FILES or None, initial=_first_words(check))
    if sent(request, form):
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        if upload:
            given["file"], given["filename"] = content_of(upload)
        made = act(
            form,
            revoking.open_case,
            actor=request.actor,
            recognition=star,
            postcheck=check,
            complaint=reported,
            at=timezone.now(),
            **given,
        )
        if made:
            messages.success(request, _("Đã mở vụ việc. Chủ thể được báo để giải trình."))
            return redirect("office:case", made.code)
    context = {
        "form": form,
        "star": star,
        "check": check,
        "complaint": reported,
        "title": _("Mở vụ việc thu hồi"),
        "back": reverse("office:product", args=[star.product.code]),
    }
    return render(request, "office/postcheck/case_new.html", context)


def _first_words(check: PostCheck | None) -> dict[str, Any]:
    if check is None:
        return {"established_on": timezone.localdate()}
    return {
        "ground": check.ground or (Ground.MARK if check.mark == "not_kept" else Ground.CRITERIA),
        "facts": check.correction or check.conclusion,
        "established_on": check.corrected_on or check.concluded_on,
    }


@office
def case(request: SignedInRequest, code: str) -> HttpResponse:
    """A case: ground and evidence, the clock, what was said, what is next."""
    actor = request.actor
    found = _case(request, code)
    runs = found.state in (lifecycle.OPENED, lifecycle.HEARD, lifecycle.PROPOSED)
    context = {
        **reading(found),
        "runs": runs,
        "next": lifecycle.CASE.situations[found.state],
        "steps": steps.steps_for(actor, found, steps.CASE),
        "papers": papers.of_case(actor, found),
        "events": told(events.activity(found)[:50]),
    }
    return render(request, "office/postcheck/case.html", context)


def reading(case: RevocationCase) -> dict[str, Any]:
    """What the pages of the office and of the producer show of a case."""
    return {
        "case": case,
        "star": case.recognition,
        "state": looks.state_tag(lifecycle.CASE, case.state),
        "statements": list(case.statements.all()),
        "path": _path(case),
    }


def _path(case: RevocationCase) -> list[tuple[Any, Any, str]]:
    """The way of a case: what, when, and words."""
    found = [
        (_("Xác định căn cứ"), case.established_on, case.facts),
        (_("Nghe chủ thể"), case.heard_on, case.hearing),
        (_("Đề nghị thu hồi"), case.proposed_on, case.proposal),
        (
            _("Quyết định thu hồi"),
            case.decision_on,
            ", ".join(filter(None, (case.decision_number, case.decision_authority))),
        ),
        (
            _("Thông báo công khai"),
            timezone.localdate(case.published_at) if case.published_at else None,
            case.notice,
        ),
        (
            _("Kết thúc vì kết quả bị hủy")
            if case.state == lifecycle.LAPSED
            else _("Kết thúc, không thu hồi"),
            case.closed_on,
            case.closed_reason,
        ),
        (_("Khiếu nại"), case.appealed_on, case.appeal),
        (_("Kết quả khiếu nại"), case.appeal_ended_on, case.appeal_outcome),
        (
            _("Quyết định khôi phục hạng sao"),
            case.restoring_on,
            ", ".join(filter(None, (case.restoring_number, case.restoring_authority))),
        ),
    ]
    wrong = [
        (
            _("Quyết định thu hồi ghi nhầm, đã đính chính"),
            date.fromisoformat(each["withdrawn_on"]),
            ". ".join(filter(None, (f"{each['number']}, {each['authority']}", each["reason"]))),
        )
        for each in case.wrong_decisions
    ]
    return [*(row for row in found if row[1] is not None), *wrong]


@office
def case_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """A step of a case."""
    found = _case(request, code)
    return steps.step_page(request, found, steps.CASE, step, found.recognition.product.name)


@office
def case_file(request: SignedInRequest, code: str, what: str) -> HttpResponseBase:
    """The scan of an authority's conclusion, or of the decision."""
    found = _case(request, code)
    stored = getattr(found, _FILES.get(what, ""), None) if what in _FILES else None
    if stored is None:
        raise Http404
    return send(stored, f"{what}-{found.code}")


def _complaint(request: SignedInRequest, number: str) -> Complaint:
    rows = queries.complaints_visible_to(request.actor)
    found: Complaint = get_object_or_404(rows, number=number)
    return found


def _case(request: SignedInRequest, code: str) -> RevocationCase:
    """On the office's face; a producer reads the own cases on the own one."""
    if not rules.may_see_complaints(request.actor):
        raise Http404
    rows = queries.cases_visible_to(request.actor).prefetch_related("statements")
    found: RevocationCase = get_object_or_404(rows, code=code)
    return found


def _evidence(model: Any, field: str, value: str | None) -> Any:
    return get_object_or_404(model, **{field: value}) if value else None


def _ruling(product: int) -> Recognition | None:
    return ruling_of(product, timezone.localdate())
