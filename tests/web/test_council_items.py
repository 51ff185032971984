"""A case from its opening to the conclusion, on the pages of those who lead the sitting."""

from datetime import datetime

import pytest

from ocop.councils.models import Item, ItemState, Sheet
from ocop.councils.papers.sitting import minutes, score_summary
from ocop.councils.working import CouncilRules
from ocop.criteria.sets import load_set
from ocop.dossiers.models import State
from tests.councils.books import harmless
from tests.councils.hall import SET, Hall, build_hall, marks, open_hall, open_up
from tests.dossiers import office
from tests.web.council_pages import Person, item_at, shows_mark, sitting_at, today

pytestmark = pytest.mark.django_db
__all__ = ["today"]
GATES = {f"g{gate}": "yes" if answer else "no" for gate, answer in harmless(load_set(SET)).items()}


@pytest.fixture
def hall(today: datetime) -> Hall:
    return open_hall(today)


def chair(hall: Hall) -> Person:
    return Person(hall.people[0])


def secretary(hall: Hall) -> Person:
    return Person(hall.people[1])


def test_marks_are_told_only_when_all_sheets_are_in(hall: Hall) -> None:
    hall.submit(0, marks(load_set(SET), 71))
    hall.submit(1, marks(load_set(SET), 72))
    page = chair(hall).get(item_at(hall.item.code))
    assert "Chờ 1 phiếu nữa." in page
    assert "Điểm chỉ hiện khi mọi phiếu đã nộp." in page
    assert not shows_mark(page, 72)
    hall.submit(2, marks(load_set(SET), 73))
    page = chair(hall).get(item_at(hall.item.code))
    assert shows_mark(page, 72)


def test_conditions_are_answered_and_the_case_is_concluded(hall: Hall) -> None:
    hall.submit_all(72, 72, 72)
    page = chair(hall).get(item_at(hall.item.code))
    assert "Trả lời điều kiện" in page
    page = chair(hall).post(item_at(hall.item.code, "dieu-kien/"), GATES)
    assert "Đã ghi câu trả lời của hội đồng." in page
    assert "Đủ điều kiện kết luận." in page
    asked = chair(hall).get(item_at(hall.item.code, "ket-luan/"))
    assert "Kết quả được khóa" in asked
    page = chair(hall).post(item_at(hall.item.code, "ket-luan/"))
    assert "Hội đồng đã kết luận" in page
    assert hall.item.state == ItemState.CONCLUDED
    assert hall.item.star is not None
    assert "Kết luận" in chair(hall).get(item_at(hall.item.code))


@pytest.mark.parametrize(("passing", "state"), [(2, State.CONCLUDED), (1, State.READY)])
def test_dossier_behind_the_case_moves_on(today: datetime, passing: int, state: State) -> None:
    hall = open_hall(today, passing=passing, rules=CouncilRules(two_passes=passing == 1))
    case = hall.item.case
    dossier = office.dossier(state=State.ON_AGENDA, case=case, version=case.version)
    hall.submit_all(72, 72, 72)
    hall.answer()
    chair(hall).post(item_at(hall.item.code, "ket-luan/"), {"no_gaps": "on"})
    dossier.refresh_from_db()
    assert dossier.state == state
    page = chair(hall).get(item_at(hall.item.code)).split('id="ket-qua"')[1]
    papers = repr([paper(hall.sitting, [hall.item]) for paper in (score_summary, minutes)])
    assert ('class="stars"' in page.split("</section>")[0]) == (passing == 2)
    for told, count in ((page, 1), (papers, 2)):
        assert told.count("Chưa xếp hạng (lượt thứ nhất)") == count * (passing == 1)


def test_conclusion_is_refused_with_what_is_missing(hall: Hall) -> None:
    hall.submit(0, marks(load_set(SET), 72))
    page = chair(hall).post(item_at(hall.item.code, "ket-luan/"))
    assert "phiếu chưa nộp" in page
    assert hall.item.state == ItemState.SCORING


def test_spread_beyond_the_limit_asks_for_rescoring_with_a_reason(hall: Hall) -> None:
    hall.submit_all(60, 72, 80)
    page = secretary(hall).get(item_at(hall.item.code))
    assert "quá mức" in page
    asked = chair(hall).get(item_at(hall.item.code, "ket-luan/"))
    assert "Tổng điểm chênh nhau 20 điểm, quá 10 điểm." in asked
    assert "Kết quả được khóa" not in asked
    assert item_at(hall.item.code, "cham-lai/") in asked
    page = secretary(hall).post(item_at(hall.item.code, "cham-lai/"), {"reason": ""})
    assert "Chưa gửi được" in page
    page = secretary(hall).post(item_at(hall.item.code, "cham-lai/"), {"reason": "Hiểu khác nhau"})
    assert "Đã mở chấm lại." in page
    assert hall.item.attempt == 2
    page = secretary(hall).get(item_at(hall.item.code))
    assert "Lần chấm trước" in page
    assert "Hiểu khác nhau" in page


@pytest.mark.parametrize(("last", "offered"), [(72, True), (50, False)])
def test_scoring_again_is_not_offered_for_written_opinions_that_differ(
    today: datetime, last: int, offered: bool
) -> None:
    """Art. 5 of Decision 26/2026/QĐ-TTg: the council meets when opinions differ."""
    hall = open_hall(today, kind="written")
    hall.submit_all(72, 72, last)
    page = chair(hall).get(item_at(hall.item.code))
    assert (item_at(hall.item.code, "cham-lai/") in page) == offered
    assert ("Chuyển sang họp" in page) == (not offered)


def test_levels_that_differ_are_agreed(hall: Hall) -> None:
    criteria_set = load_set(SET)
    given = marks(criteria_set, 72)
    code = next(
        c.code for c in criteria_set.criteria if c.minimum(3) and given[c.code] >= c.minimum(3)
    )
    hall.submit(0, given)
    hall.submit(1, given)
    hall.submit(2, {**given, code: 0})
    chair(hall).post(item_at(hall.item.code, "dieu-kien/"), GATES)
    page = chair(hall).get(item_at(hall.item.code))
    assert "Thống nhất mức" in page
    page = chair(hall).get(item_at(hall.item.code, "muc-thong-nhat/"))
    assert "2 người" in page
    page = chair(hall).post(item_at(hall.item.code, "muc-thong-nhat/"), {})
    assert "chưa ghi gì" in page
    assert "Đã ghi mức thống nhất." not in page
    page = chair(hall).post(
        item_at(hall.item.code, "muc-thong-nhat/"), {f"m{code}": str(given[code])}
    )
    assert "Đã ghi mức thống nhất." in page
    assert hall.item.agreed == {code: given[code]}
    assert "Đủ điều kiện kết luận." in page


def test_level_that_few_gave_asks_for_the_reason_and_keeps_what_was_chosen(hall: Hall) -> None:
    criteria_set = load_set(SET)
    given = marks(criteria_set, 72)
    code = next(
        c.code for c in criteria_set.criteria if c.minimum(3) and given[c.code] >= c.minimum(3)
    )
    hall.submit(0, {**given, code: 0})
    hall.submit(1, given)
    hall.submit(2, given)
    address = item_at(hall.item.code, "muc-thong-nhat/")
    page = chair(hall).post(address, {f"m{code}": "0"})
    assert "Hãy ghi lý do của hội đồng." in page
    assert f"Lý do ở tiêu chí {code} " in page
    assert "checked" in page
    assert hall.item.agreed == {}
    page = chair(hall).post(address, {f"m{code}": "0", f"r{code}": "Giấy chứng nhận hết hạn"})
    assert "Đã ghi mức thống nhất." in page
    assert hall.item.agreed == {code: 0}


def test_discussion_is_kept_for_the_minutes(hall: Hall) -> None:
    page = secretary(hall).post(item_at(hall.item.code, "thao-luan/"), {"text": "Bao bì đẹp."})
    assert "Bao bì đẹp." in page


def test_case_is_taken_off_with_a_reason(hall: Hall) -> None:
    page = secretary(hall).post(item_at(hall.item.code, "dua-ra/"), {"reason": "Thiếu mẫu"})
    assert "Đã đưa ra khỏi phiên." in page
    assert Item.objects.get().off_reason == "Thiếu mẫu"


def test_sheet_is_read_when_it_may_be_and_reopened_by_the_chair_alone(hall: Hall) -> None:
    hall.submit_all(72, 72, 72)
    sheet = Sheet.objects.get(seat=hall.seat(2))
    address = item_at(hall.item.code, f"phieu/{sheet.pk}/")
    assert "tổng 72 điểm" in chair(hall).get(address)
    Person(hall.people[2]).get(address)
    secretary(hall).get(address + "mo-lai/", status=403)
    page = chair(hall).post(address + "mo-lai/", {"reason": "Ghi nhầm"})
    assert "Đã mở lại phiếu." in page
    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_chair_gives_a_sheet_back_unread_while_others_still_mark(hall: Hall) -> None:
    sheet = hall.submit(2, marks(load_set(SET), 72))
    address = item_at(hall.item.code, f"phieu/{sheet.pk}/")
    chair(hall).get(address, status=404)
    page = chair(hall).get(item_at(hall.item.code))
    assert address + "mo-lai/" in page
    assert not shows_mark(chair(hall).get(address + "mo-lai/"), 72)
    secretary(hall).get(address + "mo-lai/", status=404)
    chair(hall).post(address + "mo-lai/", {"reason": "Thành viên xin sửa"})
    sheet.refresh_from_db()
    assert sheet.state == "draft"


def test_no_single_sheet_is_offered_for_reopening_beyond_the_limit(hall: Hall) -> None:
    """Totals more than ten points apart are discussed and all mark again."""
    hall.submit_all(72, 72, 72)
    assert "mo-lai/" in chair(hall).get(item_at(hall.item.code))
    Sheet.objects.filter(seat=hall.seat(2)).update(total=50)
    page = chair(hall).get(item_at(hall.item.code))
    assert "mo-lai/" not in page
    assert "cham-lai/" in page


def test_sheet_of_another_is_not_there_before_it_may_be_read(hall: Hall) -> None:
    sheet = hall.submit(2, marks(load_set(SET), 72))
    chair(hall).get(item_at(hall.item.code, f"phieu/{sheet.pk}/"), status=404)


def test_start_opens_a_waiting_case(today: datetime) -> None:
    hall = build_hall(today, cases=2)
    open_up(hall)
    Item.objects.update(state=ItemState.WAITING)
    page = chair(hall).get(sitting_at(hall.sitting.code))
    assert "Bắt đầu chấm" in page
    assert "Mở chấm cả 2 hồ sơ" in page
    page = chair(hall).post(item_at(hall.item.code, "bat-dau/"))
    assert "Đã mở chấm" in page
    page = chair(hall).post(sitting_at(hall.sitting.code, "mo-cham/"))
    assert not Item.objects.filter(state=ItemState.WAITING).exists()
    assert chair(hall).client.get(item_at(hall.item.code, "bat-dau/")).status_code == 405


def test_steps_of_others_are_closed(hall: Hall) -> None:
    member, office = Person(hall.people[2]), Person(hall.office)
    for step in ("cham-lai/", "muc-thong-nhat/", "dieu-kien/", "thao-luan/", "ket-luan/"):
        member.get(item_at(hall.item.code, step), status=403)
        office.get(item_at(hall.item.code, step), status=403)
    assert member.client.get(item_at(hall.item.code))["Location"].endswith(
        f"/hoi-dong/phieu/{hall.item.code}/"
    )
    office.get(item_at(hall.item.code))


def test_stranger_finds_no_case(hall: Hall, today: datetime) -> None:
    other = build_hall(today, members=3)
    Person(other.people[0]).get(item_at(hall.item.code), status=404)
