"""Forms of the tasks that the office gives to units."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import options
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_date
from ocop.filters.inputs import DayInput
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.programme import indicators
from ocop.programme.models import TaskKind, UnitAnswer
from ocop.programme.services.tasks import Answer, NewTask
from ocop.programme.tasking import ROW_WORDS
from ocop.programme.unit_tasks import Row
from ocop.web.files import content_of
from ocop.web.forms import NumberField, UploadField


def _units() -> list[Any]:
    province = options.PROVINCE.get()
    now = [(places.key_of(unit), unit.name) for unit in places.communes_now(province)]
    then = [(places.key_of(unit), unit.name) for unit in places.districts_of_then(province)]
    groups: list[Any] = [(_("Xã, phường hiện nay"), now)]
    if then:
        groups.append((_("Quận, huyện, thị xã khi đó"), then))
    return groups


def _reported() -> list[tuple[str, str]]:
    return [
        (key, kernel(found.name))
        for key, found in indicators.INDICATORS.items()
        if found.reportable
    ]


class TaskForm(forms.Form):
    """A new task: what, for whom, until when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại việc"),
        choices=TaskKind.choices,
        help_text=gettext_lazy(
            "Với sản phẩm hết hạn, hệ thống lập danh sách cho từng xã; xã không có sản phẩm nào "
            "hết hạn đến hạn trả lời thì không nhận việc này."
        ),
    )
    title = forms.CharField(label=gettext_lazy("Tên việc"), max_length=200)
    wanted = forms.CharField(
        label=gettext_lazy("Cần đơn vị làm gì"), widget=forms.Textarea(attrs={"rows": 4})
    )
    everybody = forms.BooleanField(
        label=gettext_lazy("Giao cho tất cả xã, phường hiện nay"), required=False
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Hoặc chọn đơn vị"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    due_on = forms.DateField(label=gettext_lazy("Trả lời đến hết ngày"), widget=DayInput)
    given_on = forms.DateField(
        label=gettext_lazy("Ngày giao"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy(
            "Để trống nếu là hôm nay. Trước ngày 01/07/2025 có thể giao cho cấp huyện."
        ),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Năm đăng ký"),
        min_value=2018,
        max_value=2100,
        required=False,
        help_text=gettext_lazy("Chỉ cần cho việc đăng ký sản phẩm."),
    )
    indicator = forms.ChoiceField(
        label=gettext_lazy("Chỉ tiêu"),
        required=False,
        help_text=gettext_lazy("Chỉ cần cho việc báo cáo số liệu."),
    )
    document = forms.CharField(label=gettext_lazy("Số công văn"), max_length=60, required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["units"].choices = _units()  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", "—"), *_reported()]  # type: ignore[attr-defined]

    def task(self) -> NewTask:
        """What is asked, as the service takes it."""
        told = self.cleaned_data
        return NewTask(
            TaskKind(told["kind"]),
            told["title"],
            told["wanted"],
            told["due_on"],
            told["year"],
            told["indicator"],
            told["document"],
        )

    def chosen(self) -> list[Unit]:
        """The units it is for."""
        if self.cleaned_data["everybody"]:
            return list(places.communes_now(options.PROVINCE.get()))
        found = (places.by_key(key) for key in self.cleaned_data["units"])
        return [unit for unit in found if unit is not None]


class AnswerForm(forms.Form):
    """A unit's answer: a word for each product, the figure, words and a file, as the task asks."""

    def __init__(self, part: UnitAnswer, rows: list[Row], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.rows = rows if part.task.kind == TaskKind.EXPIRED else []
        words = [("", "—"), *((key, kernel(said)) for key, said in ROW_WORDS.items())]
        for row in self.rows:
            self.fields[_name(row)] = forms.ChoiceField(
                label=_row_label(row), choices=words, required=False, initial=row.word
            )
        if part.task.kind == TaskKind.FIGURES:
            self.fields["value"] = NumberField(
                label=kernel(indicators.get(part.task.indicator).name),
                max_digits=14,
                decimal_places=2,
                required=False,
                initial=part.value,
            )
        self.fields["text"] = forms.CharField(
            label=_("Nội dung trả lời"),
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
            initial=part.answer,
        )
        self.fields["file"] = UploadField(
            label=_("Tệp kèm theo"),
            required=False,
            help_text=_("Tệp đã gửi được giữ lại nếu không chọn tệp khác.")
            if part.attachment
            else _("PDF, Word, Excel hoặc ảnh."),
        )

    def answer(self) -> Answer:
        """The answer as the service takes it."""
        told = self.cleaned_data
        content, filename = content_of(told["file"]) if told["file"] else (b"", "")
        value: Decimal | None = told.get("value")
        words = {row.key: told[_name(row)] for row in self.rows if told[_name(row)]}
        return Answer(told["text"], value, words, content, filename)


def _name(row: Row) -> str:
    return f"row-{row.key}"


def _row_label(row: Row) -> str:
    said = f"{row.name} – {row.producer}"
    if row.ends_on is None:
        return said
    today = timezone.localdate()
    if row.kept_until and row.kept_until >= today:
        words = _("được kéo dài đến hết %(until)s, hết hạn ngày %(day)s")
        told = {"until": write_date(row.kept_until), "day": write_date(row.ends_on)}
        return f"{said} ({words % told})"
    last = row.kept_until or row.ends_on
    ended = last < today
    words = _("hết hạn từ %s") if ended else _("hết hạn ngày %s")
    return f"{said} ({words % write_date(last)})"
