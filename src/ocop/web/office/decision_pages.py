"""Decisions: the list, and one with its products, its signed file and its certificates."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.core import events
from ocop.core.actions import require
from ocop.dossiers.papers import made as reading
from ocop.dossiers.services import entering
from ocop.filters.decisions import DecisionFilter, DecisionRowFilter
from ocop.filters.strict import OF_TABLES
from ocop.recognition import (
    additions,
    certificates,
    correcting,
    deciding,
    own_authority,
    rules,
    services,
    signatures,
)
from ocop.recognition.lifting import LIFTED
from ocop.recognition.models import CERTIFIED, Decision, Kind
from ocop.web.files import send
from ocop.web.forms import UploadField, act, file_confirmed_field, file_public_field
from ocop.web.happenings import told
from ocop.web.office import tables
from ocop.web.office.decision_lines import LinesMixin, is_seeking, seeking
from ocop.web.office.decision_rows import DecisionRowTable
from ocop.web.office.decisions import LEVELS, tell_of_file
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


class FileForm(forms.Form):
    """The signed paper of a decision."""

    file = UploadField(label=gettext_lazy("Quyết định đã ký (PDF hoặc bản quét)"))
    reason = forms.CharField(
        label=gettext_lazy("Lý do thay tệp"),
        required=False,
        help_text=gettext_lazy("Cần ghi khi quyết định đã có tệp."),
    )
    file_public = file_public_field()
    file_confirmed = file_confirmed_field()


class AddForm(LinesMixin):
    """Products that the paper names and that were left out when it was entered."""

    field_order = ("level", "kind", "lines", "reason")
    level = forms.ChoiceField(label=gettext_lazy("Cấp ký"), choices=LEVELS)
    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Kind.choices)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        help_text=gettext_lazy("Ví dụ: nhập thiếu một dòng của phụ lục kèm theo quyết định."),
    )


@office
def decision_list(request: SignedInRequest) -> HttpResponseBase:
    """Every decision of which the actor may see a recognition."""
    filters = DecisionFilter(request.GET, queryset=deciding.decisions_visible_to(request.actor))
    return listing(
        request,
        table=tables.DecisionTable(filters.qs),
        filters=filters,
        title=_("Quyết định công nhận"),
        template="office/list.html",
        context={
            "lead": _("Mỗi dòng là một quyết định, với số sản phẩm và giấy chứng nhận."),
            "new_address": "office:decision_new"
            if rules.may_record_decision(request.actor)
            else "",
            "new_words": _("Ghi quyết định"),
        },
    )


@office
def decision_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One decision: facts, signed file, products, certificates, activity."""
    found = decision_of(request, pk)
    seen = deciding.rows_of_decision(request.actor, found)
    rows: list[Any] = list(seen)
    own = own_authority.is_own(found)
    filters = DecisionRowFilter(request.GET, queryset=seen, beside={*OF_TABLES, "tab"})
    table = DecisionRowTable(
        filters.qs,
        late=additions.additions_of([row.pk for row in rows]),
        wrong=correcting.corrections_of([row.pk for row in rows if row.mistaken]),
        may_print=own and rules.may_see_certificates(request.actor),
    )
    return listing(
        request,
        table=table,
        filters=filters,
        title=_("Quyết định %s") % found.number,
        template="office/decision.html",
        context=_told_of(request, found, rows, own=own),
    )


def _told_of(
    request: SignedInRequest, found: Decision, rows: list[Any], *, own: bool
) -> dict[str, Any]:
    """What the page says beside the list."""
    due = [row for row in rows if _may_get(row)] if own else []
    return {
        "decision": found,
        "rows": rows,
        "due": len(due),
        "certified": sum(hasattr(row, "certificate") for row in rows),
        "liftable": sum(row.evidence in LIFTED for row in rows),
        "signed": signatures.from_json(found.signatures),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_add": rules.may_complete(request.actor, found),
        "may_record": rules.may_record_decision(request.actor),
        "may_issue": rules.may_issue_certificates(request.actor),
        # What was found wrong as a whole is no paper to hand out.
        "may_print": own
        and found.mistaken_on is None
        and rules.may_see_certificates(request.actor),
        "may_correct": rules.may_correct_record(request.actor)
        and not found.awaits_publication
        and any(row.annulled_on is None for row in rows),
        "own": own,
    }


@office
def decision_attach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the signed file of a decision."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    usual = {"file_public": found.file_public}
    form = FileForm(request.POST or None, request.FILES or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kept = act(
            form,
            services.attach_decision,
            actor=request.actor,
            decision=found,
            content=file.read(),
            filename=file.name,
            reason=form.cleaned_data["reason"],
            public=form.cleaned_data["file_public"],
            file_confirmed=form.cleaned_data["file_confirmed"],
            at=timezone.now(),
        )
        if kept:
            messages.success(request, _("Đã lưu tệp của quyết định."))
            tell_of_file(request, kept)
            return redirect("office:decision", pk)
    return _form(request, form, _("Tệp quyết định đã ký"), found)


@office
def decision_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter products of a decision that were left out."""
    require(request.actor, rules.may_record_decision)
    found = decision_of(request, pk)
    if not found.awaits_publication:
        require(request.actor, rules.may_complete_published)
    looking = is_seeking(request)
    form = (
        seeking(AddForm, request, request.actor)
        if looking
        else AddForm(request.POST or None, actor=request.actor)
    )
    if request.method == "POST" and not looking and form.is_valid():
        added = act(
            form,
            entering.complete_decision,
            actor=request.actor,
            decision=found,
            level=form.cleaned_data["level"],
            results=form.cleaned_data["lines"],
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if added:
            count = len(added)
            messages.success(request, _("Đã ghi thêm %d sản phẩm vào quyết định.") % count)
            return redirect("office:decision", pk)
    return _form(
        request, form, _("Ghi thêm sản phẩm của quyết định"), found, _lead_of_adding(found)
    )


@require_POST
@office
def certificates_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Number the certificates that are due."""
    require(request.actor, rules.may_issue_certificates)
    made = services.issue_certificates(
        actor=request.actor, decision=decision_of(request, pk), at=timezone.now()
    )
    messages.success(
        request,
        _("Đã cấp %(count)d giấy chứng nhận, từ số %(first)s đến số %(last)s.")
        % {"count": len(made), "first": made[0].number, "last": made[-1].number},
    )
    return redirect("office:decision", pk)


@office
def certificates_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """All certificates of a decision as one PDF/A; many are printed by a job."""
    require(request.actor, rules.may_see_certificates)
    found = decision_of(request, pk)
    rows = deciding.certificates_visible_to(request.actor).filter(recognition__decision=found)
    if not rows:
        raise Http404
    if len(rows) > reading.AT_ONCE:
        return redirect("papers:make_certificates", pk)
    return printed(list(rows), f"giay-chung-nhan-{found.pk}.pdf")


@office
def decision_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The signed file."""
    found = decision_of(request, pk)
    if found.attachment is None:
        raise Http404
    return send(found.attachment, f"quyet-dinh-{found.pk}")


def printed(rows: list[Any], name: str) -> HttpResponse:
    """Certificates as a file to print."""
    answer = HttpResponse(
        certificates.printed(rows, at=timezone.now()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _may_get(row: Any) -> bool:
    return (
        not hasattr(row, "certificate")
        and row.annulled_on is None
        and (row.revoked_on is None or row.restored_on is not None)
        and row.evidence in CERTIFIED
    )


def decision_of(request: SignedInRequest, pk: int) -> Any:
    """A decision of the register, with its counts."""
    found: Decision = get_object_or_404(deciding.decisions_visible_to(request.actor), pk=pk)
    return found


def _lead_of_adding(found: Decision) -> str:
    """What the form says of the paper and of the public."""
    words = []
    if found.attachment_id is not None:
        words.append(
            _("Chỉ ghi thêm sản phẩm có trong danh sách của tệp đã ký. Hãy mở tệp và đối chiếu.")
        )
    if not found.awaits_publication:
        words.append(
            _("Quyết định đã công bố: mọi người thấy ngày ghi thêm và lý do bên cạnh sản phẩm.")
        )
    return " ".join(words)


def _form(
    request: SignedInRequest, form: forms.Form, title: str, found: Decision, lead: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "eyebrow": found.number,
        "cancel": reverse("office:decision", args=[found.pk]),
        "lead": lead,
        "action": _("Lưu"),
        "file": reverse("office:decision_file", args=[found.pk]) if found.attachment_id else "",
    }
    return render(request, "office/decision_act.html", context)
