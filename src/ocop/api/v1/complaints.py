"""What the public reports, as the office takes and answers it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.postchecks import check_of, paper_of
from ocop.api.v1.register import INVENTED
from ocop.core.language import noop as N_
from ocop.filters.postcheck import ComplaintFilter
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.products import queries as products
from ocop.recognition.postcheck import papers, queries, rules
from ocop.recognition.postcheck.models import Complaint, ComplaintTopic
from ocop.recognition.postcheck.services import complaining

router = Router(tags=["complaints"])
Json = dict[str, Any]


class ComplaintIn(JsonIn):
    """What somebody reported by telephone or letter; who it was may be left out."""

    product: str
    topic: Literal["mark", "quality", "label", "advertising", "other"]
    text: str
    place: str = ""
    contact_name: str = ""
    contact: str = ""


class ReceiptOut(Schema):
    """The receipt: number and secret open the page of the complaint; the secret is told once."""

    number: str
    secret: str
    due_on: date


class ComplaintOut(Schema):
    """A complaint; who reported it is told to the office alone. `photos` are the keys of its
    photographs. `product` is empty for a code that is none of ours: the text begins with it."""

    number: str
    product: str | None
    topic: str
    text: str
    place: str
    state: str
    received_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    postcheck: str | None
    photos: list[int]
    contact_name: str | None
    contact: str | None
    demonstration: bool = Field(description=INVENTED)


class AnswerIn(JsonIn):
    """The answer, or why nothing is looked into."""

    answer: str


class TieIn(JsonIn):
    """The visit that a complaint is tied to."""

    postcheck: str


def _find(request: ApiRequest, number: str) -> Complaint:
    rows = queries.complaints_visible_to(request.actor)
    found: Complaint = get_object_or_404(rows, number=number)
    return found


def _row(request: ApiRequest, found: Complaint) -> Json:
    seen = rules.may_see_contact(request.actor)
    named = ("number", "topic", "text", "place", "state", "received_at", "due_on", "answer")
    return {
        **{name: getattr(found, name) for name in (*named, "answered_at", "demonstration")},
        "product": found.product.code if found.product else None,
        "postcheck": found.postcheck.code if found.postcheck else None,
        "photos": [photo.pk for photo in found.photos.all()],
        "contact_name": found.contact_name if seen else None,
        "contact": found.contact if seen else None,
    }


@router.get(
    "/complaints",
    response=Page[ComplaintOut],
    operation_id="complaints",
    summary=N_("Phản ánh của người dân"),
    openapi_extra=described(ComplaintFilter),
)
def complaints(request: ApiRequest, response: HttpResponse) -> Json:
    """The complaints that the caller may see, newest first."""
    need_scope(request.actor, READ_REGISTER)
    seen = queries.complaints_visible_to(request.actor).prefetch_related("photos")
    rows = filtered(request, ComplaintFilter, seen)
    return page(request, response, rows, lambda row: _row(request, row), newest_first=True)


@router.post(
    "/complaints",
    response={201: ReceiptOut},
    operation_id="receive_complaint",
    summary=N_("Nhận phản ánh"),
)
def receive(request: ApiRequest, told: ComplaintIn) -> Status[Json]:
    """Enter what was reported by telephone or letter."""
    need_scope(request.actor, WRITE_REGISTER)
    given = told.model_dump()
    product = get_object_or_404(products.visible_to(request.actor), code=given.pop("product"))
    topic = ComplaintTopic(given.pop("topic"))
    receipt = complaining.receive_complaint(
        actor=request.actor,
        product=product,
        told=complaining.Told(topic=topic, **given),
        at=timezone.now(),
    )
    made = receipt.complaint
    return Status(201, {"number": made.number, "secret": receipt.secret, "due_on": made.due_on})


@router.get(
    "/complaints/{number}",
    response=ComplaintOut,
    operation_id="complaint",
    summary=N_("Một phản ánh"),
)
def complaint(request: ApiRequest, number: str) -> Json:
    """A complaint with its answer."""
    need_scope(request.actor, READ_REGISTER)
    return _row(request, _find(request, number))


@router.get(
    "/complaints/{number}/photos/{key}",
    response={200: bytes},
    operation_id="complaint_photo",
    summary=N_("Ảnh gửi kèm phản ánh"),
)
def photo(request: ApiRequest, number: str, key: int) -> FileResponse:
    """The file of a photograph that came with a complaint."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.complaint_photos(request.actor).filter(complaint__number=number)
    stored = get_object_or_404(rows, pk=key).attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)


@router.get(
    "/complaints/{number}/answer.{kind}",
    operation_id="complaint_answer",
    summary=N_("Văn bản trả lời phản ánh"),
)
def answer_paper(request: ApiRequest, number: str, kind: str) -> HttpResponse:
    """The answer as a letter, PDF or DOCX."""
    need_scope(request.actor, READ_REGISTER)
    return paper_of(papers.of_complaint(request.actor, _find(request, number)), "answer", kind)


@router.post(
    "/complaints/{number}/postcheck",
    response=ComplaintOut,
    operation_id="tie_complaint",
    summary=N_("Gắn phản ánh với lần kiểm tra"),
)
def tie(request: ApiRequest, number: str, told: TieIn) -> Json:
    """Tie a complaint to a visit to its product."""
    need_scope(request.actor, WRITE_REGISTER)
    found = complaining.tie_complaint(
        actor=request.actor,
        complaint=_find(request, number),
        check=check_of(request, told.postcheck),
        at=timezone.now(),
    )
    return _row(request, found)


@router.post(
    "/complaints/{number}/answer",
    response=ComplaintOut,
    operation_id="answer_complaint",
    summary=N_("Trả lời phản ánh"),
)
def answer(request: ApiRequest, number: str, told: AnswerIn) -> Json:
    """Answer a complaint; whoever holds the receipt reads it."""
    need_scope(request.actor, WRITE_REGISTER)
    found = complaining.answer_complaint(
        actor=request.actor,
        complaint=_find(request, number),
        answer=told.answer,
        at=timezone.now(),
    )
    return _row(request, found)


@router.post(
    "/complaints/{number}/dismissal",
    response=ComplaintOut,
    operation_id="dismiss_complaint",
    summary=N_("Không xử lý phản ánh, nêu lý do"),
)
def dismiss(request: ApiRequest, number: str, told: AnswerIn) -> Json:
    """End a complaint that is not looked into, with the reason."""
    need_scope(request.actor, WRITE_REGISTER)
    found = complaining.dismiss_complaint(
        actor=request.actor,
        complaint=_find(request, number),
        answer=told.answer,
        at=timezone.now(),
    )
    return _row(request, found)
