"""An accepted appeal sets a revocation aside: the star holds again, and both stay told."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.credentials import bitstrings
from ocop.core.numbers import write_date
from ocop.core.official.paper import Facts as Facts_
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.programme.history import history
from ocop.programme.lifeline import Reader
from ocop.recognition import ended
from ocop.recognition import services as register
from ocop.recognition.certificates import void_words
from ocop.recognition.certified import certified
from ocop.recognition.credential import statuses
from ocop.recognition.ended_list import Change
from ocop.recognition.life import facts_of
from ocop.recognition.log import auditing
from ocop.recognition.models import Ground, Recognition, Revocation
from ocop.recognition.postcheck import notices, papers, public, queries
from ocop.recognition.postcheck.models import CaseState
from ocop.recognition.postcheck.services import restoring, revoking
from ocop.recognition.states import with_state
from ocop.recognition.validity import Facts, State, state_on
from tests.factories import RecognitionFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, decided, entries, found
from tests.world import annulled_by, revoked_by

pytestmark = pytest.mark.django_db
LATER = timedelta(days=9)


def day(now, days=0):
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def revoked_then_restored(now: datetime, star: Recognition | None = None) -> Recognition:
    """Revoked today, given back nine days later."""
    case = aftercare.accepted(now, star)
    restoring.restore_star(
        actor=SYSTEM,
        case=case,
        number="81/QĐ-UBND",
        signed_on=day(now + LATER),
        authority_name="UBND thành phố Hà Nội",
        at=now + LATER,
    )
    case.recognition.refresh_from_db()
    return case.recognition


def test_star_holds_again_to_its_own_last_day_and_was_revoked_between(now) -> None:
    star = revoked_then_restored(now)
    assert (star.revoked_on, star.restored_on) == (day(now), day(now, 9))
    states = {days: certified(star.product, day(now, days)) for days in (-1, 0, 8, 9)}
    assert [told.state is State.REVOKED for told in states.values()] == [False, True, True, False]
    assert states[9].holds
    assert states[9].last_day == star.expires_on
    assert not certified(star.product, star.expires_on + timedelta(days=1)).holds


def test_state_of_a_star_given_back_follows_from_its_dates() -> None:
    facts = Facts(
        valid_from=date(2026, 6, 1),
        expires_on=date(2029, 6, 1),
        revoked_on=date(2026, 9, 1),
        restored_on=date(2026, 10, 1),
    )
    assert state_on(facts, date(2026, 9, 30)) is State.REVOKED
    assert state_on(facts, date(2026, 10, 1)) is State.VALID


def test_the_decision_is_the_heads_and_of_whoever_decides_on_the_star(now) -> None:
    case = aftercare.accepted(now)
    told = {
        "case": case,
        "number": "81/QĐ-UBND",
        "signed_on": day(now),
        "authority_name": "UBND thành phố Hà Nội",
        "at": now,
    }
    with pytest.raises(NotAllowed):
        restoring.restore_star(actor=aftercare.somebody(now, Role.PROVINCIAL_OFFICER), **told)
    for refused, more in (
        ("postcheck_number", {"number": "abc"}),
        ("postcheck_authority_name", {"authority_name": " "}),
        ("postcheck_authority_name", {"authority_name": "Bộ Nông nghiệp và Môi trường"}),
        ("postcheck_signed_on", {"signed_on": day(now, 1)}),
        ("postcheck_signed_on", {"signed_on": day(now, -1)}),
        ("postcheck_restored_on", {"restored_on": day(now, -1)}),
        ("recognition_restored_on", {"restored_on": day(now, 1)}),
    ):
        call = {**told, **more}
        assert code_of(lambda call=call: restoring.restore_star(actor=SYSTEM, **call)) == refused
    done = restoring.restore_star(actor=aftercare.somebody(now, Role.OFFICE_HEAD), **told)
    assert done.state == CaseState.RESTORED
    assert (done.restoring_number, done.restoring_on) == ("81/QĐ-UBND", day(now))
    assert code_of(lambda: restoring.restore_star(actor=SYSTEM, **told)) == "move_not_possible"


def test_an_appeal_is_settled_before_a_star_is_given_back(now) -> None:
    told = {
        "number": "81/QĐ-UBND",
        "signed_on": day(now),
        "authority_name": "UBND thành phố Hà Nội",
        "at": now,
    }
    call = {**told, "case": aftercare.appealed(now)}
    assert code_of(lambda: restoring.restore_star(actor=SYSTEM, **call)) == "move_not_possible"
    case = aftercare.accepted(now)
    register.annul(
        actor=SYSTEM,
        recognition=case.recognition,
        **annulled_by(day(now)),
        reason="Hội đồng chấm nhầm",
        at=now,
    )
    case.refresh_from_db()
    call = {**told, "case": case}
    assert code_of(lambda: restoring.restore_star(actor=SYSTEM, **call)) == "move_not_possible"


def test_log_tells_both_and_agrees_with_the_row(now) -> None:
    star = RecognitionFactory()
    decided(star, now=now)
    aftercare.restored(now, star)
    assert code(found(now)) == ""
    told = entries("revocation", "restoration")
    assert [entry["type"] for entry in told] == ["revocation", "restoration"]
    assert (told[0]["on"], told[1]["on"]) == (str(day(now)), str(day(now)))
    # Nobody gives a star back, or takes it again, in the table alone.
    for value in (None, day(now, 1)):
        Recognition.objects.filter(pk=star.pk).update(restored_on=value)
        assert code(auditing.audit(at=now)) != ""


def test_star_given_back_in_the_table_alone_is_found(now) -> None:
    star = RecognitionFactory()
    decided(star, now=now)
    aftercare.decided(now, star)
    assert code(found(now)) == ""
    Recognition.objects.filter(pk=star.pk).update(restored_on=day(now))
    assert code(auditing.audit(at=now)) != ""


def test_what_was_given_back_before_it_came_into_the_log_is_told_with_it(now) -> None:
    star = RecognitionFactory(
        revoked_on=day(now, -9), revoked_ground=Ground.MARK, restored_on=day(now, -2)
    )
    decided(star, now=now)
    assert code(found(now)) == ""
    told = entries("revocation", "restoration")
    assert [entry["on"] for entry in told] == [str(day(now, -9)), str(day(now, -2))]


def test_bit_and_list_of_changes_follow(now) -> None:
    star = revoked_then_restored(now)

    def is_void(days: int) -> bool:
        return bitstrings.is_set(statuses.bits_on(day(now, days)).bits, star.pk)

    assert [is_void(days) for days in (-1, 0, 8, 9)] == [False, True, True, False]
    revoked = [row for row in ended.changes(day(now, 9)) if row.change is Change.REVOKED]
    assert not revoked


def test_public_list_tells_that_it_was_given_back_by_which_decision(now) -> None:
    star = revoked_then_restored(now)
    (revocation,) = queries.revoked(day(now, 9))
    assert revocation.recognition == star
    told = public.told_of(revocation)
    assert told.decision.startswith("Quyết định 77/QĐ-UBND ngày ")
    assert told.decision.endswith("UBND thành phố Hà Nội")
    assert told.restored.startswith("Đã khôi phục ngày ")
    assert "81/QĐ-UBND" in told.restored


def test_producer_hears_of_it(now) -> None:
    star = aftercare.star(now)
    maker = aftercare.maker(now, star)
    aftercare.restored(now, star)
    subjects = Message.objects.filter(user=maker.user_id).values_list("subject", flat=True)
    assert f"Hạng sao được khôi phục: {star.product.name}" in subjects


def test_star_given_back_may_be_revoked_anew_but_not_for_days_before(now) -> None:
    star = revoked_then_restored(now)
    later = now + LATER + LATER
    told = {
        "actor": SYSTEM, "recognition": star, "ground": Ground.STOPPED, "reason": "9/QĐ-UBND",
    }  # fmt: skip
    before = {**told, **revoked_by(day(now, -1)), "at": later}
    assert code_of(lambda: register.revoke(**before)) == "recognition_revoked_on"
    again = aftercare.opened(later, star)
    revoking.close_case(actor=SYSTEM, case=again, reason="Không đủ căn cứ", at=later)
    register.revoke(**told, **revoked_by(day(later)), at=later)
    star.refresh_from_db()
    assert (star.revoked_on, star.restored_on) == (day(later), None)


def test_a_revocation_is_told_by_what_was_entered_with_or_without_a_case(now) -> None:
    unknown = RecognitionFactory(revoked_on=day(now, -3), revoked_ground=Ground.MARK)
    assert public.told_of(unknown.revocations.get()).decision == ""
    star = aftercare.star(now)
    told = {"recognition": star, "ground": Ground.STOPPED, "reason": "Ngừng sản xuất"}
    register.revoke(actor=SYSTEM, **told, **revoked_by(day(now)), at=now)
    assert public.told_of(star.revocations.get()).decision == (
        f"Quyết định 9/QĐ-UBND ngày {write_date(day(now))}, UBND thành phố Hà Nội"
    )


# --- A star that is revoked a second time -------------------------------------------------------


def revoked_twice(now: datetime, star: Recognition | None = None) -> Recognition:
    """Revoked today and given back nine days later, as a case led to; after nine more days the
    producer had stopped, and another decision took the star again."""
    found = revoked_then_restored(now, star)
    register.revoke(
        actor=SYSTEM,
        recognition=found,
        ground=Ground.STOPPED,
        reason="Chủ thể ngừng sản xuất, đã được nghe",
        **revoked_by(day(now, 18)),
        at=now + LATER + LATER,
    )
    found.refresh_from_db()
    return found


def test_second_revocation_leaves_the_days_of_the_first_as_they_were(now) -> None:
    star = revoked_twice(now)
    on = {days: certified(star.product, day(now, days)) for days in (-1, 0, 8, 9, 17, 18, 99)}
    void = [days for days, told in on.items() if told.state is State.REVOKED]
    assert void == [0, 8, 18, 99]
    for days, told in on.items():
        in_lists = with_state(Recognition.objects.filter(pk=star.pk), day(now, days)).get()
        assert in_lists.state == told.state
        assert state_on(facts_of(star), day(now, days)) is told.state
    # And the bit of the credential on each of these days.
    assert void == [
        days for days in on if bitstrings.is_set(statuses.bits_on(day(now, days)).bits, star.pk)
    ]


def test_each_revocation_is_told_with_its_own_decision(now) -> None:
    star = revoked_twice(now)
    told = {
        days: public.since(star, certified(star.product, day(now, days)).state, day(now, days))
        for days in (-1, 5, 12, 20)
    }
    first, second = write_date(day(now)), write_date(day(now, 18))
    back = write_date(day(now, 9))
    assert told[-1] == ""
    assert told[5].startswith(f"Bị thu hồi từ ngày {first} theo Quyết định 77/QĐ-UBND")
    assert told[12].startswith(f"Bị thu hồi ngày {first}. Đã khôi phục ngày {back}")
    assert "81/QĐ-UBND" in told[12]
    assert told[20].startswith(f"Bị thu hồi từ ngày {second} theo Quyết định 9/QĐ-UBND")
    listed = list(queries.revoked(day(now, 20)))
    assert [row.revoked_on for row in listed] == [day(now, 18), day(now)]
    assert [public.told_of(row).number for row in listed] == ["9/QĐ-UBND", "77/QĐ-UBND"]
    assert [public.told_of(row).restored != "" for row in listed] == [False, True]
    # What the office and the producer have of the first case says its own day still.
    case = star.revocation_cases.get()
    paper = dict(
        next(block for block in papers.notice(case).blocks if isinstance(block, Facts_)).rows
    )
    assert paper["Thu hồi từ ngày"] == first
    assert f"từ ngày {first}" in notices.usual_notice(case)
    assert f"Quyết định số 77/QĐ-UBND ngày {first} của" in notices.usual_notice(case)


def test_the_certificate_follows_the_last_and_the_life_line_has_all(now) -> None:
    star = revoked_twice(now)
    line = history(ANONYMOUS, star.product, reader=Reader.PUBLIC, on=day(now, 20))
    turns = [(entry.on, entry.title) for entry in line if "hạng sao" in entry.title]
    assert turns == [
        (day(now), "Thu hồi hạng sao"),
        (day(now, 9), "Khôi phục hạng sao"),
        (day(now, 18), "Thu hồi hạng sao"),
    ]
    assert void_words(star) == f"ĐÃ BỊ THU HỒI TỪ NGÀY {write_date(day(now, 18))}"


def test_log_tells_all_three_and_finds_what_is_taken_out_or_changed(now) -> None:
    star = RecognitionFactory()
    decided(star, now=now)
    later = now + LATER + LATER
    revoked_twice(now, star)
    assert code(found(later)) == ""
    told = entries("revocation", "restoration")
    assert [(entry["type"], entry["on"]) for entry in told] == [
        ("revocation", str(day(now))),
        ("restoration", str(day(now, 9))),
        ("revocation", str(day(now, 18))),
    ]
    first, second = star.revocations.order_by("pk")
    keep = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    for change in (
        {"restored_on": day(now, 4)},
        {"revoked_on": day(now, 1)},
        {"ground": Ground.FORGED},
    ):
        Revocation.objects.filter(pk=first.pk).update(**change)
        assert code(auditing.audit(at=later)) == "revocations_differ"
        Revocation.objects.filter(pk=first.pk).update(**keep)
    assert code(auditing.audit(at=later)) == ""
    star.revocation_cases.update(revocation=None)
    first.delete()
    assert code(auditing.audit(at=later)) == "revocations_differ"
    Revocation.objects.create(**keep)
    assert code(auditing.audit(at=later)) == ""
    RecognitionFactory._meta.model.objects.filter(pk=second.recognition_id).update(
        revoked_on=day(now), revoked_ground=Ground.MARK, restored_on=day(now, 9)
    )
    assert code(auditing.audit(at=later)) != ""


def test_the_feed_and_the_page_hold_both(now, client) -> None:
    past = now - LATER - LATER - LATER
    star = revoked_twice(past)
    page = client.get("/thu-hoi/").content.decode()
    assert page.count(star.product.name) == 2
    assert "77/QĐ-UBND" in page
    assert "9/QĐ-UBND ngày" in page
    feed = client.get("/thu-hoi/atom.xml").content.decode()
    assert feed.count("<entry>") == 2
    assert len(set(re.findall(r"<id>(.*?)</id>", feed))) == 3  # the feed's own and one of each
