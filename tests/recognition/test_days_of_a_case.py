"""The days of a revocation run forwards, and a number of a year is one decision.

Art. 8, Decision 26/2026/QĐ-TTg: a ground is established, the producer is heard, the revocation is
proposed, decided; an appeal follows the decision, its outcome the appeal, what restores the star
the outcome. No step rests on one that comes after it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.services import restoring, revoking
from ocop.recognition.services import Paper, Result
from tests.factories import ProductFactory, RecognitionFactory
from tests.recognition import aftercare

pytestmark = pytest.mark.django_db
HANOI = "UBND thành phố Hà Nội"


def day(now: datetime, days: int = 0) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return ", ".join(refusal.value.fields)


def hear(now: datetime, case: RevocationCase, days: int) -> RevocationCase:
    return revoking.note_hearing(
        actor=SYSTEM, case=case, heard_on=day(now, days), words="Chủ thể dự", at=now
    )


def propose(now: datetime, case: RevocationCase, days: int) -> RevocationCase:
    return revoking.propose_revocation(
        actor=SYSTEM, case=case, words="Đề nghị thu hồi", proposed_on=day(now, days), at=now
    )


def decide(now: datetime, case: RevocationCase, days: int, **more: Any) -> RevocationCase:
    told = {"number": "77/QĐ-UBND", "signed_on": day(now, days), "authority_name": HANOI, **more}
    return revoking.decide_case(actor=SYSTEM, case=case, at=now, **told)


def appeal(now: datetime, case: RevocationCase, days: int) -> RevocationCase:
    return revoking.record_appeal(
        actor=SYSTEM, case=case, appealed_on=day(now, days), words="Không đồng ý", at=now
    )


def settle(now: datetime, case: RevocationCase, days: int) -> RevocationCase:
    told = {"upheld": False, "ended_on": day(now, days), "words": "Chấp nhận, văn bản 9"}
    return revoking.settle_appeal(actor=SYSTEM, case=case, at=now, **told)


def restore(now: datetime, case: RevocationCase, days: int, **more: Any) -> RevocationCase:
    told = {"number": "81/QĐ-UBND", "signed_on": day(now, days), "authority_name": HANOI, **more}
    return restoring.restore_star(actor=SYSTEM, case=case, at=now, **told)


def test_each_step_is_refused_a_day_before_the_one_on_which_it_rests(now: datetime) -> None:
    """A case of paper that is entered late, day after day."""
    case = aftercare.opened(now, on=day(now, -20))
    for step, on, field in (
        (hear, -18, "heard_on"),
        (propose, -17, "proposed_on"),
        (decide, -15, "signed_on"),
        (appeal, -9, "appealed_on"),
        (settle, -4, "ended_on"),
        (restore, -2, "signed_on"),
    ):
        before = {"heard_on": -21, "proposed_on": -19}.get(field)
        if field == "signed_on":
            before = -18 if step is decide else -5
        if before is None:
            before = -16 if step is appeal else -10
        assert refused(lambda step=step, before=before: step(now, case, before)) == field
        assert refused(lambda step=step: step(now, case, 1)) == field  # nor tomorrow
        step(now, case, on)
    star = case.recognition
    star.refresh_from_db()
    assert (star.revoked_on, star.restored_on) == (day(now, -15), day(now, -2))


def test_steps_may_be_of_one_day(now: datetime) -> None:
    case = aftercare.opened(now)
    for step in (hear, propose, decide, appeal, settle, restore):
        step(now, case, 0)
    assert case.restoring_on == day(now)


def test_a_proposal_without_a_day_is_todays(now: datetime) -> None:
    assert aftercare.proposed(now).proposed_on == day(now)


def book(now: datetime, number: str, on: date, authority: str = HANOI) -> None:
    """A decision that recognises, in the book."""
    load_decree(actor=SYSTEM, at=now)
    services.record_decision(
        actor=SYSTEM,
        paper=Paper(number, on, authority, Level.PROVINCE),
        results=[Result(ProductFactory(), 3)],
        at=now,
    )


def direct(now: datetime, number: str, on: date, authority: str = HANOI) -> None:
    services.revoke(
        actor=SYSTEM,
        recognition=RecognitionFactory(),
        ground=Ground.FORGED,
        paper=Paper(number, on, authority, Level.PROVINCE),
        reason="Giả hồ sơ, đã nghe chủ thể",
        at=now,
    )


@pytest.mark.parametrize("said", [HANOI, "Ủy ban nhân dân TP. Hà Nội", f"Chủ tịch {HANOI}"])
def test_the_number_of_a_recognition_revokes_nothing_in_its_year(now: datetime, said: str) -> None:
    book(now, "5457/QĐ-UBND", day(now, -6))
    for on in (day(now, -6), day(now)):
        assert refused(lambda on=on: direct(now, "5457/QĐ-UBND", on, said)) == "number"
    case = aftercare.proposed(now)
    assert refused(lambda: decide(now, case, 0, number="5457/qđ-ubnd")) == "number"
    decide(now, case, 0, number="5458/QĐ-UBND")
    settle(now, appeal(now, case, 0), 0)
    for taken in ("5457/QĐ-UBND", "5458/QĐ-UBND"):
        assert refused(lambda taken=taken: restore(now, case, 0, number=taken)) == "number"
    restore(now, case, 0, number="5459/QĐ-UBND")
    # And the other way round: what revoked or restored recognises nothing.
    for taken in ("5458/QĐ-UBND", "5459/QĐ-UBND"):
        assert refused(lambda taken=taken: book(now, taken, day(now))) == "number"
        assert refused(lambda taken=taken: book(now, taken, day(now, -3))) == "number"


def test_one_decision_may_revoke_several_stars_on_its_one_day(now: datetime) -> None:
    direct(now, "90/QĐ-UBND", day(now, -3))
    direct(now, "90/QĐ-UBND", day(now, -3))
    assert refused(lambda: direct(now, "90/QĐ-UBND", day(now, -2))) == "number"


def test_another_year_counts_anew_and_another_authority_for_itself(now: datetime) -> None:
    direct(now, "90/QĐ-UBND", date(2025, 12, 31))
    direct(now, "90/QĐ-UBND", date(2026, 1, 1))
    book(now, "91/QĐ-UBND", date(2026, 6, 30))
    five = RecognitionFactory(stars=5)
    services.revoke(
        actor=SYSTEM,
        recognition=five,
        ground=Ground.FORGED,
        paper=Paper("91/QĐ-BNNMT", date(2026, 6, 30), "Bộ Nông nghiệp và Môi trường", Level.CENTRE),
        reason="Giả hồ sơ, đã nghe chủ thể",
        at=now,
    )
    assert five.revoked_on == date(2026, 6, 30)
