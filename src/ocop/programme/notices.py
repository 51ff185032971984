"""News of the tasks that the office gives to units. Called by the services."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.programme import unit_tasks
from ocop.programme.models import UnitAnswer


def task_given(*, answer: UnitAnswer, at: datetime) -> list[Message]:
    """The unit's officers have a task."""
    task = answer.task

    def words() -> Words:
        letter = " " + _("(công văn %s)") % task.document if task.document else ""
        return Words(
            _("Việc mới: %s") % task.title,
            task.wanted
            + "\n\n"
            + _("Đơn vị: %(unit)s%(letter)s. Hãy trả lời đến hết ngày %(day)s.")
            % {"unit": answer.unit.name, "letter": letter, "day": write_date(task.due_on)},
            _link(answer),
        )

    return _to_unit(answer, "given", words, at)


def task_reminded(*, answer: UnitAnswer, at: datetime) -> list[Message]:
    """The unit's officers are reminded of a task; at most once a day."""
    on = timezone.localdate(at)
    task = answer.task

    def words() -> Words:
        late = task.due_on < on
        subject = _("Quá hạn trả lời: %s") if late else _("Nhắc trả lời: %s")
        return Words(
            subject % task.title,
            _("%(unit)s chưa trả lời. Hạn: hết ngày %(day)s.")
            % {"unit": answer.unit.name, "day": write_date(task.due_on)},
            _link(answer),
        )

    return _to_unit(answer, f"reminded:{on}", words, at)


def task_cancelled(*, answer: UnitAnswer, reason: str, at: datetime) -> list[Message]:
    """The unit's officers need not answer any more."""

    def words() -> Words:
        return Words(
            _("Không cần làm nữa: %s") % answer.task.title,
            _("Lý do: %s") % reason,
            _link(answer),
        )

    return _to_unit(answer, "cancelled", words, at, dated=False)


def task_answered(*, answer: UnitAnswer, at: datetime) -> list[Message]:
    """Whoever gave the task learns that a unit answered."""

    def words() -> Words:
        return Words(
            _("%(unit)s đã trả lời: %(title)s")
            % {"unit": answer.unit.name, "title": answer.task.title},
            answer.answer or "–",
            _link(answer),
        )

    return tell_each(
        users=User.objects.filter(pk=answer.task.given_by),
        kind="programme.task_answered",
        key=f"task:{answer.code}:answered:{at:%Y%m%d%H%M%S%f}",
        words=words,
        at=at,
    )


def _to_unit(
    answer: UnitAnswer,
    what: str,
    words: Callable[[], Words],
    at: datetime,
    *,
    dated: bool = True,
) -> list[Message]:
    on: date = timezone.localdate(at)
    return tell_each(
        users=unit_tasks.officers_of(answer.unit, on),
        kind=f"programme.task_{what.partition(':')[0]}",
        key=f"task:{answer.code}:{what}",
        words=words,
        due_on=answer.task.due_on if dated else None,
        at=at,
    )


def _link(answer: UnitAnswer) -> str:
    return f"/dieu-hanh/viec/tra-loi/{answer.code}/"
