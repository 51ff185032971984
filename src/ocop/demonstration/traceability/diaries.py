"""Diaries of the demonstration: what was received, made, packed and sent, of a part of the lots.

Every kind of step is there, a lot that another was made of, one that was called back with it, one
that an inspector looked at, and an entry that was declared wrong. Partners are shops and markets
without a name that any has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from ocop.core import db
from ocop.core.actor import SYSTEM
from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.producers.models import ProducerMembership
from ocop.traceability import naming
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry, Used, body_of
from ocop.traceability.epcis import documents
from ocop.traceability.models import EventThing, Lot, Material, ThingRole, TraceEvent
from ocop.traceability.services import capturing, noting, recalling

_SEED = frame.SEED + 6
_EVERY = 9  # of so many lots one has a diary; those of the producer on show all have one
_MOST = 400
_LATELY = timedelta(days=600)
_BUYERS = (
    "Cửa hàng OCOP trung tâm (mẫu)",
    "Siêu thị khu Đông (mẫu)",
    "Chợ đầu mối phía Nam (mẫu)",
    "Bếp ăn trường học (mẫu)",
    "Sàn thương mại điện tử (mẫu)",
)
_SUPPLIERS = (
    "Tổ hợp tác trồng trọt số 1 (mẫu)",
    "Hợp tác xã vùng nguyên liệu (mẫu)",
    "Đại lý bao bì (mẫu)",
)
#: Every so many materials came with the code of somebody who is not here; GS1 keeps the number for
#: examples.
_NAMED, _OUTSIDE = 6, "https://id.gs1.org/01/09520000000028/10/"
_GROWN = 3  # criteria sets up to here are harvested, the others made
_REASON = "Kiểm nghiệm mẫu lưu phát hiện dư lượng vượt mức cho phép (mẫu)"


def bring(*, at: datetime) -> int:
    """Write the diaries; how many events there are."""
    random = Random(_SEED)
    lots = _chosen(at)
    materials = list(_materials(lots, random))
    db.insert([row for row in materials if row.pk is None])
    by_lot = dict(zip((lot.pk for lot in lots if not _is_grown(lot)), materials, strict=True))
    mixed, packed = _mixed(lots, at), _packed(lots)
    entries = [
        entry
        for lot in lots
        for entry in _entries(
            _Told(lot, by_lot.get(lot.pk), packed.get(lot.pk), mixed.get(lot.pk)), random, at
        )
    ]
    bodies = [body_of(entry, _about(entry, by_lot)) for entry in entries]
    raws = [raw for body in bodies for raw in documents.events_of(body)]
    capturing.capture(actor=SYSTEM, raws=raws, at=at)
    _tie(materials)
    _happened(lots, mixed, at)
    return TraceEvent.objects.count()


def _chosen(at: datetime) -> list[Lot]:
    """Lots of lately: the diaries begin long after the first stamps."""
    shown = ProducerMembership.objects.filter(producer__demonstration=True).values("producer")
    rows = Lot.objects.filter(
        item__product__producer__demonstration=True,
        site__isnull=False,
        produced_on__gte=(at - _LATELY).date(),
    ).select_related("item__product__producer", "site")
    own = list(rows.filter(item__product__producer__in=shown).order_by("pk"))
    keys = {lot.pk for lot in own}
    others = [lot for lot in rows.order_by("pk")[: _EVERY * _MOST : _EVERY] if lot.pk not in keys]
    return own + others


def _is_grown(lot: Lot) -> bool:
    return (lot.item.product.set_number or 0) <= _GROWN


def _materials(lots: list[Lot], random: Random) -> Iterator[Material]:
    for lot in lots:
        if _is_grown(lot) or lot.produced_on is None:
            continue
        code = public_code(random)
        yield Material(
            code=code,
            producer=lot.item.product.producer,
            name=f"Nguyên liệu cho {lot.item.product.name}"[:120],
            number=f"NL{random.randint(100, 999)}",
            source_code=f"{_OUTSIDE}{code.upper()}" if lot.pk % _NAMED == 0 else "",
            supplier=random.choice(_SUPPLIERS),
            quantity=Decimal(random.randint(20, 400)),
            measure="KGM",
            taken_on=lot.produced_on - timedelta(days=random.randint(1, 4)),
            created_at=lot.created_at,
        )


def _about(entry: Entry, by_lot: dict[int, Material]) -> Material | None:
    """The material of a receipt: its number says which."""
    if entry.step is not Step.RECEIVE:
        return None
    return next(row for row in by_lot.values() if row.code == entry.document)


@dataclass(frozen=True, slots=True)
class _Told:
    """A lot, the material it was made of, when it was packed where that was told before, and the
    older lot a part of which went into it."""

    lot: Lot
    material: Material | None
    packed: datetime | None
    older: Lot | None


def _entries(told: _Told, random: Random, at: datetime) -> Iterator[Entry]:
    lot, material = told.lot, told.material
    made = _moment(lot, random.randint(7, 10))
    site, weight = lot.site, Decimal(random.randint(40, 300))
    assert site is not None  # they were chosen so
    older = [Used(lot=told.older, quantity=Decimal(3), measure="KGM")] if told.older else []
    if material is None:
        yield Entry(Step.HARVEST, made, site, lot, weight, "KGM")
        if older:
            yield Entry(Step.PROCESS, _moment(lot, 11), site, lot, Decimal(20), "KGM", older)
    else:
        taken = made - timedelta(days=(made.date() - material.taken_on).days, minutes=40)
        yield Entry(
            Step.RECEIVE, taken, site, None, material.quantity, "KGM", name=material.name,
            partner=material.supplier, document=material.code,
        )  # fmt: skip
        used = [Used(material=material, quantity=material.quantity, measure="KGM"), *older]
        yield Entry(Step.PROCESS, made, site, lot, weight, "KGM", used)
    packed = told.packed or made + timedelta(hours=random.randint(4, 8))
    if told.packed is None:
        packages = random.randint(2, 12)
        yield Entry(Step.PACK, packed, site, lot, weight, "KGM", packages=packages)
    for turn in range(random.randint(1, 2)):
        sent = packed + timedelta(days=1 + turn, hours=random.randint(0, 6))
        if sent < at:
            part = (weight / 2).quantize(Decimal(1))
            yield Entry(
                Step.SHIP, sent, site, lot, part, "KGM", partner=random.choice(_BUYERS),
                document=f"PX-{random.randint(1000, 9999)}",
            )  # fmt: skip
    if lot.expires_on and lot.expires_on < at.date() and random.random() < 0.1:
        gone = timezone.make_aware(datetime.combine(lot.expires_on, time(16)))
        yield Entry(
            Step.DESTROY, gone, site, lot, Decimal(5), "KGM", note="Hết hạn dùng, chôn lấp (mẫu)"
        )


def _packed(lots: list[Lot]) -> dict[int, datetime]:
    """When lots were packed, of those where it was told with their stamps."""
    things = EventThing.objects.filter(
        lot__in=[lot.pk for lot in lots], role=ThingRole.CHILD_CLASS, event__biz_step="packing"
    )
    return {key: when for key, when in things.values_list("lot", "event__event_time") if key}


def _moment(lot: Lot, hour: int) -> datetime:
    assert lot.produced_on is not None
    return timezone.make_aware(datetime.combine(lot.produced_on, time(hour, lot.pk % 60)))


def _tie(materials: list[Material]) -> None:
    """Materials with the events that brought them."""
    by_uri = {naming.material_uri(row): row for row in materials}
    things = EventThing.objects.filter(value__in=list(by_uri), event__biz_step="receiving")
    for value, event in things.values_list("value", "event_id"):
        by_uri[value].event_id = event
    Material.objects.bulk_update(materials, ["event"], batch_size=200)


def _happened(lots: list[Lot], mixed: dict[int, Lot], at: datetime) -> None:
    """What an office sees happen: an inspection, a recall with what was made of the lot, and an
    entry that was wrong."""
    first = lots[0]
    maker = first.item.product.producer_id
    noting.inspect_lot(
        actor=SYSTEM, lot=first, conforms=True, note="", done_at=at - timedelta(days=2), at=at
    )
    sent = TraceEvent.objects.filter(producer=maker, biz_step="shipping").order_by("-pk").first()
    if sent is not None:
        noting.declare_wrong(
            actor=SYSTEM, event=sent, happened=True, reason="Ghi nhầm số lượng (mẫu)", at=at
        )
    for older in mixed.values():
        recalling.recall_lot(actor=SYSTEM, lot=older, reason=_REASON, at=at)


def _mixed(lots: list[Lot], at: datetime) -> dict[int, Lot]:
    """Of the producer on show the oldest lot, a part of which went into the newest: by the key of
    that."""
    maker = lots[0].item.product.producer_id
    own = [lot for lot in lots if lot.item.product.producer_id == maker]
    by_age = sorted(own, key=lambda lot: (lot.produced_on or at.date(), lot.pk))
    return {by_age[-1].pk: by_age[0]} if len(by_age) > 1 else {}
