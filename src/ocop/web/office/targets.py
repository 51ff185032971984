"""Targets of the programme, and figures that offices report."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from ocop.core import options
from ocop.core.actions import require
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.filters.inputs import DayInput
from ocop.filters.programme import FigureFilter, TargetFilter, indicator_choices
from ocop.filters.units import UnitField
from ocop.people import rules as people_rules
from ocop.places import queries as places
from ocop.programme import queries, rules, terms
from ocop.programme.models import ReportedFigure, Target
from ocop.programme.services import targets as services
from ocop.web.forms import NumberField, act
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.target_tables import FigureTable, TargetTable, written
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing
from ocop.web.unit_names import UnitNameField


def _units_help() -> str:
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Để trống nếu là cả tỉnh, thành phố. Gõ tên xã, phường hoặc quận, huyện khi đó."),
        reverse("office:units"),
        _("Tra danh sách đơn vị"),
    )


units_help = lazy(_units_help, str)()


class ReplacingForm(forms.Form):
    """A form that may replace what is kept: what the person saw of that, and why it is replaced."""

    replaces = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ReasonForm.base_fields["reason"]

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._reason = self.fields.pop("reason")
        self._reason.required = False  # the service says when it is missing
        if self.data.get("replaces"):
            self.fields["reason"] = self._reason

    def ask_why(self, kept: Target | ReportedFigure) -> None:
        """Ask for the reason of replacing what is kept, which is shown beside the form."""
        self.fields["reason"] = self._reason
        self.data = {name: self.data[name] for name in self.data} | {"replaces": kept.mark}


class TargetForm(ReplacingForm):
    """What an indicator is to reach."""

    indicator = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    unit = UnitNameField(
        then=True, label=gettext_lazy("Đơn vị"), required=False, help_text=units_help
    )
    term = forms.CharField(
        label=gettext_lazy("Kỳ"), max_length=9, help_text=gettext_lazy("Ví dụ 2026-2030 hoặc 2026.")
    )
    low = NumberField(label=gettext_lazy("Giá trị, hoặc mức thấp nhất"), max_digits=14)
    high = NumberField(
        label=gettext_lazy("Mức cao nhất, nếu là khoảng"), max_digits=14, required=False
    )
    source = forms.CharField(label=gettext_lazy("Nguồn: văn bản, số, ngày"), max_length=200)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Chỉ tiêu"), choices=indicator_choices()
        )

    def clean_term(self) -> terms.Term:
        try:
            return terms.parse(self.cleaned_data["term"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class FigureForm(ReplacingForm):
    """A figure that somebody reported."""

    indicator = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    unit = UnitField(
        label=gettext_lazy("Đơn vị"),
        required=False,
        help_text=gettext_lazy("Để trống nếu là cả tỉnh, thành phố."),
    )
    as_of = forms.DateField(label=gettext_lazy("Tính đến ngày"), widget=DayInput)
    value = NumberField(label=gettext_lazy("Giá trị"), max_digits=14)
    more_than = forms.BooleanField(label=gettext_lazy("Nguồn ghi “hơn”"), required=False)
    source = forms.CharField(label=gettext_lazy("Nguồn: văn bản, số, ngày"), max_length=200)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Chỉ tiêu"), choices=indicator_choices(reported=True)
        )


@office
def targets(request: SignedInRequest) -> HttpResponseBase:
    """Targets, the newest first, each with its history, and the way to set another."""
    require(request.actor, people_rules.may_see_everything)
    rows = Target.objects.select_related("unit").order_by("-starts_on", "indicator")
    chosen = TargetFilter(request.GET, queryset=rows)
    hidden = () if rules.may_set_target(request.actor) else ("step",)
    table = TargetTable(chosen.qs, queries.settings_of(chosen.qs), exclude=hidden)
    return _listed(request, table, chosen, _("Mục tiêu"))


@office
def figures(request: SignedInRequest) -> HttpResponseBase:
    """Reported figures, the newest first, each with its history."""
    require(request.actor, people_rules.may_see_everything)
    rows = queries.figures_visible_to(request.actor).order_by("-as_of", "indicator")
    chosen = FigureFilter(request.GET, queryset=rows)
    table = FigureTable(chosen.qs, queries.reports_of(chosen.qs))
    return _listed(request, table, chosen, _("Số liệu báo cáo"))


def _listed(
    request: SignedInRequest, table: tables.Table, chosen: FilterSet, title: str
) -> HttpResponseBase:
    pages = (("office:targets", _("Mục tiêu")), ("office:figures", _("Số liệu báo cáo")))
    return listing(
        request,
        table=table,
        filters=chosen,
        title=title,
        template="office/targets.html",
        context={
            "tabs": [(words, reverse(name), words == title) for name, words in pages],
            "may_set": rules.may_set_target(request.actor),
        },
    )


@office
def target_new(request: SignedInRequest) -> HttpResponse:
    """Set a target of the province or of a unit; one already set is shown, and replaced with a
    reason. The address may say of what, as links to a target that stands do."""
    require(request.actor, rules.may_set_target)
    form = TargetForm(request.POST or None, initial=request.GET.dict())
    context = {"form": form, "title": _("Đặt mục tiêu"), "cancel": reverse("office:targets")}
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["unit"] = unit = given["unit"] or places.province(options.PROVINCE.get())
        now = timezone.now()
        if made := act(form, services.set_target, actor=request.actor, at=now, **given):
            messages.success(request, _("Đã đặt mục tiêu của %s.") % made.unit.name)
            return redirect("office:targets")
        if stands := queries.target_set(given["indicator"], unit, given["term"]):
            form.ask_why(stands)
            context |= {"title": _("Thay mục tiêu đã đặt"), "action": _("Thay mục tiêu")}
            context["changes"] = _changes(stands, given)
            return render(request, "office/confirm.html", context)
    return render(request, "office/form.html", context)


def _changes(stands: Target, given: dict[str, Any]) -> list[str]:
    """What replacing a target changes."""
    return [
        _("Đang đặt cho %(unit)s, %(term)s: %(value)s, nguồn: %(source)s.")
        % {
            "unit": given["unit"].name,
            "term": given["term"],
            "value": written(stands.indicator, stands.low, stands.high),
            "source": stands.source,
        },
        _("Sẽ thành: %(value)s, nguồn: %(source)s.")
        % {
            "value": written(given["indicator"], given["low"], given["high"]),
            "source": given["source"],
        },
        _("Tiến độ của kỳ được tính lại theo mục tiêu mới. Mục tiêu cũ vẫn xem được ở lịch sử."),
    ]


@office
def figure_new(request: SignedInRequest) -> HttpResponse:
    """Keep a reported figure with its source; one already kept is shown, and corrected with a
    reason."""
    require(request.actor, rules.may_report_figure)
    form = FigureForm(request.POST or None, initial={"as_of": timezone.localdate()})
    context: dict[str, Any] = {
        "form": form,
        "title": _("Ghi số liệu báo cáo"),
        "cancel": reverse("office:figures"),
    }
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        told["unit"] = told["unit"] or places.province(options.PROVINCE.get())
        if act(form, services.report_figure, actor=request.actor, at=timezone.now(), **told):
            messages.success(request, _("Đã ghi số liệu."))
            return redirect("office:figures")
        if kept := queries.figure_kept(told["indicator"], told["unit"], told["as_of"]):
            form.ask_why(kept)
            context |= {"title": _("Sửa số liệu đã ghi"), "action": _("Sửa số liệu")}
            context["changes"] = _corrections(kept, told)
            return render(request, "office/confirm.html", context)
    return render(request, "office/form.html", context)


def _corrections(kept: ReportedFigure, given: dict[str, Any]) -> list[str]:
    """What correcting a figure changes."""
    return [
        _("Đang ghi cho %(unit)s ngày %(day)s: %(value)s, nguồn: %(source)s.")
        % {
            "unit": given["unit"].name,
            "day": write_date(kept.as_of),
            "value": written(kept.indicator, kept.value, more_than=kept.more_than),
            "source": kept.source,
        },
        _("Sẽ thành: %(value)s, nguồn: %(source)s.")
        % {
            "value": written(given["indicator"], given["value"], more_than=given["more_than"]),
            "source": given["source"],
        },
        _("Các con số cộng từ số liệu này được tính lại. Số cũ vẫn xem được ở lịch sử."),
    ]
