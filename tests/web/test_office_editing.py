"""Two people change one product or producer: nothing that one saved is lost, and who changed what
stands on the activity tab."""

import html
import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.places.queries import key_of
from ocop.producers.models import Producer
from ocop.products import services
from ocop.products.models import Product
from tests.api.calling import program
from tests.factories import ProducerFactory, ProductFactory
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now: datetime) -> Places:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_places(now)


@pytest.fixture
def product(places: Places) -> Product:
    maker = ProducerFactory(name="Hộ Lò Văn Kín", commune=places.here)
    return ProductFactory(name="Mật ong", producer=maker, commune=places.here)


@pytest.fixture
def two(now: datetime, places: Places) -> tuple[Client, Client]:
    first, second = Client(), Client()
    first.force_login(person(now, Role.PROVINCIAL_OFFICER))
    second.force_login(person(now, Role.OFFICE_HEAD))
    return first, second


def opened(client: Client, address: str) -> dict[str, str]:
    """What the form sends of its page when nothing is typed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def activity(client: Client, name: str, code: str) -> str:
    page = client.get(reverse(f"office:{name}", args=[code]) + "?tab=activity").content.decode()
    return html.unescape("".join(re.findall(r'<ol class="activity">(.*?)</ol>', page, re.S)))


def test_later_form_of_a_product_does_not_wipe_the_earlier(
    two: tuple[Client, Client], product: Product
) -> None:
    first, second = two
    address = reverse("office:product_change", args=[product.code])
    early = opened(first, address)
    late = opened(second, address)
    assert second.post(address, late | {"story": "Ong rừng"}).status_code == 302
    told = first.post(address, early | {"revenue": "5000000"})
    assert told.status_code == 200
    assert "Đã có người sửa" in told.content.decode()
    assert 'value="5000000"' in told.content.decode()
    product.refresh_from_db()
    assert (product.story, product.revenue) == ("Ong rừng", None)
    again = opened(first, address) | {"revenue": "5000000"}
    assert first.post(address, again).status_code == 302
    product.refresh_from_db()
    assert (product.story, product.revenue) == ("Ong rừng", 5_000_000)


def test_later_form_of_a_producer_does_not_wipe_the_earlier(
    two: tuple[Client, Client], product: Product
) -> None:
    first, second = two
    maker = product.producer
    address = reverse("office:producer_change", args=[maker.code])
    early = opened(first, address)
    late = opened(second, address)
    assert second.post(address, late | {"story": "Ba đời làm mật"}).status_code == 302
    told = first.post(address, early | {"phone": "0912345678"})
    assert "Đã có người sửa" in told.content.decode()
    maker.refresh_from_db()
    assert (maker.story, maker.phone) == ("Ba đời làm mật", "")


def clashing(two: tuple[Client, Client], product: Product) -> tuple[Client, str, dict[str, str]]:
    """The form of who wrote second, as it is answered: the story both wrote, the name the other."""
    first, second = two
    address = reverse("office:product_change", args=[product.code])
    early = opened(first, address)
    late = opened(second, address) | {"story": "Ong rừng", "name": "Mật ong rừng"}
    assert second.post(address, late).status_code == 302
    told = first.post(address, early | {"story": "Ong nhà", "revenue": "5000000"})
    form = told.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    kept = {name: str(value) for name, value in sent.items() if value not in (None, False)}
    return first, told.content.decode(), kept | {"clashing": "story"}


def test_both_texts_are_shown_with_who_saved_the_other(
    two: tuple[Client, Client], product: Product
) -> None:
    _first, shown, sent = clashing(two, product)
    section = html.unescape(shown.split('aria-labelledby="hai-ban"')[1].split("</section>")[0])
    assert section.index("Ong nhà") < section.index("Ong rừng")
    assert "Lần sửa gần nhất: " in section
    assert "các mục bạn không sửa: Tên sản phẩm." in section
    assert (sent["story"], sent["name"], sent["revenue"]) == (
        "Ong nhà",
        "Mật ong rừng",
        "5000000",
    )


@pytest.mark.parametrize(("pressed", "story"), [("mine", "Ong nhà"), ("theirs", "Ong rừng")])
def test_the_second_keeps_the_own_text_or_drops_it(
    two: tuple[Client, Client], product: Product, pressed: str, story: str
) -> None:
    first, _shown, sent = clashing(two, product)
    address = reverse("office:product_change", args=[product.code])
    assert first.post(address, sent | {"clash": pressed}).status_code == 302
    product.refresh_from_db()
    assert (product.story, product.name, product.revenue) == (story, "Mật ong rừng", 5_000_000)


def test_a_third_change_after_the_choice_was_shown_is_seen(
    two: tuple[Client, Client], product: Product
) -> None:
    first, _shown, sent = clashing(two, product)
    address = reverse("office:product_change", args=[product.code])
    third = opened(two[1], address) | {"story": "Ong đá"}
    assert two[1].post(address, third).status_code == 302
    again = first.post(address, sent | {"clash": "mine"})
    assert "Ong đá" in again.content.decode()
    product.refresh_from_db()
    assert product.story == "Ong đá"


def test_form_is_stale_once_the_product_was_stopped(
    now: datetime, two: tuple[Client, Client], product: Product
) -> None:
    first, _second = two
    address = reverse("office:product_change", args=[product.code])
    early = opened(first, address)
    services.stop_product(actor=SYSTEM, product=product, reason="Hết mùa", at=now)
    assert first.post(address, early).status_code == 200


def test_program_that_says_what_it_saw_wipes_nothing(now: datetime, product: Product) -> None:
    office = program(person(now, Role.PROVINCIAL_OFFICER), now)
    for path in (f"products/{product.code}", f"producers/{product.producer.code}"):
        seen = office(f"GET {path}")["mark"]
        office(f"PATCH {path}", {"story": "Mới"})
        office.refused(f"PATCH {path}", {"story": "", "seen": seen}, "changed_meanwhile")
        fresh = office(f"GET {path}")["mark"]
        office(f"PATCH {path}", {"story": "Mới nữa", "seen": fresh})
    assert Product.objects.get().story == "Mới nữa"
    assert Producer.objects.get().story == "Mới nữa"


def test_activity_says_what_was_changed(
    two: tuple[Client, Client], places: Places, product: Product
) -> None:
    client, _other = two
    address = reverse("office:product_change", args=[product.code])
    client.post(address, opened(client, address) | {"name": "Mật ong rừng", "revenue": "7000001"})
    shown = activity(client, "product", product.code)
    assert "tên từ “Mật ong” thành “Mật ong rừng”; doanh thu" in shown
    assert "7000001" not in shown
    address = reverse("office:producer_change", args=[product.producer.code])
    changed = {"name": "Hộ Lò Thị Hở", "commune": key_of(places.there), "leader_name": "Lò Thị Hở"}
    client.post(address, opened(client, address) | changed)
    shown = activity(client, "producer", product.producer.code)
    assert "xã, phường hiện nay từ “Xã Đại Xuyên” thành “Xã Ứng Hòa”" in shown
    assert "người đại diện; tên" in shown
    assert "Lò" not in shown
