"""The council's score workbooks: template, upload, results, papers."""

import io
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import FormIn, JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.core import papers
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.councils import documents, rules
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import Member, ProductOutcome, WorkingRules
from ocop.councils.queries import workbooks as queries
from ocop.councils.services import workbooks as services
from ocop.councils.summary import conclusion_words, problem_words
from ocop.councils.workbook import Chosen, write_template
from ocop.criteria.queries import set_in_words
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["councils"])


class WorkbookOut(Schema):
    """A workbook of members' marks as it was brought."""

    id: int
    title: str
    created_at: datetime


class RulesOut(Schema):
    """The working rules a workbook was computed under."""

    spread_limit: float
    quorum_percent: int
    minimums: str
    star_rule: str


class ProblemOut(Schema):
    """Why a result is not final: a stable code, and what to do."""

    code: str
    message: str


class OutcomeOut(Schema):
    """What the marks for one product come to; the mean is not rounded.

    `totals`, `marks` and `unanswered` go by member; `levels` are those the minimums were tested
    on; `missed` gives by star the criteria below their minimum and the points needed.
    """

    product: str
    set: int
    set_name: str
    members: int
    totals: dict[str, float]
    marks: dict[str, dict[str, int]]
    mean: float | None
    spread: float | None
    sections: dict[str, float]
    levels: dict[str, int]
    band: int | None
    star: int | None
    star_words: str
    missed: dict[str, dict[str, int]]
    held_back: dict[str, int]
    stopped: list[str]
    gates: dict[str, bool]
    unanswered: dict[str, list[str]]
    differing: list[str]
    open_gates: list[str]
    final: bool
    problems: list[ProblemOut]


class WorkbookDetailOut(WorkbookOut):
    """A workbook with its rules and what came of it, product by product."""

    rules: RulesOut
    outcomes: list[OutcomeOut]


class WorkbookIn(FormIn):
    """The sitting or round that a workbook is of."""

    title: str


class ChosenIn(JsonIn):
    """A product on the council's list, and the number of the set it is assessed by."""

    name: str
    set: int


class TemplateIn(JsonIn):
    """Whom a template is for; the first member is the chair."""

    title: str
    members: list[str]
    products: list[ChosenIn]


def _files(*kinds: str) -> dict[str, Any]:
    """The description of an operation that answers with a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {papers.MEDIA_TYPES[kind]: binary for kind in kinds}
    return {"responses": {200: {"description": "OK", "content": content}}}


def _facts(row: ScoreWorkbook) -> dict[str, Any]:
    return {"id": row.pk, "title": row.title, "created_at": row.created_at}


def _detail(row: ScoreWorkbook) -> dict[str, Any]:
    working = queries.rules_of(row)
    return {
        **_facts(row),
        "rules": RulesOut(
            spread_limit=float(working.spread_limit),
            quorum_percent=working.quorum_percent,
            minimums=working.minimums,
            star_rule=working.star_rule,
        ),
        "outcomes": [outcome_out(found, working) for found in queries.outcomes(row)],
    }


def outcome_out(found: ProductOutcome, working: WorkingRules, *, passing: int = 2) -> OutcomeOut:
    """A result as the API tells it; that of a first pass is never final."""
    return OutcomeOut(
        product=found.product,
        set=found.set_number,
        set_name=found.set_name,
        members=found.members,
        totals={member: float(total) for member, total in found.totals.items()},
        marks={member: dict(marks) for member, marks in found.marks.items()},
        mean=None if found.mean is None else float(found.mean),
        spread=None if found.spread is None else float(found.spread),
        sections={section: float(points) for section, points in found.sections.items()},
        levels=dict(found.levels),
        band=found.band,
        star=found.star,
        star_words=conclusion_words(found, passing=passing),
        missed={str(star): dict(missed) for star, missed in found.missed.items()},
        held_back=dict(found.held_back),
        stopped=list(found.stopped),
        gates=dict(found.gates),
        unanswered={member: list(codes) for member, codes in found.unanswered.items()},
        differing=list(found.differing),
        open_gates=list(found.open_gates),
        final=found.is_final and passing == 2,
        problems=[
            ProblemOut(code=problem, message=problem_words(problem, found, working))
            for problem in found.problems
        ],
    )


def _find(request: ApiRequest, key: int) -> ScoreWorkbook:
    found: ScoreWorkbook = get_object_or_404(queries.visible_to(request.actor), pk=key)
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=papers.MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@router.get(
    "/workbooks",
    response=Page[WorkbookOut],
    operation_id="workbooks",
    summary=N_("Sổ chấm của hội đồng"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def workbook_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """The workbooks that were brought."""
    need_scope(request.actor, READ_COUNCILS)
    require(request.actor, rules.may_see_workbooks)
    return page(request, response, queries.listed(request.actor), _facts)


@router.get(
    "/workbooks/{int:key}",
    response=WorkbookDetailOut,
    operation_id="workbook",
    summary=N_("Kết quả của một sổ chấm"),
)
def workbook_detail(request: ApiRequest, key: int) -> dict[str, Any]:
    """Totals, spread, stars and missed minimums of every product."""
    need_scope(request.actor, READ_COUNCILS)
    return _detail(_find(request, key))


@router.post(
    "/workbooks",
    response={201: WorkbookDetailOut},
    operation_id="bring_workbook",
    summary=N_("Nạp sổ chấm"),
)
def bring(
    request: ApiRequest,
    response: HttpResponse,
    file: Annotated[UploadedFile, File()],
    told: Annotated[WorkbookIn, Form()],
) -> Status[dict[str, Any]]:
    """Bring a filled workbook (XLSX) and have its results computed under the rules of today."""
    need_scope(request.actor, WRITE_COUNCILS)
    stored = services.store_workbook(
        actor=request.actor,
        title=told.title,
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    response["Location"] = request.build_absolute_uri(f"{request.path}/{stored.pk}")
    return Status(201, _detail(stored))


@router.post(
    "/workbooks/template",
    operation_id="workbook_template",
    summary=N_("Tạo tệp mẫu của sổ chấm"),
    openapi_extra=_files("xlsx"),
)
def template(request: ApiRequest, told: TemplateIn) -> HttpResponse:
    """A workbook to fill in: one row per member, product and criterion. Nothing is stored."""
    need_scope(request.actor, READ_COUNCILS)
    require(request.actor, rules.may_see_workbooks)
    names = [name.strip() for name in told.members if name.strip()]
    into = io.BytesIO()
    write_template(
        into,
        title=told.title,
        members=[Member(name, chair=not place) for place, name in enumerate(names)],
        products=[
            Chosen(chosen.name.strip(), set_in_words(chosen.set, timezone.localdate()))
            for chosen in told.products
        ],
        notes=papers.notes(timezone.now()),
    )
    return _file(into.getvalue(), "xlsx", "so-cham-hoi-dong")


@router.get(
    "/workbooks/{int:key}/results.{kind}",
    operation_id="workbook_results",
    summary=N_("Tệp kết quả của sổ chấm"),
    openapi_extra=_files(*papers.MEDIA_TYPES),
)
def results(request: ApiRequest, key: int, kind: Literal["xlsx", "docx", "pdf"]) -> HttpResponse:
    """Every mark and result as a workbook, or the summary to print and sign."""
    need_scope(request.actor, READ_COUNCILS)
    found = _find(request, key)
    content = documents.document(found, kind, at=timezone.now())
    return _file(content, kind, f"ket-qua-cham-{found.pk}")
