"""The lists behind the numbers: one table per kind of row."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.language import gettext
from ocop.programme import indicators
from ocop.programme.cuts import POTENTIAL_FIVE, RANKS
from ocop.programme.queries import UNNAMED
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn


def _named(words: Any, accessor: str, order_by: str) -> PlainColumn:
    """A column of another row's name, sorted as people sort names."""
    return PlainColumn(verbose_name=words, accessor=accessor, order_by=order_by)


def _with_district(unit: Any, value: str) -> str:
    above = unit.parent
    return value if above is None or above.level == "province" else f"{value}, {above.name}"


class RecognitionTable(tables.Table):
    """Products of the register."""

    product = _named(_("Sản phẩm"), "product__name", "product__folded")
    producer = _named(_("Chủ thể"), "product__producer__name", "product__producer__folded")
    stars = tables.Column(verbose_name=_("Hạng sao"), attrs={"td": {"class": "nowrap"}})
    counted_year = tables.Column(verbose_name=_("Năm"))
    evaluated_on = DayColumn(verbose_name=_("Ngày công nhận"))
    expires_on = DayColumn(verbose_name=pgettext_lazy("day", "Hết hạn"))
    decision = PlainColumn(verbose_name=_("Quyết định"), accessor="decision__number")
    unit = _named(_("Đơn vị khi đó"), "unit__name", "unit__folded")
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")

    def render_product(self, record: Any, value: str) -> str:
        if not record.named:
            return gettext(UNNAMED)
        address = reverse("product", args=[record.product.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_product(self, record: Any, value: str) -> str:
        return value if record.named else gettext(UNNAMED)

    def render_producer(self, record: Any, value: str) -> str:
        return value if record.named else "–"

    def value_producer(self, record: Any, value: str) -> str:
        return value if record.named else ""

    def render_stars(self, record: Any) -> str:
        return gettext(RANKS[POTENTIAL_FIVE if record.potential_five else str(record.stars)])

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return self.render_unit(record, value)


class StampedTable(tables.Table):
    """Farm products that carry stamps."""

    product = _named(_("Sản phẩm"), "name", "folded")
    producer = _named(_("Chủ thể"), "producer__name", "producer__folded")
    stamped_at = DayColumn(verbose_name=_("Kích hoạt tem lần đầu"))
    unit = _named(_("Đơn vị khi đó"), "unit__name", "unit__folded")
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")

    def render_product(self, record: Any, value: str) -> str:
        if not record.named:
            return gettext(UNNAMED)
        return format_html('<a href="{}">{}</a>', reverse("product", args=[record.code]), value)

    def value_product(self, record: Any, value: str) -> str:
        return value if record.named else gettext(UNNAMED)

    def render_producer(self, record: Any, value: str) -> str:
        return value if record.named else "–"

    def value_producer(self, record: Any, value: str) -> str:
        return value if record.named else ""

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)


class ProducerTable(tables.Table):
    """Producers."""

    name = tables.Column(verbose_name=_("Chủ thể"), order_by="folded")
    kind = tables.Column(verbose_name=_("Loại hình"))
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")

    def render_name(self, record: Any, value: str) -> str:
        if not record.named:
            return gettext(UNNAMED)
        return format_html('<a href="{}">{}</a>', reverse("producer", args=[record.code]), value)

    def value_name(self, record: Any, value: str) -> str:
        return value if record.named else gettext(UNNAMED)


class RegistrationTable(tables.Table):
    """Products that units registered for a year."""

    product_name = PlainColumn(verbose_name=_("Sản phẩm đăng ký"))
    kind = tables.Column(verbose_name=_("Hình thức"))
    year = tables.Column(verbose_name=_("Năm"))
    unit = _named(_("Đơn vị đăng ký"), "unit__name", "unit__folded")
    registered_on = DayColumn(verbose_name=_("Ngày đăng ký"))

    def render_product_name(self, record: Any, value: str) -> str:
        return value if record.named else gettext(UNNAMED)

    def value_product_name(self, record: Any, value: str) -> str:
        return self.render_product_name(record, value)

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)


class VillageTable(tables.Table):
    """Villages with a craft."""

    name = tables.Column(verbose_name=_("Làng"), order_by="folded")
    trade = PlainColumn(verbose_name=_("Nghề"))
    unit = _named(_("Đơn vị khi đó"), "unit__name", "unit__folded")
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")

    def render_name(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse("village", args=[record.code]), value)

    def value_name(self, value: str) -> str:
        return value

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)


class ReportedTable(tables.Table):
    """Figures that somebody reported."""

    unit = _named(_("Đơn vị"), "unit__name", "unit__folded")
    value = NumberColumn(verbose_name=_("Giá trị"))
    as_of = DayColumn(verbose_name=_("Tính đến ngày"))
    source = PlainColumn(verbose_name=_("Nguồn"))

    def render_value(self, record: Any, value: Any) -> str:
        return indicators.get(record.indicator).write(value)

    def value_value(self, value: Any) -> Any:
        return value

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)


class SinceTable(tables.Table):
    """Units, each with the first year of what it does."""

    unit = _named(_("Đơn vị"), "name", "folded")
    counted_year = tables.Column(verbose_name=_("Từ năm"))

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record, value)


class PointTable(tables.Table):
    """Sales points."""

    name = PlainColumn(verbose_name=_("Tên điểm"), order_by="folded")
    address = PlainColumn(verbose_name=_("Địa chỉ"))
    unit = _named(_("Đơn vị khi đó"), "unit__name", "unit__folded")
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")
    recognised_on = DayColumn(verbose_name=_("Công nhận ngày"))

    def render_name(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse("shop", args=[record.code]), value)

    def render_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)

    def value_unit(self, record: Any, value: str) -> str:
        return _with_district(record.unit, value)


class CentreTable(PointTable):
    """Design centres."""

    def render_name(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse("centre", args=[record.code]), value)


_TABLES: dict[str, type[tables.Table]] = {
    "Recognition": RecognitionTable,
    "Product": StampedTable,
    "Producer": ProducerTable,
    "Registration": RegistrationTable,
    "ReportedFigure": ReportedTable,
    "Village": VillageTable,
    "Unit": SinceTable,
    "SalesPoint": PointTable,
    "DesignCentre": CentreTable,
}


def table_for(rows: QuerySet[Any]) -> tables.Table:
    """The table that shows these rows."""
    return _TABLES[rows.model.__name__](rows)
