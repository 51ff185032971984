"""Events on their way into the tables: held against the standard and sorted by whose they are.

Nothing is written here. What is wrong with an event is told at its place; the others go on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import goods, naming, rules
from ocop.traceability.epcis import hashing, things, validation
from ocop.traceability.epcis.documents import Json, Raw
from ocop.traceability.epcis.things import Facts, Thing
from ocop.traceability.epcis.validation import Problem
from ocop.traceability.models import EventType, Lot, Site, ThingRole

_MADE = (ThingRole.OUTPUT, ThingRole.OUTPUT_CLASS)
GOODS = (
    *_MADE,
    ThingRole.EPC,
    ThingRole.CLASS,
    ThingRole.PARENT,
    ThingRole.CHILD,
    ThingRole.CHILD_CLASS,
    ThingRole.INPUT,
    ThingRole.INPUT_CLASS,
)


@dataclass(slots=True)
class Prepared:
    """An event that may be written, and all that its rows are made of."""

    place: str
    body: Json
    facts: Facts
    things: list[Thing]
    event_id: str
    digest: str
    lots: dict[str, Lot] = field(default_factory=dict)  # by what was written
    stamps: dict[str, int] = field(default_factory=dict)  # places of our stamps, by the same
    misnamed: str = ""  # what is wrong with a name of goods, in words
    site: Site | None = None
    producer: Producer | None = None

    @property
    def declares(self) -> bool:
        """Whether it says of another that it was wrong."""
        return "errorDeclaration" in self.body

    def take_id(self, event_id: str) -> None:
        """Have this id, in the body as well: an event and its declaration have the same one."""
        self.event_id = event_id
        self.body = {**self.body, "eventID": event_id}


@dataclass(slots=True)
class Sorted:
    """What may be written, and what is wrong with the rest."""

    events: list[Prepared] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def sort(
    raws: Iterable[Raw],
    actor: Actor,
    at: datetime,
    *,
    owner: Producer | None = None,
    owners: Mapping[str, Producer] | None = None,
) -> Sorted:
    """Events that this actor may write at a moment, each with its producer. `owner`: whose they are
    where nothing in them says so; `owners`: the same of some, by their ids."""
    found = Sorted()
    for raw in raws:
        if wrong := validation.problems(raw, at):
            found.problems += wrong
        else:
            found.events.append(prepare(raw))
    resolve(found.events)
    on = timezone.localdate(at)
    may_keep = _remembered(actor, on)
    own = list(producers.own(actor, on=on)[:2])
    default = owner or (own[0] if len(own) == 1 else None)
    kept = []
    for event in found.events:
        told = (owners or {}).get(event.event_id, default)
        # What was told once may be said to be wrong, whatever its names mean by now.
        words = "" if event.declares else event.misnamed
        words = words or _place_with(event, told, {row.pk for row in own}, may_keep)
        if words:
            found.problems.append(Problem(event.place, words))
        else:
            kept.append(event)
    found.events = kept
    return found


def prepare(raw: Raw) -> Prepared:
    """An event that holds, with its id; whose it is is not known yet."""
    digest = hashing.digest(raw.body, raw.context)
    named = raw.body.get("eventID") or f"ni:///sha-256;{digest}?ver=CBV2.0"
    # When another recorded it is of no account here: it is recorded anew (EPCIS 2.0, 7.4.1).
    body = {k: v for k, v in raw.body.items() if k not in ("recordTime", "@context")}
    body.setdefault("eventID", named)
    if "@context" in raw.body:
        body["@context"] = raw.body["@context"]
    return Prepared(
        place=raw.place,
        body=body,
        facts=things.facts_of(raw.body, raw.context),
        things=things.things_of(raw.body, raw.context),
        event_id=named,
        digest=digest,
    )


def resolve(events: Sequence[Prepared]) -> None:
    """Our own lots and places among what the events name, with two questions for all of them."""
    name_goods(events)
    sites = naming.sites_named(
        place
        for event in events
        for place in (event.facts.read_point, event.facts.biz_location)
        if place
    )
    for event in events:
        event.site = sites.get(event.facts.read_point) or sites.get(event.facts.biz_location)


def name_goods(events: Sequence[Prepared]) -> None:
    """What the goods in events are, by the names that they have there."""
    meant = goods.goods_named(
        thing.written for event in events for thing in event.things if thing.role in GOODS
    )
    for event in events:
        named = {thing.written for thing in event.things if thing.role in GOODS} & meant.keys()
        event.lots = {t: lot for t in named if (lot := meant[t].lot) is not None}
        event.stamps = {t: place for t in named if (place := meant[t].stamp) is not None}
        event.misnamed = next((w for t in sorted(named) if (w := meant[t].wrong)), "")
        # One form for every name of the same goods, so that they are found by any of them.
        told = [
            replace(t, value=meant[t.written].uri) if t.role in GOODS and t.written in named else t
            for t in event.things
        ]
        event.things = list({(t.role, t.value, t.quantity): t for t in told}.values())


def _remembered(actor: Actor, on: date) -> Callable[[Producer], bool]:
    known: dict[int, bool] = {}

    def may(producer: Producer) -> bool:
        if producer.pk not in known:
            known[producer.pk] = actor.is_system or rules.may_keep_items(actor, producer, on)
        return known[producer.pk]

    return may


def _place_with(
    event: Prepared,
    default: Producer | None,
    own: set[int],
    may_keep: Callable[[Producer], bool],
) -> str:
    """Find out whose event it is; words when it may not be written."""
    made = {_owner(lot).pk: _owner(lot) for lot in made_in(event)}
    named = {_owner(lot).pk: _owner(lot) for lot in event.lots.values()}
    ours = {key: row for key, row in named.items() if key in own}
    if event.site is not None:
        event.producer = event.site.producer
    else:
        candidates = made or ours or ({} if default else named)
        event.producer = next(iter(candidates.values())) if len(candidates) == 1 else default
    if event.producer is None:
        return _("Chưa rõ sự kiện của chủ thể nào. Hãy ghi readPoint là địa điểm đã khai ở đây.")
    if not may_keep(event.producer):
        return _("Bạn không ghi được sự kiện cho chủ thể này, hoặc cho lô, địa điểm của họ.")
    if makes_for_others(event):
        return _("Chỉ chủ thể làm ra lô mới ghi được lô đó bắt đầu có.")
    return ""


def _owner(lot: Lot) -> Producer:
    return lot.item.product.producer


def makes_for_others(event: Prepared) -> bool:
    """Whether it says of somebody else's lot that it came into being."""
    return {_owner(lot) for lot in made_in(event)} - {event.producer} != set()


def made_in(event: Prepared) -> list[Lot]:
    """The lots that the event says to come into being: nobody else may say so."""
    begins = event.facts.type == EventType.OBJECT and event.facts.action == "ADD"
    roles = (ThingRole.EPC, ThingRole.CLASS) if begins else _MADE
    written = {thing.written for thing in event.things if thing.role in roles}
    return [lot for text, lot in event.lots.items() if text in written]
