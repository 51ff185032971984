"""What a decision recognised, as a table and a workbook."""

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.core.numbers import write_date
from ocop.recognition.additions import Addition
from ocop.recognition.correcting import Correction
from ocop.recognition.models import Revocation
from ocop.recognition.ranks import rank_of, rank_words
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn
from ocop.web.templatetags.ocop import points

_CODE = {"td": {"class": "code"}}


class DecisionRowTable(tables.Table):
    """The products of a decision with their certificates; `late` and `wrong` by recognition."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    code = PlainColumn(verbose_name=_("Mã"), accessor="product__code", visible=False)
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
    )
    commune = PlainColumn(
        verbose_name=_("Xã, phường hiện nay"),
        accessor="commune__name",
        order_by="commune__folded",
        visible=False,
    )
    stars = tables.Column(verbose_name=_("Hạng sao"))
    kind = tables.Column(verbose_name=_("Hình thức"))
    total = NumberColumn(verbose_name=_("Điểm"))
    valid_from = DayColumn(verbose_name=_("Có hiệu lực từ"))
    expires_on = DayColumn(verbose_name=_("Đến hết ngày"))
    certificate = tables.Column(
        verbose_name=_("Giấy chứng nhận"), accessor="certificate__number", attrs=_CODE
    )
    remark = tables.Column(
        verbose_name=_("Ghi chú"), empty_values=(), orderable=False, visible=False
    )

    def __init__(
        self,
        *arguments: Any,
        late: Mapping[int, Addition],
        wrong: Mapping[int, Correction],
        may_print: bool,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self._late, self._wrong, self._may_print = late, wrong, may_print

    def render_product(self, record: Any, value: str) -> SafeString:
        address = reverse("office:product", args=[record.product.code])
        link = format_html('<a href="{}">{}</a>', address, value)
        if not (remark := self.value_remark(record)):
            return link
        return format_html('{}<br><span class="small quiet">{}</span>', link, remark)

    def value_product(self, value: str) -> str:
        return value

    def render_total(self, value: Any) -> str:
        return points(value)

    def render_stars(self, record: Any) -> str:
        return rank_words(rank_of(record.stars, potential_five=record.potential_five))

    def render_certificate(self, record: Any, value: str) -> str:
        if not self._may_print:
            return value
        return format_html(
            '<a href="{}">{}</a>', reverse("certificate", args=[record.certificate.pk]), value
        )

    def value_certificate(self, value: str) -> str:
        return value

    def order_certificate(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        """By the serial: numbers are words that people write in many ways."""
        names = ("certificate__year", "certificate__serial")
        wanted = [
            F(n).desc(nulls_last=True) if is_descending else F(n).asc(nulls_last=True)
            for n in names
        ]
        return rows.order_by(*wanted, "pk"), True

    def value_remark(self, record: Any) -> str:
        """What happened to the row since the decision."""
        return "; ".join(filter(None, (self._added(record), _ended(record, self._wrong))))

    def _added(self, record: Any) -> str:
        late = self._late.get(record.pk)
        if late is None:
            return ""
        told = {"day": write_date(late.on), "reason": late.reason}
        return gettext("ghi thêm ngày %(day)s: %(reason)s") % told


def _ended(record: Any, wrong: Mapping[int, Correction]) -> str:
    """That it counts no more, and its revocations: what was told stays told."""
    revoked = [_revoked(each) for each in record.revocations.all()]
    return "; ".join(filter(None, (_void(record, wrong), *revoked)))


def _void(record: Any, wrong: Mapping[int, Correction]) -> str:
    if record.mistaken:
        told = wrong.get(record.pk)
        day = write_date(record.annulled_on)
        if told is None:
            return gettext("đính chính ngày %(day)s") % {"day": day}
        return gettext("đính chính ngày %(day)s: %(reason)s") % {"day": day, "reason": told.reason}
    if record.annulled_on:
        return gettext("hủy ngày %(day)s") % {"day": write_date(record.annulled_on)}
    return ""


def _revoked(each: Revocation) -> str:
    days = {"day": write_date(each.revoked_on)}
    if each.withdrawn_on:
        days["back"] = write_date(each.withdrawn_on)
        return gettext("thu hồi ngày %(day)s là ghi nhầm, đính chính ngày %(back)s") % days
    if each.restored_on:
        days["back"] = write_date(each.restored_on)
        return gettext("thu hồi ngày %(day)s, khôi phục ngày %(back)s") % days
    return gettext("thu hồi ngày %(day)s") % days
