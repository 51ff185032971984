"""Forms of the producer's face. They clean what the form can know; the domain takes the values."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.language import gettext
from ocop.criteria.queries import set_of
from ocop.criteria.sets import Criterion, Gate
from ocop.dossiers import completeness, conditions
from ocop.dossiers import forms as asked
from ocop.dossiers.evidence_types import TOPICS, TYPES
from ocop.dossiers.models import Dossier, Evidence, Road
from ocop.dossiers.services.evidence import Particulars
from ocop.recognition.models import Kind
from ocop.web.forms import UploadField
from ocop.web.vietnamese import choice, vietnamese

_Words = dict[tuple[str, int | None], str]


def _marked(part: str, key: str, kind: str, **more: Any) -> dict[str, Any]:
    """What the saving script reads of a control: where its value belongs and of which kind."""
    return {"data-part": part, "data-key": key, "data-kind": kind, **more}


class PartForm(forms.Form):
    """A form about a part of a dossier. It remembers what stood in it when it was shown, so that
    only what this person changed is saved."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *arguments: Any, dossier: Dossier, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.dossier = dossier
        self.initial["revision"] = dossier.revision
        self.places: dict[str, tuple[str, str]] = {}

    def put(self, name: str, part: str, key: str, field: forms.Field) -> None:
        """Add a field that belongs to a part."""
        field.show_hidden_initial = True
        # A page may be left half written; which question the law leaves open, its label says.
        field.required = False
        field.says_optional = False  # type: ignore[attr-defined]
        self.fields[name] = field
        self.places[name] = (part, key)

    def value_of(self, name: str) -> Any:
        """What the domain is given for a field; None when it is empty."""
        return self.cleaned_data[name]

    @property
    def base_revision(self) -> int:
        """The revision that was shown; without one, the first."""
        return self.cleaned_data["revision"] or 0

    def changes(self) -> dict[str, dict[str, Any]]:
        """The changed fields by part."""
        found: dict[str, dict[str, Any]] = {}
        for name in self.changed_data:
            if name in self.places:
                part, key = self.places[name]
                found.setdefault(part, {})[key] = self.value_of(name)
        return found


class AnswersForm(PartForm):
    """One page of the questions of Forms 01 and 02."""

    def __init__(self, *arguments: Any, page: asked.Page, dossier: Dossier, **more: Any) -> None:
        super().__init__(*arguments, dossier=dossier, **more)
        for field in page.fields:
            self.put(field.key, "answers", field.key, _control(field))
            self.initial[field.key] = dossier.answers.get(field.key)


def _control(field: asked.Field) -> forms.Field:
    words = gettext(field.label)
    if not field.required:
        words = _("%s (không bắt buộc)") % words
    help_text = gettext(field.help) if field.help else ""
    if field.type == asked.YES:
        box = forms.CheckboxInput(attrs=_marked("answers", field.key, "yes"))
        return forms.BooleanField(label=words, help_text=help_text, widget=box)
    attrs = _marked("answers", field.key, "text")
    widget: forms.Widget = forms.TextInput(attrs=attrs)
    if field.type == asked.TEXT:
        widget = forms.Textarea(attrs={**attrs, "rows": 6})
    elif field.type == asked.DAY:
        widget = forms.DateInput(attrs={**attrs, "type": "date"})
    elif field.type in (asked.NUMBER, asked.MONEY):
        widget = forms.TextInput(attrs={**attrs, "inputmode": "numeric"})
    return forms.CharField(label=words, help_text=help_text, max_length=field.limit, widget=widget)


class CriterionForm(PartForm):
    """One criterion: the level claimed, its conditions, and the producer's words."""

    def __init__(
        self,
        *arguments: Any,
        criterion: Criterion,
        words: _Words,
        dossier: Dossier,
        last: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, dossier=dossier, **more)
        code = criterion.code
        self.put(
            "level",
            "marks",
            code,
            forms.ChoiceField(
                label=_("Mức tự đánh giá"),
                help_text="" if last is None else _("Lần trước: %d điểm") % last,
                choices=_levels(criterion, words),
                widget=forms.RadioSelect(attrs=_marked("marks", code, "level")),
            ),
        )
        self.initial["level"] = _chosen(criterion, dossier.marks.get(code))
        for gate in {gate.id: gate for gate in criterion.gates if _is_asked(gate)}.values():
            self.put_gate(gate)
        self.put(
            "claim",
            "claims",
            code,
            forms.CharField(
                label=_("Thuyết minh"),
                help_text=_("Nói ngắn gọn vì sao đạt mức này: số liệu, việc đã làm, ở đâu."),
                max_length=asked.TEXT_LIMIT,
                widget=forms.Textarea(attrs=_marked("claims", code, "text", rows=5)),
            ),
        )
        self.initial["claim"] = dossier.claims.get(code, "")

    def put_gate(self, gate: Gate) -> None:
        """Add a condition: yes, no, or not answered."""
        self.put(f"g-{gate.id}", "gates", gate.id, _question(gate))
        answer = self.dossier.gates.get(gate.id)
        self.initial[f"g-{gate.id}"] = "" if answer is None else "yes" if answer else "no"

    def value_of(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name == "level" or name.startswith("m-"):
            return int(value.split(".")[0]) if value else None
        if name.startswith("g-"):
            return {"yes": True, "no": False}.get(value)
        return value


class GatesForm(CriterionForm):
    """The conditions of the whole set."""

    def __init__(self, *arguments: Any, gates: list[Gate], dossier: Dossier, **more: Any) -> None:
        PartForm.__init__(self, *arguments, dossier=dossier, **more)
        for gate in gates:
            self.put_gate(gate)


def _is_asked(gate: Gate) -> bool:
    return gate.type not in ("dependency", "choice") and gate.id != "zero_in_any_sensory"


def _levels(criterion: Criterion, words: _Words, *, plain: bool = False) -> list[Any]:
    """The levels as choices, `points.place`; those of the cases of a choice under their case."""
    choices: list[Any] = []
    if all(option.points for option in criterion.options):
        choices.append(("0", _("0 · không đạt mức nào")))
    cases: dict[str, list[tuple[str, str]]] = {}
    for place, option in enumerate(criterion.options, start=1):
        label = words.get((criterion.code, place), option.label)
        star = _(" (tối thiểu cho %d sao)") % option.min_for_star if option.min_for_star else ""
        told = (f"{option.points} · ", label, star)
        shown = "".join(told) if plain else choice(*told)
        level = (f"{option.points}.{place}", shown)
        cases.setdefault(option.case, []).append(level)
    for case, found in cases.items():
        choices += [(case, found)] if case else found
    return choices


def _chosen(criterion: Criterion, points: int | None) -> str:
    """The first level with these points, as a choice."""
    if points is None:
        return ""
    places = enumerate(criterion.options, start=1)
    return next((f"{points}.{n}" for n, o in places if o.points == points), str(points))


def _question(gate: Gate) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs=_marked("gates", gate.id, "gate") | {"class": "inline"})
    answers = (("yes", _("Có")), ("no", _("Không")))
    known = gate.id in conditions.QUESTIONS
    return forms.ChoiceField(
        label=gettext(conditions.asked(gate)) if known else vietnamese(gate.note),
        help_text=conditions.costs(gate),
        choices=answers,
        widget=widget,
    )


class BeginForm(forms.Form):
    """Which kind of dossier. `possible` are the kinds that can begin now."""

    kind = forms.ChoiceField(label=gettext_lazy("Hồ sơ lần này là"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, possible: list[str], roads: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        choices = [(kind.value, kind.label) for kind in Kind if kind.value in possible]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["kind"] = choices[0][0]
        if roads:
            self.fields["road"] = forms.ChoiceField(
                label=_("Hiệu lực chưa rõ: hồ sơ quay lại"),
                choices=Road.choices,
                widget=forms.RadioSelect,
            )


class EvidenceForm(forms.Form):
    """What a document is, and its file."""

    type = forms.ChoiceField(
        label=gettext_lazy("Loại minh chứng"), choices=[("", gettext_lazy("Chọn loại")), *TYPES]
    )
    title = forms.CharField(label=gettext_lazy("Tên minh chứng"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=80, required=False)
    issuer = forms.CharField(label=gettext_lazy("Nơi cấp"), max_length=200, required=False)
    issued_on = forms.DateField(
        label=gettext_lazy("Ngày cấp"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Có hiệu lực đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu không có thời hạn."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *arguments: Any, file: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if file:
            limit = settings.OCOP_MAX_UPLOAD
            self.fields["file"] = UploadField(
                label=_("Tệp"),
                help_text=_("PDF, ảnh JPEG, PNG, WebP, tệp Word, Excel; tối đa %d MB.")
                % (limit // 1_000_000),
                widget=forms.FileInput(
                    attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.csv"}
                ),
            )
            self.order_fields(["file"])

    def particulars(self) -> Particulars:
        """The cleaned facts."""
        told = self.cleaned_data
        return Particulars(
            told["type"],
            told["title"],
            told["number"],
            told["issuer"],
            told["issued_on"],
            told["valid_until"],
        )


class AttachForm(forms.Form):
    """Which document out of the library proves a criterion, and where in it."""

    evidence = forms.ChoiceField(label=gettext_lazy("Chọn trong kho"))
    note = forms.CharField(
        label=gettext_lazy("Trang, đoạn cần xem"), max_length=300, required=False
    )

    def __init__(self, *arguments: Any, rows: list[Evidence], topic: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        fitting = [row for row in rows if topic in TOPICS.get(row.type, ())]
        others = [row for row in rows if row not in fitting]
        groups = [(_("Hợp với tiêu chí này"), fitting), (_("Khác"), others)]
        choices: list[Any] = [("", _("Chọn minh chứng"))]
        choices += [(words, [(r.code, r.title) for r in found]) for words, found in groups if found]
        self.fields["evidence"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class SupplementForm(forms.Form):
    """The answer to a request for more."""

    answer = forms.CharField(
        label=gettext_lazy("Trả lời"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=asked.TEXT_LIMIT,
    )


class ChangeForm(CriterionForm):
    """Everything in a filed dossier that may be changed, and why. `wanted` is the part to open."""

    def __init__(
        self, *arguments: Any, dossier: Dossier, words: _Words, wanted: str = "", **more: Any
    ) -> None:
        PartForm.__init__(self, *arguments, dossier=dossier, **more)
        self.wanted = wanted
        criteria_set = set_of(dossier.version)
        self.groups: list[tuple[str, str, list[str]]] = []
        for page in asked.pages_for(dossier.kind, dossier.version.sector):
            for field in page.fields:
                self.put(field.key, "answers", field.key, _control(field))
                self.initial[field.key] = dossier.answers.get(field.key)
            self.groups.append((page.key, gettext(page.title), [f.key for f in page.fields]))
        for section in criteria_set.sections:
            names = []
            for criterion in criteria_set.criteria:
                if criterion.section == section.code:
                    names += self._put_criterion(criterion, words)
            title = format_html("{}. {}", section.code, vietnamese(section.name))
            self.groups.append((section.code, title, names))
        gates = {gate.id: gate for gate in criteria_set.gates}.values()
        for gate in gates:
            self.put_gate(gate)
        self.groups.append(
            (completeness.GATES_PAGE, _("Điều kiện"), [f"g-{gate.id}" for gate in gates])
        )
        self.fields["reason"] = ReasonForm.base_fields["reason"]
        self.fields["base"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def _put_criterion(self, criterion: Criterion, words: _Words) -> list[str]:
        code = criterion.code
        level = forms.ChoiceField(
            label=format_html("{} {}", code, vietnamese(words.get((code, None), criterion.name))),
            choices=[("", _("chưa chọn")), *_levels(criterion, words, plain=True)],
        )
        claim = forms.CharField(
            label=_("Thuyết minh %s") % code,
            max_length=asked.TEXT_LIMIT,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.put(f"m-{code}", "marks", code, level)
        self.initial[f"m-{code}"] = _chosen(criterion, self.dossier.marks.get(code))
        self.put(f"c-{code}", "claims", code, claim)
        self.initial[f"c-{code}"] = self.dossier.claims.get(code, "")
        return [f"m-{code}", f"c-{code}"]

    def bound_groups(self) -> list[tuple[str, str, list[Any], bool]]:
        """The parts with their fields, and whether one stands open: the one that was asked for,
        and those with a change or an error in them."""
        changed = set(self.changed_data) if self.is_bound else set()
        return [
            (
                key,
                title,
                [self[name] for name in names],
                key == self.wanted
                or bool(changed & set(names))
                or any(self[name].errors for name in names),
            )
            for key, title, names in self.groups
        ]


class StatementForm(forms.Form):
    """The producer's word in a revocation case."""

    text = forms.CharField(
        label=gettext_lazy("Ý kiến giải trình"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        help_text=gettext_lazy(
            "Văn phòng đọc trước khi nghe chủ thể và đề nghị. Gửi rồi thì không sửa được, "
            "nhưng gửi thêm được."
        ),
    )
