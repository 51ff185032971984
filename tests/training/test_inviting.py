"""Who still lacks a class is told of one, once."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.training.models import TrainingClass
from ocop.training.services.inviting import invite
from tests.factories import ProducerFactory
from tests.training import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


def told(found: TrainingClass, now: datetime) -> set[User]:
    invite(actor=SYSTEM, training_class=found, at=now)
    return {m.user for m in Message.objects.filter(kind="training.invited")}


def test_producers_without_a_class_and_the_communes_are_told(now: datetime) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, build_places(now).here)
    lacks, trained, coming = (ProducerFactory() for _ in range(3))
    user, *_others = (member(now, each) for each in (lacks, trained, coming))
    making.certified(now, trained)
    making.enrolled(now, making.make_class(now), coming)
    later = now + timedelta(days=30)  # when the certificate has been issued
    found = making.make_class(later)
    assert told(found, later) == {officer, user}
    links = set(Message.objects.filter(kind="training.invited").values_list("user", "link"))
    assert links == {
        (user.pk, f"/cua-toi/tap-huan/{found.code}/"),
        (officer.pk, f"/dieu-hanh/tap-huan/lop/{found.code}/"),
    }


def test_an_invitation_goes_once_to_each_though_it_is_sent_again(now: datetime) -> None:
    build_places(now)
    member(now, ProducerFactory())
    found = making.make_class(now)
    assert invite(actor=SYSTEM, training_class=found, at=now) == 1
    assert invite(actor=SYSTEM, training_class=found, at=now) == 0


def test_a_class_for_officials_is_told_to_officers_alone(now: datetime) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, build_places(now).here)
    member(now, ProducerFactory())
    found = making.make_class(now, making.make_course(now, audience="officials"))
    assert told(found, now) == {officer}


@pytest.mark.parametrize("opened", [True, False])
def test_nobody_is_invited_to_what_takes_nobody(now: datetime, opened: bool) -> None:
    found = making.make_class(now, opened=opened)
    with pytest.raises(Refused) as refusal:
        invite(actor=SYSTEM, training_class=found, at=found.starts_at if opened else now)
    assert refusal.value.code == "class_not_open"
