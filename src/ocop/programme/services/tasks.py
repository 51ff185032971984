"""Writes of tasks to units: given, answered, reminded of, cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from ocop.core import attachments, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_code, public_codes
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Level, Unit
from ocop.programme import indicators, notices, rules, unit_tasks
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.programme.readings import PERCENT
from ocop.programme.tasking import ROW_WORDS


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is asked: `year` of registrations, `indicator` of figures, `document` the number of the
    official letter, if there is one."""

    kind: TaskKind
    title: str
    wanted: str
    due_on: date
    year: int | None = None
    indicator: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit's answer: a text, the figure, a word for each row, and a file with its name."""

    text: str = ""
    value: Decimal | None = None
    row_words: Mapping[str, str] = field(default_factory=dict)
    file: bytes = b""
    filename: str = ""


@action("programme.give_task")
def give_task(
    *,
    actor: Actor,
    task: NewTask,
    units: Sequence[Unit],
    given_on: date | None = None,
    at: datetime,
) -> UnitTask:
    """Ask units for something by a day; each gets its own list, made now, and a message.

    A unit without a single product on a list of expired products is left out: it has nothing to
    answer. `given_on` is today unless the letter is older; the units are those of that day, so
    districts can be asked before July 2025.

    Refused: no title or text, a day in the past, no units, a unit that is no commune or district
    or did not exist that day, no year or indicator where the kind needs it, nothing on any list.
    """
    require(actor, rules.may_give_task)
    today = timezone.localdate(at)
    day = given_on or today
    title, wanted = _texts(task)
    _check_days(task, day, today)
    _check_kind(task)
    asked = list({unit.pk: unit for unit in units}.values())
    _check_units(asked, day)
    rows = unit_tasks.lists(task.kind, asked, year=task.year, due_on=task.due_on, on=today)
    if task.kind == TaskKind.EXPIRED:
        asked = [unit for unit in asked if rows[unit.pk]]
        if not asked:
            raise Refused(
                "nothing_expired",
                _("Các đơn vị đã chọn không có sản phẩm nào hết hạn đến ngày này."),
            )
    given, answers = hand_out(
        actor, replace(task, title=title, wanted=wanted), {u: rows[u.pk] for u in asked}, day, at
    )
    change = {"kind": task.kind, "units": len(answers), "due_on": str(task.due_on)}
    record(
        actor,
        "programme.task_given",
        given,
        at=at,
        change=change,
        also=[("unit", unit.pk) for unit in asked],
    )
    return given


def hand_out(
    actor: Actor,
    task: NewTask,
    rows: Mapping[Unit, Sequence[str]],
    given_on: date,
    at: datetime,
) -> tuple[UnitTask, list[UnitAnswer]]:
    """Write a task with the part of each unit and tell its officers. Called inside actions, which
    have checked what they ask for and record their own event."""
    given = UnitTask.objects.create(
        code=public_code(),
        kind=task.kind,
        title=task.title,
        wanted=task.wanted,
        year=task.year,
        indicator=task.indicator,
        document=folding.clean(task.document),
        given_on=given_on,
        due_on=task.due_on,
        given_by=actor.user_id,
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    codes = public_codes(len(rows), UnitAnswer.objects.all())
    answers = UnitAnswer.objects.bulk_create(
        [
            UnitAnswer(code=code, task=given, unit=unit, rows=list(keys))
            for code, (unit, keys) in zip(codes, rows.items(), strict=True)
        ]
    )
    for answer in answers:
        notices.task_given(answer=answer, at=at)
    return given, answers


@action("programme.answer_task")
def answer_task(*, actor: Actor, part: UnitAnswer, answer: Answer, at: datetime) -> UnitAnswer:
    """Answer for a unit. Answering again replaces the answer, late too, until the task is
    cancelled; a file already sent stays unless another comes.

    Refused: a cancelled task, rows without a word or with one that is none, no figure where a
    figure is asked, a negative one, a count with decimals, no text where nothing else answers.
    """
    require(actor, rules.may_answer_task, part.unit)
    task = part.task
    if UnitTask.objects.filter(pk=task.pk).exclude(cancelled_at=None).exists():
        raise Refused("task_cancelled", _("Việc này đã được hủy, không cần trả lời nữa."))
    words = _row_words(part, answer)
    _check_value(task, answer.value)
    text = answer.text.strip()
    if task.kind in (TaskKind.OTHER, TaskKind.REGISTRATIONS) and not text:
        raise _refuse("answer_needed", "text", _("Hãy ghi nội dung trả lời."))
    stored = part.attachment
    if answer.file:
        stored = attachments.store(answer.file, filename=answer.filename, at=at)
    first = part.answered_at is None
    part.answer, part.value, part.row_answers, part.attachment = text, answer.value, words, stored
    part.answered_by, part.answered_at = actor.user_id, at
    part.save(
        update_fields=[
            "answer",
            "value",
            "row_answers",
            "attachment",
            "answered_by",
            "answered_at",
        ]
    )
    change = {"late": timezone.localdate(at) > task.due_on, "again": not first}
    record(actor, "programme.task_answered", part, task, at=at, change=change)
    if first:
        notices.task_answered(answer=part, at=at)
    return part


@action("programme.remind_units")
def remind_units(*, actor: Actor, task: UnitTask, at: datetime) -> list[UnitAnswer]:
    """Remind the units that have not answered, each once a day; gives back those reminded now.

    Refused: a cancelled task, nobody left to remind today.
    """
    require(actor, rules.may_give_task)
    if task.cancelled_at is not None:
        raise Refused("task_cancelled", _("Việc này đã được hủy, không cần trả lời nữa."))
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    due = task.answers.filter(Q(reminded_at=None) | Q(reminded_at__lt=midnight), answered_at=None)
    found = list(due.select_related("unit", "task"))
    if not found:
        raise Refused(
            "nobody_to_remind",
            _("Mọi đơn vị đã trả lời hoặc đã được nhắc hôm nay. Hãy nhắc lại vào ngày mai."),
        )
    UnitAnswer.objects.filter(pk__in=[part.pk for part in found]).update(reminded_at=at)
    for part in found:
        part.reminded_at = at
        notices.task_reminded(answer=part, at=at)
    record(actor, "programme.units_reminded", task, at=at, change={"units": len(found)})
    return found


@action("programme.cancel_task")
def cancel_task(*, actor: Actor, task: UnitTask, reason: str, at: datetime) -> UnitTask:
    """Take a task back. Answers stay on record. Refused: no reason, cancelled before."""
    require(actor, rules.may_give_task)
    needs_reason(reason)
    if not UnitTask.objects.filter(pk=task.pk, cancelled_at=None).update(cancelled_at=at):
        raise Refused("task_cancelled_before", _("Việc này đã được hủy trước đó."))
    task.cancelled_at = at
    for part in task.answers.filter(answered_at=None).select_related("unit", "task"):
        notices.task_cancelled(answer=part, reason=reason.strip(), at=at)
    record(actor, "programme.task_cancelled", task, at=at, reason=reason.strip())
    return task


def _texts(task: NewTask) -> tuple[str, str]:
    title, wanted = folding.clean(task.title), task.wanted.strip()
    if not title:
        raise _refuse("title_needed", "title", _("Hãy đặt tên cho việc này."))
    if not wanted:
        raise _refuse("wanted_needed", "wanted", _("Hãy ghi rõ cần đơn vị làm gì."))
    return title, wanted


def _check_days(task: NewTask, day: date, today: date) -> None:
    if day > today:
        raise _refuse("given_later", "given_on", _("Ngày giao không được sau hôm nay."))
    if task.due_on < today:
        raise _refuse("due_passed", "due_on", _("Hạn trả lời phải từ hôm nay trở đi."))


def _check_kind(task: NewTask) -> None:
    if task.kind == TaskKind.REGISTRATIONS and task.year is None:
        raise _refuse("year_needed", "year", _("Hãy chọn năm đăng ký."))
    if task.kind == TaskKind.FIGURES:
        if not task.indicator:
            raise _refuse("indicator_needed", "indicator", _("Hãy chọn chỉ tiêu cần số liệu."))
        chosen = indicators.get(task.indicator)
        if not chosen.reportable:
            raise _refuse(
                "counted_indicator",
                "indicator",
                _("“%s” được tính từ dữ liệu của hệ thống, không nhập bằng tay.") % _(chosen.name),
            )


def _check_units(units: Sequence[Unit], day: date) -> None:
    if not units:
        raise _refuse("units_needed", "units", _("Hãy chọn ít nhất một đơn vị."))
    for unit in units:
        if unit.level == Level.PROVINCE:
            raise _refuse("unit_level", "units", _("Việc được giao cho cấp xã hoặc cấp huyện."))
        if day < unit.valid_from or (unit.valid_to is not None and day >= unit.valid_to):
            raise _refuse(
                "unit_not_of_the_day",
                "units",
                _(
                    "%(unit)s không tồn tại vào ngày %(day)s. Hãy chọn đơn vị hành chính của ngày "
                    "đó."
                )
                % {"unit": unit.name, "day": f"{day:%d/%m/%Y}"},
            )


def _row_words(part: UnitAnswer, answer: Answer) -> dict[str, str]:
    if part.task.kind != TaskKind.EXPIRED:
        return {}
    if set(answer.row_words) - set(part.rows):
        raise Refused("row_unknown", _("Có dòng không thuộc danh sách của việc này. Hãy tải lại."))
    if wrong := sorted(set(answer.row_words.values()) - set(ROW_WORDS)):
        message = _("“%(wrong)s” không phải câu trả lời cho một dòng. Hãy chọn: %(words)s.") % {
            "wrong": ", ".join(wrong),
            "words": "; ".join(f"{key} ({_(said)})" for key, said in ROW_WORDS.items()),
        }
        raise Refused("row_word_unknown", message, fields={"row_words": [message]})
    missing = [key for key in part.rows if key not in answer.row_words]
    if missing:
        raise Refused("rows_unanswered", _("Còn %d sản phẩm chưa được trả lời.") % len(missing))
    return dict(answer.row_words)


def _check_value(task: UnitTask, value: Decimal | None) -> None:
    if task.kind != TaskKind.FIGURES:
        return
    if value is None:
        raise _refuse("value_needed", "value", _("Hãy ghi số liệu."))
    if value < 0:
        raise _refuse("negative_value", "value", _("Giá trị không được âm."))
    asked = indicators.get(task.indicator)
    if asked.whole and value != int(value):
        raise _refuse(
            "not_whole",
            "value",
            _("“%s” là số đếm: hãy ghi số nguyên, không có phần lẻ.") % _(asked.name),
        )
    if asked.measure == PERCENT and value > 100:
        raise _refuse("over_hundred", "value", _("Tỷ lệ không được quá 100 %."))


def _refuse(code: str, name: str, message: str) -> Refused:
    return Refused(code, message, fields={name: [message]})
