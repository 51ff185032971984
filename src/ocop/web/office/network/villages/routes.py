"""Routes through villages in the office."""

import re
from dataclasses import replace

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
from ocop.filters.villages import RouteFilter
from ocop.network.villages import halts, queries, queries_routes, rules
from ocop.network.villages.models import RouteStop, VillageRoute
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

#: A name with the code behind it, as the form writes it: the code decides.
_CODED = re.compile(r".*\[\s*([0-9a-zA-Z]+)\s*\]")
_POSITION = re.compile(r"(\d{1,2}[.,]\d+)\s*[;,]\s*(\d{2,3}[.,]\d+)")


@office
def route_list(request: SignedInRequest) -> HttpResponseBase:
    """All routes, those in preparation too."""
    require(request.actor, rules.may_see_imports)
    may_keep = rules.may_keep_villages(request.actor)
    filters = RouteFilter(request.GET, queryset=queries_routes.routes(request.actor))
    return listing(
        request,
        table=RouteTable(filters.qs, order_by="name", may_keep=may_keep),
        filters=filters,
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
    found = get_object_or_404(queries_routes.routes(request.actor), code=code)
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
    told, _at, position = where.partition("@")
    name = folding.clean(told)
    coded = _CODED.fullmatch(name)
    if at := _registered(actor, coded[1] if coded else name):
        return replace(at, note=note)
    if coded:
        message = _("Không tìm thấy nơi có mã %s. Hãy ghi lại tên, hoặc bỏ mã.") % coded[1]
        raise Refused("route_stops", message, fields={"stops": [message]})
    found = _POSITION.fullmatch(position.strip())
    if position.strip() and not found:
        message = _("Không đọc được vị trí “%s”. Hãy ghi vĩ độ; kinh độ.") % position.strip()
        raise Refused("route_stops", message, fields={"stops": [message]})
    lat, lon = (float(part.replace(",", ".")) for part in found.groups()) if found else (None, None)
    return StopParticulars(name=name, lat=lat, lon=lon, note=note)


def _registered(actor: Actor, name: str) -> StopParticulars | None:
    """The village or place that a line names by its code or whole name; None for any other place.
    Refused: a name that several bear."""
    rows = queries.visible_to(actor).select_related("commune")
    if by_code := rows.filter(code=name.lower()).first():
        return StopParticulars(village=by_code)
    villages = list(rows.filter(name=name)[:6])
    places = halts.named(actor, name)
    if len(villages) + len(places) > 1:
        all_of_it = [(row.code, row.commune or "–") for row in villages]
        all_of_it += [(place.code, place.commune or "–") for _kind, place in places]
        which = ", ".join(f"{name} [{code}] ({commune})" for code, commune in all_of_it)
        message = _("Có nhiều nơi tên “%(name)s”. Hãy ghi kèm mã: %(which)s.")
        words = message % {"name": name, "which": which}
        raise Refused("route_stops", words, fields={"stops": [words]})
    if villages:
        return StopParticulars(village=villages[0])
    for kind, place in places:
        return StopParticulars(kind=kind, place=place.code, name=place.name)
    return None


def _known(route: VillageRoute) -> dict[str, object]:
    lines = [_line(stop) for stop in route.stops.select_related("village")]
    names = ("name", "summary", "hours", "listed")
    return {name: getattr(route, name) for name in names} | {"stops": "\n".join(lines)}


def _line(stop: RouteStop) -> str:
    text = stop.name
    if stop.village:
        text = f"{stop.village.name} [{stop.village.code}]"
    elif stop.place:
        text = f"{stop.name} [{stop.place}]"
    elif stop.lat is not None and stop.lon is not None:
        text += f" @ {stop.lat}; {stop.lon}"
    return f"{text} | {stop.note}" if stop.note else text
