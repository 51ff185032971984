"""What a step of the diary needs, and what it may not be."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from ocop.core.checking import check_text, needs_reason
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.traceability import copied_codes, diary, genealogy, naming
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry
from ocop.traceability.epcis import identifiers

_MOST = Decimal(10) ** 9
_OLDEST = timedelta(days=5 * 366)
LONGEST = {"note": 500, "partner": 160, "name": 120, "number": 40, "document": 60,
           "source_code": copied_codes.LONGEST}  # fmt: skip


def check(producer: Producer, entry: Entry, at: datetime) -> None:
    """Refuse a step that lacks something, or speaks of what is another's."""
    if entry.done_at > at + timedelta(minutes=1):
        raise refuse("done_at", _("Thời điểm làm không thể sau bây giờ."))
    if entry.done_at < at - _OLDEST:
        raise refuse("done_at", _("Thời điểm này đã quá 5 năm. Hãy xem lại ngày."))
    if entry.site.producer_id != producer.pk:
        raise refuse("site", _("Hãy chọn địa điểm của chính chủ thể."))
    if entry.lot is not None and entry.lot.item.product.producer_id != producer.pk:
        raise refuse("lot", _("Hãy chọn lô của chính chủ thể."))
    if any(each.producer != producer.pk for each in entry.used):
        raise refuse("used", _("Hãy chọn nguyên liệu và lô của chính chủ thể."))
    for name, most in LONGEST.items():
        check_text(getattr(entry, name), name, most)
    _check_amount(entry.quantity, entry.measure)
    for each in entry.used:
        _check_amount(each.quantity, each.measure)
    _check_parties(entry)
    _check_recalled(entry)
    _NEEDS[entry.step](entry)


def _check_amount(quantity: Decimal | None, measure: str) -> None:
    if measure not in diary.MEASURES:
        raise refuse("measure", _("Hãy chọn một đơn vị trong danh sách."))
    if quantity is None:
        return
    if not 0 < quantity < _MOST:
        raise refuse("quantity", _("Hãy ghi số lượng lớn hơn 0."))
    if not measure and quantity != quantity.to_integral_value():
        raise refuse("quantity", _("Số cái, hộp, gói là số nguyên. Hãy chọn kg hoặc lít nếu cần."))


def _check_parties(entry: Entry) -> None:
    if entry.gln and not identifiers.holds("417", entry.gln):
        raise refuse("gln", _("Mã GLN có 13 chữ số, chữ số cuối là số kiểm tra. Hãy chép lại."))
    if entry.sscc and not identifiers.holds("00", entry.sscc):
        raise refuse("sscc", _("Mã SSCC có 18 chữ số, chữ số cuối là số kiểm tra."))
    if not 1 <= entry.packages <= 100_000:
        raise refuse("packages", _("Số kiện từ 1 đến 100.000."))


def _check_recalled(entry: Entry) -> None:
    named = [entry.lot, entry.source, *(each.lot for each in entry.used)]
    recalled = next((lot for lot in named if lot is not None and lot.recalled_at), None)
    if recalled is not None and entry.step is not Step.DESTROY:
        words = _("Lô %s đã bị thu hồi, chỉ ghi tiêu hủy được.")
        raise refuse("lot", words % recalled.number)


def _needs_lot(entry: Entry) -> None:
    if entry.lot is None:
        raise refuse("lot", _("Hãy chọn lô."))


def _needs_quantity(entry: Entry) -> None:
    if entry.quantity is None:
        raise refuse("quantity", _("Hãy ghi số lượng."))


def _harvest_needs(entry: Entry) -> None:
    if (entry.lot is None) == (not entry.name.strip()):
        raise refuse("lot", _("Hãy chọn lô, hoặc ghi tên nguyên liệu thu hoạch được."))
    _needs_quantity(entry)


def _receipt_needs(entry: Entry) -> None:
    if not entry.name.strip():
        raise refuse("name", _("Hãy ghi tên nguyên liệu, ví dụ “Chè tươi”."))
    if not entry.partner.strip():
        raise refuse("partner", _("Hãy ghi nhận của ai."))
    _needs_quantity(entry)


def _process_needs(entry: Entry) -> None:
    _needs_lot(entry)
    if not entry.used:
        raise refuse("used", _("Hãy chọn ít nhất một nguyên liệu hoặc lô đã dùng."))
    if any(each.lot is not None and each.lot == entry.lot for each in entry.used):
        raise refuse("used", _("Lô làm ra không thể là nguyên liệu của chính nó."))
    _refuse_circle(entry)
    _needs_quantity(entry)


def _refuse_circle(entry: Entry) -> None:
    """Refused: something is said to be made of what was made of it."""
    assert entry.lot is not None
    made = genealogy.made_of([entry.lot])
    own = made.lots | {entry.lot.pk}
    for each in entry.used:
        lot = each.lot or (each.material.lot if each.material else None)
        inside = lot is not None and lot.pk in own
        if inside or (each.material and naming.material_uri(each.material) in made.values):
            name = lot.number if lot else each.material.name if each.material else ""
            words = _(
                "“%(used)s” đã được ghi là làm từ lô %(lot)s, nên không thể là nguyên liệu của lô "
                "%(lot)s. Hãy chọn lại, hoặc báo sai việc đã ghi nhầm."
            )
            raise refuse("used", words % {"used": name, "lot": entry.lot.number})


def _pack_needs(entry: Entry) -> None:
    _needs_lot(entry)
    _needs_quantity(entry)


def _ship_needs(entry: Entry) -> None:
    _pack_needs(entry)
    if not entry.partner.strip():
        raise refuse("partner", _("Hãy ghi xuất cho ai."))


def _destroy_needs(entry: Entry) -> None:
    _pack_needs(entry)
    needs_reason(entry.note, field="note", most=LONGEST["note"])


_NEEDS: Mapping[Step, Callable[[Entry], None]] = {
    Step.HARVEST: _harvest_needs,
    Step.RECEIVE: _receipt_needs,
    Step.PROCESS: _process_needs,
    Step.PACK: _pack_needs,
    Step.SHIP: _ship_needs,
    Step.DESTROY: _destroy_needs,
}


def refuse(field: str, message: str) -> Refused:
    """What is said at a field."""
    return Refused(f"step_{field}", message, fields={field: [message]})
