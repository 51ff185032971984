"""Forms of sales units, lots and places, short enough for a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.traceability.models import Site
from ocop.traceability.models.items import Scheme
from ocop.traceability.services.items import ItemParticulars
from ocop.traceability.services.lots import LotParticulars
from ocop.traceability.services.sites import SiteParticulars
from ocop.web.forms import NumberField

_DIGITS = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


def _lines(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _seen() -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, required=False)  # the `editing.mark` of then


class _Told(forms.Form):
    """A form about what buyers may have been told already: then it asks why it is changed."""

    reason = _lines(
        _("Lý do thay đổi"),
        500,
        _(
            "Tem đã dán trên hàng: người mua đọc ngay dữ liệu mới, Văn phòng được báo cả giá trị "
            "cũ và mới. Chỉ Văn phòng ghi được hạn dùng dài hơn."
        ),
    )

    def __init__(self, *arguments: Any, told: bool = False, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if told:
            self.order_fields([name for name in self.fields if name != "reason"])
        else:
            del self.fields["reason"]

    def _facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in ("seen", "reason")}


class ItemForm(_Told):
    """What is known of a sales unit: the two laws' data that do not change from lot to lot."""

    name = forms.CharField(
        label=_("Quy cách đóng gói"), max_length=120, help_text=_("Ví dụ: Hộp 250 g, Chai 500 ml.")
    )
    gtin = forms.CharField(
        label=_("Mã GTIN (mã vạch)"),
        max_length=18,
        required=False,
        widget=_DIGITS,
        help_text=_("Mỗi quy cách một mã. Chưa có thì để trống, hệ thống dùng mã riêng."),
    )
    brand = forms.CharField(label=_("Thương hiệu, nhãn hiệu"), max_length=160, required=False)
    standards = forms.CharField(
        label=_("Tiêu chuẩn áp dụng"),
        max_length=300,
        required=False,
        help_text=_("Cần có trước khi kích hoạt tem. Ví dụ: TCCS 01:2026/HTX, TCVN 9740:2013."),
    )
    origin = forms.CharField(
        label=_("Xuất xứ hoặc nơi chế biến cuối cùng"),
        max_length=300,
        required=False,
        help_text=_("Cần có trước khi kích hoạt tem. Ví dụ: Xã Đại Xuyên, Hà Nội."),
    )
    shelf_life = forms.CharField(
        label=_("Thời hạn sử dụng"),
        max_length=160,
        required=False,
        help_text=_("Ví dụ: 12 tháng kể từ ngày sản xuất."),
    )
    certificates = _lines(_("Chứng nhận, chứng chỉ"), 500)
    warnings = _lines(_("Cảnh báo an toàn"), 500)
    other = _lines(_("Thông tin khác"), 500)
    seen = _seen()

    def particulars(self) -> ItemParticulars:
        """The cleaned facts."""
        return ItemParticulars(**self._facts())


class ForeignCodeForm(forms.Form):
    """A code in another system."""

    scheme = forms.ChoiceField(
        label=_("Hệ thống đã cấp mã"), choices=[("", _("Chọn hệ thống")), *Scheme.choices]
    )
    value = forms.CharField(label=_("Mã hoặc đường dẫn"), max_length=200)


class LotForm(_Told):
    """What is known of a lot; its place is one of its producer's in use, or the one it has."""

    number = forms.CharField(
        label=_("Số lô"),
        max_length=20,
        help_text=_("Đúng như in trên bao bì: chữ không dấu, chữ số, các dấu - / . _"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    produced_on = forms.DateField(label=_("Ngày sản xuất"), required=False, widget=DayInput)
    expires_on = forms.DateField(
        label=_("Hạn sử dụng (đến hết ngày)"), required=False, widget=DayInput
    )
    site = forms.ChoiceField(label=_("Nơi sản xuất"), required=False)
    quantity = NumberField(label=_("Số lượng"), required=False, max_digits=15, decimal_places=3)
    measure = forms.CharField(
        label=_("Đơn vị tính"), max_length=20, required=False, help_text=_("Ví dụ: hộp, kg, chai.")
    )
    note = _lines(_("Ghi chú của cơ sở"), 500, _("Không hiện cho người mua."))
    seen = _seen()

    def __init__(self, sites: list[Site], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._sites = {site.code: site for site in sites}
        told = [(code, site.name) for code, site in self._sites.items()]
        self.fields["site"].choices = [("", _("Chưa ghi")), *told]  # type: ignore[attr-defined]

    def particulars(self) -> LotParticulars:
        """The cleaned facts."""
        facts = self._facts()
        return LotParticulars(**facts | {"site": self._sites.get(facts["site"])})


class SiteForm(forms.Form):
    """What is known of a place."""

    name = forms.CharField(
        label=_("Tên địa điểm"), max_length=120, help_text=_("Ví dụ: Vườn chè số 2, Xưởng sấy.")
    )
    gln = forms.CharField(
        label=_("Mã GLN"),
        max_length=20,
        required=False,
        widget=_DIGITS,
        help_text=_("13 chữ số do GS1 cấp. Chưa có thì để trống, hệ thống dùng mã riêng."),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=300,
        required=False,
        help_text=_("Để trống nếu cùng địa chỉ với chủ thể."),
    )
    commune = UnitField(label=_("Xã, phường hiện nay"), required=False)
    seen = _seen()

    def particulars(self) -> SiteParticulars:
        """The cleaned facts."""
        told = self.cleaned_data
        return SiteParticulars(told["name"], told["gln"], told["address"], told["commune"])
