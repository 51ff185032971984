"""Who is recused from a case does not meet it: in no list, search, count, paper or export."""

import io
import zipfile
from typing import Any

import pypdfium2
import pytest
from django.test import Client, TestCase

from ocop.dossiers.queries import dossiers
from ocop.dossiers.queries import evidence as library
from tests.permissions.asking import Asker
from tests.permissions.world import Side, World

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("eye", ["recused", "recused_office"])
#: Lists in which the other case of the sitting stands, so that one sees they are not just empty.
LISTS = (
    "/hoi-dong/",
    "/hoi-dong/phien/{sitting}/",
    "/hoi-dong/phien/{sitting}/truc-tiep/",
    "/dieu-hanh/ho-so/?per_page=100",
    "/dieu-hanh/ho-so/?q=che+le+thu+nhat",
    "/api/v1/sittings/{sitting}",
    "/api/v1/dossiers",
    "/van-ban/phien/{sitting}/giay-moi.docx",
)
#: What else somebody opens who works there.
OTHERS = (
    "/dieu-hanh/",
    "/dieu-hanh/ke-hoach/",
    "/hoi-dong/danh-sach/{council}/",
    "/hoi-dong/phien/{sitting}/xung-dot/",
    "/api/v1/sittings/{sitting}/conflicts",
    "/api/v1/sittings",
    "/api/v1/evidence",
    "/api/v1/messages",
    "/api/v1/agenda",
    "/tin-nhan/",
    "/lich/",
)
#: Of the office alone: what is put together of a whole sitting.
OFFICE = (
    "/hoi-dong/phien/{sitting}/chuong-trinh/",
    "/hoi-dong/phien/{sitting}/thong-ke/",
    "/hoi-dong/danh-sach/{council}/thong-ke/",
    "/dieu-hanh/ho-so/quyet-dinh/",
    "/dieu-hanh/ho-so/cho-xa/",
    "/van-ban/phien/{sitting}/bien-ban.docx",
    "/van-ban/phien/{sitting}/tong-hop.docx",
    "/van-ban/phien/{sitting}/phieu-trang.zip",
    "/van-ban/phien/{sitting}/phien-hop.zip",
    "/van-ban/danh-sach/{sitting}.docx",
)


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    return Asker(world)


def read(asker: Asker, eye: str, address: str, side: Side) -> str:
    """All the words of an answer: of a page, a workbook, a document, or a file of such files."""
    path = address.format(sitting=side.sitting.code, council=side.council.code)
    client: Client = asker.client(eye)
    answer: Any = client.get(path)
    if answer.status_code == 302 and "/tao/" in answer.headers["Location"]:
        answer = client.get(made(client, answer.headers["Location"]))
    assert answer.status_code == 200, (eye, path, answer.status_code)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return words(content)


def made(client: Client, address: str) -> str:
    """Where a paper is that is too large to wait for; the job has run."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = client.post(address).headers["Location"]
    return f"{page}tai/"


def words(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        told = (page.get_textpage().get_text_range() for page in document)
        return " ".join(" ".join(told).split())
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(f"{name} {words(packed.read(name))}" for name in packed.namelist())


def traces(side: Side) -> tuple[str, ...]:
    """What gives the case away: its names and its codes."""
    case = side.item.case
    return (
        side.product.name,
        side.dossier.code,
        side.dossier.slip_number,
        side.item.code,
        case.code,
        side.evidence.code,
        side.evidence.title,
    )


@pytest.mark.whole
@BOTH
@pytest.mark.parametrize("address", LISTS)
def test_lists_hold_the_other_case_only(world: World, asker: Asker, eye: str, address: str) -> None:
    told = read(asker, eye, address, world.own)
    assert world.own.shared.product.name in told
    assert [trace for trace in traces(world.own) if trace in told] == []


@BOTH
@pytest.mark.parametrize("address", OTHERS)
def test_pages_leave_no_trace(world: World, asker: Asker, eye: str, address: str) -> None:
    told = read(asker, eye, address, world.own)
    assert [trace for trace in traces(world.own) if trace in told] == []


@pytest.mark.parametrize("address", OFFICE)
def test_papers_and_figures_leave_no_trace(world: World, asker: Asker, address: str) -> None:
    told = read(asker, "recused_office", address, world.own)
    assert [trace for trace in traces(world.own) if trace in told] == []


@pytest.mark.whole
@pytest.mark.parametrize("address", [*LISTS, *OFFICE])
def test_the_office_finds_it_there(world: World, asker: Asker, address: str) -> None:
    """Else the tests above would be of pages that never show it."""
    if address in ("/hoi-dong/", *_NEVER):
        return
    told = read(asker, "office", address, world.own)
    assert world.own.product.name in told


_NEVER = {  # nothing is concluded, decided or at a commune; figures name no product
    "/dieu-hanh/ho-so/quyet-dinh/",
    "/dieu-hanh/ho-so/cho-xa/",
    "/hoi-dong/danh-sach/{council}/thong-ke/",
    "/hoi-dong/phien/{sitting}/thong-ke/",
    "/van-ban/phien/{sitting}/tong-hop.docx",
    "/van-ban/danh-sach/{sitting}.docx",
}


@BOTH
def test_workbook_of_dossiers_leaves_it_out(world: World, asker: Asker, eye: str) -> None:
    told = read(asker, eye, "/dieu-hanh/ho-so/?format=xlsx", world.own)
    assert world.own.shared.product.name in told
    assert [trace for trace in traces(world.own) if trace in told] == []


@BOTH
def test_it_is_not_counted(world: World, asker: Asker, eye: str) -> None:
    client, code = asker.client(eye), world.own.sitting.code
    told = client.get(f"/api/v1/sittings/{code}").json()
    assert told["sitting"]["items"] == len(told["items"]) == 1
    counted = client.get("/api/v1/dossiers").json()["total"]
    assert counted == dossiers.visible_to(world.actor(eye)).count()
    every = dossiers.visible_to(world.actor("office")).count()
    assert counted == (1 if eye == "recused" else every - 1)
    kept = library.visible_to(world.actor(eye))
    assert world.own.evidence not in kept
    assert kept.exists() == (eye == "recused_office")
