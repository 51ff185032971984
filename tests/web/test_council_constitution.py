"""Councils on the pages of the office: the list, setting one up, its seats, its end."""

from datetime import date, datetime
from typing import Any

import pytest

from ocop.councils.models import Council, Seat
from ocop.people.models import User
from ocop.people.roles import Role
from tests.councils.hall import build_hall, new_council
from tests.factories import ProducerFactory
from tests.web.council_pages import COUNCILS, Person, today
from tests.world import member, person

pytestmark = pytest.mark.django_db
__all__ = ["today"]


@pytest.fixture
def officer(today: datetime) -> Person:
    return Person(person(today, Role.PROVINCIAL_OFFICER))


def people(now: datetime) -> list[User]:
    return [
        person(now, role)
        for role in (Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)
    ]


def filled(users: list[User], **more: Any) -> dict[str, Any]:
    """The form with the decision and these members, the first as chair."""
    data: dict[str, Any] = {
        "name": "Hội đồng năm 2026",
        "decision_number": "815/QĐ-UBND",
        "decided_on": "2026-03-02",
        "authority": "UBND thành phố",
        "seat-TOTAL_FORMS": "7",
        "seat-INITIAL_FORMS": "0",
    }
    for place, user in enumerate(users):
        data[f"seat-{place}-user"] = str(user.pk)
        data[f"seat-{place}-position"] = "member" if place else "chair"
        data[f"seat-{place}-organisation"] = "Sở Nông nghiệp và Môi trường"
    for place in range(len(users), 7):
        data[f"seat-{place}-position"] = "member"
    return data | more


def test_office_sets_up_a_council(officer: Person, today: datetime) -> None:
    users = people(today)
    assert users[0].name in officer.get(COUNCILS + "lap/")
    page = officer.post(COUNCILS + "lap/", filled(users))
    assert "Đã lập hội đồng." in page
    council = Council.objects.get()
    assert [seat.user for seat in council.seats.order_by("place")] == users
    for text in ("815/QĐ-UBND", "02/03/2026", "75 %", users[2].name, "Chủ tịch"):
        assert text in page
    assert "Hội đồng năm 2026" in officer.get(COUNCILS)


def test_a_council_sent_twice_is_there_once(officer: Person, today: datetime) -> None:
    users = people(today)
    officer.post(COUNCILS + "lap/", filled(users))
    page = officer.post(COUNCILS + "lap/", filled(users))
    assert "Hội đồng này đã được lập trước đó." in page
    assert "Quyết định số này, ngày này đã có hội đồng" in officer.post(
        COUNCILS + "lap/", filled(users, name="Hội đồng khác")
    )
    assert Council.objects.count() == 1


def test_refusal_keeps_what_was_typed(officer: Person, today: datetime) -> None:
    users = people(today)
    page = officer.post(COUNCILS + "lap/", filled(users, **{"seat-0-position": "member"}))
    assert "đúng một Chủ tịch" in page
    assert "815/QĐ-UBND" in page
    assert not Council.objects.exists()


def test_more_rows_keep_what_was_typed_and_judge_nothing(officer: Person, today: datetime) -> None:
    data = filled(people(today), name="", more="1")
    page = officer.post(COUNCILS + "lap/", data)
    assert 'name="seat-10-user"' in page
    assert "815/QĐ-UBND" in page
    assert "Chưa gửi được" not in page


def test_member_comes_and_goes(officer: Person, today: datetime) -> None:
    council, users = new_council(today)
    new = person(today, Role.COUNCIL_MEMBER)
    at = f"{COUNCILS}{council.code}/"
    page = officer.post(
        at + "thanh-vien/",
        {"user": str(new.pk), "position": "member", "starts_on": today.date().isoformat()},
    )
    assert "Đã thêm thành viên." in page
    seat = Seat.objects.get(user=users[2])
    page = officer.post(f"{at}thanh-vien/{seat.pk}/thoi/", {"reason": ""})
    assert "Chưa gửi được" in page
    page = officer.post(f"{at}thanh-vien/{seat.pk}/thoi/", {"reason": "Chuyển công tác"})
    assert "Đã thôi tư cách thành viên." in page
    seat.refresh_from_db()
    assert seat.ends_on is not None


def test_council_ends_with_a_reason(officer: Person, today: datetime) -> None:
    council, _users = new_council(today)
    at = f"{COUNCILS}{council.code}/"
    assert "Những gì sẽ thay đổi" in officer.get(at + "giai-the/")
    page = officer.post(at + "giai-the/", {"reason": "Hết nhiệm kỳ"})
    assert "Hội đồng đã thôi hoạt động." in page
    officer.get(at + "giai-the/", status=404)


def test_address_of_a_member_is_shown_to_nobody(officer: Person, today: datetime) -> None:
    council, _users = new_council(today)
    Seat.objects.update(address="12 phố Hàng Bè")
    assert "Hàng Bè" not in officer.get(f"{COUNCILS}{council.code}/")


def test_council_lists_its_sittings(officer: Person, today: datetime) -> None:
    hall = build_hall(today)
    page = officer.get(f"{COUNCILS}{hall.council.code}/")
    assert f"/hoi-dong/phien/{hall.sitting.code}/" in page
    assert "Đã lên lịch" in page


def test_members_see_their_council_and_change_nothing(today: datetime) -> None:
    council, users = new_council(today)
    other, _others = new_council(today)
    member = Person(users[2])
    at = f"{COUNCILS}{council.code}/"
    assert council.name in member.get(at)
    member.get(f"{COUNCILS}{other.code}/", status=404)
    seat = council.seats.get(user=users[2])
    for step in ("thanh-vien/", f"thanh-vien/{seat.pk}/thoi/", "giai-the/", "phien-hop/"):
        member.get(at + step, status=403)
    member.get(COUNCILS + "lap/", status=403)
    member.get(at + "thong-ke/", status=404)


def test_producer_has_no_business_here(today: datetime) -> None:
    Person(member(today, ProducerFactory())).get(COUNCILS, status=403)


def test_day_of_the_decision_is_shown(officer: Person, today: datetime) -> None:
    council, _users = new_council(today)
    assert council.decided_on == date(2026, 3, 2)
    assert "02/03/2026" in officer.get(COUNCILS)
