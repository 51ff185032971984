"""Forms about what is looked at besides papers: visits with photographs, samples, tests."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.web.forms import UploadField, WholeField
from ocop.web.office.dossiers.forms import day_field, text_field


class SeveralFiles(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class PhotosField(UploadField):
    """Several photographs; the cleaned value is a list."""

    widget = SeveralFiles

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return forms.FileField.widget_attrs(self, widget)  # the phone makes them smaller first

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in given]


class VisitForm(forms.Form):
    """A visit to the site."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    visited_at = forms.DateTimeField(
        label=_("Thời điểm thẩm tra"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = text_field(_("Nhận xét tại cơ sở"), 6)
    photos = PhotosField(
        label=_("Ảnh chụp"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    lat = forms.FloatField(widget=forms.HiddenInput, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, required=False)
    accuracy = forms.FloatField(widget=forms.HiddenInput, required=False)


class SampleForm(forms.Form):
    """Samples as they came."""

    count = WholeField(label=_("Số mẫu"), min_value=1, initial=5)
    received_on = day_field(_("Ngày nhận"), initial=timezone.localdate)
    condition = forms.CharField(label=_("Tình trạng mẫu"), max_length=300, required=False)


class OrderForm(forms.Form):
    """A test that is ordered."""

    laboratory = forms.CharField(label=_("Cơ sở kiểm nghiệm"), max_length=200)
    parameters = text_field(_("Các chỉ tiêu"), 3)
    ordered_on = day_field(_("Ngày gửi mẫu"), initial=timezone.localdate)
    due_on = day_field(_("Ngày hẹn kết quả"), required=False)


class ResultForm(forms.Form):
    """What a test found."""

    passed = forms.TypedChoiceField(
        label=_("Kết luận"),
        choices=(("yes", _("Đạt")), ("no", _("Không đạt"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    result = text_field(_("Kết quả từng chỉ tiêu"), 4)
    result_on = day_field(_("Ngày có kết quả"), initial=timezone.localdate)
    report = UploadField(label=_("Phiếu kết quả (PDF hoặc ảnh)"), required=False)
