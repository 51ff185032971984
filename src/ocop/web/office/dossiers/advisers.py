"""Who examines what: the team with its loads, specialities, assignment."""

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

from ocop.core.actions import require
from ocop.core.numbers import write_number
from ocop.dossiers import rules
from ocop.dossiers.assigning import Candidate, ranked
from ocop.dossiers.models import Assignment, Dossier, State
from ocop.dossiers.queries import advising as queries
from ocop.dossiers.queries import dossiers
from ocop.dossiers.services import advising, checks
from ocop.filters.worded import AdviserFilter
from ocop.people.models import User
from ocop.people.rules import may_see_everything
from ocop.products.models import Sector
from ocop.web.office.dossiers import looks
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.fetch import found_or_404
from ocop.web.office.dossiers.forms import AssignForm, SpecialityForm
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import NumberColumn, listing


class TeamTable(tables.Table):
    """The team with specialities and load."""

    name = tables.Column(verbose_name=gettext_lazy("Họ tên"))
    sectors = tables.Column(verbose_name=gettext_lazy("Chuyên môn"), orderable=False)
    load = NumberColumn(verbose_name=gettext_lazy("Hồ sơ đang có"))
    work = tables.Column(
        verbose_name=gettext_lazy("Việc"),
        accessor="user_id",
        orderable=False,
        exclude_from_export=True,
    )

    def value_sectors(self, record: Candidate) -> str:
        return "; ".join(_sectors(record))

    def render_sectors(self, record: Candidate) -> str:
        return self.value_sectors(record) or "–"

    def render_load(self, record: Candidate, value: int) -> str:
        address = f"{reverse('office:dossiers')}?adviser={record.user_id}"
        return format_html('<a href="{}">{}</a>', address, write_number(value))

    def value_load(self, value: int) -> int:
        return value

    def render_work(self, record: Candidate) -> str:
        return format_html(
            '<a href="{}">{}<span class="hide"> {}</span></a>',
            reverse("office:specialities", args=[record.user_id]),
            _("Ghi chuyên môn"),
            record.name,
        )


@office
def team(request: SignedInRequest) -> HttpResponseBase:
    """The advisory team with specialities and load, and the dossiers that wait for somebody."""
    require(request.actor, may_see_everything)
    rows = dossiers.for_lists(dossiers.visible_to(request.actor))
    today = timezone.localdate()
    filters = AdviserFilter(request.GET, queryset=queries.team(today))
    shown = set(filters.qs.values_list("pk", flat=True))
    found = [each for each in queries.candidates(today) if each.user_id in shown]
    may_assign = rules.may_receive(request.actor)
    return listing(
        request,
        table=TeamTable(found, exclude=() if may_assign else ("work",)),
        filters=filters,
        title=_("Tổ tư vấn"),
        template="office/dossiers/team.html",
        context={
            "waiting": rows.filter(state=State.RECEIVED).order_by("due_on", "received_at", "pk"),
            "may_assign": may_assign,
            "empty_title": _("Chưa có thành viên tổ tư vấn nào"),
            "empty_text": _("Hãy nhờ người quản trị giao vai trò thành viên tổ tư vấn."),
        },
    )


@office
def specialities(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say in which sectors an adviser examines."""
    require(request.actor, rules.may_receive)
    user = get_object_or_404(queries.team(timezone.localdate()), pk=pk)
    held = list(user.specialities.values_list("sector", flat=True))
    form = SpecialityForm(posted(request), initial={"sectors": held})
    if request.method == "POST" and form.is_valid():
        sectors = form.cleaned_data["sectors"]
        done = act_on(request, form, advising.set_specialities, user=user, sectors=sectors)
        if done is not None:
            messages.success(request, _("Đã lưu chuyên môn của %s.") % user.name)
            return redirect("office:advisers")
    context = {
        "form": form,
        "title": _("Chuyên môn: %s") % user.name,
        "cancel": reverse("office:advisers"),
    }
    return render(request, "office/form.html", context)


@office
def assign(request: SignedInRequest, code: str) -> HttpResponse:
    """Give a dossier to advisers; those of the sector with the least at hand stand first."""
    require(request.actor, rules.may_receive)
    found = found_or_404(request.actor, code)
    reason = why_not(checks.is_at, found, *advising.ASSIGNABLE)
    if reason and request.method != "POST":
        return turned_back(request, reason, reverse("office:dossier", args=[code]))
    today = timezone.localdate()
    best = ranked(queries.task_of(found, today), queries.candidates(today))
    form = AssignForm(
        [(str(c.user_id), _choice(c, found)) for c in best],
        request.POST or None,
        initial=_given(found),
    )
    if request.method == "POST" and form.is_valid():
        chosen = {str(u.pk): u for u in User.objects.filter(pk__in=[c.user_id for c in best])}
        done = act_on(
            request,
            form,
            advising.assign_advisers,
            dossier=found,
            advisers=[chosen[key] for key in form.cleaned_data["advisers"]],
            lead=chosen[form.cleaned_data["lead"]],
        )
        if done:
            messages.success(request, _("Đã phân công."))
            return redirect(f"{reverse('office:dossier', args=[code])}?tab=tham-dinh")
    context = {
        "form": form,
        "dossier": found,
        "state": looks.state_tag(found.state),
        "title": _("Phân công tổ tư vấn"),
        "cancel": reverse("office:dossier", args=[code]),
    }
    return render(request, "office/dossiers/assign.html", context)


@office
def unassign(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a dossier from an adviser, with the reason."""
    require(request.actor, rules.may_receive)
    found = found_or_404(request.actor, code)
    open_ones = Assignment.objects.filter(dossier=found, ended_at=None)
    assignment = get_object_or_404(open_ones.select_related("adviser", "dossier"), pk=pk)
    reason = why_not(checks.is_at, found, *advising.ENDABLE)
    if reason and request.method != "POST":
        return turned_back(request, reason, reverse("office:dossier", args=[code]))
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, advising.end_assignment, assignment=assignment, **form.cleaned_data
    ):
        messages.success(request, _("Đã thôi phân công."))
        return redirect("office:dossier", code)
    context = {
        "form": form,
        "dossier": found,
        "title": _("Thôi phân công %s") % assignment.adviser.name,
        "text": _("Nhận định đã ghi vẫn giữ. Khi không còn ai, hồ sơ lại chờ phân công."),
        "tone": "danger",
        "cancel": reverse("office:dossier", args=[code]),
    }
    return render(request, "office/dossiers/step.html", context)


def _sectors(candidate: Candidate) -> list[str]:
    return [str(Sector(sector).label) for sector in sorted(candidate.sectors)]


def _choice(candidate: Candidate, dossier: Dossier) -> str:
    fits = dossier.version.sector in candidate.sectors
    words = (
        _("%(name)s · đúng chuyên môn · đang có %(load)d hồ sơ")
        if fits
        else _("%(name)s · đang có %(load)d hồ sơ")
    )
    return words % {"name": candidate.name, "load": candidate.load}


def _given(dossier: Dossier) -> dict[str, Any]:
    """Who has it now. Nobody is proposed by a tick: who is assigned and leads was chosen."""
    held = dossier.assignments.filter(ended_at=None).order_by("-lead", "pk")
    keys = [str(a.adviser_id) for a in held]
    return {"advisers": keys, "lead": keys[0]} if keys else {}
