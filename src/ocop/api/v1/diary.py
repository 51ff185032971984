"""Diaries of producers: what was noted, and noting it, each step as the event that it becomes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.lot_events import EventOut, router
from ocop.api.v1.register import MakerOut
from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.traceability import MaterialFilter, TraceEventFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import chronicle, copied_codes, queries, rules
from ocop.traceability.chronicle import Happening
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry, Used
from ocop.traceability.models import Lot, Material, TraceEvent
from ocop.traceability.services import noting

Json = dict[str, Any]
Name = Literal["harvest", "receive", "process", "pack", "ship", "destroy"]
Unit = Literal["", "KGM", "GRM", "TNE", "LTR", "MLT"]


class UsedIn(JsonIn):
    """What went in: a lot or a material by its code, and how much. No `measure`: pieces."""

    lot: str = ""
    material: str = ""
    quantity: Decimal
    measure: Unit = ""


class DiaryStepIn(JsonIn):
    """A step of a diary; which of the fields it needs says the refusal. `source` is what stands on
    the pack of a received material. `sure`: more than is left is noted all the same."""

    step: Name
    done_at: Moment
    site: str
    lot: str = ""
    quantity: Decimal | None = None
    measure: Unit = ""
    used: list[UsedIn] = []
    name: str = ""
    number: str = ""
    source: str = ""
    partner: str = ""
    gln: str = ""
    document: str = ""
    sscc: str = ""
    packages: int = 1
    note: str = ""
    sure: bool = False


class WrongIn(JsonIn):
    """What is wrong with an entry: it did not happen, or it happened with other data."""

    happened: bool
    reason: str


class GoodsOut(Schema):
    """A thing of an event: as what it stands in it, what it is, how much."""

    role: str
    name: str
    amount: str
    lot: str | None


class DiaryEntryOut(Schema):
    """An entry. `beyond`: it does not add up with what was noted before, and its producer said so;
    `wrong`: it was declared wrong and counts no more."""

    id: int
    event_id: str
    producer: MakerOut | None
    step: str
    done_at: datetime
    recorded_at: datetime
    place: str
    goods: list[GoodsOut]
    partner: str
    source: str
    note: str
    beyond: bool
    wrong: bool


class MaterialOut(Schema):
    """Raw material that was harvested or received; `source` is the code that stood on its pack
    where that is no lot of this register."""

    code: str
    producer: MakerOut
    name: str
    number: str
    supplier: str
    lot: str | None
    source: str
    quantity: Decimal | None
    measure: str
    taken_on: date


def _entry(row: TraceEvent) -> Json:
    (told,) = chronicle.told([row])
    return _written(row, told)


def _written(row: TraceEvent, told: Happening) -> Json:
    plain = ("event_id", "step", "recorded_at", "place", "partner", "source", "note")
    maker = row.producer
    return {
        **{name: getattr(told, name) for name in (*plain, "beyond", "wrong")},
        "id": told.key,
        "done_at": told.at,
        "producer": MakerOut(code=maker.code, name=maker.name) if maker else None,
        "goods": [
            {
                "role": each.role,
                "name": each.name,
                "amount": each.amount,
                "lot": each.lot.code if each.lot else None,
            }
            for each in told.goods
        ],
    }


@router.get(
    "/diary",
    response=Page[DiaryEntryOut],
    operation_id="diary",
    summary=N_("Nhật ký của các chủ thể"),
    openapi_extra=described(TraceEventFilter),
)
def diary(request: ApiRequest, response: HttpResponse) -> Json:
    """Entries of the producers that the caller acts for or oversees, the last noted first."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = queries.events_visible_to(request.actor).filter(declares=None)
    found = filtered(request, TraceEventFilter, rows)
    return page(request, response, found, _entry, newest_first=True)


@router.post(
    "/producers/{code}/diary",
    response={201: EventOut},
    operation_id="note_step",
    summary=N_("Ghi nhật ký"),
)
def note_step(request: ApiRequest, code: str, told: DiaryStepIn) -> Status[EventOut]:
    """Note a step: it becomes an event of EPCIS 2.0 about own things."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    maker = get_object_or_404(producers.visible_to(request.actor), code=code)
    require(request.actor, rules.may_keep_items, maker, timezone.localdate())  # before its codes
    row = noting.note_step(
        actor=request.actor,
        producer=maker,
        entry=_read(request, maker, told),
        at=timezone.now(),
    )
    return Status(201, EventOut(id=row.pk, event_id=row.event_id))


@router.post(
    "/diary/{int:key}/wrong",
    response={201: EventOut},
    operation_id="declare_wrong",
    summary=N_("Báo việc đã ghi sai"),
)
def declare_wrong(request: ApiRequest, key: int, told: WrongIn) -> Status[EventOut]:
    """Say that an entry is wrong; it stays, and counts no more."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    rows = queries.events_visible_to(request.actor).filter(declares=None)
    row = noting.declare_wrong(
        actor=request.actor,
        event=get_object_or_404(rows, pk=key),
        happened=told.happened,
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(201, EventOut(id=row.pk, event_id=row.event_id))


@router.get(
    "/materials",
    response=Page[MaterialOut],
    operation_id="materials",
    summary=N_("Nguyên liệu đã thu hoạch, đã nhận"),
    openapi_extra=described(MaterialFilter),
)
def materials(request: ApiRequest, response: HttpResponse) -> Json:
    """Materials of the producers that the caller acts for or oversees, the last noted first."""
    need_scope(request.actor, READ_TRACEABILITY)
    found = filtered(request, MaterialFilter, queries.materials_visible_to(request.actor))
    return page(request, response, found, _material, newest_first=True)


def _material(row: Material) -> Json:
    plain = ("code", "name", "number", "supplier", "quantity", "measure", "taken_on")
    return {
        **{name: getattr(row, name) for name in plain},
        "producer": MakerOut(code=row.producer.code, name=row.producer.name),
        "lot": row.lot.code if row.lot else None,
        "source": row.source_code,
    }


def _read(request: ApiRequest, maker: Producer, told: DiaryStepIn) -> Entry:
    """The step with what its codes name. Refused: codes of nothing that the caller may see."""
    names = ("name", "number", "partner", "gln", "document", "sscc", "packages", "note", "sure")
    source = copied_codes.read(told.source)
    return Entry(
        step=Step(told.step),
        done_at=told.done_at,
        site=_named(queries.sites_visible_to(request.actor).filter(producer=maker), told.site,
                    "site", _("Không có địa điểm mang mã này.")),
        lot=_lot(request, told.lot, "lot") if told.lot else None,
        quantity=told.quantity,
        measure=told.measure,
        used=[_used(request, each) for each in told.used],
        source=source.lot,
        source_code=source.code,
        **{name: getattr(told, name) for name in names},
    )  # fmt: skip


def _used(request: ApiRequest, told: UsedIn) -> Used:
    if bool(told.lot) == bool(told.material):
        words = _("Mỗi thứ đã dùng là một lô hoặc một nguyên liệu, ghi bằng mã của nó.")
        raise Refused("step_used", words, fields={"used": [words]})
    if told.lot:
        lot = _lot(request, told.lot, "used")
        return Used(lot=lot, quantity=told.quantity, measure=told.measure)
    rows = queries.materials_visible_to(request.actor)
    words = _("Không có nguyên liệu mang mã này.")
    row: Material = _named(rows, told.material, "used", words)
    return Used(material=row, quantity=told.quantity, measure=told.measure)


def _lot(request: ApiRequest, code: str, field: str) -> Lot:
    rows = queries.lots_visible_to(request.actor)
    found: Lot = _named(rows, code, field, _("Không có lô mang mã này."))
    return found


def _named(rows: Any, code: str, field: str, words: str) -> Any:
    found = rows.filter(code=code).first()
    if found is None:
        raise Refused(f"{field}_unknown", words, fields={field: [words]})
    return found
