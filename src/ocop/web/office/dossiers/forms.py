"""Forms about dossiers: Form 03, assignment, findings, decision."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core.checking import LONGEST_REASON
from ocop.core.language import gettext
from ocop.criteria.scoring import band_of
from ocop.criteria.sets import Criterion
from ocop.dossiers import checklist
from ocop.dossiers.models import Round, Verdict
from ocop.dossiers.services.commune import Report
from ocop.filters.inputs import DayInput
from ocop.products.models import Sector
from ocop.recognition.authority import WORDS, Level
from ocop.web.forms import (
    NumberField,
    UploadField,
    WholeField,
    file_confirmed_field,
    file_public_field,
    law_field,
    publish_field,
)
from ocop.web.office.authorities import AuthorityField
from ocop.web.vietnamese import choice


def text_field(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), **{"max_length": 6000, **more}
    )


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class ReportForm(forms.Form):
    """Form 03 with the checklist. Everything may stay empty: it is kept half done, too."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, sector: str, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        yes_no = (("yes", _now("Đúng")), ("no", _now("Chưa đúng")))
        for topic in checklist.TOPICS:
            holds = forms.ChoiceField(
                label=gettext(topic.question),
                choices=yes_no,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            )
            self.fields[f"{topic.key}_holds"] = holds
            self.fields[topic.key] = text_field(_now("Nhận xét của cấp xã"), 3, required=False)
        for key, words in checklist.items_for(sector).items():
            self.fields[f"item_{key}"] = forms.BooleanField(label=words, required=False)
        self.fields["conclusion"] = text_field(_now("Kết luận, kiến nghị"), 3, required=False)
        self.fields["number"] = forms.CharField(
            label=_now("Số văn bản"), max_length=60, required=False
        )
        self.fields["signer"] = forms.CharField(
            label=_now("Người ký"),
            help_text=_now("Họ tên Chủ tịch. Ký thay thì ghi “Phó Chủ tịch” trước họ tên."),
            max_length=120,
            required=False,
        )
        self.fields["signed_on"] = day_field(_now("Ngày ký"), required=False)

    @staticmethod
    def initial_of(report: Any) -> dict[str, Any]:
        """A report as the first values of the form."""
        if report is None:
            return {"revision": 0}
        values: dict[str, Any] = {
            name: getattr(report, name)
            for name in ("revision", "conclusion", "number", "signer", "signed_on")
        }
        for key, told in report.topics.items():
            holds = told.get("holds")
            values[f"{key}_holds"] = "" if holds is None else "yes" if holds else "no"
            values[key] = told.get("text", "")
        return values | {f"item_{key}": done for key, done in report.checklist.items()}

    def report(self) -> Report:
        """What the service takes."""
        told = self.cleaned_data
        answers = {"yes": True, "no": False}
        return Report(
            topics={
                key: {"holds": answers.get(told[f"{key}_holds"]), "text": told[key]}
                for key in checklist.KEYS
            },
            checklist={
                name.removeprefix("item_"): value
                for name, value in told.items()
                if name.startswith("item_")
            },
            conclusion=told["conclusion"],
            number=told["number"],
            signer=told["signer"],
            signed_on=told["signed_on"],
        )

    def topics(self) -> list[tuple[checklist.Topic, Any, Any]]:
        """Each topic with its two fields."""
        return [(t, self[f"{t.key}_holds"], self[t.key]) for t in checklist.TOPICS]

    def items(self) -> list[Any]:
        """The fields of the checklist."""
        return [self[name] for name in self.fields if name.startswith("item_")]

    def ending(self) -> list[Any]:
        """The fields that close the report."""
        return [self[name] for name in ("conclusion", "number", "signer", "signed_on")]


class ReasonsForm(forms.Form):
    """Why a dossier is given back."""

    reasons = text_field(_("Lý do, cần sửa những gì"), 5)


class SupplementForm(forms.Form):
    """What the producer is asked for."""

    wanted = text_field(_("Cần bổ sung những gì"), 5)
    criteria = forms.MultipleChoiceField(
        label=_("Về các tiêu chí"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn nếu là chuyện chung của hồ sơ."),
    )
    days = WholeField(
        label=_("Trong bao nhiêu ngày làm việc"), min_value=1, max_value=60, initial=5
    )

    def __init__(self, criteria: tuple[Criterion, ...], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["criteria"]
        field.choices = [(c.code, choice(f"{c.code} ", c.name)) for c in criteria]


class ReceiveForm(forms.Form):
    """Into which round a dossier is received."""

    round = forms.ModelChoiceField(
        label=_("Đợt đánh giá"),
        queryset=Round.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("không thuộc đợt nào"),
    )

    def __init__(self, rounds: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["round"]
        field.queryset = rounds


class AssignForm(forms.Form):
    """Who examines a dossier, and who leads."""

    advisers = forms.MultipleChoiceField(
        label=_("Thành viên xem xét"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Người đúng chuyên môn đứng trước, rồi đến người ít hồ sơ hơn."),
    )
    lead = forms.ChoiceField(
        label=_("Người chủ trì"),
        required=False,
        help_text=_("Chọn một trong những người được đánh dấu ở trên; nếu chỉ một thì người đó."),
    )

    def __init__(self, choices: list[tuple[str, str]], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        fields: Any = self.fields
        fields["advisers"].choices = choices
        fields["lead"].choices = [("", _now("chưa chọn")), *choices]

    def clean(self) -> dict[str, Any]:
        """Who is given it alone leads; of several somebody says which."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        advisers = told.get("advisers", [])
        if advisers and told.get("lead") == "":
            if len(advisers) == 1:
                told["lead"] = advisers[0]
            else:
                self.add_error("lead", _now("Hãy chọn người chủ trì."))
        return told


class SpecialityForm(forms.Form):
    """In which sectors an adviser examines."""

    sectors = forms.MultipleChoiceField(
        label=_("Chuyên môn theo ngành"),
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FindingForm(forms.Form):
    """What an adviser finds of one criterion."""

    verdict = forms.ChoiceField(
        label=_("Nhận định"),
        choices=Verdict.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    points = forms.TypedChoiceField(
        label=_("Mức có căn cứ"), coerce=int, empty_value=None, required=False
    )
    note = text_field(_("Ghi chú"), 3, required=False)

    def __init__(self, criterion: Criterion, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        labels = {0: _now("0 · không đạt mức nào")}
        labels |= {o.points: f"{o.points} · {o.label}" for o in reversed(criterion.options)}
        field: Any = self.fields["points"]
        field.choices = [("", _now("chưa nói"))] + [(p, labels[p]) for p in criterion.levels]


_READY = (("yes", _("Đủ điều kiện trình hội đồng")), ("no", _("Chưa đủ điều kiện")))


class ProposalForm(forms.Form):
    """The advisory team's word to the chair. What stands against "ready" stands beside it."""

    def __init__(self, against: str, gaps: Sequence[str], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["unexamined"].help_text = " ".join(gaps)
        if not gaps:
            del self.fields["unexamined"]
        if against:
            field = cast(forms.TypedChoiceField, self.fields["ready"])
            field.choices = [choice for choice in _READY if choice[0] == "no"]
            field.help_text = against

    ready = forms.TypedChoiceField(
        label=_("Đề nghị"),
        choices=_READY,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    star = forms.TypedChoiceField(
        label=_("Hạng sao có căn cứ"),
        choices=(("", _("chưa nói")), *[(n, str(n)) for n in range(5, 0, -1)]),
        coerce=int,
        empty_value=None,
        required=False,
    )
    text = text_field(_("Nhận xét và đề nghị"), 6)
    unexamined = text_field(_("Chưa xem xét, chưa đạt và vì sao vẫn đủ điều kiện"), required=False)
    complex = forms.BooleanField(
        label=_("Vụ việc phức tạp: hội đồng nên họp, không chỉ lấy ý kiến bằng văn bản"),
        required=False,
    )


class MinistryForm(forms.Form):
    """The letter to the Ministry."""

    document = forms.CharField(label=_("Số tờ trình, công văn"), max_length=60)
    sent_on = day_field(_("Ngày gửi"), initial=timezone.localdate)


_NO_STAR = "0"


class RefusalForm(forms.Form):
    """By which paper a product is not recognised, and why."""

    document = forms.CharField(
        label=_("Số văn bản không công nhận"),
        max_length=60,
        help_text=_("Văn bản của cấp có thẩm quyền, căn cứ kết luận của hội đồng hoặc của Bộ."),
    )
    signed_on = day_field(_("Ngày ký"), initial=timezone.localdate)
    reason = text_field(_("Lý do"), 3, max_length=LONGEST_REASON)


class CentralForm(forms.Form):
    """What the Ministry found. A star left open is shown from the total, to be looked at again."""

    total = NumberField(
        label=_("Tổng điểm của Bộ"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=9,
    )
    star = forms.ChoiceField(
        label=_("Hạng sao Bộ kết luận"),
        choices=(
            ("", _("theo tổng điểm, để xem lại")),
            *[(str(n), str(n)) for n in range(5, 0, -1)],
            (_NO_STAR, _("không có hạng")),
        ),
        required=False,
        help_text=_("Ghi đúng văn bản của Bộ: đủ điểm mà thiếu mức tối thiểu thì hạng thấp hơn."),
    )
    document = forms.CharField(label=_("Số văn bản của Bộ"), max_length=60)
    told_on = day_field(_("Ngày văn bản"), initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        chosen, total = told.get("star"), told.get("total")
        if chosen:
            told["star"] = None if chosen == _NO_STAR else int(chosen)
        elif total is not None:
            self.data = {name: self.data[name] for name in self.data} | {
                "star": str(band_of(total))
            }
            message = _now(
                "Theo tổng điểm là %d sao, đã chọn sẵn. Hãy so với văn bản của Bộ rồi ghi."
            )
            self.add_error("star", message % band_of(total))
        return told


class DecisionForm(forms.Form):
    """The signed decision on the dossiers that are chosen."""

    dossiers = forms.MultipleChoiceField(
        label=_("Hồ sơ trong quyết định"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một hồ sơ.")},
    )
    number = forms.CharField(
        label=_("Số quyết định"), max_length=60, help_text=_("Ví dụ 3981/QĐ-UBND.")
    )
    signed_on = day_field(_("Ngày ký"))
    authority = AuthorityField()
    level = forms.ChoiceField(label=_("Cấp ký"))
    legal_version = law_field(
        _("Văn bản của bộ tiêu chí đã chấm"),
        _("Chỉ chọn khi quyết định ghi văn bản khác, như văn bản sửa đổi bộ tiêu chí đó."),
    )
    scan = UploadField(label=_("Bản chụp quyết định (PDF)"), required=False)
    file_public = file_public_field()
    file_confirmed = file_confirmed_field()
    publish = publish_field()

    def __init__(self, dossiers: list[tuple[str, str]], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["dossiers"]
        field.choices = dossiers
        levels: Any = self.fields["level"]
        levels.choices = [
            (level.value, gettext(WORDS[level])) for level in (Level.PROVINCE, Level.CENTRE)
        ]
