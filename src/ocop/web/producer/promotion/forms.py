"""The application of a producer for an event."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.producers.models import Producer
from ocop.promotion.models import EventApplication, EventKind, TradeEvent
from ocop.promotion.queries import Judged
from ocop.promotion.services.applying import GoodsWish, Wish
from ocop.web.forms import NumberField, WholeField
from ocop.web.office.dossiers.forms import text_field

_DM2 = 100  # square decimetres of a square metre


class ApplicationForm(forms.Form):
    """Goods, booth and contact. Of goods that lack something for the event none are offered; the
    page names them with what they lack."""

    main = forms.ChoiceField(
        label=_("Sản phẩm chính"),
        help_text=_("Quyết định khu ngành hàng và hạng sao tính điểm ưu tiên."),
    )
    others = forms.MultipleChoiceField(
        label=_("Sản phẩm mang thêm"), required=False, widget=forms.CheckboxSelectMultiple
    )
    labelled = forms.BooleanField(
        label=_("Nhãn của các sản phẩm trên đúng quy định về ghi nhãn hàng hóa"), required=False
    )
    area = NumberField(
        label=_("Diện tích gian cần có (m²)"), min_value=1, max_value=200, max_digits=5,
        decimal_places=2, initial=Decimal(9),
    )  # fmt: skip
    power = forms.BooleanField(label=_("Cần điện"), required=False)
    water = forms.BooleanField(label=_("Cần nước"), required=False)
    contact = forms.CharField(label=_("Người liên hệ"), max_length=120)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    note = text_field(_("Ghi chú"), 2, required=False, max_length=500)

    def __init__(
        self, event: TradeEvent, goods: Sequence[Judged], *arguments: Any, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self._goods = {each.product.code: each.product for each in goods}
        choices = [(code, row.name) for code, row in self._goods.items()]
        self.fields["main"].choices = choices  # type: ignore[attr-defined]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["others"]
        if not event.needs_labels:
            del self.fields["labelled"]
        if not event.takes_booths:
            for name in ("area", "power", "water"):
                del self.fields[name]
        self._offers = list(self._goods) if event.kind == EventKind.GOODS_WEEK else []
        for code in self._offers:
            self._add_offer(code, self._goods[code].name)

    def _add_offer(self, code: str, name: str) -> None:
        told = {"name": name}
        self.fields[f"offer_{code}"] = forms.CharField(
            label=_now("Ưu đãi: %(name)s") % told, max_length=200, required=False
        )
        for part, words in (
            ("price", _now("Giá trong tuần hàng (đồng): %(name)s")),
            ("usual", _now("Giá thường (đồng): %(name)s")),
        ):
            self.fields[f"{part}_{code}"] = WholeField(
                label=words % told, min_value=0, required=False
            )

    def wish(self) -> Wish:
        """What the service takes; the main product first."""
        told = self.cleaned_data
        codes = list(dict.fromkeys([told["main"], *told.get("others", [])]))
        goods = [
            GoodsWish(
                self._goods[code],
                told.get("labelled", False),
                told.get(f"offer_{code}", ""),
                told.get(f"price_{code}"),
                told.get(f"usual_{code}"),
            )
            for code in codes
        ]
        area = int(told.get("area", 0) * _DM2)
        return Wish(
            told["contact"], goods, told["phone"], area,
            told.get("power", False), told.get("water", False), told["note"],
        )  # fmt: skip


def known_application(row: EventApplication) -> dict[str, Any]:
    """What the form shows of an application."""
    goods = list(row.goods.select_related("product"))
    told: dict[str, Any] = {
        name: getattr(row, name) for name in ("contact", "phone", "note", "power", "water")
    }
    told |= {
        "main": goods[0].product.code,
        "others": [each.product.code for each in goods[1:]],
        "labelled": all(each.labelled for each in goods),
        "area": Decimal(row.area) / _DM2,
    }
    for each in goods:
        code = each.product.code
        told |= {
            f"offer_{code}": each.offer,
            f"price_{code}": each.price,
            f"usual_{code}": each.usual_price,
        }
    return told


def first_known(maker: Producer, name: str) -> dict[str, Any]:
    """What a new application begins with."""
    return {"contact": name, "phone": maker.phone}
