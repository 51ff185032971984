"""Forms about one case: the council's answers to conditions, agreed levels, what was said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.core.checking import LONGEST_REASON
from ocop.councils.outcome import given_most
from ocop.councils.services.concluding import LONGEST_DISCUSSION
from ocop.criteria.sets import CriteriaSet, Criterion
from ocop.web.vietnamese import vietnamese

Words = Mapping[tuple[str, int | None], str]


class DiscussionForm(forms.Form):
    """What the council said, for the minutes."""

    text = forms.CharField(
        label=gettext_lazy("Ý kiến thảo luận, ghi vào biên bản"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_DISCUSSION,
        required=False,
    )


class NoGapsForm(forms.Form):
    """That a first pass has nothing to note, said and not left open."""

    no_gaps = forms.BooleanField(
        label=gettext_lazy("Hội đồng không nêu nội dung nào cần hoàn thiện"),
        required=False,
        help_text=gettext_lazy("Nếu có, hãy ghi ở bước “Ghi thảo luận” rồi mới kết luận."),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What members answered: by condition how many yes and no, of so many sheets; and the reasons
    for which the council answered otherwise."""

    counts: Mapping[str, tuple[int, int]]
    sheets: int
    reasons: Mapping[str, str]

    def of(self, gate: str) -> str:
        """The same in words; empty where nobody answered."""
        yes, no = self.counts.get(gate, (0, 0))
        if not yes and not no:
            return ""
        told = {"yes": yes, "no": no, "none": self.sheets - yes - no}
        words = _("Các thành viên trả lời: có %(yes)d, không %(no)d, bỏ trống %(none)d.") % told
        why = self.reasons.get(gate)
        return " ".join((words, _("Lý do đã ghi: %s") % why)) if why else words


class GatesForm(forms.Form):
    """An explicit answer of the council to every condition of the set, beside what members
    answered. `said`: None until their sheets may be told."""

    def __init__(
        self,
        criteria_set: CriteriaSet,
        answers: Mapping[str, bool],
        said: Said | None,
        *arguments: Any,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        choices = (("yes", _("Có")), ("no", _("Không")), ("", _("Chưa trả lời")))
        for gate in {gate.id: gate for gate in criteria_set.gates}.values():
            field = forms.ChoiceField(
                label=format_html("{} {}", gate.criterion, vietnamese(gate.note)),
                choices=choices if gate.id in answers else choices[:2],
                widget=forms.RadioSelect,
                required=False,
                help_text=said.of(gate.id) if said else "",
                initial={True: "yes", False: "no"}.get(answers.get(gate.id)),  # type: ignore[arg-type]
            )
            field.widget.attrs["class"] = "inline"
            self.fields[f"g{gate.id}"] = field
        if said and said.counts:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do của hội đồng"),
                help_text=_(
                    "Cần khi trả lời khác đa số thành viên, hoặc khi có thành viên nêu điều kiện "
                    "loại, dừng mà hội đồng bỏ qua. Lý do ghi vào biên bản."
                ),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=LONGEST_REASON,
                required=False,
            )

    @property
    def answers(self) -> dict[str, bool | None]:
        """The conditions that were answered, and None for those whose answer was taken back."""
        return {
            name[1:]: value == "yes" if value else None
            for name, value in self.cleaned_data.items()
            if name != "reason" and (value or name in self.data)
        }

    @property
    def reason(self) -> str:
        """Why the council answers otherwise than its members."""
        return str(self.cleaned_data.get("reason", ""))


@dataclass(frozen=True, slots=True)
class Level:
    """One criterion to agree on: its field, and what members gave in words."""

    field: BoundField
    reason: BoundField | None  # None: all gave the same
    given: str


class AgreeForm(forms.Form):
    """A level for each criterion on which members differ, within what they gave; the rest may be
    agreed, too. Another level than most gave asks for the reason."""

    def __init__(
        self,
        criteria: Sequence[Criterion],
        words: Words,
        agreed: Mapping[str, int],
        marks: Iterable[Mapping[str, int]],
        *arguments: Any,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self.criteria, self.agreed = criteria, agreed
        self.marks = list(marks)
        for criterion in criteria:
            name = words.get((criterion.code, None), criterion.name)
            given = [each.get(criterion.code, 0) for each in self.marks]
            low, high = min(given), max(given)
            self.fields[f"m{criterion.code}"] = forms.TypedChoiceField(
                label=format_html("{} {}", criterion.code, vietnamese(name)),
                choices=[
                    (points, said)
                    for points, said in levels(criterion, words)
                    if low <= points <= high
                ],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=agreed.get(criterion.code),
            )
            if low < high:
                self.fields[f"r{criterion.code}"] = forms.CharField(
                    label=_("Lý do ở tiêu chí %s (khi khác mức nhiều thành viên chấm nhất)")
                    % criterion.code,
                    max_length=LONGEST_REASON,
                    required=False,
                )

    @property
    def changes(self) -> dict[str, int]:
        """Levels that are new or other than before."""
        told = {
            name[1:]: points for name, points in self.cleaned_data.items() if name.startswith("m")
        }
        return {
            code: points
            for code, points in told.items()
            if points is not None and self.agreed.get(code) != points
        }

    def reason_of(self, code: str) -> str:
        """Why the council agreed on this level."""
        return str(self.cleaned_data.get(f"r{code}", ""))

    def clean(self) -> dict[str, Any]:
        """A level at all, and a reason for each that not most members gave, asked for at its
        criterion."""
        if not self.changes and not self.errors:
            raise forms.ValidationError(
                _("Chưa chọn mức nào khác trước nên chưa ghi gì. Hãy chọn mức rồi ghi.")
            )
        for code, points in self.changes.items():
            most = given_most(each.get(code, 0) for each in self.marks)
            if points not in most and not self.reason_of(code):
                words = _("Nhiều thành viên chấm mức khác (%s điểm). Hãy ghi lý do của hội đồng.")
                self.add_error(f"r{code}", words % ", ".join(map(str, sorted(most))))
        return self.cleaned_data

    def rows(self, differing: Iterable[str]) -> tuple[list[Level], list[Level]]:
        """The criteria on which members differ, and the others."""
        first = set(differing)
        rows = [(criterion.code in first, self._level(criterion)) for criterion in self.criteria]
        return [row for is_first, row in rows if is_first], [r for is_f, r in rows if not is_f]

    def _level(self, criterion: Criterion) -> Level:
        given = Counter(marks.get(criterion.code, 0) for marks in self.marks)
        words = [
            ngettext("%(points)d điểm: %(count)d người", "%(points)d điểm: %(count)d người", count)
            % {"points": points, "count": count}
            for points, count in sorted(given.items(), reverse=True)
        ]
        reason = f"r{criterion.code}"
        return Level(
            self[f"m{criterion.code}"],
            self[reason] if reason in self.fields else None,
            "; ".join(words),
        )


def levels(criterion: Criterion, words: Words) -> list[tuple[int, str]]:
    """The points that may be given with their words, the highest first."""
    found: dict[int, list[str]] = {points: [] for points in criterion.levels}
    for place, option in enumerate(criterion.options, start=1):
        label = vietnamese(words.get((criterion.code, place), option.label))
        star = ""
        if option.min_for_star:
            star = " " + _("(tối thiểu cho %d sao)") % option.min_for_star
        found[option.points].append(format_html("{}{}", label, star))
    return [
        (
            points,
            format_html(
                "<span>{} · {}</span>",
                points,
                format_html_join(" / ", "{}", ((each,) for each in labels))
                or _("không đạt mức nào"),
            ),
        )
        for points, labels in sorted(found.items(), reverse=True)
    ]
