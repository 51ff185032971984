"""When the demonstration may come into an installation."""

from datetime import datetime

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.refusals import NotAllowed, Refused
from ocop.demonstration.services import load
from ocop.people.roles import Role
from ocop.producers.models import Producer
from tests.factories import ProducerFactory, RecognitionFactory


@pytest.mark.django_db
def test_installation_of_a_province_is_not_filled(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="68", at=now)
    with pytest.raises(Refused) as refusal:
        load(actor=SYSTEM, at=now)
    assert refusal.value.code == "installation_in_use"
    assert not Producer.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [ProducerFactory, RecognitionFactory])
def test_installation_with_rows_of_its_own_is_not_filled(
    factory: type[ProducerFactory], now: datetime
) -> None:
    factory()
    with pytest.raises(Refused) as refusal:
        load(actor=SYSTEM, at=now)
    assert refusal.value.code == "installation_in_use"


@pytest.mark.django_db
def test_nobody_who_signs_in_may_load_it(now: datetime) -> None:
    administrator = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.ADMINISTRATOR)}))
    with pytest.raises(NotAllowed):
        load(actor=administrator, at=now)
