"""What a producer tells when it asks for support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.support.models import Per, Policy
from ocop.support.queries import Wanted
from ocop.web.forms import MoneyField, WholeField


class AskForm(forms.Form):
    """Only what the policy needs is asked for."""

    purpose = forms.CharField(
        label=_("Nội dung đề nghị"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("Làm gì, ở đâu, khi nào. Ví dụ: một gian hàng tại hội chợ Tết ở Hải Phòng."),
    )

    def __init__(self, policy: Policy, maker: Producer, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        products = Product.objects.filter(producer=maker).order_by("folded")
        self.fields["product"] = forms.ModelChoiceField(
            label=_("Sản phẩm"),
            queryset=products,
            to_field_name="code",
            required=policy.per == Per.PRODUCT,
            empty_label=_("– chọn sản phẩm –")
            if policy.per == Per.PRODUCT
            else _("– cả chủ thể –"),
        )
        if policy.most_quantity is not None:
            self.fields["quantity"] = WholeField(
                label=_("Số lượng (%s)") % policy.measure, min_value=1
            )
        if not policy.stars:
            self.fields["cost"] = MoneyField(label=_("Chi phí dự kiến (đồng)"), min_value=1)
            self.fields["others"] = MoneyField(
                label=_("Trong đó ngân sách khác đã hoặc sẽ chi (đồng)"),
                required=False,
                help_text=_("Xã, huyện trước đây hoặc chương trình khác cùng chi khoản này."),
            )
        self.fields["amount"] = MoneyField(
            label=_("Số tiền đề nghị (đồng)"),
            required=False,
            min_value=1,
            help_text=_("Để trống: đề nghị mức cao nhất mà chính sách cho."),
        )

    def wanted(self) -> Wanted:
        """What was told, as the service takes it."""
        told = self.cleaned_data
        return Wanted(
            purpose=told["purpose"],
            product=told["product"],
            cost=told.get("cost") or 0,
            others=told.get("others") or 0,
            quantity=told.get("quantity") or 0,
            amount=told["amount"],
        )
