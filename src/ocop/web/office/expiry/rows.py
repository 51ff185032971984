"""The expiry list by commune, and its letters."""

import io
from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.core import filetypes
from ocop.core.refusals import Refused
from ocop.places.letterhead import letterhead
from ocop.programme import rules as programme_rules
from ocop.recognition import expiry_list
from ocop.recognition import letters as writing
from ocop.recognition.expiry import by_commune, communes
from ocop.web.office.expiry.asked import address, asked, tabs, within
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

COMMUNES = 20  # on a page
_TYPES = {
    "docx": filetypes.DOCX,
    "zip": "application/zip",
    "xlsx": filetypes.XLSX,
    "pdf": filetypes.PDF,
}


@office
def expiry(request: SignedInRequest) -> HttpResponse:
    """What ends when, commune by commune, with the days for filing."""
    told = within(asked(request))
    today = timezone.localdate()
    # The communes are counted first; only those of the page are read row by row.
    counted = [] if told.problems else communes(request.actor, told.by, on=today)
    page = Paginator(counted, COMMUNES).get_page(request.GET.get("page"))
    shown = tuple(key for key, _count in page.object_list)
    context = {
        "tabs": tabs(request, told, "office:expiry"),
        "filters": told.filters,
        "chips": told.chips,
        "problems": told.problems,
        "start": told.by.start,
        "end": told.by.end,
        "communes": by_commune(request.actor, replace(told.by, places=shown), on=today),
        "page": page,
        "total": sum(count for _key, count in counted),
        "query": request.GET.urlencode(),
        "campaign": address("office:campaign_new", told)
        if programme_rules.may_run_campaign(request.actor)
        else "",
    }
    return render(request, "office/expiry.html", context)


@office
def letters(request: SignedInRequest, kind: str) -> HttpResponse:
    """One letter per commune in a document or a ZIP, or the list as a workbook or PDF."""
    if kind not in _TYPES:
        raise Http404
    told = within(asked(request))
    if told.problems:
        raise Refused("period", " ".join(told.problems))
    today = timezone.localdate()
    found = by_commune(request.actor, told.by, on=today)
    if not found:
        raise Http404
    into = io.BytesIO()
    if kind == "xlsx":
        expiry_list.write_workbook(into, found, on=today)
    elif kind == "pdf":
        expiry_list.write_print(into, found, on=today)
    elif kind == "docx":
        writing.write_letters(into, found, letterhead(), on=today)
    else:
        writing.write_letters_apart(into, found, letterhead(), on=today)
    first = min(row.expires_on for commune in found for row in commune.rows)
    name = f"het-han-{told.by.start or first:%Y%m%d}-{told.by.end:%Y%m%d}.{kind}"
    response = HttpResponse(into.getvalue(), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
