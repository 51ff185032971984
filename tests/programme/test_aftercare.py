"""Agendas and reminders after stars are given."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.programme.agenda import agenda
from ocop.programme.entries import What
from ocop.programme.reminding import remind
from ocop.recognition.postcheck.models import CheckResult
from ocop.recognition.postcheck.services import checking, revoking
from tests.recognition import aftercare
from tests.world import member, person

pytestmark = pytest.mark.django_db


def kinds(actor, now):
    return {entry.what for entry in agenda(actor, on=timezone.localdate(now))}


def test_agenda_holds_what_waits_for_each(now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        star, inspector = aftercare.star(now), person(now, Role.INSPECTOR)
        aftercare.planned(now, star, inspector)
        aftercare.complained(now, star)
        aftercare.opened(now, star)
        corrected(now, star)
        office = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
        maker = aftercare.maker(now, star)
        assert kinds(aftercare.acting(inspector, now), now) == {What.POSTCHECK}
        assert {What.POSTCHECK, What.COMPLAINT, What.CASE} <= kinds(office, now)
        own = agenda(maker, on=timezone.localdate(now))
        assert {entry.what for entry in own} == {What.POSTCHECK, What.CASE}
        assert all(entry.link.startswith("/cua-toi/hau-kiem/") for entry in own)


def test_day_for_the_explanation_stands_in_the_producers_agenda(now: datetime) -> None:
    """The message of the case names the day; so does the calendar, as long as one may explain."""
    with time_machine.travel(now, tick=False):
        star = aftercare.star(now)
        maker, other = aftercare.maker(now, star), aftercare.maker(now, aftercare.star(now))
        case = aftercare.opened(now, star)
        (told,) = Message.objects.filter(user=maker.user_id, kind="recognition.case")
        (entry,) = agenda(maker, on=timezone.localdate(now))
        assert (entry.what, entry.on, entry.link) == (What.CASE, told.due_on, told.link)
        assert agenda(other, on=timezone.localdate(now)) == []
        revoking.note_hearing(
            actor=SYSTEM, case=case, heard_on=timezone.localdate(now), words="Dự", at=now
        )
        assert len(agenda(maker, on=timezone.localdate(now))) == 1
        revoking.propose_revocation(actor=SYSTEM, case=case, words="Thu hồi", at=now)
        assert agenda(maker, on=timezone.localdate(now)) == []


def corrected(now, star):
    return checking.conclude_check(
        actor=SYSTEM,
        check=aftercare.recorded(now, aftercare.planned(now, star)),
        result=CheckResult.CORRECT,
        words="Sửa nhãn",
        correct_until=timezone.localdate(now) + timedelta(days=2),
        at=now,
    )


def test_reminders_come_before_the_day_and_to_the_head_after_it(now: datetime) -> None:
    head, officer = person(now, Role.OFFICE_HEAD), person(now, Role.PROVINCIAL_OFFICER)
    star = aftercare.star(now)
    user = member(now, star.product.producer)
    check = aftercare.planned(now, star)
    corrected(now, star)
    case = aftercare.opened(now, star)
    complaint = aftercare.complained(now, star).complaint
    assert remind(at=now) == 2
    assert told(check.inspector, "due") == 1
    assert told(user, "due") == 1
    before = told(officer, "case"), told(officer, "complaint")
    remind(at=now + timedelta(days=14))
    assert told(officer, "case") == before[0] + 1
    late = max(case.due_on, complaint.due_on) - timezone.localdate(now) + timedelta(days=2)
    heads = told(head, "case"), told(head, "complaint")
    remind(at=now + late)
    assert told(head, "case") == heads[0] + 1
    assert told(head, "complaint") == heads[1] + 1
    assert remind(at=now + late) == 0


def told(user, kind):
    return Message.objects.filter(user=user, kind=f"recognition.{kind}").count()
