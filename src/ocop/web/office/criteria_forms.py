"""Forms about criteria: sign-off, wording, a corrected set, the score sheet."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.criteria.sets import CriteriaSet, Criterion, Gate
from ocop.web.forms import UploadField
from ocop.web.vietnamese import choice, vietnamese


class SignOffForm(forms.Form):
    """With which text a set was compared."""

    note = forms.CharField(
        label=_("Đã đối chiếu với văn bản nào"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Ví dụ: bản PDF có chữ ký số, công báo số, ngày."),
    )


class WordingForm(forms.Form):
    """The filled template of official wording."""

    file = UploadField(label=_("Tệp đã điền (XLSX hoặc CSV)"))


class DraftForm(forms.Form):
    """The corrected file of a set."""

    file = UploadField(label=_("Tệp bộ tiêu chí (YAML)"))


def _levels(criterion: Criterion) -> list[Any]:
    choices: list[tuple[str, str]] = []
    if all(option.points for option in criterion.options):
        choices.append(("0", gettext("0 · không đạt mức nào")))
    for place, option in enumerate(criterion.options, start=1):
        star = (
            gettext(" (tối thiểu cho %d sao)") % option.min_for_star if option.min_for_star else ""
        )
        shown = choice(f"{option.points} · ", option.label, star)
        choices.append((f"{option.points}.{place}", shown))
    return choices


def _question(gate: Gate) -> forms.ChoiceField:
    answers = (("", gettext("chưa trả lời")), ("yes", gettext("Có")), ("no", gettext("Không")))
    field = forms.ChoiceField(
        label=vietnamese(gate.note), choices=answers, required=False, widget=forms.RadioSelect
    )
    field.widget.attrs["class"] = "inline"
    return field


class SheetForm(forms.Form):
    """A score sheet of one set: a level per criterion, an answer per gate."""

    def __init__(self, criteria_set: CriteriaSet, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.criteria_set = criteria_set
        for criterion in criteria_set.criteria:
            self.fields[f"m{criterion.code}"] = forms.ChoiceField(
                label=format_html("{} {}", criterion.code, vietnamese(criterion.name)),
                choices=_levels(criterion),
                required=False,
                widget=forms.RadioSelect,
                help_text=vietnamese(criterion.hint),
            )
        for gate in {gate.id: gate for gate in criteria_set.gates}.values():
            self.fields[f"g{gate.id}"] = _question(gate)

    @property
    def marks(self) -> dict[str, int]:
        """The points given, by criterion."""
        return {
            name[1:]: int(value.split(".")[0])
            for name, value in self.cleaned_data.items()
            if name.startswith("m") and value
        }

    @property
    def answers(self) -> dict[str, bool]:
        """The answers to gates that were given."""
        return {
            name[1:]: value == "yes"
            for name, value in self.cleaned_data.items()
            if name.startswith("g") and value
        }

    def sections(self) -> list[tuple[str, str, int, list[Any]]]:
        """The fields of the criteria by section: code, name, maximum, bound fields."""
        return [
            (
                section.code,
                section.name,
                section.max,
                [
                    self[f"m{c.code}"]
                    for c in self.criteria_set.criteria
                    if c.section == section.code
                ],
            )
            for section in self.criteria_set.sections
        ]

    def questions(self) -> list[Any]:
        """The fields of the gates."""
        return [self[name] for name in self.fields if name.startswith("g")]
