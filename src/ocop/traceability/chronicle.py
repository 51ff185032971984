"""Events as people read them: what was done with what, where, when and, for those who may know,
with whom. One step back, one step forward."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.traceability import diary, naming, queries
from ocop.traceability.diary import Step
from ocop.traceability.models import EventThing, Lot, Material, ThingRole, TraceEvent

GOODS = (
    ThingRole.EPC,
    ThingRole.CLASS,
    ThingRole.CHILD,
    ThingRole.CHILD_CLASS,
    ThingRole.INPUT,
    ThingRole.INPUT_CLASS,
    ThingRole.OUTPUT,
    ThingRole.OUTPUT_CLASS,
    ThingRole.PARENT,
)
_IN = (ThingRole.INPUT, ThingRole.INPUT_CLASS)
_OUT = (ThingRole.OUTPUT, ThingRole.OUTPUT_CLASS)
_HELD = (ThingRole.CHILD, ThingRole.CHILD_CLASS)
_TOLD = (*_IN, *_HELD, ThingRole.EPC, ThingRole.CLASS)  # what an event is about, for a line


@dataclass(frozen=True, slots=True)
class Goods:
    """A thing in words, with how much of it. `lot` leads to its page where it is one of ours."""

    role: str
    name: str
    amount: str = ""
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words."""

    key: int
    event_id: str
    step: str
    words: str
    at: datetime
    recorded_at: datetime
    place: str
    producer: str
    goods: Sequence[Goods]
    partner: str
    note: str
    wrong: bool
    beyond: bool = False  # more than was left, as the producer confirmed
    source: str = ""  # the code on the pack of what was received

    @property
    def about(self) -> str:
        """Its goods in a line: what came of it, else what it was about."""
        return _line(self.goods)


@dataclass(frozen=True, slots=True)
class Node:
    """Something one step away: what it is, how much, by which event."""

    step: str
    words: str
    name: str
    detail: str
    at: datetime
    key: int
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class OneStep:
    """What a lot came from, and where it went."""

    back: Sequence[Node]
    forward: Sequence[Node]


def told(events: Iterable[TraceEvent]) -> list[Happening]:
    """Events in words, with as many questions for a hundred of them as for one."""
    rows = list(events)
    things: dict[int, list[EventThing]] = {row.pk: [] for row in rows}
    found = EventThing.objects.filter(event__in=list(things), role__in=GOODS)
    for thing in found.select_related("lot__item__product__producer").order_by("pk"):
        things[thing.event_id].append(thing)
    values = {t.value for each in things.values() for t in each}
    materials = naming.materials_named(values)
    makers = {row.producer_id for row in rows if row.producer_id is not None}
    received = naming.materials_received(makers, values)
    return [
        _happening(row, things[row.pk], materials | _of_maker(received, row.producer_id))
        for row in rows
    ]


def _of_maker(received: naming.Received, maker: int | None) -> dict[str, Material]:
    return {value: row for (producer, value), row in received.items() if producer == maker}


def for_lists(rows: QuerySet[TraceEvent]) -> QuerySet[TraceEvent]:
    """Rows with their goods at hand, for `about`."""
    things = EventThing.objects.filter(role__in=GOODS).select_related("lot__item__product")
    return rows.prefetch_related(Prefetch("things", things.order_by("pk")))


def about(row: TraceEvent) -> str:
    """The goods of a row `for_lists` in a line."""
    material = str(row.body.get(diary.MATERIAL, ""))
    return _line([_goods(thing, {}, material) for thing in row.things.all()])


def of_lot(actor: Actor, lot: Lot) -> QuerySet[TraceEvent]:
    """The events about a lot that an actor may see, in the order they happened."""
    rows = queries.events_visible_to(actor).filter(things__lot=lot, declares=None)
    return rows.distinct().order_by("event_time", "pk")


def one_step(actor: Actor, lot: Lot) -> OneStep:
    """What went into a lot, and what became of it, as far as the actor may see events of it."""
    rows = told(of_lot(actor, lot).filter(declared_wrong_at=None))
    back: list[Node] = []
    forward: list[Node] = []
    for each in rows:
        roles = {goods.role for goods in each.goods if goods.lot == lot}
        if roles & set(_OUT):
            back += [_node(each, goods) for goods in each.goods if goods.role in _IN]
        if each.step == Step.HARVEST:
            back.append(_alone(each, each.place or _("Nơi thu hoạch")))
        if roles & set(_IN):
            forward += [_node(each, goods) for goods in each.goods if goods.role in _OUT]
        if roles & set(_HELD):
            forward += [_node(each, goods) for goods in each.goods if goods.role == "parent"]
        if each.step == Step.SHIP:
            forward.append(
                _alone(each, each.partner or _("Người mua chưa ghi tên"), _own(each, lot))
            )
        if each.step == Step.DESTROY:
            forward.append(_alone(each, _("Không còn hàng"), _own(each, lot)))
    return OneStep(back, forward)


def shipments_of(actor: Actor, lots: Iterable[int]) -> list[Happening]:
    """Where goods of lots went: whom to tell when they are recalled."""
    rows = queries.events_visible_to(actor).filter(
        things__lot__in=list(lots), declared_wrong_at=None, biz_step="shipping"
    )
    return told(rows.distinct().order_by("event_time", "pk"))


def _happening(
    row: TraceEvent, things: Sequence[EventThing], materials: dict[str, Material]
) -> Happening:
    step = diary.step_of(row.type, row.biz_step, row.body)
    site = row.site.name if row.site else row.read_point
    material = str(row.body.get(diary.MATERIAL, ""))
    return Happening(
        key=row.pk,
        event_id=row.event_id,
        step=step,
        words=diary.words(step) or row.get_type_display(),
        at=row.event_time,
        recorded_at=row.record_time,
        place=site,
        producer=row.producer.name if row.producer else "",
        goods=[_goods(thing, materials, material) for thing in things],
        partner=str(row.body.get(diary.PARTNER, "")),
        note=str(row.body.get(diary.NOTE, "")),
        wrong=row.declared_wrong_at is not None,
        beyond=bool(row.body.get(diary.BEYOND)),
        source=_source(row, things, materials),
    )


def _source(row: TraceEvent, things: Sequence[EventThing], materials: dict[str, Material]) -> str:
    if row.biz_step != "receiving":
        return ""
    told = (materials[t.value].source_code for t in things if t.value in materials)
    return next(filter(None, told), str(row.body.get(diary.SOURCE, "")))


def _line(goods: Sequence[Goods]) -> str:
    made = [each for each in goods if each.role in _OUT]
    told = made or [each for each in goods if each.role in _TOLD]
    return "; ".join(", ".join(filter(None, (each.name, each.amount))) for each in told)


def _goods(thing: EventThing, materials: dict[str, Material], named: str) -> Goods:
    lot, material = thing.lot, materials.get(thing.value)
    name = thing.value.removeprefix("https://id.gs1.org")
    if lot is not None:
        name = _("%(product)s, lô %(number)s") % {
            "product": lot.item.product.name,
            "number": lot.number,
        }
    elif material is not None:
        told = material.supplier if thing.role in _IN else ""
        supplier = f" ({told})" if told else ""
        name = f"{material.name}{supplier}"
    elif thing.role == ThingRole.PARENT:
        name = _("Kiện %s") % re.split("[/:]", name)[-1]
    elif named and thing.role == ThingRole.CLASS:
        name = named
    return Goods(thing.role, name, amount(thing.quantity, thing.measure, lot), lot)


def amount(quantity: Decimal | None, measure: str, lot: Lot | None = None) -> str:
    """How much, in words."""
    if quantity is None:
        return ""
    counted = lot.counted if lot is not None and not measure else ""
    return f"{write_number(quantity.normalize())} {diary.measure_words(measure, counted)}".strip()


def _node(event: Happening, goods: Goods) -> Node:
    return Node(event.step, event.words, goods.name, goods.amount, event.at, event.key, goods.lot)


def _alone(event: Happening, name: str, detail: str = "") -> Node:
    return Node(event.step, event.words, name, detail, event.at, event.key)


def _own(event: Happening, lot: Lot) -> str:
    return ", ".join(goods.amount for goods in event.goods if goods.lot == lot and goods.amount)
