"""Registering products for a year by the API."""

from datetime import datetime

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.dossiers.models import Potential, Registration
from ocop.people.scopes import READ_PROGRAMME
from ocop.places import queries as places
from tests.api.calling import Program, program
from tests.dossiers.office import World, build_world, product
from tests.factories import RecognitionFactory
from tests.world import member

pytestmark = pytest.mark.django_db
LIST = "POST registrations"


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(timezone.now())


@pytest.fixture
def office(world: World) -> Program:
    return program(world.officer, world.now)


@pytest.fixture
def commune(world: World) -> Program:
    return program(world.commune, world.now)


def told(world: World, *products: dict[str, object], **more: object) -> dict[str, object]:
    """A list of the first commune for this year."""
    return {
        "unit": world.places.here.code,
        "year": timezone.localdate().year,
        "products": list(products),
        **more,
    }


COM = {"product_name": "Cốm làng", "producer_name": "Hộ ông A"}


def test_list_is_entered_by_the_commune_and_one_product_taken_back(
    office: Program, commune: Program, world: World
) -> None:
    elsewhere = program(world.elsewhere, world.now)
    made = commune(LIST, told(world, COM, {"product_name": "Mật ong"}), 201)
    assert [(row["product_name"], row["producer_name"], row["kind"]) for row in made] == [
        ("Cốm làng", "Hộ ông A", "first"), ("Mật ong", "", "first"),
    ]  # fmt: skip
    assert {row["registered_on"] for row in made} == {str(timezone.localdate())}
    assert office("GET registrations")["items"] == made

    back = f"POST registrations/{made[0]['id']}/withdraw"
    elsewhere.missing(back, {"reason": "Chưa sẵn sàng"})
    commune.refused(back, {"reason": " "}, "reason_needed")
    done = commune(back, {"reason": "Chưa sẵn sàng"})
    assert done == {**made[0], "withdrawn_on": str(timezone.localdate())}
    assert Event.objects.latest("pk").reason == "Chưa sẵn sàng"
    office.refused(back, {"reason": "Chưa sẵn sàng"}, "already_withdrawn")
    assert len(commune(LIST, told(world, COM), 201)) == 1  # it may come again


def test_list_with_one_bad_product_is_refused_whole(commune: Program, world: World) -> None:
    for bad, code in (
        (COM, "twice_in_list"),  # twice in the list
        ({"product_name": " "}, "product_name"),
        ({"product_name": "x" * 201}, "text_too_long"),
        ({"product_name": "Mật ong", "kind": "again"}, "invalid"),
    ):
        commune.refused(LIST, told(world, COM, bad), code)
    commune.refused(LIST, told(world), "empty_list")
    commune.refused(LIST, told(world, COM, year=2017), "registration_year")
    commune.refused(LIST, told(world, COM, registered_on="2099-01-01"), "registration_day")
    commune.refused(LIST, told(world, COM, registered_on="2024-01-01"), "unit_not_of_the_day")
    commune.missing(LIST, told(world, COM, unit="99999"))
    assert not Registration.objects.exists()


def test_unit_of_then_registers_for_a_year_of_then(office: Program, world: World) -> None:
    old = places.key_of(world.places.before)
    (row,) = office(LIST, told(world, COM, unit=old, year=2024, registered_on="2024-02-01"), 201)
    assert (row["unit"], row["year"]) == ("Xã Phú Yên", 2024)


def test_product_of_the_register_lends_its_names_and_its_kind_is_checked(
    commune: Program, world: World
) -> None:
    known = product(world.places.here, name="Cà phê Đại Xuyên")
    RecognitionFactory(product=known)
    commune.refused(LIST, told(world, {"product": known.code}), "already_ranked")
    (row,) = commune(LIST, told(world, {"product": known.code, "kind": "upgrade"}), 201)
    assert (row["product"], row["product_name"], row["producer_name"], row["kind"]) == (
        known.code, "Cà phê Đại Xuyên", known.producer.name, "upgrade",
    )  # fmt: skip
    fresh = product(world.places.here, name="Cà phê mới")
    again = {"product": fresh.code, "kind": "reevaluation"}
    commune.refused(LIST, told(world, again), "never_ranked")
    hidden = product(world.places.there, listed=False)
    commune.missing(LIST, told(world, {"product": hidden.code}))


def test_others_register_nothing(world: World) -> None:
    maker = program(member(world.now, product(world.places.here).producer), world.now)
    auditor = program(world.auditor, world.now)
    elsewhere = program(world.elsewhere, world.now)
    for caller in (maker, auditor, elsewhere):
        caller.refused(LIST, told(world, COM), "not_allowed", 403)
    reader = program(world.officer, world.now, READ_PROGRAMME)
    reader.refused(LIST, told(world, COM), "scope_missing", 403)
    assert not Registration.objects.exists()


def test_product_with_potential_is_changed_and_keeps_who_looks_after_it(
    commune: Program, world: World
) -> None:
    facts = {"product_name": "Trà sen", "year": timezone.localdate().year + 1, "aim": 3}
    made = commune("POST potentials", {**facts, "unit": world.places.here.code}, 201)
    Potential.objects.update(officer=world.commune)
    change = f"PUT potentials/{made['code']}"
    program(world.elsewhere, world.now).missing(change, facts)
    commune.refused(change, {**facts, "aim": 2}, "potential_aim")
    assert commune(change, {**facts, "aim": 4, "need": "Nhãn"}) == {
        **made, "aim": 4, "need": "Nhãn",
    }  # fmt: skip
    assert Potential.objects.get().officer == world.commune
    commune(f"POST potentials/{made['code']}/end", {"reason": "Đã vào"})
    commune.refused(change, facts, "potential_ended")
