"""Post-checks (Art. 9): planned and surprise, by the inspector who was sent, concluded by the
office, read by the producer."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.fieldwork import MOST_PHOTOS, Position
from ocop.core.models import Event
from ocop.core.official.paper import Text
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.sets import load_set
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck import papers, queries
from ocop.recognition.postcheck.models import CheckKind, CheckResult, CheckState, Held
from ocop.recognition.postcheck.services import checking, planning
from ocop.recognition.postcheck.services.checking import Seen
from tests.dossiers.making import picture
from tests.factories import PDF, UnitFactory
from tests.recognition import aftercare
from tests.world import person

pytestmark = pytest.mark.django_db
CRITERION = load_set(aftercare.SET).criteria[0].code


def day(now, days):
    return timezone.localdate(now) + timedelta(days=days)


def plan_of(now):
    return planning.add_plan(
        actor=SYSTEM, title="Kế hoạch", starts_on=day(now, 0), ends_on=day(now, 30), at=now
    )


def plan_one(now, **more):
    told = {
        "recognitions": [aftercare.star(now)],
        "inspector": person(now, Role.INSPECTOR),
        "planned_on": day(now, 1),
        **more,
    }
    return planning.plan_checks(actor=SYSTEM, at=now, **told)[0]


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_visit_of_a_plan_is_periodic_and_another_is_a_surprise(now) -> None:
    assert plan_one(now, plan=plan_of(now)).kind == CheckKind.PLANNED
    assert plan_one(now).kind == CheckKind.SURPRISE


def test_visit_is_pinned_to_the_set_the_star_was_given_under(now) -> None:
    assert plan_one(now).version.number == aftercare.SET


def test_visit_to_a_star_of_unknown_law_has_no_set(now) -> None:
    star = aftercare.star(now)
    star.product.set_number = None
    star.product.save()
    assert plan_one(now, recognitions=[star]).version is None
    star.decision = None
    star.save()
    assert plan_one(now, recognitions=[star]).version is None


def test_plan_refuses_what_cannot_be(now) -> None:
    plan = plan_of(now)
    star = aftercare.star(now)
    assert code_of(lambda: plan_one(now, recognitions=[])) == "postcheck_recognitions"
    assert code_of(lambda: plan_one(now, planned_on=day(now, -1))) == "postcheck_planned_on"
    later = day(now, 31)
    assert code_of(lambda: plan_one(now, plan=plan, planned_on=later)) == "postcheck_planned_on"
    other = person(now, Role.COMMUNE_OFFICER, UnitFactory())
    assert code_of(lambda: plan_one(now, inspector=other)) == "postcheck_inspector"
    plan_one(now, plan=plan, recognitions=[star])
    assert code_of(lambda: plan_one(now, plan=plan, recognitions=[star])) == "postcheck_had"
    many = [Recognition(pk=n) for n in range(1, 502)]
    assert code_of(lambda: plan_one(now, recognitions=many)) == "postcheck_recognitions"
    complaint = aftercare.complained(now).complaint
    assert code_of(lambda: plan_one(now, complaint=complaint)) == "postcheck_complaint"


def test_plan_needs_a_title_and_a_time(now) -> None:
    def add(**more):
        told = {"title": "A", "starts_on": day(now, 0), "ends_on": day(now, 1), **more}
        return planning.add_plan(actor=SYSTEM, at=now, **told)

    assert code_of(lambda: add(title=" ")) == "postcheck_title"
    assert code_of(lambda: add(ends_on=day(now, -1))) == "postcheck_ends_on"


def test_called_off_visit_frees_its_product_for_the_plan(now) -> None:
    plan, star = plan_of(now), aftercare.star(now)
    check = plan_one(now, plan=plan, recognitions=[star])
    planning.cancel_check(actor=SYSTEM, check=check, reason="Nghỉ mùa vụ", at=now)
    assert plan_one(now, plan=plan, recognitions=[star]).state == CheckState.PLANNED
    counted = queries.plans(aftercare.somebody(now, Role.AUDITOR)).get()
    assert (counted.planned, counted.done) == (1, 0)


def test_visit_given_to_somebody_else_is_told_to_them(now) -> None:
    check = plan_one(now)
    second = person(now, Role.INSPECTOR)
    planning.change_check(
        actor=SYSTEM, check=check, inspector=second, planned_on=day(now, 3), at=now
    )
    assert Message.objects.filter(user=second, kind="recognition.given").count() == 1


def test_inspector_sees_and_records_own_visits_only(now) -> None:
    inspector, other = person(now, Role.INSPECTOR), person(now, Role.INSPECTOR)
    check = plan_one(now, inspector=inspector)
    mine, theirs = aftercare.acting(inspector, now), aftercare.acting(other, now)
    assert list(queries.visible_to(mine)) == [check]
    assert not queries.visible_to(theirs).exists()
    told = {"check": check, "client_id": uuid4(), "minutes": aftercare.minutes(now), "at": now}
    with pytest.raises(NotAllowed):
        checking.record_check(actor=theirs, **told)
    assert checking.record_check(actor=mine, **told).state == CheckState.RECORDED
    with pytest.raises(NotAllowed):
        checking.conclude_check(
            actor=mine, check=check, result=CheckResult.KEPT, words="Được", at=now
        )


def test_minutes_keep_what_was_looked_at_by_criterion(now) -> None:
    check = aftercare.recorded(
        now,
        criteria={CRITERION: Seen(Held.NOT_KEPT, "Không còn hợp đồng"), "2.1": Seen()},
        mark=Seen(Held.KEPT),
        proposal=CheckResult.CORRECT,
        position=Position(20.7, 105.9, 8.0),
    )
    found = check.findings.get()
    assert (found.criterion, found.held, found.words) == (
        CRITERION,
        Held.NOT_KEPT,
        "Không còn hợp đồng",
    )
    assert (check.mark, check.advertising) == (Held.KEPT, Held.UNSEEN)
    assert (check.lat, check.lon) == (20.7, 105.9)


def test_what_a_phone_sends_twice_is_kept_once(now) -> None:
    check, client = aftercare.planned(now), uuid4()
    told = {"check": check, "client_id": client, "minutes": aftercare.minutes(now), "at": now}
    first = checking.record_check(actor=SYSTEM, **told)
    before = Event.objects.count()
    assert checking.record_check(actor=SYSTEM, **told) == first
    assert Event.objects.count() == before
    told["check"] = aftercare.planned(now)
    assert code_of(lambda: checking.record_check(actor=SYSTEM, **told)) == "visit_elsewhere"
    told |= {"check": check, "client_id": uuid4()}
    assert code_of(lambda: checking.record_check(actor=SYSTEM, **told)) == "move_not_possible"


def test_minutes_refuse_what_cannot_be(now) -> None:
    wrong = Seen(Held.NOT_KEPT, "Sai")
    for code, more in (
        ("postcheck_visited_at", {"visited_at": now + timedelta(hours=1)}),
        ("postcheck_note", {"note": " "}),
        ("visiting_position", {"position": Position(91, 0)}),
        ("postcheck_criteria", {"criteria": {"9.9": wrong}, "proposal": CheckResult.CORRECT}),
        ("postcheck_words_mark", {"mark": Seen(Held.NOT_KEPT), "proposal": CheckResult.CORRECT}),
        ("postcheck_proposal", {"mark": wrong}),
        ("postcheck_proposal", {"criteria": {CRITERION: wrong}}),
    ):
        assert code_of(lambda more=more: aftercare.recorded(now, **more)) == code


def test_photograph_lies_where_the_visit_was_and_is_kept_once(now) -> None:
    check = aftercare.recorded(now, position=Position(20.7, 105.9))

    def add(**more):
        told = {"content": picture("red"), "filename": "a.png", **more}
        return checking.add_check_photo(actor=SYSTEM, check=check, at=now, **told)

    row = add()
    assert (row.lat, row.lon) == (20.7, 105.9)
    assert add() == row
    apart = add(content=picture("blue"), position=Position(21.0, 106.0))
    assert (apart.lat, apart.lon) == (21.0, 106.0)
    assert code_of(lambda: add(content=PDF, filename="a.pdf")) == "postcheck_photo"
    for n in range(check.photos.count(), MOST_PHOTOS):
        add(content=picture(f"#0000{n:02d}"))
    assert code_of(lambda: add(content=picture("yellow"))) == "postcheck_photo"


def test_no_photograph_before_the_minutes_or_after_the_conclusion(now) -> None:
    check = aftercare.planned(now)
    told = {"content": picture("red"), "filename": "a.png", "at": now}
    for state in (CheckState.PLANNED, CheckState.CLOSED):
        check.state = state
        call = lambda: checking.add_check_photo(actor=SYSTEM, check=check, **told)  # noqa: E731
        assert code_of(call) == "postcheck_photo"


def test_producer_reads_what_was_concluded_and_nothing_before(now) -> None:
    star = aftercare.star(now)
    maker = aftercare.maker(now, star)
    check = aftercare.recorded(now, aftercare.planned(now, star))
    assert not queries.visible_to(maker).exists()
    assert not queries.of_own_products(maker, day(now, 0)).exists()
    checking.conclude_check(
        actor=SYSTEM,
        check=check,
        result=CheckResult.CORRECT,
        words="Sửa nhãn",
        correct_until=day(now, 10),
        at=now,
    )
    assert list(queries.visible_to(maker)) == [check]
    assert list(queries.of_own_products(maker, day(now, 0))) == [check]
    message = Message.objects.get(user=maker.user_id, kind="recognition.concluded")
    assert message.due_on == day(now, 10)
    assert list(queries.checks_due(maker)) == [check]
    assert not queries.visible_to(ANONYMOUS).exists()


def test_conclusion_says_until_when_only_where_something_is_corrected(now) -> None:
    def conclude(**more):
        told = {"result": CheckResult.KEPT, "words": "Được", **more}
        return checking.conclude_check(actor=SYSTEM, check=aftercare.recorded(now), at=now, **told)

    correct = CheckResult.CORRECT
    assert code_of(lambda: conclude(words="")) == "postcheck_words"
    assert code_of(lambda: conclude(result=correct)) == "postcheck_correct_until"
    today = day(now, 0)
    assert code_of(lambda: conclude(result=correct, correct_until=today)) == (
        "postcheck_correct_until"
    )
    assert code_of(lambda: conclude(correct_until=day(now, 5))) == "postcheck_correct_until"
    stopped = conclude(result=CheckResult.GROUND, ground=Ground.STOPPED)
    assert (stopped.state, stopped.ground) == (CheckState.CLOSED, Ground.STOPPED)


def test_correction_ends_the_visit(now) -> None:
    def corrected(result, words="Đã sửa"):
        check = checking.conclude_check(
            actor=SYSTEM,
            check=aftercare.recorded(now),
            result=CheckResult.CORRECT,
            words="Sửa",
            correct_until=day(now, 5),
            at=now,
        )
        return checking.end_correction(
            actor=SYSTEM, check=check, result=result, words=words, at=now
        )

    assert corrected(CheckResult.GROUND).result == CheckResult.GROUND
    assert code_of(lambda: corrected(CheckResult.KEPT, "")) == "postcheck_words"
    assert code_of(lambda: corrected(CheckResult.CORRECT)) == "postcheck_result"


def test_move_made_by_somebody_else_meanwhile_is_refused(now) -> None:
    check = aftercare.planned(now)
    stale = type(check).objects.get(pk=check.pk)
    planning.cancel_check(actor=SYSTEM, check=check, reason="Nghỉ mùa vụ", at=now)
    told = {"check": stale, "reason": "Nghỉ mùa vụ", "at": now}
    assert code_of(lambda: planning.cancel_check(actor=SYSTEM, **told)) == "move_not_possible"


def test_due_lists_hold_what_waits_for_whom(now) -> None:
    inspector = person(now, Role.INSPECTOR)
    check = aftercare.planned(now, inspector=inspector)
    office = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    assert list(queries.checks_due(aftercare.acting(inspector, now))) == [check]
    assert not queries.checks_due(office).exists()
    assert list(queries.checks_between(day(now, 0), day(now, 3))) == [check]


# --- A ground rests on something, and on a day ---------------------------------------------------

WRONG = Seen(Held.NOT_KEPT, "In 4 sao trên nhãn")


def test_a_visit_is_not_made_before_the_star_was_given(now) -> None:
    star = aftercare.star(now)
    first = timezone.make_aware(datetime.combine(star.valid_from, time(8)))
    for moment in (first - timedelta(days=1), now + timedelta(days=1)):
        refused = code_of(lambda moment=moment: aftercare.recorded(
            now, aftercare.planned(now, star), visited_at=moment
        ))  # fmt: skip
        assert refused == "postcheck_visited_at"
    assert aftercare.recorded(now, aftercare.planned(now, star), visited_at=first).visited_at


@pytest.mark.parametrize(
    "found",
    [
        {"mark": WRONG},
        {"advertising": WRONG},
        {"criteria": {"1.1": WRONG}},
        {"ground": Ground.STOPPED},
    ],
)
def test_a_ground_for_revocation_rests_on_what_was_found_or_is_stated(now, found) -> None:
    told = {"proposal": CheckResult.GROUND}
    assert code_of(lambda: aftercare.recorded(now, **told)) == "postcheck_proposal"
    seen = {"mark": Seen(Held.KEPT), "criteria": {"1.1": Seen(Held.KEPT)}}
    assert code_of(lambda: aftercare.recorded(now, **told, **seen)) == "postcheck_proposal"
    check = aftercare.recorded(now, **told, **found)
    assert check.proposal == CheckResult.GROUND
    done = checking.conclude_check(
        actor=SYSTEM, check=check, result=CheckResult.GROUND, words="Có căn cứ", at=now
    )
    assert done.ground == found.get("ground", "")


def test_nothing_wrong_found_is_concluded_as_a_ground_only_where_one_is_stated(now) -> None:
    check = aftercare.recorded(now)
    told = {"actor": SYSTEM, "check": check, "words": "Có căn cứ", "at": now}
    ground = CheckResult.GROUND
    assert code_of(lambda: checking.conclude_check(result=ground, **told)) == "postcheck_result"
    kept = {"result": CheckResult.KEPT, "ground": Ground.FORGED}
    assert code_of(lambda: checking.conclude_check(**kept, **told)) == "postcheck_ground"
    checking.conclude_check(result=ground, ground=Ground.FORGED, **told)
    assert check.ground == Ground.FORGED


def test_minutes_of_a_visit_say_the_ground_that_was_stated(now) -> None:
    check = aftercare.recorded(now, proposal=CheckResult.GROUND, ground=Ground.STOPPED)
    said = [block.text for block in papers.minutes(check).blocks if isinstance(block, Text)]
    assert "Căn cứ: chủ thể ngừng sản xuất, kinh doanh." in said
