"""Forms of the own account."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.people.scopes import SCOPES


class ReasonForm(forms.Form):
    """The reason for a step that takes something away."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class TokenForm(forms.Form):
    """A new API token: what for, how far, how long."""

    name = forms.CharField(
        label=_("Tên khóa"), max_length=80, help_text=_("Ví dụ: phần mềm kế toán của xã.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Phạm vi"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = forms.DateField(
        label=_("Dùng đến hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Để trống nếu không có hạn."),
    )

    def clean_expires_on(self) -> datetime | None:
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, time.max))
