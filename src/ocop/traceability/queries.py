"""Reads of sales units, lots and stamps, filtered by who asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from ocop.core.actor import ANONYMOUS, Actor
from ocop.people import rules as people_rules
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductImage
from ocop.traceability import diary, genealogy, naming, rules
from ocop.traceability.epcis import identifiers, vocabulary
from ocop.traceability.freshness import Freshness
from ocop.traceability.genealogy import Reached
from ocop.traceability.models import (
    EventThing,
    Lot,
    Material,
    Site,
    StampOrder,
    StampRange,
    ThingRole,
    TraceEvent,
    TradeItem,
)
from ocop.traceability.passport import Facts, Stage
from ocop.traceability.portions import portions
from ocop.traceability.step_words import OTHER


def items_visible_to(actor: Actor) -> QuerySet[TradeItem]:
    """Sales units that an actor keeps or oversees; what a code tells the public is the resolver's.

    A producer's people: the own ones. A commune officer: those of the own communes. The office,
    its inspectors and auditors: all.
    """
    return TradeItem.objects.filter(_within(actor, "product__producer")).select_related(
        "product__producer"
    )


def lots_visible_to(actor: Actor) -> QuerySet[Lot]:
    """Lots of the sales units above."""
    return Lot.objects.filter(_within(actor, "item__product__producer")).select_related(
        "item__product__producer", "site"
    )


def sites_visible_to(actor: Actor) -> QuerySet[Site]:
    """Places, by the same rule."""
    return Site.objects.filter(_within(actor, "producer")).select_related("producer", "commune")


def orders_visible_to(actor: Actor) -> QuerySet[StampOrder]:
    """Orders of stamps, by the same rule."""
    return StampOrder.objects.filter(_within(actor, "item__product__producer")).select_related(
        "item__product__producer", "key"
    )


def items_kept_by(actor: Actor) -> QuerySet[TradeItem]:
    """Sales units that an actor may write: as `rules.may_keep_items` has it of their producers."""
    return items_visible_to(actor).filter(_kept(actor, "product__producer"))


def lots_kept_by(actor: Actor) -> QuerySet[Lot]:
    """Lots of these."""
    return lots_visible_to(actor).filter(_kept(actor, "item__product__producer"))


def sites_kept_by(actor: Actor) -> QuerySet[Site]:
    """Places, by the same rule."""
    return sites_visible_to(actor).filter(_kept(actor, "producer"))


def products_kept_by(actor: Actor) -> QuerySet[Product]:
    """Products of which an actor may enter sales units."""
    return Product.objects.filter(_kept(actor, "producer")).select_related("producer__commune")


def producers_kept_by(actor: Actor) -> QuerySet[Producer]:
    """Producers whose sales units, places and lots an actor may write."""
    if people_rules.is_office(actor):
        return Producer.objects.all()
    return Producer.objects.filter(
        producers.in_area(actor) | Q(pk__in=producers.own(actor).values("pk"))
    )


def _kept(actor: Actor, producer: str) -> Q:
    if people_rules.is_office(actor):
        return Q()
    return Q(**{f"{producer}__in": producers_kept_by(actor).values("pk")})


def items_for_lists(rows: QuerySet[TradeItem]) -> QuerySet[TradeItem]:
    """Rows with the place of their producer, how many lots they have, the last day of making, and
    whether something is `lacking` (see `incomplete`)."""
    own = Lot.objects.filter(item=OuterRef("pk")).order_by()
    return rows.select_related("product__producer__commune").annotate(
        lots_count=_counted(own, "item"),
        last_made=Subquery(own.values("item").annotate(at=Max("produced_on")).values("at")),
        lacking=Case(When(_lacking(), then=Value(True)), default=Value(False)),
    )


def sites_for_lists(rows: QuerySet[Site]) -> QuerySet[Site]:
    """Rows with how many lots were made there."""
    made = Lot.objects.filter(site=OuterRef("pk")).order_by()
    return rows.annotate(lots_count=_counted(made, "site"))


def _counted(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = Subquery(rows.values(by).annotate(n=Count("pk")).values("n"))
    return Coalesce(counted, Value(0), output_field=IntegerField())


def incomplete(rows: QuerySet[TradeItem]) -> QuerySet[TradeItem]:
    """Sales units that lack something both laws ask for whatever the lot: `passport.missing`
    without what a lot has to tell."""
    return rows.filter(_lacking())


def _lacking() -> Q:
    pictured = Exists(ProductImage.objects.filter(product=OuterRef("product")))
    nowhere = Q(product__producer__address="", product__producer__commune=None)
    return Q(standards="") | Q(origin="") | nowhere | Q(~pictured)


def lots_incomplete(rows: QuerySet[Lot]) -> QuerySet[Lot]:
    """Lots that lack the day of making or any recorded step with its place."""
    placed = Exists(
        EventThing.objects.filter(
            Q(event__producer=OuterRef("item__product__producer")) | Q(event__producer=None),
            lot=OuterRef("pk"),
            event__declared_wrong_at=None,
        )
        .exclude(role__in=_INPUTS)
        .exclude(Q(event__site=None) & (_NO_PLACE | _ELSEWHERE))
    )
    return rows.filter(Q(produced_on=None) | ~placed)


def lots_in(rows: QuerySet[Lot], state: Freshness, on: date) -> QuerySet[Lot]:
    """Lots that stand so on a day (see `freshness`)."""
    if state is Freshness.RECALLED:
        return rows.exclude(recalled_at=None)
    kept = rows.filter(recalled_at=None)
    if state is Freshness.UNDATED:
        return kept.filter(expires_on=None)
    if state is Freshness.FRESH:
        return kept.filter(expires_on__gte=on)
    return kept.filter(expires_on__lt=on)


def told_lots(item: TradeItem) -> QuerySet[Lot]:
    """The lots of a sales unit that buyers were told of: by stamps that were activated for them, by
    a recall, or because goods of them were sent off with a label that leads to their page."""
    on_packs = Exists(StampRange.objects.filter(lot=OuterRef("pk")))
    sent = EventThing.objects.filter(
        lot=OuterRef("pk"), event__biz_step="shipping", event__declared_wrong_at=None
    )
    return item.lots.filter(on_packs | Q(recalled_at__isnull=False) | Exists(sent))


def newest_lots(rows: QuerySet[Lot]) -> QuerySet[Lot]:
    """Lots made last first; those of an unknown day at the end."""
    return rows.order_by(F("produced_on").desc(nulls_last=True), "-pk")


def events_visible_to(actor: Actor) -> QuerySet[TraceEvent]:
    """Events, by the same rule; declarations that an event was wrong are among them."""
    return TraceEvent.objects.filter(_within(actor, "producer")).select_related("producer", "site")


def materials_visible_to(actor: Actor) -> QuerySet[Material]:
    """Harvested and received material that still counts, by the same rule."""
    rows = Material.objects.filter(_within(actor, "producer"), event__declared_wrong_at=None)
    return rows.select_related("producer", "lot__item__product__producer", "event")


def sees_all(actor: Actor) -> bool:
    """Whether an actor sees what is of any producer."""
    return rules.may_see_all_stamps(actor)


def _within(actor: Actor, producer: str) -> Q:
    if sees_all(actor):
        return Q()
    seen: Q = producers.in_area(actor, f"{producer}__")
    if actor.user_id is not None:
        seen |= Q(**{f"{producer}__in": producers.own(actor).values("pk")})
    return seen


def trade_code(item: TradeItem) -> str:
    """The number of a sales unit: its GTIN, else its own code."""
    return item.gtin or item.code.upper()


def site_code(site: Site) -> str:
    """The location trace code of a place: its GLN, else its own code."""
    return site.gln or site.code.upper()


def trace_code(lot: Lot) -> str:
    """The trace code of a lot: the number of its sales unit and its own (TCVN 13274:2020)."""
    return f"{trade_code(lot.item)}/{lot.number}"


def stages_of(lot: Lot) -> list[Stage]:
    """What was recorded to be done with a lot, where and when, in the order it happened; see
    `stages_of_all`."""
    return stages_of_all([lot])[lot.pk]


def stages_of_all(lots: Sequence[Lot]) -> dict[int, list[Stage]]:
    """The steps of a few hundred lots, with as many questions for all of them as for one: those of
    the lot itself and, before them, harvest, receipt and making of what went into it.

    What the own producer, an inspector or the office told: others may name a lot that they bought,
    and what became of it then is not for everybody. No partner is named, and no place of one.
    """
    by_key = {lot.pk: lot for lot in lots}
    known = EventThing.objects.filter(event__declared_wrong_at=None).select_related("event__site")
    found: dict[int, dict[int, tuple[TraceEvent, Stage]]] = {key: {} for key in by_key}
    own = known.filter(Q(event__producer=F("lot__item__product__producer")) | _BY_NOBODY)
    for thing in own.filter(lot__in=by_key).exclude(role__in=_INPUTS):
        lot = by_key[thing.lot_id or 0]
        found[lot.pk][thing.event_id] = (thing.event, stage_of(thing.event, lot))
    reached = genealogy.each_made_from(lots)
    for key, event, thing in _beginnings(known, by_key, reached):
        found[key].setdefault(event.pk, (event, _stage_before(event, thing)))
    return {key: _in_order(each.values()) for key, each in found.items()}


def _in_order(told: Iterable[tuple[TraceEvent, Stage]]) -> list[Stage]:
    ordered = sorted(told, key=lambda each: (each[0].event_time, each[0].pk))
    return [stage for _event, stage in ordered if stage.act not in diary.STANDINGS]


def _beginnings(
    known: QuerySet[EventThing], lots: Mapping[int, Lot], reached: Mapping[int, Reached]
) -> Iterator[tuple[int, TraceEvent, EventThing]]:
    """How what went into lots came to be with their producers: the lot, the event, and what."""
    began = Q(role__in=_OUTPUTS) | Q(role__in=_SIMPLE, event__biz_step__in=_BEGINNINGS)
    by_value: dict[str, list[int]] = defaultdict(list)
    for key, each in reached.items():
        for value in each.values:
            by_value[value].append(key)
    for some in portions(by_value):
        for thing in known.filter(began, value__in=some).select_related("lot__item__product"):
            for key in by_value[thing.value]:
                if thing.event.producer_id == lots[key].item.product.producer_id:
                    yield key, thing.event, thing


def _stage_before(event: TraceEvent, thing: EventThing) -> Stage:
    """A step with what went into a lot later."""
    name = str(event.body.get(diary.MATERIAL, ""))
    code = naming.own_code(thing.value) or thing.value
    if thing.lot is not None:
        code = trace_code(thing.lot)
        name = name or thing.lot.item.product.name
    return replace(_stage(event, code), goods=name)


def lots_made_of(event: TraceEvent) -> list[Lot]:
    """Lots that are said to be made of goods that an event brought; oldest first."""
    began = event.things.filter(role__in=(*_OUTPUTS, *_SIMPLE))
    if event.biz_step not in _BEGINNINGS:
        return []
    values = set(began.values_list("value", flat=True))
    return list(Lot.objects.filter(pk__in=genealogy.made_of((), values).lots).order_by("pk"))


def stage_of(event: TraceEvent, lot: Lot) -> Stage:
    """An event as a step on the way of a lot."""
    return _stage(event, trace_code(lot))


def _stage(event: TraceEvent, code: str) -> Stage:
    return Stage(
        step=_told_step(event),
        trace_code=code,
        site_code=site_code(event.site) if event.site else _told_place(event),
        site=event.site.name if event.site else "",
        at=event.event_time,
        act=diary.step_of(event.type, _told_step(event), event.body),
    )


_BY_NOBODY = Q(event__producer=None)
_OUTPUTS = (ThingRole.OUTPUT, ThingRole.OUTPUT_CLASS)
#: What was made of a lot is the way of that, not its own.
_INPUTS = (ThingRole.INPUT, ThingRole.INPUT_CLASS)
_SIMPLE = (ThingRole.EPC, ThingRole.CLASS)
#: Words of CBV by which goods begin to be with somebody.
_BEGINNINGS = (
    "accepting", "collecting", "commissioning", "creating_class_instance", "receiving",
)  # fmt: skip
#: Steps at a place of whoever bought the goods: it is not for everybody to know.
_OF_BUYERS = (
    "accepting", "arriving", "departing", "dispensing", "receiving", "retail_selling", "stocking",
    "transporting", "unloading",
)  # fmt: skip
_ELSEWHERE = Q(event__biz_step__in=_OF_BUYERS)


#: The location trace code of a place that is not one of ours. Whatever else stands for a place is
#: somebody's own text, which nobody looked at.
_GLN = f"{identifiers.ROOT}/414/"
_NO_PLACE = ~Q(event__read_point__startswith=_GLN)


def _told_place(event: TraceEvent) -> str:
    if event.biz_step in _OF_BUYERS or not event.read_point.startswith(_GLN):
        return ""
    return event.read_point.removeprefix(_GLN).partition("/")[0]


def _told_step(event: TraceEvent) -> str:
    """A step by its word of CBV: a name of somebody's own is told as another step."""
    known = not event.biz_step or event.biz_step in vocabulary.STEPS
    return event.biz_step if known else OTHER


def _told_tax_code(producer: Producer) -> str:
    """What anybody may know: a code is told to whoever holds a pack."""
    return producers.facts_for(ANONYMOUS, producer, on=timezone.localdate()).tax_code


def facts_of(item: TradeItem, lot: Lot | None) -> Facts:
    """What is known of a sales unit and, with it, of a lot of it, for `passport`."""
    stages = stages_of(lot) if lot else ()
    return facts_from(item, lot, has_image=item.product.images.exists(), stages=stages)


def facts_from(
    item: TradeItem, lot: Lot | None, *, has_image: bool, stages: Sequence[Stage], star: str = ""
) -> Facts:
    """The same, of what is at hand already. `star`: the OCOP star of today in words."""
    product, producer = item.product, item.product.producer
    about_lot: dict[str, Any] = {
        "lot": lot.number if lot else "",
        "stages": stages,
        "produced_on": lot.produced_on if lot else None,
        "expires_on": lot.expires_on if lot else None,
        "trace_code": trace_code(lot) if lot else "",
    }
    return Facts(
        product=product.name,
        pack=item.name,
        trade_code=trade_code(item),
        has_gtin=bool(item.gtin),
        has_image=has_image,
        producer=producer.name,
        producer_code=_told_tax_code(producer) or producer.code.upper(),
        address=producer.address or (str(producer.commune) if producer.commune else ""),
        brand=item.brand,
        shelf_life=item.shelf_life,
        standards=item.standards,
        origin=item.origin,
        certificates=[each for each in (star, item.certificates) if each],
        warnings=item.warnings,
        other=item.other,
        **about_lot,
    )
