"""Criteria sets: browser, differences, sign-off, official wording."""

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import events
from ocop.core.actions import require
from ocop.core.filetypes import XLSX
from ocop.councils.queries import trials
from ocop.councils.summary import star_words
from ocop.criteria import difference as differences
from ocop.criteria import queries, rules, services, sets
from ocop.criteria import wording as wordings
from ocop.criteria.models import CriteriaSetVersion
from ocop.filters.worded import CriteriaFilter
from ocop.products.models import Sector
from ocop.web.forms import act
from ocop.web.happenings import Happening, told
from ocop.web.office.criteria_forms import SignOffForm, WordingForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import NumberColumn, TemplateColumn, listing
from ocop.web.templatetags.ocop import tag
from ocop.web.vietnamese import vietnamese

_KINDS = {
    differences.Kind.ADDED: gettext_lazy("thêm"),
    differences.Kind.REMOVED: gettext_lazy("bỏ"),
    differences.Kind.RENAMED: gettext_lazy("đổi tên"),
    differences.Kind.POINTS: gettext_lazy("đổi điểm"),
    differences.Kind.MINIMUM: gettext_lazy("đổi mức tối thiểu"),
    differences.Kind.OPTIONS: gettext_lazy("đổi các mức"),
    differences.Kind.GATES: gettext_lazy("đổi điều kiện"),
    differences.Kind.FACTS: gettext_lazy("đổi chi tiết khác"),
}


class CriteriaTable(tables.Table):
    """The sets in force, each with whether it was compared with the signed text."""

    number = NumberColumn(verbose_name=gettext_lazy("Bộ"))
    name = tables.Column(verbose_name=gettext_lazy("Tên"))
    sector = tables.Column(verbose_name=gettext_lazy("Ngành"))
    revision = NumberColumn(verbose_name=gettext_lazy("Phiên bản"))
    compared = tables.Column(
        verbose_name=gettext_lazy("Đối chiếu"),
        accessor="signed_off_at",
        empty_values=(),
    )
    sheet = TemplateColumn(
        template_name="office/_criteria_sheet.html",
        verbose_name=gettext_lazy("Việc"),
        orderable=False,
        empty_values=(),
        exclude_from_export=True,
    )

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:criteria_version", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, vietnamese(value))

    def value_name(self, value: str) -> str:
        return value

    def render_sector(self, value: str) -> str:
        return str(Sector(value).label)

    def render_compared(self, value: Any) -> str:
        words = self.value_compared(value)
        return tag(words, "ok", "check") if value else tag(words, "due", "warning")

    def value_compared(self, value: Any) -> str:
        return _("Đã đối chiếu") if value else _("Chưa đối chiếu với văn bản ký")


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """The sets in force, in the order of their numbers."""
    filters = CriteriaFilter(request.GET, queryset=queries.current(request.actor))
    versions = queries.legal_versions().filter(effective_from__lte=timezone.localdate())
    return listing(
        request,
        table=CriteriaTable(filters.qs),
        filters=filters,
        title=_("Bộ tiêu chí đánh giá, phân hạng"),
        template="office/criteria.html",
        context={"versions": versions},
    )


@office
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """One set, criterion by criterion, with the official words where they are loaded."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    worded = queries.worded(found)
    short = queries.set_of(found).by_code
    notes = [n for n in sets.decree()["to_compare"] if n["set"] == found.number]
    corrected = [n for n in sets.decree()["corrections"] if n["set"] == found.number]
    context = {
        "version": found,
        "set": worded.criteria_set,
        "sections": [
            (
                section,
                [
                    _line(criterion, short[criterion.code], worded.words)
                    for criterion in worded.criteria_set.criteria
                    if criterion.section == section.code
                ],
            )
            for section in worded.criteria_set.sections
        ],
        "compared": worded.compared,
        "signed": _sign_off_of(found) if worded.compared else None,
        "notes": notes,
        "corrected": corrected,
        "revisions": queries.revisions(request.actor, found.number),
        "may_sign_off": rules.may_sign_off(request.actor),
        "may_word": rules.may_load_wording(request.actor),
        "may_publish": rules.may_publish_criteria(request.actor),
    }
    return render(request, "office/criteria_version.html", context)


def _sign_off_of(version: CriteriaSetVersion) -> Happening | None:
    """The sign-off that stands: who compared the set, and with which text."""
    last = events.activity(version).filter(name="criteria.set_signed_off")[:1]
    return next(iter(told(last)), None)


def _line(
    criterion: sets.Criterion, short: sets.Criterion, words: Mapping[tuple[str, int | None], str]
) -> tuple[sets.Criterion, str, list[tuple[sets.Option, str]]]:
    """A criterion and its options in official words, each with our short label where it has
    them."""
    return (
        criterion,
        short.name if (criterion.code, None) in words else "",
        [
            (option, label.label if (criterion.code, place) in words else "")
            for place, (option, label) in enumerate(
                zip(criterion.options, short.options, strict=True), start=1
            )
        ],
    )


@office
def difference(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed from another version of the set to this one."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    others = queries.current(request.actor).exclude(number=found.number)
    chosen = request.GET.get("from", "")
    other = (
        queries.visible_to(request.actor).filter(pk=int(chosen)).first()
        if chosen.isdecimal() and len(chosen) < 10
        else queries.revisions(request.actor, found.number)
        .exclude(pk=pk)
        .exclude(published_at=None)
        .first()
    )
    changes = differences.compare(queries.set_of(other), queries.set_of(found)) if other else []
    trial = None
    if other is not None and other.number == found.number:
        trial = trials.trial(request.actor, queries.set_of(other), queries.set_of(found))
    siblings = list(queries.revisions(request.actor, found.number).exclude(pk=pk))
    context = {
        "version": found,
        "other": other,
        "siblings": siblings,
        "others": [*siblings, *others],
        "changes": [(c, _KINDS[c.kind]) for c in changes],
        "trial": trial,
        "shifts": _in_words(trial) if trial else (),
    }
    return render(request, "office/criteria_difference.html", context)


def _in_words(trial: trials.Trial) -> list[tuple[trials.Shift, str, str]]:
    """Whose star the change would touch, with both stars in words."""
    return [(s, star_words(s.before.star), star_words(s.after.star)) for s in trial.shifts]


@office
def sign_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a set was compared with the signed text."""
    require(request.actor, rules.may_sign_off)
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if request.method == "GET" and (found.signed_off_at or not found.published_at):
        words = _("Đã đối chiếu rồi.") if found.signed_off_at else _("Bộ này chưa công bố.")
        messages.info(request, words)
        return redirect("office:criteria_version", pk)
    form = SignOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            services.sign_off_set,
            actor=request.actor,
            version=found,
            note=form.cleaned_data["note"],
            at=timezone.now(),
        )
        if done:
            messages.success(request, _("Đã xác nhận đối chiếu bộ %s.") % found)
            return redirect("office:criteria_version", pk)
    context = {"form": form, "version": found, "title": _("Xác nhận đã đối chiếu")}
    return render(request, "office/criteria_sign_off.html", context)


@office
def wording(request: SignedInRequest, pk: int) -> HttpResponse:
    """Load the official wording from the filled template."""
    require(request.actor, rules.may_load_wording)
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    signed_off = found.signed_off_at is not None
    form = WordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rows = act(
            form,
            services.load_wording,
            actor=request.actor,
            version=found,
            content=form.cleaned_data["file"].read(),
            at=timezone.now(),
        )
        if rows:
            messages.success(request, _("Đã nạp %d dòng lời văn chính thức.") % rows)
            if signed_off and queries.visible_to(request.actor).get(pk=pk).signed_off_at is None:
                messages.warning(request, _("Lời văn đã khác bản đối chiếu. Hãy đối chiếu lại."))
            return redirect("office:criteria_version", pk)
    return render(request, "office/criteria_wording.html", {"form": form, "version": found})


@office
def wording_template(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook to fill with the official wording."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    response = HttpResponse(wordings.template(queries.set_of(found)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="loi-van-bo-{found.number:02d}.xlsx"'
    return response
