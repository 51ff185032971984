"""Routes through villages in the office."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core import editing, folding
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.refusals import Refused
from ocop.network.villages import queries, rules
from ocop.network.villages.models import RouteStop, Village, VillageRoute
from ocop.network.villages.services import routes
from ocop.network.villages.services.routes import RouteParticulars, StopParticulars
from ocop.web.forms import refuse
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.network.villages.forms import RouteForm
from ocop.web.office.network.villages.menu import TABS
from ocop.web.office.network.villages.tables import RouteTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

_POSITION = re.compile(r"(\d{1,2}[.,]\d+)\s*[;,]\s*(\d{2,3}[.,]\d+)")


@office
def route_list(request: SignedInRequest) -> HttpResponseBase:
    """All routes, those in preparation too."""
    require(request.actor, rules.may_see_imports)
    may_keep = rules.may_keep_villages(request.actor)
    return listing(
        request,
        table=RouteTable(queries.routes(request.actor), order_by="name"),
        filters=None,
        title=_("Tuyến làng nghề"),
        template="office/villages/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:village_routes"),
            "lead": _("Hành trình qua các làng nghề và nơi giới thiệu sản phẩm."),
            "new_address": reverse("office:village_route_new") if may_keep else "",
            "new_words": _("Lập tuyến"),
            "empty_text": _("Lập tuyến đầu tiên từ các làng trong sổ."),
        },
    )


@office
def route_new(request: SignedInRequest) -> HttpResponse:
    """Join villages into a route."""
    require(request.actor, rules.may_keep_villages)
    form = RouteForm(posted(request))
    given = _given(request, form)
    if given and act_on(request, form, routes.open_route, particulars=given):
        messages.success(request, _("Đã lập tuyến."))
        return redirect("office:village_routes")
    return _asked(request, form, _("Lập tuyến làng nghề"))


@office
def route_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a route."""
    found = get_object_or_404(queries.routes(request.actor), code=code)
    require(request.actor, rules.may_keep_villages)
    form = RouteForm(posted(request), initial=_known(found) | {"seen": editing.mark(found)})
    if given := _given(request, form):
        told = {"particulars": given, "seen": form.cleaned_data["seen"]}
        if act_on(request, form, routes.change_route, route=found, **told):
            messages.success(request, _("Đã lưu tuyến."))
            return redirect("office:village_routes")
    return _asked(request, form, _("Sửa tuyến: %s") % found.name)


def _asked(request: SignedInRequest, form: RouteForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": reverse("office:village_routes")}
    return render(request, "office/form.html", context)


def _given(request: SignedInRequest, form: RouteForm) -> RouteParticulars | None:
    """What the form says; None before it was sent or where it cannot be read."""
    if not sent(request, form):
        return None
    told = form.cleaned_data
    lines = [line.strip() for line in told["stops"].splitlines() if line.strip()]
    try:
        stops = [_stop(request.actor, line) for line in lines]
    except Refused as refusal:
        refuse(form, refusal)
        return None
    return RouteParticulars(told["name"], stops, told["summary"], told["hours"], told["listed"])


def _stop(actor: Actor, line: str) -> StopParticulars:
    where, _bar, note = line.partition("|")
    name, _at, position = where.partition("@")
    village = _village(actor, folding.clean(name))
    if village is not None:
        return StopParticulars(village=village, note=note)
    found = _POSITION.fullmatch(position.strip())
    if position.strip() and not found:
        message = _("Không đọc được vị trí “%s”. Hãy ghi vĩ độ; kinh độ.") % position.strip()
        raise Refused("route_stops", message, fields={"stops": [message]})
    lat, lon = (float(part.replace(",", ".")) for part in found.groups()) if found else (None, None)
    return StopParticulars(name=name, lat=lat, lon=lon, note=note)


def _village(actor: Actor, name: str) -> Village | None:
    """The village a line names by its code or its whole name. Refused: a name that several bear."""
    rows = queries.visible_to(actor).select_related("commune")
    if by_code := rows.filter(code=name.lower()).first():
        return by_code
    found = list(rows.filter(name=name)[:6])
    if len(found) > 1:
        which = ", ".join(f"{row.code} ({row.commune or '–'})" for row in found)
        message = _("Có nhiều làng tên “%(name)s”. Hãy ghi mã: %(which)s.")
        words = message % {"name": name, "which": which}
        raise Refused("route_stops", words, fields={"stops": [words]})
    return found[0] if found else None


def _known(route: VillageRoute) -> dict[str, object]:
    lines = [_line(stop) for stop in route.stops.select_related("village")]
    names = ("name", "summary", "hours", "listed")
    return {name: getattr(route, name) for name in names} | {"stops": "\n".join(lines)}


def _line(stop: RouteStop) -> str:
    text = stop.village.code if stop.village else stop.name
    if stop.lat is not None and stop.lon is not None:
        text += f" @ {stop.lat}; {stop.lon}"
    return f"{text} | {stop.note}" if stop.note else text
