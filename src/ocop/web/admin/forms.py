"""Forms of the administrator."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.core.options import Declared
from ocop.filters.inputs import DayInput
from ocop.people.roles import Role
from ocop.web.forms import WholeField
from ocop.web.unit_names import UnitNameField


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


def _units_help() -> str:
    return format_html(
        '{} <a href="{}">{}</a>',
        gettext("Gõ tên rồi chọn; để trống nếu phụ trách toàn tỉnh, thành phố."),
        reverse("office:units"),
        gettext("Tra danh sách đơn vị"),
    )


class RoleForm(forms.Form):
    """A role for a time, over a unit or over everything."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(r.value, r.label) for r in Role if r != Role.PRODUCER],
    )
    unit = UnitNameField(
        label=_("Xã, phường phụ trách"), required=False, help_text=lazy(_units_help, str)()
    )
    starts_on = forms.DateField(label=_("Từ ngày"), widget=DayInput, initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Đến hết ngày"),
        required=False,
        widget=DayInput,
        help_text=_("Để trống nếu chưa rõ."),
    )


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
