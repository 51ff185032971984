"""The council's workbook: a template to download, a filled one to bring, its results."""

import io
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import filetypes, papers
from ocop.core.actions import require
from ocop.core.refusals import Refused
from ocop.councils import documents, rules, workbook
from ocop.councils.outcome import Member
from ocop.councils.queries import workbooks as queries
from ocop.councils.services import workbooks as services
from ocop.councils.summary import line_of, missed_words
from ocop.criteria.queries import set_in_words
from ocop.filters.worded import WorkbookFilter
from ocop.web.forms import UploadField, act
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import MomentColumn, listing


class TemplateForm(forms.Form):
    """What the workbook is for: members, one a line, and products with their sets."""

    title = forms.CharField(label=gettext_lazy("Tên phiên họp hoặc đợt đánh giá"), max_length=200)
    members = forms.CharField(
        label=gettext_lazy("Hội đồng viên"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Mỗi dòng một người; dòng đầu là chủ tịch hội đồng."),
    )
    products = forms.CharField(
        label=gettext_lazy("Sản phẩm"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Mỗi dòng: số bộ tiêu chí, dấu phẩy, tên sản phẩm. Ví dụ: 1, Rau"),
    )

    def clean_members(self) -> list[Member]:
        names = [line.strip() for line in self.cleaned_data["members"].splitlines()]
        return [Member(name, chair=not place) for place, name in enumerate(filter(None, names))]

    def clean_products(self) -> list[workbook.Chosen]:
        chosen = []
        for line in filter(str.strip, self.cleaned_data["products"].splitlines()):
            number, comma, name = line.partition(",")
            if not comma or not number.strip().isdecimal() or not name.strip():
                raise forms.ValidationError(
                    _("Không hiểu dòng “%s”. Hãy viết: số bộ, tên sản phẩm.") % line.strip()
                )
            try:
                chosen.append(
                    workbook.Chosen(name.strip(), set_in_words(int(number), timezone.localdate()))
                )
            except Refused as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return chosen


class UploadForm(forms.Form):
    """A filled workbook."""

    title = forms.CharField(label=gettext_lazy("Tên phiên họp hoặc đợt đánh giá"), max_length=200)
    file = UploadField(label=gettext_lazy("Tệp đã chấm (XLSX)"))


class WorkbookTable(tables.Table):
    """The workbooks that were brought, the newest first."""

    title = tables.Column(verbose_name=gettext_lazy("Phiên họp"))
    created_at = MomentColumn(verbose_name=gettext_lazy("Nạp lúc"))

    def render_title(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("office:workbook", args=[record.pk]), value
        )

    def value_title(self, value: str) -> str:
        return value


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """The workbooks that were brought, and the way to bring another."""
    require(request.actor, rules.may_see_workbooks)
    if request.method == "POST":
        require(request.actor, rules.may_store_workbook)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        stored = act(
            form,
            services.store_workbook,
            actor=request.actor,
            title=form.cleaned_data["title"],
            content=file.read(),
            filename=file.name,
            at=timezone.now(),
        )
        if stored:
            messages.success(request, _("Đã nạp và tính kết quả."))
            return redirect("office:workbook", stored.pk)
    filters = WorkbookFilter(request.GET, queryset=queries.listed(request.actor))
    return listing(
        request,
        table=WorkbookTable(filters.qs),
        filters=filters,
        title=_("Sổ chấm hội đồng"),
        template="office/workbooks.html",
        context={"form": form, "may_store": rules.may_store_workbook(request.actor)},
    )


@office
def template(request: SignedInRequest) -> HttpResponse:
    """Make a template for the members and products of a sitting."""
    require(request.actor, rules.may_see_workbooks)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        into = io.BytesIO()
        made = act(form, _write, into=into, notes=papers.notes(timezone.now()), **form.cleaned_data)
        if made:
            response = HttpResponse(into.getvalue(), content_type=filetypes.XLSX)
            response["Content-Disposition"] = 'attachment; filename="so-cham-hoi-dong.xlsx"'
            return response
    return render(request, "office/workbook_template.html", {"form": form})


def _write(into: io.BytesIO, **arguments: Any) -> bool:
    workbook.write_template(into, **arguments)
    return True


@office
def page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Totals, spread, stars and missed minimums of every product."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    working = queries.rules_of(found)
    outcomes = queries.outcomes(found)
    members = list(dict.fromkeys(name for outcome in outcomes for name in outcome.totals))
    context = {
        "workbook": found,
        "rules": working,
        "members": members,
        "lines": [
            {
                "line": line_of(outcome, working),
                "totals": [(member, outcome.totals.get(member)) for member in members],
                "sections": list(outcome.sections.items()),
                "missed": missed_words(outcome),
                "final": outcome.is_final,
            }
            for outcome in outcomes
        ],
    }
    return render(request, "office/workbook.html", context)


@office
def document(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The results as a workbook, or the summary to print and sign."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if kind not in papers.MEDIA_TYPES:
        raise Http404
    content = documents.document(found, kind, at=timezone.now())
    response = HttpResponse(content, content_type=papers.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="ket-qua-cham-{found.pk}.{kind}"'
    return response
