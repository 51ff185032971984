"""Importing a workbook of villages: bring it, look at what it says, load it, publish it."""

import io
from collections import Counter

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
from ocop.core.numbers import write_number
from ocop.core.refusals import NotAllowed, Refused
from ocop.filters.villages import VillageImportFilter
from ocop.network.villages import queries, rules
from ocop.network.villages.models import VillageImport, VillageImportState
from ocop.network.villages.services import importing
from ocop.network.villages.village_import.blank import write_blank
from ocop.network.villages.village_import.codes import Report
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network.villages.forms import FileForm
from ocop.web.office.network.villages.menu import TABS
from ocop.web.office.network.villages.tables import VillageImportTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

REPORTS = 100  # remarks on a page


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """The imports so far, and the way to bring another file."""
    require(request.actor, rules.may_see_imports)
    if request.method == "POST":
        require(request.actor, rules.may_import_villages)
    form = FileForm(posted(request), request.FILES or None)
    if sent(request, form):
        file = form.cleaned_data["file"]
        told = {"content": file.read(), "filename": file.name}
        if batch := act_on(request, form, importing.bring_villages, **told):
            return redirect("office:village_import", batch.code)
    filters = VillageImportFilter(request.GET, queryset=queries.imports(request.actor))
    return listing(
        request,
        table=VillageImportTable(filters.qs),
        filters=filters,
        title=_("Nhập làng nghề"),
        template="office/villages/imports.html",
        context={
            "form": form,
            "may_import": rules.may_import_villages(request.actor),
            "tabs": shown(TABS, request.actor, "office:village_imports"),
        },
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One import: what the file says, what is wrong with which row, and the next step."""
    batch = get_object_or_404(queries.imports(request.actor), code=code)
    reports = importing.reports_of(batch)
    kind = request.GET.get("remark", "")
    chosen = [report for report in reports if not kind or report.code.value == kind]
    context = {
        "batch": batch,
        "steps": [_("Chọn tệp"), _("Đọc và xem lỗi"), _("Nạp vào sổ"), _("Công bố")],
        "at": {"read": 3, "loaded": 4}.get(batch.state, 5),
        "rows_address": f"{reverse('office:villages')}?batch={batch.code}",
        "codes": _codes(reports),
        "kind": kind,
        "refused": {report.row for report in reports if report.rejects},
        "page": Paginator(chosen, REPORTS).get_page(request.GET.get("page")),
        "query": f"remark={kind}&" if kind else "",
        "may_import": rules.may_import_villages(request.actor),
    }
    return render(request, "office/villages/import.html", context)


def _codes(reports: list[Report]) -> list[tuple[str, str, int, bool]]:
    """Each kind of remark with its first sentence, how often, and whether it keeps rows out."""
    counted = Counter(report.code for report in reports)
    first = {report.code: report for report in reversed(reports)}
    rows = [
        (code.value, first[code].message, count, first[code].rejects)
        for code, count in counted.most_common()
    ]
    return sorted(rows, key=lambda row: not row[3])


@office
def step(request: SignedInRequest, code: str, name: str) -> HttpResponse:
    """Load, publish or undo an import, after asking where it cannot be taken back."""
    require(request.actor, rules.may_import_villages)
    batch = get_object_or_404(queries.imports(request.actor), code=code)
    if name == "hoan-tac":
        return _undo(request, batch)
    if name not in ("nap", "cong-bo"):
        raise Http404
    if request.method != "POST":
        if name == "cong-bo":
            return render(request, "office/villages/import_publish.html", {"batch": batch})
        return redirect("office:village_import", code)  # loading is a button; nothing is asked
    try:
        _take(request, batch, name)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("office:village_import", code)


def _take(request: SignedInRequest, batch: VillageImport, name: str) -> None:
    now, actor = timezone.now(), request.actor
    if name == "nap":
        skip_bad = "skip_bad" in request.POST
        importing.load_villages(actor=actor, batch=batch, skip_bad=skip_bad, at=now)
        messages.success(request, _("Đã nạp. Hãy xem lại rồi công bố, hoặc hoàn tác."))
    else:
        importing.publish_villages(actor=actor, batch=batch, at=now)
        messages.success(request, _("Đã công bố. Các làng đã hiện trên trang công khai."))


def _undo(request: SignedInRequest, batch: VillageImport) -> HttpResponse:
    """Take an import back: says what goes, asks why, does it; where it cannot be, says so first."""
    try:
        importing.check_undoable(batch)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("office:village_import", batch.code)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, importing.undo_villages, batch=batch, **form.cleaned_data
    ):
        messages.success(request, _("Đã hoàn tác. Sổ làng nghề trở lại như trước khi nạp."))
        return redirect("office:village_import", batch.code)
    context = {"form": form, "batch": batch, "changes": _changes(batch)}
    return render(request, "office/villages/import_undo.html", context)


def _changes(batch: VillageImport) -> list[str]:
    """What undoing an import will change, in sentences."""
    if batch.state != VillageImportState.LOADED:
        return [_("Sổ làng nghề không thay đổi: tệp chưa được nạp.")]
    kept = len(importing.worked_with(batch))
    gone = batch.villages.count() - kept
    found = [_("%s làng rời khỏi sổ.") % write_number(gone)]
    if kept:
        found.append(_("%s làng đã có người ghi thêm được giữ lại.") % write_number(kept))
    return found


@office
def blank(request: SignedInRequest) -> HttpResponse:
    """A workbook with the headings that are read, to fill in."""
    require(request.actor, rules.may_see_imports)
    into = io.BytesIO()
    write_blank(into)
    response = HttpResponse(into.getvalue(), content_type=filetypes.XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-lang-nghe.xlsx"'
    return response


@office
def errors(request: SignedInRequest, code: str) -> HttpResponse:
    """The remarked rows as a workbook: correct them there and bring it again."""
    require(request.actor, rules.may_see_imports)
    batch = get_object_or_404(queries.imports(request.actor), code=code)
    into = io.BytesIO()
    importing.write_error_workbook(into, batch)
    response = HttpResponse(into.getvalue(), content_type=filetypes.XLSX)
    response["Content-Disposition"] = f'attachment; filename="dong-can-sua-{batch.code}.xlsx"'
    return response
