"""The stars that end: who may see which, and what a list of them is narrowed to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ocop.core.actor import Actor
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductState
from ocop.recognition import rules
from ocop.recognition.narrowing import in_unit
from ocop.recognition.standing import ahead, eligible
from ocop.recognition.states import rank_case, revoked, state_case
from ocop.recognition.validity import State

#: Stands in an address for what is not known.
UNKNOWN = "none"
#: Those whose 36 months are over and that may be kept up to 180 days (Art. 12.3), confirmed or not.
KEPT = "kept"
#: What one may ask for: a state, or several under one name.
STATES: dict[str, tuple[State, ...]] = {
    State.WINDOW_OPEN: (State.WINDOW_OPEN,),
    State.WINDOW_MISSED: (State.WINDOW_MISSED,),
    KEPT: (State.EXTENDED, State.EXTENSION_UNCONFIRMED),
    State.EXTENDED: (State.EXTENDED,),
    State.EXTENSION_UNCONFIRMED: (State.EXTENSION_UNCONFIRMED,),
    State.EXPIRED: (State.EXPIRED,),
    State.VALID: (State.VALID,),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """What a list of stars that end is narrowed to; empty values narrow nothing.

    They end from `start` to `end`, both days included. `places` are keys of units as `place`
    gives them, 0 where none is known. `state` is a key of `STATES`, `rank` one of `ranks.RANKS`,
    `sector` one of the programme's or `UNKNOWN`, `producer` a code. `only` are keys of rows.
    """

    start: date | None = None
    end: date | None = None
    province: str = ""
    unit: Unit | None = None
    places: Collection[int] | None = None
    sector: str = ""
    rank: str = ""
    state: str = ""
    producer: str = ""
    only: Collection[int] | None = None


EVERYTHING = Ending()
#: The unit a row stands under: today's commune or, where that is not known, the unit of the time.
place = Coalesce("commune_id", "unit_id", 0)


def ending(actor: Actor, on: date, by: Ending = EVERYTHING) -> QuerySet[Any]:
    """The stars that rule their products and end or ended by their date, each with its `state`.

    Proposals, rows that are not published, and what was revoked or annulled are never among them;
    products and producers that stopped are left out: nobody files for them. The office and its
    auditors see all communes, a commune officer the own ones, others none.
    """
    alone = eligible(on).filter(~Exists(ahead(on).exclude(pk=OuterRef("pk"))))
    rows = alone.filter(~revoked(on), _between(by), **_given(by)).exclude(product__in=_stopped())
    if not rules.may_see_unpublished(actor):
        rows = rows.filter(producers.in_area(actor) | producers.in_area(actor, "product__"))
    if by.unit is not None:
        rows = in_unit(rows, by.unit)
    if by.places is not None:
        rows = rows.alias(at=place).filter(at__in=by.places)
    if by.rank:
        rows = rows.alias(ranked=rank_case()).filter(ranked=by.rank)
    rows = rows.annotate(state=state_case(on))
    if by.state:
        rows = rows.filter(state__in=[str(each) for each in STATES[by.state]])
    return rows if actor.is_system or rules.may_see_expiry_list(actor) else rows.none()


def _between(by: Ending) -> Q:
    found = Q(expires_on__isnull=False)
    if by.start is not None:
        found &= Q(expires_on__gte=by.start)
    if by.end is not None:
        found &= Q(expires_on__lte=by.end)
    return found


def _given(by: Ending) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if by.province:
        found["province"] = by.province
    if by.sector:
        found["product__sector"] = "" if by.sector == UNKNOWN else by.sector
    if by.producer:
        found["product__producer__code"] = by.producer
    if by.only is not None:
        found["pk__in"] = by.only
    return found


def _stopped() -> QuerySet[Any]:
    """Products that are made no more: a short list, read once and not joined to every row."""
    makers = Producer.objects.filter(stopped_on__isnull=False).values("pk")
    return Product.objects.filter(Q(state=ProductState.STOPPED) | Q(producer__in=makers)).values(
        "pk"
    )
