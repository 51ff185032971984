"""`/so-lieu/`: how far the programme is, in sentences, charts and tables, each number a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import numbers, papers
from ocop.core.language import gettext
from ocop.programme import documents, indicators, queries, rules, sentences
from ocop.programme.cuts import CUTS
from ocop.programme.progress import Progress
from ocop.programme.readings import PERCENT, Indicator
from ocop.programme.scope import Scope
from ocop.programme.sentences import Number, Sentence
from ocop.web.charts import Bar, BarChart, TargetChart
from ocop.web.public import figures_tables
from ocop.web.public.figures_frame import (
    FrameForm,
    chosen_cuts,
    exact_frame,
    frame_query,
    problems_of,
    read_frame,
    refuse_more,
)
from ocop.web.requests import Request
from ocop.web.tables import listing

#: Cuts shown as tables on the page, by the units of then or of now.
TABLES = {
    "then": ("year", "rank", "sector", "producer_kind", "district_then"),
    "now": ("year", "rank", "sector", "producer_kind", "commune_now"),
}
DOCUMENTS = ("docx", "xlsx", "pdf")


def address_of(indicator: Indicator, scope: Scope) -> str:
    """The list behind a number."""
    query = {
        "as_of": scope.as_of.isoformat(),
        "term": scope.term.code,
        "province": scope.province,
        **dict(scope.choices),
    }
    return f"{reverse('figures_list', args=[indicator.slug])}?{urlencode(query)}"


def _linked(sentence: Sentence) -> list[tuple[str, str]]:
    """A sentence as words with the address behind each number."""
    return [(p, "") if isinstance(p, str) else (p.written, link_of(p)) for p in sentence.pieces]


def link_of(number: Number) -> str:
    """The address of the list behind a number of a sentence; of a target, where it is told."""
    if not number.indicator:
        return f"{reverse('figures_definitions')}?{urlencode(frame_query(number.scope))}#muc-tieu"
    return address_of(indicators.get(number.indicator), number.scope)


@dataclass(frozen=True, slots=True)
class CutTable:
    """A number cut by one cut: lines of label, count and the list behind it."""

    title: str
    lines: list[tuple[str, int, str]]
    address: str  # of all rows

    @property
    def total(self) -> int:
        return sum(count for _label, count, _address in self.lines)


def progress(request: Request) -> HttpResponse:
    """The page of figures. Where the address is not understood there are none: those of another
    frame would be taken for those that were asked for."""
    form, scope = read_frame(request)
    if problems := problems_of(request, form):
        context: dict[str, Any] = {"form": form, "problems": problems, "headline": _("Số liệu")}
        return render(request, "figures/progress.html", context)
    units = form.cleaned_data.get("units", "then")
    counted = queries.progress_in(scope, queries.cube_of(scope, "evaluated"))
    tables = _tables(scope, TABLES[units])
    context = {
        "form": form,
        "scope": scope,
        "progress": counted,
        "headline": _headline(counted),
        "opening": [_linked(sentence) for sentence in sentences.on_progress(scope, counted)],
        "sentences": [_linked(sentence) for sentence in sentences.all_of(scope)],
        "charts": _charts(counted, scope, tables[0]),
        "tables": tables,
        "tiles": _tiles(scope, counted),
        "beside": queries.real_beside(scope),
        "documents": [(kind.upper(), _document_address(kind, request)) for kind in DOCUMENTS],
    }
    return render(request, "figures/progress.html", context)


def _tables(scope: Scope, cuts: Iterable[str]) -> list[CutTable]:
    reading = indicators.get("evaluated")
    cube = queries.cube_of(scope, "evaluated")
    return [
        CutTable(
            gettext(CUTS[key].name),
            [
                (piece.label, piece.count, address_of(reading, scope.narrowed((key, piece.key))))
                for piece in cube.slices(key)
            ],
            address_of(reading, scope),
        )
        for key in cuts
    ]


def _headline(counted: Progress) -> str:
    if counted.share_percent is None:
        words = _("Đã đánh giá, phân hạng %s sản phẩm")
        return words % numbers.write_number(counted.evaluated_total)
    share = numbers.write_percent(counted.share_percent)
    if counted.is_reached:
        return _("Đã đạt %s mục tiêu") % share
    missing = numbers.write_number(counted.missing or 0)
    return _("Đã đạt %(share)s mục tiêu, còn thiếu %(missing)s sản phẩm") % {
        "share": share,
        "missing": missing,
    }


def _charts(counted: Progress, scope: Scope, years: CutTable) -> list[BarChart | TargetChart]:
    charts: list[BarChart | TargetChart] = []
    if counted.target is not None:
        reached_in = counted.target_reached_in
        charts.append(
            TargetChart(
                title=_("Tiến độ giai đoạn %s") % scope.term,
                description=_headline(counted),
                reached=counted.evaluated_in_term,
                target=counted.target,
                expected=None if counted.is_reached else counted.expected_by_year_end,
                note=_("Đạt mục tiêu trong quý: %s") % reached_in if reached_in else "",
            )
        )
    if years.lines:
        bars = [
            Bar(label, count, past=int(label) < scope.term.first, address=address)
            for label, count, address in years.lines
            if label.isdigit()
        ]
        charts.append(
            BarChart(
                title=_("Sản phẩm được đánh giá, phân hạng theo năm"),
                description=_("Mỗi sản phẩm tính một lần, vào năm được công nhận đầu tiên."),
                bars=bars,
                label_heading=_("Năm"),
                value_heading=_("Sản phẩm"),
                note=_("Cột xám: trước kỳ. Đánh giá lại và nâng hạng tính riêng."),
            )
        )
    return charts


#: Numbers shown large, beside the sentences.
_TILES = (
    *("evaluated", "valid", "reevaluated", "upgraded", "producers_valid", "ended"),
    "renewed_in_time_share",
)


def _tiles(scope: Scope, counted: Progress) -> list[dict[str, Any]]:
    tiles = []
    for key in _TILES:
        reading = indicators.get(key)
        known = key == "evaluated"
        value = counted.evaluated_total if known else queries.figure(scope, key).value
        if value is None:  # a share of nothing
            continue
        tiles.append(
            {
                "value": reading.write(value),
                "words": gettext(reading.name),
                "address": address_of(reading, scope),
            }
        )
    return tiles


def _document_address(kind: str, request: Request) -> str:
    query = {k: v for k, v in request.GET.dict().items() if k in FrameForm.base_fields}
    return f"{reverse('figures_report', args=[kind])}?{urlencode(query)}"


def rows(request: Request, slug: str) -> HttpResponseBase:
    """The list behind a number: as many rows as the number says."""
    reading = indicators.BY_SLUG.get(slug)
    if reading is None:
        raise Http404
    if reading.restricted and not rules.may_read_restricted_rows(request.actor):
        raise Http404
    scope = exact_frame(request).narrowed(*chosen_cuts(request, reading))
    found = queries.listed(reading, scope)
    context = {
        "reading": reading,
        "scope": scope,
        "definition": gettext(reading.definition),
        "choices": [(gettext(CUTS[k].name), CUTS[k].label(v)) for k, v in scope.choices],
        "back": f"{reverse('progress')}?{urlencode(frame_query(scope))}",
    }
    return listing(
        request,
        table=figures_tables.table_for(found),
        filters=None,
        title=gettext(reading.name),
        template="figures/rows.html",
        context=context,
    )


def definitions(request: Request) -> HttpResponse:
    """What every number means, word for word, with its value today."""
    refuse_more(request)
    scope = exact_frame(request)
    figures = [(reading, reading.figure(scope)) for reading in indicators.INDICATORS.values()]
    found = [
        {
            "name": gettext(reading.name),
            "definition": gettext(reading.definition),
            "source": gettext(reading.source.value),
            "measure": "" if reading.measure == PERCENT else gettext(reading.measure),
            "restricted": gettext(indicators.CONFIDENCE) if reading.restricted else "",
            "figure": figure,
            "written": "" if figure.value is None else reading.write(figure.value),
            "address": ""
            if reading.restricted and not rules.may_read_restricted_rows(request.actor)
            else address_of(reading, scope),
        }
        for reading, figure in figures
    ]
    targets = [
        {
            "words": gettext(indicators.get(target.indicator).name),
            "written": indicators.get(target.indicator).write(target.low, target.high),
            "period": f"{target.starts_on.year}–{target.ends_on.year - 1}",
            "source": target.source,
        }
        for target in queries.targets(scope)
    ]
    context = {"definitions": found, "targets": targets, "scope": scope}
    return render(request, "figures/definitions.html", context)


def report(request: Request, kind: str) -> HttpResponse:
    """The page's sentences and tables as a document."""
    if kind not in DOCUMENTS:
        raise Http404
    refuse_more(request)
    scope = exact_frame(request)
    units = request.GET.get("units", "then")
    cuts = TABLES[units] if units in TABLES else TABLES["then"]

    def link(number: Number) -> str:
        return request.build_absolute_uri(link_of(number))

    content = documents.report(scope, kind, cuts, link=link, at=timezone.now())
    name = f"so-lieu-ocop-{scope.province}-{scope.as_of:%Y-%m-%d}.{kind}"
    response = HttpResponse(content, content_type=papers.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
