"""Whom the end of a star is told, and what it takes with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition import services as register
from ocop.recognition.models import Ground
from ocop.recognition.postcheck.models import CheckResult, CheckState
from ocop.recognition.postcheck.services import checking
from tests.recognition import aftercare
from tests.world import annulled_by, build_places, member, person, revoked_by

pytestmark = pytest.mark.django_db


def annul(star, now):
    today = timezone.localdate(now)
    register.annul(
        actor=SYSTEM, recognition=star, **annulled_by(today), reason="Hội đồng chấm nhầm", at=now
    )


def revoke(star, now):
    register.revoke(
        actor=SYSTEM,
        recognition=star,
        ground=Ground.MARK,
        reason="Quyết định 9/QĐ-UBND",
        at=now,
        **revoked_by(timezone.localdate(now)),
    )


@pytest.mark.parametrize(
    ("end", "subject", "reason"),
    [
        (annul, "Kết quả công nhận bị hủy: %s", "Hội đồng chấm nhầm"),
        (revoke, "Hạng sao bị thu hồi: %s", "Quyết định 9/QĐ-UBND"),
    ],
)
def test_producer_and_commune_hear_of_an_end_and_nobody_else(now, end, subject, reason) -> None:
    places = build_places(now)
    star = aftercare.star(now)
    star.product.commune = places.here
    star.product.save()
    told = {
        member(now, star.product.producer).pk,
        person(now, Role.COMMUNE_OFFICER, unit=places.here).pk,
    }
    person(now, Role.COMMUNE_OFFICER, unit=places.there)
    member(now, aftercare.star(now).product.producer)
    end(star, now)
    found = Message.objects.filter(kind="recognition.ended")
    assert {message.user_id for message in found} == told
    for message in found:
        assert message.subject == subject % star.product.name
        assert "23/11/2026" in message.body
        assert reason in message.body


@pytest.mark.parametrize("end", [annul, revoke])
def test_checks_that_wait_end_with_the_star_for_that_reason(now, end) -> None:
    star = aftercare.star(now)
    planned, other = aftercare.planned(now, star), aftercare.planned(now)
    correcting = checking.conclude_check(
        actor=SYSTEM,
        check=aftercare.recorded(now, aftercare.planned(now, star)),
        result=CheckResult.CORRECT,
        words="Sửa nhãn.",
        correct_until=timezone.localdate(now) + timedelta(days=30),
        at=now,
    )
    recorded = aftercare.recorded(now, aftercare.planned(now, star))
    end(star, now)
    for row in (planned, other, correcting, recorded):
        row.refresh_from_db()
    assert planned.state == CheckState.CANCELLED
    assert correcting.state == CheckState.CLOSED
    assert "23/11/2026" in planned.reason
    assert correcting.correction == planned.reason
    assert (other.state, recorded.state) == (CheckState.PLANNED, CheckState.RECORDED)
    assert Event.objects.filter(name="recognition.postcheck_lapsed").count() == 2


def test_a_case_ends_the_checks_too(now) -> None:
    star = aftercare.star(now)
    planned = aftercare.planned(now, star)
    aftercare.decided(now, star)
    planned.refresh_from_db()
    assert planned.state == CheckState.CANCELLED
    assert "bị thu hồi" in planned.reason


def _people_of(star, now):
    """The producer's, the commune's, and others' who hear nothing."""
    places = build_places(now)
    star.product.commune = places.here
    star.product.save()
    maker = member(now, star.product.producer)
    officer = person(now, Role.COMMUNE_OFFICER, unit=places.here)
    person(now, Role.COMMUNE_OFFICER, unit=places.there)
    member(now, aftercare.star(now).product.producer)
    return maker, officer


def _told(user, subject):
    (message,) = Message.objects.filter(user=user, subject=subject)
    return message


def test_a_case_is_told_to_producer_and_commune_with_its_decisions(now) -> None:
    star = aftercare.star(now)
    maker, officer = _people_of(star, now)
    case = aftercare.restored(now, star)
    page = f"/san-pham/{star.product.code}/"
    for user, link in ((maker, f"/cua-toi/hau-kiem/thu-hoi/{case.code}/"), (officer, page)):
        taken = _told(user, f"Hạng sao bị thu hồi: {star.product.name}")
        back = _told(user, f"Hạng sao được khôi phục: {star.product.name}")
        assert "Quyết định 77/QĐ-UBND ngày 23/11/2026, UBND thành phố Hà Nội" in taken.body
        assert "từ ngày 23/11/2026" in taken.body
        assert "Sử dụng nhãn hiệu OCOP sai quy định" in taken.body
        assert "Quyết định 81/QĐ-UBND ngày 23/11/2026, UBND thành phố Hà Nội" in back.body
        assert "đến hết ngày" in back.body
        assert (taken.link, back.link) == (link, link)
    heard = Message.objects.filter(subject__endswith=star.product.name).filter(
        subject__startswith="Hạng sao"
    )
    assert {message.user_id for message in heard} == {maker.pk, officer.pk}


def test_a_decision_taken_elsewhere_is_told_with_number_day_authority_and_reason(now) -> None:
    star = aftercare.star(now)
    maker, officer = _people_of(star, now)
    revoke(star, now)
    for user in (maker, officer):
        body = _told(user, f"Hạng sao bị thu hồi: {star.product.name}").body
        assert "Quyết định 9/QĐ-UBND ngày 23/11/2026, UBND thành phố Hà Nội" in body
        assert "Sử dụng nhãn hiệu OCOP sai quy định" in body


def test_a_second_revocation_is_told_again(now) -> None:
    star = aftercare.star(now)
    maker, _officer = _people_of(star, now)
    aftercare.restored(now, star)
    star.refresh_from_db()
    revoke(star, now)
    subject = f"Hạng sao bị thu hồi: {star.product.name}"
    assert Message.objects.filter(user=maker, subject=subject).count() == 2
