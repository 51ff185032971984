"""What was entered wrongly in a revocation case is taken back by an act and entered anew.

Art. 8, Decision 26/2026/QĐ-TTg; the register is corrected by a new decision only, never in place.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.certified import certified
from ocop.recognition.credential import statuses
from ocop.recognition.models import Kind, Recognition, Revocation
from ocop.recognition.postcheck import public, queries
from ocop.recognition.postcheck.models import CaseState, RevocationCase
from ocop.recognition.postcheck.services import correcting, restoring, revoking
from ocop.recognition.validity import State
from tests.factories import ProductFactory
from tests.recognition import aftercare
from tests.recognition.log.logged import code, entries, found
from tests.recognition.test_kept_revocations import _office, given  # noqa: F401
from tests.world import annulled_by, bearer, person, with_second_factor

pytestmark = pytest.mark.django_db
HANOI = "UBND thành phố Hà Nội"
WHY = "Ghi nhầm số quyết định"
TURNS = ("revocation", "revocation-withdrawn")


def day(now: datetime, days: int = 0) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def code_of(call: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def known(now: datetime) -> Recognition:
    """A star of which the public log tells."""
    return given(now, ProductFactory(), -400, 4)


def withdraw(now: datetime, case: RevocationCase, **more: Any) -> RevocationCase:
    told = {"actor": SYSTEM, "reason": WHY, **more}
    return correcting.withdraw_case_decision(case=case, at=now, **told)


def decide(now: datetime, case: RevocationCase, number: str, signed_on: date) -> RevocationCase:
    return revoking.decide_case(
        actor=SYSTEM, case=case, number=number, signed_on=signed_on, authority_name=HANOI, at=now
    )


def test_a_wrong_number_is_corrected_by_entering_the_decision_anew(now: datetime) -> None:
    star = known(now)
    case = aftercare.decided(now, star)
    revoking.publish_notice(actor=SYSTEM, case=case, notice="Thu hồi theo 77.", number="5", at=now)
    assert code(found(now)) == ""
    withdraw(now, case)
    assert case.state == CaseState.PROPOSED
    assert (case.decision_number, case.revocation, case.published_at) == ("", None, None)
    assert certified(star.product, day(now)).state is State.VALID
    assert star.pk not in void_keys(now)
    decide(now, case, "78/QĐ-UBND", day(now))
    assert case.state == CaseState.REVOKED
    assert certified(star.product, day(now)).state is State.REVOKED
    assert star.pk in void_keys(now)
    # Both are told, and the notice that was read stays with the wrong one.
    rows = {row.number: public.told_of(row) for row in queries.revoked(day(now))}
    assert rows["77/QĐ-UBND"].notice == "Thu hồi theo 77."
    (said,) = rows["77/QĐ-UBND"].since
    assert "ghi nhầm" in said
    assert "78/QĐ-UBND" in said
    assert rows["78/QĐ-UBND"].since == []
    assert rows["78/QĐ-UBND"].notice == ""
    revoking.publish_notice(actor=SYSTEM, case=case, notice="Thu hồi theo 78.", number="6", at=now)
    assert code(found(now)) == ""
    turns = [(each["type"], each.get("number")) for each in entries(*TURNS)]
    assert turns == [
        ("revocation", "77/QĐ-UBND"),
        ("revocation-withdrawn", None),
        ("revocation", "78/QĐ-UBND"),
    ]


def void_keys(now: datetime) -> set[int]:
    bits = statuses.bits_on(timezone.localdate(now)).bits
    return {
        place * 8 + bit
        for place, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte >> (7 - bit) & 1
    }


def test_the_head_alone_corrects_with_a_reason(now: datetime) -> None:
    case = aftercare.decided(now)
    clerk = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    head = aftercare.somebody(now, Role.OFFICE_HEAD)
    with pytest.raises(NotAllowed):
        withdraw(now, case, actor=clerk)
    assert code_of(lambda: withdraw(now, case, reason=" ")) == "reason_needed"
    withdraw(now, case, actor=head)
    assert code_of(lambda: withdraw(now, case)) == "move_not_possible"


@pytest.mark.parametrize("settled", [None, True, False])
def test_an_appeal_goes_on_when_the_decision_is_entered_anew(
    now: datetime, settled: bool | None
) -> None:
    case = aftercare.appealed(now)
    if settled is not None:
        revoking.settle_appeal(
            actor=SYSTEM, case=case, upheld=settled, ended_on=day(now), words="9/GQKN", at=now
        )
    withdraw(now, case)
    decide(now, case, "78/QĐ-UBND", day(now))
    assert case.state == CaseState.APPEALED
    assert case.appeal_ended_on is None
    revoking.settle_appeal(
        actor=SYSTEM, case=case, upheld=False, ended_on=day(now), words="9/GQKN", at=now
    )
    assert case.state == CaseState.OVERTURNED


def test_a_decision_of_after_the_appeal_is_another_one(now: datetime) -> None:
    case = aftercare.appealed(now)
    later = now + timedelta(days=3)
    withdraw(later, case)
    decide(later, case, "78/QĐ-UBND", day(later))
    assert case.state == CaseState.REVOKED


def test_the_authority_takes_its_decision_back_unasked(now: datetime) -> None:
    case = aftercare.decided(now, known(now))
    told = {"actor": SYSTEM, "number": "81/QĐ-UBND", "authority_name": HANOI, "at": now}
    refused = code_of(lambda: restoring.restore_star(case=case, signed_on=day(now, -1), **told))
    assert refused == "postcheck_signed_on"
    restoring.restore_star(case=case, signed_on=day(now), **told)
    assert case.state == CaseState.RESTORED
    assert certified(case.recognition.product, day(now)).state is State.VALID
    assert case.recognition.pk not in void_keys(now)
    assert code(found(now)) == ""


@pytest.mark.parametrize(
    ("way", "back"),
    [
        ("decided", CaseState.REVOKED),
        ("upheld", CaseState.UPHELD),
        ("accepted", CaseState.OVERTURNED),
    ],
)
def test_a_restoration_entered_wrongly_leads_back_to_where_it_was_entered(
    now: datetime, way: str, back: str
) -> None:
    star = known(now)
    if way == "upheld":
        case = aftercare.appealed(now, star)
        revoking.settle_appeal(
            actor=SYSTEM, case=case, upheld=True, ended_on=day(now), words="9/GQKN", at=now
        )
    else:
        case = getattr(aftercare, way)(now, star)
    told = {"case": case, "authority_name": HANOI, "signed_on": day(now), "at": now}
    restoring.restore_star(actor=SYSTEM, number="81/QĐ-UBND", **told)
    star.refresh_from_db()
    taken_back = {"actor": SYSTEM, "recognition": star, "reason": WHY, "at": now}
    assert code_of(lambda: services.withdraw_restoration(**taken_back)) == "restored_in_case"
    with pytest.raises(NotAllowed):
        correcting.withdraw_case_restoration(
            actor=aftercare.somebody(now, Role.PROVINCIAL_OFFICER), case=case, reason=WHY, at=now
        )
    correcting.withdraw_case_restoration(actor=SYSTEM, case=case, reason=WHY, at=now)
    assert (case.state, case.restoring_number) == (back, "")
    assert certified(star.product, day(now)).state is State.REVOKED
    restoring.restore_star(actor=SYSTEM, number="82/QĐ-UBND", **told)
    row = Revocation.objects.get(recognition=star)
    assert [each["number"] for each in row.wrong_restorations] == ["81/QĐ-UBND"]
    assert row.restoring_number == "82/QĐ-UBND"
    assert code(found(now)) == ""


def test_a_case_about_a_result_that_counts_no_more_ends_with_its_correction(now: datetime) -> None:
    star = known(now)
    later = given(now, star.product, -100, 4, Kind.REEVALUATION)
    case = aftercare.decided(now, later)
    later.refresh_from_db()
    services.annul(
        actor=SYSTEM, recognition=later, reason="Hội đồng chấm nhầm", takes=[star.pk], at=now,
        **annulled_by(day(now)),
    )  # fmt: skip
    star.refresh_from_db()
    assert star.revoked_on == day(now)
    case = RevocationCase.objects.select_related("recognition__product").get(pk=case.pk)
    withdraw(now, case)
    assert case.state == CaseState.LAPSED
    star.refresh_from_db()
    assert star.revoked_on is None
    assert code(found(now)) == ""


def test_whoever_makes_it_hears_of_each_turn(now: datetime) -> None:
    star = aftercare.star(now)
    maker = aftercare.maker(now, star)
    case = aftercare.decided(now, star)
    withdraw(now, case)
    decide(now, case, "78/QĐ-UBND", day(now))
    told = Message.objects.filter(user=maker.user_id).order_by("pk")
    bodies = [message.body for message in told]
    assert sum("77/QĐ-UBND" in body for body in bodies) == 1
    assert sum("là nhầm" in body for body in bodies) == 1
    assert "78/QĐ-UBND" in bodies[-1]


def test_the_head_corrects_on_the_page_and_by_the_api(now: datetime, client: Client) -> None:
    case = aftercare.decided(now)
    head = person(now, Role.OFFICE_HEAD)
    client.force_login(with_second_factor(head, now))
    own = reverse("office:case", args=[case.code])
    page = client.get(own).content.decode()
    assert "Đính chính: quyết định thu hồi ghi nhầm" in page
    assert "Ghi quyết định khôi phục" in page
    answer = client.post(f"{own}dinh-chinh/", {"reason": WHY})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.PROPOSED
    page = client.get(own).content.decode()
    assert "77/QĐ-UBND" in page  # what was entered wrongly stays told
    decide(now, RevocationCase.objects.get(pk=case.pk), "78/QĐ-UBND", day(now))
    answer = client.post(
        f"/api/v1/revocation-cases/{case.code}/decision/withdrawal",
        {"reason": WHY},
        content_type="application/json",
        headers=bearer(head, now),
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "proposed"
