"""Centres as places at which a route through villages may stop."""

from collections.abc import Collection, Mapping, Sequence

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.network.centres.models import DesignCentre
from ocop.network.centres.queries import visible_to
from ocop.network.villages import halts
from ocop.network.villages.halts import Halt, Place

KIND = "centre"


def of_codes(actor: Actor, codes: Collection[str]) -> Mapping[str, Place]:
    """The centres of these codes that an actor may see."""
    rows = visible_to(actor).filter(code__in=list(codes)).select_related("commune")
    return {row.code: place_of(row) for row in rows}


def named(actor: Actor, name: str) -> Sequence[Place]:
    """The centres of a whole name that an actor may see."""
    wanted = folding.clean(name).casefold()
    rows = visible_to(actor).select_related("commune")
    return [place_of(row) for row in rows if row.name.casefold() == wanted]


def place_of(row: DesignCentre) -> Place:
    """A centre as stops tell it; without a position of its own, the middle of its commune."""
    commune, lat, lon = row.commune, row.lat, row.lon
    if lat is None and commune is not None:
        lat, lon = commune.lat, commune.lon
    return Place(
        row.code, row.name, row.summary, lat, lon, commune.name if commune is not None else ""
    )


def join_routes() -> None:
    """Let routes stop at centres."""
    halts.bring(Halt(KIND, "centre", of_codes, named))
