"""Forms of the administrator."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.options import Declared
from ocop.filters.inputs import DayInput
from ocop.people.roles import Role
from ocop.places.models import Level, Unit
from ocop.web.forms import WholeField


class AccountForm(forms.Form):
    """Name and logins of an account."""

    name = forms.CharField(label=_("Họ tên"), max_length=120)
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        help_text=_("Dùng để đăng nhập và nhận liên kết đặt mật khẩu."),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        help_text=_("Có thể dùng thay thư điện tử để đăng nhập."),
    )


class RoleForm(forms.Form):
    """A role for a time, over a unit or over everything."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(r.value, r.label) for r in Role if r != Role.PRODUCER],
    )
    unit = forms.CharField(
        label=_("Mã đơn vị hành chính"),
        max_length=5,
        required=False,
        help_text=_("Mã xã, phường phụ trách; để trống nếu phụ trách toàn tỉnh, thành phố."),
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Đến hết ngày"),
        required=False,
        widget=DayInput,
        help_text=_("Để trống nếu chưa rõ."),
    )

    def clean_unit(self) -> Unit | None:
        code = self.cleaned_data["unit"].strip()
        if not code:
            return None
        unit = Unit.objects.filter(code=code, valid_to=None).order_by("level").first()
        if unit is None or unit.level == Level.DISTRICT:
            raise forms.ValidationError(_("Không có đơn vị nào đang mang mã này."))
        return unit


class ReasonForm(forms.Form):
    """The reason for a step that takes something away."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


def option_form(declared: Declared[Any], data: Any = None) -> forms.Form:
    """A form of one field, whose kind follows from the option's default."""
    value = declared.get()
    field: forms.Field
    if declared.choices:
        field = forms.ChoiceField(choices=declared.choices.items())
    elif isinstance(declared.default, bool):
        field = forms.BooleanField(required=False)
    elif isinstance(declared.default, int):
        field = WholeField()
    else:
        field = forms.CharField(required=False, max_length=2000)
    field.label = _("Giá trị")
    field.initial = value
    form_class = type("OptionForm", (forms.Form,), {"value": field})
    form: forms.Form = form_class(data)
    return form
