"""Sittings on the pages of those who plan and lead them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.councils.models import Item, ItemState, Obstacle, Sitting, SittingKind, SittingState
from ocop.councils.services import concluding, obstacles, sittings
from ocop.councils.working import CouncilRules
from ocop.criteria.sets import load_set
from ocop.dossiers.models import State
from ocop.people import services as accounts
from ocop.people.roles import Role
from ocop.recognition.models import Kind
from tests.councils.hall import SET, Hall, build_hall, marks, new_council, open_hall, open_up
from tests.dossiers import office
from tests.factories import ProducerFactory
from tests.web.council_pages import COUNCILS, Person, item_at, shows_mark, sitting_at, today
from tests.world import person

pytestmark = pytest.mark.django_db
__all__ = ["today"]


@pytest.fixture
def hall(today: datetime) -> Hall:
    return build_hall(today)


def local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_first_sitting_of_a_council_of_two_passes_is_the_first_pass(today: datetime) -> None:
    hall = build_hall(today, rules=CouncilRules(two_passes=True), passing=1)
    address = f"{COUNCILS}{hall.council.code}/phien-hop/"
    chosen = re.compile(r'<option value="(\d)" selected>Lượt thứ')
    secretary = Person(hall.people[1])
    Sitting.objects.update(state="cancelled")
    assert chosen.findall(secretary.get(address)) == ["1"]
    Sitting.objects.update(state="closed")
    assert chosen.findall(secretary.get(address)) == ["2"]


def test_secretary_plans_a_sitting(today: datetime) -> None:
    council, people = new_council(today)
    secretary = Person(people[1])
    address = f"{COUNCILS}{council.code}/phien-hop/"
    assert "Lượt họp" not in secretary.get(address)
    data = {
        "title": "Phiên tháng 12",
        "kind": "meeting",
        "place": "Hội trường",
        "starts_at": local(today + timedelta(days=3)),
    }
    page = secretary.post(address, data)
    assert "Đã lập phiên họp." in page
    assert Sitting.objects.get().passing == 2
    page = secretary.post(address, data | {"kind": "written"})
    assert "Hãy ghi hạn gửi ý kiến" in page
    assert "Phiên họp này đã được lập trước đó." in secretary.post(address, data)
    page = secretary.post(address, data | {"title": "Phiên khác"})
    assert "Hội đồng đã có phiên vào giờ này." in page
    assert Sitting.objects.count() == 1


def test_first_pass_is_offered_where_the_rules_have_two(today: datetime) -> None:
    council, people = new_council(today, rules=CouncilRules(two_passes=True))
    page = Person(people[1]).get(f"{COUNCILS}{council.code}/phien-hop/")
    assert "Lượt thứ nhất" in page


def test_office_puts_ready_dossiers_on_the_agenda(today: datetime) -> None:
    hall = build_hall(today, cases=0)
    officer = Person(hall.office)
    assert "Chọn hồ sơ" in officer.get(sitting_at(hall.sitting.code))
    office.build_places(today)
    first = office.dossier(state=State.READY, commune=None)
    second = office.dossier(state=State.READY, commune=None)
    address = sitting_at(hall.sitting.code, "chuong-trinh/")
    assert first.product.name in officer.get(address)
    assert "Hãy chọn ít nhất một hồ sơ." in officer.post(address)
    page = officer.post(address, {"dossiers": [first.code, second.code]})
    assert "Đã đưa 2 hồ sơ vào chương trình." in page
    first.refresh_from_db()
    assert first.state == State.ON_AGENDA
    item = hall.sitting.items.get(case=first.case)
    officer.post(sitting_at(hall.sitting.code, f"chuong-trinh/{item.code}/chuyen/"), {"down": "1"})
    item.refresh_from_db()
    assert item.position == 2
    officer.post(sitting_at(hall.sitting.code, "huy/"), {"reason": "Hoãn"})
    first.refresh_from_db()
    assert first.state == State.READY


def test_written_procedure_takes_re_evaluations_alone(today: datetime) -> None:
    hall = build_hall(today, kind=SittingKind.WRITTEN, cases=0)
    first = office.dossier(state=State.READY)
    again = office.dossier(state=State.READY, kind=Kind.REEVALUATION)
    page = Person(hall.office).get(sitting_at(hall.sitting.code, "chuong-trinh/"))
    assert again.code in page
    assert first.code not in page


def test_sitting_opens_once_quorum_and_chair_are_there(hall: Hall) -> None:
    secretary = Person(hall.people[1])
    page = secretary.get(sitting_at(hall.sitting.code))
    assert "Có mặt 0 trên 3 thành viên, cần 3, chưa có Chủ tịch." in page
    page = secretary.post(sitting_at(hall.sitting.code, "khai-mac/"))
    assert "cần ít nhất 3" in page
    seats = [hall.seat(who) for who in range(3)]
    page = secretary.post(
        sitting_at(hall.sitting.code, "diem-danh/"), {f"present-{s.pk}": "yes" for s in seats}
    )
    assert "Đã lưu điểm danh." in page
    assert "Đủ thành viên, có thể khai mạc." in page
    page = secretary.post(sitting_at(hall.sitting.code, "khai-mac/"))
    assert "Đã khai mạc." in page
    assert Sitting.objects.get().state == SittingState.OPEN


def test_absence_is_kept_with_its_reason(hall: Hall) -> None:
    seat = hall.seat(2)
    present = {f"present-{hall.seat(0).pk}": "yes", f"present-{seat.pk}": "no"}
    page = Person(hall.office).post(sitting_at(hall.sitting.code, "diem-danh/"), present)
    assert f'<a href="#id_note-{seat.pk}">{seat.user.name}: Hãy ghi lý do.' in page
    assert not hall.sitting.attendances.exists()  # all of it or nothing
    data = {f"present-{seat.pk}": "no", f"note-{seat.pk}": "Đi công tác"}
    Person(hall.office).post(sitting_at(hall.sitting.code, "diem-danh/"), data)
    row = hall.sitting.attendances.get()
    assert (row.seat, row.present, row.note) == (seat, False, "Đi công tác")


def test_sitting_closes_with_its_minutes(today: datetime) -> None:
    hall = open_hall(today)
    chair = Person(hall.people[0])
    page = chair.post(sitting_at(hall.sitting.code, "ket-thuc/"), {"minutes_number": "1/BB"})
    assert "Còn 1 sản phẩm chưa kết luận" in page
    hall.submit_all(72, 72, 72)
    hall.answer()
    hall.conclude()
    page = chair.post(
        sitting_at(hall.sitting.code, "ket-thuc/"),
        {"minutes_number": "1/BB", "minutes_on": "2020-01-01"},
    )
    assert "Ngày biên bản không được trước" in page
    page = chair.post(sitting_at(hall.sitting.code, "ket-thuc/"), {"minutes_number": "1/BB"})
    assert "Phiên họp đã kết thúc." in page
    assert "1/BB" in page


def test_missing_minutes_are_recorded_afterwards(today: datetime) -> None:
    hall = open_hall(today)
    code = hall.sitting.code
    chair = Person(hall.people[0])
    Person(hall.people[0]).get(sitting_at(code, "bien-ban/"), 404)
    Sitting.objects.update(state=SittingState.CLOSED)
    assert "Ghi biên bản" in chair.get(sitting_at(code))
    assert "Ghi biên bản" not in Person(hall.people[2]).get(sitting_at(code))
    page = chair.post(
        sitting_at(code, "bien-ban/"),
        {"minutes_number": "1/BB", "minutes_on": "2020-01-01", "reason": "Ký sau"},
    )
    assert "Ngày biên bản không được trước" in page
    page = chair.post(sitting_at(code, "bien-ban/"), {"minutes_number": "1/BB", "reason": "Ký sau"})
    assert "Đã ghi biên bản." in page
    assert "1/BB" in page
    chair.get(sitting_at(code, "bien-ban/"), 404)


def test_sitting_moves_and_is_cancelled_with_a_reason(hall: Hall) -> None:
    officer = Person(hall.office)
    data = {"starts_at": local(hall.now + timedelta(days=9)), "place": "Phòng 2", "reason": "Mưa"}
    assert "Đã đổi lịch." in officer.post(sitting_at(hall.sitting.code, "doi-lich/"), data)
    assert Sitting.objects.get().place == "Phòng 2"
    assert "Chưa gửi được" in officer.post(sitting_at(hall.sitting.code, "huy/"), {"reason": ""})
    page = officer.post(sitting_at(hall.sitting.code, "huy/"), {"reason": "Không đủ mẫu"})
    assert "Đã hủy phiên họp." in page
    officer.get(sitting_at(hall.sitting.code, "huy/"), status=404)
    officer.get(sitting_at(hall.sitting.code, "diem-danh/"), status=404)


def test_opinions_that_differ_become_a_meeting(today: datetime) -> None:
    hall = build_hall(today, kind=SittingKind.WRITTEN, cases=2)
    open_up(hall)
    hall.submit_all(72, 72, 45)
    chair = Person(hall.people[0])
    page = chair.get(sitting_at(hall.sitting.code))
    assert "Chuyển sang họp" in page
    assert "hạng sao khác nhau" in page
    assert "hạng sao khác nhau" in chair.get(sitting_at(hall.sitting.code, "chuyen-hop/"))
    page = chair.post(
        sitting_at(hall.sitting.code, "chuyen-hop/"),
        {
            "items": [hall.item.code],
            "starts_at": local(today + timedelta(days=2)),
            "place": "Hội trường",
        },
    )
    assert "Đã lập phiên họp." in page
    meeting = Sitting.objects.get(kind=SittingKind.MEETING)
    assert meeting.follows == hall.sitting
    assert hall.item.state == ItemState.TAKEN_OFF


def test_opinions_without_a_case_left_offer_no_meeting(today: datetime) -> None:
    hall = build_hall(today, kind=SittingKind.WRITTEN)
    open_up(hall)
    hall.submit_all(72, 72, 45)
    chair = Person(hall.people[0])
    step = sitting_at(hall.sitting.code, "chuyen-hop/")
    assert step in chair.get(sitting_at(hall.sitting.code))
    chair.post(step, {"items": [hall.item.code], "starts_at": local(today + timedelta(days=2))})
    left = chair.get(sitting_at(hall.sitting.code))
    assert "Không còn hồ sơ nào để đánh giá" in left
    assert step not in left


def test_written_procedure_tells_which_cases_went_to_which_meeting(today: datetime) -> None:
    hall = build_hall(today, kind=SittingKind.WRITTEN, cases=2)
    open_up(hall)
    for item in hall.items:
        hall.submit_all(72, 72, 45, item=item)
    told = {"actor": hall.chair, "sitting": hall.sitting, "place": "Hội trường", "at": today}
    meeting = concluding.call_meeting(**told, items=hall.items, starts_at=today)
    first, second = meeting.items.order_by("position")
    obstacles.declare_conflict(actor=hall.actor(2), case=second.case, reason="", at=today)
    for who, seen in ((0, {first, second}), (2, {first})):
        page = Person(hall.people[who]).get(sitting_at(hall.sitting.code))
        assert "Chưa có hồ sơ nào" not in page
        assert f'href="{sitting_at(meeting.code)}">{meeting.title}</a>' in page
        for item in (first, second):
            link = f'<a href="{item_at(item.code)}">{item.case.title}</a>'
            assert (link in page) == (item in seen)
    page = Person(hall.people[0]).get(sitting_at(hall.sitting.code))
    assert "Mọi hồ sơ đã có kết luận" not in page
    assert "Không còn hồ sơ nào để đánh giá." in page


def test_found_conflict_is_settled_by_those_who_lead(today: datetime) -> None:
    hall = build_hall(today)
    case = hall.item.case
    seat = hall.seat(2)
    obstacle = Obstacle.objects.create(case=case, seat=seat, ground="organisation", raised_at=today)
    chair = Person(hall.people[0])
    assert "1 xung đột lợi ích chờ xem xét." in chair.get(sitting_at(hall.sitting.code))
    address = sitting_at(hall.sitting.code, "xung-dot/")
    assert seat.user.name in chair.get(address)
    Person(hall.office).get(f"{address}{obstacle.pk}/", status=403)
    page = chair.post(f"{address}{obstacle.pk}/", {"recused": "yes", "reason": ""})
    assert "Chưa gửi được" in page
    page = chair.post(f"{address}{obstacle.pk}/", {"recused": "yes", "reason": "Cùng cơ quan"})
    assert "Đã ghi kết quả xem xét." in page
    obstacle.refresh_from_db()
    assert obstacle.state == "recused"


def test_recused_person_finds_nothing_of_the_case(today: datetime) -> None:
    producer = ProducerFactory(name="HTX Không Ai Biết")
    hall = build_hall(today, cases=2)
    case = hall.item.case
    case.producer = producer
    case.save()
    Obstacle.objects.create(
        case=case, seat=hall.seat(1), ground="declared", state="recused", raised_at=today
    )
    secretary = Person(hall.people[1])
    for step in ("", "truc-tiep/", "chuong-trinh/", "xung-dot/"):
        page = secretary.get(sitting_at(hall.sitting.code, step))
        assert "HTX Không Ai Biết" not in page
        assert hall.item.code not in page
    secretary.get(f"/hoi-dong/ho-so/{hall.item.code}/", status=404)


def test_live_page_counts_sheets_and_keeps_marks(today: datetime) -> None:
    hall = open_hall(today)
    chair = Person(hall.people[0])
    hall.submit(2, marks(load_set(SET), 71))
    address = sitting_at(hall.sitting.code, "truc-tiep/")
    page = chair.get(address)
    assert "Chờ 2 phiếu nữa." in page
    assert not shows_mark(page, 71)
    mark = page.split("?seen=")[1][:16]
    asked = {"HX-Request": "true"}
    chair.get(f"{address}?seen={mark}", status=204, headers=asked)
    hall.submit(0, marks(load_set(SET), 72))
    part = chair.get(f"{address}?seen={mark}", headers=asked)
    assert part.lstrip().startswith("<div")
    assert "Chờ 1 phiếu nữa." in part
    hall.submit(1, marks(load_set(SET), 90))
    part = chair.get(address, headers=asked)
    assert "quá 10 điểm" in part
    assert "77,67" in part  # what the three make
    assert "Yêu cầu chấm lại" in part
    member = Person(hall.people[2]).get(address)
    assert "Yêu cầu chấm lại" not in member


#: What happens in the hall and is to be seen there at once.
HAPPENINGS: dict[str, Callable[[Hall], object]] = {
    "a sheet is given in": lambda hall: hall.submit(2, marks(load_set(SET), 71)),
    "somebody leaves": lambda hall: sittings.note_attendance(
        actor=hall.secretary, sitting=hall.sitting, seat=hall.seat(2), present=False, note="Bị ốm",
        at=hall.now,
    ),
    "a member is recused": lambda hall: obstacles.declare_conflict(
        actor=hall.actor(2), case=hall.item.case, reason="Người nhà", at=hall.now
    ),
    "a case is taken off": lambda hall: sittings.take_off(
        actor=hall.chair, item=hall.items[1], reason="Hoãn", at=hall.now
    ),
    "a member is renamed": lambda hall: accounts.change_account(
        actor=SYSTEM, user=hall.people[2], name="Tên Mới", email=hall.people[2].email or "",
        at=hall.now,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HAPPENINGS)
def test_live_page_asks_little_until_something_happens(today: datetime, what: str) -> None:
    hall = open_hall(today, cases=2)
    chair = Person(hall.people[0])
    address = sitting_at(hall.sitting.code, "truc-tiep/")
    seen = chair.get(address).split("?seen=")[1].split('"')[0]
    asked = {"HX-Request": "true"}
    hall.mark(1, {"1.1": 1})  # of what a member writes nothing is shown
    with CaptureQueriesContext(connection) as counted:
        chair.get(f"{address}?seen={seen}", status=204, headers=asked)
    assert len(counted) <= 14
    HAPPENINGS[what](hall)
    part = chair.get(f"{address}?seen={seen}", headers=asked)
    assert part.split("?seen=")[1].split('"')[0] != seen


def test_steps_of_others_are_closed(hall: Hall) -> None:
    member = Person(hall.people[2])
    for step in ("chuong-trinh/", "diem-danh/", "doi-lich/", "huy/", "chuyen-hop/"):
        member.get(sitting_at(hall.sitting.code, step), status=403)
    officer = Person(hall.office)
    for step in ("khai-mac/", "mo-cham/", "ket-thuc/"):
        assert officer.client.post(sitting_at(hall.sitting.code, step)).status_code == 403
    other = build_hall(hall.now)
    Person(other.people[0]).get(sitting_at(hall.sitting.code), status=404)


def test_members_are_offered_the_papers_that_they_may_read(hall: Hall) -> None:
    open_up(hall)
    address = sitting_at(hall.sitting.code)
    member, secretary = Person(hall.people[2]).get(address), Person(hall.people[1]).get(address)
    assert "/giay-moi.pdf" in member
    assert "/giay-moi.pdf" in secretary
    for paper in ("/phieu-trang.zip", "/bien-ban.pdf", "/tong-hop.docx", "/phien-hop.zip"):
        assert paper not in member
        assert paper in secretary


def test_the_end_of_a_sitting_is_offered_when_nothing_is_open(hall: Hall) -> None:
    open_up(hall)
    address, end = sitting_at(hall.sitting.code), sitting_at(hall.sitting.code, "ket-thuc/")
    chair = Person(hall.people[0])
    assert end not in chair.get(address)
    answer = chair.client.get(end, follow=True)
    assert answer.redirect_chain[0][0] == address
    assert "Còn 1 sản phẩm chưa kết luận" in answer.content.decode()
    Item.objects.update(state=ItemState.TAKEN_OFF)
    assert end in chair.get(address)
    assert "Số biên bản" in chair.get(end)


def test_the_list_for_decision_is_offered_to_who_plans_the_sitting(hall: Hall) -> None:
    address, paper = sitting_at(hall.sitting.code), f"/van-ban/danh-sach/{hall.sitting.code}.docx"
    officer = Person(hall.office)
    assert paper not in officer.get(address)
    open_up(hall)
    for who in (officer, Person(hall.people[1]), Person(hall.people[0])):
        assert paper in who.get(address)
        assert who.client.get(paper).status_code == 200
    for user in (hall.people[2], person(hall.now, Role.AUDITOR)):
        assert paper not in Person(user).get(address)
        Person(user).get(paper, status=404)


def test_a_reevaluation_is_met_upon_at_once_only_with_a_reason(today: datetime) -> None:
    hall = build_hall(today, cases=0)
    officer = Person(hall.office)
    address = sitting_at(hall.sitting.code, "chuong-trinh/")
    assert "Lý do họp ngay" not in officer.get(address)
    again = office.dossier(state=State.READY, kind=Kind.REEVALUATION)
    assert "Lý do họp ngay" in officer.get(address)
    told = {"dossiers": [again.code]}
    assert "lấy ý kiến bằng văn bản trước" in officer.post(address, told)
    page = officer.post(address, {**told, "reason": "Đổi vùng nguyên liệu"})
    assert "Đã đưa 1 hồ sơ vào chương trình." in page


def test_member_is_told_who_opens_and_who_plans(hall: Hall) -> None:
    member = Person(hall.people[2])
    page = member.post(sitting_at(hall.sitting.code, "khai-mac/"), status=403)
    assert "Chỉ Chủ tịch, Phó Chủ tịch và thư ký hội đồng làm được việc này." in page
    page = member.get(sitting_at(hall.sitting.code, "chuong-trinh/"), status=403)
    assert "Chỉ Văn phòng Điều phối và Chủ tịch, Phó Chủ tịch, thư ký hội đồng" in page
