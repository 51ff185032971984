"""Forms of trade meetings that several faces share: demands, offers, deals."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.core.numbers import write_date
from ocop.criteria import queries as criteria
from ocop.products.models import Product, Sector
from ocop.promotion.meetings.models import (
    BuyerKind,
    Deal,
    DealKind,
    Demand,
    DemandOffer,
    MeasureChoice,
    ReachChoice,
    Supply,
)
from ocop.promotion.meetings.services import demands
from ocop.promotion.meetings.services.deals import MOST_VALUE, Signed
from ocop.promotion.meetings.services.demands import Told
from ocop.promotion.meetings.services.offers import Answer, Offered
from ocop.promotion.models import TradeEvent
from ocop.web.forms import MoneyField, NumberField, WholeField
from ocop.web.office.dossiers.forms import day_field, text_field

_STARS = (("", _("Không yêu cầu")), (3, _("Từ 3 sao")), (4, _("Từ 4 sao")), (5, _("5 sao")))
_MONTHS = tuple((month, str(month)) for month in range(1, 13))


def words(label: Any, most: int, *, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **more)


def quantity(label: Any, *, required: bool) -> NumberField:
    return NumberField(label=label, min_value=0, max_digits=12, decimal_places=2, required=required)


def months(label: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=_MONTHS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Không chọn tháng nào là quanh năm."),
    )  # fmt: skip


class ExtendForm(forms.Form):
    """Until when a demand is looked for."""

    open_until = day_field(_("Tìm hàng đến hết ngày"))


class DemandForm(forms.Form):
    """What a buyer looks for."""

    wanted = words(
        _("Sản phẩm cần mua"), 200,
        help_text=_("Tên hàng, ngắn gọn: Miến dong. Quy cách ghi ở ô dưới."),
    )  # fmt: skip
    goods = forms.ChoiceField(label=_("Ngành hàng, bộ sản phẩm"), required=False)
    details = text_field(_("Quy cách, yêu cầu"), 4, required=False, max_length=demands.LONGEST)
    quantity = quantity(_("Số lượng mỗi tháng"), required=False)
    measure = forms.ChoiceField(label=_("Đơn vị tính"), choices=MeasureChoice.choices)
    price = MoneyField(label=_("Giá mua cao nhất (đồng một đơn vị)"), required=False)
    months = months(_("Các tháng cần hàng"))
    reach = forms.ChoiceField(label=_("Nơi nhận hàng"), choices=ReachChoice.choices)
    place = words(_("Địa điểm nhận hàng"), 300, required=False)
    least_stars = forms.TypedChoiceField(
        label=_("Hạng sao của sản phẩm"), choices=_STARS, coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    open_until = day_field(_("Tìm hàng đến hết ngày"))
    buyer = words(_("Tên đơn vị mua"), 200)
    buyer_kind = forms.ChoiceField(label=_("Loại người mua"), choices=BuyerKind.choices)
    contact = words(_("Người liên hệ"), 120)
    email = forms.EmailField(label=_("Thư điện tử"), max_length=254)
    phone = words(_("Điện thoại"), 20, required=False)

    def __init__(self, actor: Actor, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["goods"].choices = _kinds_of_goods(actor)  # type: ignore[attr-defined]

    def told(self) -> Told:
        """What the service takes."""
        given = {name: self.cleaned_data[name] for name in _OF_DEMAND}
        sector, _sign, group = self.cleaned_data["goods"].partition(":")
        chosen = tuple(self.cleaned_data["months"])
        return Told(**given, sector=sector, group=int(group or 0), months=chosen)


_OF_DEMAND = [
    name for name in DemandForm.base_fields if name not in ("goods", "months")
]  # fmt: skip


def _kinds_of_goods(actor: Actor) -> list[Any]:
    """Sectors, each whole and by the sets of today's decree."""
    groups: dict[str, list[tuple[str, Any]]] = {
        sector: [(f"{sector}:0", _now("Cả ngành: %s") % label)] for sector, label in Sector.choices
    }
    decree = criteria.legal_version_on(timezone.localdate())
    for version in criteria.current(actor).filter(legal_version=decree):
        label = f"{version.number}. {version.name}"
        groups[version.sector].append((f"{version.sector}:{version.number}", label))
    named = [(f"{key}. {Sector(key).label}", rows) for key, rows in groups.items()]
    return [("", _now("Chưa rõ ngành hàng")), *named]


class OfficeDemandForm(DemandForm):
    """The same for the office, which has spoken with the buyer."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["email"].required = False


class SupplyForm(forms.Form):
    """What a producer offers of a product."""

    quantity = quantity(_("Số lượng bán được mỗi tháng"), required=True)
    measure = forms.ChoiceField(label=_("Đơn vị tính"), choices=MeasureChoice.choices)
    months = months(_("Các tháng có hàng"))
    reach = forms.ChoiceField(label=_("Giao hàng xa nhất"), choices=ReachChoice.choices)
    price = MoneyField(label=_("Giá bán (đồng một đơn vị)"), required=False)
    note = text_field(_("Ghi chú"), 2, required=False, max_length=500)

    def offered(self) -> Offered:
        """What the service takes."""
        return Offered(**self.cleaned_data | {"months": tuple(self.cleaned_data["months"])})


def known_supply(row: Supply | None) -> dict[str, Any]:
    """What the form shows of an offer."""
    return {name: getattr(row, name) for name in SupplyForm.base_fields} if row else {}


class AnswerForm(forms.Form):
    """A product for a buyer: one of those that fit."""

    product = forms.ChoiceField(label=_("Sản phẩm chào bán"))
    price = MoneyField(label=_("Giá chào (đồng một đơn vị)"), required=False)
    note = text_field(_("Lời chào"), 3, required=False, max_length=500)
    contact = words(_("Người liên hệ"), 120)
    phone = words(_("Điện thoại"), 20, required=False)

    def __init__(self, goods: Sequence[Product], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._goods = {row.code: row for row in goods}
        choices = [(code, f"{row.name} ({row.producer.name})") for code, row in self._goods.items()]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What the service takes."""
        told = self.cleaned_data
        answer = Answer(told["contact"], told["phone"], told["price"], told["note"])
        return {"product": self._goods[told["product"]], "answer": answer}


class DealForm(forms.Form):
    """What was signed. A demand gives the name of the buyer."""

    kind = forms.ChoiceField(label=_("Loại"), choices=DealKind.choices)
    subject = words(_("Hàng hóa"), 300)
    demand = forms.ChoiceField(label=_("Theo nhu cầu đã chào"), required=False)
    buyer = words(
        _("Tên đơn vị mua"), 200, required=False,
        help_text=_("Để trống khi đã chọn nhu cầu ở trên."),
    )  # fmt: skip
    event = forms.ChoiceField(label=_("Ký tại sự kiện"), required=False)
    number = words(_("Số văn bản"), 60, required=False)
    signed_on = day_field(_("Ngày ký"))
    value = WholeField(label=_("Giá trị (đồng)"), min_value=0, max_value=MOST_VALUE, required=False)
    follows = forms.ChoiceField(
        label=_("Thực hiện biên bản ghi nhớ"), required=False,
        help_text=_("Chọn khi hợp đồng này thực hiện một biên bản đã ghi; biên bản đó hoàn thành."),
    )  # fmt: skip

    def __init__(
        self,
        offers: Iterable[DemandOffer],
        events: Iterable[TradeEvent],
        memoranda: Iterable[Deal],
        *arguments: Any,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        demanded: dict[str, Demand] = {row.demand.code: row.demand for row in offers}
        self._rows: dict[str, dict[str, Any]] = {
            "demand": demanded,
            "event": {row.code: row for row in events},
            "follows": {row.code: row for row in memoranda},
        }
        named = {
            "demand": lambda row: f"{row.wanted} ({row.buyer})",
            "event": lambda row: row.name,
            "follows": lambda row: f"{row.subject} ({row.buyer}, {write_date(row.signed_on)})",
        }
        for name, rows in self._rows.items():
            if not rows:
                del self.fields[name]
                continue
            choices = [(code, named[name](row)) for code, row in rows.items()]  # type: ignore[no-untyped-call]
            self.fields[name].choices = [("", _now("Không")), *choices]  # type: ignore[attr-defined]

    def signed(self) -> Signed:
        """What the service takes."""
        told = dict(self.cleaned_data)
        for name, rows in self._rows.items():
            told[name] = rows.get(told.get(name) or "")
        return Signed(**told)


class FollowForm(forms.Form):
    """What was delivered so far."""

    delivered = WholeField(
        label=_("Giá trị đã giao từ ngày ký (đồng)"), min_value=0, max_value=MOST_VALUE,
        help_text=_("Cộng dồn từ ngày ký; chưa giao thì ghi 0."),
    )  # fmt: skip
    note = text_field(_("Ghi chú"), 3, required=False, max_length=500)


class EndForm(forms.Form):
    """How a deal ended, or that it was entered by mistake; of one that ended only that."""

    how = forms.ChoiceField(
        label=_("Kết thúc"),
        choices=(
            ("done", _("Đã hoàn thành")),
            ("broken", _("Chấm dứt giữa chừng")),
            ("mistake", _("Ghi nhầm: bỏ khỏi mọi số liệu")),
        ),
    )
    reason = text_field(_("Lý do chấm dứt hoặc bỏ"), 3, required=False, max_length=500)

    def __init__(self, *arguments: Any, running: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not running:
            field: Any = self.fields["how"]
            field.choices = field.choices[2:]

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        how = self.cleaned_data["how"]
        return {
            "broken": how == "broken",
            "mistaken": how == "mistake",
            "reason": self.cleaned_data["reason"],
        }
