"""Importing a registry: bring a file, look at what it says, load it, publish it."""

import io
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import filetypes
from ocop.core.actions import require
from ocop.core.numbers import write_number
from ocop.core.options import PROVINCE
from ocop.core.refusals import NotAllowed, Refused
from ocop.filters.worded import ImportFilter
from ocop.places import queries as places
from ocop.recognition import importing, imports, jobs, rules, undoing
from ocop.recognition.models import BatchState, Evidence, ImportBatch
from ocop.recognition.registry_import import Field, Outline, Report, Wishes, kind_words, letter
from ocop.web.forms import UploadField, act
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.tables import ImportTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

REPORTS = 100  # remarks on a page
_EVIDENCE = [
    ("", gettext_lazy("Theo từng dòng: A khi có quyết định và ngày ký, nếu không là B1")),
    *((level.value, f"{level.value} · {level.label}") for level in Evidence if level != "M"),
]


class FileForm(forms.Form):
    """A registry as a workbook or a table."""

    file = UploadField(
        label=gettext_lazy("Tệp sổ đăng ký (XLSX hoặc CSV)"),
        help_text=gettext_lazy(
            "Bảng cần các cột Tên sản phẩm, Chủ thể và Hạng sao; nên có Địa chỉ, Số quyết định "
            "và Ngày ký. Chưa có gì được lưu vào sổ ở bước này."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv"}),
    )


class ColumnsForm(forms.Form):
    """Which sheet and which columns are read, and how well the rows are documented."""

    default_evidence = forms.ChoiceField(
        label=gettext_lazy("Mức chứng cứ khi tệp không ghi"), choices=_EVIDENCE, required=False
    )

    def __init__(self, *arguments: Any, outline: Outline, wishes: Wishes, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._found = {field: letter(place) for field, place in outline.found.items()}
        sheets = [(name, name) for name in outline.sheets]
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Trang tính"), choices=sheets, required=False
        )
        provinces = [(each.code, each.name) for each in places.provinces_now()]
        self.fields["of_province"] = forms.ChoiceField(
            label=_("Tệp này của tỉnh, thành phố"),
            help_text=_("Được hiểu khi địa chỉ và cơ quan ký không ghi tỉnh, thành phố nào."),
            choices=provinces,
            required=False,
        )
        self.initial = {
            "sheet": outline.sheet,
            "default_evidence": wishes.evidence,
            "of_province": wishes.province or PROVINCE.get(),
        }
        columns = [
            ("", _("– không có –")),
            *(
                (letter(place), f"{letter(place)} · {text[:60]}")
                for place, text in enumerate(outline.columns)
            ),
        ]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(
                label=field.label, choices=columns, required=False
            )
            self.initial[field.value] = self._found.get(field, "")

    def wishes(self) -> Wishes:
        """What differs from what was found by itself on the same sheet."""
        told = self.cleaned_data
        same_sheet = told["sheet"] in ("", self.initial["sheet"])
        columns = {
            field: told[field.value]
            for field in Field
            if same_sheet and told[field.value] != self._found.get(field, "")
        }
        return Wishes(told["sheet"], columns, told["default_evidence"], told["of_province"])


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """The imports so far, and the way to bring another file."""
    require(request.actor, rules.may_see_unpublished)
    if request.method == "POST":
        require(request.actor, rules.may_import)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        now = timezone.now()
        batch = act(
            form,
            importing.receive_import,
            actor=request.actor,
            content=file.read(),
            filename=file.name,
            at=now,
        )
        if batch:
            _read(request, batch)
            return redirect("office:import_batch", batch.pk)
    filters = ImportFilter(request.GET, queryset=imports.batches(request.actor))
    return listing(
        request,
        table=ImportTable(filters.qs),
        filters=filters,
        title=_("Nhập dữ liệu"),
        template="office/imports.html",
        context={"form": form, "may_import": rules.may_import(request.actor)},
    )


def _read(request: SignedInRequest, batch: ImportBatch) -> None:
    """Read the file now or by the worker; what is wrong with it stands on its page."""
    try:
        jobs.read_import(actor=request.actor, batch=batch, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        jobs.note_failure(batch, refusal.message)


@office
def page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One import: what the file says, what is wrong with which row, and the next step."""
    batch = get_object_or_404(imports.batches(request.actor), pk=pk)
    if jobs.is_at_work(batch, timezone.now()):
        return render(request, "office/import_working.html", {"batch": batch})
    reports = imports.reports_of(batch)
    kind = request.GET.get("remark", "")
    shown = [r for r in reports if not kind or r.code.value == kind]
    open_still = batch.state in (BatchState.RECEIVED, BatchState.READ)
    context = {
        "batch": batch,
        "steps": [_("Chọn tệp"), _("Đọc và xem lỗi"), _("Nạp vào sổ"), _("Công bố")],
        "at": _step(batch),
        "rows_address": f"{reverse('office:register')}?batch={batch.pk}",
        "codes": _codes(reports),
        "kind": kind,
        "refused": {r.row for r in reports if r.rejects},
        "page": Paginator(shown, REPORTS).get_page(request.GET.get("page")),
        "may_import": rules.may_import(request.actor),
        "may_read_rows": rules.may_read_imported_rows(request.actor),
        "columns": _columns_form(batch) if open_still and rules.may_import(request.actor) else None,
        "query": f"remark={kind}&" if kind else "",
    }
    return render(request, "office/import_batch.html", context)


def _step(batch: ImportBatch) -> int:
    """The present one of the four steps: file, check, load, publish."""
    steps = {BatchState.RECEIVED: 2, BatchState.READ: 3, BatchState.LOADED: 4}
    return steps.get(BatchState(batch.state), 5)


def _codes(reports: list[Report]) -> list[tuple[str, str, int, bool]]:
    """Each kind of remark with what it says, how often, and whether it keeps rows out."""
    counted = Counter(report.code for report in reports)
    first = {report.code: report for report in reversed(reports)}
    rows = [
        (code.value, kind_words(code), count, first[code].rejects)
        for code, count in counted.most_common()
    ]
    return sorted(rows, key=lambda row: not row[3])


def _columns_form(batch: ImportBatch, data: Any = None) -> ColumnsForm | None:
    try:
        outline = imports.outline_of(batch)
    except Refused:
        return None  # the file is no table; its page says so
    return ColumnsForm(data, outline=outline, wishes=imports.wishes_of(batch))


@office
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the worker is; when it is done, the page comes anew."""
    batch = get_object_or_404(imports.batches(request.actor), pk=pk)
    if not jobs.is_at_work(batch, timezone.now()):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "office/import_progress.html", {"batch": batch})


@office
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the file again, with other columns."""
    require(request.actor, rules.may_import)
    batch = get_object_or_404(imports.batches(request.actor), pk=pk)
    form = _columns_form(batch, request.POST)
    if request.method == "POST" and form is not None and form.is_valid():
        act(
            form,
            importing.change_wishes,
            actor=request.actor,
            batch=batch,
            wishes=form.wishes(),
            at=timezone.now(),
        )
        for words in form.non_field_errors():
            messages.error(request, str(words))
        if form.is_valid():
            _read(request, batch)
    return redirect("office:import_batch", batch.pk)


@office
def step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Load, publish or undo an import, after asking where it cannot be taken back."""
    require(request.actor, rules.may_import)
    batch = get_object_or_404(imports.batches(request.actor), pk=pk)
    if name == "undo":
        return _undo(request, batch)
    if name not in _STEPS:
        raise Http404
    if request.method != "POST":
        if name != "publish":  # loading is a button; nothing is asked first
            return redirect("office:import_batch", batch.pk)
        return render(request, "office/import_publish.html", {"batch": batch})
    try:
        _STEPS[name](request, batch)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("office:import_batch", batch.pk)


def _load(request: SignedInRequest, batch: ImportBatch) -> None:
    skip_bad = "skip_bad" in request.POST
    jobs.load_import(actor=request.actor, batch=batch, skip_bad=skip_bad, at=timezone.now())
    if batch.state == BatchState.LOADED:
        messages.success(request, _("Đã nạp. Hãy xem lại rồi công bố, hoặc hoàn tác."))


def _publish(request: SignedInRequest, batch: ImportBatch) -> None:
    importing.publish_import(actor=request.actor, batch=batch, at=timezone.now())
    messages.success(request, _("Đã công bố. Sản phẩm đã hiện trên trang công khai."))


def _undo(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    """Take an import back: says what goes, asks why, does it; where it cannot be, says so first."""
    try:
        importing.check_undoable(batch)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("office:import_batch", batch.pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            importing.undo_import,
            actor=request.actor,
            batch=batch,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done:
            messages.success(request, _("Đã hoàn tác. Sổ đăng ký trở lại như trước khi nạp."))
            return redirect("office:import_batch", batch.pk)
    context = {"form": form, "batch": batch, "changes": _changes(undoing.plan(batch))}
    return render(request, "office/import_undo.html", context)


def _changes(plan: undoing.Plan) -> list[str]:
    """What undoing an import will change, in sentences."""
    words = {
        "recognition": _("%s dòng rời khỏi sổ đăng ký."),
        "product": _("%s sản phẩm do lần nhập tạo ra bị xóa."),
        "producer": _("%s chủ thể do lần nhập tạo ra bị xóa."),
        "decision": _("%s quyết định do lần nhập tạo ra bị xóa."),
    }
    told = [words[kind] % write_number(n) for kind, n in plan.counts.items() if n]
    if plan.completed:
        told.append(
            _("%s dòng có từ trước trở lại như trước khi được bổ sung.")
            % write_number(len(plan.completed))
        )
    return told or [_("Sổ đăng ký không thay đổi: tệp chưa được nạp.")]


_STEPS = {"load": _load, "publish": _publish}


@office
def errors(request: SignedInRequest, pk: int) -> HttpResponse:
    """The remarked rows as a workbook: correct them there and bring it again."""
    require(request.actor, rules.may_read_imported_rows)
    batch = get_object_or_404(imports.batches(request.actor), pk=pk)
    into = io.BytesIO()
    imports.write_error_workbook(into, batch)
    response = HttpResponse(into.getvalue(), content_type=filetypes.XLSX)
    response["Content-Disposition"] = f'attachment; filename="dong-can-sua-{batch.pk}.xlsx"'
    return response
