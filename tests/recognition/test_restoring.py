"""An accepted appeal sets a revocation aside: the star holds again, and both stay told."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.credentials import bitstrings
from ocop.core.events import record
from ocop.core.numbers import write_date
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import ended
from ocop.recognition import services as register
from ocop.recognition.certified import certified
from ocop.recognition.credential import statuses
from ocop.recognition.ended_list import Change
from ocop.recognition.log import auditing
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck import public, queries
from ocop.recognition.postcheck.models import CaseState
from ocop.recognition.postcheck.services import restoring, revoking
from ocop.recognition.validity import Facts, State, state_on
from tests.factories import RecognitionFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, decided, entries, found
from tests.world import revoked_by

pytestmark = pytest.mark.django_db
LATER = timedelta(days=9)


def day(now, days=0):
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def revoked_then_restored(now: datetime) -> Recognition:
    """Revoked today, given back nine days later."""
    case = aftercare.accepted(now)
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


def test_only_an_accepted_appeal_gives_a_star_back(now) -> None:
    told = {
        "number": "81/QĐ-UBND",
        "signed_on": day(now),
        "authority_name": "UBND thành phố Hà Nội",
        "at": now,
    }
    for case in (aftercare.decided(now), aftercare.appealed(now)):
        call = {**told, "case": case}
        refused = code_of(lambda call=call: restoring.restore_star(actor=SYSTEM, **call))
        assert refused == "move_not_possible"
    case = aftercare.accepted(now)
    register.annul(
        actor=SYSTEM, recognition=case.recognition, annulled_on=day(now), reason="Nhầm", at=now
    )
    call = {**told, "case": case}
    assert code_of(lambda: restoring.restore_star(actor=SYSTEM, **call)) == "not_revoked"


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
    star = RecognitionFactory()
    Recognition.objects.filter(pk=star.pk).update(
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
    assert list(queries.revoked(day(now, 9))) == [star]
    told = public.told_of(star)
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


def test_a_revocation_entered_without_a_case_is_told_by_what_was_entered(now) -> None:
    star = aftercare.star(now)
    Recognition.objects.filter(pk=star.pk).update(revoked_on=day(now), revoked_ground=Ground.MARK)
    star.refresh_from_db()
    assert public.told_of(star).decision == ""
    told = {"number": "9/QĐ-UBND", "signed_on": str(day(now)), "authority": "UBND thành phố Hà Nội"}
    record(SYSTEM, "recognition.revoked", star, at=now, change=told)
    assert public.told_of(star).decision == public.teller()(star).decision
    assert public.told_of(star).decision == (
        f"Quyết định 9/QĐ-UBND ngày {write_date(day(now))}, UBND thành phố Hà Nội"
    )
    # The last revocation is told, not one before it that was set aside.
    other = revoked_then_restored(now)
    Recognition.objects.filter(pk=other.pk).update(revoked_on=day(now, 20), restored_on=None)
    other.refresh_from_db()
    record(SYSTEM, "recognition.revoked", other, at=now + LATER + LATER, change=told)
    assert public.told_of(other).number == "9/QĐ-UBND"
    assert public.told_of(other).restored == ""
