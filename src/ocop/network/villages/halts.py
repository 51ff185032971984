"""Places beside villages at which a route may stop: other parts of the network bring them.

A part calls `bring` where all rooms are loaded (`apps.py`), with a kind of its own. Its stops then
have the name and position that the part tells, lead to its pages, and are left out for whoever may
not see the place.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ocop.core.actor import Actor

VILLAGE = "village"  # the kind of stops at villages, which are no halts


@dataclass(frozen=True, slots=True)
class Place:
    """A place as stops tell it."""

    code: str
    name: str
    about: str = ""
    lat: float | None = None
    lon: float | None = None
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Halt:
    """A kind of places. `page` is the name of the public page that takes the code of one;
    `of_codes` gives those of the codes that an actor may see, `named` those of a whole name."""

    kind: str
    page: str
    of_codes: Callable[[Actor, Collection[str]], Mapping[str, Place]]
    named: Callable[[Actor, str], Sequence[Place]]


HALTS: dict[str, Halt] = {}


def bring(halt: Halt) -> None:
    """Let routes stop at places of another kind."""
    if halt.kind in ("", VILLAGE):
        raise ValueError(halt.kind)
    HALTS[halt.kind] = halt


def seen(actor: Actor, codes: Mapping[str, Collection[str]]) -> dict[tuple[str, str], Place]:
    """The places that an actor may see, of codes by kind."""
    return {
        (kind, code): place
        for kind, wanted in codes.items()
        if kind in HALTS
        for code, place in HALTS[kind].of_codes(actor, wanted).items()
    }


def named(actor: Actor, name: str) -> list[tuple[str, Place]]:
    """The places of every kind that bear a name or a code, with their kinds."""
    found: list[tuple[str, Place]] = []
    for kind, halt in HALTS.items():
        by_code = halt.of_codes(actor, [name.lower()]).values()
        found += [(kind, place) for place in (by_code or halt.named(actor, name))]
    return found
