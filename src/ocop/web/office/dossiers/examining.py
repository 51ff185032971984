"""The adviser's pages: findings per criterion with the evidence beside, and test results."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.dossiers import rules
from ocop.dossiers.models import State, Verdict, VisitPhoto
from ocop.dossiers.queries import advising as queries
from ocop.dossiers.services import advising, visiting
from ocop.web.files import send
from ocop.web.office.dossiers import looks
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.fetch import clock_of, found_or_404
from ocop.web.office.dossiers.forms import FindingForm
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.dossiers.visit_forms import ResultForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@office
def findings(request: SignedInRequest, code: str, criterion: str = "") -> HttpResponse:
    """One criterion at a time: the claim and its evidence beside the finding; save and next."""
    found = found_or_404(request.actor, code)
    require(request.actor, rules.is_adviser_of, found)
    if found.state != State.EXAMINING:
        messages.info(request, _("Hồ sơ không còn ở bước xem xét nên nhận định đã khóa."))
        return redirect(f"{reverse('office:dossier', args=[code])}?tab=tham-dinh")
    lines = queries.lines_of(found)
    own = {line.criterion.code: _own(line, request.user.pk) for line in lines}
    if not criterion:
        waiting = (c for c, finding in own.items() if finding is None)
        return redirect("office:finding", code, next(waiting, lines[0].criterion.code))
    codes = list(own)
    if criterion not in own:
        raise Http404
    at = codes.index(criterion)
    line, mine = lines[at], own[criterion]
    initial = (
        {}  # not the producer's own mark: the adviser says what the evidence supports
        if mine is None
        else {"verdict": mine.verdict, "points": mine.points, "note": mine.note}
    )
    form = FindingForm(line.criterion, request.POST or None, initial=initial)
    onward = codes[at + 1] if at + 1 < len(codes) else ""
    if sent(request, form) and act_on(
        request,
        form,
        advising.note_finding,
        dossier=found,
        criterion=criterion,
        **form.cleaned_data,
    ):
        if onward:
            return redirect("office:finding", code, onward)
        messages.success(request, _("Đã ghi nhận định cho tiêu chí cuối cùng."))
        return redirect(f"{reverse('office:dossier', args=[code])}?tab=tham-dinh")
    context: dict[str, Any] = {
        "dossier": found,
        "line": line,
        "form": form,
        "others": [(f, looks.VERDICTS[Verdict(f.verdict)]) for f in line.findings if f != mine],
        "places": [(c, finding is not None, c == criterion) for c, finding in own.items()],
        "done": sum(finding is not None for finding in own.values()),
        "all": len(own),
        "back": codes[at - 1] if at else "",
        "onward": onward,
        "clock": looks.clock_deadline(clock_of(found)),
    }
    return render(request, "office/dossiers/finding.html", context)


@office
def test_result(request: SignedInRequest, code: str, order: str) -> HttpResponse:
    """Enter what a laboratory found."""
    found = found_or_404(request.actor, code)
    row = get_object_or_404(queries.tests_visible_to(request.actor), dossier=found, code=order)
    require(request.actor, rules.may_examine, found)
    reason = why_not(visiting.expect_no_result, row)
    if reason and request.method != "POST":
        return turned_back(request, reason, f"{reverse('office:dossier', args=[code])}?tab=mau")
    form = ResultForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("report")
        content = {"report": file.read(), "filename": file.name} if file else {}
        if act_on(request, form, visiting.record_test_result, order=row, **told, **content):
            messages.success(request, _("Đã ghi kết quả kiểm nghiệm."))
            return redirect(f"{reverse('office:dossier', args=[code])}?tab=mau")
    context = {
        "form": form,
        "dossier": found,
        "title": _("Kết quả kiểm nghiệm: %s") % row.laboratory,
        "text": row.parameters,
        "cancel": f"{reverse('office:dossier', args=[code])}?tab=mau",
    }
    return render(request, "office/dossiers/step.html", context)


@office
def test_report(request: SignedInRequest, code: str, order: str) -> HttpResponseBase:
    """The laboratory's report."""
    rows = queries.tests_visible_to(request.actor).exclude(attachment=None)
    row = get_object_or_404(rows, dossier__code=code, code=order)
    if row.attachment is None:
        raise Http404
    return send(row.attachment, f"kiem-nghiem-{row.code}")


@office
def visit_photo(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a visit."""
    seen = queries.visits_visible_to(request.actor)
    rows = VisitPhoto.objects.filter(visit__in=seen.values("pk"), visit__dossier__code=code)
    found = get_object_or_404(rows.select_related("attachment"), pk=pk)
    return send(found.attachment, f"tham-tra-{found.pk}")


def _own(line: queries.Line, user_id: int) -> Any:
    return next((f for f in line.findings if f.adviser_id == user_id), None)
