"""A fair from its call to its result through the pages, and who sees what of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.promotion.models import Allocation, EventApplication, TradeEvent
from tests.promotion import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
OFFICE, OWN, PUBLIC = "/dieu-hanh/su-kien/", "/cua-toi/su-kien/", "/su-kien/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    """Where no second factor is asked for."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(person(now, Role.PROVINCIAL_OFFICER))


def form_of(now: datetime, **more: Any) -> dict[str, Any]:
    today = timezone.localdate(now)
    return {
        "name": "Hội chợ Xuân", "kind": "fair", "place": "Sân vận động Mỹ Đình",
        "series": "Hội chợ Xuân", "organisers": "Sở Công Thương\nSở Du lịch",
        "starts_on": (today + timedelta(days=20)).isoformat(),
        "ends_on": (today + timedelta(days=23)).isoformat(),
        "calls_until": (today + timedelta(days=5)).isoformat(),
        "least_stars": "3", "needs_trace": "on", "needs_labels": "on", "takes_booths": "on",
        "apart": "wish", "booth_cost": "12.000.000", "support_share": "50",
        "support_source": "Kế hoạch 05/KH-UBND",
    } | more  # fmt: skip


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_fair_from_its_call_to_its_result(
    now: datetime, office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    build_places(now)
    goods = [making.make_goods(now, name, stars=stars) for name, stars in
             (("Mật ong", 4), ("Chè xanh", 3), ("Miến dong", 5))]  # fmt: skip
    makers = [signed_in(member(now, product.producer)) for product in goods]
    office.post(f"{OFFICE}moi/", form_of(now))
    event = TradeEvent.objects.get()
    assert [row.name for row in event.organisers.all()] == ["Sở Công Thương", "Sở Du lịch"]
    assert Client().get(f"{PUBLIC}{event.code}/").status_code == 404
    rows = {"width": "30", "depth": "20", "booth_width": "3", "booth_depth": "3", "aisle": "3"}
    office.post(f"{OFFICE}{event.code}/so-do/xep-day/", rows | {"n_I": "2"})
    assert event.booths.count() == 2
    office.post(f"{OFFICE}{event.code}/buoc/mo-dang-ky/")
    assert "Đăng ký tham gia" in text_of(Client().get(f"{PUBLIC}{event.code}/"))
    for maker, product in zip(makers, goods, strict=True):
        address = f"{OWN}{event.code}/dang-ky/{product.producer.code}/"
        assert product.name in text_of(maker.get(address))
        sent = {"main": product.code, "labelled": "on", "area": "9", "contact": "Chị Hai"}
        assert maker.post(address, sent).status_code == 302
    assert EventApplication.objects.count() == 3
    office.post(f"{OFFICE}{event.code}/buoc/dong-dang-ky/")
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"{OFFICE}{event.code}/so-do/xep-gian/")
    made = Allocation.objects.get()
    answer = office.get(f"{OFFICE}xep-gian/{made.code}/")
    assert "Chè xanh" in text_of(answer)  # HTX Chè xanh has the fewest points
    assert "đã chứng minh là tốt nhất" in text_of(answer)
    assert not EventApplication.objects.filter(assignment__isnull=False).exists()
    office.post(f"{OFFICE}xep-gian/{made.code}/dua-len/")
    waiting = text_of(makers[0].get(f"{OWN}{event.code}/"))
    assert "Chờ trả lời" in waiting
    assert "A01" not in waiting
    office.post(f"{OFFICE}{event.code}/buoc/cong-bo/")
    for maker, product in zip(makers, goods, strict=True):
        page = text_of(maker.get(f"{OWN}{event.code}/"))
        row = EventApplication.objects.get(producer=product.producer)
        told = f"Gian {row.assignment.booth.label}" if row.state == "accepted" else row.answer
        assert told in page
    public = text_of(Client().get(f"{PUBLIC}{event.code}/"))
    assert "HTX Mật ong" in public
    assert "HTX Chè xanh" not in public
    paper = office.get(f"{OFFICE}{event.code}/danh-sach.docx")
    assert paper.content.startswith(b"PK")
    for path in ("so-do.pdf", "ap-phich.pdf", "danh-sach.pdf"):
        assert office.get(f"{OFFICE}{event.code}/{path}").content.startswith(b"%PDF")


def test_what_no_booth_was_found_for_is_refused_in_its_own_words(
    now: datetime, office: Client
) -> None:
    event = making.choosing(now, applicants=3, booths=1)
    made = making.computed(now, event)
    page = text_of(office.get(f"{OFFICE}xep-gian/{made.code}/"))
    for told in made.result["refusals"].values():
        assert told["answer"] in page


def test_goods_that_lack_something_are_named_and_not_offered(now: datetime) -> None:
    event = making.make_event(now)
    good = making.make_goods(now, "Mật ong")
    bad = making.make_goods(now, "Rượu nếp", producer=good.producer, traced=False)
    maker = signed_in(member(now, good.producer))
    page = text_of(maker.get(f"{OWN}{event.code}/dang-ky/{good.producer.code}/"))
    assert "chưa có tem đang kích hoạt hoặc hộ chiếu sản phẩm" in page
    assert f'value="{bad.code}"' not in page
    none = making.make_goods(now, "Bún khô", traced=False)
    other = signed_in(member(now, none.producer))
    page = text_of(other.get(f"{OWN}{event.code}/dang-ky/{none.producer.code}/"))
    assert "Chưa có sản phẩm nào đủ điều kiện" in page


def test_offers_of_a_goods_week_are_shown_to_the_public(now: datetime, office: Client) -> None:
    event = making.make_event(now, kind="goods_week", takes_booths=False)
    product = making.make_goods(now, "Mật ong")
    maker = signed_in(member(now, product.producer))
    sent = {
        "main": product.code, "labelled": "on", "contact": "Chị Hai",
        f"offer_{product.code}": "Mua hai tặng một", f"price_{product.code}": "80.000",
        f"usual_{product.code}": "100.000",
    }  # fmt: skip
    address = f"{OWN}{event.code}/dang-ky/{product.producer.code}/"
    dearer = maker.post(address, sent | {f"price_{product.code}": "120.000"})
    assert "cao hơn giá thường" in text_of(dearer)
    assert maker.post(address, sent).status_code == 302
    office.post(f"{OFFICE}{event.code}/buoc/dong-dang-ky/")
    office.post(f"{OFFICE}{event.code}/buoc/cong-bo/")
    page = text_of(Client().get(f"{PUBLIC}{event.code}/"))
    assert "Mua hai tặng một" in page
    assert "80.000" in page


def test_a_producer_changes_and_withdraws_its_application(now: datetime) -> None:
    event = making.make_event(now)
    row = making.applied(now, event)
    maker = signed_in(member(now, row.producer))
    product = row.goods.get().product
    page = text_of(maker.get(f"{OWN}ho-so/{row.code}/sua/"))
    assert "Nguyễn Thị A" in page
    maker.post(
        f"{OWN}ho-so/{row.code}/sua/",
        {"main": product.code, "labelled": "on", "area": "18", "contact": "Anh Ba"},
    )
    row.refresh_from_db()
    assert (row.contact, row.area) == ("Anh Ba", 1_800)
    maker.post(f"{OWN}ho-so/{row.code}/rut/", {"reason": "Bận mùa vụ"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    stranger = signed_in(member(now, making.make_goods(now).producer))
    assert stranger.get(f"{OWN}ho-so/{row.code}/sua/").status_code == 404


def test_the_plan_is_edited_as_lines_and_a_wrong_line_is_named(
    now: datetime, office: Client
) -> None:
    event = making.make_event(now)
    address = f"{OFFICE}{event.code}/so-do/sua/"
    hall = {"width": "30", "depth": "20"}
    wrong = office.post(address, hall | {"spots": "A01; 3; 3; 3; 3; IX"})
    assert wrong.status_code == 422
    assert "Dòng 1" in text_of(wrong)
    over = office.post(address, hall | {"spots": "A01; 3; 3; 3; 3\nA02; 4; 4; 3; 3"})
    assert "chồng lên nhau" in text_of(over)
    office.post(address, hall | {"spots": "A01; 3; 3; 3; 3; IV; điện\nB01; 6,5; 3; 3; 3"})
    assert list(event.booths.values_list("label", "x", "sector", "power")) == [
        ("A01", 30, "IV", True),
        ("B01", 65, "", False),
    ]
    assert "6,5; 3; 3; 3" in text_of(office.get(address))


def test_an_organiser_lays_out_the_plan_and_gives_booths_by_hand(now: datetime) -> None:
    event = making.choosing(now, applicants=1)
    row = event.applications.get()
    client = signed_in(person(now, Role.EVENT_ORGANISER))
    assert event.name in text_of(client.get(OFFICE))
    booth = event.booths.get(label="A02")
    client.post(f"{OFFICE}ho-so/{row.code}/xep-gian/", {"booth": booth.pk})
    assert "A02" in text_of(client.get(f"{OFFICE}{event.code}/so-do/"))
    assert client.post(f"{OFFICE}{event.code}/buoc/cong-bo/").status_code == 403
    assert client.get(f"{OFFICE}{event.code}/danh-sach.docx").status_code == 200
    client.post(f"{OFFICE}ho-so/{row.code}/bo-xep/")
    assert not hasattr(EventApplication.objects.get(), "assignment")


def test_a_commune_officer_sees_the_own_applications_only(now: datetime) -> None:
    places = build_places(now)
    event = making.make_event(now)
    here = making.applied(now, event, making.make_goods(now, "Mật ong", commune=places.here))
    there = making.applied(now, event, making.make_goods(now, "Chè", commune=places.there))
    client = signed_in(person(now, Role.COMMUNE_OFFICER, places.here))
    page = text_of(client.get(f"{OFFICE}{event.code}/ho-so/"))
    assert here.producer.name in page
    assert there.producer.name not in page
    assert client.get(f"{OFFICE}ho-so/{there.code}/").status_code == 404
    assert client.get(f"{OFFICE}{event.code}/danh-sach.docx").status_code == 403


def test_calendars_tell_all_days_and_what_was_called_off(now: datetime, office: Client) -> None:
    event = making.make_event(now)
    told = text_of(Client().get(f"{PUBLIC}{event.code}/lich.ics"))
    last = event.ends_on + timedelta(days=1)
    assert f"DTSTART;VALUE=DATE:{event.starts_on:%Y%m%d}" in told
    assert f"DTEND;VALUE=DATE:{last:%Y%m%d}" in told
    office.post(f"{OFFICE}{event.code}/buoc/huy/", {"reason": "Mưa bão"})
    assert "STATUS:CANCELLED" in text_of(Client().get(f"{PUBLIC}lich.ics"))
    assert "Mưa bão" in text_of(Client().get(f"{PUBLIC}{event.code}/"))


def test_the_public_finds_events_by_words_and_kind(now: datetime) -> None:
    fair = making.make_event(now, name="Hội chợ Xuân")
    week = making.make_event(now, name="Tuần hàng Hè", kind="goods_week")
    page = text_of(Client().get(PUBLIC, {"q": "tuan hang"}))
    assert week.name in page
    assert fair.name not in page
    page = text_of(Client().get(PUBLIC, {"kind": "fair"}))
    assert fair.name in page
    assert week.name not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_no_more_for_more_rows(
    rows: int, now: datetime, office: Client, django_assert_max_num_queries: Any
) -> None:
    event = making.make_event(now)
    for _n in range(rows):
        making.applied(now, event)
        making.make_event(now)
    office.get(OFFICE)  # the session is warm
    with django_assert_max_num_queries(25):
        office.get(OFFICE)
    with django_assert_max_num_queries(25):
        office.get(f"{OFFICE}{event.code}/ho-so/")
