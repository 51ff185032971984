"""Entering, changing and leaving places."""

from dataclasses import replace
from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.producers.models import Producer
from ocop.traceability.models import Site
from ocop.traceability.services import sites
from ocop.traceability.services.sites import SiteParticulars
from tests.factories import OldUnitFactory, ProducerFactory, UnitFactory
from tests.world import member

pytestmark = pytest.mark.django_db
KNOWN = SiteParticulars(name=" Vườn  chè số 2 ", gln="893 850597 419 4", address=" Đồi Giữa ")


@pytest.fixture
def producer() -> Producer:
    return ProducerFactory(commune=UnitFactory(), address="Thôn Một")


def open_site(now: datetime, producer: Producer, given: SiteParticulars = KNOWN) -> Site:
    return sites.open_site(actor=SYSTEM, producer=producer, particulars=given, at=now)


def test_place_is_kept_clean_and_found_by_its_words(now: datetime, producer: Producer) -> None:
    site = open_site(now, producer)
    site.refresh_from_db()
    assert (site.name, site.gln, site.address) == ("Vườn chè số 2", "8938505974194", "Đồi Giữa")
    assert (site.folded, site.commune) == ("vuon che so 2", producer.commune)


def test_place_without_an_address_has_its_producers(now: datetime, producer: Producer) -> None:
    site = open_site(now, producer, SiteParticulars(name="Xưởng"))
    assert (site.gln, site.address, site.commune) == ("", "Thôn Một", producer.commune)


@pytest.mark.parametrize("gln", ["8938505974195", "893850597419", "89385059741940", "A93850597419"])
def test_location_number_has_thirteen_digits_and_its_check_digit(
    now: datetime, producer: Producer, gln: str
) -> None:
    with pytest.raises(Refused) as refusal:
        open_site(now, producer, replace(KNOWN, gln=gln))
    assert list(refusal.value.fields) == ["gln"]


def test_location_number_names_one_place(now: datetime, producer: Producer) -> None:
    open_site(now, producer)
    with pytest.raises(Refused) as refusal:
        open_site(now, ProducerFactory())
    assert list(refusal.value.fields) == ["gln"]


def test_place_lies_in_a_commune_of_today(now: datetime, producer: Producer) -> None:
    for wrong in (OldUnitFactory(), UnitFactory(level="province")):
        with pytest.raises(Refused) as refusal:
            open_site(now, producer, replace(KNOWN, commune=wrong))
        assert list(refusal.value.fields) == ["commune"]


def test_place_needs_a_name(now: datetime, producer: Producer) -> None:
    with pytest.raises(Refused) as refusal:
        open_site(now, producer, replace(KNOWN, name=" "))
    assert list(refusal.value.fields) == ["name"]


def test_change_says_what_stood_and_stands(now: datetime, producer: Producer) -> None:
    site = open_site(now, producer)
    sites.change_site(actor=SYSTEM, site=site, particulars=replace(KNOWN, name="Xưởng"), at=now)
    told = activity(site).first()
    assert told is not None
    assert told.change["values"] == {"name": ["Vườn chè số 2", "Xưởng"]}
    assert told.change["fields"] == ["folded", "name"]


def test_place_is_left_once(now: datetime, producer: Producer) -> None:
    site = open_site(now, producer)
    sites.close_site(actor=SYSTEM, site=site, reason="Trả mặt bằng", at=now)
    with pytest.raises(Refused) as refusal:
        sites.close_site(actor=SYSTEM, site=site, reason="Trả mặt bằng", at=now)
    assert refusal.value.code == "site_closed"


def test_another_producer_enters_no_place(now: datetime, producer: Producer) -> None:
    actor = people.actor_for(member(now, ProducerFactory()), on=now.date())
    with pytest.raises(NotAllowed):
        sites.open_site(actor=actor, producer=producer, particulars=KNOWN, at=now)
