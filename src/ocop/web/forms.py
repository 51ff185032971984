"""What the forms of every face share."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.numbers import read_number, read_whole, write_number
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria import queries as criteria
from ocop.criteria.models import LegalVersion
from ocop.web import files

T = TypeVar("T")


class UploadField(forms.FileField):
    """A file. One that is too large is told before it travels, and at its field when it came."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        told = {
            "data-limit": settings.OCOP_MAX_UPLOAD,
            "data-too-large": _("Tệp quá lớn. Hãy nén hoặc chia nhỏ."),
        }
        return {**super().widget_attrs(widget), **told}

    def to_python(self, data: Any) -> Any:
        if isinstance(data, files.TooLarge):
            raise forms.ValidationError(files.too_large().message)
        return super().to_python(data)


class _Written(forms.Field):
    """A number as people write it in their language, whatever language the browser speaks."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return write_number(value) if isinstance(value, int | Decimal) else value

    def run_validators(self, value: Any) -> None:
        """Limits are told in the same writing."""
        try:
            super().run_validators(value)
        except forms.ValidationError as refused:
            for each in refused.error_list:
                told = each.params or {}
                for name in ("limit_value", "show_value"):
                    if isinstance(told.get(name), int | Decimal):
                        told[name] = write_number(told[name])
            raise


class NumberField(_Written, forms.DecimalField):
    """A number that may have decimals."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_number(value)
        except ValueError as error:
            raise forms.ValidationError(
                _("Hãy nhập một số, ví dụ %s.") % write_number(Decimal("1657.5"))
            ) from error


class _LawField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Laws under which a result can have been given: one that is yet to come, as a draft that was
    loaded to look at, is none."""

    def __deepcopy__(self, memo: Any) -> Any:
        made = super().__deepcopy__(memo)  # of each form: the day goes on
        made.queryset = criteria.legal_versions().filter(effective_from__lte=timezone.localdate())
        return made


class DegreeField(forms.FloatField):
    """A latitude or longitude as maps write it, 21.0285, or as people do, 21,0285."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class WholeField(_Written, forms.IntegerField):
    """A whole number: things counted, money. Years and what has no thousands may stay plain."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_whole(value)
        except ValueError as error:
            raise forms.ValidationError(
                _("Hãy nhập một số nguyên, ví dụ %s.") % write_number(1657)
            ) from error


class MoneyField(WholeField):
    """Whole đồng, as people write them: 12.500.000."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_value": 9_999_999_999_999, "min_value": 0, **more})


def law_field(usual: Any, help_text: Any) -> "forms.ModelChoiceField[LegalVersion]":
    """The decision of the Prime Minister under which a result was given; empty: `usual`."""
    return _LawField(
        label=_("Đánh giá theo"),
        queryset=criteria.legal_versions(),
        required=False,
        empty_label=usual,
        help_text=help_text,
    )


def publish_field() -> forms.BooleanField:
    """Whether a decision comes before the public as it is entered: signing and publication are one
    act of most offices."""
    return forms.BooleanField(
        label=_("Công bố ngay"),
        required=False,
        initial=True,
        help_text=_(
            "Bỏ dấu chọn nếu công bố sau: đến khi đó chỉ Văn phòng thấy quyết định và hạng sao."
        ),
    )


def file_public_field() -> forms.BooleanField:
    """Whether the signed file stands on the public page of its decision."""
    return forms.BooleanField(
        label=_("Đưa tệp đã ký lên trang công khai của quyết định"),
        required=False,
        help_text=_("Chỉ chọn khi tệp không có thông tin cá nhân ngoài nội dung phải công bố."),
    )


def file_confirmed_field() -> forms.BooleanField:
    """Who puts a file without a trusted signature before the public has held it against the
    original."""
    return forms.BooleanField(
        label=_("Tôi đã đối chiếu tệp với bản gốc của quyết định"),
        required=False,
        help_text=_(
            "Cần chọn khi công khai tệp không có chữ ký số hoặc người ký chưa được tin cậy. Tệp bị "
            "sửa sau khi ký không công khai được."
        ),
    )


def act(form: forms.Form, service: Callable[..., T], **arguments: Any) -> T | None:
    """Call a service for a cleaned form. A refusal becomes errors of the form, and None.

    Messages for fields that the form has go to those fields, all others to the top of the form.
    Lacking the right is no mistake in a form and goes on up.
    """
    try:
        return service(**arguments)
    except NotAllowed:
        raise
    except Refused as refusal:
        refuse(form, refusal)
        return None


def refuse(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal onto a form, at the fields that it names."""
    known = {name: words for name, words in refusal.fields.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known:
        form.add_error(None, refusal.message)
