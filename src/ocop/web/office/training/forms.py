"""Forms of courses, classes, enrolment and tests."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.filters.units import UnitField
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.training import quizzes
from ocop.training.models import Audience, TrainingClass, TrainingCourse
from ocop.training.services.classes import ClassParticulars
from ocop.training.services.courses import CourseParticulars
from ocop.web.forms import UploadField, WholeField
from ocop.web.office.dossiers.forms import text_field

_SESSION = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2})[:h](\d{2})\s*[-–]\s*(\d{1,2})[:h](\d{2})"
)


def _count(label: Any, most: int, **more: Any) -> WholeField:
    return WholeField(label=label, min_value=0, max_value=most, **more)


def _share(label: Any, initial: int) -> WholeField:
    return WholeField(label=label, min_value=1, max_value=100, initial=initial)


class CourseForm(forms.Form):
    """A course of the yearly programme."""

    title = forms.CharField(label=_("Tên chương trình tập huấn"), max_length=200)
    year = forms.IntegerField(label=_("Năm"), min_value=2018, max_value=2100)
    audience = forms.ChoiceField(label=_("Đối tượng"), choices=Audience.choices)
    contents = text_field(_("Nội dung"), 4, required=False)
    source = forms.CharField(label=_("Theo kế hoạch, văn bản"), max_length=200, required=False)
    planned_classes = _count(_("Số lớp dự kiến"), 1_000, initial=0)
    planned_people = _count(_("Số người dự kiến"), 100_000, initial=0)
    least_attendance = _share(_("Dự tối thiểu (% số buổi)"), 80)
    pass_share = _share(_("Điểm đạt bài kiểm tra (% câu đúng)"), 60)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def particulars(self) -> CourseParticulars:
        """What the service takes."""
        return CourseParticulars(**{k: v for k, v in self.cleaned_data.items() if k != "seen"})


def known_course(course: TrainingCourse) -> dict[str, Any]:
    """What the form shows of a course."""
    return {name: getattr(course, name) for name in CourseForm.base_fields if name != "seen"}


class ClassForm(forms.Form):
    """A class with its sessions, one in a line."""

    name = forms.CharField(label=_("Tên lớp"), max_length=200)
    place = forms.CharField(label=_("Nơi học"), max_length=300)
    commune = UnitField(label=_("Xã, phường"), required=False)
    teacher = forms.CharField(label=_("Giảng viên"), max_length=200, required=False)
    capacity = WholeField(label=_("Số chỗ"), min_value=1, max_value=1_000)
    sessions = forms.CharField(
        label=_("Các buổi học"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        help_text=_("Mỗi buổi một dòng, ví dụ: 20/11/2026 08:00-11:30"),
    )
    note = text_field(_("Ghi chú cho người học"), 3, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_sessions(self) -> list[tuple[datetime, datetime]]:
        """The beginning and end of each."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["sessions"].splitlines())):
            try:
                found.append(_session(line))
            except ValueError as error:
                message = _now("Không đọc được dòng “%s”. Hãy ghi như: 20/11/2026 08:00-11:30")
                raise forms.ValidationError(message % line[:60]) from error
        return found

    def particulars(self) -> ClassParticulars:
        """What the service takes."""
        return ClassParticulars(**{k: v for k, v in self.cleaned_data.items() if k != "seen"})


def _session(line: str) -> tuple[datetime, datetime]:
    match = _SESSION.fullmatch(line)
    if match is None:
        raise ValueError(line)
    day, month, year, hour, minute, last_hour, last_minute = map(int, match.groups())
    zone = timezone.get_default_timezone()
    return (
        datetime(year, month, day, hour, minute, tzinfo=zone),
        datetime(year, month, day, last_hour, last_minute, tzinfo=zone),
    )


def write_sessions(sessions: Sequence[tuple[datetime, datetime]]) -> str:
    """Sessions as they are typed."""
    local = [tuple(map(timezone.localtime, pair)) for pair in sessions]
    return "\n".join(f"{a:%d/%m/%Y %H:%M}-{b:%H:%M}" for a, b in local)


def known_class(found: TrainingClass) -> dict[str, Any]:
    """What the form shows of a class."""
    from ocop.places.queries import key_of

    names = ("name", "place", "teacher", "capacity", "note")
    sessions = [(each.starts_at, each.ends_at) for each in found.sessions.all()]
    return {name: getattr(found, name) for name in names} | {
        "commune": key_of(found.commune) if found.commune else "",
        "sessions": write_sessions(sessions),
    }


class PersonForm(forms.Form):
    """Who is to attend."""

    name = forms.CharField(label=_("Họ và tên người đi học"), max_length=120)
    position = forms.CharField(label=_("Chức vụ, công việc"), max_length=120, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)


class MakerPersonForm(PersonForm):
    """Who is to attend, of which producer."""

    producer = forms.CharField(
        label=_("Chủ thể"),
        max_length=200,
        help_text=_("Tên, mã số thuế hoặc mã chủ thể trong hệ thống."),
    )
    field_order = ("producer",)

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._actor = actor

    def clean_producer(self) -> Producer:
        """The one producer that is meant."""
        text = self.cleaned_data["producer"].strip()
        rows = producers.visible_to(self._actor)
        found = list(rows.filter(code=text)[:1]) or list(
            producers.search(self._actor, rows, text, on=timezone.localdate())[:6]
        )
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_now("Không tìm thấy chủ thể này."))
        names = "; ".join(f"{row.name} ({row.code})" for row in found[:5])
        raise forms.ValidationError(_now("Có nhiều chủ thể: %s. Hãy ghi mã.") % names)


class OfficialForm(PersonForm):
    """Which official is to attend, of which unit."""

    unit = UnitField(label=_("Đơn vị"))
    field_order = ("unit",)

    def clean_unit(self) -> Any:
        """Refuse none."""
        if self.cleaned_data["unit"] is None:
            raise forms.ValidationError(_now("Hãy chọn đơn vị."))
        return self.cleaned_data["unit"]


class QuestionsForm(forms.Form):
    """The whole test as text."""

    text = forms.CharField(
        label=_("Câu hỏi và phương án"),
        widget=forms.Textarea(attrs={"rows": 18}),
        max_length=20_000,
        required=False,
        help_text=_(
            "Mỗi câu hỏi một dòng, dưới là các phương án: đáp án đúng bắt đầu bằng dấu *, phương "
            "án khác bằng dấu -. Giữa hai câu để một dòng trống. Để trống: không có bài kiểm tra."
        ),
    )

    def clean_text(self) -> list[quizzes.Question]:
        """The questions, or which one cannot be read."""
        try:
            return quizzes.read(self.cleaned_data["text"])
        except ValueError as error:
            message = _now("Câu %s chưa đúng: cần 2–6 phương án khác nhau, đúng một dấu *.")
            raise forms.ValidationError(message % error) from error


class MaterialForm(forms.Form):
    """A file for those who attend."""

    title = forms.CharField(label=_("Tên tài liệu"), max_length=200)
    file = UploadField(label=_("Tệp"))


class AnswersForm(forms.Form):
    """The test of a class as it is answered. On paper a question may be left out; on the screen
    (`whole`) an attempt is not lost by a slip of the finger."""

    def __init__(
        self,
        questions: Sequence[quizzes.Question],
        *arguments: Any,
        whole: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self._count = len(questions)
        for number, question in enumerate(questions):
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=f"{number + 1}. {question.text}",
                choices=list(enumerate(question.options)),
                coerce=int,
                empty_value=None,
                required=whole,
                error_messages={"required": _("Hãy chọn một phương án.")},
                widget=forms.RadioSelect,
            )

    def answers(self) -> list[int | None]:
        """The options chosen, in the order of the questions."""
        return [self.cleaned_data[f"q{number}"] for number in range(self._count)]
