"""Design centres in the office: the list, the plan of each year, one of them, new and changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import editing, events, options
from ocop.core.actions import require
from ocop.filters.centres import CentreFilter
from ocop.network import months
from ocop.network.centres import queries, rules, sheet
from ocop.network.centres.models import AssessmentState, DesignCentre
from ocop.network.centres.services.centres import apply_centre, change_centre
from ocop.network.centres.yearly import Year
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.programme import queries as programme
from ocop.web.happenings import told
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.network.centres import looks, steps, tables
from ocop.web.office.network.centres.forms import CentreForm, known, numbers_known
from ocop.web.office.network.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

FIGURE = "design_centres"  # the indicator whose targets are the plan


@office
def centre_list(request: SignedInRequest) -> HttpResponseBase:
    """Centres that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    since = months.before(months.first_of(timezone.localdate()), 11)
    rows = queries.for_lists(queries.overseen_by(request.actor), since)
    filters = CentreFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.CentreTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Trung tâm thiết kế sáng tạo"),
        template="office/centres/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:centres"),
            "lead": _lead(),
            "new_address": reverse("office:centre_new") if rules.may_propose(request.actor) else "",
            "new_words": _("Đề nghị trung tâm mới"),
            "empty_text": _("Trung tâm xuất hiện ở đây khi xã, chủ thể hoặc Văn phòng đề nghị."),
        },
    )


@office
def plan(request: SignedInRequest) -> HttpResponse:
    """How many centres were recognised in each year, against the plan of that year."""
    require(request.actor, rules.may_open_lists)
    context = {
        "title": _("Kế hoạch công nhận trung tâm"),
        "tabs": shown(TABS, request.actor, "office:centres"),
        "years": [(year, looks.plan_words(year), looks.year_tag(year)) for year in years()],
        "months": queries.by_month(queries.overseen_by(request.actor))[:24],
    }
    return render(request, "office/centres/plan.html", context)


def years() -> list[Year]:
    """The years with a plan or a recognition, the newest first."""
    found = queries.recognised_by_year(DesignCentre.objects.all())
    plans = programme.yearly_targets(FIGURE, options.PROVINCE.get())
    return [
        Year(
            year,
            found.get(year, 0),
            None if (target := plans.get(year)) is None else int(target.low),
            None if target is None or target.high is None else int(target.high),
        )
        for year in sorted({*found, *plans}, reverse=True)
    ]


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One centre: what is known of it, numbers, assessments, visits, months, activity."""
    found = overseen(request, code)
    context = {
        "tab": request.GET.get("tab", ""),
        "steps": steps.offered(request.actor, found),
        "may_change": steps.may_change(request.actor, found),
        "may_decide": rules.may_decide(request.actor),
        "events": told(events.activity(found)[:100]),
        **shown_of(request, found),
    }
    return render(request, "office/centres/centre.html", context)


def shown_of(request: SignedInRequest, found: DesignCentre) -> dict[str, Any]:
    """What the pages of a centre in the office and of its keepers have in common."""
    today = timezone.localdate()
    assessments = list(found.assessments.select_related("case"))
    current = next((a for a in assessments if a.state != AssessmentState.REFUSED), None)
    own, around = queries.tied(queries.ties_of(found))
    seen = products.visible_to(request.actor).filter(pk__in=[each.pk for each in own])
    maker = found.producer
    makers = producers.visible_to(request.actor)
    return {
        "centre": found,
        "state": looks.state_tag(found),
        "assessments": [
            (row, looks.round_tag(row), queries.outcome_of(row).mean) for row in assessments
        ],
        "current": current,
        "lines": looks.lines(current, current.sheet) if current else [],
        "zones": looks.zones(current) if current else [],
        "goods": looks.goods(current) if current else "",
        "document": held.document if current and (held := sheet.keyed(current.sheet)) else "",
        "visits": found.visits.select_related("visited_by"),
        "months": found.months.all(),
        "awaited": queries.awaited(found, today),
        "keepers": queries.keepers_on(today).filter(centre=found).select_related("user"),
        "due": queries.due_of(found),
        "today": today,
        "products": own,
        "seen_products": set(seen.values_list("pk", flat=True)),
        "villages": around,
        "photos": found.photos.all(),
        "may_take_off": rules.may_change(request.actor, found, today),
        "maker_seen": maker is not None and makers.filter(pk=maker.pk).exists(),
    }


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Propose a centre: the office anywhere, an officer in the own communes."""
    require(request.actor, rules.may_propose)
    form = CentreForm(posted(request))
    if sent(request, form):
        given = {"particulars": form.particulars(), "told": form.numbers()}
        if made := act_on(request, form, apply_centre, **given):
            messages.success(request, _("Đã ghi đề nghị. Bước tiếp theo: kiểm tra tại chỗ."))
            return redirect("office:centre", made.code)
    title = _("Đề nghị công nhận trung tâm thiết kế sáng tạo")
    context = {"form": form, "title": title, "cancel": reverse("office:centres")}
    return render(request, "office/form.html", context)


@office
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a centre, and its numbers until the council has them."""
    found = overseen(request, code)
    require(request.actor, rules.may_change, found, timezone.localdate())
    form = change_form(request, found)
    if changed(request, form, found):
        messages.success(request, _("Đã lưu trung tâm."))
        return redirect("office:centre", code)
    context = {
        "form": form,
        "title": _("Sửa %s") % found.name,
        "cancel": reverse("office:centre", args=[code]),
    }
    return render(request, "office/form.html", context)


def change_form(request: SignedInRequest, found: DesignCentre) -> CentreForm:
    """The form that changes a centre, with its numbers while they may still be told."""
    row = queries.open_assessment(found)
    told = row if row is not None and row.state == AssessmentState.OPEN else None
    begun = known(found) | numbers_known(told) | {"seen": editing.mark(found)}
    return CentreForm(posted(request), initial=begun, with_numbers=told is not None)


def changed(request: SignedInRequest, form: CentreForm, found: DesignCentre) -> bool:
    """Whether the form was sent and kept."""
    if not sent(request, form):
        return False
    given = {
        "particulars": form.particulars(),
        "told": form.told(),
        "seen": form.cleaned_data["seen"],
    }
    return bool(act_on(request, form, change_centre, centre=found, **given))


def overseen(request: SignedInRequest, code: str) -> DesignCentre:
    """A centre that the actor oversees; 404 for others."""
    require(request.actor, rules.may_open_lists)
    rows = queries.overseen_by(request.actor).select_related("commune", "unit", "producer")
    return get_object_or_404(rows, code=code)


def _lead() -> str:
    held = sheet.sheet_on(timezone.localdate())
    return _("Theo %s.") % held.document if held else ""
