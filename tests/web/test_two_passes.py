"""Two passes: what the first finds is what the second goes by; its marks stay blind."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import Item, Obstacle
from ocop.councils.papers import sitting as papers
from ocop.councils.services import concluding, sheets, sittings
from ocop.councils.working import CouncilRules
from ocop.criteria.sets import load_set
from ocop.people.models import Message
from tests.api.calling import program
from tests.councils.hall import SET, Hall, build_hall, marks, open_hall
from tests.web.council_pages import Person, item_at, shows_mark, sitting_at, today
from tests.web.test_papers import words

pytestmark = pytest.mark.django_db
__all__ = ["today"]
GAP = "Cần bổ sung hợp đồng liên kết"
TALK = "Đề nghị chủ thể làm lại nhãn phụ"


@pytest.fixture
def hall(today: datetime) -> Hall:
    """The first pass is over: a member wrote what is missing."""
    hall = open_hall(today, rules=CouncilRules(two_passes=True), passing=1)
    for who, total in enumerate((87, 61, 76)):
        hall.mark(who, marks(load_set(SET), total))
        actor = hall.actor(who)
        if who == 2:
            sheets.save_marks(actor=actor, item=hall.item, changes={}, opinion=GAP, at=today)
        sheets.submit_sheet(actor=actor, item=hall.item, at=today)
    concluding.note_discussion(actor=hall.chair, item=hall.item, text=TALK, at=today)
    hall.conclude()
    return hall


@pytest.fixture
def second(hall: Hall, today: datetime) -> Item:
    """The same case in the second pass, planned for today."""
    sitting = sittings.plan_sitting(
        actor=SYSTEM,
        council=hall.council,
        kind="meeting",
        title="Lượt thứ hai",
        place="",
        starts_at=today + timedelta(minutes=1),
        passing=2,
        at=today,
    )
    return sittings.set_agenda(actor=SYSTEM, sitting=sitting, cases=[hall.item.case], at=today)[0]


@pytest.mark.parametrize("who", [0, 1, 2])
def test_what_the_first_pass_found_stands_before_the_second(
    hall: Hall, second: Item, who: int
) -> None:
    person = Person(hall.people[who])
    page = person.get(f"/hoi-dong/phieu/{second.code}/")
    for told in (GAP, TALK, "Lượt thứ nhất đã ghi nhận", item_at(hall.item.code)):
        assert told in page
    if who != 2:
        case = person.get(item_at(second.code))
        assert GAP in case
        assert TALK in case
    assert "74,67" not in page
    for mark in (87, 61, 76):
        assert not shows_mark(page, mark), mark


def test_a_first_pass_that_noted_nothing_says_so_and_the_same_everywhere(today: datetime) -> None:
    hall = open_hall(today, rules=CouncilRules(two_passes=True), passing=1)
    for who in range(3):
        hall.mark(who, marks(load_set(SET), 72))
        sheets.submit_sheet(actor=hall.actor(who), item=hall.item, at=today)
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert refusal.value.code == "gaps_needed"
    call = program(hall.people[0], hall.now)
    told = call(f"POST items/{hall.item.code}/conclusion", None, 422)
    assert told["code"] == "gaps_needed"
    chair = Person(hall.people[0])
    address = item_at(hall.item.code, "ket-luan/")
    assert "Hội đồng không nêu nội dung nào cần hoàn thiện" in chair.get(address)
    assert "chưa ghi nội dung nào cần hoàn thiện" in chair.post(address)
    assert hall.item.state == "scoring"
    chair.post(address, {"no_gaps": "on"})
    assert hall.item.state == "concluded"
    told = repr(papers.minutes(hall.sitting, list(hall.sitting.items.all())))
    assert "Lượt thứ nhất: không ghi nội dung cần hoàn thiện" in told
    table = chair.get(sitting_at(hall.sitting.code))
    assert "đã xong lượt thứ nhất" in table
    assert "đã ghi nội dung còn thiếu" not in table
    (body,) = Message.objects.filter(kind="councils.concluded").values_list("body", flat=True)
    assert "không ghi nội dung cần hoàn thiện" in body


def test_a_first_pass_with_a_discussion_asks_no_more(hall: Hall) -> None:
    told = repr(papers.minutes(hall.sitting, list(hall.sitting.items.all())))
    assert "Lượt thứ nhất: ghi nhận nội dung cần hoàn thiện" in told


def test_a_first_pass_itself_tells_of_no_other(hall: Hall) -> None:
    assert "Lượt thứ nhất đã ghi nhận" not in Person(hall.people[0]).get(item_at(hall.item.code))


def test_minutes_of_a_first_pass_hold_what_members_found_and_ask_nothing(hall: Hall) -> None:
    sittings.close_sitting(actor=hall.chair, sitting=hall.sitting, at=hall.now)
    client = Person(hall.people[0]).client
    for paper in ("bien-ban", "tong-hop"):
        told = words(client.get(f"/van-ban/phien/{hall.sitting.code}/{paper}.pdf"))
        assert "Hãy " not in told
        if paper == "bien-ban":
            assert f"Ý kiến của {hall.people[2].name}: {GAP}." in told
            assert TALK in told
    assert hall.sitting.code in Person(hall.people[0]).get(sitting_at(hall.sitting.code))


def test_minutes_name_no_recused_person_of_an_earlier_council(today: datetime) -> None:
    hall, earlier = open_hall(today), build_hall(today)
    for who in (hall.seat(2), earlier.seat(2)):
        Obstacle.objects.create(
            case=hall.item.case, seat=who, ground="declared", state="recused", raised_at=today
        )
    told = repr(papers.minutes(hall.sitting, list(hall.sitting.items.all())))
    assert "Thành viên tự khai" in told
    assert hall.people[2].name in told
    assert earlier.people[2].name not in told
    assert "75\\xa0% thành viên" in told
