"""What the public reports of a product: received, looked into, answered in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ocop.core import attachments, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.fieldwork import PICTURES
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.people.tokens import digest_of
from ocop.products.models import Product
from ocop.recognition.postcheck import lifecycle, notices, rules
from ocop.recognition.postcheck.models import Complaint, ComplaintPhoto, ComplaintTopic, PostCheck
from ocop.recognition.postcheck.queries import ANSWER_DAYS
from ocop.recognition.postcheck.services.moving import move, needs_words, refuse

SHORTEST, LONGEST = 10, 4_000
MOST_PHOTOS, LARGEST_PHOTO = 3, 10_000_000  # bytes: a telephone's largest photograph


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as it was sent."""

    content: bytes
    filename: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports, and how to reach them where they say it."""

    topic: ComplaintTopic
    text: str
    place: str = ""
    contact_name: str = ""
    contact: str = ""
    photos: tuple[Photo, ...] = ()
    about: str = ""  # the code by which somebody came: of a stamp, a lot


@dataclass(frozen=True, slots=True)
class Receipt:
    """A kept complaint with the secret that opens its page: shown once."""

    complaint: Complaint
    secret: str


@action("recognition.receive_complaint")
def receive_complaint(
    *, actor: Actor, product: Product | None, told: Told, at: datetime
) -> Receipt:
    """Take a complaint and give its receipt. Who reports may stay unknown.

    No event says who or what: it names the product only. A code that is none of ours has none:
    `told.about` says the code then. Refused: words that say nothing, or too many of them; more than
    three photographs, one too large or that is no picture; neither a product nor a code.
    """
    require(actor, rules.may_take_complaint)
    if product is None and not told.about:
        raise refuse("product", _("Hãy chọn sản phẩm."))
    text = needs_words("text", told.text, _("Hãy ghi điều bạn thấy."))
    if len(text) < SHORTEST:
        raise refuse("text", _("Hãy ghi rõ hơn, ít nhất %d ký tự.") % SHORTEST)
    check_text(text, "text", LONGEST)
    secret = public_code() + public_code()
    row = Complaint(
        number=public_code(),
        secret_digest=digest_of(secret),
        product=product,
        topic=ComplaintTopic(told.topic),
        text=f"{told.about}\n\n{text}" if told.about else text,
        place=folding.clean(told.place),
        contact_name=folding.clean(told.contact_name),
        contact=folding.clean(told.contact),
        received_at=at,
        due_on=lifecycle.answer_due(timezone.localdate(at), ANSWER_DAYS.get()),
        demonstration=product.demonstration if product else options.DEMONSTRATION.get(),
    )
    fits(row)
    row.save()
    _keep(row, told.photos, at)
    record(
        actor,
        "recognition.complaint_received",
        row,
        *_named(product),
        at=at,
        change={"topic": row.topic, "due": str(row.due_on)},
    )
    notices.complaint_received(complaint=row, at=at)
    return Receipt(row, secret)


def _named(product: Product | None) -> tuple[Product, ...]:
    """The product as an event names it, where there is one."""
    return (product,) if product else ()


def _keep(row: Complaint, photos: Sequence[Photo], at: datetime) -> None:
    """Photographs, the same one once; what a camera wrote into them, as the place, leaves them."""
    if len(photos) > MOST_PHOTOS:
        raise refuse("photos", _("Mỗi phản ánh nhận tối đa %d ảnh.") % MOST_PHOTOS)
    for number, photo in enumerate(photos, start=1):
        if len(photo.content) > LARGEST_PHOTO:
            most = LARGEST_PHOTO // 1_000_000
            words = _("Ảnh %(number)d quá %(most)d MB. Hãy gửi ảnh nhỏ hơn.")
            raise refuse("photos", words % {"number": number, "most": most})
        try:
            stored = attachments.store(photo.content, filename=photo.filename, at=at)
        except Refused as refused:
            if refused.code == "file_type":
                raise _no_picture(number) from refused
            raise
        if stored.media_type not in PICTURES:
            raise _no_picture(number)
        ComplaintPhoto.objects.get_or_create(complaint=row, attachment=stored)


def _no_picture(number: int) -> Refused:
    return refuse("photos", _("Ảnh %d không phải ảnh: chỉ nhận JPEG, PNG, WebP.") % number)


@action("recognition.tie_complaint")
def tie_complaint(
    *, actor: Actor, complaint: Complaint, check: PostCheck, at: datetime
) -> Complaint:
    """Tie a complaint to a visit that is to be made, or was made, to its product.

    Refused: a visit to another product, a complaint that is ended.
    """
    require(actor, rules.may_handle_complaints)
    if check.recognition.product_id != complaint.product_id:
        raise refuse("check", _("Lần kiểm tra này về sản phẩm khác."))
    move(complaint, "check", postcheck=check)
    record(actor, "recognition.complaint_tied", complaint, check, at=at)
    return complaint


@action("recognition.answer_complaint")
def answer_complaint(*, actor: Actor, complaint: Complaint, answer: str, at: datetime) -> Complaint:
    """Answer a complaint; whoever holds the receipt reads it. Refused: no words, an ended one."""
    require(actor, rules.may_handle_complaints)
    _end(actor, complaint, "answer", answer, at)
    record(actor, "recognition.complaint_answered", complaint, *_named(complaint.product), at=at)
    return complaint


@action("recognition.dismiss_complaint")
def dismiss_complaint(
    *, actor: Actor, complaint: Complaint, answer: str, at: datetime
) -> Complaint:
    """End a complaint that is not looked into (not the office's matter, nothing to go by), with
    the words that its sender reads. Refused: no words, an ended one."""
    require(actor, rules.may_handle_complaints)
    _end(actor, complaint, "dismiss", answer, at)
    record(actor, "recognition.complaint_dismissed", complaint, *_named(complaint.product), at=at)
    return complaint


def _end(actor: Actor, complaint: Complaint, name: str, answer: str, at: datetime) -> None:
    told = needs_words("answer", answer, _("Hãy ghi nội dung trả lời."))
    check_text(told, "answer", LONGEST)
    move(complaint, name, answer=told, answered_at=at, answered_by=actor.user_id)
