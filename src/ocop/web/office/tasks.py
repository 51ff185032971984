"""Tasks to units: the office gives and follows them, a commune's officer answers."""

from collections.abc import Iterator
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from ocop.core import filetypes, folding, papers
from ocop.core.actions import require
from ocop.core.events import activity
from ocop.core.language import gettext as kernel
from ocop.core.refusals import NotAllowed, Refused
from ocop.filters.worded import AnswerFilter, TaskFilter, WordedFilter
from ocop.people import rules as people_rules
from ocop.programme import indicators, rules, unit_tasks
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.programme.services import tasks as services
from ocop.programme.tasking import ROW_WORDS
from ocop.web import export
from ocop.web.files import send
from ocop.web.forms import act
from ocop.web.happenings import told
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.task_forms import AnswerForm, TaskForm
from ocop.web.requests import SignedInRequest
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn, listing

_ENDINGS = {
    filetypes.PDF: ".pdf",
    filetypes.PNG: ".png",
    filetypes.JPEG: ".jpg",
    filetypes.WEBP: ".webp",
    filetypes.XLSX: ".xlsx",
    filetypes.DOCX: ".docx",
    filetypes.CSV: ".csv",
}


class TaskTable(tables.Table):
    """Tasks with how many units have answered."""

    title = tables.Column(verbose_name=gettext_lazy("Việc"))
    kind = tables.Column(verbose_name=gettext_lazy("Loại"))
    document = PlainColumn(verbose_name=gettext_lazy("Công văn"))
    given_on = DayColumn(verbose_name=gettext_lazy("Ngày giao"))
    due_on = DayColumn(verbose_name=gettext_lazy("Hạn"))
    answered = NumberColumn(verbose_name=gettext_lazy("Đã trả lời"))
    asked = NumberColumn(verbose_name=gettext_lazy("Đơn vị"))
    cancelled_at = DayColumn(verbose_name=gettext_lazy("Hủy ngày"))

    def render_title(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse("office:task", args=[record.code]), value)

    def value_title(self, value: str) -> str:
        return value

    def render_cancelled_at(self, value: Any) -> str:
        return f"{timezone.localdate(value):%d/%m/%Y}"


class AnswerTable(tables.Table):
    """A unit's own tasks."""

    title = tables.Column(verbose_name=gettext_lazy("Việc"), accessor="task__title")
    unit = PlainColumn(
        verbose_name=gettext_lazy("Đơn vị"), accessor="unit__name", order_by="unit__folded"
    )
    due_on = DayColumn(verbose_name=gettext_lazy("Hạn"), accessor="task__due_on")
    answered_at = MomentColumn(verbose_name=gettext_lazy("Trả lời lúc"), default="–")
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"), accessor="pk", orderable=False)

    def render_title(self, record: Any, value: str) -> str:
        address = reverse("office:task_answer", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_title(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return state_of(record)

    def value_state(self, record: Any) -> str:
        return state_of(record)


def state_of(part: UnitAnswer) -> str:
    """Where a unit's part of a task stands."""
    late = part.task.due_on
    if part.answered_at is not None:
        overdue = timezone.localdate(part.answered_at) > late
        return _("Trả lời muộn") if overdue else _("Đã trả lời")
    if part.task.cancelled_at is not None:
        return _("Đã hủy")
    return _("Quá hạn") if late < timezone.localdate() else _("Chưa trả lời")


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """All tasks for the office and its auditors, the own units' for an officer."""
    require(request.actor, rules.may_see_tasks)
    everything = people_rules.may_see_everything(request.actor)
    table: tables.Table
    filters: WordedFilter
    if everything:
        filters = TaskFilter(request.GET, queryset=unit_tasks.visible_to(request.actor))
        table = TaskTable(filters.qs)
    else:
        rows = unit_tasks.answers_visible_to(request.actor)
        filters = AnswerFilter(request.GET, queryset=rows.order_by("-task__given_on", "-pk"))
        table = AnswerTable(filters.qs)
    may_give = rules.may_give_task(request.actor)
    return listing(
        request,
        table=table,
        filters=filters,
        title=_("Việc giao các đơn vị") if everything else _("Việc được giao"),
        template="office/list.html",
        context={
            "new_address": "office:task_new" if may_give else "",
            "new_words": _("Giao việc"),
            "empty_title": _("Chưa có việc nào"),
        },
    )


@office
def new(request: SignedInRequest) -> HttpResponse:
    """Give a task."""
    require(request.actor, rules.may_give_task)
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        task = act(
            form,
            services.give_task,
            actor=request.actor,
            task=form.task(),
            units=form.chosen(),
            given_on=form.cleaned_data["given_on"],
            at=timezone.now(),
        )
        if task:
            messages.success(request, _("Đã giao việc cho %d đơn vị.") % task.answers.count())
            return redirect("office:task", task.code)
    context = {"form": form, "title": _("Giao việc"), "cancel": reverse("office:tasks")}
    return render(request, "office/form.html", context)


@office
def page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """A task with who has answered what; `?format=xlsx` the same as a workbook."""
    task = _task(request, code)
    parts = list(
        unit_tasks.answers_visible_to(request.actor)
        .filter(task=task)
        .order_by("unit__folded", "pk")
    )
    if request.GET.get("format") == "xlsx":
        return _workbook(task, parts)
    waiting = sum(part.answered_at is None for part in parts)
    may_give = rules.may_give_task(request.actor)
    context = {
        "task": task,
        "parts": [(part, state_of(part), _figure(part)) for part in parts],
        "waiting": waiting,
        "may_remind": may_give and waiting and task.cancelled_at is None,
        "may_cancel": may_give and task.cancelled_at is None,
        "events": told(activity(task)[:20]) if may_give else [],
    }
    return render(request, "office/task.html", context)


@office
@require_POST
def remind(request: SignedInRequest, code: str) -> HttpResponse:
    """Remind who has not answered."""
    task = _task(request, code)
    try:
        found = services.remind_units(actor=request.actor, task=task, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Đã nhắc %d đơn vị.") % len(found))
    return redirect("office:task", code)


@office
def cancel(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a task back, with the reason."""
    task = _task(request, code)
    require(request.actor, rules.may_give_task)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if act(
            form,
            services.cancel_task,
            actor=request.actor,
            task=task,
            reason=reason,
            at=timezone.now(),
        ):
            messages.success(request, _("Đã hủy việc này và báo cho các đơn vị."))
            return redirect("office:task", code)
    context = {
        "form": form,
        "title": _("Hủy việc: %s") % task.title,
        "cancel": reverse("office:task", args=[code]),
    }
    return render(request, "office/form.html", context)


@office
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    """A unit's part: what is asked, its list, and the answer."""
    part = _part(request, code)
    if request.method == "POST":
        require(request.actor, rules.may_answer_task, part.unit)
    rows = unit_tasks.rows_of(part)
    may_answer = part.task.cancelled_at is None and unit_tasks.may_answer(request.actor, part)
    form = AnswerForm(part, rows, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answered = act(
            form,
            services.answer_task,
            actor=request.actor,
            part=part,
            answer=form.answer(),
            at=timezone.now(),
        )
        if answered:
            messages.success(request, _("Đã gửi câu trả lời."))
            return redirect("office:task_answer", code)
    context = {
        "part": part,
        "task": part.task,
        "rows": [
            (row, kernel(ROW_WORDS[row.word]) if row.word in ROW_WORDS else "") for row in rows
        ],
        "state": state_of(part),
        "form": form if may_answer else None,
        "registered": unit_tasks.registered_now(part)
        if part.task.kind == TaskKind.REGISTRATIONS
        else None,
    }
    return render(request, "office/task_answer.html", context)


@office
def attachment(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The file that came with an answer."""
    part = _part(request, code)
    if part.attachment is None:
        raise Http404
    name = slugify(folding.fold(f"{part.unit.name} {part.task.title}"))
    return send(part.attachment, f"{name}{_ENDINGS.get(part.attachment.media_type, '')}")


def _task(request: SignedInRequest, code: str) -> UnitTask:
    require(request.actor, rules.may_see_tasks)
    return get_object_or_404(unit_tasks.visible_to(request.actor), code=code)


def _part(request: SignedInRequest, code: str) -> UnitAnswer:
    require(request.actor, rules.may_see_tasks)
    return get_object_or_404(unit_tasks.answers_visible_to(request.actor), code=code)


def _figure(part: UnitAnswer) -> str:
    if part.value is None:
        return ""
    return indicators.get(part.task.indicator).write(part.value)


def _word(row: unit_tasks.Row) -> str:
    return kernel(ROW_WORDS[row.word]) if row.word in ROW_WORDS else ""


def _workbook(task: UnitTask, parts: list[UnitAnswer]) -> HttpResponseBase:
    notes = [_("Hạn trả lời: %s") % f"{task.due_on:%d/%m/%Y}", task.wanted]
    headings = [
        _("Đơn vị"),
        _("Tình trạng"),
        _("Trả lời lúc"),
        _("Nội dung trả lời"),
        _("Số liệu"),
        _("Sản phẩm"),
        _("Chủ thể"),
        pgettext("day", "Hết hạn"),
        _("Kéo dài đến hết"),
        _("Trả lời cho sản phẩm"),
    ]
    sheet = export.Sheet(task.title, papers.notes(timezone.now(), notes), headings, _lines(parts))
    return export.response(sheet, slugify(folding.fold(task.title)))


def _lines(parts: list[UnitAnswer]) -> Iterator[list[Any]]:
    """One line a unit, or one for each product of its list."""
    for part in parts:
        start = [part.unit.name, state_of(part), part.answered_at, part.answer, part.value]
        rows = unit_tasks.rows_of(part)
        for row in rows:
            yield [*start, row.name, row.producer, row.ends_on, row.kept_until, _word(row)]
        if not rows:
            yield [*start, "", "", None, None, ""]
