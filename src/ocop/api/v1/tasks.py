"""Tasks to units and their answers, one's own messages, and what one has ahead."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page, page_of
from ocop.api.requests import ApiRequest
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.people import queries as people
from ocop.people import services as accounts
from ocop.people.models import Message
from ocop.people.scopes import READ_CALENDAR, READ_PROGRAMME, WRITE_PROGRAMME
from ocop.places import queries as places
from ocop.programme import agenda, unit_tasks
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.programme.services import tasks

router = Router(tags=["tasks"])
Json = dict[str, Any]


class TaskOut(Schema):
    """A task, and how many units were asked and have answered."""

    code: str
    kind: str
    title: str
    wanted: str
    year: int | None
    indicator: str
    document: str
    given_on: date
    due_on: date
    asked: int
    answered: int
    cancelled_at: datetime | None


class TaskIn(JsonIn):
    """A task to give. `units` are codes of units of the day it is given."""

    kind: TaskKind
    title: str
    wanted: str
    due_on: date
    units: list[str]
    year: int | None = None
    indicator: str = ""
    document: str = ""


class PartOut(Schema):
    """One unit's part: the rows it is about, and its answer."""

    code: str
    task: str
    unit: str
    rows: list[str]
    answer: str
    value: Decimal | None
    row_answers: dict[str, str]
    answered_at: datetime | None


class TaskAnswerIn(JsonIn):
    """A unit's answer: a text, the figure, a word for each row."""

    text: str = ""
    value: Decimal | None = None
    row_words: dict[str, str] = {}


class MessageOut(Schema):
    """A message of one's own."""

    code: str
    kind: str
    subject: str
    body: str
    link: str
    due_on: date | None
    created_at: datetime
    read_at: datetime | None


class EntryOut(Schema):
    """One thing ahead: a sitting, the last day of a step, a task. `cancelled`: it is not held."""

    what: str
    on: date
    title: str
    detail: str
    link: str
    cancelled: bool


def _part(row: UnitAnswer) -> Json:
    return {
        **{
            name: getattr(row, name)
            for name in ("code", "rows", "answer", "value", "row_answers", "answered_at")
        },
        "task": row.task.code,
        "unit": row.unit.code,
    }


def _task(request: ApiRequest, code: str) -> UnitTask:
    found: UnitTask = get_object_or_404(unit_tasks.visible_to(request.actor), code=code)
    return found


@router.get(
    "/tasks",
    response=Page[TaskOut],
    operation_id="tasks",
    summary=N_("Việc giao cho đơn vị"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def task_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The tasks that the caller may see."""
    need_scope(request.actor, READ_PROGRAMME)
    return page(request, response, unit_tasks.visible_to(request.actor), lambda row: row)


@router.post("/tasks", response={201: TaskOut}, operation_id="give_task", summary=N_("Giao việc"))
def give(request: ApiRequest, told: TaskIn) -> Status[UnitTask]:
    """Ask units for something by a day."""
    need_scope(request.actor, WRITE_PROGRAMME)
    today = timezone.localdate()
    units = [get_object_or_404(places.units_on(today), code=code) for code in told.units]
    made = tasks.give_task(
        actor=request.actor,
        task=tasks.NewTask(**told.model_dump(exclude={"units"})),
        units=units,
        at=timezone.now(),
    )
    return Status(201, _task(request, made.code))


@router.post(
    "/tasks/{code}/remind",
    response=list[PartOut],
    operation_id="remind_units",
    summary=N_("Nhắc đơn vị chưa trả lời"),
)
def remind(request: ApiRequest, code: str) -> list[Json]:
    """Remind the units that have not answered."""
    need_scope(request.actor, WRITE_PROGRAMME)
    told = tasks.remind_units(actor=request.actor, task=_task(request, code), at=timezone.now())
    return [_part(row) for row in told]


@router.post(
    "/tasks/{code}/cancel",
    response=TaskOut,
    operation_id="cancel_task",
    summary=N_("Thôi giao việc"),
)
def cancel(request: ApiRequest, code: str, told: ReasonIn) -> UnitTask:
    """Take a task back, with the reason."""
    need_scope(request.actor, WRITE_PROGRAMME)
    tasks.cancel_task(
        actor=request.actor,
        task=_task(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return _task(request, code)


@router.get(
    "/task-answers",
    response=Page[PartOut],
    operation_id="task_answers",
    summary=N_("Phần việc của đơn vị"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def part_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The parts of tasks that the caller may see."""
    need_scope(request.actor, READ_PROGRAMME)
    return page(request, response, unit_tasks.answers_visible_to(request.actor), _part)


@router.put(
    "/task-answers/{code}",
    response=PartOut,
    operation_id="answer_task",
    summary=N_("Trả lời việc được giao"),
)
def answer(request: ApiRequest, code: str, told: TaskAnswerIn) -> Json:
    """A unit's answer."""
    need_scope(request.actor, WRITE_PROGRAMME)
    part = get_object_or_404(unit_tasks.answers_visible_to(request.actor), code=code)
    row = tasks.answer_task(
        actor=request.actor,
        part=part,
        answer=tasks.Answer(told.text, told.value, told.row_words),
        at=timezone.now(),
    )
    return _part(row)


@router.get(
    "/messages",
    response=Page[MessageOut],
    operation_id="messages",
    summary=N_("Thông báo của tôi"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def message_list(request: ApiRequest, response: HttpResponse) -> Json:
    """One's own messages."""
    need_scope(request.actor, READ_CALENDAR)
    return page(request, response, people.inbox(request.actor), lambda row: row)


@router.post(
    "/messages/{code}/read",
    response=MessageOut,
    operation_id="read_message",
    summary=N_("Đánh dấu đã đọc"),
)
def read(request: ApiRequest, code: str) -> Message:
    """Note that a message was read."""
    need_scope(request.actor, READ_CALENDAR)
    found = get_object_or_404(people.inbox(request.actor), code=code)
    accounts.read_messages(
        actor=request.actor, user=found.user, messages=[found], at=timezone.now()
    )
    found.refresh_from_db()
    return found


@router.get(
    "/agenda",
    response=Page[EntryOut],
    operation_id="agenda",
    summary=N_("Lịch của tôi"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def ahead(request: ApiRequest, response: HttpResponse) -> Json:
    """What the caller has ahead, in the order of days."""
    need_scope(request.actor, READ_CALENDAR)
    found = agenda.agenda(request.actor, on=timezone.localdate())
    return page_of(request, response, found, lambda entry: entry, place=agenda.place_of)
