"""Forms of campaigns."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.filters.inputs import DayInput
from ocop.programme.models import Campaign
from ocop.programme.services.campaigns import Plan

_ANSWER_WITHIN = timedelta(days=21)


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=help_text,
    )


class CampaignForm(forms.Form):
    """What a campaign says to communes and to producers."""

    title = forms.CharField(label=gettext_lazy("Tên chiến dịch"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    asked = _text(
        gettext_lazy("Đề nghị các xã"),
        gettext_lazy("Đứng trong thư và trong việc giao cho xã, cùng danh sách sản phẩm của xã."),
    )
    told = _text(
        gettext_lazy("Nhắn chủ thể"),
        gettext_lazy(
            "Vào hộp thư và thư điện tử của người gắn với chủ thể, cùng sản phẩm của chủ thể và "
            "ngày nộp hồ sơ."
        ),
    )
    due_on = forms.DateField(label=gettext_lazy("Xã trả lời đến hết ngày"), widget=DayInput)
    document = forms.CharField(label=gettext_lazy("Số công văn"), max_length=60, required=False)

    def plan(self) -> Plan:
        """The campaign as the service takes it."""
        return Plan(**self.cleaned_data)


def usual() -> dict[str, Any]:
    """What a new campaign says unless somebody writes something else."""
    today = timezone.localdate()
    return {
        "title": _("Đánh giá lại sản phẩm OCOP, tháng %s") % f"{today:%m/%Y}",
        "asked": _(
            "Hãy báo từng chủ thể trong danh sách, hướng dẫn lập hồ sơ đánh giá lại và trả lời cho "
            "từng sản phẩm: sẽ nộp, đã nộp, ngừng sản xuất hay không đánh giá lại."
        ),
        "told": _(
            "Hạng sao của các sản phẩm dưới đây sắp hết hoặc đã hết hạn. Hãy lập hồ sơ đánh giá "
            "lại ở trang “Của tôi”; bằng chứng của lần trước dùng lại được. Hết hạn mà chưa được "
            "công nhận lại thì không được dùng hạng sao trên nhãn và biển hiệu."
        ),
        "due_on": today + _ANSWER_WITHIN,
    }


def said(campaign: Campaign) -> dict[str, Any]:
    """What a campaign says now."""
    return {name: getattr(campaign, name) for name in CampaignForm.base_fields}
