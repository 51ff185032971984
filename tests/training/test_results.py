from datetime import datetime, timedelta

import pypdfium2
import pytest
import zxingcpp

from ocop.core.actor import SYSTEM, Actor
from ocop.core.checkins import ticket_in
from ocop.core.codes import public_code
from ocop.core.options import set_option
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Potential
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.training import papers, queries
from ocop.training.models import Audience, Enrolment, TrainingCertificate, TrainingCourse
from ocop.training.options import NUMBER
from ocop.training.services import answering, attending, certifying, enrolling
from tests.factories import ProducerFactory, ProductFactory
from tests.training import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


def attended(now: datetime, **more: object) -> Enrolment:
    row = making.enrolled(now, making.make_class(now, making.make_course(now, test=True, **more)))
    making.attend(row)
    return row


def refused(row: Enrolment, at: datetime, actor: Actor = SYSTEM) -> str:
    with pytest.raises(Refused) as refusal:
        answering.answer_test(actor=actor, enrolment=row, answers=making.RIGHT, at=at)
    return refusal.value.code


def test_answers_are_marked_by_the_share_of_the_course(now: datetime) -> None:
    half = attended(now, pass_share=50)
    assert answering.answer_test(actor=SYSTEM, enrolment=half, answers=[1, 0], at=now).passed
    more = attended(now, pass_share=60)
    assert not answering.answer_test(actor=SYSTEM, enrolment=more, answers=[1, 0], at=now).passed


def test_three_attempts_and_no_more(now: datetime) -> None:
    row = attended(now)
    for number in (1, 2, 3):
        made = answering.answer_test(actor=SYSTEM, enrolment=row, answers=[0, 0], at=now)
        assert made.number == number
    assert refused(row, now) == "attempts_used"


def test_who_passed_need_not_answer_again(now: datetime) -> None:
    row = attended(now)
    answering.answer_test(actor=SYSTEM, enrolment=row, answers=making.RIGHT, at=now)
    assert refused(row, now) == "test_passed"


def test_who_was_not_there_does_not_answer(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now, making.make_course(now, test=True)))
    assert refused(row, now) == "not_attended"


def test_a_course_without_a_test_takes_no_answers(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    assert refused(row, now) == "no_test"


def test_after_the_class_only_the_office_enters_what_was_written(now: datetime) -> None:
    row = attended(now)
    making.held(row.training_class)
    row.training_class.refresh_from_db()
    at = row.training_class.ends_at
    assert row.producer is not None
    own = people.actor_for(member(now, row.producer), on=now.date())
    assert refused(row, at, own) == "class_not_open"
    officer = people.actor_for(person(now, Role.PROVINCIAL_OFFICER), on=now.date())
    told = {"actor": officer, "enrolment": row, "answers": making.RIGHT}
    assert answering.answer_test(**told, at=at).passed
    (made,) = certifying.issue_certificates(actor=officer, training_class=row.training_class, at=at)
    assert made.enrolment == row


def test_certificates_are_for_those_who_completed_only(now: datetime) -> None:
    found = making.make_class(now, making.make_course(now, test=True))
    done, failed, absent = (making.enrolled(now, found, name=name) for name in ("A", "B", "C"))
    making.attend(done)
    making.attend(failed)
    making.attend(absent, [found.sessions.first()])
    for row in (done, absent):
        answering.answer_test(actor=SYSTEM, enrolment=row, answers=making.RIGHT, at=now)
    making.held(found)
    (made,) = certifying.issue_certificates(actor=SYSTEM, training_class=found, at=found.ends_at)
    assert made.enrolment == done
    year = found.ends_at.year
    assert made.number == f"0001/{year}/GCN-TH"
    assert made.words["name"] == "A"
    told = {each.enrolment.name: each.missing for each in queries.standings(found)}
    assert told["B"].test_missing
    assert told["C"].sessions_missing == 1


def test_numbers_go_on_through_the_year(now: datetime) -> None:
    serials = [making.certified(now).serial for _ in range(3)]
    assert serials == [1, 2, 3]


def test_issuing_again_finds_nobody(now: datetime) -> None:
    made = making.certified(now)
    with pytest.raises(Refused) as refusal:
        certifying.issue_certificates(
            actor=SYSTEM, training_class=made.enrolment.training_class, at=now
        )
    assert refusal.value.code == "no_certificate_due"


def test_a_class_that_is_not_over_gives_no_certificates(now: datetime) -> None:
    row = attended(now)
    with pytest.raises(Refused) as refusal:
        certifying.issue_certificates(actor=SYSTEM, training_class=row.training_class, at=now)
    assert refusal.value.code == "class_not_held"


def test_the_producer_is_told_of_certificates(now: datetime) -> None:
    producer = ProducerFactory()
    user = member(now, producer)
    making.certified(now, producer)
    assert Message.objects.get(kind="training.certified").user_id == user.pk


def test_who_enrolled_officials_is_told(now: datetime) -> None:
    places = build_places(now)
    course = making.make_course(now, audience=Audience.OFFICIALS)
    found = making.make_class(now, course)
    user = member(now, ProducerFactory())
    row = enrolling.enrol(
        actor=SYSTEM,
        training_class=found,
        attendee=enrolling.Attendee("A B", unit=places.here),
        at=now,
    )
    row.user = user
    row.save()
    making.attend(row)
    making.held(found)
    (made,) = certifying.issue_certificates(actor=SYSTEM, training_class=found, at=found.ends_at)
    assert made.words["of"] == places.here.name
    assert Message.objects.get(kind="training.certified").link.startswith("/dieu-hanh/")


def test_the_form_of_the_number_is_a_setting(now: datetime) -> None:
    set_option(actor=SYSTEM, option=NUMBER, value="TH-{year}-{serial}", at=now)
    assert making.certified(now).number.startswith("TH-")
    for bad in ("{serial}", "không số", "{serial}{year}{x}", 7, "{serial:d}/{year", ""):
        assert not NUMBER.accepts(bad)


def test_a_revoked_certificate_counts_no_more(now: datetime) -> None:
    made = making.certified(now, ProducerFactory())
    day = (made.issued_at + timedelta(days=1)).date()
    assert queries.trained(day).count() == 1
    certifying.revoke_certificate(
        actor=SYSTEM, certificate=made, reason="Cấp nhầm", at=made.issued_at
    )
    assert queries.trained(day).count() == 0
    with pytest.raises(Refused) as refusal:
        certifying.revoke_certificate(
            actor=SYSTEM, certificate=made, reason="Cấp nhầm", at=made.issued_at
        )
    assert refusal.value.code == "certificate_revoked"


def test_before_it_was_issued_nobody_was_trained(now: datetime) -> None:
    made = making.certified(now)
    assert not queries.trained((made.issued_at - timedelta(days=1)).date()).exists()


def test_lacking_are_producers_of_whom_nobody_completed_a_class(now: datetime) -> None:
    done, coming, none = (ProducerFactory() for _ in range(3))
    made = making.certified(now, done)
    making.enrolled(now, making.make_class(now), coming)
    day = (made.issued_at + timedelta(days=1)).date()
    found = queries.lacking(Producer.objects.all(), day)
    assert {(row.pk, row.coming) for row in found} == {(coming.pk, True), (none.pk, False)}


def test_certificates_are_seen_by_whom_they_concern(now: datetime) -> None:
    producer = ProducerFactory()
    own = people.actor_for(member(now, producer), on=now.date())
    other = people.actor_for(member(now, ProducerFactory()), on=now.date())
    made = making.certified(now, producer)
    assert list(queries.certificates_visible_to(own)) == [made]
    assert not queries.certificates_visible_to(other).exists()
    assert TrainingCertificate.objects.count() == 1


def test_a_ticket_is_read_back_from_its_code() -> None:
    drawn = papers.qr(papers.ticket_text("7k3m9p2q"))
    assert drawn.startswith('<svg viewBox="0 0 ')
    assert "<desc>" not in drawn
    assert ticket_in(papers.ticket_text("7k3m9p2q")) == "7k3m9p2q"


def test_a_certificate_is_one_page_and_says_where_it_is_checked(now: datetime) -> None:
    build_places(now)
    made = making.certified(now)
    document = pypdfium2.PdfDocument(papers.certificates_pdf([made, made]))
    assert len(document) == 2
    text = document[0].get_textpage().get_text_range()
    assert made.number in text
    assert made.enrolment.name in text
    image = document[0].render(scale=4).to_pil()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == papers.certificate_address(made)


def test_who_lacks_a_class_and_has_a_product_with_potential_is_known(now: datetime) -> None:
    product, other, unit = ProductFactory(), ProductFactory(), build_places(now).here
    for about, ended in ((product, None), (other, now.date())):
        Potential.objects.create(
            code=public_code(), unit=unit, province="01", product_name=about.name,
            product=about, year=now.year, ended_on=ended, created_at=now,
        )  # fmt: skip
    told = queries.lacking(Producer.objects.all(), now.date()).values_list("pk", "potential")
    assert dict(told) == {product.producer.pk: True, other.producer.pk: False}


def corrected(actor: Actor, row: Enrolment, name: str, at: datetime) -> str:
    """The name as it is written then, or the code of the refusal."""
    told = {"actor": actor, "enrolment": row, "written": enrolling.Written(name), "at": at}
    try:
        return enrolling.correct_person(**told).name
    except Refused as refusal:
        return refusal.code


def test_a_certificate_with_a_wrong_name_is_given_anew(now: datetime) -> None:
    made = making.certified(now, ProducerFactory())
    person_, at = made.enrolment, made.issued_at
    assert corrected(SYSTEM, person_, "Nguyễn Thị Á", at) == "enrolment_certified"
    anew = {"actor": SYSTEM, "certificate": made, "at": at}
    with pytest.raises(Refused) as refusal:
        certifying.reissue_certificate(**anew)
    assert refusal.value.code == "certificate_stands"
    certifying.revoke_certificate(**anew, reason="Sai họ tên")
    assert corrected(SYSTEM, person_, " Nguyễn Thị  Á ", at) == "Nguyễn Thị Á"
    assert queries.due_certificates(person_.training_class) == []  # nobody gets one unasked
    new = certifying.reissue_certificate(**anew)
    assert (new.words["name"], new.serial) == ("Nguyễn Thị Á", made.serial + 1)
    assert Enrolment.objects.get(pk=person_.pk).certificate == new
    day = (at + timedelta(days=1)).date()
    assert list(queries.trained(day)) == [person_]
    assert list(queries.with_counts(TrainingCourse.objects.all()).values_list("completed")) == [
        (1,)
    ]
    with pytest.raises(Refused) as refusal:
        certifying.reissue_certificate(**anew)
    assert refusal.value.code == "certificate_stands"


def test_who_completes_no_more_gets_no_certificate_anew(now: datetime) -> None:
    made = making.revoked(now)
    session = made.enrolment.training_class.sessions.get(number=1)
    attending.undo_check_in(
        actor=SYSTEM, session=session, enrolment=made.enrolment, reason="Đi thay", at=made.issued_at
    )
    with pytest.raises(Refused) as refusal:
        certifying.reissue_certificate(actor=SYSTEM, certificate=made, at=made.issued_at)
    assert refusal.value.code == "class_not_completed"
    assert "thiếu 1 buổi" in refusal.value.message


def test_a_name_is_corrected_by_its_own_until_somebody_came(now: datetime) -> None:
    producer = ProducerFactory()
    found = making.make_class(now)
    row = making.enrolled(now, found, producer, "Lê Văn Ba")
    making.enrolled(now, found, producer, "Lê Văn Bốn")
    own = people.actor_for(member(now, producer), on=now.date())
    other = people.actor_for(member(now, ProducerFactory()), on=now.date())
    assert corrected(own, row, "Lê Văn Bá", now) == "Lê Văn Bá"
    assert corrected(own, row, "lê văn bốn", now) == "enrolment_name"
    assert corrected(own, row, " ", now) == "enrolment_name"
    with pytest.raises(NotAllowed):
        enrolling.correct_person(
            actor=other, enrolment=row, written=enrolling.Written("Người khác"), at=now
        )
    making.attend(row)
    assert corrected(own, row, "Người khác", now) == "enrolment_attended"
    assert corrected(SYSTEM, row, "Lê Văn Bà", now) == "Lê Văn Bà"
