"""Forms of trade events, their plans and applications."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core.refusals import Refused
from ocop.filters.units import UnitField
from ocop.places.queries import key_of
from ocop.products.models import Sector
from ocop.promotion import plan, plan_text
from ocop.promotion.models import EventBooth, EventKind, TradeEvent
from ocop.promotion.models.events import ApartChoice
from ocop.promotion.services.events import EventParticulars
from ocop.web.forms import MoneyField, NumberField, WholeField
from ocop.web.office.dossiers.forms import day_field, text_field

_STARS = (("", _("Không yêu cầu")), (3, _("Từ 3 sao")), (4, _("Từ 4 sao")), (5, _("5 sao")))
_NO_SEED = ("seen", "organisers")


def yes(label: Any, *, initial: bool = False, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=initial, **more)


def words(label: Any, most: int, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **more)


class EventForm(forms.Form):
    """What is known of an event."""

    name = words(_("Tên sự kiện"), 200, required=True)
    kind = forms.ChoiceField(label=_("Loại"), choices=EventKind.choices)
    series = words(
        _("Thuộc chuỗi sự kiện"), 200,
        help_text=_("Ví dụ: Hội chợ Xuân. Các lần của một chuỗi được so với nhau khi xếp gian."),
    )  # fmt: skip
    summary = text_field(_("Giới thiệu"), 4, required=False)
    starts_on = day_field(_("Ngày đầu"))
    ends_on = day_field(_("Ngày cuối"))
    hours = words(_("Giờ mở cửa"), 100)
    place = words(_("Nơi tổ chức"), 300, required=True)
    commune = UnitField(label=_("Xã, phường"), required=False)
    away = yes(_("Ngoài tỉnh, thành phố này"))
    organisers = forms.CharField(
        label=_("Đơn vị phối hợp"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Mỗi đơn vị một dòng."),
    )  # fmt: skip
    calls_until = day_field(_("Nhận đăng ký đến hết ngày"))
    least_stars = forms.TypedChoiceField(
        label=_("Hạng sao của sản phẩm"), choices=_STARS, coerce=int, empty_value=None,
        required=False, initial=3,
        help_text=_("Sao phải còn hiệu lực đến hết ngày cuối của sự kiện."),
    )  # fmt: skip
    needs_trace = yes(_("Có tem đang kích hoạt hoặc hộ chiếu sản phẩm"), initial=True)
    needs_labels = yes(_("Chủ thể xác nhận nhãn hàng hóa đúng quy định"), initial=True)
    takes_booths = yes(_("Có gian hàng xếp theo sơ đồ"), initial=True)
    apart = forms.ChoiceField(
        label=_("Gian cạnh nhau"), choices=ApartChoice.choices, initial=ApartChoice.WISH
    )
    booth_cost = MoneyField(label=_("Chi phí một gian (đồng)"), required=False)
    support_share = WholeField(
        label=_("Ngân sách hỗ trợ (% chi phí gian)"), min_value=0, max_value=100,
        required=False, initial=0,
    )  # fmt: skip
    support_source = words(_("Theo văn bản"), 200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def particulars(self) -> EventParticulars:
        """What the service takes."""
        told = {k: v for k, v in self.cleaned_data.items() if k != "seen"}
        told["organisers"] = told["organisers"].splitlines()
        told["support_share"] = told["support_share"] or 0
        return EventParticulars(**told)


def known_event(event: TradeEvent) -> dict[str, Any]:
    """What the form shows of an event."""
    told = {name: getattr(event, name) for name in EventForm.base_fields if name not in _NO_SEED}
    return told | {
        "series": event.series.name if event.series else "",
        "commune": key_of(event.commune) if event.commune else "",
        "organisers": "\n".join(each.name for each in event.organisers.all()),
    }


def metres(label: Any, **more: Any) -> NumberField:
    return NumberField(label=label, min_value=0, max_value=500, max_digits=6, decimal_places=1,
        **more)  # fmt: skip


class PlanForm(forms.Form):
    """The plan of booths as text, which a drawing may fill in."""

    width = metres(_("Chiều rộng mặt bằng (m)"))
    depth = metres(_("Chiều sâu mặt bằng (m)"))
    spots = forms.CharField(
        label=_("Các gian"),
        required=False,
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "code", "spellcheck": "false"}),
        help_text=_(
            "Mỗi gian một dòng: số gian; cách mép trái (m); cách mép trên (m); rộng; sâu; ngành "
            "hàng I đến VI; điện, nước; dành cho ai. Ba phần cuối có thể bỏ trống. Dán được từ "
            "Excel."
        ),
    )

    def clean_spots(self) -> list[plan.Spot]:
        """The booths of the lines."""
        try:
            return plan_text.read(self.cleaned_data["spots"], Sector.values)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    def hall(self) -> plan.Hall:
        """The ground."""
        return hall_of(self.cleaned_data)


class RowsForm(forms.Form):
    """A first plan in rows: how many booths of each sector."""

    width = metres(_("Chiều rộng mặt bằng (m)"), initial=Decimal(60))
    depth = metres(_("Chiều sâu mặt bằng (m)"), initial=Decimal(40))
    booth_width = metres(_("Gian rộng (m)"), initial=Decimal(3))
    booth_depth = metres(_("Gian sâu (m)"), initial=Decimal(3))
    aisle = metres(_("Lối đi (m)"), initial=Decimal(3))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        for key, label in (*Sector.choices, ("any", _("ngành nào cũng được"))):
            self.fields[f"n_{key}"] = WholeField(
                label=_now("Số gian: %s") % label, min_value=0, max_value=plan.MOST_BOOTHS,
                required=False,
            )  # fmt: skip

    def zones(self) -> list[tuple[str, int]]:
        """How many booths for each sector, in the order of the sectors."""
        told = [(key, self.cleaned_data[f"n_{key}"] or 0) for key in Sector.values]
        return [*told, ("", self.cleaned_data["n_any"] or 0)]

    def rows(self) -> plan.Rows:
        """How the rows stand."""
        width, depth, aisle = (
            decimetres(self.cleaned_data[name]) for name in ("booth_width", "booth_depth", "aisle")
        )
        return plan.Rows(width, depth, aisle)

    def hall(self) -> plan.Hall:
        """The ground."""
        return hall_of(self.cleaned_data)


def hall_of(told: dict[str, Any]) -> plan.Hall:
    return plan.Hall(decimetres(told["width"]), decimetres(told["depth"]))


def decimetres(value: Decimal) -> int:
    return plan_text.decimetres(value)


class BoothForm(forms.Form):
    """A free booth for an applicant."""

    booth = forms.ModelChoiceField(
        label=_("Gian"), queryset=EventBooth.objects.none(), empty_label=_("Chọn gian")
    )

    def __init__(self, event: TradeEvent, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        free = event.booths.filter(assignment=None, kept_for="").order_by("label")
        self.fields["booth"].queryset = free  # type: ignore[attr-defined]
        self.fields["booth"].label_from_instance = _booth_words  # type: ignore[attr-defined]


def _booth_words(booth: EventBooth) -> str:
    sector = str(booth.get_sector_display()) if booth.sector else _now("ngành nào cũng được")
    width, depth = plan_text.metres(booth.width), plan_text.metres(booth.depth)
    return f"{booth.label} ({width} × {depth} m, {sector})"
