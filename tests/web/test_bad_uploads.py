"""Files that nobody should send, sent through the pages that take files."""

import asyncio
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Attachment
from ocop.dossiers.models import State
from ocop.dossiers.services import advising
from ocop.people.roles import Role
from tests import world
from tests.core import crafted
from tests.dossiers import office
from tests.factories import ProducerFactory
from tests.world import person

pytestmark = pytest.mark.django_db
GIGABYTES = 2 * 1024**3


def packed(*entries: tuple[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        for name, content in entries:
            archive.writestr(name, content)
    return into.getvalue()


def bomb(name: str) -> bytes:
    """Half a megabyte that becomes 501."""
    return packed((name, b"0" * 501_000_000))


def lying(name: str) -> bytes:
    """Fifty megabytes that call themselves ten bytes, in both places where it is written."""
    content = bytearray(packed((name, b"0" * 50_000_000)))
    true = struct.pack("<I", 50_000_000)
    while (at := content.find(true)) >= 0:
        content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


BOMBS = [
    pytest.param("phieu.xlsx", lambda: bomb("xl/workbook.xml"), "quá lớn", id="xlsx"),
    pytest.param("phieu.docx", lambda: bomb("word/document.xml"), "quá lớn", id="docx"),
    pytest.param("phieu.xlsx", lambda: lying("xl/workbook.xml"), "bị hỏng", id="lying xlsx"),
    pytest.param("phieu.docx", lambda: lying("word/document.xml"), "bị hỏng", id="lying docx"),
    pytest.param("phieu.zip", lambda: packed(("a.txt", b"0")), "không nhận được", id="zip"),
]


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def said(client: Client, page: str, **fields: Any) -> str:
    """What the page says to a form; it is the form again, not a broken page."""
    answer = client.post(page, fields)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.whole
@pytest.mark.parametrize(("name", "make", "words"), BOMBS)
def test_a_bomb_is_no_evidence(
    client: Client, now: datetime, name: str, make: Any, words: str
) -> None:
    maker = ProducerFactory()
    client.force_login(world.member(now, maker))
    page = reverse("producer_evidence_add", args=[maker.code])
    told = {"type": "test_report", "title": "Phiếu kiểm nghiệm"}
    body = said(client, page, file=SimpleUploadedFile(name, make()), **told)
    assert words in body
    assert "Phiếu kiểm nghiệm" in body
    assert not Attachment.objects.exists()


@pytest.mark.whole
@pytest.mark.parametrize(("name", "make", "words"), [*BOMBS[:1], *BOMBS[2:3]])
@pytest.mark.parametrize(
    ("role", "view"),
    [(Role.COUNCIL_SECRETARY, "office:workbooks"), (Role.PROVINCIAL_OFFICER, "office:import")],
)
def test_a_bomb_is_no_workbook(
    client: Client, now: datetime, role: Role, view: str, name: str, make: Any, words: str
) -> None:
    client.force_login(person(now, role))
    body = said(client, reverse(view), title="Phiên 1", file=SimpleUploadedFile(name, make()))
    assert words in body
    assert not Attachment.objects.exists()


CRAFTED = [
    (crafted.cells(*crafted.PANIC), "không phải bảng tính đúng dạng"),
    (crafted.cells(*crafted.FAR), "cách nhau quá xa: 1.048.576 dòng, 16.384 cột"),
]


@pytest.mark.parametrize(("content", "words"), CRAFTED)
@pytest.mark.parametrize(
    ("role", "view"),
    [(Role.COUNCIL_SECRETARY, "office:workbooks"), (Role.PROVINCIAL_OFFICER, "office:import")],
)
def test_a_workbook_that_harms_the_reader_is_refused(
    client: Client, now: datetime, role: Role, view: str, content: bytes, words: str
) -> None:
    client.force_login(person(now, role))
    told = {"title": "Phiên 1", "file": SimpleUploadedFile("a.xlsx", content)}
    answer = client.post(reverse(view), told, follow=True)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_file_too_large_is_told_at_its_field_and_never_dropped_in_silence(
    client: Client, now: datetime, settings: Any
) -> None:
    """Also where a file may be missing: a visit without its photograph would look sent."""
    settings.OCOP_MAX_UPLOAD = 100_000
    staff = office.build_world(now)
    dossier = staff.dossier(State.RECEIVED)
    advising.assign_advisers(
        actor=staff.actor(staff.officer),
        dossier=dossier,
        advisers=[staff.adviser],
        lead=staff.adviser,
        at=now,
    )
    client.force_login(staff.adviser)
    large = SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff" + b"0" * 300_000)
    told = {
        "client_id": "00000000-0000-0000-0000-000000000005",
        "visited_at": "2026-11-23T08:30",
        "note": "Xưởng sạch",
        "photos": [large],
    }
    body = said(client, reverse("office:visit", args=[dossier.code]), **told)
    assert "Tệp lớn hơn" in body
    assert "Xưởng sạch" in body
    large.seek(0)
    answer = client.post(reverse("office:visit_send", args=[dossier.code]), told)
    assert answer.status_code == 409
    assert "Tệp lớn hơn" in answer.json()["message"]
    assert not dossier.visits.exists()


def asked(
    headers: list[tuple[bytes, bytes]],
    parts: list[bytes] | None,
    path: str = "/tai-khoan/login/",
) -> tuple[int, bytes, int]:
    """Status, page and bytes read when a body comes in; None: nothing of it may be asked for."""
    from ocop.asgi import application

    sent: list[Mapping[str, Any]] = []
    read = 0

    async def receive() -> Mapping[str, Any]:
        nonlocal read
        assert parts is not None, "the body was read"
        read += len(parts[0])
        return {"type": "http.request", "body": parts[0], "more_body": True}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers], "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(application(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body, read


def test_two_gigabytes_are_refused_by_their_length_without_being_read() -> None:
    length = [(b"content-length", str(GIGABYTES).encode())]
    status, body, read = asked(length, None)
    assert (status, read) == (413, 0)
    assert "chia nhỏ rồi gửi lại" in body.decode()


def test_a_body_that_hides_its_length_is_cut_off(settings: Any) -> None:
    settings.OCOP_MAX_REQUEST = 3_000_000
    status, _body, read = asked([(b"transfer-encoding", b"chunked")], [b"0" * 1_000_000])
    assert (status, read) == (413, 4_000_000)


@pytest.mark.parametrize(("language", "words"), [("vi", "chia nhỏ"), ("en", "Nothing was changed")])
def test_a_program_is_told_the_same_as_a_problem(language: str, words: str, settings: Any) -> None:
    spoken = [(b"accept-language", language.encode())]
    length = [(b"content-length", str(GIGABYTES).encode()), *spoken]
    path = "/api/v1/imports"
    status, body, _read = asked(length, None, path)
    told = json.loads(body)
    assert (status, told["status"], told["code"]) == (413, 413, "request_too_large")
    assert words in told["detail"]
    settings.OCOP_MAX_REQUEST = 3_000_000
    status, cut, _read = asked([(b"transfer-encoding", b"chunked"), *spoken], [b"0" * 10**6], path)
    assert (status, json.loads(cut)) == (413, told)
