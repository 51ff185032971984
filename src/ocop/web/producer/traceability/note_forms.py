"""Forms of the diary: each asks what its step needs and nothing more, short enough for a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.traceability import balance, copied_codes, diary
from ocop.traceability.balance import Left
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry, Used
from ocop.traceability.models import Lot, Material, Site
from ocop.web.council.sitting_forms import MomentInput
from ocop.web.forms import NumberField, WholeField

_DIGITS = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
#: What each step asks beside when and where.
_FIELDS: dict[Step, tuple[str, ...]] = {
    Step.HARVEST: ("lot", "name", "quantity", "measure"),
    Step.RECEIVE: ("name", "partner", "quantity", "measure", "number", "source", "gln"),
    Step.PROCESS: ("lot", "quantity", "measure"),
    Step.PACK: ("lot", "quantity", "measure", "packages", "sscc"),
    Step.SHIP: ("lot", "quantity", "measure", "partner", "document", "gln"),
    Step.DESTROY: ("lot", "quantity", "measure"),
}
_PIECES = "C62"  # what UN/CEFACT calls one of them; events leave it out
OPEN_USED = 12  # of each kind, the newest of which something is left; the others fold away


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may have gone in, and how much of it is left where that is known."""

    row: Lot | Material
    left: Left | None = None

    @property
    def is_used_up(self) -> bool:
        return self.left is not None and self.left.is_used_up


class NoteForm(forms.Form):
    """A step of the diary."""

    done_at = forms.DateTimeField(label=gettext_lazy("Làm lúc"), widget=MomentInput)
    site = forms.ChoiceField(label=gettext_lazy("Địa điểm"))
    lot = forms.ChoiceField(label=gettext_lazy("Lô"))
    name = forms.CharField(
        label=gettext_lazy("Tên nguyên liệu"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ: Chè tươi."),
    )
    partner = forms.CharField(label=gettext_lazy("Nhận của ai"), max_length=160)
    quantity = NumberField(label=gettext_lazy("Số lượng"), max_digits=12, decimal_places=3)
    measure = forms.ChoiceField(label=gettext_lazy("Đơn vị"))
    number = forms.CharField(
        label=gettext_lazy("Số lô của người bán"), max_length=40, required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Mã truy xuất trên bao bì"),
        max_length=400,
        required=False,
        help_text=gettext_lazy(
            "Chép mã trên bao bì: mã lô, mã trên tem, địa chỉ hay dòng (01)…(10)… Mã của hệ thống "
            "khác cũng được giữ lại."
        ),
    )
    document = forms.CharField(label=gettext_lazy("Số phiếu xuất"), max_length=60, required=False)
    gln = forms.CharField(
        label=gettext_lazy("Mã GLN của bên kia"),
        max_length=13,
        required=False,
        widget=_DIGITS,
    )
    packages = WholeField(label=gettext_lazy("Số kiện"), initial=1, min_value=1)
    sscc = forms.CharField(
        label=gettext_lazy("Mã SSCC của kiện"),
        max_length=18,
        required=False,
        widget=_DIGITS,
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Đã xem lại, số liệu đúng như vậy"), required=False
    )

    def __init__(
        self,
        step: Step,
        sites: Sequence[Site],
        lots: Sequence[Lot],
        offers: Sequence[Offer],
        *arguments: Any,
        now: datetime,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self.step, self.sites, self.lots = step, sites, lots
        self.used: dict[str, Lot | Material] = {}
        self._folded: set[str] = set()
        kept = {"done_at", "site", *_FIELDS[step], "note", "sure"}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.order_fields(["done_at", "site", *_FIELDS[step], "note"])
        self.fields["done_at"].initial = timezone.localtime(now).replace(second=0, microsecond=0)
        self._choose("site", [(site.code, site.name) for site in sites])
        self._fit(step)
        if step is Step.PROCESS:
            self._ask_used(offers)

    def _fit(self, step: Step) -> None:
        """The choices of this step, and what its fields are called."""
        if "lot" in self.fields:
            named = [(lot.code, _of_lot(lot)) for lot in self.lots]
            self._choose("lot", named)
        units = [(key or _PIECES, _(words)) for key, words in diary.MEASURES.items()]
        self._choose("measure", units)
        first = balance.measure_of(self.lots[0]) if self.lots and "lot" in self.fields else "KGM"
        self.fields["measure"].initial = first or _PIECES
        if step is Step.HARVEST:
            self.fields["lot"].required = self.fields["name"].required = False
            self.fields["lot"].label = _("Lô bán ngay")
            self.fields["name"].label = _("hoặc tên nguyên liệu để chế biến tiếp")
        if step is Step.PROCESS:
            self.fields["lot"].label = _("Lô làm ra")
            self.fields["quantity"].label = _("Số lượng làm ra")
        if step is Step.SHIP:
            self.fields["partner"].label = _("Xuất cho ai")
            self.fields["partner"].help_text = _("Chỉ bạn và cơ quan quản lý thấy tên này.")
        if step is Step.DESTROY:
            self.fields["note"].label = _("Lý do và cách tiêu hủy")
            self.fields["note"].required = True

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if name == "lot" and len(choices) != 1:
            choices = [("", _("chưa chọn")), *choices]
        field.choices = choices  # type: ignore[attr-defined]

    def _ask_used(self, offers: Sequence[Offer]) -> None:
        """A quantity for each material and lot that may have gone in; empty: it did not."""
        opened = {Lot: 0, Material: 0}
        for offer in offers:
            name = self._use(offer)
            kind = type(offer.row)
            opened[kind] += not offer.is_used_up
            if offer.is_used_up or opened[kind] > OPEN_USED:
                self._folded.add(name)

    def _use(self, offer: Offer) -> str:
        row = offer.row
        if isinstance(row, Lot):
            name, label = f"l_{row.code}", _of_lot(row)
            measure, counted = balance.measure_of(row), row.measure
        else:
            supplier = f", {row.supplier}" if row.supplier else ""
            name, label = f"m_{row.code}", f"{row.name}{supplier}, {write_date(row.taken_on)}"
            measure, counted = row.measure, ""
        unit = diary.measure_words(measure) or counted
        if offer.left is not None:
            unit = _("còn %s") % offer.left.left.words(counted)
        self.used[name] = row
        self.fields[name] = NumberField(
            label=f"{label}: {unit}" if unit else label,
            required=False,
            max_digits=12,
            decimal_places=3,
        )
        return name

    @property
    def told(self) -> list[Any]:
        """The fields of the step itself; whether one is sure is asked only where it matters."""
        asked = self.is_bound and (self["sure"].value() or "sure" in self.errors)
        names = [name for name in self.fields if name not in self.used]
        return [self[name] for name in names if name != "sure" or asked]

    @property
    def asked(self) -> list[Any]:
        """The fields of what went in."""
        return [self[name] for name in self.used if not self._is_folded(name)]

    @property
    def folded(self) -> list[Any]:
        """Those of older things and of what is used up, as far as was noted."""
        return [self[name] for name in self.used if self._is_folded(name)]

    def _is_folded(self, name: str) -> bool:
        filled = self.is_bound and (self[name].value() or name in self.errors)
        return name in self._folded and not filled

    def clean_source(self) -> copied_codes.Copied:
        """What the code on a pack names."""
        try:
            return copied_codes.read(self.cleaned_data["source"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        """Nothing went in at all: say so above the list."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.used and not any(cleaned.get(name) for name in self.used):
            self.add_error(None, _("Hãy ghi số lượng của ít nhất một nguyên liệu hoặc lô đã dùng."))
        return cleaned

    def entry(self) -> Entry:
        """The cleaned step."""
        told = dict(self.cleaned_data)
        lots = {lot.code: lot for lot in self.lots}
        names = ("name", "number", "partner", "gln", "document", "sscc", "packages", "sure")
        source = told.get("source", copied_codes.Copied())
        return Entry(
            step=self.step,
            done_at=told["done_at"],
            site=next(site for site in self.sites if site.code == told["site"]),
            lot=lots.get(told.get("lot", "")),
            quantity=told["quantity"],
            measure=told["measure"].replace(_PIECES, ""),
            used=[self._used(row, told[name]) for name, row in self.used.items() if told[name]],
            note=told["note"],
            source=source.lot,
            source_code=source.code,
            **{name: told[name] for name in names if name in told},
        )

    def _used(self, row: Lot | Material, quantity: Decimal) -> Used:
        if isinstance(row, Lot):
            return Used(lot=row, quantity=quantity, measure=balance.measure_of(row))
        return Used(material=row, quantity=quantity, measure=row.measure)


def _of_lot(lot: Lot) -> str:
    return " ".join((f"{lot.item},", _("lô"), lot.number))


class WrongForm(forms.Form):
    """What is wrong with an entry."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Sai thế nào"),
        choices=[
            ("incorrect", gettext_lazy("Có làm, nhưng ghi sai số liệu")),
            ("never", gettext_lazy("Không có việc này")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
