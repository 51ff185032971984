"""A whole sitting as one file: what lies in it, for whom."""

import csv
import io
import zipfile
from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.services import obstacles, paper_sheets, sittings
from ocop.criteria.sets import load_set
from ocop.people.models import User
from ocop.people.roles import Role
from tests.councils.hall import SCAN, SET, Hall, marks, open_hall
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(now: datetime) -> Hall:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return open_hall(now, members=3, cases=2)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def taken(user: User, hall: Hall) -> tuple[zipfile.ZipFile, dict[str, str]]:
    """The sitting as one file, and its index: files by title."""
    answer = signed_in(user).get(f"/van-ban/phien/{hall.sitting.code}/phien-hop.zip")
    packed = zipfile.ZipFile(BytesIO(answer.content))
    rows = csv.DictReader(io.StringIO(packed.read("index.csv").decode("utf-8-sig")))
    return packed, {row["tai_lieu"]: row["tep"] for row in rows}


def test_a_sitting_as_one_file_holds_the_signed_paper_itself(hall: Hall) -> None:
    """What was typed from a signed sheet proves nothing without the sheet."""
    first, second = hall.items
    given = marks(load_set(SET), 84)
    for item in (first, second):
        sheet = paper_sheets.enter_paper_sheet(
            actor=hall.planner,
            item=item,
            seat=hall.seat(2),
            marks=given,
            gates={},
            opinion="",
            scan=SCAN,
            at=hall.now,
        )
        for who in (0, 1):
            hall.submit(who, given, item)
        paper_sheets.confirm_paper_sheet(
            actor=hall.chair, sheet=sheet, marks=given, gates={}, opinion="", at=hall.now
        )
    obstacles.declare_conflict(actor=hall.secretary, case=second.case, reason="", at=hall.now)
    scan = f"Bản quét phiếu đã ký {{}} {hall.people[2].name} lần 1"
    packed, listed = taken(hall.people[0], hall)
    for item in (first, second):
        assert packed.read(listed[scan.format(item.case.title)]) == SCAN.content
    _packed, listed = taken(hall.people[1], hall)
    assert scan.format(first.case.title) in listed
    assert scan.format(second.case.title) not in listed


def test_the_whole_sitting_has_the_list_for_decision_for_who_plans_it(hall: Hall) -> None:
    title = "Danh sách đề nghị công nhận hạng sao"
    assert title in taken(hall.people[0], hall)[1]
    assert title not in taken(person(hall.now, Role.AUDITOR), hall)[1]


def test_invitation_in_the_whole_is_the_invitation(hall: Hall) -> None:
    """Nobody is invited to judge what was taken off."""
    first, second = hall.items
    sittings.take_off(actor=hall.chair, item=second, reason="Rút hồ sơ", at=hall.now)
    packed, listed = taken(hall.people[0], hall)
    alone = signed_in(hall.people[0]).get(f"/van-ban/phien/{hall.sitting.code}/giay-moi.pdf")
    told = [words(file) for file in (packed.read(listed["Giấy mời"]), alone.content)]
    assert told[0] == told[1]
    assert first.case.title in told[0]
    assert second.case.title not in told[0]
