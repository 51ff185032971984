"""The account that an installation begins with."""

from datetime import date, datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import Refused
from ocop.people import queries, services
from ocop.people.models import User
from ocop.people.roles import Role

pytestmark = pytest.mark.django_db


def _create(now: datetime, **given: str) -> User:
    values = {"name": "Quản trị", "email": "mot@donvi.example", "password": "dong-song-xanh"}
    return services.create_first_administrator(actor=SYSTEM, at=now, **{**values, **given})


def test_first_administrator_signs_in_and_rules_everywhere(now: datetime) -> None:
    user = _create(now)
    assert user.check_password("dong-song-xanh")
    assert queries.actor_for(user, on=date(2026, 11, 23)).everywhere(Role.ADMINISTRATOR)
    assert [e.name for e in activity(user)] == ["people.first_administrator_created"]


def test_second_first_administrator_is_refused(now: datetime) -> None:
    _create(now)
    with pytest.raises(Refused) as refusal:
        _create(now, email="hai@donvi.example")
    assert refusal.value.code == "administrator_exists"
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["ngan", "1234567890", "password123"])
def test_weak_password_leaves_no_account(now: datetime, password: str) -> None:
    with pytest.raises(Refused) as refusal:
        _create(now, password=password)
    assert refusal.value.code == "password_weak"
    assert not User.objects.exists()


def test_malformed_address_is_refused(now: datetime) -> None:
    with pytest.raises(Refused):
        _create(now, email="không phải địa chỉ")
