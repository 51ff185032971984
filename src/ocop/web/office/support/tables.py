"""Tables of support."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ocop.web.drawing import chip
from ocop.web.office.support.looks import policy_tag, request_tag, terms_words
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn

_CODE = {"td": {"class": "code"}}
_WRAPS = {"td": {"class": "wraps"}}


class _Linked(tables.Column):
    """A name that opens a page; the workbook gets the name."""

    def value(self, value: Any) -> Any:
        return value


class RequestTable(tables.Table):
    """Requests and where they are."""

    code = _Linked(verbose_name=_("Mã"), attrs=_CODE)
    producer = tables.Column(
        verbose_name=_("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    product = PlainColumn(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    policy = tables.Column(
        verbose_name=_("Chính sách"), accessor="policy__title", attrs=_WRAPS, orderable=False
    )
    asked_amount = NumberColumn(verbose_name=_("Đề nghị (đồng)"))
    approved_amount = NumberColumn(verbose_name=_("Duyệt (đồng)"))
    accepted_amount = NumberColumn(verbose_name=_("Được chi (đồng)"), visible=False)
    state = tables.Column(verbose_name=_("Bước"), attrs=_WRAPS)
    asked_at = MomentColumn(verbose_name=_("Đề nghị lúc"))

    def render_code(self, value: str) -> str:
        address = reverse("office:support_request", args=[value])
        return format_html('<a href="{}">{}</a>', address, value.upper())

    def render_state(self, record: Any) -> str:
        return chip(**request_tag(record))

    def value_state(self, record: Any) -> str:
        return str(request_tag(record)["words"])


class PolicyTable(tables.Table):
    """Policies with what they give and when."""

    title = _Linked(verbose_name=_("Chính sách"), attrs=_WRAPS)
    document = tables.Column(verbose_name=_("Văn bản"), visible=False)
    category = tables.Column(verbose_name=_("Nội dung hỗ trợ"))
    level = tables.Column(verbose_name=_("Cấp chi"), visible=False)
    terms = tables.Column(
        verbose_name=_("Mức hỗ trợ"), empty_values=(), orderable=False, attrs=_WRAPS
    )
    starts_on = DayColumn(verbose_name=_("Từ ngày"))
    ends_on = DayColumn(verbose_name=_("Đến hết"))
    state = tables.Column(verbose_name=_("Hiệu lực"), empty_values=(), orderable=False)

    def render_title(self, record: Any, value: str) -> str:
        address = reverse("office:support_policy", args=[record.code])
        return format_html(
            '<a href="{}">{}</a><br><span class="quiet">{} · {}</span>',
            address, value, record.document, record.get_level_display(),
        )  # fmt: skip

    def render_terms(self, record: Any) -> str:
        return format_html_join(mark_safe("<br>"), "{}", ((t,) for t in terms_words(record)))

    def value_terms(self, record: Any) -> str:
        return "; ".join(terms_words(record))

    def render_state(self, record: Any) -> str:
        return chip(**policy_tag(record, timezone.localdate()))

    def value_state(self, record: Any) -> str:
        return str(policy_tag(record, timezone.localdate())["words"])


class LineTable(tables.Table):
    """Budget lines with what is promised, paid and left."""

    unit = _Linked(verbose_name=_("Đơn vị"), accessor="unit__name", order_by="unit__folded")
    year = tables.Column(verbose_name=_("Năm"))
    category = tables.Column(verbose_name=_("Nội dung hỗ trợ"), empty_values=())
    source = tables.Column(verbose_name=_("Văn bản giao"), attrs=_WRAPS)
    amount = NumberColumn(verbose_name=_("Dự toán (đồng)"))
    committed = NumberColumn(verbose_name=_("Đã duyệt (đồng)"))
    paid = NumberColumn(verbose_name=_("Đã chi (đồng)"))
    reclaimed = NumberColumn(verbose_name=_("Thu hồi (đồng)"), visible=False)
    left = NumberColumn(verbose_name=_("Còn lại (đồng)"), orderable=False)

    def render_unit(self, record: Any, value: str) -> str:
        address = reverse("office:support_line", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def render_category(self, record: Any) -> str:
        return str(record.purpose)

    def value_category(self, record: Any) -> str:
        return str(record.purpose)


class GrantTable(tables.Table):
    """Grants that every level gave."""

    producer = tables.Column(
        verbose_name=_("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    product = PlainColumn(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    category = tables.Column(verbose_name=_("Nội dung hỗ trợ"))
    level = tables.Column(verbose_name=_("Cấp chi"))
    payer = tables.Column(verbose_name=_("Cơ quan chi"), attrs=_WRAPS)
    year = tables.Column(verbose_name=_("Năm"))
    given_on = DayColumn(verbose_name=_("Ngày"), visible=False)
    amount = NumberColumn(verbose_name=_("Số tiền (đồng)"))
    quantity = NumberColumn(verbose_name=_("Số lượng"), visible=False)
    star = tables.Column(verbose_name=_("Hạng sao"), visible=False)
    document = tables.Column(verbose_name=_("Văn bản"), attrs=_WRAPS)


class BatchTable(tables.Table):
    """Workbooks of grants."""

    filename = _Linked(verbose_name=_("Tệp"), attrs=_WRAPS)
    created_at = MomentColumn(verbose_name=_("Nhập lúc"))
    rows = NumberColumn(verbose_name=_("Dòng"))
    accepted = NumberColumn(verbose_name=_("Mới"))
    known = NumberColumn(verbose_name=_("Đã có"))
    rejected = NumberColumn(verbose_name=_("Chưa nhận"))
    state = tables.Column(verbose_name=_("Bước"))

    def render_filename(self, record: Any, value: str) -> str:
        address = reverse("office:support_batch", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)


class EffectTable(tables.Table):
    """Supported producers and what followed."""

    producer = tables.Column(
        verbose_name=_("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    amount = NumberColumn(verbose_name=_("Đã hỗ trợ (đồng)"))
    times = NumberColumn(verbose_name=_("Số lần"))
    first_on = DayColumn(verbose_name=_("Hỗ trợ lần đầu"))
    held_before = NumberColumn(verbose_name=_("Sản phẩm có sao khi đó"))
    held_now = NumberColumn(verbose_name=_("Sản phẩm có sao nay"))
    raised = NumberColumn(verbose_name=_("Lên hạng, thêm mới"))
    lost = NumberColumn(verbose_name=_("Xuống hạng, mất sao"))
    stamps = NumberColumn(verbose_name=_("Tem được duyệt từ đó"))
    sold = NumberColumn(verbose_name=_("Bán được từ đó, điểm bán và hội chợ báo (đồng)"))
    turnover = NumberColumn(verbose_name=_("Doanh thu năm tự khai (đồng)"))
