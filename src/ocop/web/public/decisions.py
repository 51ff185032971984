"""Published decisions: the list, one with what it recognised then and what holds today, a feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ocop.core.actor import ANONYMOUS
from ocop.core.numbers import write_date
from ocop.filters.decisions import PublishedFilter
from ocop.products.models import Product
from ocop.recognition import additions, correcting, deciding, queries, signatures
from ocop.recognition.log.queries import entries_of
from ocop.recognition.models import Decision, Recognition
from ocop.web.files import send
from ocop.web.requests import Request
from ocop.web.tables import DayColumn, NumberColumn, chips, export_address, listing

PAGE, ROWS, FEED = 25, 100, 50


@dataclass(frozen=True, slots=True)
class Line:
    """A product of a decision: what it got then, what it holds today, its place in the log, and
    since when it is here, if it was added after the publication, and that the record was wrong."""

    row: Recognition
    today: Any  # the product with its standing
    entry: int | None
    late: additions.Addition | None
    correction: correcting.Correction | None


class PublishedTable(tables.Table):
    """The same rows as a workbook."""

    number = tables.Column(verbose_name=gettext_lazy("Quyết định"))
    signed_on = DayColumn(verbose_name=gettext_lazy("Ngày ký"))
    authority = tables.Column(verbose_name=gettext_lazy("Cơ quan ký"))
    products = NumberColumn(verbose_name=gettext_lazy("Sản phẩm"))
    published_on = DayColumn(verbose_name=gettext_lazy("Ngày công bố"))
    mistaken_on = DayColumn(verbose_name=gettext_lazy("Ghi nhầm, đính chính ngày"))

    class Meta:
        orderable = False

    def __init__(self, *arguments: Any, shown: Mapping[str, str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._shown = shown

    def value_authority(self, value: str) -> str:
        return self._shown.get(value, "")


def decision_list(request: Request) -> HttpResponseBase:
    """Every published decision, the newest first."""
    rows = deciding.published_decisions(request.actor)
    named = deciding.authorities(request.actor)
    filters = PublishedFilter(request.GET, queryset=rows, authorities=named, public=True)
    shown = {spelling: each.name for each in named for spelling in each.spellings}
    if request.GET.get("format") == "xlsx" and not filters.problems:
        return listing(
            request,
            table=PublishedTable(filters.qs, shown=shown),
            filters=filters,
            title=_("Quyết định công nhận"),
            template="public/decisions.html",
        )
    pages = Paginator(filters.qs, PAGE)
    page = pages.get_page(request.GET.get("page"))
    for row in page.object_list:  # one authority under one name; its page keeps what was signed
        row.authority = shown.get(row.authority, "")
    context = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "export_address": export_address(request),
        "page": page,
        "total": pages.count,
    }
    return render(request, "public/decisions.html", context)


def decision(request: Request, pk: int) -> HttpResponse:
    """One decision: facts, signed file, and what it recognised."""
    found = _decision(request, pk)
    rows = deciding.rows_of_decision(request.actor, found)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "decision": found,
        "page": page,
        "lines": _lines(list(page.object_list), timezone.localdate()),
        "signed": signatures.from_json(found.signatures) if found.file_public else None,
    }
    return render(request, "public/decision.html", context)


def decision_file(request: Request, pk: int) -> FileResponse:
    """The signed file, where an officer put it on the public page."""
    found = _decision(request, pk)
    if not found.file_public or found.attachment is None:
        raise Http404
    return send(found.attachment, f"quyet-dinh-{found.pk}")


def feed(request: Request) -> HttpResponse:
    """The newest decisions as Atom."""
    page = request.build_absolute_uri(reverse("decisions"))
    made = Atom1Feed(
        title=_("Quyết định công nhận sản phẩm OCOP"),
        link=page,
        description=None,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    rows = list(deciding.published_decisions(ANONYMOUS)[:FEED])
    changed = additions.changed_at([row.pk for row in rows])
    for row in rows:
        begun = timezone.make_aware(datetime.combine(row.published_on or row.signed_on, time.min))
        address = request.build_absolute_uri(reverse("decision", args=[row.pk]))
        made.add_item(
            title=_("Quyết định %(number)s ngày %(day)s")
            % {"number": row.number, "day": write_date(row.signed_on)},
            link=address,
            description=_summary(row),
            unique_id=address,
            updateddate=max(begun, changed.get(row.pk, begun)),
            author_name=row.authority,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _summary(row: Any) -> str:
    words = ngettext("Công nhận %d sản phẩm.", "Công nhận %d sản phẩm.", row.products)
    invented = _("Dữ liệu mẫu: ") if row.demonstration else ""
    if row.mistaken_on:
        return invented + _("Ghi nhầm, đã đính chính ngày %s.") % write_date(row.mistaken_on)
    return invented + words % row.products


def _lines(rows: list[Recognition], on: date) -> list[Line]:
    entries: Mapping[int, int] = entries_of(row.pk for row in rows)
    products = Product.objects.filter(pk__in={row.product_id for row in rows})
    today = {each.pk: each for each in queries.standing(products, on)}
    late = additions.additions_of([row.pk for row in rows])
    wrong = correcting.corrections_of([row.pk for row in rows if row.mistaken])
    return [
        Line(
            row,
            today[row.product_id],
            entries.get(row.pk),
            late.get(row.pk),
            wrong.get(row.pk),
        )
        for row in rows
    ]


def _decision(request: Request, pk: int) -> Decision:
    found: Decision = get_object_or_404(deciding.published_decisions(request.actor), pk=pk)
    return found
