"""A producer enters a product, and from there the first dossier begins."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.dossiers.models import Dossier
from ocop.producers.models import Producer
from ocop.products.models import Product
from tests import world
from tests.dossiers.making import picture
from tests.factories import ProducerFactory, ProductFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _law(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def maker() -> Producer:
    return ProducerFactory(commune=UnitFactory())


@pytest.fixture
def client(now: datetime, maker: Producer) -> Client:
    found = Client()
    found.force_login(world.member(now, maker))
    return found


def _address(maker: Producer) -> str:
    return reverse("producer_product_new", args=(maker.code,))


def _enter(client: Client, maker: Producer, **more: Any) -> Any:
    told = {"name": "Cà phê Arabica rang mộc", "set_number": 13, "story": "Vườn cũ.", **more}
    return client.post(_address(maker), told)


def test_a_first_dossier_begins_without_anybodys_help(client: Client, maker: Producer) -> None:
    """Art. 5: the producer registers; the way leads from the own page to a dossier begun."""
    home = client.get(reverse("producer_home")).content.decode()
    assert _address(maker) in home
    page = client.get(_address(maker)).content.decode()
    assert "confirm_alike" not in page
    assert "13. " in page
    image = SimpleUploadedFile("ca-phe.png", picture(), "image/png")
    answer = _enter(client, maker, gtin="8934563138165", image=image)
    product = Product.objects.get()
    assert (product.producer, product.set_number, product.sector) == (maker, 13, "I")
    assert (product.gtin, product.story, product.listed) == ("08934563138165", "Vườn cũ.", False)
    assert product.images.get().caption == product.name
    begin = reverse("producer_begin", args=(product.code,))
    assert (answer.status_code, answer.url) == (302, begin)
    assert client.post(begin, {"kind": "first"}).status_code == 302
    assert Dossier.objects.get().product == product


def test_a_name_like_another_is_asked_about(client: Client, maker: Producer) -> None:
    ProductFactory(producer=maker, name="Cà phê Arabica rang mộc", set_number=13)
    body = _enter(client, maker).content.decode()
    assert "confirm_alike" in body
    assert Product.objects.count() == 1
    for given in ({}, {"confirm_alike": "on"}, {"confirm_alike": "on", "set_number": ""}):
        body = _enter(client, maker, **given).content.decode()
        warning = body[body.index('<div class="alert due"') :].split("</div>")[0]
        assert "Cà phê Arabica rang mộc: Trùng tên, Cùng chủ thể" in warning
        assert "Khác ở điểm nào</label>" in body  # not optional where it is asked
        assert ("Chưa gửi được" in body) == bool(given)  # likeness alone is no error
    assert "Hãy ghi lý do." in _enter(client, maker, confirm_alike="on").content.decode()
    assert Product.objects.count() == 1
    assert _enter(client, maker, confirm_alike="on", reason="Loại hạt khác").status_code == 302
    assert Product.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"set_number": ""}, {"gtin": "123"}, {"set_number": 99}]
)
def test_what_cannot_be_taken_is_told_at_its_field(
    client: Client, maker: Producer, wrong: dict[str, Any]
) -> None:
    answer = _enter(client, maker, **wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == wrong.keys()
    assert not Product.objects.exists()


def test_a_photograph_that_is_none_leaves_no_product_behind(
    client: Client, maker: Producer
) -> None:
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    answer = _enter(client, maker, image=paper)
    assert answer.status_code == 200
    assert not Product.objects.exists()


def test_of_another_producer_nothing_is_entered(client: Client) -> None:
    assert _enter(client, ProducerFactory()).status_code == 404
    assert not Product.objects.exists()
