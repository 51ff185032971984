"""What the public reports: anonymous where wanted, answered in working days, never in events."""

import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.core.workdays import add_working_days
from ocop.people.models import Delivery, Message
from ocop.people.roles import Role
from ocop.recognition.postcheck import queries
from ocop.recognition.postcheck.models import ComplaintState
from ocop.recognition.postcheck.services import complaining, planning
from tests.recognition import aftercare
from tests.world import person

pytestmark = pytest.mark.django_db
NAME, PHONE = "Trần Thị Bí Mật", "0912345678"


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_receipt_opens_the_complaint_and_nothing_else_does(now) -> None:
    receipt = aftercare.complained(now)
    number = receipt.complaint.number
    assert queries.by_receipt(number, receipt.secret) == receipt.complaint
    assert queries.by_receipt(f" {number.upper()} ", receipt.secret.upper()) == receipt.complaint
    assert queries.by_receipt(number, "x" * 16) is None
    assert queries.by_receipt("nothing0", receipt.secret) is None
    assert queries.by_receipt("nothing0", "") is None
    assert receipt.secret not in receipt.complaint.secret_digest


def test_answer_is_due_after_the_working_days_of_the_setting(now) -> None:
    today = timezone.localdate(now)
    assert aftercare.complained(now).complaint.due_on == add_working_days(today, 15)
    options.set_option(actor=SYSTEM, option=queries.ANSWER_DAYS, value=5, at=now)
    assert aftercare.complained(now).complaint.due_on == add_working_days(today, 5)


def test_who_reported_stands_in_no_event_and_no_message(now) -> None:
    person(now, Role.PROVINCIAL_OFFICER)
    told = {"contact_name": NAME, "contact": PHONE, "text": f"Tôi là {NAME}, gọi {PHONE}."}
    complaint = aftercare.complained(now, **told).complaint
    complaining.answer_complaint(actor=SYSTEM, complaint=complaint, answer="Đã xử lý", at=now)
    written = [json.dumps(e.change) + e.reason for e in Event.objects.all()]
    written += [m.subject + m.body for m in Message.objects.all()]
    written += [d.subject + d.body for d in Delivery.objects.all()]
    assert Message.objects.filter(kind="recognition.complaint").exists()
    assert not any(NAME in text or PHONE in text for text in written)


def test_contact_is_read_by_the_office_alone(now) -> None:
    star = aftercare.star(now)
    inspector = person(now, Role.INSPECTOR)
    complaint = aftercare.complained(now, star, contact_name=NAME, contact=PHONE).complaint
    check = aftercare.planned(now, star, inspector)
    complaining.tie_complaint(actor=SYSTEM, complaint=complaint, check=check, at=now)

    def deferred(actor):
        return queries.complaints_visible_to(actor).get().get_deferred_fields()

    assert not deferred(aftercare.somebody(now, Role.PROVINCIAL_OFFICER))
    assert deferred(aftercare.somebody(now, Role.AUDITOR)) == {"contact", "contact_name"}
    assert deferred(aftercare.acting(inspector, now)) == {"contact", "contact_name"}
    for nobody in (
        ANONYMOUS,
        aftercare.maker(now, star),
        aftercare.somebody(now, Role.INSPECTOR),
    ):
        found = queries.complaints_visible_to(nobody)
        assert not found.exists()


def test_public_itself_writes_nothing(now) -> None:
    star = aftercare.star(now)
    with pytest.raises(NotAllowed):
        complaining.receive_complaint(
            actor=ANONYMOUS, product=star.product, told=aftercare.told(), at=now
        )


@pytest.mark.parametrize("text", ["", "Sai", "x" * 4001])
def test_words_that_say_nothing_or_too_much_are_refused(now, text) -> None:
    assert code_of(lambda: aftercare.complained(now, text=text)) in (
        "postcheck_text",
        "text_too_long",
    )


def test_visit_to_another_product_cannot_be_tied(now) -> None:
    complaint = aftercare.complained(now).complaint
    told = {"complaint": complaint, "check": aftercare.planned(now), "at": now}
    assert code_of(lambda: complaining.tie_complaint(actor=SYSTEM, **told)) == "postcheck_check"


def test_ended_complaint_stays_ended(now) -> None:
    complaint = aftercare.complained(now).complaint
    done = complaining.dismiss_complaint(
        actor=SYSTEM, complaint=complaint, answer="Không phải OCOP", at=now
    )
    assert done.state == ComplaintState.DISMISSED
    told = {"complaint": complaint, "answer": "Khác", "at": now}
    assert code_of(lambda: complaining.answer_complaint(actor=SYSTEM, **told)) == (
        "move_not_possible"
    )
    fresh = aftercare.complained(now).complaint
    told = {"complaint": fresh, "answer": " ", "at": now}
    assert code_of(lambda: complaining.answer_complaint(actor=SYSTEM, **told)) == "postcheck_answer"


def test_complaint_that_is_the_reason_of_a_visit_waits_for_it(now) -> None:
    star = aftercare.star(now)
    complaint = aftercare.complained(now, star).complaint
    check = planning.plan_checks(
        actor=SYSTEM,
        recognitions=[star],
        inspector=person(now, Role.INSPECTOR),
        planned_on=timezone.localdate(now) + timedelta(days=1),
        complaint=complaint,
        at=now,
    )[0]
    complaint.refresh_from_db()
    assert (complaint.state, complaint.postcheck) == (ComplaintState.CHECKING, check)


def test_due_list_is_the_offices(now) -> None:
    complaint = aftercare.complained(now).complaint
    office = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    assert list(queries.complaints_due(office)) == [complaint]
    assert not queries.complaints_due(aftercare.somebody(now, Role.AUDITOR)).exists()
    today = timezone.localdate(now)
    later = complaint.due_on + timedelta(days=20)
    assert not queries.complaints_between(today, today).exists()
    assert list(queries.complaints_between(later, later)) == [complaint]


# --- photographs ----------------------------------------------------------------------------------
def camera(colour: str = "red") -> bytes:
    """A photograph as a telephone makes it: with the place and the name of the device."""
    into = io.BytesIO()
    facts = Image.Exif()
    facts[0x010F] = "Hãng máy"
    facts.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.0)})
    Image.new("RGB", (16, 16), colour).save(into, "JPEG", exif=facts)
    return into.getvalue()


def photographs(*contents: bytes) -> tuple[complaining.Photo, ...]:
    return tuple(complaining.Photo(content, "a.jpg") for content in contents)


def test_photographs_are_kept_without_place_and_camera(now) -> None:
    assert Image.open(io.BytesIO(camera())).getexif()
    complaint = aftercare.complained(now, photos=photographs(camera(), camera("blue"))).complaint
    kept = [photo.attachment for photo in complaint.photos.all()]
    assert len(kept) == 2
    for stored in kept:
        with stored.file.open("rb") as file:
            image = Image.open(file)
            assert (image.format, dict(image.getexif())) == ("JPEG", {})


def test_the_same_photograph_twice_is_one(now) -> None:
    complaint = aftercare.complained(now, photos=photographs(camera(), camera())).complaint
    assert complaint.photos.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        photographs(*[b"x"] * 4),
        photographs(b"<html><script>1</script></html>"),
        (complaining.Photo(b"%PDF-1.4 x", "a.jpg"),),
        photographs(b"\xff\xd8\xff" + b"0" * complaining.LARGEST_PHOTO),
        (complaining.Photo(camera(), "a.png"),),
    ],
    ids=["four", "markup", "pdf", "large", "lies"],
)
def test_what_is_no_photograph_is_refused_and_nothing_is_kept(now, sent) -> None:
    star = aftercare.star(now)
    with pytest.raises(Refused):
        aftercare.complained(now, star, photos=sent)
    assert not star.product.complaints.exists()


def test_photographs_are_for_who_may_see_the_complaint(now) -> None:
    star = aftercare.star(now)
    complaint = aftercare.complained(now, star, photos=photographs(camera())).complaint
    inspector, other = person(now, Role.INSPECTOR), person(now, Role.INSPECTOR)
    check = aftercare.planned(now, star, inspector)
    complaining.tie_complaint(actor=SYSTEM, complaint=complaint, check=check, at=now)
    seen = {
        aftercare.somebody(now, Role.PROVINCIAL_OFFICER): 1,
        aftercare.acting(inspector, now): 1,
        aftercare.acting(other, now): 0,
        ANONYMOUS: 0,
        aftercare.maker(now, star): 0,
    }
    found = {actor: queries.complaint_photos(actor).count() for actor in seen}
    assert found == seen
