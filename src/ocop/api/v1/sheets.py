"""A member's sheet by the API: own marks, saved bit by bit; never others before their time."""

from datetime import datetime
from typing import Annotated, Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import Json as FormJson
from pydantic import StrictBool, StrictInt

from ocop.api.callers import need_scope
from ocop.api.files import sent
from ocop.api.inputs import FormIn, JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import find_item
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.councils import rules
from ocop.councils.models import Sheet
from ocop.councils.queries import sheets
from ocop.councils.services import paper_sheets
from ocop.councils.services import sheets as scoring
from ocop.councils.services.paper_sheets import Scan
from ocop.councils.services.sheets import Change
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["sheets"])
Json = dict[str, Any]


class SheetOut(Schema):
    """A sheet: marks and comments by criterion, answers by condition, and the opinion."""

    id: int
    member: str
    attempt: int
    state: str
    marks: dict[str, int]
    comments: dict[str, str]
    gates: dict[str, bool]
    opinion: str
    total: str | None
    revision: int
    submitted_at: datetime | None
    overtaken: list[str] = []


class ReopenedOut(Schema):
    """A sheet that its member has again. What stands on it is not told: others may still mark."""

    id: int
    member: str
    attempt: int
    state: str
    reason: str


class MarkIn(JsonIn):
    """A criterion as the member left it; `stamp` in milliseconds since 1970, when it was.

    Without it the stamp of the call counts, and without that the mark is said now. A comment left
    out stays as it was; an empty one takes it back.
    """

    points: int | None
    comment: str | None = None
    stamp: int | None = None


class SheetChangesIn(JsonIn):
    """What changed. `version` is the hash of the criteria set and `attempt` the one filled in.

    `stamp` is that of all that has none of its own; without any it is said now.
    """

    marks: dict[str, MarkIn] = {}
    gates: dict[str, bool | None] | None = None
    opinion: str | None = None
    rescoring_reason: str | None = None
    wants_meeting: bool | None = None
    stamp: int | None = None
    version: str = ""
    attempt: int | None = None


class PaperIn(FormIn):
    """A signed paper sheet as the secretary types it, sent as a form beside its scan.

    `marks` and `gates` are JSON texts: {"1.1": 3}. `reason`: why paper replaces a sheet that the
    member began on the screen and did not give in. `wants_meeting`: the member asks for a meeting,
    where opinions are given in writing.
    """

    seat: int
    marks: FormJson[dict[str, StrictInt]]
    gates: FormJson[dict[str, StrictBool]] = {}
    opinion: str = ""
    rescoring_reason: str = ""
    reason: str = ""
    wants_meeting: bool = False


class AgainIn(JsonIn):
    """A paper sheet, typed once more by a second person: marks, answers to conditions, words.

    Without `opinion` (of a second attempt `rescoring_reason`, too) the answer says, when all else
    agrees, what was typed, to be compared with the paper and sent back.
    """

    marks: dict[str, int]
    gates: dict[str, bool] = {}
    opinion: str | None = None
    rescoring_reason: str | None = None
    wants_meeting: bool = False


def _sheet(row: Sheet, overtaken: tuple[str, ...] = ()) -> Json:
    return {
        "id": row.pk,
        "member": row.seat.user.name,
        "attempt": row.attempt,
        "state": row.state,
        "marks": row.marks,
        "comments": row.comments,
        "gates": row.gates,
        "opinion": row.opinion,
        "total": None if row.total is None else f"{row.total.normalize():f}",
        "revision": row.revision,
        "submitted_at": row.submitted_at,
        "overtaken": list(overtaken),
    }


@router.get(
    "/items/{code}/sheet", response=SheetOut, operation_id="own_sheet", summary=N_("Phiếu của mình")
)
def own_sheet(request: ApiRequest, code: str) -> Json:
    """The own sheet of the attempt that runs; 404 before the first mark."""
    need_scope(request.actor, READ_COUNCILS)
    item = find_item(request, code)
    found = sheets.own_sheet(request.actor, item)
    if found is None and rules.may_score(request.actor, item):
        raise HttpError(404, _("Bạn chưa chấm hồ sơ này: phiếu có từ điểm đầu tiên."))
    return _sheet(found if found is not None else get_object_or_404(Sheet, pk=None))


@router.get(
    "/items/{code}/sheets", response=list[SheetOut], operation_id="sheets", summary=N_("Các phiếu")
)
def sheet_list(request: ApiRequest, code: str) -> list[Json]:
    """The sheets that the caller may read: the own ones, and others' when they may be known."""
    need_scope(request.actor, READ_COUNCILS)
    item = find_item(request, code)
    return [_sheet(row) for row in sheets.sheets_visible_to(request.actor, item)]


@router.patch(
    "/items/{code}/sheet", response=SheetOut, operation_id="save_marks", summary=N_("Lưu điểm")
)
def save(request: ApiRequest, code: str, told: SheetChangesIn) -> Json:
    """Merge changes into the own sheet, mark by mark; the newest stamp wins, nothing is lost."""
    need_scope(request.actor, WRITE_COUNCILS)
    saved = scoring.save_marks(
        actor=request.actor,
        item=find_item(request, code),
        changes={
            criterion: Change(mark.points, mark.comment, mark.stamp)
            for criterion, mark in told.marks.items()
        },
        at=timezone.now(),
        **told.model_dump(exclude={"marks"}),
    )
    return _sheet(saved.sheet, saved.overtaken)


@router.post(
    "/items/{code}/sheet/submit",
    response=SheetOut,
    operation_id="submit_sheet",
    summary=N_("Nộp phiếu của mình"),
)
def submit(request: ApiRequest, code: str) -> Json:
    """Give the own sheet in, every criterion marked and every condition answered; what is open is
    named. The same twice is no error."""
    need_scope(request.actor, WRITE_COUNCILS)
    item = find_item(request, code)
    return _sheet(scoring.submit_sheet(actor=request.actor, item=item, at=timezone.now()))


@router.post(
    "/sheets/{key}/reopen",
    response=ReopenedOut,
    operation_id="reopen_sheet",
    summary=N_("Mở lại phiếu"),
)
def reopen(request: ApiRequest, key: int, told: ReasonIn) -> Json:
    """The chair opens a sheet again, with the reason; also one that is not to be read yet."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = scoring.reopen_sheet(
        actor=request.actor, sheet=_to_reopen(request, key), reason=told.reason, at=timezone.now()
    )
    return {
        "id": row.pk,
        "member": row.seat.user.name,
        "attempt": row.attempt,
        "state": row.state,
        "reason": row.reopened_reason,
    }


@router.post(
    "/items/{code}/paper-sheets",
    response={201: SheetOut},
    operation_id="enter_paper_sheet",
    summary=N_("Nhập phiếu giấy"),
)
def enter(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    told: Annotated[PaperIn, Form()],
) -> Status[Json]:
    """Type a signed paper sheet; it counts when a second person confirmed it. `file` is its scan:
    PDF or image."""
    need_scope(request.actor, WRITE_COUNCILS)
    item = find_item(request, code)
    made = paper_sheets.enter_paper_sheet(
        actor=request.actor,
        item=item,
        seat=get_object_or_404(item.sitting.council.seats.all(), pk=told.seat),
        scan=Scan(file.read(), file.name or ""),
        at=timezone.now(),
        **told.model_dump(exclude={"seat"}),
    )
    return Status(201, _sheet(made))


@router.get(
    "/paper-sheets/{key}/scan",
    operation_id="paper_scan",
    summary=N_("Bản quét phiếu giấy"),
    response={200: bytes},
)
def scan(request: ApiRequest, key: int) -> FileResponse:
    """The signed paper, for whoever may read the sheet and for who confirms it."""
    need_scope(request.actor, READ_COUNCILS)
    named = get_object_or_404(Sheet.objects.select_related("item"), pk=key)
    item = find_item(request, named.item.code)
    kept = get_object_or_404(sheets.scanned(request.actor, item), pk=key).scan
    assert kept is not None
    return sent(kept.file, f"phieu-{key}", kept.media_type)


@router.post(
    "/paper-sheets/{key}/confirm",
    response=SheetOut,
    operation_id="confirm_paper_sheet",
    summary=N_("Xác nhận phiếu giấy"),
)
def confirm(request: ApiRequest, key: int, told: AgainIn) -> Json:
    """Confirm a paper sheet by typing its marks and answers to conditions once more, and its words
    as they stand on the paper."""
    need_scope(request.actor, WRITE_COUNCILS)
    found = get_object_or_404(Sheet.objects.select_related("item"), pk=key)
    find_item(request, found.item.code)
    row = paper_sheets.confirm_paper_sheet(
        actor=request.actor, sheet=found, at=timezone.now(), **told.model_dump()
    )
    return _sheet(row)


def _to_reopen(request: ApiRequest, key: int) -> Sheet:
    """A sheet that the caller may give back unread; others are told what they may read."""
    named = get_object_or_404(Sheet.objects.select_related("item"), pk=key)
    item = find_item(request, named.item.code)
    given = sheets.given_back(request.actor, item).filter(pk=key).first()
    found: Sheet = given or get_object_or_404(sheets.sheets_visible_to(request.actor, item), pk=key)
    return found
