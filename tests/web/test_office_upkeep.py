"""What officers note of a product and a producer, and who acts for it: from the page to the end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.producers.rules import is_member
from ocop.products.models import Product, ProductState
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def maker(places: Places) -> Producer:
    return ProducerFactory(commune=places.here)


@pytest.fixture
def product(places: Places, maker: Producer) -> Product:
    return ProductFactory(producer=maker, commune=places.here)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of(product: Product, step: str) -> str:
    return reverse("office:product_step", args=[product.code, step])


def words(client: Client, name: str, code: str) -> str:
    return client.get(reverse(f"office:{name}", args=[code])).content.decode()


def test_an_officer_notes_that_a_product_is_not_made_and_is_made_again(
    now: datetime, places: Places, product: Product
) -> None:
    client = as_(person(now, Role.COMMUNE_OFFICER, places.here))
    for step, other, state in (
        ("ngung", "san-xuat", ProductState.STOPPED),
        ("san-xuat", "ngung", ProductState.ACTIVE),
    ):
        page = words(client, "product", product.code)
        assert of(product, step) in page
        assert of(product, other) not in page
        assert client.post(of(product, step), {"reason": " "}).status_code == 200
        assert client.post(of(product, step), {"reason": "hết mùa vụ"}).status_code == 302
        product.refresh_from_db()
        assert product.state == state
        assert activity(product)[0].reason == "hết mùa vụ"
    again = client.post(of(product, "san-xuat"), {"reason": "hết mùa vụ"})
    assert "đang được sản xuất" in again.content.decode()
    assert client.get(of(product, "khac")).status_code == 404


def test_an_officer_puts_a_product_before_the_public_and_takes_it_back(
    now: datetime, product: Product
) -> None:
    Product.objects.update(listed=False)
    client = as_(person(now, Role.PROVINCIAL_OFFICER))
    public = reverse("product", args=[product.code])
    assert Client().get(public).status_code == 404
    assert of(product, "cong-khai") in words(client, "product", product.code)
    assert "các trang công khai" in client.get(of(product, "cong-khai")).content.decode()
    assert client.post(of(product, "cong-khai")).status_code == 302
    assert Client().get(public).status_code == 200
    assert client.post(of(product, "thoi-cong-khai"), {"reason": ""}).status_code == 200
    assert client.post(of(product, "thoi-cong-khai"), {"reason": "nhập hai lần"}).status_code == 302
    assert Client().get(public).status_code == 404
    Product.objects.update(state=ProductState.IDEA)
    assert of(product, "cong-khai") not in words(client, "product", product.code)


def test_an_officer_notes_that_a_producer_stopped_and_works_again(
    now: datetime, maker: Producer
) -> None:
    client = as_(person(now, Role.PROVINCIAL_OFFICER))
    stop, resume = (
        reverse("office:producer_step", args=[maker.code, step]) for step in ("ngung", "hoat-dong")
    )
    assert stop in words(client, "producer", maker.code)
    sent = {"stopped_on": now.date() + DAY, "reason": "giải thể"}
    assert "không được sau hôm nay" in client.post(stop, sent).content.decode()
    assert client.post(stop, sent | {"stopped_on": "2026-10-01"}).status_code == 302
    maker.refresh_from_db()
    assert maker.stopped_on == date(2026, 10, 1)
    page = words(client, "producer", maker.code)
    assert "01/10/2026" in page
    assert resume in page
    assert client.post(resume, {"reason": "làm lại"}).status_code == 302
    maker.refresh_from_db()
    assert maker.stopped_on is None


@pytest.mark.parametrize("role", [Role.PROVINCIAL_OFFICER, Role.ADMINISTRATOR])
def test_an_account_is_tied_to_a_producer_and_untied(
    now: datetime, maker: Producer, role: Role
) -> None:
    client, today = as_(person(now, role)), now.date()
    somebody = person(now, None)
    new = reverse("office:member_new", args=[maker.code])
    assert new in words(client, "producer", maker.code)
    sent = {"user": "ai-do@khong.vn", "starts_on": today - DAY}
    assert "Không có tài khoản nào" in client.post(new, sent).content.decode()
    sent["user"] = str(somebody.email).upper()
    backwards = client.post(new, sent | {"ends_on": today - DAY})
    assert "Ngày thôi phải sau ngày bắt đầu" in backwards.content.decode()
    assert client.post(new, sent).status_code == 302
    assert is_member(people.actor_for(somebody, on=today), maker, today)
    assert "đã gắn với chủ thể" in client.post(new, sent).content.decode()
    end = reverse("office:member_end", args=[maker.code, maker.memberships.get().pk])
    assert end in words(client, "producer", maker.code)
    assert somebody.name in client.get(end).content.decode()
    assert client.post(end, {"reason": "chuyển việc"}).status_code == 302
    assert not is_member(people.actor_for(somebody, on=today), maker, today)
    assert end not in words(client, "producer", maker.code)


def test_a_closed_account_is_not_tied(now: datetime, maker: Producer) -> None:
    closed = person(now, None)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    client = as_(person(now, Role.PROVINCIAL_OFFICER))
    sent = {"user": closed.email, "starts_on": now.date()}
    answer = client.post(reverse("office:member_new", args=[maker.code]), sent)
    assert "Không có tài khoản nào" in answer.content.decode()
    assert not maker.memberships.exists()


def test_who_may_not_is_neither_offered_nor_let_in(
    now: datetime, places: Places, maker: Producer, product: Product
) -> None:
    member(now, maker)
    held = maker.memberships.get()
    steps = [of(product, step) for step in ("ngung", "thoi-cong-khai")]
    steps.append(reverse("office:producer_step", args=[maker.code, "ngung"]))
    tying = [
        reverse("office:member_new", args=[maker.code]),
        reverse("office:member_end", args=[maker.code, held.pk]),
    ]
    sent = {"reason": "không phải việc của tôi", "stopped_on": "2026-10-01"}
    auditor = as_(person(now, Role.AUDITOR))
    officer = as_(person(now, Role.COMMUNE_OFFICER, places.here))
    own = as_(held.user)
    for client, refused in ((auditor, steps + tying), (officer, tying), (own, steps + tying)):
        for address in refused:
            assert client.get(address).status_code == 403
            assert client.post(address, sent).status_code == 403
    for client, hidden in ((auditor, steps + tying), (officer, tying)):
        pages = words(client, "product", product.code) + words(client, "producer", maker.code)
        assert [address for address in hidden if address in pages] == []
    product.refresh_from_db()
    maker.refresh_from_db()
    assert (product.state, product.listed, maker.stopped_on) == (ProductState.ACTIVE, True, None)
    assert maker.memberships.get().ends_on is None


def test_a_membership_is_ended_on_the_page_of_its_own_producer(
    now: datetime, maker: Producer
) -> None:
    member(now, maker)
    other = ProducerFactory()
    address = reverse("office:member_end", args=[other.code, maker.memberships.get().pk])
    assert as_(person(now, Role.PROVINCIAL_OFFICER)).get(address).status_code == 404


def test_extension_says_its_last_possible_day_before_one_is_sent(
    product: Product, now: datetime
) -> None:
    row = RecognitionFactory(product=product, on=date(2023, 7, 1))
    officer = as_(person(now, Role.OFFICE_HEAD))
    page = officer.get(reverse("office:recognition_step", args=[row.pk, "keo-dai"]))
    assert "Muộn nhất 28/12/2026" in page.content.decode()  # 01/07/2026 and 180 days
