"""Post-checks: plans, visits, what was found, what follows."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import account
from ocop.api.v1.register import INVENTED
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.core.official import shelf
from ocop.core.official.shelf import Paper
from ocop.filters.postcheck import PostCheckFilter
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition import queries as register
from ocop.recognition.postcheck import papers, queries
from ocop.recognition.postcheck.models import (
    PostCheck,
    PostCheckPlan,
)
from ocop.recognition.postcheck.services import planning

router = Router(tags=["postchecks"])
Json = dict[str, Any]


class CheckPlanIn(JsonIn):
    """A plan of post-checks for a time."""

    title: str
    starts_on: date
    ends_on: date
    document: str = ""


class CheckPlanOut(Schema):
    """A plan with how many of its visits there are and how many are done."""

    code: str
    title: str
    starts_on: date
    ends_on: date
    document: str
    planned: int
    done: int
    demonstration: bool = Field(description=INVENTED)


class GivenIn(JsonIn):
    """Who visits, by the number of the account, and when."""

    inspector: int
    planned_on: date


class ChecksIn(GivenIn):
    """Visits to give: of a plan, or surprise ones; a complaint may be the reason of one."""

    recognitions: list[int]
    plan: str | None = None
    complaint: str | None = None


class SeenOut(Schema):
    """What was found of one criterion."""

    criterion: str
    held: str
    words: str


class CheckOut(Schema):
    """A post-check as a list shows it."""

    code: str
    product: str
    recognition: int
    kind: str
    state: str
    planned_on: date
    inspector: str
    plan: str | None
    result: str
    correct_until: date | None
    demonstration: bool = Field(description=INVENTED)


class CheckWhole(CheckOut):
    """A post-check with what was found and what follows."""

    visited_at: datetime | None
    note: str
    lat: float | None
    lon: float | None
    mark: SeenOut
    advertising: SeenOut
    findings: list[SeenOut]
    proposal: str
    ground: str
    conclusion: str
    concluded_on: date | None
    correction: str
    corrected_on: date | None
    photos: int


def check_of(request: ApiRequest, code: str) -> PostCheck:
    """A post-check among those the caller may see."""
    rows = queries.for_lists(queries.visible_to(request.actor))
    found: PostCheck = get_object_or_404(rows, code=code)
    return found


def paper_of(shelf_of: list[Paper], key: str, kind: str) -> HttpResponse:
    """A paper as a file; 404 for what the caller does not have."""
    file = shelf.take(shelf_of, key, kind)
    if file is None:
        raise Http404
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _row(check: PostCheck) -> Json:
    return {
        "code": check.code,
        "product": check.recognition.product.code,
        "recognition": check.recognition_id,
        "kind": check.kind,
        "state": check.state,
        "planned_on": check.planned_on,
        "inspector": check.inspector.name,
        "plan": check.plan.code if check.plan else None,
        "result": check.result,
        "correct_until": check.correct_until,
        "demonstration": check.demonstration,
    }


def whole(check: PostCheck) -> Json:
    named = ("visited_at", "note", "lat", "lon", "proposal", "ground", "conclusion", "concluded_on")
    return {
        **_row(check),
        **{name: getattr(check, name) for name in (*named, "correction", "corrected_on")},
        "mark": {"criterion": "mark", "held": check.mark, "words": check.mark_words},
        "advertising": {
            "criterion": "advertising",
            "held": check.advertising,
            "words": check.advertising_words,
        },
        "findings": [
            {"criterion": f.criterion, "held": f.held, "words": f.words}
            for f in check.findings.all()
        ],
        "photos": check.photos.count(),
    }


@router.get(
    "/postcheck-plans",
    response=Page[CheckPlanOut],
    operation_id="postcheck_plans",
    summary=N_("Kế hoạch kiểm tra sau công nhận"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def plans(request: ApiRequest, response: HttpResponse) -> Json:
    """The plans of post-checks, newest first."""
    need_scope(request.actor, READ_REGISTER)
    return page(request, response, queries.plans(request.actor), lambda row: row, newest_first=True)


@router.post(
    "/postcheck-plans",
    response={201: CheckPlanOut},
    operation_id="add_postcheck_plan",
    summary=N_("Lập kế hoạch kiểm tra"),
)
def add_plan(request: ApiRequest, told: CheckPlanIn) -> Status[Json]:
    """Open a plan of post-checks."""
    need_scope(request.actor, WRITE_REGISTER)
    made = planning.add_plan(actor=request.actor, at=timezone.now(), **told.model_dump())
    named = ("code", "title", "starts_on", "ends_on", "document", "demonstration")
    return Status(201, {**{n: getattr(made, n) for n in named}, "planned": 0, "done": 0})


@router.get(
    "/postchecks",
    response=Page[CheckOut],
    operation_id="postchecks",
    summary=N_("Các lần kiểm tra sau công nhận"),
    openapi_extra=described(PostCheckFilter),
)
def checks(request: ApiRequest, response: HttpResponse) -> Json:
    """The visits that the caller may see, newest first."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.for_lists(queries.visible_to(request.actor))
    return page(
        request, response, filtered(request, PostCheckFilter, rows), _row, newest_first=True
    )


@router.post(
    "/postchecks",
    response={201: list[CheckOut]},
    operation_id="plan_postchecks",
    summary=N_("Giao kiểm tra sau công nhận"),
)
def plan_checks(request: ApiRequest, told: ChecksIn) -> Status[list[Json]]:
    """Give visits to an inspector; without a plan they are surprise ones."""
    need_scope(request.actor, WRITE_REGISTER)
    seen = register.visible_to(request.actor).filter(pk__in=told.recognitions)
    if seen.count() != len(set(told.recognitions)):
        raise Http404
    rows = queries.complaints_visible_to(request.actor)
    complaint = get_object_or_404(rows, number=told.complaint) if told.complaint else None
    made = planning.plan_checks(
        actor=request.actor,
        recognitions=list(seen.select_related("product", "decision__legal_version")),
        inspector=account(told.inspector),
        planned_on=told.planned_on,
        plan=get_object_or_404(PostCheckPlan, code=told.plan) if told.plan else None,
        complaint=complaint,
        at=timezone.now(),
    )
    return Status(201, [_row(row) for row in made])


@router.get(
    "/postchecks/{code}",
    response=CheckWhole,
    operation_id="postcheck",
    summary=N_("Một lần kiểm tra"),
)
def check(request: ApiRequest, code: str) -> Json:
    """A visit with what was found and what follows; a producer reads it once it is concluded."""
    need_scope(request.actor, READ_REGISTER)
    return whole(check_of(request, code))


@router.get(
    "/postchecks/{code}/minutes.{kind}",
    operation_id="postcheck_minutes",
    summary=N_("Biên bản kiểm tra"),
)
def minutes(request: ApiRequest, code: str, kind: str) -> HttpResponse:
    """The minutes of a visit as PDF or DOCX."""
    need_scope(request.actor, READ_REGISTER)
    return paper_of(papers.of_check(request.actor, check_of(request, code)), "minutes", kind)


@router.post(
    "/postchecks/{code}/change",
    response=CheckWhole,
    operation_id="change_postcheck",
    summary=N_("Đổi ngày, người kiểm tra"),
)
def change(request: ApiRequest, code: str, told: GivenIn) -> Json:
    """Move a visit to another day or give it to somebody else."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    return whole(
        planning.change_check(
            actor=request.actor,
            check=found,
            inspector=account(told.inspector),
            planned_on=told.planned_on,
            at=timezone.now(),
        )
    )


@router.post(
    "/postchecks/{code}/cancellation",
    response=CheckWhole,
    operation_id="cancel_postcheck",
    summary=N_("Hủy lần kiểm tra"),
)
def cancel(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Call off a visit that was not made yet."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    return whole(
        planning.cancel_check(
            actor=request.actor, check=found, reason=told.reason, at=timezone.now()
        )
    )
