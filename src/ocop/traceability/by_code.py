"""What a code stands on, for who follows it to a form: a stamp, a lot, a sales unit."""

from dataclasses import dataclass
from datetime import date

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import lifecycle, stamp_keys, stamp_queries
from ocop.traceability.models import Lot, StampOrder, TradeItem
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


@dataclass(frozen=True, slots=True)
class Issued:
    """A stamp that was given out: its order, its lot once it has one, and the word for its state
    (see `standing`)."""

    order: StampOrder
    lot: Lot | None
    word: str

    def is_sound(self, on: date) -> bool:
        """Whether nothing is to be said against goods that carry it."""
        lot = self.lot
        if self.word != lifecycle.ACTIVE or lot is None or lot.recalled_at is not None:
            return False
        return lot.expires_on is None or lot.expires_on >= on


def issued(serial: str) -> Issued | None:
    """The stamp with a serial; None: no key of ours made it, or it was never given out."""
    try:
        stamp = stamp_keys.reader().read(serial)
    except stamp_keys.StampKeysWrong as wrong:
        raise Refused(wrong.code, _("Chưa đọc được mã tem lúc này. Hãy thử lại sau.")) from wrong
    order = stamp_queries.order_of(stamp.version, stamp.number) if stamp else None
    if stamp is None or order is None:
        return None
    standing = stamp_queries.standing_in_order(order, stamp.number)
    if standing.range is None:
        return None
    key = standing.range.lot
    lot = Lot.objects.filter(pk=key).first() if key is not None else None
    return Issued(order, lot, standing.word)


def _by_serial(serial: str) -> Coded | None:
    found = issued(serial)
    if found is None:
        return None
    words = _("Mã tem %s") % serial.upper()
    if found.lot is not None:
        words += ", " + _("lô %s") % found.lot.number
    return Coded(found.order.item, found.lot, words)
