"""Forms of the diary: each asks what its step needs and nothing more, short enough for a phone."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_date
from ocop.traceability import chronicle, diary, naming
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
_WEIGHTS = {"kg": "KGM", "g": "GRM", "gam": "GRM", "tấn": "TNE", "lít": "LTR", "l": "LTR",
            "ml": "MLT"}  # fmt: skip
_PIECES = "C62"  # what UN/CEFACT calls one of them; events leave it out
MOST_USED = 12  # of each kind, the newest


def measure_of(lot: Lot) -> str:
    """The unit in which a lot is counted, as events write it; pieces where it is none of ours."""
    return _WEIGHTS.get(lot.measure.strip().lower(), "")


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
        help_text=gettext_lazy("Chép hoặc quét mã lô của người bán để nối nguồn gốc hai bên."),
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

    def __init__(
        self,
        step: Step,
        sites: Sequence[Site],
        lots: Sequence[Lot],
        materials: Sequence[Material],
        *arguments: Any,
        now: datetime,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self.step, self.sites, self.lots = step, sites, lots
        self.used: dict[str, Lot | Material] = {}
        kept = {"done_at", "site", *_FIELDS[step], "note"}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.order_fields(["done_at", "site", *_FIELDS[step], "note"])
        self.fields["done_at"].initial = timezone.localtime(now).replace(second=0, microsecond=0)
        self._choose("site", [(site.code, site.name) for site in sites])
        self._fit(step)
        if step is Step.PROCESS:
            self._ask_used(materials, lots)

    def _fit(self, step: Step) -> None:
        """The choices of this step, and what its fields are called."""
        if "lot" in self.fields:
            named = [(lot.code, f"{lot.item}, {_('lô')} {lot.number}") for lot in self.lots]
            self._choose("lot", named)
        units = [(key or _PIECES, _(words)) for key, words in diary.MEASURES.items()]
        self._choose("measure", units)
        first = measure_of(self.lots[0]) if self.lots and "lot" in self.fields else "KGM"
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

    def _ask_used(self, materials: Sequence[Material], lots: Sequence[Lot]) -> None:
        """A quantity for each material and lot that may have gone in; empty: it did not."""
        for row in materials[:MOST_USED]:
            supplier = f", {row.supplier}" if row.supplier else ""
            had = chronicle.amount(row.quantity, row.measure)
            label = f"{row.name}{supplier}, {write_date(row.taken_on)} ({had})"
            self._use(f"m_{row.code}", row, label, row.measure)
        for lot in lots[:MOST_USED]:
            self._use(f"l_{lot.code}", lot, f"{lot.item}, {_('lô')} {lot.number}", measure_of(lot))

    def _use(self, name: str, row: Lot | Material, label: str, measure: str) -> None:
        unit = diary.measure_words(measure) or (row.measure if isinstance(row, Lot) else "")
        self.used[name] = row
        self.fields[name] = NumberField(
            label=f"{label}: {unit}" if unit else label,
            required=False,
            max_digits=12,
            decimal_places=3,
        )

    @property
    def told(self) -> list[Any]:
        """The fields of the step itself."""
        return [self[name] for name in self.fields if name not in self.used]

    @property
    def asked(self) -> list[Any]:
        """The fields of what went in."""
        return [self[name] for name in self.used]

    def clean_source(self) -> Lot | None:
        """The lot of somebody else that a code names."""
        text = self.cleaned_data["source"].strip()
        if not text:
            return None
        found = naming.lot_of_text(text)
        if found is None:
            raise forms.ValidationError(
                _("Không thấy lô nào có mã này. Hãy chép lại, hoặc để trống.")
            )
        return found

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
        names = ("name", "number", "source", "partner", "gln", "document", "sscc", "packages")
        return Entry(
            step=self.step,
            done_at=told["done_at"],
            site=next(site for site in self.sites if site.code == told["site"]),
            lot=lots.get(told.get("lot", "")),
            quantity=told["quantity"],
            measure=told["measure"].replace(_PIECES, ""),
            used=[self._used(row, told[name]) for name, row in self.used.items() if told[name]],
            note=told["note"],
            **{name: told[name] for name in names if name in told},
        )

    def _used(self, row: Lot | Material, quantity: Decimal) -> Used:
        if isinstance(row, Lot):
            return Used(lot=row, quantity=quantity, measure=measure_of(row))
        return Used(material=row, quantity=quantity, measure=row.measure)


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
