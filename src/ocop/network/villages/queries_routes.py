"""Reads of routes through villages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ocop.core.actor import Actor
from ocop.network.villages import halts
from ocop.network.villages.halts import HALTS, VILLAGE, Place
from ocop.network.villages.models import RouteStop, Village, VillageRoute
from ocop.network.villages.queries import visible_to
from ocop.people import rules as people_rules


def routes(actor: Actor) -> QuerySet[VillageRoute]:
    """Routes before the public, and those in preparation for the office."""
    rows = VillageRoute.objects.annotate(stops_count=Count("stops"))
    return rows if people_rules.may_see_everything(actor) else rows.filter(listed=True)


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as maps and leaflets show it. Of a village, or a place of another part of the network,
    it has kind and code, and the name of the page that shows it; without code there is no page."""

    number: int
    kind: str
    page: str
    place: Place
    note: str


def stops_of(route: VillageRoute, actor: Actor) -> list[Stop]:
    """The stops in their order. A village or place that the reader may not see is left out; places
    of a kind that nobody brings are told by the name that was noted."""
    villages = set(visible_to(actor).filter(stops__route=route).values_list("pk", flat=True))
    rows: Iterable[RouteStop] = list(route.stops.select_related("village__commune"))
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row.kind, set()).add(row.place)
    places = halts.seen(actor, codes)
    kept = [
        row
        for row in rows
        if (row.village_id is None or row.village_id in villages)
        and (row.kind not in HALTS or (row.kind, row.place) in places)
    ]
    return [_stop(number, row, places) for number, row in enumerate(kept, start=1)]


def _stop(number: int, row: RouteStop, places: dict[tuple[str, str], Place]) -> Stop:
    if row.village is not None:
        return Stop(number, VILLAGE, "village", _of_village(row.village), row.note)
    if place := places.get((row.kind, row.place)):
        return Stop(number, row.kind, HALTS[row.kind].page, place, row.note)
    return Stop(number, "", "", Place("", row.name, lat=row.lat, lon=row.lon), row.note)


def _of_village(village: Village) -> Place:
    commune = village.commune
    lat, lon = village.lat, village.lon
    if lat is None and commune is not None:
        lat, lon = commune.lat, commune.lon
    return Place(
        village.code, village.name, village.trade, lat, lon, commune.name if commune else ""
    )
