"""All sittings of a person: a member's own, past ones too, found by words and taken as a file."""

import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core.actor import SYSTEM
from ocop.councils.models import Sitting, SittingState
from ocop.councils.services import obstacles, sittings
from ocop.people.roles import Role
from tests.councils.hall import Hall, build_hall
from tests.web.council_pages import Person, today
from tests.world import person

pytestmark = pytest.mark.django_db
__all__ = ["today"]
LIST = "/hoi-dong/phien/"
MEMBER = 2


@pytest.fixture
def hall(today: datetime) -> Hall:
    return build_hall(today, cases=2)


def past(hall: Hall, count: int) -> list[Sitting]:
    """So many closed sittings of the council, a day apart."""
    rows = []
    for number in range(1, count + 1):
        row = sittings.plan_sitting(
            actor=SYSTEM, council=hall.council, kind="meeting", title=f"Kỳ họp cũ {number}",
            place="Sơn Tây" if number == 1 else "Hà Đông", passing=2,
            at=hall.now - timedelta(days=number), starts_at=hall.now - timedelta(days=number),
        )  # fmt: skip
        rows.append(row)
    Sitting.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=SittingState.CLOSED, minutes_number="07/BB-HĐ"
    )
    return rows


def test_member_comes_from_the_own_work_to_every_sitting(hall: Hall) -> None:
    past(hall, 8)
    member = Person(hall.people[MEMBER])
    home = member.get(reverse("council:home"))
    assert "Kỳ họp cũ 8" not in home  # the page of work shows the last five
    assert f'href="{LIST}"' in home
    page = member.get(LIST)
    for number in range(1, 9):
        assert f"Kỳ họp cũ {number}<" in page
    assert hall.sitting.title in page


def test_nobody_finds_sittings_without_having_sat_in_them(hall: Hall, today: datetime) -> None:
    build_hall(today)
    other = build_hall(today)
    Sitting.objects.filter(pk=other.sitting.pk).update(title="Phiên của hội đồng khác")
    member = Person(hall.people[MEMBER])
    page = member.get(LIST)
    assert hall.sitting.code in page
    assert "Phiên của hội đồng khác" not in page
    outsider = Person(person(today, Role.COUNCIL_MEMBER))
    assert hall.sitting.code not in outsider.get(LIST)
    assert f'"{LIST}"' not in outsider.get(reverse("council:home"))
    assert "Phiên của hội đồng khác" in Person(hall.office).get(LIST)
    Person(person(today, None)).get(LIST, 403)
    assert "login" in Client().get(LIST)["Location"]


def test_sitting_is_found_by_words_of_itself_and_of_its_cases(hall: Hall) -> None:
    past(hall, 3)
    member = Person(hall.people[MEMBER])
    assert rows(member.get(f"{LIST}?q=son+tay")) == 1
    assert rows(member.get(f"{LIST}?q=07/BB")) == 3
    title = hall.items[0].case.title
    assert hall.sitting.code in member.get(f"{LIST}?q={title}")
    assert rows(member.get(f"{LIST}?state=closed")) == 3
    assert "Không có dòng nào khớp" in member.get(f"{LIST}?q=khongco")
    assert "Không có bộ lọc" in member.get(f"{LIST}?sate=closed")


def test_recused_member_neither_counts_nor_finds_the_case(hall: Hall) -> None:
    first = hall.items[0].case
    obstacles.declare_conflict(
        actor=hall.actor(MEMBER), case=first, reason="Người nhà", at=hall.now
    )
    member = Person(hall.people[MEMBER])
    listed = member.client.get(LIST).context["table"].data.data
    assert [row.cases for row in listed] == [1]
    maker = first.producer
    assert maker is not None
    assert hall.sitting.code not in member.get(f"{LIST}?q={maker.name}")
    assert hall.sitting.code in Person(hall.people[1]).get(f"{LIST}?q={maker.name}")


def test_list_is_paged_and_exported_as_it_is_filtered(hall: Hall) -> None:
    past(hall, 30)
    member = Person(hall.people[MEMBER])
    assert rows(member.get(f"{LIST}?per_page=25")) == 25
    assert rows(member.get(f"{LIST}?per_page=25&page=2")) == 6
    answer = member.client.get(f"{LIST}?q=son+tay&format=xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    lines = sheet.to_python()
    head = next(n for n, line in enumerate(lines) if line[0] == "Phiên")
    assert [line[0] for line in lines[head + 1 :]] == ["Kỳ họp cũ 1"]
    assert "Đã kết thúc" in lines[head + 1]


def rows(page: str) -> int:
    return page.count('data-label="Phiên"')
