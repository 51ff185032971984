"""Forms of the yearly plan: rounds, and products with potential."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.dossiers.services.potential import Prospect
from ocop.dossiers.services.rounds import Days
from ocop.filters.units import UnitField
from ocop.people.models import User
from ocop.products.models import Product
from ocop.web.office.dossiers.forms import day_field, text_field
from ocop.web.office.own_units import OwnUnitForm


class YearForm(forms.Form):
    """Laying out a year by the legal calendar."""

    year = forms.IntegerField(label=_("Năm"), min_value=2018, max_value=2100)
    plan_number = forms.CharField(
        label=_("Số kế hoạch của Văn phòng"), max_length=60, required=False
    )


class RoundForm(forms.Form):
    """The name and days of a round."""

    name = forms.CharField(label=_("Tên đợt"), max_length=200)
    opens_on = day_field(_("Bắt đầu nhận đề nghị"))
    requests_before = day_field(
        _("Nhận đề nghị trước ngày"), help_text=_("Chính ngày này là đã quá hạn.")
    )
    done_before = day_field(
        _("Hoàn thành trước ngày"), help_text=_("Chính ngày này là đã quá hạn.")
    )
    plan_number = forms.CharField(label=_("Số kế hoạch"), max_length=60, required=False)
    note = text_field(_("Ghi chú"), 3, required=False)

    def days(self) -> Days:
        """The three days as the service takes them."""
        told = self.cleaned_data
        return Days(told["opens_on"], told["requests_before"], told["done_before"])


class ExtraRoundForm(RoundForm):
    """An extra round, which is of a year."""

    year = forms.IntegerField(label=_("Năm"), min_value=2018, max_value=2100)
    field_order = ("year", "name")
    note = None  # type: ignore[assignment]


class ProspectForm(OwnUnitForm):
    """A product with potential."""

    unit = UnitField(label=_("Xã, phường"))
    product_name = forms.CharField(label=_("Tên sản phẩm"), max_length=200)
    producer_name = forms.CharField(label=_("Chủ thể"), max_length=200, required=False)
    aim = forms.TypedChoiceField(
        label=_("Hạng sao phấn đấu"),
        choices=(("", _("chưa rõ")), (3, _("3 sao")), (4, _("4 sao")), (5, _("5 sao"))),
        coerce=int,
        empty_value=None,
        required=False,
    )
    year = forms.IntegerField(label=_("Năm dự kiến"), min_value=2018, max_value=2100)
    helper = forms.CharField(label=_("Đơn vị hỗ trợ"), max_length=200, required=False)
    officer = forms.ModelChoiceField(
        label=_("Cán bộ phụ trách"), queryset=User.objects.none(), required=False
    )
    need = text_field(_("Còn thiếu gì"), 3, required=False)

    def __init__(self, *arguments: Any, officers: Any = None, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["officer"]
        field.queryset = User.objects.none() if officers is None else officers

    def prospect(self, product: Product | None = None) -> Prospect:
        """What the service takes; the product of the register that it is tied to is not asked for
        here and stays."""
        told = {k: v for k, v in self.cleaned_data.items() if k != "unit"}
        return Prospect(**told, product=product)
