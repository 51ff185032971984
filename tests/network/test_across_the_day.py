"""The day on which a star ends: goods leave every list by themselves, and the keeper is told."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from ocop.people.models import Message
from ocop.products.models import Product
from ocop.programme import reminding
from tests.factories import RecognitionFactory
from tests.network.factories import make_chain, make_keeper, make_line, make_point
from tests.world import person

pytestmark = pytest.mark.django_db

#: The last moment of the last day in Hà Nội, and the first of the day after.
LAST = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
NEXT = datetime(2026, 11, 23, 17, 1, tzinfo=UTC)


def seen(product: Product, *points: str) -> list[bool]:
    """Whether everybody finds the product: at each point, on its own page, and by the API."""
    client = Client()
    found = [product.name in client.get(f"/diem-ban/{code}/").content.decode() for code in points]
    shops = client.get(f"/san-pham/{product.code}/noi-ban/")
    found += [bool(shops.context["shops"])]
    for code in points:
        told = client.get(f"/api/v1/sales-points/{code}").json()
        found.append(product.code in [row["code"] for row in told["goods"]])
    return found


def test_goods_leave_every_list_at_midnight_and_keepers_are_told_once() -> None:
    row = RecognitionFactory(on=date(2023, 11, 23))  # valid to the end of 2026-11-23
    assert row.expires_on == date(2026, 11, 23)
    chain = make_chain()
    alone, member = make_point(), make_point(chain=chain)
    make_line(row.product, point=alone)
    make_line(row.product, chain=chain)
    keepers = [person(LAST, None), person(LAST, None)]
    for point, keeper in zip((alone, member), keepers, strict=True):
        make_keeper(point, keeper)
    news = Message.objects.filter(kind="network.point_left")
    with time_machine.travel(LAST, tick=False):
        assert all(seen(row.product, alone.code, member.code))
        reminding.remind(at=LAST)
        assert not news.exists()
    with time_machine.travel(NEXT, tick=False):
        assert not any(seen(row.product, alone.code, member.code))
        reminding.remind(at=NEXT)
        reminding.remind(at=NEXT)
        assert sorted(told.user_id for told in news) == sorted(user.pk for user in keepers)
        assert {told.subject for told in news} == {f"Cất khỏi kệ: {row.product.name}"}
        page = Client()
        page.force_login(keepers[0])
        shelf = page.get(f"/cua-toi/diem-ban/{alone.code}/").content.decode()
        assert "Phải cất khỏi kệ" in shelf
        assert "sao OCOP đã hết hạn" in shelf


def test_renewed_star_brings_goods_back_without_a_hand() -> None:
    row = RecognitionFactory(on=date(2023, 11, 23))
    point = make_point()
    make_line(row.product, point=point)
    with time_machine.travel(NEXT, tick=False):
        assert not any(seen(row.product, point.code))
        RecognitionFactory(product=row.product, on=date(2026, 11, 24), kind="again")
        assert all(seen(row.product, point.code))
