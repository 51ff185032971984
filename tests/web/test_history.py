"""The page of a product's life: three faces of one line, and its files."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.products.services import stop_product
from ocop.recognition.models import Recognition
from tests.recognition import aftercare
from tests.world import bearer, build_places, member, person, recognised, with_second_factor

pytestmark = pytest.mark.django_db
EVIL = "=1+cmd|' /C calc'!A0"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def star(now: datetime) -> Recognition:
    found = recognised(EVIL, commune=build_places(now).here)
    stop_product(actor=SYSTEM, product=found.product, reason="Mất mùa cả năm", at=now)
    aftercare.complained(now, found)
    return found


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def address(name: str, star: Recognition) -> str:
    return reverse(name, args=[star.product.code])


STOPPED, COMPLAINED, GIVEN = "Mất mùa cả năm", "Phản ánh của người dân", "Công nhận 3 sao (Lần đầu)"


def test_each_face_tells_what_is_its_readers(now: datetime, star: Recognition) -> None:
    office = client_of(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))
    owner = client_of(member(now, star.product.producer))
    faces = (
        (Client(), "history", {GIVEN}),
        (owner, "history", {GIVEN}),
        (office, "history", {GIVEN}),
        (owner, "producer_history", {GIVEN, STOPPED}),
        (office, "producer_history", {GIVEN, STOPPED}),
        (office, "office:product_history", {GIVEN, STOPPED, COMPLAINED}),
    )
    for client, name, told in faces:
        page = text(client.get(address(name, star)))
        assert {words for words in (GIVEN, STOPPED, COMPLAINED) if words in page} == told


def test_staff_of_elsewhere_read_what_everybody_reads(now: datetime, star: Recognition) -> None:
    adviser = client_of(person(now, Role.ADVISORY_MEMBER))
    page = text(adviser.get(address("office:product_history", star)))
    assert GIVEN in page
    assert STOPPED not in page
    assert "Ai xem được" not in page


def test_the_files_hold_what_the_page_shows_and_run_no_formula(
    now: datetime, star: Recognition
) -> None:
    office = client_of(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    to = address("office:product_history", star)
    told = office.get(f"{to}?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [(row["Loại sự kiện"], row["Ai xem được"]) for row in rows] == [
        ("Công nhận", "Mọi người"),
        ("Thay đổi", "Chủ thể và cơ quan quản lý"),
        ("Phản ánh", "Cơ quan quản lý"),
    ]
    content = b"".join(office.get(f"{to}?format=xlsx").streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet[-3:]] == [row["Diễn biến"] for row in rows]
    public = Client().get(f"{address('history', star)}?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(public))
    assert "Ai xem được" not in row


def test_another_product_is_not_there(now: datetime, star: Recognition) -> None:
    stranger = client_of(member(now, recognised("Gạo").product.producer))
    assert stranger.get(address("producer_history", star)).status_code == 404
    hidden = recognised("Nấm", listed=False)
    assert Client().get(address("history", hidden)).status_code == 404


def test_the_api_tells_each_caller_their_own_line(now: datetime, star: Recognition) -> None:
    to = f"/api/v1/products/{star.product.code}/history"
    owner, officer = member(now, star.product.producer), person(now, Role.PROVINCIAL_OFFICER)
    stages = {
        who: [row["stage"] for row in Client().get(to, headers=headers).json()]
        for who, headers in (
            ("public", {}),
            ("producer", bearer(owner, now)),
            ("office", bearer(officer, now)),
        )
    }
    assert stages == {
        "public": ["recognition"],
        "producer": ["recognition", "change"],
        "office": ["recognition", "change", "complaint"],
    }
