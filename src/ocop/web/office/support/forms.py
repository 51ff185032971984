"""Forms of support in the office."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.numbers import write_number
from ocop.filters.inputs import DayInput
from ocop.filters.units import UnitField
from ocop.support.known_policies import PolicyTerms
from ocop.support.models import BudgetLine, Category, PaperKind, Payer, Per, Period
from ocop.support.services.importing import Usual
from ocop.web.forms import MoneyField, UploadField, WholeField


class LineChoice(forms.ModelChoiceField[BudgetLine]):
    """A budget line with what is left of it."""

    def label_from_instance(self, obj: BudgetLine) -> str:
        return str(
            _("%(year)s, %(unit)s, %(what)s: còn %(left)s đồng")
            % {
                "year": obj.year,
                "unit": obj.unit.name,
                "what": obj.purpose,
                "left": write_number(obj.left),
            }
        )


class AnswerForm(forms.Form):
    """The reason that the producer reads."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class ApproveForm(forms.Form):
    """How much, from which line, by which decision."""

    amount = MoneyField(label=_("Số tiền duyệt (đồng)"))
    line = LineChoice(
        label=_("Dòng dự toán"),
        queryset=BudgetLine.objects.none(),
        to_field_name="code",
        help_text=_("Các dòng cho nội dung này, của năm ký quyết định. Thêm dòng ở mục Dự toán."),
    )
    decision = forms.CharField(label=_("Số quyết định"), max_length=60)
    decided_on = forms.DateField(label=_("Ngày ký"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, lines: QuerySet[BudgetLine], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field = self.fields["line"]
        assert isinstance(field, LineChoice)
        field.queryset = lines


class AcceptForm(forms.Form):
    """What it cost by the papers."""

    real_cost = MoneyField(label=_("Chi phí thực tế theo chứng từ (đồng)"))
    accepted_on = forms.DateField(
        label=_("Ngày nghiệm thu"), widget=DayInput, initial=timezone.localdate
    )


class PayForm(forms.Form):
    """When the money went out."""

    paid_on = forms.DateField(label=_("Ngày chi"), widget=DayInput, initial=timezone.localdate)
    voucher = forms.CharField(label=_("Số chứng từ chi"), max_length=60)


class ReclaimForm(forms.Form):
    """How much came back, when and why."""

    amount = MoneyField(label=_("Số tiền thu hồi (đồng)"))
    on = forms.DateField(label=_("Ngày thu"), widget=DayInput, initial=timezone.localdate)
    voucher = forms.CharField(label=_("Số chứng từ thu"), max_length=60)
    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class PaperForm(forms.Form):
    """A paper of a request."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=PaperKind.choices)
    name = forms.CharField(label=_("Tên giấy tờ"), max_length=200, required=False)
    file = UploadField(label=_("Tệp (PDF, ảnh, Word, Excel)"))


class LineForm(forms.Form):
    """A budget line."""

    unit = UnitField(label=_("Đơn vị được giao dự toán"), help_text=_("Để trống: cấp tỉnh."))
    year = forms.IntegerField(label=_("Năm"), min_value=2019, max_value=2099)
    category = forms.ChoiceField(
        label=_("Nội dung hỗ trợ"),
        choices=[("", _("Mọi nội dung")), *Category.choices],
        required=False,
    )
    amount = MoneyField(label=_("Dự toán (đồng)"))
    source = forms.CharField(label=_("Văn bản giao dự toán"), max_length=200)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["unit"].required = False


class ChangeLineForm(forms.Form):
    """Another sum for a line."""

    amount = MoneyField(label=_("Dự toán mới (đồng)"))
    reason = forms.CharField(
        label=_("Lý do, văn bản điều chỉnh"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


class PolicyForm(forms.Form):
    """A policy as its document has it."""

    code = forms.SlugField(
        label=_("Mã"), max_length=40, help_text=_("Chữ thường không dấu, ví dụ nq-05-2026-tem.")
    )
    title = forms.CharField(label=_("Tên chính sách"), max_length=200)
    document = forms.CharField(label=_("Văn bản"), max_length=120)
    category = forms.ChoiceField(label=_("Nội dung hỗ trợ"), choices=Category.choices)
    level = forms.ChoiceField(label=_("Cấp chi"), choices=Payer.choices, initial=Payer.PROVINCE)
    starts_on = forms.DateField(label=_("Có hiệu lực từ ngày"), widget=DayInput)
    ends_on = forms.DateField(label=_("Đến hết ngày"), widget=DayInput, required=False)
    per = forms.ChoiceField(label=_("Mức tối đa tính cho"), choices=Per.choices)
    period = forms.ChoiceField(label=_("Trong"), choices=Period.choices)
    share = WholeField(label=_("Ngân sách chi, % chi phí"), required=False)
    ceiling = MoneyField(label=_("Mức tối đa (đồng)"), required=False)
    most_count = WholeField(label=_("Số lần tối đa"), required=False)
    most_quantity = WholeField(label=_("Số lượng tối đa"), required=False)
    measure = forms.CharField(
        label=_("Số lượng tính bằng"), max_length=40, required=False, help_text=_("tem, gian hàng")
    )
    first_only = forms.BooleanField(label=_("Chỉ hỗ trợ lần đầu"), required=False)
    star_3 = MoneyField(label=_("Thưởng hạng 3 sao (đồng)"), required=False)
    star_4 = MoneyField(label=_("Thưởng hạng 4 sao (đồng)"), required=False)
    star_5 = MoneyField(label=_("Thưởng hạng 5 sao (đồng)"), required=False)
    difference = forms.BooleanField(label=_("Nâng hạng chỉ được phần chênh lệch"), required=False)
    uncertain = forms.CharField(label=_("Điều cần đối chiếu"), max_length=300, required=False)

    def terms(self) -> PolicyTerms:
        """What was entered, as the service takes it."""
        told = dict(self.cleaned_data)
        bonuses = {star: told.pop(f"star_{star}") for star in ("3", "4", "5")}
        told["stars"] = {star: bonus for star, bonus in bonuses.items() if bonus}
        return PolicyTerms(**told)


class EndForm(forms.Form):
    """The last day of a policy."""

    ends_on = forms.DateField(label=_("Ngày cuối có hiệu lực"), widget=DayInput)
    reason = forms.CharField(
        label=_("Lý do, văn bản"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )


class GrantFileForm(forms.Form):
    """A workbook of grants, and what holds for rows that do not say it."""

    file = UploadField(
        label=_("Tệp hỗ trợ đã chi (XLSX hoặc CSV)"),
        help_text=_("Cần cột Chủ thể và cột Số tiền hoặc Số lượng. Chưa có gì được lưu vào sổ."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    level = forms.ChoiceField(
        label=_("Cấp đã chi, khi dòng không ghi"), choices=Payer.choices, initial=Payer.PROVINCE
    )
    category = forms.ChoiceField(
        label=_("Nội dung, khi dòng không ghi"),
        choices=[("", _("– dòng nào cũng phải ghi –")), *Category.choices],
        required=False,
    )

    def usual(self) -> Usual:
        """What holds for rows that do not say it."""
        return Usual(self.cleaned_data["level"], self.cleaned_data["category"])


def this_year() -> int:
    """The year of today."""
    today: date = timezone.localdate()
    return today.year
