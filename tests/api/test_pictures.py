"""Photographs of products by the API."""

from datetime import datetime

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.scopes import READ_REGISTER
from ocop.products.models import ProductImage
from tests.api.calling import Program, program
from tests.dossiers.making import picture
from tests.dossiers.office import World, build_world, product
from tests.factories import PDF
from tests.world import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(timezone.now())


@pytest.fixture
def commune(world: World) -> Program:
    return program(world.commune, world.now)


def test_photographs_stand_in_the_order_they_came(commune: Program, world: World) -> None:
    path = f"products/{product(world.places.here).code}/images"
    first = commune.send(path, picture("red"), caption="Hộp cà phê")
    second = commune.send(path, picture("blue"), caption="Vườn cà phê")
    assert (first["caption"], first["position"], second["position"]) == ("Hộp cà phê", 0, 1)
    assert list(ProductImage.objects.values_list("pk", flat=True)) == [first["id"], second["id"]]


def test_photograph_that_nobody_could_show_is_refused(commune: Program, world: World) -> None:
    path = f"products/{product(world.places.here).code}/images"
    commune.send(path, picture("red"), caption="Hộp cà phê")
    for content, caption in (
        (picture("red"), "Lần nữa"),  # the same image
        (picture("blue"), " "),
        (picture("blue"), "x" * 161),
        (PDF, "Tờ rơi"),
    ):
        assert commune.send(path, content, 422, caption=caption)["detail"]
    commune.refused(f"POST {path}", None, "invalid")
    assert ProductImage.objects.count() == 1


def test_photographs_are_added_by_who_may_change_the_product(world: World) -> None:
    found = product(world.places.here, listed=False)
    path = f"products/{found.code}/images"
    given = (path, picture("red"))
    elsewhere = program(world.elsewhere, world.now)
    assert elsewhere.send(*given, 404, caption="Ảnh")["code"] == "not_found"
    auditor = program(world.auditor, world.now)
    assert auditor.send(*given, 403, caption="Ảnh")["code"] == "not_allowed"
    reader = program(world.officer, world.now, READ_REGISTER)
    assert reader.send(*given, 403, caption="Ảnh")["code"] == "scope_missing"
    assert not ProductImage.objects.exists()
    maker = program(member(world.now, found.producer), world.now)
    assert maker.send(*given, caption="Ảnh của chủ thể")["position"] == 0
