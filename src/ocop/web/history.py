"""The life of a product on one page: everybody's, the producer's and the office's version."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ocop.core import csvs, folding, papers
from ocop.dossiers import rules as dossier_rules
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.programme.history import history, reader_of
from ocop.programme.lifeline import Entry, Reader
from ocop.web import export
from ocop.web.office.guard import office
from ocop.web.producer.guard import producer
from ocop.web.requests import Request, SignedInRequest

#: Where what an entry is about is opened, by face; what is not here leads nowhere.
_PAGES: dict[Reader, dict[str, str]] = {
    Reader.PUBLIC: {},
    Reader.PRODUCER: {
        "dossier": "producer_dossier",
        "certificate": "certificate",
        "postcheck": "producer_postcheck",
        "case": "producer_case",
    },
    Reader.OFFICE: {
        "decision": "office:decision",
        "dossier": "go_dossier",
        "certificate": "certificate",
        "postcheck": "office:postcheck",
        "case": "office:case",
        "complaint": "office:complaint",
    },
}


def public_page(request: Request, code: str) -> HttpResponseBase:
    """What everybody may know: recognitions, and how each ended."""
    return _page(request, _found(request, code), Reader.PUBLIC, "public/history.html")


@producer
def producer_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The own product, or for the office what its producer reads."""
    found = _found(request, code)
    if not dossier_rules.may_write_dossiers(request.actor, found.producer, timezone.localdate()):
        raise Http404
    return _page(request, found, Reader.PRODUCER, "producer/history.html")


@office
def office_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The whole line for staff of the area; for other staff what everybody reads."""
    found = _found(request, code)
    reader = reader_of(request.actor, found, timezone.localdate())
    return _page(request, found, reader, "office/history.html")


def _found(request: Request, code: str) -> Product:
    rows = products.for_lists(products.visible_to(request.actor))
    return get_object_or_404(rows, code=code)


def _page(request: Request, product: Product, reader: Reader, template: str) -> HttpResponseBase:
    entries = history(request.actor, product, reader=reader, on=timezone.localdate())
    if write := _FILES.get(request.GET.get("format", "")):
        return write(product, entries, reader)
    pages = _PAGES[reader]
    context = {
        "product": product,
        "whole": reader is Reader.OFFICE,
        "entries": [(entry, _address(entry, pages)) for entry in entries],
        "exports": [(kind.upper(), f"?format={kind}") for kind in _FILES],
    }
    return render(request, template, context)


def _address(entry: Entry, pages: dict[str, str]) -> str:
    name = pages.get(entry.about.kind) if entry.about else None
    return reverse(name, args=(entry.about.key,)) if name and entry.about else ""


def _headings(reader: Reader) -> list[str]:
    told = [_("Ngày"), _("Loại sự kiện"), _("Diễn biến"), _("Chi tiết")]
    return [*told, _("Ai xem được")] if reader is Reader.OFFICE else told


def _row(entry: Entry, reader: Reader) -> list[Any]:
    told = [entry.on, entry.sort, entry.title, entry.detail]
    return [*told, entry.readers] if reader is Reader.OFFICE else told


def _workbook(product: Product, entries: list[Entry], reader: Reader) -> HttpResponseBase:
    sheet = export.Sheet(
        title=_("Lịch sử sản phẩm %s") % product.name,
        notes=papers.notes(timezone.now()),
        headings=_headings(reader),
        rows=[_row(entry, reader) for entry in entries],
    )
    return export.response(sheet, _name(product))


def _table(product: Product, entries: list[Entry], reader: Reader) -> HttpResponseBase:
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(_headings(reader))
    for entry in entries:
        writer.writerow(csvs.cells(_row(entry, reader)))
    answer = HttpResponse("\ufeff" + into.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(product)}.csv"'
    return answer


def _name(product: Product) -> str:
    return f"lich-su-{slugify(folding.fold(product.name))}-{product.code}"


_FILES: dict[str, Callable[[Product, list[Entry], Reader], HttpResponseBase]] = {
    "xlsx": _workbook,
    "csv": _table,
}
