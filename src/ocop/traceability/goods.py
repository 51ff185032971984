"""Which of our goods a name means: the one place where names become lots.

Capture, its guards, recalls, lineage, queries and the diary ask here, so that a lot is the same lot
by whatever name it goes: its own URN, GS1's numbers, the address on its label, a stamp on it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import goods_names, naming, serials, stamp_keys
from ocop.traceability.epcis import identifiers
from ocop.traceability.goods_names import Name
from ocop.traceability.intervals import Span
from ocop.traceability.models import EventThing, Lot, StampOrder, StampRange, TradeItem
from ocop.traceability.own_hosts import own_hosts
from ocop.traceability.portions import portions
from ocop.traceability.serials import LENGTH, plain
from ocop.traceability.stamp_addresses import host_in


@dataclass(frozen=True, slots=True)
class Goods:
    """What a name means. `uri`: the one form of it under which it is kept and looked for. `lot`:
    ours, where it is one or a piece of one. `wrong`: why nothing can go by this name, in words.
    `stamp`: the place of our stamp on it."""

    uri: str
    lot: Lot | None = None
    wrong: str = ""
    stamp: int | None = None


@dataclass(frozen=True, slots=True)
class Stamped:
    """A stamp that was given out: for what, and for which lot once it is activated; its place."""

    item: TradeItem
    lot: Lot | None
    place: int


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything of ours that some names mention."""

    coded: Mapping[str, Lot]
    by_gtin: Mapping[tuple[str, str], Lot]
    by_unit: Mapping[tuple[str, str], Lot]
    stamps: Mapping[str, Stamped]


def goods_named(written: Iterable[str]) -> dict[str, Goods]:
    """What names mean, for each that is a name of goods, with as many questions for a thousand of
    them as for one."""
    names = {text: name for text in set(written) if (name := goods_names.read(text)) is not None}
    known = _known(names.values())
    hosts = own_hosts()
    return {text: _meant(text, name, known, hosts) for text, name in names.items()}


def lots_named(written: Iterable[str]) -> dict[str, Lot]:
    """Those of our lots that names mean, by what was written."""
    return {text: each.lot for text, each in goods_named(written).items() if each.lot is not None}


def forms_of(written: Iterable[str]) -> list[str]:
    """The forms under which names are kept."""
    texts = list(written)
    named = goods_named(texts)
    return [named[text].uri if text in named else identifiers.canonical(text) for text in texts]


def lot_of_text(text: str) -> Lot | None:
    """The lot that somebody copied from a label: its address, its trace code or its own code."""
    typed = text.strip()
    found = lots_named([typed]).get(typed)
    if found is not None:
        return found
    rows = Lot.objects.select_related("item__product__producer")
    if "/" in typed and not typed.lower().startswith("http"):
        trade, _slash, number = typed.partition("/")
        named = Q(item__gtin=trade) | Q(item__code=trade.lower())
        return rows.filter(named, number=number).first()
    return rows.filter(code=typed.lower()).first()


def contradiction(name: Name, stamped: Stamped) -> str:
    """What is wrong where a true serial stands behind the number of other goods, in words: a stamp
    that was copied onto them is written so."""
    if name.gtin not in ("", stamped.item.gtin) or name.unit not in ("", stamped.item.code):
        return _("Số sê-ri này là của tem cấp cho sản phẩm khác, không phải sản phẩm ghi trong mã.")
    if name.variant:
        return _("Mã ghi biến thể (22), nhưng tem mang số sê-ri này không có biến thể.")
    if name.numbers and (stamped.lot is None or stamped.lot.number not in name.numbers):
        return _("Tem mang số sê-ri này không phải của lô ghi trong mã.")
    return ""


def copied_onto_others(text: str) -> str:
    """What is wrong, in words, with an address that a person copied or a phone read: a true serial
    of ours behind the number of other goods; "" where nothing is."""
    name = goods_names.read(goods_names.as_address(text))
    stamped = stamps_of([name.serial]).get(name.serial) if name and name.serial else None
    return contradiction(name, stamped) if name and stamped else ""


def _known(names: Iterable[Name]) -> _Known:
    all_names = list(names)
    rows = Lot.objects.select_related("item__product__producer").order_by()
    coded: dict[str, Lot] = {}
    for codes in portions({name.lot for name in all_names if name.lot}):
        coded |= {lot.code: lot for lot in rows.filter(code__in=codes)}
    by_gtin = {
        (lot.item.gtin, lot.number): lot
        for some in portions({(m.gtin, n) for m in all_names if m.gtin for n in m.numbers})
        for lot in rows.filter(item__gtin__in=_firsts(some), number__in=_seconds(some))
    }
    by_unit = {
        (lot.item.code, lot.number): lot
        for some in portions({(m.unit, n) for m in all_names if m.unit for n in m.numbers})
        for lot in rows.filter(item__code__in=_firsts(some), number__in=_seconds(some))
    }
    return _Known(coded, by_gtin, by_unit, stamps_of({name.serial for name in all_names}))


def _firsts(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {first for first, _second in pairs}


def _seconds(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {second for _first, second in pairs}


def stamps_of(written: Iterable[str]) -> dict[str, Stamped]:
    """The stamps with these serials, for those that were given out."""
    candidates = [serial for serial in written if len(serial) == LENGTH]
    if not candidates:
        return {}
    try:
        reader = stamp_keys.reader()
    except stamp_keys.StampKeysWrong as wrong:
        raise Refused(wrong.code, _("Chưa đọc được mã tem lúc này. Hãy thử lại sau.")) from wrong
    read = sorted(
        (stamp.version, stamp.number, serial)
        for serial in candidates
        if (stamp := reader.read(serial)) is not None
    )
    found: dict[str, Stamped] = {}
    rows = StampRange.objects.select_related(
        "order__item__product__producer", "lot__item__product__producer"
    )
    last: StampRange | None = None
    of = -1
    for version, number, serial in read:  # in order: neighbours mostly share their range
        if last is None or of != version or not last.first <= number < last.first + last.count:
            near = rows.filter(key__version=version, first__lte=number)
            last, of = near.order_by("-first").first(), version
        if last is not None and last.first <= number < last.first + last.count:
            place = serials.place(version, number)
            found[serial] = Stamped(last.order.item, last.lot, place)
    return found


def _meant(text: str, name: Name, known: _Known, hosts: set[str]) -> Goods:
    stamped = known.stamps.get(name.serial) if name.serial else None
    lot = _lot_of(name, known)
    if stamped is not None:
        if stamped.lot is None and lot is not None:  # packed before the stamp is activated
            stamped = replace(stamped, lot=lot)
        uri = stamp_uri(stamped.item, name.serial)
        return Goods(uri, stamped.lot, contradiction(name, stamped), stamped.place)
    if name.serial and not name.is_short:
        return Goods(identifiers.canonical(text), lot)
    if lot is not None and not name.serial:
        return Goods(naming.lot_uri(lot), lot)
    said_here = name.is_short and host_in(text) in hosts
    told = bool(name.lot or name.serial or name.numbers)
    wrong = _("Mã %s không có trong sổ. Hãy chép lại mã trên nhãn hoặc trên tem.") % text
    return Goods(identifiers.canonical(text), None, wrong if said_here and told else "")


def _lot_of(name: Name, known: _Known) -> Lot | None:
    if name.lot:
        return known.coded.get(name.lot)
    find: Callable[[tuple[str, str]], Lot | None]
    find = known.by_gtin.get if name.gtin else known.by_unit.get
    trade = name.gtin or name.unit
    return next((lot for n in name.numbers if (lot := find((trade, n))) is not None), None)


def named_in(order: StampOrder, spans: Sequence[Span]) -> QuerySet[EventThing]:
    """What events say of these stamps of an order."""
    asked = Q(pk__in=())
    if order.key is not None:
        for span in spans:
            first = serials.place(order.key.version, span.first)
            asked |= Q(stamp__gte=first, stamp__lt=first + span.count)
    return EventThing.objects.filter(asked).order_by()


def give_lot(order: StampOrder, spans: Sequence[Span], lot: Lot) -> int:
    """Let events that named stamps before these were activated speak of the lot as well, so that
    its recall follows them; how often they did. Part of the act that activates them."""
    return sum(
        named_in(order, some).exclude(lot=lot).update(lot=lot) for some in portions(spans, 100)
    )


def settle(things: Sequence[EventThing]) -> None:
    """Ask again for the lots of stamps that had none a moment ago, now that these things are
    written: whoever activates the stamps at the same time does not see them yet. Where the order is
    held by that act, this waits for it."""
    lotless = [t for t in things if t.stamp is not None and t.lot_id is None]
    end = -1
    for place in sorted({thing.stamp or 0 for thing in lotless}):
        if place < end:
            continue
        version, number = divmod(place, serials.NUMBERS)
        rows = StampOrder.objects.filter(key__version=version, first__lte=number)
        near = rows.order_by("-first").select_for_update(of=("self",))
        order = near.select_related("key").first()
        if order is None or order.key is None or order.first is None:
            continue
        end = serials.place(version, order.first + order.quantity)
        for row in order.ranges.exclude(lot=None):
            first = serials.place(version, row.first)
            found = [t for t in lotless if first <= (t.stamp or 0) < first + row.count]
            for thing in found:
                thing.lot_id = row.lot_id
            for some in portions(thing.pk for thing in found):
                EventThing.objects.filter(pk__in=some).update(lot=row.lot_id)


def stamp_uri(item: TradeItem, serial: str) -> str:
    """A piece of goods with a stamp of ours."""
    return (
        identifiers.piece(item.gtin, plain(serial))
        if item.gtin
        else naming.stamp_uri(plain(serial))
    )
