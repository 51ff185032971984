"""Forms of sales points."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.core.fieldwork import Position
from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.network import place_types
from ocop.network.models import Chain, SalesPoint
from ocop.network.models.points import Basis
from ocop.network.services.points import PointParticulars, Visited
from ocop.places import queries as places
from ocop.web.forms import MoneyField, UploadField
from ocop.web.office.dossiers.visit_forms import PhotosField, SeveralFiles
from ocop.web.office.network.looks import week

_NUMBER = r"(-?[0-9]{1,3}(?:[.,][0-9]+)?)"
_TWO_NUMBERS = re.compile(rf"{_NUMBER}\s*[;,\s]\s*{_NUMBER}")


class PointForm(forms.Form):
    """What is known of a point, short enough for a phone."""

    name = forms.CharField(
        label=_("Tên điểm"), max_length=160, help_text=_("Ví dụ: Điểm OCOP Vân Từ.")
    )
    place_type = forms.ChoiceField(label=_("Loại địa điểm"))
    operator = forms.CharField(label=_("Đơn vị, người vận hành"), max_length=200)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300)
    commune = UnitField(label=_("Xã, phường hiện nay"), required=False)
    founder = UnitField(
        label=_("Đơn vị lập điểm"),
        required=False,
        help_text=_("Xã, hoặc huyện khi đó, tự lập điểm này; chủ thể hay doanh nghiệp lập thì bỏ."),
    )
    phone = forms.CharField(label=_("Điện thoại cho khách"), max_length=20, required=False)
    website = forms.CharField(label=_("Trang web"), max_length=200, required=False)
    opens_at = forms.TimeField(
        label=_("Mở cửa lúc"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    closes_at = forms.TimeField(
        label=_("Đóng cửa lúc"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    closed_days = forms.MultipleChoiceField(
        label=_("Ngày nghỉ trong tuần"), required=False, widget=forms.CheckboxSelectMultiple
    )
    position = forms.CharField(
        label=_("Vị trí (vĩ độ, kinh độ)"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ 20.7431, 105.9034. Để trống thì bản đồ dùng vị trí của xã, phường."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        listing = place_types.listing_on(timezone.localdate())
        kinds = [(key, gettext(place_types.PLACES[key])) for key in listing.places]
        self.fields["place_type"].choices = [("", "---------"), *kinds]  # type: ignore[attr-defined]
        self.fields["place_type"].help_text = source_words()
        self.fields["closed_days"].choices = week()  # type: ignore[attr-defined]
        for name in ("commune", "founder"):
            field: Any = self.fields[name]
            field.choices = [("", "---------"), *list(field.choices)[1:]]
        self.fields["commune"].required = not self.initial.get("commune")

    def fix(self, names: Iterable[str]) -> None:
        """Show these as they are: whoever has the form may not change them."""
        for name in names:
            self.fields[name].disabled = True
            self.fields[name].help_text = ""
        self.fields["name"].help_text = _("Ô mờ là theo quyết định công nhận: nhờ Văn phòng sửa.")

    def clean_position(self) -> Position | None:
        """Two numbers, as a map or a phone shows them, or with decimal commas."""
        text = self.cleaned_data["position"].strip()
        if not text:
            return None
        found = _TWO_NUMBERS.fullmatch(text)
        if found is None:
            raise forms.ValidationError(
                gettext("Hãy ghi hai số cách nhau bằng dấu phẩy, ví dụ 20.7431, 105.9034.")
            )
        lat, lon = (float(each.replace(",", ".")) for each in found.groups())
        return Position(lat, lon)

    def particulars(self) -> PointParticulars:
        """The cleaned facts."""
        told = dict(self.cleaned_data)
        told.pop("seen", None)
        told["closed_days"] = "".join(told["closed_days"])
        return PointParticulars(**told)


def source_words() -> str:
    """By which decision places are named, and that its time may be over."""
    listing = place_types.listing_on(timezone.localdate())
    if listing.lapsed(timezone.localdate()):
        return gettext(
            "Theo Quyết định %(document)s, ban hành cho giai đoạn đến %(year)d; chưa rõ văn bản "
            "thay thế nên tiếp tục dùng danh mục này."
        ) % {"document": listing.document, "year": listing.until.year}
    return gettext("Theo Quyết định %s.") % listing.document


def known(point: SalesPoint) -> dict[str, Any]:
    """What a form about a point begins with."""
    place = "" if point.lat is None else f"{point.lat}, {point.lon}"
    names = ("name", "place_type", "operator", "address", "phone", "website", "opens_at")
    return {name: getattr(point, name) for name in (*names, "closes_at")} | {
        "commune": places.key_of(point.commune) if point.commune else "",
        "founder": places.key_of(point.founder) if point.founder else "",
        "closed_days": list(point.closed_days),
        "position": place,
    }


class VisitForm(forms.Form):
    """The checklist of a visit, by the kind of the place."""

    visited_on = forms.DateField(
        label=_("Ngày kiểm tra"), widget=DayInput, initial=timezone.localdate
    )

    def __init__(self, point: SalesPoint, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._point = point
        for key, words in place_types.checks_for(point.place_type).items():
            self.fields[f"check_{key}"] = forms.ChoiceField(
                label=gettext(words),
                choices=[("yes", gettext("Có")), ("no", gettext("Không"))],
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label=_("Ghi chú"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

        self.fields["photos"] = PhotosField(
            label=_("Ảnh chụp tại điểm"),
            required=False,
            help_text=_("Kèm kết quả thẩm định, không đưa lên trang công khai."),
            widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        )

    def told(self) -> Visited:
        """What was found."""
        told = self.cleaned_data
        answers = {
            name.removeprefix("check_"): value
            for name, value in told.items()
            if name.startswith("check_")
        }
        today = timezone.localdate()
        moment = timezone.localtime()
        if told["visited_on"] != today:
            moment = moment.replace(
                year=told["visited_on"].year,
                month=told["visited_on"].month,
                day=told["visited_on"].day,
                hour=12,
            )
        return Visited(moment, answers, told["note"])


class RecogniseForm(forms.Form):
    """The decision that recognises a point."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput, initial=timezone.localdate)
    authority = forms.CharField(label=_("Cơ quan ban hành"), max_length=160)


class CorrectionForm(RecogniseForm):
    """The decision as it should have been entered, and why it is mended."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoneyForm(forms.Form):
    """The approved cost and what the State paid of it, in đồng."""

    approved_cost = MoneyField(label=_("Chi phí được duyệt (đồng)"))
    state_paid = MoneyField(
        label=_("Nhà nước hỗ trợ (đồng)"), help_text=_("Không quá một nửa chi phí được duyệt.")
    )


class KeeperForm(forms.Form):
    """Who keeps a point."""

    login = forms.CharField(label=_("Thư điện tử hoặc số điện thoại của tài khoản"), max_length=254)


class ChainForm(forms.Form):
    """A chain of points."""

    name = forms.CharField(label=_("Tên chuỗi"), max_length=160)
    shared_stock = forms.BooleanField(
        label=_("Hàng dùng chung: một điểm bày thì mọi điểm của chuỗi đều có"), required=False
    )


class JoinForm(forms.Form):
    """The chain of a point."""

    chain = forms.ModelChoiceField(
        label=_("Chuỗi"),
        queryset=Chain.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Không thuộc chuỗi nào"),
    )


class PhotoForm(forms.Form):
    """A photograph of a point or a centre."""

    photo = UploadField(label=_("Ảnh (JPEG, PNG, WebP)"))
    caption = forms.CharField(
        label=_("Ảnh chụp gì"), max_length=200, help_text=_("Ví dụ: Mặt tiền nhìn từ đường.")
    )

    def picture(self) -> dict[str, Any]:
        """What the services take."""
        photo = self.cleaned_data["photo"]
        caption = self.cleaned_data["caption"]
        return {"content": photo.read(), "filename": photo.name, "caption": caption}


class KeyGoodForm(forms.Form):
    """The document that names a product."""

    basis = forms.ChoiceField(label=_("Căn cứ"), choices=Basis.choices)
    document = forms.CharField(
        label=_("Văn bản"),
        max_length=160,
        help_text=_("Ví dụ: Quyết định 100/QĐ-UBND, 02/01/2026."),
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DayInput, initial=timezone.localdate)
