"""The register of villages: the list, one village, entering and changing."""

from dataclasses import fields, replace

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import editing, events
from ocop.core.actions import require
from ocop.filters.villages import OfficeVillageFilter
from ocop.network.villages import queries, reviewing, rules
from ocop.network.villages.models import Village
from ocop.network.villages.services import villages
from ocop.network.villages.services.villages import VillageParticulars
from ocop.places import queries as places
from ocop.web.happenings import told
from ocop.web.menu import shown
from ocop.web.office import stale
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.network.villages import looks
from ocop.web.office.network.villages.forms import DayForm, VillageForm
from ocop.web.office.network.villages.menu import TABS
from ocop.web.office.network.villages.steps import offered
from ocop.web.office.network.villages.tables import VillageTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@office
def village_list(request: SignedInRequest) -> HttpResponseBase:
    """The villages that the actor oversees."""
    require(request.actor, rules.may_open_list)
    rows = queries.for_lists(queries.for_office(request.actor), timezone.localdate())
    filters = OfficeVillageFilter(request.GET, queryset=rows, request=request)
    may_keep = rules.may_keep_villages(request.actor)
    return listing(
        request,
        table=VillageTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Làng nghề"),
        template="office/villages/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:villages"),
            "lead": _("Sổ làng có nghề, làng nghề và làng nghề truyền thống."),
            "new_address": reverse("office:village_new") if may_keep else "",
            "new_words": _("Thêm làng"),
            "empty_text": _("Thêm từng làng, hoặc nhập cả danh sách từ Excel."),
        },
    )


@office
def village_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One village: its numbers, titles and artisans, and what the criteria say today."""
    found = get_object_or_404(queries.for_office(request.actor), code=code)
    today = timezone.localdate()
    asked = DayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    on = (asked.is_valid() and asked.cleaned_data["on"]) or today
    checked = reviewing.checked(found, on)
    context = {
        "village": found,
        "on": on,
        "asked": asked,
        "tab": request.GET.get("tab", ""),
        "titles": [(row, looks.noted(row.checked)) for row in found.recognitions.all()],
        "standing": {row.pk for row in queries.titles_of(found, today)},
        "years": found.years.all(),
        "looks": found.environment.all(),
        "artisans": found.artisans.filter(removed_at=None),
        "law": checked.law,
        "lines": looks.lines(checked),
        "verdicts": looks.verdicts(checked),
        "steps": offered(request.actor, found),
        "may_keep": rules.may_keep_villages(request.actor),
        "may_tell": rules.may_tell_of(request.actor, found),
        "events": told(events.activity(found)[:100]),
    }
    return render(request, "office/villages/village.html", context)


@office
def village_new(request: SignedInRequest) -> HttpResponse:
    """Enter a village."""
    require(request.actor, rules.may_keep_villages)
    form = VillageForm(posted(request))
    if sent(request, form):
        given = _given(form)
        if village := act_on(request, form, villages.enter_village, particulars=given):
            messages.success(request, _("Đã ghi làng vào sổ."))
            return redirect("office:village", village.code)
    context = {"form": form, "title": _("Thêm làng"), "cancel": reverse("office:villages")}
    return render(request, "office/form.html", context)


@office
def village_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a village."""
    found = get_object_or_404(queries.for_office(request.actor), code=code)
    require(request.actor, rules.may_keep_villages)
    seen = editing.mark(found)
    found.refresh_from_db()  # what came in between would be in the mark, not in the form
    known = _known(found)
    form = VillageForm(stale.settled(request.POST, known), initial=known | {"seen": seen})
    both = None
    if sent(request, form):
        told_of = {"particulars": _given(form), "seen": form.cleaned_data["seen"]}
        if act_on(request, form, villages.change_village, village=found, **told_of):
            messages.success(request, _("Đã lưu thông tin của làng."))
            return redirect("office:village", code)
        both = stale.compared(form, found, seen)
    context = {
        "form": form,
        "title": _("Sửa thông tin: %s") % found.name,
        "cancel": reverse("office:village", args=[code]),
        "both": both,
    }
    return render(request, "office/form.html", context)


_NAMES = tuple(field.name for field in fields(VillageParticulars))


def _given(form: VillageForm) -> VillageParticulars:
    values = {name: form.cleaned_data[name] for name in _NAMES}
    return replace(VillageParticulars(**values), began_year=values["began_year"] or None)


def _known(village: Village) -> dict[str, object]:
    values = {name: getattr(village, name) for name in _NAMES}
    values["commune"] = places.key_of(village.commune) if village.commune else ""
    return values
