"""`/so-lieu/`: how far the programme is, in sentences, charts and tables, each number a list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import numbers, options, papers
from ocop.core.language import gettext
from ocop.core.refusals import Refused
from ocop.filters import strict
from ocop.filters.inputs import DayInput
from ocop.places import queries as places
from ocop.programme import documents, indicators, queries, rules, sentences, terms
from ocop.programme.cuts import CUTS
from ocop.programme.progress import Progress
from ocop.programme.readings import PERCENT, Indicator
from ocop.programme.scope import Choice, Scope
from ocop.programme.sentences import Number, Sentence
from ocop.web.charts import Bar, BarChart, TargetChart
from ocop.web.public import figures_tables
from ocop.web.requests import Request
from ocop.web.tables import listing

#: Cuts shown as tables on the page, by the units of then or of now.
TABLES = {
    "then": ("year", "rank", "sector", "producer_kind", "district_then"),
    "now": ("year", "rank", "sector", "producer_kind", "commune_now"),
}
DOCUMENTS = ("docx", "xlsx", "pdf")


def _terms(as_of: date) -> list[tuple[str, str]]:
    """The terms of the programme so far, and as far as the day."""
    found = [terms.containing(max(as_of, timezone.localdate()).year)]
    while found[-1].first > min(2016, as_of.year):
        found.append(terms.containing(found[-1].first - 1))
    return [(term.code, str(term)) for term in found]


def _known(day: date) -> None:
    if problem := terms.problem_of(day):
        raise forms.ValidationError(problem)


class FrameForm(forms.Form):
    """Day, term, province and the units to cut by."""

    as_of = forms.DateField(
        label=gettext_lazy("Tính đến hết ngày"),
        widget=DayInput,
        required=False,
        validators=[_known],
    )
    term = forms.ChoiceField(label=gettext_lazy("Kỳ"), required=False)
    units = forms.ChoiceField(
        label=gettext_lazy("Đơn vị hành chính"),
        choices=(("then", gettext_lazy("Khi đó")), ("now", gettext_lazy("Hiện nay"))),
        required=False,
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Tỉnh, thành phố"),
        required=False,
        choices=lambda: [(unit.code, unit.name) for unit in places.provinces_now()],
    )

    def __init__(self, data: dict[str, str], as_of: date) -> None:
        super().__init__(data)
        self.fields["term"].choices = _terms(as_of)  # type: ignore[attr-defined]


def _frame(request: Request) -> tuple[FrameForm, Scope]:
    """What the page is about. Where it cannot be read the form says so, and today stands in."""
    today = timezone.localdate()
    given = {k: str(v) for k, v in request.GET.items() if k in FrameForm.base_fields and v}
    as_of = _day(given.get("as_of"), today)
    frame = {
        "as_of": as_of.isoformat(),
        "term": terms.containing(as_of.year).code,
        "units": "then",
        "province": options.PROVINCE.get(),
        **given,
    }
    form = FrameForm(frame, as_of)
    if not form.is_valid():
        return form, queries.scope(request.actor, as_of=as_of)
    values = form.cleaned_data
    return form, queries.scope(
        request.actor,
        as_of=values["as_of"],
        term=terms.parse(values["term"]) if "term" in given else None,
        province=values["province"],
    )


def _day(text: str | None, otherwise: date) -> date:
    """The day in an address, where it is one: the term offered first follows from it."""
    try:
        return FrameForm.base_fields["as_of"].clean(text) or otherwise
    except forms.ValidationError:
        return otherwise


def _problems(request: Request, form: FrameForm) -> list[str]:
    """What is not understood in the address, in words."""
    return [
        *_misplaced(request, ()),
        *(
            f"{form.fields[name].label}: {words}"
            for name, told in form.errors.items()
            for words in told
        ),
    ]


def _misplaced(request: Request, cuts: Collection[str]) -> list[str]:
    """The cuts in an address that a page does not narrow by, in words: the whole sum would be taken
    for a part. Other names are passed over: senders of links append whatever they like."""
    return [
        strict.told_unknown(name, {*FrameForm.base_fields, *cuts})
        for name in sorted(request.GET)
        if name in CUTS and name not in cuts
    ]


def _exact_frame(request: Request) -> Scope:
    """The frame of a list or a document, which has no form to tell what could not be read."""
    form, scope = _frame(request)
    if form.errors:
        told = (" ".join(map(str, errors)) for errors in form.errors.values())
        raise Refused("frame", " ".join(told))
    return scope


def _no_more(request: Request, cuts: Collection[str] = ()) -> None:
    """Refuse what a page cannot narrow by."""
    for words in _misplaced(request, cuts):
        raise Refused("unknown_filter", words)


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
        return f"{reverse('figures_definitions')}?{urlencode(_frame_query(number.scope))}#muc-tieu"
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
    form, scope = _frame(request)
    if problems := _problems(request, form):
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
    scope = _exact_frame(request).narrowed(*_choices(request, reading))
    found = queries.listed(reading, scope)
    context = {
        "reading": reading,
        "scope": scope,
        "definition": gettext(reading.definition),
        "choices": [(gettext(CUTS[k].name), CUTS[k].label(v)) for k, v in scope.choices],
        "back": f"{reverse('progress')}?{urlencode(_frame_query(scope))}",
    }
    return listing(
        request,
        table=figures_tables.table_for(found),
        filters=None,
        title=gettext(reading.name),
        template="figures/rows.html",
        context=context,
    )


def _frame_query(scope: Scope) -> dict[str, str]:
    return {
        "as_of": scope.as_of.isoformat(),
        "term": scope.term.code,
        "province": scope.province,
    }


def _choices(request: Request, reading: Indicator) -> list[Choice]:
    """The cuts the address chooses by. Refused: a cut that the number does not have; a value that
    a cut cannot have leaves no rows, and the page names it."""
    _no_more(request, reading.cuts)
    return [(key, request.GET[key]) for key in reading.cuts if key in request.GET]


def definitions(request: Request) -> HttpResponse:
    """What every number means, word for word, with its value today."""
    _no_more(request)
    scope = _exact_frame(request)
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
    _no_more(request)
    scope = _exact_frame(request)
    units = request.GET.get("units", "then")
    cuts = TABLES[units] if units in TABLES else TABLES["then"]

    def link(number: Number) -> str:
        return request.build_absolute_uri(link_of(number))

    content = documents.report(scope, kind, cuts, link=link, at=timezone.now())
    name = f"so-lieu-ocop-{scope.province}-{scope.as_of:%Y-%m-%d}.{kind}"
    response = HttpResponse(content, content_type=papers.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
