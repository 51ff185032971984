"""Post-checks in the field and after: minutes, photographs, conclusion, correction."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.postchecks import CheckWhole, check_of, whole
from ocop.core.fieldwork import Position
from ocop.core.language import noop as N_
from ocop.people.scopes import WRITE_REGISTER
from ocop.recognition.models import Ground
from ocop.recognition.postcheck.models import CheckResult, Held
from ocop.recognition.postcheck.services import checking

router = Router(tags=["postchecks"])
Json = dict[str, Any]


class SeenIn(JsonIn):
    """What was found of one criterion, of the mark or of advertising."""

    held: Literal["kept", "not_kept", "unseen"]
    words: str = ""


class CheckMinutesIn(JsonIn):
    """The minutes of a visit; the same `client_id` sent twice is one record."""

    client_id: UUID
    visited_at: Moment
    note: str
    proposal: Literal["kept", "correct", "ground"]
    criteria: dict[str, SeenIn] = {}
    mark: SeenIn | None = None
    advertising: SeenIn | None = None
    ground: Ground | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None


class ConclusionIn(JsonIn):
    """What follows from a visit, or came of a correction."""

    result: Literal["kept", "correct", "ground"]
    words: str
    ground: Ground | None = None
    correct_until: date | None = None


class CorrectionIn(JsonIn):
    """What came of a correction."""

    result: Literal["kept", "ground"]
    words: str


@router.post(
    "/postchecks/{code}/minutes",
    response={201: CheckWhole},
    operation_id="record_postcheck",
    summary=N_("Ghi biên bản kiểm tra"),
)
def record_minutes(request: ApiRequest, code: str, told: CheckMinutesIn) -> Status[Json]:
    """The minutes of a visit; photographs follow one by one."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    position = None
    if told.lat is not None and told.lon is not None:
        position = Position(told.lat, told.lon, told.accuracy)
    kept = checking.record_check(
        actor=request.actor,
        check=found,
        client_id=told.client_id,
        minutes=checking.Minutes(
            visited_at=told.visited_at,
            note=told.note,
            proposal=CheckResult(told.proposal),
            criteria={code: _seen(seen) for code, seen in told.criteria.items()},
            mark=_seen(told.mark),
            advertising=_seen(told.advertising),
            position=position,
            ground=told.ground,
        ),
        at=timezone.now(),
    )
    return Status(201, whole(kept))


@router.post(
    "/postchecks/{code}/photos",
    response={201: CheckWhole},
    operation_id="add_postcheck_photo",
    summary=N_("Thêm ảnh kiểm tra"),
)
def add_photo(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    caption: Annotated[str, Form()] = "",
    lat: Annotated[float | None, Form()] = None,
    lon: Annotated[float | None, Form()] = None,
) -> Status[Json]:
    """A photograph of a visit, where it was taken if that is told."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    checking.add_check_photo(
        actor=request.actor,
        check=found,
        content=file.read(),
        filename=file.name or "",
        caption=caption,
        position=Position(lat, lon) if lat is not None and lon is not None else None,
        at=timezone.now(),
    )
    return Status(201, whole(found))


@router.post(
    "/postchecks/{code}/conclusion",
    response=CheckWhole,
    operation_id="conclude_postcheck",
    summary=N_("Kết luận kiểm tra"),
)
def conclude(request: ApiRequest, code: str, told: ConclusionIn) -> Json:
    """Conclude a visit; the producer reads it."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    return whole(
        checking.conclude_check(
            actor=request.actor,
            check=found,
            result=CheckResult(told.result),
            words=told.words,
            ground=told.ground,
            correct_until=told.correct_until,
            at=timezone.now(),
        )
    )


@router.post(
    "/postchecks/{code}/correction",
    response=CheckWhole,
    operation_id="end_correction",
    summary=N_("Ghi kết quả khắc phục"),
)
def correct(request: ApiRequest, code: str, told: CorrectionIn) -> Json:
    """Note what came of a correction."""
    need_scope(request.actor, WRITE_REGISTER)
    found = check_of(request, code)
    return whole(
        checking.end_correction(
            actor=request.actor,
            check=found,
            result=CheckResult(told.result),
            words=told.words,
            at=timezone.now(),
        )
    )


def _seen(told: SeenIn | None) -> checking.Seen:
    return checking.Seen(Held(told.held), told.words) if told else checking.Seen()
