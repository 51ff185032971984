"""Examples of tasks that the office gives to units."""

from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.programme.models import TaskKind, UnitTask
from ocop.programme.services import tasks
from ocop.programme.services.tasks import Answer, NewTask
from tests.factories import UnitFactory


def _new(now: datetime) -> dict[str, Any]:
    task = NewTask(TaskKind.OTHER, "Rà soát tem", "Báo số tem hỏng.", date(2026, 12, 10))
    return {"task": task, "units": [UnitFactory()]}


def _given(now: datetime) -> UnitTask:
    return tasks.give_task(actor=SYSTEM, at=now, **_new(now))


def _answer(now: datetime) -> dict[str, Any]:
    return {"part": _given(now).answers.get(), "answer": Answer(text="Không có.")}


EXAMPLES = {
    "programme.give_task": _new,
    "programme.answer_task": _answer,
    "programme.remind_units": lambda now: {"task": _given(now)},
    "programme.cancel_task": lambda now: {"task": _given(now), "reason": "giao nhầm"},
}
