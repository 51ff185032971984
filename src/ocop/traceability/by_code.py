"""What a code stands on, for who follows it to a form: a stamp, a lot, a sales unit."""

from dataclasses import dataclass

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import stamp_keys
from ocop.traceability.models import Lot, StampRange, TradeItem
from ocop.traceability.serials import LENGTH


@dataclass(frozen=True, slots=True)
class Coded:
    """A sales unit, the lot where it is known, and the code in words."""

    item: TradeItem
    lot: Lot | None
    words: str


def by_code(code: str) -> Coded | None:
    """What a serial, or the code of a lot or a sales unit, stands on; None: nothing of ours."""
    if len(code) == LENGTH:
        return _by_serial(code)
    lot = Lot.objects.filter(code=code.lower()).select_related("item__product__producer").first()
    if lot is not None:
        return Coded(lot.item, lot, _("Lô %s") % lot.number)
    units = TradeItem.objects.select_related("product__producer")
    item = units.filter(code=code.lower()).first()
    return (
        Coded(item, None, _("Mã sản phẩm %s") % (item.gtin or item.code.upper())) if item else None
    )


def _by_serial(serial: str) -> Coded | None:
    try:
        stamp = stamp_keys.reader().read(serial)
    except stamp_keys.StampKeysWrong as wrong:
        raise Refused(wrong.code, _("Chưa đọc được mã tem lúc này. Hãy thử lại sau.")) from wrong
    if stamp is None:
        return None
    ranges = StampRange.objects.filter(key__version=stamp.version, first__lte=stamp.number)
    part = ranges.select_related("order__item__product__producer", "lot").order_by("-first").first()
    if part is None or stamp.number >= part.first + part.count:
        return None
    words = _("Mã tem %s") % serial.upper()
    if part.lot is not None:
        words += ", " + _("lô %s") % part.lot.number
    return Coded(part.order.item, part.lot, words)
