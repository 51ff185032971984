"""The page that shows the design system: every token and component in its states.

All names on it are invented and say so: "(mẫu)".
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from ocop.core.numbers import write_number
from ocop.products.models import Sector
from ocop.recognition.models import Evidence
from ocop.recognition.validity import State, state_words
from ocop.web.charts import Bar, BarChart, TargetChart
from ocop.web.forms import WholeField
from ocop.web.icons import ICONS
from ocop.web.requests import Request
from ocop.web.tables import Chip, DayColumn, NumberColumn, PlainColumn, TemplateColumn, listing

TODAY = date(2026, 11, 23)
COLOURS = (
    ("paper", gettext_lazy("giấy: nền trang")),
    ("surface", gettext_lazy("mặt: thẻ, bảng, ô nhập")),
    ("sunken", gettext_lazy("lõm: đầu bảng, chân trang")),
    ("ink", gettext_lazy("mực: chữ chính")),
    ("ink-2", gettext_lazy("mực nhạt: chữ phụ")),
    ("ink-3", gettext_lazy("mực nhạt hơn: chú thích")),
    ("line", gettext_lazy("kẻ: viền tĩnh")),
    ("line-control", gettext_lazy("kẻ đậm: viền ô nhập và nút")),
    ("leaf", gettext_lazy("lá: màu duy nhất của việc chính và liên kết")),
    ("leaf-soft", gettext_lazy("lá nhạt: nền còn hiệu lực")),
    ("gold", gettext_lazy("vàng: chỉ dành cho sao")),
    ("amber", gettext_lazy("hổ phách: đến kỳ, cần chú ý")),
    ("amber-soft", gettext_lazy("hổ phách nhạt: nền cần chú ý")),
    ("brick", gettext_lazy("gạch: hết hạn, lỗi")),
    ("brick-soft", gettext_lazy("gạch nhạt: nền lỗi")),
)
SIZES = (
    ("s4", "2,074"),
    ("s3", "1,728"),
    ("s2", "1,44"),
    ("s1", "1,2"),
    ("s0", "1"),
    ("s-1", "0,833"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Tên sản phẩm"),
        help_text=gettext_lazy("Như ghi trên nhãn, không viết tắt."),
        error_messages={"required": gettext_lazy("Hãy nhập tên sản phẩm.")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Ngành"), choices=[("", "–"), *Sector.choices], required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại đăng ký"),
        choices=[
            ("first", gettext_lazy("Lần đầu")),
            ("upgrade", gettext_lazy("Nâng hạng")),
            ("reevaluation", gettext_lazy("Đánh giá lại")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn loại đăng ký.")},
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ đã có"),
        choices=[
            ("slip", gettext_lazy("Phiếu đăng ký")),
            ("self", gettext_lazy("Phiếu tự đánh giá")),
            ("food", gettext_lazy("Giấy về an toàn thực phẩm")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    members = WholeField(
        label=gettext_lazy("Số thành viên"), min_value=0, max_value=9999, required=False
    )
    made_on = forms.DateField(
        label=gettext_lazy("Ngày bắt đầu sản xuất"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    story = forms.CharField(
        label=gettext_lazy("Câu chuyện sản phẩm"), widget=forms.Textarea, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp chứng minh"),
        help_text=gettext_lazy("PDF, ảnh hoặc Excel, tối đa 25 MB."),
        required=False,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Tôi chịu trách nhiệm về những gì khai ở đây."),
        error_messages={"required": gettext_lazy("Hãy xác nhận trước khi gửi.")},
    )


class WrongForm(SampleForm):
    """The same, sent with mistakes. It is shown, not sent: the focus stays where it is."""

    quiet = True


class SampleFilters(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label=gettext_lazy("Tìm"), required=False)
    sector = forms.ChoiceField(
        label=gettext_lazy("Ngành"),
        choices=[("", gettext_lazy("Tất cả")), *Sector.choices],
        required=False,
    )
    stars = forms.ChoiceField(
        label=gettext_lazy("Hạng"),
        choices=[("", gettext_lazy("Tất cả")), ("3", "3"), ("4", "4"), ("5", "5")],
        required=False,
    )
    valid = forms.BooleanField(label=gettext_lazy("Còn hiệu lực"), required=False)


class ReasonForm(forms.Form):
    """What a destructive step asks for."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea)


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the activity list."""

    words: str
    at: datetime
    who: str
    reason: str = ""
    tone: str = ""


class SampleTable(tables.Table):
    """The office's table: code, name with producer, star, state, dates and numbers."""

    code = PlainColumn(verbose_name=gettext_lazy("Mã số"), attrs={"td": {"class": "code"}})
    name = TemplateColumn(
        template_code='<b>{{ value }}</b><br><span class="sub">{{ record.producer }}</span>',
        verbose_name=gettext_lazy("Sản phẩm, chủ thể"),
        footer=lambda table: _("%s sản phẩm") % write_number(len(table.rows)),
    )
    place = PlainColumn(verbose_name=gettext_lazy("Xã, phường"))
    stars = TemplateColumn(
        template_code="{% stars value %}", verbose_name=gettext_lazy("Hạng"), order_by="stars"
    )
    state = TemplateColumn(
        template_code="{% state value %}", verbose_name=gettext_lazy("Tình trạng")
    )
    expires_on = DayColumn(verbose_name=gettext_lazy("Hạn đến"))
    left = NumberColumn(verbose_name=gettext_lazy("Còn (ngày)"))


def _rows() -> list[dict[str, Any]]:
    names = (
        ("Nón lá Sen Mẫu (mẫu)", "HTX Nón lá Sen Mẫu (mẫu)", "Xã Thanh Oai"),
        ("Sữa chua Đồng Mẫu (mẫu)", "Công ty CP Sữa Đồng Mẫu (mẫu)", "Xã Ba Vì"),
        ("Khảm trai Mẫu Sơn (mẫu)", "HTX Khảm trai Mẫu Sơn (mẫu)", "Xã Chuyên Mỹ"),
        ("Tương nếp Bến Mẫu (mẫu)", "Hộ kinh doanh Bến Mẫu (mẫu)", "Xã Bình Minh"),
        ("Miến dong Gò Mẫu (mẫu)", "HTX Miến Gò Mẫu (mẫu)", "Xã Dương Hòa"),
        ("Mây tre đan Mẫu Vinh (mẫu)", "Công ty TNHH Mẫu Vinh (mẫu)", "Xã Phú Nghĩa"),
    )
    states = (
        (State.VALID, 715),
        (State.WINDOW_OPEN, 130),
        (State.WINDOW_MISSED, 80),
        (State.EXPIRED, -46),
    )
    rows = []
    for number in range(18):
        name, producer, place = names[number % len(names)]
        state, left = states[number % len(states)]
        rows.append(
            {
                "code": f"01-{10081 + number}-{number + 1:03d}-2025",
                "name": name,
                "producer": producer,
                "place": place,
                "stars": 3 + number % 3,
                "state": state,
                "expires_on": TODAY + timedelta(days=left + number),
                "left": left + number,
            }
        )
    return rows


def _charts() -> dict[str, Any]:
    years = ((2019, 301), (2020, 753), (2021, 595), (2022, 518), (2023, 544))
    return {
        "target_chart": TargetChart(
            title=_("Tiến độ mục tiêu 2021–2025"),
            description=_("1.657 trên 2.000 sản phẩm; dự kiến 2.167 nếu số đăng ký đều đạt."),
            reached=1657,
            target=2000,
            expected=2167,
        ),
        "column_chart": BarChart(
            title=_("Sản phẩm được phân hạng theo năm"),
            description=_("Từ 301 sản phẩm năm 2019 đến 544 sản phẩm năm 2023."),
            bars=[Bar(str(year), count, past=year < 2021) for year, count in years],
            label_heading=_("Năm"),
            value_heading=_("Sản phẩm"),
            note=_("Xám: kỳ trước. Xanh: kỳ 2021–2025."),
        ),
        "lying_chart": BarChart(
            title=_("Sản phẩm theo ngành"),
            description=_("Thực phẩm nhiều nhất, sinh vật cảnh ít nhất."),
            bars=[
                Bar(str(sector.label), count)
                for sector, count in zip(Sector, (1204, 318, 96, 412, 14, 23), strict=True)
            ],
            label_heading=_("Ngành"),
            value_heading=_("Sản phẩm"),
            lying=True,
        ),
    }


def _context() -> dict[str, Any]:
    wrong = WrongForm({"loi-members": "-1"}, prefix="loi")
    at = datetime(2026, 11, 23, 9, 42, tzinfo=timezone.get_default_timezone())
    return {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": list(ICONS),
        "sample_today": TODAY,
        "states": [(state, state_words(state)) for state in State],
        "bands": [
            (State.VALID, TODAY + timedelta(days=715)),
            (State.EXTENDED, TODAY + timedelta(days=715)),
            (State.EXPIRED, TODAY - timedelta(days=46)),
            (State.UNKNOWN, None),
        ],
        "levels": list(Evidence),
        "deadlines": [TODAY + timedelta(days=days) for days in (715, 12, 0, -46)],
        "form": SampleForm(prefix="mau"),
        "wrong_form": wrong,
        "filter_form": SampleFilters({"stars": "4"}),
        "reason_form": ReasonForm(prefix="ly-do"),
        "chips": [Chip(_("Hạng"), "4", "?"), Chip(_("Xã, phường"), "Xã Ba Vì", "?")],
        "sectors": list(Sector),
        "facts": [
            (_("Chủ thể"), "HTX Chè Đồi Mẫu (mẫu)"),
            (_("Nơi sản xuất"), "Xã Ba Vì, Hà Nội"),
            (_("Mã hàng"), ""),
        ],
        "events": [
            Happening(_("Công nhận 4 sao"), at, "Văn phòng Điều phối"),
            Happening(_("Trả lại hồ sơ"), at, "Xã Ba Vì", _("thiếu phiếu kiểm nghiệm"), "bad"),
            Happening(_("Nộp hồ sơ"), at, "HTX Chè Đồi Mẫu (mẫu)", tone="hollow"),
        ],
        "tabs": [
            (_("Thông tin"), "#dieu-huong", True),
            (_("Công nhận"), "#dieu-huong", False, 2),
            (_("Hoạt động"), "#dieu-huong", False, 14),
        ],
        "steps": [_("Chọn tệp"), _("Ghép cột"), _("Xem trước"), _("Nạp")],
        "changes": [
            _("12 sản phẩm trở về trạng thái trước khi nạp."),
            _("Trang công khai không đổi: đợt nạp chưa công bố."),
        ],
        "points": [
            {"name": "Chè búp Đồi Mẫu (mẫu)", "note": "Xã Ba Vì", "lat": 21.2, "lon": 105.42},
            {"name": "Nón lá Sen Mẫu (mẫu)", "note": "Xã Thanh Oai", "lat": 20.86, "lon": 105.77},
            {"name": "Gốm Mẫu (mẫu)", "note": "Xã Bát Tràng", "lat": 20.97, "lon": 105.92},
            {"name": _("Chưa rõ tọa độ (mẫu)"), "note": "", "lat": None, "lon": None},
        ],
        **_charts(),
    }


def page(request: Request) -> HttpResponseBase:
    """`/thiet-ke/`: what every other page is made of. Its list works, export included."""
    table = SampleTable(_rows())
    if request.GET.get("format") == "xlsx":
        return listing(
            request, table=table, filters=None, title=_("Thiết kế"), template="design/page.html"
        )
    RequestConfig(request, paginate=False).configure(table)
    table.paginator = Paginator(table.rows, 6)
    table.page = table.paginator.get_page(request.GET.get("page"))
    shown = {
        "title": _("Thiết kế"),
        "table": table,
        "total": table.paginator.count,
        "export_address": "?format=xlsx",
    }
    return render(request, "design/page.html", {**shown, **_context()})
