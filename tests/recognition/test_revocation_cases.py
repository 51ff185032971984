"""Revocation (Art. 8): six grounds, 15 days, heard first, decided by whoever gave the star."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import services as register
from ocop.recognition.certified import certified
from ocop.recognition.models import Evidence, Ground
from ocop.recognition.postcheck import papers, queries
from ocop.recognition.postcheck.models import CaseState, CheckResult, Held
from ocop.recognition.postcheck.services import checking, revoking
from ocop.recognition.postcheck.services.checking import Seen
from ocop.recognition.validity import State
from tests.factories import PDF
from tests.recognition import aftercare
from tests.world import annulled_by, revoked_by

pytestmark = pytest.mark.django_db


def day(now, days=0):
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def open_one(now, **more):
    told = {
        "recognition": aftercare.star(now),
        "ground": Ground.BREACH,
        "facts": "Vi phạm an toàn thực phẩm.",
        "established_on": day(now),
        "conclusion_of": "Kết luận 1",
        **more,
    }
    return revoking.open_case(actor=SYSTEM, at=now, **told)


def decide(now, case, **more):
    told = {
        "number": "77/QĐ-UBND",
        "signed_on": day(now),
        "authority_name": "UBND thành phố Hà Nội",
        **more,
    }
    return revoking.decide_case(actor=SYSTEM, case=case, at=now, **told)


@pytest.mark.parametrize("ground", Ground)
def test_case_opens_on_each_of_the_six_grounds(now, ground) -> None:
    assert len(Ground) == 6
    assert open_one(now, ground=ground).ground == ground


def test_clock_counts_from_the_day_the_ground_is_established_not_from_the_entry(now) -> None:
    case = open_one(now, established_on=day(now, -4))
    assert case.due_on == day(now, 11)


def test_case_needs_facts_evidence_and_a_star_that_holds(now) -> None:
    assert code_of(lambda: open_one(now, facts=" ")) == "postcheck_facts"
    assert code_of(lambda: open_one(now, conclusion_of="")) == "postcheck_conclusion_of"
    assert code_of(lambda: open_one(now, established_on=day(now, 1))) == (
        "recognition_established_on"
    )
    ended = aftercare.star(now)
    ended.expires_on = day(now, -400)
    ended.valid_from = day(now, -900)
    ended.save()
    assert code_of(lambda: open_one(now, recognition=ended)) == "not_holding"
    star = aftercare.star(now)
    open_one(now, recognition=star)
    assert code_of(lambda: open_one(now, recognition=star)) == "case_open"


def test_evidence_is_about_the_same_product_and_a_visit_that_was_made(now) -> None:
    star = aftercare.star(now)
    told = {"recognition": star, "conclusion_of": ""}
    check = aftercare.planned(now, star)
    assert code_of(lambda: open_one(now, postcheck=check, **told)) == "postcheck_postcheck"
    other = aftercare.recorded(now)
    assert code_of(lambda: open_one(now, postcheck=other, **told)) == "postcheck_postcheck"
    strange = aftercare.complained(now).complaint
    assert code_of(lambda: open_one(now, complaint=strange, **told)) == "postcheck_complaint"
    complaint = aftercare.complained(now, star).complaint
    made = aftercare.recorded(now, check, mark=Seen(Held.NOT_KEPT, "In 4 sao"), proposal="correct")
    assert code_of(lambda: open_one(now, postcheck=made, **told)) == "postcheck_postcheck"
    checking.conclude_check(
        actor=SYSTEM, check=made, result=CheckResult.GROUND, words="Có căn cứ", at=now
    )
    case = open_one(
        now,
        postcheck=made,
        complaint=complaint,
        file=PDF,
        filename="kl.pdf",
        **told,
    )
    assert (case.postcheck, case.complaint) == (check, complaint)
    assert case.conclusion_file is not None


def test_ground_is_not_established_before_the_conclusion_it_rests_on(now) -> None:
    star = aftercare.star(now)
    check = aftercare.recorded(now, aftercare.planned(now, star), ground=Ground.STOPPED,
                               proposal=CheckResult.GROUND)  # fmt: skip
    later = now + timedelta(days=3)
    checking.conclude_check(
        actor=SYSTEM, check=check, result=CheckResult.GROUND, words="Có căn cứ", at=later
    )
    told = {"recognition": star, "conclusion_of": "", "postcheck": check}
    early = {**told, "established_on": day(now, 2)}
    assert code_of(lambda: open_one(later, **early)) == "postcheck_established_on"
    case = open_one(later, **told, established_on=day(now, 3))
    assert case.due_on == day(now, 18)
    # A complaint that is all there is came first, too; beside an authority's paper it need not.
    other = aftercare.star(now)
    complaint = aftercare.complained(now, other).complaint
    told = {"recognition": other, "complaint": complaint, "established_on": day(now, -1)}
    assert code_of(lambda: open_one(now, **told, conclusion_of="")) == "postcheck_established_on"
    assert open_one(now, **told).due_on == day(now, 14)


def test_a_visit_that_found_nothing_is_no_evidence(now) -> None:
    star = aftercare.star(now)
    check = aftercare.recorded(now, aftercare.planned(now, star))
    checking.conclude_check(
        actor=SYSTEM, check=check, result=CheckResult.KEPT, words="Giữ được", at=now
    )
    told = {"recognition": star, "conclusion_of": "", "postcheck": check}
    assert code_of(lambda: open_one(now, **told)) == "postcheck_postcheck"


def test_producer_speaks_before_the_proposal_and_not_after(now) -> None:
    star = aftercare.star(now)
    maker = aftercare.maker(now, star)
    case = open_one(now, recognition=star)
    assert Message.objects.filter(user=maker.user_id, kind="recognition.case").exists()
    told = {"case": case, "text": "Chúng tôi đã sửa.", "at": now}
    revoking.state_in_case(actor=maker, **told)
    with pytest.raises(NotAllowed):
        revoking.state_in_case(actor=aftercare.maker(now, aftercare.star(now)), **told)
    with pytest.raises(NotAllowed):
        revoking.state_in_case(actor=aftercare.somebody(now, Role.OFFICE_HEAD), **told)
    revoking.note_hearing(actor=SYSTEM, case=case, heard_on=day(now), words="Dự", at=now)
    revoking.propose_revocation(actor=SYSTEM, case=case, words="Thu hồi", at=now)
    assert code_of(lambda: revoking.state_in_case(actor=maker, **told)) == "move_not_possible"
    assert case.statements.count() == 1


def test_decision_ends_the_star_in_the_register_from_its_day(now) -> None:
    star = aftercare.star(now)
    case = decide(now, aftercare.proposed(now, star))
    star.refresh_from_db()
    assert (star.revoked_on, star.revoked_ground) == (day(now), Ground.MARK)
    assert case.state == CaseState.REVOKED
    told = certified(star.product, day(now))
    assert told is not None
    assert told.state is State.REVOKED
    before = certified(star.product, day(now, -1))
    assert before is not None
    assert before.holds
    # One event, of the name under which the register learns of every revocation.
    event = Event.objects.filter(name="recognition.revoked").get()
    assert {o.kind for o in event.objects_named.all()} == {
        "recognition",
        "product",
        "revocationcase",
    }


def test_only_the_head_of_the_office_enters_the_decision(now) -> None:
    case = aftercare.proposed(now)
    told = {
        "case": case,
        "number": "77/QĐ-UBND",
        "signed_on": day(now),
        "authority_name": "UBND thành phố Hà Nội",
        "at": now,
    }
    with pytest.raises(NotAllowed):
        revoking.decide_case(actor=aftercare.somebody(now, Role.PROVINCIAL_OFFICER), **told)
    head = aftercare.somebody(now, Role.OFFICE_HEAD)
    assert revoking.decide_case(actor=head, **told).state == CaseState.REVOKED


def test_three_and_four_stars_are_the_provinces_five_the_ministers(now) -> None:
    minister = {"number": "9/QĐ-BNNMT", "authority_name": "Bộ Nông nghiệp và Môi trường"}
    four = aftercare.proposed(now, aftercare.star(now, stars=4))
    assert code_of(lambda: decide(now, four, **minister)) == "postcheck_authority_name"
    decide(now, four)
    five = aftercare.proposed(now, aftercare.star(now, stars=5))
    assert code_of(lambda: decide(now, five)) == "postcheck_authority_name"
    wrong = {"number": "9/QĐ-UBND", "authority_name": "Bộ Nông nghiệp và Môi trường"}
    assert code_of(lambda: decide(now, five, **wrong)) == "postcheck_authority_name"
    assert decide(now, five, **minister).state == CaseState.REVOKED


def test_decision_refuses_what_cannot_be(now) -> None:
    case = aftercare.proposed(now)
    for code, more in (
        ("postcheck_number", {"number": ""}),
        ("postcheck_authority_name", {"authority_name": " "}),
        ("postcheck_signed_on", {"signed_on": day(now, 1)}),
        ("postcheck_signed_on", {"signed_on": day(now, -1)}),
        ("postcheck_revoked_on", {"revoked_on": day(now, -1)}),
    ):
        assert code_of(lambda more=more: decide(now, case, **more)) == code
    assert code_of(lambda: decide(now, aftercare.heard(now))) == "move_not_possible"
    assert decide(now, case, file=PDF, filename="qd.pdf").decision_file is not None


@pytest.mark.parametrize("at_step", ["opened", "heard", "proposed", "appealed", "accepted"])
def test_case_in_which_somebody_has_to_act_ends_when_the_result_is_annulled(now, at_step) -> None:
    star = aftercare.star(now)
    maker = aftercare.maker(now, star)
    case = getattr(aftercare, at_step)(now, star)
    star.refresh_from_db()
    news = Message.objects.filter(user=maker.user_id).count()
    register.annul(
        actor=SYSTEM, recognition=star, **annulled_by(day(now)), reason="Hội đồng chấm nhầm", at=now
    )
    case.refresh_from_db()
    assert (case.state, case.closed_on) == (CaseState.LAPSED, day(now))
    assert "bị hủy ngày 23/11/2026" in case.closed_reason
    assert not queries.running(queries.cases_visible_to(SYSTEM)).exists()
    assert code_of(lambda: decide(now, case)) == "move_not_possible"
    assert Event.objects.filter(name="recognition.case_lapsed").count() == 1
    # One message, of the annulment: that the star stays would be wrong.
    assert Message.objects.filter(user=maker.user_id).count() == news + 1


@pytest.mark.parametrize("at_step", ["decided", "restored"])
def test_case_that_is_over_stays_as_it_is_when_the_result_is_annulled(now, at_step) -> None:
    case = getattr(aftercare, at_step)(now)
    before = case.state
    register.annul(
        actor=SYSTEM,
        recognition=case.recognition,
        **annulled_by(day(now)),
        reason="Hội đồng chấm nhầm",
        at=now,
    )
    case.refresh_from_db()
    assert case.state == before


def test_case_of_another_star_goes_on(now) -> None:
    star, case = aftercare.star(now), open_one(now)
    register.annul(
        actor=SYSTEM, recognition=star, **annulled_by(day(now)), reason="Hội đồng chấm nhầm", at=now
    )
    case.refresh_from_db()
    assert case.state == CaseState.OPENED


def test_star_is_not_revoked_beside_a_case_that_runs(now) -> None:
    star = aftercare.star(now)
    case = open_one(now, recognition=star)
    told = {
        "recognition": star,
        "ground": Ground.BREACH,
        "reason": "Quyết định 77/QĐ-UBND",
        **revoked_by(day(now)),
        "at": now,
    }
    assert code_of(lambda: register.revoke(actor=SYSTEM, **told)) == "case_runs"
    star.refresh_from_db()
    assert star.revoked_on is None
    revoking.close_case(actor=SYSTEM, case=case, reason="Có quyết định giấy trước đó", at=now)
    assert register.revoke(actor=SYSTEM, **told).revoked_on == day(now)


@pytest.mark.parametrize("number", ["abc", "77", "2026-11-30/TB-VPĐP", "/QĐ-UBND"])
def test_number_of_a_revocation_is_that_of_a_decision(now, number) -> None:
    case = aftercare.proposed(now)
    assert code_of(lambda: decide(now, case, number=number)) == "postcheck_number"
    case.recognition.refresh_from_db()
    assert case.recognition.revoked_on is None
    # Written as other decisions are, whatever was typed.
    assert decide(now, case, number="số 77 / QĐ-UBND").decision_number == "77/QĐ-UBND"


def test_number_of_a_notice_is_a_number(now) -> None:
    case = aftercare.decided(now)
    told = {"actor": SYSTEM, "case": case, "notice": "Thu hồi hạng 3 sao.", "at": now}
    for number in ("abc", "2026-11-30", "0"):
        refused = code_of(lambda number=number: revoking.publish_notice(number=number, **told))
        assert refused == "postcheck_number"
    assert revoking.publish_notice(number=" 15/TB-VPĐP ", **told).notice_number == "15/TB-VPĐP"
    assert papers.notice(case).number == "Số: 15/TB-VPĐP"


def test_closed_case_leaves_the_star_and_lets_another_open(now) -> None:
    star = aftercare.star(now)
    revoking.close_case(
        actor=SYSTEM, case=open_one(now, recognition=star), reason="Không đủ", at=now
    )
    star.refresh_from_db()
    assert star.revoked_on is None
    assert open_one(now, recognition=star).state == CaseState.OPENED


def test_hearing_is_not_before_the_ground_nor_in_the_future(now) -> None:
    case = open_one(now)
    for days in (-1, 1):
        told = {"case": case, "heard_on": day(now, days), "words": "Dự", "at": now}
        assert code_of(lambda told=told: revoking.note_hearing(actor=SYSTEM, **told)) == (
            "postcheck_heard_on"
        )


def test_notice_is_published_once_and_the_public_reads_it(now) -> None:
    case = aftercare.decided(now)
    assert not queries.notices().exists()
    told = {"case": case, "notice": "Thu hồi hạng 3 sao.", "at": now}
    revoking.publish_notice(actor=SYSTEM, **told)
    assert list(queries.notices()) == [case]
    assert code_of(lambda: revoking.publish_notice(actor=SYSTEM, **told)) == "notice_published"
    assert [row.recognition for row in queries.revoked(day(now))] == [case.recognition]


def test_public_list_of_revocations_holds_what_the_public_sees(now) -> None:
    hidden = aftercare.decided(now, aftercare.star(now, evidence=Evidence.M))
    shown = aftercare.decided(now)
    assert [row.recognition for row in queries.revoked(day(now))] == [shown.recognition]
    assert hidden.revocation not in queries.revoked(day(now))


def test_appeal_is_recorded_with_its_outcome_and_rewrites_nothing(now) -> None:
    case = aftercare.appealed(now)
    early = {"case": case, "upheld": True, "ended_on": day(now, -1), "words": "Giữ", "at": now}
    assert code_of(lambda: revoking.settle_appeal(actor=SYSTEM, **early)) == "postcheck_ended_on"
    done = revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=False, ended_on=day(now), words="Văn bản 9", at=now
    )
    assert done.state == CaseState.OVERTURNED
    case.recognition.refresh_from_db()
    assert case.recognition.revoked_on == day(now)  # a decision gives it back
    other = aftercare.decided(now)
    told = {"case": other, "appealed_on": day(now, -1), "words": "Không", "at": now}
    assert code_of(lambda: revoking.record_appeal(actor=SYSTEM, **told)) == "postcheck_appealed_on"


def test_cases_are_seen_by_the_office_and_the_producer_alone(now) -> None:
    star = aftercare.star(now)
    case = open_one(now, recognition=star)
    for actor in (aftercare.somebody(now, Role.AUDITOR), aftercare.maker(now, star)):
        assert list(queries.cases_visible_to(actor)) == [case]
    for actor in (ANONYMOUS, aftercare.somebody(now, Role.INSPECTOR)):
        assert not queries.cases_visible_to(actor).exists()
    assert list(queries.cases_of_own_products(aftercare.maker(now, star), day(now))) == [case]
    office = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    assert list(queries.running(queries.cases_visible_to(office))) == [case]
    assert list(queries.cases_between(case.due_on, case.due_on)) == [case]
