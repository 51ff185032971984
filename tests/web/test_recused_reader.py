"""Whoever is recused from a case cannot count on anything shown how many cases are hidden."""

import re
import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from ocop.councils.models import ItemState
from ocop.councils.papers import shelf
from ocop.councils.queries import sittings as queries
from ocop.councils.services import obstacles, sittings
from ocop.dossiers.papers import shelf as with_decision
from tests.api.calling import program
from tests.councils.hall import Hall, open_hall
from tests.web.council_pages import Person, item_at, sitting_at, today

pytestmark = pytest.mark.django_db
__all__ = ["today"]

CHAIR, SECRETARY, MEMBER, DEPUTY = 0, 1, 3, 2
LEFT_OUT = "Bản in này không gồm nội dung mà người in không tham gia đánh giá."


@pytest.fixture
def hall(today: datetime) -> Hall:
    """Four cases of which secretary, deputy and a member may not see the second."""
    hall = open_hall(today, members=4, cases=4, deputy=True)
    for who in (SECRETARY, DEPUTY, MEMBER):
        obstacles.declare_conflict(
            actor=hall.actor(who), case=hall.items[1].case, reason="", at=today
        )
    return hall


def numbers(page: str) -> list[int]:
    """The numbers of an agenda in a table."""
    return [int(n) for n in re.findall(r'<td class="col-number" data-label="Số">(\d+)</td>', page)]


@pytest.mark.parametrize("step", ["", "truc-tiep/", "chuong-trinh/"])
def test_agenda_has_no_gap_for_who_is_recused(hall: Hall, step: str) -> None:
    address = sitting_at(hall.sitting.code, step)
    assert numbers(Person(hall.people[SECRETARY]).get(address)) == [1, 2, 3]
    assert numbers(Person(hall.people[CHAIR]).get(address)) == [1, 2, 3, 4]


def test_case_at_work_has_the_number_of_its_line(hall: Hall) -> None:
    first, _hidden, third, _fourth = hall.items
    sittings.take_off(actor=hall.chair, item=first, reason="Rút hồ sơ", at=hall.now)
    page = Person(hall.people[SECRETARY]).get(sitting_at(hall.sitting.code, "truc-tiep/"))
    assert re.search(rf'hall-title">1\. <a [^>]*>{third.case.title}', page)


def test_own_sheets_and_the_page_of_a_case_count_what_the_member_sees(hall: Hall) -> None:
    first, _hidden, third, fourth = hall.items
    person = Person(hall.people[MEMBER])
    assert re.findall(r"<b>(\d+)\. ", person.get("/hoi-dong/")) == ["1", "2", "3"]
    deputy = Person(hall.people[DEPUTY])
    assert "Hồ sơ số 2, " in deputy.get(item_at(third.code))
    sittings.take_off(actor=hall.chair, item=first, reason="Rút hồ sơ", at=hall.now)
    home = person.get("/hoi-dong/")
    assert re.findall(r"<b>(\d+)\. ", home) == ["1", "2"]
    assert f"<b>{first.case.title}</b>" in home
    assert "Hồ sơ số" not in deputy.get(item_at(first.code))
    assert "Hồ sơ số 2, " in deputy.get(item_at(fourth.code))


def test_api_counts_what_the_caller_sees(hall: Hall) -> None:
    told = program(hall.people[MEMBER], hall.now)(f"GET sittings/{hall.sitting.code}")
    assert [each["position"] for each in told["items"]] == [1, 2, 3]
    assert told["sitting"]["items"] == 3


def test_a_case_moves_past_a_hidden_one_in_one_step(hall: Hall) -> None:
    first, hidden, third, fourth = hall.items
    secretary = Person(hall.people[SECRETARY])
    secretary.post(sitting_at(hall.sitting.code, f"chuong-trinh/{third.code}/chuyen/"), {"up": "1"})
    assert list(queries.agenda(hall.secretary, hall.sitting)) == [third, first, fourth]
    secretary.post(
        sitting_at(hall.sitting.code, f"chuong-trinh/{first.code}/chuyen/"), {"down": "1"}
    )
    assert list(queries.agenda(hall.secretary, hall.sitting)) == [third, fourth, first]
    call = program(hall.people[SECRETARY], hall.now)
    call(f"PUT items/{first.code}/position", {"position": 2})
    assert list(queries.agenda(hall.secretary, hall.sitting)) == [third, first, fourth]
    assert hidden in queries.agenda(hall.chair, hall.sitting)


def text_of(hall: Hall, who: int, key: str) -> str:
    """All that a paper says: in a ZIP, its index."""
    found = with_decision.of_sitting(hall.actor(who), hall.sitting, on=hall.now.date())
    kind = "zip" if key in ("blank-sheets", shelf.WHOLE) else "docx"
    file = with_decision.shelf.take(found, key, kind)
    assert file is not None
    inside = "index.html" if kind == "zip" else "word/document.xml"
    return zipfile.ZipFile(BytesIO(file.content)).read(inside).decode()


@pytest.mark.whole
@pytest.mark.parametrize(
    "key",
    ["invitation", "summary", "minutes", "blank-sheets", shelf.WHOLE, "decision-list", "decree"],
)
def test_paper_says_that_it_leaves_something_out(hall: Hall, key: str) -> None:
    assert text_of(hall, SECRETARY, key).count(LEFT_OUT) == 1
    assert LEFT_OUT not in text_of(hall, CHAIR, key)


def test_blank_sheets_lie_in_folders_without_a_gap(hall: Hall) -> None:
    listed = text_of(hall, SECRETARY, "blank-sheets")
    assert sorted(set(re.findall(r'href="(\d\d)/', listed))) == ["01", "02", "03"]


def test_invitation_speaks_of_cases_that_are_on_the_agenda_still(hall: Hall) -> None:
    hidden = hall.items[1]
    sittings.take_off(actor=hall.chair, item=hidden, reason="Rút hồ sơ", at=hall.now)
    assert LEFT_OUT not in text_of(hall, MEMBER, "invitation")
    assert LEFT_OUT in text_of(hall, SECRETARY, "minutes")


def test_workbook_of_figures_counts_what_its_reader_sees(hall: Hall) -> None:
    third = hall.items[2]
    hall.submit_all(80, 82, 84, 80, item=third)
    hall.answer(third)
    assert hall.conclude(third).state == ItemState.CONCLUDED

    def rows(who: int) -> list[list[object]]:
        address = sitting_at(hall.sitting.code, "thong-ke/?format=xlsx")
        answer = Person(hall.people[who]).client.get(address)
        book = BytesIO(b"".join(answer.streaming_content))
        opened = CalamineWorkbook.from_object(book)
        return [
            row for name in opened.sheet_names for row in opened.get_sheet_by_name(name).to_python()
        ]

    left_out = "Bảng này không gồm hồ sơ mà bạn không tham gia đánh giá."
    for who, number, told in ((DEPUTY, 2, True), (CHAIR, 3, False)):
        found = rows(who)
        assert any(left_out in row for row in found) is told
        assert {row[0] for row in found if third.case.title in row} == {number}
