"""What was changed of a row, in words, from the events of `core.editing`."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.models import Event
from ocop.core.numbers import write_date, write_number
from ocop.places.models import Unit
from ocop.producers.models import ProducerKind
from ocop.products.models import Sector

NAMES = (
    "network.village_changed",
    "producers.producer_changed",
    "products.product_changed",
    "network.point_changed",
    "network.point_decision_corrected",
    "network.centre_changed",
    "traceability.item_changed",
    "traceability.lot_changed",
    "traceability.site_changed",
)
_PLACES = ("unit_id", "commune_id")
_DAYS = ("produced_on", "expires_on", "recognised_on")
_UNTOLD = ("site_id",)  # a key of another table: that it was changed is said, not to what
#: What the columns are called; those that follow from others, as the text to search, are not told.
_WORDS = {
    "name": gettext_lazy("tên"),
    "kind": gettext_lazy("loại hình"),
    "tax_code": gettext_lazy("mã số thuế"),
    "address": gettext_lazy("địa chỉ"),
    "unit_id": gettext_lazy("đơn vị khi đó"),
    "commune_id": gettext_lazy("xã, phường hiện nay"),
    "lat": gettext_lazy("vị trí trên bản đồ"),
    "phone": gettext_lazy("điện thoại"),
    "website": gettext_lazy("trang web"),
    "sector": gettext_lazy("ngành"),
    "set_number": gettext_lazy("bộ tiêu chí"),
    "gtin": gettext_lazy("GTIN"),
    "official_code": gettext_lazy("mã sản phẩm"),
    "old_code": gettext_lazy("mã cũ"),
    "in_ocop": gettext_lazy("tham gia Chương trình OCOP"),
    "story": gettext_lazy("câu chuyện"),
    "revenue": gettext_lazy("doanh thu"),
    "brand": gettext_lazy("nhãn hiệu"),
    "shelf_life": gettext_lazy("thời hạn sử dụng"),
    "standards": gettext_lazy("tiêu chuẩn áp dụng"),
    "origin": gettext_lazy("xuất xứ"),
    "certificates": gettext_lazy("chứng nhận"),
    "warnings": gettext_lazy("cảnh báo an toàn"),
    "other": gettext_lazy("thông tin khác"),
    "gln": gettext_lazy("GLN"),
    "number": gettext_lazy("số lô"),
    "site_id": gettext_lazy("nơi sản xuất"),
    "produced_on": gettext_lazy("ngày sản xuất"),
    "expires_on": gettext_lazy("hạn sử dụng"),
    "quantity": gettext_lazy("số lượng"),
    "measure": gettext_lazy("đơn vị tính"),
    "note": gettext_lazy("ghi chú"),
    "trade": gettext_lazy("nghề"),
    "trade_group": gettext_lazy("nhóm nghề"),
    "began_year": gettext_lazy("năm có nghề"),
    "developing": gettext_lazy("nghề đang phát triển"),
    "distinctive": gettext_lazy("sản phẩm mang bản sắc văn hóa dân tộc"),
    "known_by_name": gettext_lazy("gắn với tên nghệ nhân hoặc tên làng"),
    "operator": gettext_lazy("đơn vị vận hành"),
    "place_type": gettext_lazy("loại địa điểm"),
    "decision": gettext_lazy("số quyết định"),
    "authority": gettext_lazy("cơ quan ban hành"),
    "recognised_on": gettext_lazy("ngày ký"),
    "opens_at": gettext_lazy("giờ mở cửa"),
    "closes_at": gettext_lazy("giờ đóng cửa"),
    "closed_days": gettext_lazy("ngày nghỉ"),
    "leader_name": gettext_lazy("người đại diện"),
    "leader_sex": gettext_lazy("giới tính người đại diện"),
    "leader_ethnicity": gettext_lazy("dân tộc người đại diện"),
    "members": gettext_lazy("số thành viên"),
    "workers": gettext_lazy("số lao động"),
    "workers_local": gettext_lazy("lao động địa phương"),
}
_CHOICES: dict[str, Any] = {"kind": ProducerKind, "sector": Sector}


def told(events: Iterable[Event]) -> dict[int, tuple[str, ...]]:
    """The changes of each event in words, with one query for the names of units."""
    found = {event.pk: event.change for event in events}
    keys = {
        key
        for change in found.values()
        for name, pair in change.get("values", {}).items()
        if name in _PLACES
        for key in pair
    }
    units = dict(Unit.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
    return {
        pk: tuple(
            _field(name, change.get("values", {}).get(name), units)
            for name in change.get("fields", ())
            if name in _WORDS
        )
        for pk, change in found.items()
    }


def _field(name: str, pair: list[Any] | None, units: dict[int, str]) -> str:
    word = str(_WORDS[name])
    if pair is None or name in _UNTOLD:
        return word
    before, after = (_value(name, value, units) for value in pair)
    return _("%(field)s từ “%(before)s” thành “%(after)s”") % {
        "field": word,
        "before": before,
        "after": after,
    }


def _value(name: str, value: Any, units: dict[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if name in _PLACES:
        return units.get(value, "–")
    if name in _DAYS:
        return write_date(date.fromisoformat(value))
    if name == "quantity":
        return write_number(Decimal(value))
    return str(_CHOICES[name](value).label) if name in _CHOICES else str(value)
