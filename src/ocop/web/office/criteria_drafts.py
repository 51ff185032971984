"""A corrected criteria set: the file of the present one, the draft loaded from it, publication."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria import files, queries, rules, services
from ocop.web.forms import act
from ocop.web.office.criteria_forms import DraftForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@office
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The set as a file to correct and load again."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    response = HttpResponse(files.of_version(found), content_type="application/yaml")
    response["Content-Disposition"] = f'attachment; filename="{files.filename_of(found)}"'
    return response


@office
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Load a corrected file as a draft. What is wrong with it is told at the field."""
    require(request.actor, rules.may_publish_criteria)
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    form = DraftForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        draft = act(
            form,
            services.draft_set,
            actor=request.actor,
            since=found,
            content=form.cleaned_data["file"].read(),
            at=timezone.now(),
        )
        if draft:
            messages.success(request, _("Đã nạp bản nháp. Hãy xem khác biệt trước khi công bố."))
            return redirect("office:criteria_difference", draft.pk)
    return render(request, "office/criteria_new.html", {"form": form, "version": found})


@office
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a draft into force, from the page that shows its difference."""
    require(request.actor, rules.may_publish_criteria)
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    try:
        services.publish_set(actor=request.actor, version=found, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã công bố. Hồ sơ đã mở giữ phiên bản của mình."))
    return redirect("office:criteria_version", pk)


@office
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    require(request.actor, rules.may_publish_criteria)
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    try:
        services.discard_draft(actor=request.actor, version=found, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("office:criteria_version", pk)
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("office:criteria")
