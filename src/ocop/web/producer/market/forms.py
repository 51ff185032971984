"""What a producer tells of selling online."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext as kernel
from ocop.market import addresses, checklist
from ocop.market.models import SellerList
from ocop.web import shop_links as looks
from ocop.web.forms import MoneyField


class LinkForm(forms.Form):
    """The address of a page where a product can be bought."""

    address = forms.CharField(
        label=_("Địa chỉ trang bán hàng"),
        max_length=addresses.LONGEST,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"}
        ),
        help_text=_(
            "Chép từ thanh địa chỉ của trình duyệt: trang sản phẩm hoặc gian hàng trên sàn, trang "
            "riêng của chủ thể. Không dùng địa chỉ rút gọn."
        ),
    )


class SalesForm(forms.Form):
    """The sales of a quarter, and what of them was online."""

    total = MoneyField(
        label=_("Tổng doanh thu của quý (đồng)"),
        help_text=_("Mọi kênh: tại chỗ, đại lý, siêu thị, online. Không bán được gì thì ghi 0."),
    )
    online = MoneyField(
        label=_("Trong đó bán online (đồng)"),
        help_text=_("Đơn đặt trên sàn, mạng xã hội, trang riêng."),
    )


class ReadyForm(forms.Form):
    """The questions of the list in force."""

    def __init__(self, asked: checklist.Checklist, known: SellerList | None, *data: Any) -> None:
        super().__init__(*data)
        self._keys = asked.questions
        answers = known.answers if known else {}
        choices = [(key, kernel(words)) for key, words in checklist.ANSWERS.items()]
        for key, words in looks.questions(asked.questions):
            self.fields[key] = forms.ChoiceField(
                label=words,
                choices=choices,
                required=False,
                initial=answers.get(key, ""),
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label=_("Ghi chú"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=known.note if known else "",
        )

    def answers(self) -> dict[str, str]:
        """What was chosen, by the keys of the questions."""
        return {key: self.cleaned_data[key] for key in self._keys}
