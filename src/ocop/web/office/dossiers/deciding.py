"""What the council concluded, and the decision on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.dossiers import rules
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions, dossiers
from ocop.dossiers.services import proposing
from ocop.people.rules import may_see_everything
from ocop.places import queries as places
from ocop.recognition.authority import Level
from ocop.recognition.services import Paper
from ocop.web.office.dossiers.forms import DecisionForm
from ocop.web.office.dossiers.steps import act_on
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@office
def waiting(request: SignedInRequest) -> HttpResponse:
    """Dossiers that wait for the authority: with a star to decide, for the Ministry, without."""
    require(request.actor, may_see_everything)
    rows = _concluded(request.actor)
    context = {
        "groups": _grouped(rows),
        "may_decide": rules.may_decide(request.actor),
        "at_ministry": _rows(request.actor).filter(state=State.AT_MINISTRY),
    }
    return render(request, "office/dossiers/deciding.html", context)


@office
def decide(request: SignedInRequest) -> HttpResponse:
    """Enter the signed decision on the dossiers chosen."""
    require(request.actor, rules.may_decide)
    able = [d.pk for d, found in _concluded(request.actor) if _star(found)]
    queryset = _rows(request.actor).filter(pk__in=able)
    chosen = request.GET.getlist("ho-so")
    province = places.province(options.PROVINCE.get())
    form = DecisionForm(
        queryset,
        request.POST or None,
        request.FILES or None,
        initial={
            "dossiers": chosen or list(queryset.values_list("code", flat=True)),
            "authority": _("UBND %s") % province.name[0].lower() + province.name[1:]
            if province
            else "",
            "level": Level.PROVINCE.value,
        },
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        file = told["scan"]
        paper = Paper(
            told["number"],
            told["signed_on"],
            told["authority"],
            Level(told["level"]),
            unit=province,
            scan=file.read() if file else None,
            filename=file.name if file else "",
        )
        picked = list(told["dossiers"])
        if act_on(request, form, proposing.decide_dossiers, dossiers=picked, paper=paper):
            messages.success(request, _("Đã ghi quyết định %s.") % paper.number)
            return redirect("office:deciding")
    context: dict[str, Any] = {
        "form": form,
        "able": bool(able),
        "cancel": reverse("office:deciding"),
        "title": _("Ghi quyết định công nhận"),
    }
    return render(request, "office/dossiers/decide.html", context)


def _rows(actor: Actor) -> Any:
    return dossiers.for_lists(dossiers.visible_to(actor)).order_by("product__folded", "pk")


def _concluded(actor: Actor) -> list[tuple[Dossier, conclusions.Conclusion | None]]:
    """Concluded dossiers, and those the Ministry decides, each with its result."""
    found = []
    for dossier in _rows(actor).filter(state__in=(State.CONCLUDED, State.AT_MINISTRY)):
        result = conclusions.conclusion_of(dossier)
        if dossier.state == State.CONCLUDED or (result is not None and result.central):
            found.append((dossier, result))
    return found


def _star(found: conclusions.Conclusion | None) -> bool:
    return found is not None and found.star is not None and found.star >= conclusions.CERTIFIED


def _grouped(rows: list[tuple[Dossier, conclusions.Conclusion | None]]) -> list[tuple[str, Any]]:
    """By what has to be done: decide, send to the Ministry, refuse."""
    central = [r for r in rows if r[1] is not None and conclusions.goes_to_ministry(r[1])]
    able = [r for r in rows if _star(r[1]) and r not in central]
    rest = [r for r in rows if not _star(r[1])]
    return [("able", able), ("central", central), ("rest", rest)]
