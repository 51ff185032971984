"""Criteria sets: browser, differences, sign-off, official wording."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.filetypes import XLSX
from ocop.councils.queries import trials
from ocop.councils.summary import star_words
from ocop.criteria import difference as differences
from ocop.criteria import queries, rules, services, sets
from ocop.criteria import wording as wordings
from ocop.products.models import Sector
from ocop.web.forms import act
from ocop.web.office.criteria_forms import SignOffForm, WordingForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

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


@office
def index(request: SignedInRequest) -> HttpResponse:
    """The sets in force, by sector, each with whether it was compared with the signed text."""
    found = list(queries.current(request.actor))
    context = {
        "groups": [
            (sector.label, [v for v in found if v.sector == sector.value]) for sector in Sector
        ],
        "waiting": sum(v.signed_off_at is None for v in found),
        "versions": queries.legal_versions().filter(effective_from__lte=timezone.localdate()),
    }
    return render(request, "office/criteria.html", context)


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
        "notes": notes,
        "corrected": corrected,
        "revisions": queries.revisions(request.actor, found.number),
        "may_sign_off": rules.may_sign_off(request.actor),
        "may_word": rules.may_load_wording(request.actor),
        "may_publish": rules.may_publish_criteria(request.actor),
    }
    return render(request, "office/criteria_version.html", context)


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
