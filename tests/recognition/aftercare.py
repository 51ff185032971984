"""What tests of post-checks, complaints and cases need: a star under a known set, and people."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from ocop.core.actor import SYSTEM, Actor
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck.models import (
    CheckResult,
    ComplaintTopic,
    PostCheck,
    RevocationCase,
)
from ocop.recognition.postcheck.services import (
    checking,
    complaining,
    planning,
    restoring,
    revoking,
)
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory, version
from tests.world import member, person

SET = 13


def star(now: datetime, **more: object) -> Recognition:
    """A star that holds today, given under a set that is loaded."""
    given = timezone.localdate(now) - timedelta(days=400)
    decision = DecisionFactory(signed_on=given, legal_version=version(SET).legal_version)
    product = more.pop("product", None) or ProductFactory(set_number=SET)
    return RecognitionFactory(product=product, decision=decision, on=given, **more)


def acting(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=timezone.localdate(now))


def somebody(now: datetime, role: Role) -> Actor:
    return acting(person(now, role), now)


def maker(now: datetime, recognition: Recognition) -> Actor:
    """Somebody who acts for the producer of a star."""
    return acting(member(now, recognition.product.producer), now)


def planned(
    now: datetime, recognition: Recognition | None = None, inspector: User | None = None
) -> PostCheck:
    return planning.plan_checks(
        actor=SYSTEM,
        recognitions=[recognition or star(now)],
        inspector=inspector or person(now, Role.INSPECTOR),
        planned_on=timezone.localdate(now) + timedelta(days=2),
        at=now,
    )[0]


def minutes(now: datetime, **more: object) -> checking.Minutes:
    told = {"visited_at": now, "note": "Đã đến cơ sở", "proposal": CheckResult.KEPT, **more}
    return checking.Minutes(**told)


def recorded(now: datetime, check: PostCheck | None = None, **more: object) -> PostCheck:
    return checking.record_check(
        actor=SYSTEM,
        check=check or planned(now),
        client_id=uuid4(),
        minutes=minutes(now, **more),
        at=now,
    )


def told(**more: object) -> complaining.Told:
    given = {"topic": ComplaintTopic.MARK, "text": "Tem in 4 sao nhưng trang ghi hết hạn.", **more}
    return complaining.Told(**given)


def complained(now: datetime, recognition: Recognition | None = None, **more: object):
    return complaining.receive_complaint(
        actor=SYSTEM, product=(recognition or star(now)).product, told=told(**more), at=now
    )


def opened(
    now: datetime, recognition: Recognition | None = None, on: date | None = None, **more: object
) -> RevocationCase:
    return revoking.open_case(
        actor=SYSTEM,
        recognition=recognition or star(now),
        ground=Ground.MARK,
        facts="In hạng sao sai trên bao bì.",
        established_on=on or timezone.localdate(now),
        conclusion_of="Kết luận số 5/KL-SNNMT",
        at=now,
        **more,
    )


def heard(now: datetime, recognition: Recognition | None = None) -> RevocationCase:
    return revoking.note_hearing(
        actor=SYSTEM,
        case=opened(now, recognition),
        heard_on=timezone.localdate(now),
        words="Chủ thể dự, thừa nhận.",
        at=now,
    )


def proposed(now: datetime, recognition: Recognition | None = None) -> RevocationCase:
    return revoking.propose_revocation(
        actor=SYSTEM, case=heard(now, recognition), words="Đề nghị thu hồi.", at=now
    )


def decided(now: datetime, recognition: Recognition | None = None) -> RevocationCase:
    return revoking.decide_case(
        actor=SYSTEM,
        case=proposed(now, recognition),
        number="77/QĐ-UBND",
        signed_on=timezone.localdate(now),
        authority_name="UBND thành phố Hà Nội",
        at=now,
    )


def appealed(now: datetime, recognition: Recognition | None = None) -> RevocationCase:
    return revoking.record_appeal(
        actor=SYSTEM,
        case=decided(now, recognition),
        appealed_on=timezone.localdate(now),
        words="Không đồng ý với căn cứ.",
        at=now,
    )


def accepted(now: datetime, recognition: Recognition | None = None) -> RevocationCase:
    """A case whose appeal was accepted; the decision that gives the star back is to come."""
    return revoking.settle_appeal(
        actor=SYSTEM,
        case=appealed(now, recognition),
        upheld=False,
        ended_on=timezone.localdate(now),
        words="Văn bản 9/GQKN",
        at=now,
    )


def restored(
    now: datetime, recognition: Recognition | None = None, **more: object
) -> RevocationCase:
    told = {
        "number": "81/QĐ-UBND",
        "signed_on": timezone.localdate(now),
        "authority_name": "UBND thành phố Hà Nội",
        **more,
    }
    return restoring.restore_star(actor=SYSTEM, case=accepted(now, recognition), at=now, **told)
