"""Tables of the office."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core.language import gettext
from ocop.core.numbers import write_date
from ocop.dossiers import rules as dossier_rules
from ocop.places.eras import BEGINNING
from ocop.recognition.models import Evidence
from ocop.recognition.ranks import rank_of, rank_words
from ocop.recognition.validity import State, state_words
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn
from ocop.web.templatetags.ocop import state as state_chip

_CODE = {"td": {"class": "code"}}


def _named(words: Any, accessor: str, order_by: str) -> PlainColumn:
    """A column of another row's name, sorted as people sort names."""
    return PlainColumn(verbose_name=words, accessor=accessor, order_by=order_by)


class StateColumn(tables.Column):
    """A state of validity: a chip on the page, its words in the workbook."""

    def render(self, value: Any) -> str:
        return state_chip(value)

    def value(self, value: Any) -> str:
        return state_words(State(value)).staff


class RegisterTable(tables.Table):
    """Rows of the register."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    producer = _named(_("Chủ thể"), "product__producer__name", "product__producer__folded")
    stars = tables.Column(verbose_name=_("Hạng sao"))
    state = StateColumn(verbose_name=_("Tình trạng"))
    kind = tables.Column(verbose_name=_("Hình thức"))
    decision = PlainColumn(
        verbose_name=_("Quyết định"), order_by="decision__number", attrs=_CODE, empty_values=()
    )
    evaluated_on = DayColumn(verbose_name=_("Ngày công nhận"))
    expires_on = DayColumn(verbose_name=pgettext_lazy("day", "Hết hạn"))
    unit = _named(_("Đơn vị khi đó"), "unit__name", "unit__folded")
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")
    evidence = tables.Column(verbose_name=_("Chứng cứ"))

    def render_product(self, record: Any, value: str) -> str:
        address = reverse("office:product", args=[record.product.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_product(self, value: str) -> str:
        return value

    def render_decision(self, record: Any) -> str:
        known = self.value_decision(record) or "–"
        waits = record.decision is not None and record.decision.awaits_publication
        words = gettext("chưa công bố")
        return f"{known} ({words})" if waits else known

    def value_decision(self, record: Any) -> str:
        known = record.decision.number if record.decision else record.decision_number
        return str(known)

    def render_stars(self, record: Any) -> str:
        return rank_words(rank_of(record.stars, potential_five=record.potential_five))

    def render_evidence(self, record: Any) -> str:
        return f"{record.evidence} · {Evidence(record.evidence).label}"


class DecisionTable(tables.Table):
    """Decisions with how much they recognised."""

    number = tables.Column(verbose_name=_("Quyết định"), attrs=_CODE)
    signed_on = DayColumn(verbose_name=_("Ngày ký"))
    publication = tables.Column(
        verbose_name=_("Ngày công bố"), accessor="published_on", empty_values=(), orderable=False
    )
    authority = PlainColumn(verbose_name=_("Cơ quan ký"))
    products = NumberColumn(verbose_name=_("Sản phẩm"))
    certified = NumberColumn(verbose_name=_("Giấy chứng nhận"))
    file = tables.Column(
        verbose_name=_("Tệp đã ký"), accessor="attachment_id", empty_values=(), orderable=False
    )

    def render_number(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("office:decision", args=[record.pk]), value
        )

    def value_number(self, value: str) -> str:
        return value

    def render_publication(self, record: Any) -> str:
        told = self.value_publication(record)
        return write_date(told) if isinstance(told, date) else told

    def value_publication(self, record: Any) -> date | str:
        """A day, or why there is none."""
        if record.mistaken_on:
            return gettext("ghi nhầm, đính chính ngày %s") % write_date(record.mistaken_on)
        if record.awaits_publication:
            return gettext("chưa công bố")
        return record.published_on or gettext("đã công bố")

    def render_file(self, record: Any) -> str:
        return self.value_file(record)

    def value_file(self, record: Any) -> str:
        return gettext("có") if record.attachment_id else gettext("chưa có")


class ProductTable(tables.Table):
    """Products, each with the star that rules it today."""

    name = tables.Column(verbose_name=_("Sản phẩm"), order_by="folded")
    producer = _named(_("Chủ thể"), "producer__name", "producer__folded")
    sector = tables.Column(verbose_name=_("Ngành"))
    rank = tables.Column(verbose_name=_("Hạng sao"))
    star_state = StateColumn(verbose_name=_("Tình trạng"))
    star_from = DayColumn(verbose_name=_("Từ ngày"))
    star_expires_on = DayColumn(verbose_name=pgettext_lazy("day", "Hết hạn"))
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")
    official_code = PlainColumn(verbose_name=_("Mã sản phẩm"), attrs=_CODE)
    gtin = PlainColumn(verbose_name="GTIN", attrs=_CODE)

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:product", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_name(self, value: str) -> str:
        return value

    def render_rank(self, value: str) -> str:
        return rank_words(value)


class ProducerTable(tables.Table):
    """Producers with the number of their products."""

    name = tables.Column(verbose_name=_("Chủ thể"), order_by="folded")
    kind = tables.Column(verbose_name=_("Loại hình"))
    tax_code = PlainColumn(verbose_name=_("Mã số thuế"), accessor="told_tax_code", attrs=_CODE)
    commune = _named(_("Xã, phường hiện nay"), "commune__name", "commune__folded")
    address = PlainColumn(verbose_name=_("Địa chỉ"))
    products_count = tables.Column(
        verbose_name=_("Sản phẩm"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:producer", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_name(self, value: str) -> str:
        return value


class RegistrationTable(tables.Table):
    """Products that units registered for assessment."""

    product_name = PlainColumn(verbose_name=_("Sản phẩm"))
    producer_name = PlainColumn(verbose_name=_("Chủ thể"))
    year = PlainColumn(verbose_name=_("Năm"))
    unit = _named(_("Đơn vị đăng ký"), "unit__name", "unit__folded")
    kind = tables.Column(verbose_name=_("Hình thức"))
    registered_on = DayColumn(verbose_name=_("Ngày đăng ký"))
    withdrawn_on = DayColumn(verbose_name=_("Rút ngày"))
    step = tables.Column(
        verbose_name=_("Việc"), accessor="pk", orderable=False, exclude_from_export=True
    )

    def render_year(self, value: int) -> str:
        return str(value)

    def render_kind(self, record: Any) -> str:
        return gettext(record.get_kind_display())

    def render_step(self, record: Any) -> str:
        actor = self.request.actor
        if record.withdrawn_on or not dossier_rules.may_register_product(actor, record.unit):
            return ""
        address = reverse("office:registration_withdraw", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Rút"))


class ImportTable(tables.Table):
    """Imports of registries."""

    filename = tables.Column(verbose_name=_("Tệp"))
    created_at = MomentColumn(verbose_name=_("Nhận lúc"))
    rows = NumberColumn(verbose_name=_("Dòng"))
    accepted = NumberColumn(verbose_name=_("Dòng mới"))
    unchanged = NumberColumn(verbose_name=_("Đã có"))
    rejected = NumberColumn(verbose_name=_("Chưa nhận"))
    state = tables.Column(verbose_name=_("Tình trạng"))

    class Meta:
        order_by = "-created_at"

    def render_filename(self, record: Any, value: str) -> str:
        address = reverse("office:import_batch", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_filename(self, value: str) -> str:
        return value


class UnitTable(tables.Table):
    """Administrative units of all eras."""

    name = tables.Column(verbose_name=_("Tên"), order_by="folded")
    code = PlainColumn(verbose_name=_("Mã"), attrs=_CODE)
    level = tables.Column(verbose_name=_("Cấp"))
    parent = _named(_("Thuộc"), "parent__name", "parent__folded")
    valid_from = tables.Column(verbose_name=_("Từ ngày"))
    valid_to = tables.Column(verbose_name=_("Đến trước ngày"))

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:unit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_name(self, value: str) -> str:
        return value

    def render_level(self, record: Any) -> str:
        return gettext(record.get_level_display())

    def render_valid_from(self, value: Any) -> str:
        return gettext("trước danh mục") if value == BEGINNING else write_date(value)

    def render_valid_to(self, value: Any) -> str:
        return write_date(value)
