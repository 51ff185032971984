"""Units in a database that has none yet."""

from datetime import date, datetime

import pytest

from ocop.core.actor import SYSTEM, Actor, ActorKind
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed
from ocop.places import gazetteer, queries, services
from ocop.places.models import Extent, Level, Succession, Unit
from tests.factories import OldUnitFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_all_units_are_loaded_once(now: datetime) -> None:
    lists = gazetteer.load()
    loaded = services.load_units(actor=SYSTEM, at=now)
    assert (loaded.units, loaded.successions) == (len(lists.entries), len(lists.steps))
    assert services.load_units(actor=SYSTEM, at=now) == services.Loaded(0, 0)
    assert Event.objects.filter(name="places.units_loaded").count() == 1  # nothing changed again
    assert Unit.objects.count() == len(lists.entries)


def test_stranger_loads_nothing(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.load_units(actor=Actor(ActorKind.PERSON, 1), at=now)


def test_parts_of_a_district_are_followed_through_every_era() -> None:
    district = OldUnitFactory(level=Level.DISTRICT)
    first = OldUnitFactory(name="Xã Sơn Hà", parent=district, valid_to=date(2025, 1, 1))
    second = OldUnitFactory(name="Xã Quang Hà", parent=district, valid_from=date(2025, 1, 1))
    now = UnitFactory(name="Xã Chuyên Mỹ")
    Succession.objects.create(old=first, new=second, extent=Extent.WHOLE)
    Succession.objects.create(old=second, new=now, extent=Extent.WHOLE)
    steps = [(s.old, s.new) for s in queries.later_of_parts(district)]
    assert steps == [(second, now), (first, second)]
    assert queries.later_of_parts(now) == []
