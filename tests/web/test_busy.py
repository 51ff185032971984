"""A database that others hold for too long: a clear answer, nothing written, and it goes again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ConnectionHandler, OperationalError, connection, connections, transaction
from django.test import Client

from ocop.core.db import is_busy
from ocop.core.models import Event
from ocop.people.models import Role
from tests.councils.test_races import _protected_again, really_committed
from tests.world import bearer, person

__all__ = ["_protected_again", "really_committed"]


@pytest.mark.django_db
def test_a_file_that_another_process_writes_is_busy(tmp_path: Path) -> None:
    one, other = (
        ConnectionHandler(
            {
                "default": {
                    "ENGINE": "ocop.core.sqlite",
                    "NAME": tmp_path / "x.sqlite3",
                    "OPTIONS": {"timeout": 0},
                }
            }
        )["default"]
        for _ in range(2)
    )
    one.cursor().execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError) as held:
        other.cursor().execute("BEGIN IMMEDIATE")
    assert is_busy(held.value)
    one.cursor().execute("ROLLBACK")
    other.cursor().execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError) as mistaken:
        other.cursor().execute("SELECT * FROM nothing")
    assert not is_busy(mistaken.value)
    one.close()
    other.close()


@contextmanager
def _held() -> Iterator[None]:
    """Somebody else holds what every action writes to; we wait a tenth of a second for it."""
    there, over = Signal(), Signal()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ocop_event IN EXCLUSIVE MODE")
            there.set()
            over.wait(30)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    assert there.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    try:
        yield
    finally:
        over.set()
        holder.join()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
class TestHeld:
    """On PostgreSQL, where somebody can hold one table."""

    def test_page_says_so_and_the_same_goes_through_later(self, now: datetime) -> None:
        user = person(now, None)
        client = Client(raise_request_exception=False)
        client.force_login(user)
        form = {"digest": "daily"}
        before = Event.objects.count()
        with _held():
            answer = client.post("/tin-nhan/cach-nhan/", form)
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "chưa được lưu" in answer.content.decode()
        assert Event.objects.count() == before
        assert client.post("/tin-nhan/cach-nhan/", form).status_code == 302
        assert Event.objects.count() == before + 1

    def test_api_says_so_as_a_problem(self, now: datetime) -> None:
        caller = bearer(person(now, Role.PROVINCIAL_OFFICER), now)
        file = SimpleUploadedFile("x.csv", "Tên sản phẩm,Chủ thể\nMật ong,HTX A\n".encode())
        with _held():
            answer = Client(raise_request_exception=False).post(
                "/api/v1/imports", {"file": file}, headers=caller
            )
        assert answer.status_code == 503
        assert answer.json()["code"] == "busy"
        assert answer["Retry-After"]
