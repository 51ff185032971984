"""Writes of routes through villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.villages import rules
from ocop.network.villages.halts import HALTS
from ocop.network.villages.models import RouteStop, Village, VillageRoute

LEAST, MOST = 2, 20  # stops
_FOLDED = VillageRoute._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class StopParticulars:
    """A stop: a village, a place of another part of the network by kind and code, or any place by
    its name, with its position where it is known. A place is noted with its name, too."""

    village: Village | None = None
    kind: str = ""
    place: str = ""
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RouteParticulars:
    """A route with its stops in their order."""

    name: str
    stops: Sequence[StopParticulars]
    summary: str = ""
    hours: int | None = None
    listed: bool = True


@action("network.open_route")
def open_route(*, actor: Actor, particulars: RouteParticulars, at: datetime) -> VillageRoute:
    """Enter a route. Refused: no name, one that a route bears already, fewer than two or more than
    twenty stops, a village or place twice, a stop that is nowhere."""
    require(actor, rules.may_keep_villages)
    route = VillageRoute(code=public_code(), created_at=at)
    _fill(route, particulars)
    if VillageRoute.objects.filter(folded=route.folded).exists():
        raise _refuse("name", _("Đã có tuyến mang tên này."))
    route.save()
    _write_stops(route, particulars.stops)
    record(actor, "network.route_opened", route, at=at, change={"stops": len(particulars.stops)})
    return route


@action("network.change_route")
def change_route(
    *,
    actor: Actor,
    route: VillageRoute,
    particulars: RouteParticulars,
    seen: str = "",
    at: datetime,
) -> VillageRoute:
    """Change a route and its stops. Refused as in `open_route`."""
    require(actor, rules.may_keep_villages)
    editing.refuse_stale(route, seen)
    _fill(route, particulars)
    route.save()
    _write_stops(route, particulars.stops)
    record(actor, "network.route_changed", route, at=at, change={"stops": len(particulars.stops)})
    return route


@action("network.add_stop")
def add_stop(
    *, actor: Actor, route: VillageRoute, village: Village, note: str = "", at: datetime
) -> VillageRoute:
    """Let a route stop at a village last. Refused: it stops there already, twenty stops."""
    require(actor, rules.may_keep_villages)
    editing.refuse_stale(route, "")
    if route.stops.filter(village=village).exists():
        raise _refuse("route", _("Tuyến đã dừng ở làng này."))
    found = particulars_of(route)
    if len(found.stops) == MOST:
        raise _refuse("route", _("Tuyến đã có 20 điểm dừng. Hãy bỏ bớt ở trang của tuyến."))
    _write_stops(route, [*found.stops, StopParticulars(village=village, note=note)])
    change = {"stops": len(found.stops) + 1}
    record(actor, "network.route_changed", route, village, at=at, change=change)
    return route


def particulars_of(route: VillageRoute) -> RouteParticulars:
    """A route as it is kept."""
    names = ("village", "kind", "place", "name", "lat", "lon", "note")
    stops = [
        StopParticulars(**{name: getattr(row, name) for name in names})
        for row in route.stops.select_related("village")
    ]
    return RouteParticulars(route.name, stops, route.summary, route.hours, route.listed)


def _fill(route: VillageRoute, given: RouteParticulars) -> None:
    route.name = folding.clean(given.name)
    if not route.name:
        raise _refuse("name", _("Hãy ghi tên tuyến."))
    if not LEAST <= len(given.stops) <= MOST:
        raise _refuse("stops", _("Tuyến có từ 2 đến 20 điểm dừng."))
    keys: list[object] = [stop.village.pk for stop in given.stops if stop.village]
    keys += [(stop.kind, stop.place) for stop in given.stops if stop.kind]
    if len(keys) != len(set(keys)):
        raise _refuse("stops", _("Mỗi làng, mỗi nơi đứng một lần trong tuyến."))
    if any(stop.kind and stop.kind not in HALTS for stop in given.stops):
        raise _refuse("stops", _("Không rõ loại điểm dừng. Hãy ghi tên và vị trí của nơi đó."))
    if any(stop.village is None and not folding.clean(stop.name) for stop in given.stops):
        raise _refuse("stops", _("Mỗi điểm dừng cần một làng hoặc một tên."))
    if given.hours is not None and not 1 <= given.hours <= 240:
        raise _refuse("hours", _("Thời gian đi từ 1 đến 240 giờ."))
    route.folded = folding.words(route.name)[:_FOLDED]
    route.summary, route.hours = folding.clean(given.summary), given.hours
    route.listed = given.listed
    fits(route)


def _write_stops(route: VillageRoute, stops: Sequence[StopParticulars]) -> None:
    rows = [
        RouteStop(
            route=route,
            position=position,
            village=stop.village,
            kind=stop.kind,
            place=stop.place,
            name="" if stop.village else folding.clean(stop.name),
            lat=None if stop.village else stop.lat,
            lon=None if stop.village else stop.lon,
            note=folding.clean(stop.note),
        )
        for position, stop in enumerate(stops, start=1)
    ]
    for row in rows:
        fits(row)
    route.stops.all().delete()
    RouteStop.objects.bulk_create(rows)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"route_{field}", message, fields={field: [message]})
