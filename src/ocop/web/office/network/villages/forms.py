"""Forms of craft villages in the office."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.network.villages.models import (
    ArtisanTitle,
    TradeGroup,
    Village,
    VillageRoute,
    VillageTitle,
)
from ocop.network.villages.services.telling import YearParticulars
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.web.forms import DegreeField, UploadField, WholeField

_KNOWN = (("", _("Chưa rõ")), ("yes", _("Có")), ("no", _("Không")))
_FOUND = {"yes": True, "no": False}
_OF_YEAR = ("households", "in_trade", "workers", "revenue", "income", "stable", "source")


class KnownField(forms.ChoiceField):
    """Yes, no, or not known yet."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, choices=_KNOWN, required=False, **more)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if value is not None else ""

    def clean(self, value: Any) -> bool | None:
        return _FOUND.get(super().clean(value))


class CountField(WholeField):
    """A whole number that may be left out, up to what a column holds."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, min_value=0, max_value=10**16 - 1, required=False)


def _reason(label: Any, *, required: bool = True, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=area, max_length=500, required=required, **more)


class VillageForm(forms.Form):
    """What is known of a village."""

    name = forms.CharField(label=_("Tên làng"), max_length=120)
    trade = forms.CharField(label=_("Nghề"), max_length=120)
    trade_group = forms.ChoiceField(
        label=_("Nhóm nghề (Điều 4 Nghị định 52/2018/NĐ-CP)"),
        choices=[("", "—"), *TradeGroup.choices],
        required=False,
    )
    commune = UnitField(label=_("Xã, phường hiện nay"), required=True)
    address = forms.CharField(label=_("Thôn, địa chỉ"), max_length=300, required=False)
    began_year = forms.IntegerField(
        label=_("Năm có nghề"),
        required=False,
        min_value=1000,
        max_value=2100,
        help_text=_("Nghề truyền thống có từ trên 50 năm. Không biết chắc thì để trống."),
    )
    developing = KnownField(_("Nghề đang tiếp tục phát triển (5.1a)"))
    distinctive = KnownField(_("Sản phẩm mang bản sắc văn hóa dân tộc (5.1b)"))
    known_by_name = KnownField(_("Gắn với tên tuổi nghệ nhân hoặc làng nghề (5.1c)"))
    lat = DegreeField(label=_("Vĩ độ"), required=False)
    lon = DegreeField(label=_("Kinh độ"), required=False)
    story = forms.CharField(
        label=_("Giới thiệu"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class DayForm(forms.Form):
    """The day of which the criteria are asked."""

    on = forms.DateField(label=_("Ngày xét"), widget=DayInput, required=False)


class StepForm(forms.Form):
    """What is told of a `village`."""

    def __init__(self, *arguments: Any, village: Village, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.village = village

    def told(self) -> dict[str, Any]:
        """What the service takes beside the village."""
        return dict(self.cleaned_data)


class PlaceForm(StepForm):
    """In which of the communes that its unit became a village lies."""

    commune = forms.ModelChoiceField(
        label=_("Xã, phường hiện nay"),
        queryset=Unit.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        chosen: Any = self.fields["commune"]
        unit = self.village.unit
        became = places.now_of(unit) if unit else []
        province = options.PROVINCE.get()
        chosen.queryset = (
            Unit.objects.filter(pk__in=[each.pk for each in became])
            if became
            else places.communes_now(province)
        )
        if unit:
            chosen.help_text = _("Khi đó: %s") % unit.name


def _year_told(village: Village, year: int) -> dict[str, Any]:
    """What a village told of a year, by the names of the form; nothing where it told nothing."""
    row = village.years.filter(year=year).first()
    return {name: getattr(row, name) for name in _OF_YEAR} if row else {}


class YearForm(StepForm):
    """The numbers of a year, begun with what was told of it. `of` is the year that the page showed:
    of another one that was told, what is left blank stays."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    households = CountField(_("Tổng số hộ của làng"))
    in_trade = CountField(_("Số hộ làm nghề"))
    workers = CountField(_("Số lao động"))
    revenue = CountField(_("Doanh thu cả làng (đồng)"))
    income = CountField(_("Thu nhập bình quân một lao động (đồng/năm)"))
    stable = KnownField(_("Sản xuất, kinh doanh ổn định trong năm (5.2b)"))
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=200, required=False)
    of = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, initial: dict[str, Any], village: Village) -> None:
        known = _year_told(village, initial["year"])
        given = known | initial | {"of": initial["year"] if known else ""}
        super().__init__(*arguments, initial=given, village=village)

    def told(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if given.pop("of") != str(given["year"]):
            known = _year_told(self.village, given["year"])
            given |= {key: known[key] for key in known if given[key] in (None, "")}
        return {"particulars": YearParticulars(**given)}


class EnvironmentForm(StepForm):
    """A look at the environment of a village."""

    checked_on = forms.DateField(
        label=_("Ngày kiểm tra"), widget=DayInput, initial=timezone.localdate
    )
    kept = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=(("yes", _("Đáp ứng quy định")), ("no", _("Chưa đáp ứng"))),
        coerce=lambda value: value == "yes",
    )
    note = _reason(
        _("Nhận xét"), required=False, help_text=_("Chưa đáp ứng thì ghi rõ điều gì chưa đạt.")
    )
    source = forms.CharField(label=_("Văn bản, cơ quan kiểm tra"), max_length=200, required=False)


class ArtisanForm(StepForm):
    """An artisan of a village."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    title = forms.ChoiceField(label=_("Danh hiệu"), choices=ArtisanTitle.choices)
    year = forms.IntegerField(label=_("Năm phong tặng"), required=False)
    consents = forms.BooleanField(
        label=_("Đồng ý nêu tên trên trang công khai"),
        required=False,
        help_text=_("Không có dấu chọn thì chỉ cán bộ phụ trách thấy tên."),
    )


class RecogniseForm(StepForm):
    """A decision that recognises a village."""

    title = forms.ChoiceField(label=_("Danh hiệu"), choices=VillageTitle.choices)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput)
    authority = forms.CharField(label=_("Cơ quan ban hành"), max_length=160)
    reason = _reason(
        _("Căn cứ khi còn tiêu chí chưa rõ"),
        required=False,
        help_text=_("Chỉ cần ghi khi sổ chưa có đủ số liệu cho mọi tiêu chí."),
    )


class OnRouteForm(StepForm):
    """On which route a village becomes the last stop."""

    route = forms.ModelChoiceField(
        label=_("Tuyến"),
        queryset=VillageRoute.objects.all(),
        empty_label=None,
        help_text=_("Làng thành điểm dừng cuối; đổi thứ tự ở trang của tuyến."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class EndForm(StepForm):
    """From when on the trade is no longer there."""

    ended_on = forms.DateField(
        label=_("Không còn nghề từ ngày"), widget=DayInput, initial=timezone.localdate
    )
    reason = _reason(_("Lý do"))


class RevokeForm(forms.Form):
    """A decision that revokes a recognition."""

    number = forms.CharField(label=_("Số quyết định thu hồi"), max_length=60)
    revoked_on = forms.DateField(label=_("Thu hồi từ ngày"), widget=DayInput)
    reason = _reason(_("Lý do"))


class FileForm(forms.Form):
    """A register of villages as a workbook or a table."""

    file = UploadField(
        label=_("Tệp danh sách làng nghề (XLSX hoặc CSV)"),
        help_text=_(
            "Bảng cần các cột Tên làng, Nghề và Xã, phường; nên có Huyện, Danh hiệu, Số quyết "
            "định, Ngày ký, Năm số liệu, Tổng số hộ, Số hộ làm nghề. Chưa có gì được lưu vào sổ ở "
            "bước này."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv"}),
    )


class RouteForm(forms.Form):
    """A route with its stops, one on each line."""

    name = forms.CharField(label=_("Tên tuyến"), max_length=120)
    summary = forms.CharField(
        label=_("Giới thiệu ngắn"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    hours = WholeField(label=_("Thời gian đi (giờ)"), required=False, min_value=1, max_value=240)
    stops = forms.CharField(
        label=_("Các điểm dừng, mỗi dòng một điểm"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Ghi tên làng trong sổ; trùng tên thì thêm mã trong ngoặc vuông. Nơi khác: ghi tên, "
            "thêm vị trí sau dấu @ nếu có (Bảo tàng Hà Nội @ 21,0102; 105,7869). Ghi chú đặt sau "
            "dấu |."
        ),
    )
    listed = forms.BooleanField(label=_("Đưa lên trang công khai"), required=False, initial=True)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
