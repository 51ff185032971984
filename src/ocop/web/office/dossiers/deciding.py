"""What the council concluded, and the decision on it."""

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import numbers, options
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.councils.summary import star_words
from ocop.criteria import scoring
from ocop.dossiers import rules
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.queries import conclusions, dossiers
from ocop.dossiers.services import deciding
from ocop.filters.worded import DecidingFilter
from ocop.people.rules import may_see_everything
from ocop.places import queries as places
from ocop.recognition import competence
from ocop.recognition import deciding as register
from ocop.recognition.authority import Level
from ocop.recognition.models import Kind
from ocop.recognition.services import Paper
from ocop.web.office.dossiers.forms import DecisionForm
from ocop.web.office.dossiers.steps import act_on
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import DayColumn, NumberColumn, listing

_GROUPS = {
    "able": gettext_lazy("Trình quyết định công nhận"),
    "central": gettext_lazy("Từ 90 điểm: trình Bộ"),
    "same": gettext_lazy("Nâng hạng không lên hạng cao hơn"),
    "rest": gettext_lazy("Không đạt 3 sao"),
    "ministry": gettext_lazy("Đang ở Bộ"),
}


class WaitingTable(tables.Table):
    """All groups of the page below each other: its workbook."""

    group = tables.Column(verbose_name=gettext_lazy("Việc cần làm"))
    product = tables.Column(verbose_name=gettext_lazy("Sản phẩm"))
    producer = tables.Column(verbose_name=gettext_lazy("Chủ thể"))
    commune = tables.Column(verbose_name=gettext_lazy("Xã, phường"))
    kind = tables.Column(verbose_name=gettext_lazy("Hình thức"))
    total = NumberColumn(verbose_name=gettext_lazy("Điểm"))
    star = tables.Column(verbose_name=gettext_lazy("Hạng"))
    on = DayColumn(verbose_name=gettext_lazy("Kết luận ngày"))
    due_on = DayColumn(verbose_name=gettext_lazy("Hạn"))

    class Meta:
        orderable = False


@office
def waiting(request: SignedInRequest) -> HttpResponseBase:
    """Dossiers that wait for the authority: with a star to decide, for the Ministry, without."""
    require(request.actor, may_see_everything)
    filters = DecidingFilter(request.GET, queryset=_rows(request.actor))
    groups = _grouped(_concluded(request.actor, filters.qs))
    at_ministry = filters.qs.filter(state=State.AT_MINISTRY)
    lines = [_line(key, row, found) for key, rows in groups for row, found, *_more in rows]
    lines += [_line("ministry", row, None) for row in at_ministry]
    return listing(
        request,
        table=WaitingTable(lines),
        filters=filters,
        title=_("Chờ quyết định"),
        template="office/dossiers/deciding.html",
        context={
            "groups": groups,
            "may_decide": rules.may_decide(request.actor),
            "unpublished": register.unpublished_decisions(request.actor),
            "at_ministry": at_ministry,
        },
    )


def _line(key: str, row: Dossier, found: conclusions.Conclusion | None) -> dict[str, Any]:
    return {
        "group": _GROUPS[key],
        "product": row.product.name,
        "producer": row.product.producer.name,
        "commune": row.commune.name if row.commune else None,
        "kind": row.get_kind_display(),
        "total": scoring.shown(found.total) if found and found.total is not None else None,
        "star": star_words(found.star) if found else None,
        "on": found.on if found else None,
        "due_on": row.due_on,
    }


@office
def decide(request: SignedInRequest) -> HttpResponse:
    """Enter the signed decision on the dossiers chosen."""
    require(request.actor, rules.may_decide)
    able = {
        d.code: (d, found)
        for d, found in _concluded(request.actor)
        if decidable(d, found) and conclusions.is_minuted(d)
    }
    province = places.province(options.PROVINCE.get())
    form = DecisionForm(
        [(code, _choice(*pair)) for code, pair in able.items()],
        request.POST or None,
        request.FILES or None,
        initial={
            "dossiers": [code for code, pair in able.items() if _usual(*pair)],
            "authority": competence.usual(4, timezone.localdate()) if province else "",
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
            legal_version=told["legal_version"],
            scan=file.read() if file else None,
            filename=file.name if file else "",
            file_public=told["file_public"],
            file_confirmed=told["file_confirmed"],
        )
        picked = [able[code][0] for code in told["dossiers"]]
        publish = told["publish"]
        if act_on(
            request, form, deciding.decide_dossiers, dossiers=picked, paper=paper, publish=publish
        ):
            words = (
                _("Đã ghi và công bố quyết định %s.")
                if publish
                else _("Đã ghi quyết định %s, chưa công bố.")
            )
            messages.success(request, words % paper.number)
            return redirect("office:deciding")
    context: dict[str, Any] = {
        "form": form,
        "able": bool(able),
        "cancel": reverse("office:deciding"),
        "title": _("Ghi quyết định công nhận"),
    }
    return render(request, "office/dossiers/decide.html", context)


def counted(actor: Actor) -> tuple[int, int]:
    """How many dossiers of the page wait for a decision, and how many upgrades that did not rise
    above the star held: those wait only for the word that nothing is recognised."""
    plain = ~Q(kind=Kind.UPGRADE) & Q(state=State.CONCLUDED)
    looked_at = _concluded(actor, _rows(actor).exclude(plain))
    same = sum(_held(*pair) is not None for pair in looked_at)
    return _rows(actor).filter(plain).count() + len(looked_at) - same, same


def _rows(actor: Actor) -> Any:
    rows = dossiers.for_lists(dossiers.visible_to(actor)).order_by("product__folded", "pk")
    return rows.filter(Q(recognition=None) | Q(state=State.DECIDED))


def _concluded(
    actor: Actor, rows: Any = None
) -> list[tuple[Dossier, conclusions.Conclusion | None]]:
    """Concluded dossiers, and those the Ministry decides, each with its result."""
    found = []
    rows = _rows(actor) if rows is None else rows
    for dossier in rows.filter(state__in=(State.CONCLUDED, State.AT_MINISTRY)):
        result = conclusions.conclusion_of(dossier)
        if dossier.state == State.CONCLUDED or (result is not None and result.central):
            found.append((dossier, result))
    return found


def _star(found: conclusions.Conclusion | None) -> bool:
    return found is not None and found.star is not None and found.star >= conclusions.CERTIFIED


def decidable(dossier: Dossier, found: conclusions.Conclusion | None) -> bool:
    """A star, and not one on which the Ministry speaks first, or that an upgrade had before."""
    return (
        found is not None
        and _star(found)
        and not conclusions.goes_to_ministry(found)
        and _held(dossier, found) is None
    )


def _held(dossier: Dossier, found: conclusions.Conclusion | None) -> int | None:
    if found is None:
        return None
    return conclusions.held_already(dossier, found, timezone.localdate())


def _grouped(rows: list[tuple[Dossier, conclusions.Conclusion | None]]) -> list[tuple[str, Any]]:
    """By what has to be done: decide, send to the Ministry, refuse; whether the minutes that each
    of these waits for are there, and the star above which an upgrade did not rise."""
    groups: dict[str, list[tuple[Any, ...]]] = {"able": [], "central": [], "same": [], "rest": []}
    for row, found in rows:
        held = _held(row, found)
        if found is not None and conclusions.goes_to_ministry(found):
            key = "central"
        elif held is not None:
            key = "same"
        else:
            key = "able" if _star(found) else "rest"
        groups[key].append((row, found, conclusions.is_minuted(row), held))
    return list(groups.items())


def _usual(dossier: Dossier, found: conclusions.Conclusion | None) -> bool:
    """What the province decides as a rule: not what goes to the Ministry, or is its to decide."""
    central = found is not None and conclusions.goes_to_ministry(found)
    return dossier.state == State.CONCLUDED and not central


def _choice(dossier: Dossier, found: conclusions.Conclusion | None) -> str:
    """A dossier as it stands in the list: product, producer, points, star."""
    if found is None:
        return dossier.product.name
    return _("%(product)s · %(producer)s · %(total)s điểm · %(star)s") % {
        "product": dossier.product.name,
        "producer": dossier.product.producer.name,
        "total": "–"
        if found.total is None
        else numbers.write_number(scoring.shown(found.total), 2),
        "star": _("%d sao") % (found.star or 0) if found.central else star_words(found.star),
    }
