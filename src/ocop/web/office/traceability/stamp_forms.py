"""Forms of stamps."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.traceability import goods, stamp_keys, stamp_lists
from ocop.traceability.intervals import Span, difference, size
from ocop.traceability.models import (
    ExceptionKind,
    Lot,
    PrintKind,
    StampOrder,
)
from ocop.traceability.print_layouts import Layout
from ocop.traceability.services.orders import Wanted
from ocop.traceability.services.printing import MOST, Wish
from ocop.traceability.services.ranges import Counted
from ocop.traceability.stamp_options import MOST_OF_AN_ORDER, WORDS
from ocop.traceability.stamp_queries import (
    Allowed,
    foreign_host,
    gone_of,
    key_of,
    lots_to_activate,
    pieces_of,
    span_of,
)
from ocop.web.forms import NumberField, WholeField
from ocop.web.office.traceability.stamp_looks import waiting_in

LOTS_SHOWN = 100
#: How many places are proposed in a field: more of them nobody reads.
_LONGEST = 400


class PlacesField(forms.CharField):
    """Stamps of an order: “1-80, 95”, or serials; cleaned to numbers."""

    widget = forms.Textarea

    def __init__(self, order: StampOrder, name: str, **more: Any) -> None:
        self._order, self._name = order, name
        super().__init__(**{"max_length": 200_000, **more})
        self.widget.attrs["rows"] = 2

    def clean(self, value: Any) -> list[Span]:
        text, order = super().clean(value), self._order
        try:
            reader = stamp_keys.reader()
            version = key_of(order).version
            return stamp_lists.read(text, span_of(order), version, reader, field=self._name)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class _OfOrder(forms.Form):
    """A form about some stamps of an order; those the move waits for are proposed."""

    move = ""

    def __init__(self, order: StampOrder, *arguments: Any, **more: Any) -> None:
        self.order = order
        super().__init__(*arguments, **more)
        proposed = self.proposed()
        text = stamp_lists.typed(proposed, span_of(order))
        self.fields["places"] = PlacesField(
            order,
            "places",
            label=_("Tem số"),
            initial=text if len(text) <= _LONGEST else "",
            help_text=_(
                "Số thứ tự trong đơn, ví dụ 1-80, 95; hoặc dán số sê-ri in trên tem, mỗi dòng một "
                "số."
            ),
        )
        self.order_fields(["lot", "kind", "places"])

    def proposed(self) -> list[Span]:
        """The stamps that the step is about unless somebody says others."""
        return waiting_in(pieces_of(self.order), self.move) if self.move else []

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        more = {name: v for name, v in self.cleaned_data.items() if name != "places"}
        return {"spans": self.cleaned_data["places"], **more}


class ConfirmForm(_OfOrder):
    """What came out of the printer, counted."""

    move = "print"

    def __init__(self, order: StampOrder, *arguments: Any, **more: Any) -> None:
        super().__init__(order, *arguments, **more)
        count = size(difference(self.proposed(), gone_of(order)))
        self.fields["good"] = WholeField(
            label=_("Số tem đạt"), min_value=0, initial=count, help_text=_("Đếm sau khi in.")
        )
        for name, label in (("spoiled", _("Tem hỏng")), ("missing", _("Tem thiếu"))):
            self.fields[name] = PlacesField(
                order,
                name,
                label=label,
                required=False,
                help_text=_("Số thứ tự hoặc số sê-ri. Để trống nếu không có."),
            )

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        counted = Counted(given["good"], given["spoiled"], given["missing"])
        return {"spans": given["places"], "counted": counted}


class DeliverForm(_OfOrder):
    """Stamps that are handed over."""

    move = "deliver"
    document = forms.CharField(label=_("Số biên bản giao nhận"), max_length=60, required=False)


class LotField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    """A lot by its number and days."""

    def label_from_instance(self, obj: Any) -> str:
        parts = [obj.number]
        if obj.produced_on:
            parts.append(gettext("sản xuất %s") % write_date(obj.produced_on))
        if obj.expires_on:
            parts.append(gettext("hạn dùng %s") % write_date(obj.expires_on))
        return " · ".join(parts)


class ActivateForm(_OfOrder):
    """Stamps that are put on the goods of a lot."""

    move = "activate"
    lot = LotField(label=_("Lô hàng"), queryset=Lot.objects.none(), empty_label=_("chọn lô"))

    def __init__(self, order: StampOrder, *arguments: Any, **more: Any) -> None:
        super().__init__(order, *arguments, **more)
        found: Any = self.fields["lot"]
        keys = lots_to_activate(order).values_list("pk", flat=True)[:LOTS_SHOWN]
        found.queryset = lots_to_activate(order).filter(pk__in=list(keys))


class _WithReason(_OfOrder):
    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )


class UndoForm(_WithReason):
    """An activation that was a mistake."""

    move = "undo"

    def proposed(self) -> list[Span]:
        return []


class CloseForm(_WithReason):
    """Stamps whose goods are sold."""

    move = "close"


class ExceptForm(_WithReason):
    """What happened to some stamps."""

    def __init__(
        self, order: StampOrder, kinds: Sequence[str], *arguments: Any, **more: Any
    ) -> None:
        super().__init__(order, *arguments, **more)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Điều xảy ra"),
            choices=[(kind, ExceptionKind(kind).label) for kind in kinds],
            widget=forms.RadioSelect,
        )
        self.order_fields(["kind", "places", "reason"])


class AnswerForm(forms.Form):
    """Why an order is refused or withdrawn."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )

    def __init__(self, _order: StampOrder, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)


class ApproveForm(forms.Form):
    """A yes."""

    def __init__(self, _order: StampOrder, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        return {}


class OrderForm(forms.Form):
    """What a producer orders."""

    quantity = WholeField(label=_("Số tem"), min_value=1, max_value=MOST_OF_AN_ORDER)
    wet = forms.BooleanField(
        label=_("Dán lên hàng ướt, lạnh"),
        required=False,
        help_text=_("Mã lớn hơn một chút, vẫn đọc được khi bị xước hoặc ẩm."),
    )
    hidden = forms.BooleanField(
        label=_("Có mã ẩn dưới lớp cào"),
        required=False,
        help_text=_("Người mua cào lấy mã và nhập vào trang của tem. Nhà in phải phủ lớp cào."),
    )
    note = forms.CharField(
        label=_("Ghi chú cho Văn phòng"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, allowed: Allowed, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["quantity"].help_text = gettext("Hạn mức năm nay còn %s tem.") % write_number(
            allowed.left
        )

    def wanted(self) -> Wanted:
        """The order as the service takes it."""
        return Wanted(**self.cleaned_data)


class AllowanceForm(forms.Form):
    """How many stamps a producer may order in a year."""

    year = forms.IntegerField(label=_("Năm"), min_value=2019, max_value=2099)
    quantity = WholeField(label=_("Số tem được đặt trong năm"), min_value=0)


def _millimetres(label: Any) -> NumberField:
    return NumberField(
        label=label, required=False, min_value=0, max_value=400, max_digits=6, decimal_places=2
    )


class PrintForm(_OfOrder):
    """A file of stamps: which ones, as what, and how they look."""

    move = "print"
    kind = forms.ChoiceField(label=_("Loại tệp"), widget=forms.RadioSelect)
    first_words = forms.CharField(label=_("Dòng chữ thứ nhất"), max_length=60, required=False)
    second_words = forms.CharField(label=_("Dòng chữ thứ hai"), max_length=60, required=False)
    module = NumberField(
        label=_("Cạnh một ô của mã (mm)"),
        min_value=0,
        max_digits=4,
        decimal_places=2,
        help_text=_("0,4 mm đọc được trên mọi điện thoại; máy in nhãn 203 dpi nên dùng 0,5 mm."),
    )
    marks = forms.BooleanField(label=_("In dấu cắt"), required=False)
    across = _millimetres(_("Chiều ngang một tem (mm)"))
    down = _millimetres(_("Chiều cao một tem (mm)"))
    left = _millimetres(_("Lề trái của tờ (mm)"))
    top = _millimetres(_("Lề trên của tờ (mm)"))
    columns = WholeField(label=_("Số cột"), required=False, min_value=1, max_value=60)
    rows = WholeField(label=_("Số hàng"), required=False, min_value=1, max_value=80)

    MEASURES = ("across", "down", "left", "top", "columns", "rows")

    def __init__(self, order: StampOrder, *arguments: Any, **more: Any) -> None:
        initial = {
            "kind": PrintKind.A4,
            "first_words": order.item.product.name,
            "second_words": WORDS.get(),
            "module": "0,4",
            "marks": True,
        }
        super().__init__(order, *arguments, initial=initial, **more)
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            (kind, f"{label} – " + gettext("tối đa %s tem") % write_number(MOST[kind]))
            for kind, label in PrintKind.choices
            if kind != PrintKind.HIDDEN or order.hidden
        ]

    def main(self) -> list[forms.BoundField]:
        """What everybody looks at."""
        return [self[n] for n in ("kind", "places", "first_words", "second_words", "module")]

    def measures(self) -> list[forms.BoundField]:
        """What follows from the code unless it is set."""
        return [self[name] for name in ("marks", *self.MEASURES)]

    @property
    def is_measured(self) -> bool:
        """Whether somebody set or mistook a measure: the page then opens them."""
        return any(self[name].errors or self[name].value() for name in self.MEASURES)

    def clean_places(self) -> Span:
        """One run of stamps."""
        found: list[Span] = self.cleaned_data["places"]
        if len(found) != 1:
            raise forms.ValidationError(gettext("Hãy ghi một khoảng liền nhau, ví dụ 1-800."))
        return found[0]

    def wish(self) -> Wish:
        """The file as the service takes it."""
        given = self.cleaned_data
        measures = {
            name: float(given[name]) if given[name] is not None else None
            for name in ("across", "down", "left", "top")
        }
        words = tuple(w for w in (given["first_words"], given["second_words"]) if w)
        layout = Layout(
            module=float(given["module"]),
            columns=given["columns"],
            rows=given["rows"],
            marks=given["marks"],
            words=words,
            **measures,
        )
        return Wish(given["kind"], given["places"], layout)


class ProducerSearchForm(forms.Form):
    """Words of a producer's name, or its code."""

    q = forms.CharField(label=_("Tìm chủ thể"), max_length=200)


class CheckForm(forms.Form):
    """A stamp to look up."""

    serial = forms.CharField(
        label=_("Số sê-ri hoặc địa chỉ của tem"),
        max_length=200,
        help_text=_("20 ký tự in dưới mã, có hay không có dấu cách."),
    )

    def clean_serial(self) -> str:
        """What was typed, if nothing of somebody else stands before it."""
        return refuse_copied(self.cleaned_data["serial"])


def refuse_copied(text: str) -> str:
    """A code that leads to another website, or that names other goods, is none of ours, whatever
    serial it ends with."""
    host = foreign_host(text)
    if host:
        words = gettext(
            "Địa chỉ trên mã (%(host)s) không phải của hệ thống này: nhiều khả năng là tem giả "
            "chép lại số sê-ri thật. Tem thật dẫn tới %(own)s. Hãy chụp ảnh tem và giữ mẫu."
        )
        own = urlsplit(settings.OCOP_STAMP_URL).hostname
        raise forms.ValidationError(words % {"host": host[:80], "own": own})
    if wrong := goods.copied_onto_others(text):
        more = gettext("Đừng coi đây là tem thật. Hãy chụp ảnh tem và giữ mẫu.")
        raise forms.ValidationError(f"{wrong} {more}")
    return text
