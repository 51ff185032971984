"""Grants of earlier years in the office: the list, bringing a workbook, what followed support."""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import filetypes
from ocop.core.actions import require
from ocop.core.refusals import NotAllowed, Refused
from ocop.filters.support import EffectFilter, GrantBatchFilter, GrantFilter
from ocop.producers.models import Producer
from ocop.support import effects, grant_words, queries, rules
from ocop.support.models import GrantBatch, GrantBatchState
from ocop.support.services import importing
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.support import forms, tables
from ocop.web.office.support.pages import frame, listed
from ocop.web.requests import SignedInRequest

_REPORTS = 100  # remarks on a page


@office
def grant_list(request: SignedInRequest) -> HttpResponseBase:
    """What every level gave, as the workbooks tell it."""
    require(request.actor, rules.may_open_lists)
    rows = queries.grants_visible_to(request.actor)
    filters = GrantFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:support_grants",
        _("Hỗ trợ đã chi từ năm 2019"),
        tables.GrantTable(filters.qs, order_by="-year"),
        filters,
        lead=_("Các khoản này được tính khi đối chiếu một đề nghị mới với mức tối đa."),
        add=rules.may_manage(request.actor) and "office:support_import",
        add_words=_("Nhập từ Excel"),
        empty_text=_("Nhập sổ hỗ trợ của các cấp từ Excel."),
    )


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """The workbooks so far, and the way to bring another one."""
    require(request.actor, rules.may_see_all)
    if request.method == "POST":
        require(request.actor, rules.may_manage)
    form = forms.GrantFileForm(posted(request), request.FILES or None)
    if sent(request, form):
        file = form.cleaned_data["file"]
        batch = act_on(
            request, form, importing.read_grants, content=file.read(), filename=file.name,
            usual=form.usual(),
        )  # fmt: skip
        if batch:
            return redirect("office:support_batch", batch.code)
    rows = queries.batches_visible_to(request.actor)
    filters = GrantBatchFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:support_import",
        _("Nhập sổ hỗ trợ đã chi"),
        tables.BatchTable(filters.qs),
        filters,
        form=form if rules.may_manage(request.actor) else None,
        lead=_("Đọc và xem từng dòng chưa nhận được trước, nạp sau. Nạp rồi vẫn hoàn tác được."),
        empty_text=_("Chọn một tệp ở trên để bắt đầu."),
    )


@office
def batch_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One workbook: what it says, what is wrong with which row, and the next step."""
    found = _found(request, code)
    reports = importing.reports_of(found)
    page = Paginator(reports, _REPORTS).get_page(request.GET.get("page"))
    context = {
        **frame(request, "office:support_batch"),
        "batch": found,
        "page": page,
        "reports": [
            (each.row, grant_words.label(each.field), each.cell, grant_words.message(each))
            for each in page
        ],
        "may_manage": rules.may_manage(request.actor),
        "is_read": found.state == GrantBatchState.READ,
        "is_loaded": found.state == GrantBatchState.LOADED,
        "query": "",
    }
    return render(request, "office/support/batch.html", context)


@office
def batch_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Load a workbook, or take back what it brought."""
    found = _found(request, code)
    require(request.actor, rules.may_manage)
    back = reverse("office:support_batch", args=[code])
    if step == "nap":
        return _load(request, found, back)
    if step != "hoan-tac":
        raise Http404
    form = forms.AnswerForm(posted(request))
    if sent(request, form) and act_on(
        request, form, importing.undo_grants, batch=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã hoàn tác: các dòng của tệp rời khỏi sổ."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Hoàn tác: %s") % found.filename,
        "lead": _("Các khoản tệp này mang vào bị xóa và không được tính khi đối chiếu nữa."),
        "cancel": back,
    }
    return render(request, "office/form.html", context)


@office
def batch_errors(request: SignedInRequest, code: str) -> HttpResponse:
    """The rows that were not taken, as a workbook: mend them there and bring it again."""
    found = _found(request, code)
    into = io.BytesIO()
    importing.write_error_workbook(into, found)
    return _workbook(into, f"dong-can-sua-{found.code}.xlsx")


@office
def template(request: SignedInRequest) -> HttpResponse:
    """An empty workbook with all headings."""
    require(request.actor, rules.may_see_all)
    into = io.BytesIO()
    grant_words.write_template(into)
    return _workbook(into, "mau-ho-tro-da-chi.xlsx")


@office
def effect_list(request: SignedInRequest) -> HttpResponseBase:
    """What followed support."""
    require(request.actor, rules.may_open_lists)
    filters = EffectFilter(request.GET, queryset=Producer.objects.all(), request=request)
    within = filters.qs if request.GET.get("q") or filters.problems else None
    rows = effects.effects_for(
        request.actor, timezone.localdate(), within=within, category=filters.purpose
    )
    return listed(
        request,
        "office:support_effects",
        _("Sau hỗ trợ"),
        tables.EffectTable(rows),
        filters,
        lead=_(
            "Điều diễn ra từ lần hỗ trợ đầu tiên của mỗi chủ thể. Đi sau không có nghĩa là do hỗ "
            "trợ; khoản chỉ có năm được tính từ ngày cuối năm đó."
        ),
        empty_text=_("Xuất hiện khi có khoản hỗ trợ đã chi."),
    )


def _load(request: SignedInRequest, found: GrantBatch, back: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(back)
    try:
        importing.load_grants(
            actor=request.actor,
            batch=found,
            skip_bad="skip_bad" in request.POST,
            at=timezone.now(),
        )
        messages.success(request, _("Đã nạp sổ hỗ trợ."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(back)


def _found(request: SignedInRequest, code: str) -> GrantBatch:
    require(request.actor, rules.may_see_all)
    return get_object_or_404(queries.batches_visible_to(request.actor), code=code)


def _workbook(into: io.BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(into.getvalue(), content_type=filetypes.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
