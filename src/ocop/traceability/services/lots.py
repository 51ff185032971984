"""Writes of lots."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import digital_link, lot_notices, rules
from ocop.traceability.models import Lot, Site, TradeItem
from ocop.traceability.queries import told_lots
from ocop.traceability.services import adding_up, on_packs

_OPEN = ("number", *on_packs.LOT_FACTS)
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class LotParticulars:
    """What is known of a lot. `quantity` is counted in `measure`, as “hộp”, “kg”."""

    number: str
    site: Site | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    quantity: Decimal | None = None
    measure: str = ""
    note: str = ""


@action("traceability.open_lot")
def open_lot(*, actor: Actor, item: TradeItem, particulars: LotParticulars, at: datetime) -> Lot:
    """Enter a lot of a sales unit.

    Refused: a number that AI (10) cannot hold or that the sales unit has already, a place of
    another producer or not in use any more, production in the future, expiry before production,
    nothing or less made.
    """
    require(actor, rules.may_keep_items, item.product.producer, timezone.localdate(at))
    if item.stopped_at is not None:
        raise Refused("item_stopped", _("Quy cách này đã ngừng bán, không mở lô mới được."))
    lot = Lot(code=public_code(), item=item, created_at=at)
    _fill(lot, particulars, timezone.localdate(at))
    lot.save()
    record(actor, "traceability.lot_opened", lot, item, at=at)
    return lot


@action("traceability.change_lot")
def change_lot(
    *,
    actor: Actor,
    lot: Lot,
    particulars: LotParticulars,
    reason: str = "",
    seen: str = "",
    at: datetime,
) -> Lot:
    """Change what is known of a lot.

    Refused as in `open_lot`. Of a lot that buyers were told of (`queries.told_lots`) the number
    stays; all else that they read changes with a reason, never so that something the law
    asks for is lost, and a longer use is for the office to note. Producer and office learn of it.
    """
    require(actor, rules.may_keep_items, lot.item.product.producer, timezone.localdate(at))
    on_packs.check_reason(reason)
    editing.refuse_stale(lot, seen)
    before, lacking = editing.values(lot), on_packs.lacking(lot.item, lot)
    _fill(lot, particulars, timezone.localdate(at))
    change = editing.told(before, lot, _OPEN)
    if "number" in change["fields"] and told_lots(lot.item).filter(pk=lot.pk).exists():
        words = _("Lô này đã kích hoạt tem, đã xuất hoặc bị thu hồi, không đổi số lô được.")
        raise _refuse("number", words)
    told = on_packs.check_lot(actor, lot, before, change, reason)
    if told:
        on_packs.check_nothing_lost(lot.item, lot, lacking, change)
    if {"quantity", "measure"} & set(change["fields"]):
        adding_up.refuse_more_stamps_than_packs(lot, field="quantity")
    lot.save(update_fields=change["fields"])
    why = reason.strip()
    record(actor, "traceability.lot_changed", lot, lot.item, at=at, reason=why, change=change)
    if told:
        lot_notices.lot_changed(actor=actor, lot=lot, change=change, reason=why, at=at)
    return lot


def _fill(lot: Lot, given: LotParticulars, today: date) -> None:
    lot.number = given.number.strip()
    # A browser takes "." and ".." out of any address, so no code of such a lot would ever work.
    if not digital_link.is_value(lot.number) or lot.number in (".", ".."):
        raise _refuse(
            "number",
            _("Số lô có 1 đến 20 ký tự: chữ không dấu, chữ số và các dấu như - / . _, không cách."),
        )
    if Lot.objects.filter(item=lot.item, number=lot.number).exclude(pk=lot.pk).exists():
        raise _refuse("number", _("Quy cách này đã có lô mang số đó."))
    if given.site is not None and given.site.producer_id != lot.item.product.producer_id:
        raise _refuse("site", _("Hãy chọn địa điểm của chính chủ thể."))
    if given.site is not None and given.site.closed_at and given.site.pk != lot.site_id:
        raise _refuse("site", _("Địa điểm này không còn dùng. Hãy chọn địa điểm khác."))
    lot.site = given.site
    if given.produced_on is not None and given.produced_on > today:
        raise _refuse("produced_on", _("Ngày sản xuất không thể sau hôm nay."))
    if given.produced_on and given.expires_on and given.expires_on < given.produced_on:
        raise _refuse("expires_on", _("Hạn sử dụng phải sau ngày sản xuất."))
    lot.produced_on, lot.expires_on = given.produced_on, given.expires_on
    if given.quantity is not None and not 0 < given.quantity < _MOST:
        raise _refuse("quantity", _("Hãy ghi số lượng lớn hơn 0."))
    lot.quantity = given.quantity
    lot.measure = folding.clean(given.measure)
    lot.note = folding.clean(given.note)
    fits(lot)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"lot_{field}", message, fields={field: [message]})
