"""The expiry list by commune, and its letters."""

import io
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.core import filetypes, options
from ocop.core.refusals import Refused
from ocop.filters import strict
from ocop.places.letterhead import letterhead
from ocop.recognition import expiry_list
from ocop.recognition import letters as writing
from ocop.recognition.queries import CommuneExpiry, expiring
from ocop.web.office.forms import PeriodForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

AHEAD = timedelta(days=180)
BEHIND = timedelta(days=180)
COMMUNES = 20  # on a page
_TYPES = {
    "docx": filetypes.DOCX,
    "zip": "application/zip",
    "xlsx": filetypes.XLSX,
    "pdf": filetypes.PDF,
}


def _found(request: SignedInRequest) -> tuple[PeriodForm, date, date, list[CommuneExpiry]]:
    """The form, the days, and what ends between them: nothing where the address is not clear."""
    today = timezone.localdate()
    form = PeriodForm(request.GET or None)
    start, end = form.period(today - BEHIND, today + AHEAD)
    if _problems(request, form):
        return form, start, end, []
    found = expiring(request.actor, start, end, on=today, province=options.PROVINCE.get())
    return form, start, end, found


def _problems(request: SignedInRequest, form: PeriodForm) -> list[str]:
    unknown = strict.unknown(request.GET, {*form.fields, "page"})
    return [
        *(strict.told_unknown(name, form.fields) for name in unknown),
        *(f"{form.fields[k].label}: {e}" for k, errors in form.errors.items() for e in errors),
    ]


@office
def expiry(request: SignedInRequest) -> HttpResponse:
    """What ends when, commune by commune, with the days for filing."""
    form, start, end, found = _found(request)
    page = Paginator(found, COMMUNES).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "start": start,
        "end": end,
        "communes": page.object_list,
        "page": page,
        "total": sum(len(commune.rows) for commune in found),
        "query": request.GET.urlencode(),
        "problems": _problems(request, form),
    }
    return render(request, "office/expiry.html", context)


@office
def letters(request: SignedInRequest, kind: str) -> HttpResponse:
    """One letter per commune in a document or a ZIP, or the list as a workbook or PDF."""
    if kind not in _TYPES:
        raise Http404
    form, start, end, found = _found(request)
    if problems := _problems(request, form):
        raise Refused("period", " ".join(problems))
    if not found:
        raise Http404
    today = timezone.localdate()
    into = io.BytesIO()
    if kind == "xlsx":
        expiry_list.write_workbook(into, found, on=today)
    elif kind == "pdf":
        expiry_list.write_print(into, found, on=today)
    elif kind == "docx":
        writing.write_letters(into, found, letterhead(), on=today)
    else:
        writing.write_letters_apart(into, found, letterhead(), on=today)
    name = f"het-han-{start:%Y%m%d}-{end:%Y%m%d}.{kind}"
    response = HttpResponse(into.getvalue(), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
