"""Forms of design centres."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.core.fieldwork import Position
from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.network.centres import queries, sheet
from ocop.network.centres.models import CentreNumbers, DesignCentre
from ocop.network.centres.numbers import Numbers
from ocop.network.centres.services.centres import CentreParticulars
from ocop.network.villages import queries as villages
from ocop.network.villages.models import Village
from ocop.places import queries as places
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.web.forms import DegreeField, MoneyField, NumberField, WholeField

_CODED = re.compile(r"^.*\[\s*([^\[\]]+?)\s*\]$")


def _lines(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, widget=area, required=False)


class NumbersForm(forms.Form):
    """Square metres by zone, and kinds of goods on show."""

    area = NumberField(
        label=_("Diện tích toàn trung tâm (m²)"), max_digits=9, decimal_places=2, required=False
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        held = sheet.sheet_on(timezone.localdate()) or sheet.sheets()[-1]
        self.fields["area"].help_text = gettext(
            "%(document)s: từ %(area)d m², khu họp và giao dịch từ %(meeting)d m², hàng OCOP hoặc "
            "làng nghề tiêu biểu từ %(percent)d %% hàng bày."
        ) % {
            "document": held.document,
            "area": held.area,
            "meeting": held.meeting_area,
            "percent": held.goods_percent,
        }
        for key, words in sheet.ZONES.items():
            self.fields[f"zone_{key}"] = NumberField(
                label=gettext("%s (m²)") % gettext(words),
                max_digits=9,
                decimal_places=2,
                min_value=0,
                required=False,
            )
        for name, label in (
            ("goods", _("Số mặt hàng đang bày")),
            ("ocop", _("Trong đó sản phẩm OCOP đã công nhận")),
            ("craft", _("Trong đó sản phẩm làng nghề tiêu biểu (không tính OCOP)")),
        ):
            self.fields[name] = WholeField(
                label=label, min_value=0, max_value=1_000_000, required=False
            )

    def numbers(self) -> Numbers:
        """What was told or measured; zones left empty are not known."""
        told = self.cleaned_data
        zones = {key: told[f"zone_{key}"] for key in sheet.ZONES}
        return Numbers(
            told["area"],
            {key: area for key, area in zones.items() if area is not None},
            told["goods"],
            told["ocop"],
            told["craft"],
        )


def numbers_known(row: CentreNumbers | None) -> dict[str, Any]:
    """What a form about numbers begins with."""
    if row is None:
        return {}
    zones = {f"zone_{key}": area for key, area in queries.numbers_of(row).zones.items()}
    return {name: getattr(row, name) for name in ("area", "goods", "ocop", "craft")} | zones


class CentreForm(NumbersForm):
    """What is known of a centre, with its numbers while nobody judged them yet."""

    name = forms.CharField(label=_("Tên trung tâm"), max_length=160)
    operator = forms.CharField(label=_("Đơn vị, người vận hành"), max_length=200)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300)
    commune = UnitField(label=_("Xã, phường hiện nay"), required=False)
    lat = DegreeField(label=_("Vĩ độ"), required=False)
    lon = DegreeField(label=_("Kinh độ"), required=False)
    phone = forms.CharField(label=_("Điện thoại cho khách"), max_length=20, required=False)
    website = forms.CharField(label=_("Trang web"), max_length=200, required=False)
    summary = forms.CharField(
        label=_("Giới thiệu ngắn cho khách"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("name", "operator", "address", "commune", "lat", "lon", "phone", "website",
                   "summary")  # fmt: skip

    def __init__(self, *arguments: Any, with_numbers: bool = True, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.with_numbers = with_numbers
        self.order_fields(self.field_order)
        if not with_numbers:
            for name in ("area", "goods", "ocop", "craft", *(f"zone_{k}" for k in sheet.ZONES)):
                del self.fields[name]
        field: Any = self.fields["commune"]
        field.choices = [("", "---------"), *list(field.choices)[1:]]
        field.required = not self.initial.get("commune")

    def clean(self) -> dict[str, Any]:
        """Both degrees or none."""
        told = super().clean() or self.cleaned_data
        if (told.get("lat") is None) != (told.get("lon") is None) and not self.errors:
            self.add_error("lon", gettext("Hãy ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."))
        return told

    def particulars(self) -> CentreParticulars:
        """The cleaned facts."""
        told = self.cleaned_data
        names = ("name", "operator", "address", "commune", "phone", "website", "summary")
        place = None if told["lat"] is None else Position(told["lat"], told["lon"])
        return CentreParticulars(position=place, **{name: told[name] for name in names})

    def told(self) -> Numbers | None:
        """The numbers, where they may still be told."""
        return self.numbers() if self.with_numbers else None


def known(centre: DesignCentre) -> dict[str, Any]:
    """What a form about a centre begins with."""
    names = ("name", "operator", "address", "lat", "lon", "phone", "website", "summary")
    commune = places.key_of(centre.commune) if centre.commune else ""
    return {name: getattr(centre, name) for name in names} | {"commune": commune}


class VisitForm(NumbersForm):
    """What was measured on a visit."""

    visited_on = forms.DateField(label=_("Ngày kiểm tra"), widget=DayInput)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("visited_on",)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        between = [name for name in self.fields if name not in ("visited_on", "note")]
        for name in between:
            self.fields[name].required = True
        self.order_fields(["visited_on", *between, "note"])

    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        told = self.cleaned_data
        return {
            "measured": self.numbers(),
            "visited_on": told["visited_on"],
            "note": told["note"],
        }


class SendForm(forms.Form):
    """The sitting that judges a centre."""

    sitting = forms.ModelChoiceField(
        label=_("Phiên họp"),
        queryset=queries.sittings_ahead().none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["sitting"]
        field.queryset = queries.sittings_ahead()
        field.label_from_instance = lambda each: (
            f"{timezone.localtime(each.starts_at):%d/%m/%Y %H:%M} · {each.title} · {each.council}"
        )


class RecogniseForm(forms.Form):
    """The decision that recognises a centre."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = forms.DateField(label=_("Ngày ký"), widget=DayInput)
    authority = forms.CharField(label=_("Cơ quan ban hành"), max_length=160)


class EndForm(forms.Form):
    """The decision that ends a recognition."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    ended_on = forms.DateField(label=_("Thôi công nhận từ ngày"), widget=DayInput)
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class MonthForm(forms.Form):
    """Visitors and income of a month."""

    visitors = WholeField(label=_("Lượt khách trong tháng"), min_value=0, max_value=10_000_000)
    income = MoneyField(
        label=_("Doanh thu (đồng)"), required=False, help_text=_("Chưa biết thì để trống.")
    )


class TiesForm(forms.Form):
    """Products of community tourism and villages, one on each line."""

    products = _lines(
        _("Sản phẩm du lịch cộng đồng (bộ 26), mỗi dòng một sản phẩm"),
        _("Ghi tên; trùng tên thì ghi mã sản phẩm trong ngoặc vuông."),
    )
    villages = _lines(
        _("Làng nghề, mỗi dòng một làng"),
        _("Ghi tên làng trong sổ; trùng tên thì thêm mã trong ngoặc vuông."),
    )

    def __init__(self, actor: Actor, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._actor = actor

    def clean_products(self) -> list[Product]:
        rows = products.visible_to(self._actor).filter(set_number=queries.TOURISM_SET)
        return [self._one(rows, line) for line in self._told("products")]

    def clean_villages(self) -> list[Village]:
        rows = villages.visible_to(self._actor)
        return [self._one(rows, line) for line in self._told("villages")]

    def _told(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]

    def _one(self, rows: Any, line: str) -> Any:
        coded = _CODED.match(line)
        found = list(rows.filter(code=coded[1]) if coded else rows.filter(name=line))[:2]
        if len(found) == 1:
            return found[0]
        words = (
            gettext("Có nhiều nơi tên “%s”. Hãy ghi kèm mã trong ngoặc vuông.")
            if found
            else gettext("Không tìm thấy “%s”. Hãy ghi đúng tên hoặc mã.")
        )
        raise forms.ValidationError(words % line)


def ties_known(centre: DesignCentre) -> dict[str, str]:
    """What the form of ties begins with."""
    own, around = queries.tied(queries.ties_of(centre))
    return {
        "products": "\n".join(f"{each.name} [{each.code}]" for each in own),
        "villages": "\n".join(f"{each.name} [{each.code}]" for each in around),
    }
