"""What the public reports: anonymous where wanted, answered in working days, never in events."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

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
