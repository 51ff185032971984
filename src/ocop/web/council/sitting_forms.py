"""Forms of a sitting: when and where, a meeting out of opinions, who is there, its minutes."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ocop.core.checking import needs_reason
from ocop.core.refusals import Refused
from ocop.councils.models import Attendance, Item, Seat, SittingKind
from ocop.filters.inputs import DayInput
from ocop.web.council.board import Line

PASSES = {
    1: gettext_lazy("Lượt thứ nhất: tìm nội dung còn thiếu"),
    2: gettext_lazy("Lượt thứ hai: quyết định"),
}


class MomentInput(forms.DateTimeInput):
    """A moment, by the device's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


class WhenForm(forms.Form):
    """When and where."""

    starts_at = forms.DateTimeField(label=gettext_lazy("Bắt đầu lúc"), widget=MomentInput)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)


class SittingForm(WhenForm):
    """A sitting as it is called."""

    title = forms.CharField(label=gettext_lazy("Tên phiên họp"), max_length=200)
    kind = forms.ChoiceField(
        label=pgettext_lazy("sitting", "Hình thức"),
        choices=SittingKind.choices,
        initial=SittingKind.MEETING,
        help_text=gettext_lazy(
            "Đánh giá lại lấy ý kiến bằng văn bản trước; chỉ họp khi ý kiến khác nhau hoặc "
            "việc phức tạp."
        ),
    )
    until = forms.DateField(
        label=gettext_lazy("Hạn trả lời, nếu lấy ý kiến bằng văn bản"),
        widget=DayInput,
        required=False,
    )
    passing = forms.TypedChoiceField(
        label=gettext_lazy("Lượt họp"),
        coerce=int,
        initial=2,
        choices=list(PASSES.items()),
    )
    field_order = ("title", "kind", "passing", "starts_at", "place", "until")


class MoveForm(WhenForm):
    """Another time or place, and why."""

    until = forms.DateField(
        label=gettext_lazy("Hạn gửi ý kiến bằng văn bản"), widget=DayInput, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class MeetingForm(WhenForm):
    """A meeting out of written opinions: which cases, when, where."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Hồ sơ đưa ra họp"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một hồ sơ.")},
    )
    field_order = ("items", "starts_at", "place")

    def __init__(self, lines: list[Line], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.lines = lines
        field = self.fields["items"]
        field.choices = [(line.item.code, _told(line)) for line in lines]  # type: ignore[attr-defined]
        field.initial = [line.item.code for line in lines if line.differences]

    def chosen(self) -> list[Item]:
        """The cases that were ticked."""
        codes = set(self.cleaned_data["items"])
        return [line.item for line in self.lines if line.item.code in codes]


def _told(line: Line) -> str:
    if not line.differences:
        return line.item.case.title
    return f"{line.item.case.title} ({'; '.join(line.differences)})"


class CloseForm(forms.Form):
    """The minutes with which a sitting ends."""

    minutes_number = forms.CharField(
        label=gettext_lazy("Số biên bản"), max_length=60, required=False
    )
    minutes_on = forms.DateField(
        label=gettext_lazy("Ngày biên bản"), widget=DayInput, required=False
    )


class MinutesForm(CloseForm):
    """The minutes of a sitting that ended without, and why only now."""

    minutes_number = forms.CharField(label=gettext_lazy("Số biên bản"), max_length=60)
    reason = forms.CharField(
        label=gettext_lazy("Vì sao nay mới ghi"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    field_order = ("minutes_number", "minutes_on", "reason")


class AttendanceForm(forms.Form):
    """Who is there: a word and a note for each member; a member without a word is not noted."""

    def __init__(
        self, seats: list[Seat], noted: dict[int, Attendance], *arguments: Any, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.seats, self.noted = seats, noted
        for seat in seats:
            row = noted.get(seat.pk)
            self.fields[f"present-{seat.pk}"] = forms.ChoiceField(
                label=seat.user.name,
                choices=(("yes", _("có mặt")), ("no", _("vắng"))),
                widget=forms.RadioSelect,
                required=False,
                initial=None if row is None else "yes" if row.present else "no",
            )
            self.fields[f"note-{seat.pk}"] = forms.CharField(
                label=seat.user.name,
                max_length=200,
                required=False,
                initial=row.note if row else "",
            )

    def clean(self) -> None:
        """Who is away has a reason; nobody is noted while one lacks."""
        for seat in self.seats:
            note = f"note-{seat.pk}"
            if self.cleaned_data.get(f"present-{seat.pk}") == "no" and note in self.cleaned_data:
                try:
                    needs_reason(self.cleaned_data[note], field=note)
                except Refused as refusal:
                    self.add_error(note, refusal.message)

    def rows(self) -> list[dict[str, Seat | BoundField]]:
        """A line of the table for each member."""
        return [
            {"seat": s, "present": self[f"present-{s.pk}"], "note": self[f"note-{s.pk}"]}
            for s in self.seats
        ]

    def changes(self) -> list[tuple[Seat, bool, str]]:
        """Members of whom something new is said."""
        found = []
        for seat in self.seats:
            said = self.cleaned_data[f"present-{seat.pk}"]
            note, row = self.cleaned_data[f"note-{seat.pk}"], self.noted.get(seat.pk)
            told = (said == "yes", note)
            if said and (row is None or (row.present, row.note) != told):
                found.append((seat, *told))
        return found
