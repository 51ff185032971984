"""Writes of sales units and of their codes in other systems."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ocop.core import editing, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.products import gtin
from ocop.products.models import Product
from ocop.traceability import lot_notices, rules
from ocop.traceability.models import ForeignCode, TradeItem
from ocop.traceability.models.items import Scheme
from ocop.traceability.services import on_packs

_TEXTS = ("brand", "shelf_life", "standards", "origin", "certificates", "warnings", "other")
_OPEN = ("name", "gtin", *_TEXTS)
_FOLDED = TradeItem._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class ItemParticulars:
    """What is known of a sales unit (see `TradeItem`)."""

    name: str
    gtin: str = ""
    brand: str = ""
    shelf_life: str = ""
    standards: str = ""
    origin: str = ""
    certificates: str = ""
    warnings: str = ""
    other: str = ""


@action("traceability.create_item")
def create_item(
    *, actor: Actor, product: Product, particulars: ItemParticulars, at: datetime
) -> TradeItem:
    """Enter a sales unit of a product, in the programme or not.

    Refused: no name or one the product has already, a malformed GTIN or one of another sales unit
    or another product.
    """
    require(actor, rules.may_keep_items, product.producer, timezone.localdate(at))
    item = TradeItem(code=public_code(), product=product, created_at=at)
    _fill(item, particulars)
    item.save()
    record(actor, "traceability.item_created", item, product, at=at)
    return item


@action("traceability.change_item")
def change_item(
    *,
    actor: Actor,
    item: TradeItem,
    particulars: ItemParticulars,
    reason: str = "",
    seen: str = "",
    at: datetime,
) -> TradeItem:
    """Change what is known of a sales unit.

    Refused as in `create_item`; a GTIN under which stamps were ordered stays: it is printed. While
    stamps of it are on packs, a change has a reason and takes nothing away that the law asks for.
    """
    require(actor, rules.may_keep_items, item.product.producer, timezone.localdate(at))
    on_packs.check_reason(reason)
    editing.refuse_stale(item, seen)
    before, lacking = editing.values(item), on_packs.lacking(item, None)
    _fill(item, particulars)
    change = editing.told(before, item, _OPEN)
    if "gtin" in change["fields"] and item.stamp_orders.filter(state="approved").exists():
        raise _refuse(
            "gtin", _("Mã GTIN này đã in trên tem, không đổi được. Hãy tạo quy cách mới.")
        )
    told = on_packs.check_item(actor, item, change, reason, timezone.localdate(at))
    if told:
        on_packs.check_nothing_lost(item, None, lacking, change)
    item.save(update_fields=change["fields"])
    why = reason.strip()
    record(actor, "traceability.item_changed", item, item.product, at=at, reason=why, change=change)
    if told:
        lot_notices.item_changed(actor=actor, item=item, change=change, reason=why, at=at)
    return item


@action("traceability.stop_item")
def stop_item(*, actor: Actor, item: TradeItem, reason: str, at: datetime) -> TradeItem:
    """Note that a sales unit is not made any more. Its codes go on answering."""
    require(actor, rules.may_keep_items, item.product.producer, timezone.localdate(at))
    needs_reason(reason)
    if not TradeItem.objects.filter(pk=item.pk, stopped_at=None).update(stopped_at=at):
        raise Refused("item_stopped", _("Quy cách này đã được ghi là ngừng bán."))
    item.stopped_at = at
    record(actor, "traceability.item_stopped", item, item.product, at=at, reason=reason.strip())
    return item


@action("traceability.add_foreign_code")
def add_foreign_code(
    *, actor: Actor, item: TradeItem, scheme: str, value: str, at: datetime
) -> ForeignCode:
    """Keep the code, or address, that a sales unit has in another system.

    Refused: an unknown system, nothing, a code that another sales unit has there.
    """
    require(actor, rules.may_keep_items, item.product.producer, timezone.localdate(at))
    if scheme not in Scheme.values:
        raise _refuse("scheme", _("Hãy chọn hệ thống đã cấp mã."))
    code = ForeignCode(item=item, scheme=scheme, value=folding.clean(value), created_at=at)
    if not code.value:
        raise _refuse("value", _("Hãy ghi mã hoặc đường dẫn."))
    fits(code)
    if ForeignCode.objects.filter(scheme=scheme, value=code.value).exists():
        raise _refuse("value", _("Mã này đã được ghi."))
    code.save()
    record(actor, "traceability.foreign_code_added", code, item, at=at)
    return code


@action("traceability.remove_foreign_code")
def remove_foreign_code(*, actor: Actor, code: ForeignCode, reason: str, at: datetime) -> None:
    """Remove a code that was entered wrongly."""
    require(actor, rules.may_keep_items, code.item.product.producer, timezone.localdate(at))
    needs_reason(reason)
    told = {"scheme": code.scheme, "value": code.value}
    item = code.item
    code.delete()
    record(
        actor, "traceability.foreign_code_removed", item, at=at, reason=reason.strip(), change=told
    )


def _fill(item: TradeItem, given: ItemParticulars) -> None:
    item.name = folding.clean(given.name)
    if not item.name:
        raise _refuse("name", _("Hãy ghi quy cách đóng gói, ví dụ “Hộp 250 g”."))
    same = TradeItem.objects.filter(product=item.product, name=item.name).exclude(pk=item.pk)
    if same.exists():
        raise _refuse("name", _("Sản phẩm đã có quy cách này."))
    item.gtin = _gtin(given.gtin, item)
    for name in _TEXTS:
        setattr(item, name, folding.clean(getattr(given, name)))
    item.folded = folding.words(item.name, item.brand)[:_FOLDED]
    fits(item)


def _gtin(text: str, item: TradeItem) -> str:
    if not text.strip():
        return ""
    try:
        number = gtin.normalise(text)
    except Refused as refused:
        raise _refuse("gtin", refused.message) from refused
    if gtin.is_demonstration(number) and not options.DEMONSTRATION.get():
        raise _refuse("gtin", _("Mã GTIN đầu 952 chỉ dùng cho dữ liệu mẫu."))
    others = Product.objects.filter(gtin=number).exclude(pk=item.product.pk)
    if TradeItem.objects.filter(gtin=number).exclude(pk=item.pk).exists() or others.exists():
        raise _refuse("gtin", _("Mã GTIN này đã có quy cách khác. Mỗi quy cách một mã."))
    return number


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"item_{field}", message, fields={field: [message]})
