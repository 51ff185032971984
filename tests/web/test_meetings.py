"""A demand from its post to a contract that is followed, through the pages; who sees what of it."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import Delivery, User
from ocop.people.roles import Role
from ocop.places.models import Level, Unit
from ocop.promotion.meetings import links
from ocop.promotion.meetings.models import Deal, Demand, DemandOffer, MeetingRound, Supply
from ocop.promotion.meetings.services import deals, demands
from tests.promotion.days.factories import going_on
from tests.promotion.factories import make_goods
from tests.promotion.meetings import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
OFFICE, OWN, PUBLIC = "/dieu-hanh/su-kien/ket-noi/", "/cua-toi/ket-noi/", "/nhu-cau/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    """Where no second factor is asked for, and letters leave."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(person(now, Role.PROVINCIAL_OFFICER))


def form_of(now: datetime, **more: Any) -> dict[str, Any]:
    return {
        "wanted": "Mật ong", "goods": "", "quantity": "100", "measure": "kg", "months": ["1", "12"],
        "reach": "country", "place": "Đà Nẵng", "buyer": "Siêu thị Biển", "buyer_kind": "retail",
        "open_until": (timezone.localdate(now) + timedelta(days=60)).isoformat(),
        "contact": "Trần Văn Bình", "email": "mua@vi-du.vn", "phone": "0912345678",
    } | more  # fmt: skip


def test_a_demand_from_its_post_to_a_contract_that_is_followed(
    now: datetime, office: Client
) -> None:
    build_places(now)
    honey = make_goods(now, "Mật ong hoa nhãn")
    maker, buyer = signed_in(member(now, honey.producer)), Client()
    assert buyer.post(f"{PUBLIC}gui/", form_of(now)).url == f"{PUBLIC}da-gui/"
    demand = Demand.objects.get()
    own = links.path_of(demand)
    assert own in Delivery.objects.get().body
    assert buyer.get(f"{PUBLIC}{demand.code}/").status_code == 404
    assert "Xác nhận nhu cầu" in text_of(buyer.get(own))
    buyer.post(own, {"act": "confirm"})
    office.post(f"{OFFICE}{demand.code}/buoc/dang/")
    page = text_of(buyer.get(f"{PUBLIC}{demand.code}/"))
    assert "tháng 12–1" in page
    assert "Trần Văn Bình" not in page
    assert "mua@vi-du.vn" not in page
    supply = {"quantity": "50", "measure": "kg", "months": [], "reach": "country"}
    assert maker.post(f"{OWN}ban/{honey.code}/", supply).status_code == 302
    assert "đáp ứng 50" in text_of(maker.get(OWN))
    wish = {"product": honey.code, "price": "90.000", "contact": "Chị Hai", "phone": "0987654321"}
    assert maker.post(f"{OWN}{demand.code}/chao/", wish).status_code == 302
    offer = DemandOffer.objects.get()
    assert "Chị Hai" in text_of(buyer.get(own))
    assert "Trần Văn Bình" not in text_of(maker.get(f"{OWN}{demand.code}/"))
    buyer.post(own, {"act": "want", "offer": offer.code})
    assert "Trần Văn Bình" in text_of(maker.get(f"{OWN}{demand.code}/"))
    round_form = {
        "name": "Kết nối cuối năm", "place": "Hội trường A", "time": "08:30", "turns": "4",
        "day": (timezone.localdate(now) + timedelta(days=7)).isoformat(), "minutes": "20",
        "tables": "2",
    }  # fmt: skip
    office.post(f"{OFFICE}buoi/moi/", round_form)
    row = MeetingRound.objects.get()
    office.post(f"{OFFICE}buoi/{row.code}/buoc/xep-lich/")
    assert "đã chứng minh là tốt nhất" in text_of(office.get(f"{OFFICE}buoi/{row.code}/"))
    assert "Lịch gặp" not in text_of(maker.get(OWN))
    office.post(f"{OFFICE}buoi/{row.code}/buoc/bao-lich/")
    assert "Hội trường A" in text_of(maker.get(OWN))
    signed = {
        "kind": "contract", "subject": "Mật ong hoa nhãn", "demand": demand.code,
        "signed_on": timezone.localdate(now).isoformat(), "value": "90.000.000",
    }  # fmt: skip
    assert maker.post(f"{OWN}hop-dong/moi/{honey.producer.code}/", signed).status_code == 302
    deal = Deal.objects.get()
    assert deal.buyer == "Siêu thị Biển"
    early = maker.post(f"{OWN}hop-dong/{deal.code}/ky/1/", {"delivered": "1"})
    assert "Chưa đến kỳ này" in text_of(early)
    Deal.objects.update(signed_on=timezone.localdate(now) - timedelta(days=90))
    deal.follow_ups.filter(number=1).update(due_on=timezone.localdate(now))
    maker.post(f"{OWN}hop-dong/{deal.code}/ky/1/", {"delivered": "27.000.000"})
    assert "30" in text_of(office.get(f"{OFFICE}hop-dong/{deal.code}/"))
    assert "27.000.000" in text_of(office.get(f"{OFFICE}hop-dong/"))
    maker.post(f"{OWN}hop-dong/{deal.code}/ket-thuc/", {"how": "done"})
    deal.refresh_from_db()
    assert deal.state == "done"
    buyer.post(own, {"act": "close", "reason": "Đã mua đủ"})
    assert buyer.get(f"{PUBLIC}{demand.code}/").status_code == 404


def test_the_form_of_the_public_takes_nothing_from_programs_or_in_floods(now: datetime) -> None:
    guest = Client()
    trapped = guest.post(f"{PUBLIC}gui/", form_of(now, website="http://x.example"))
    assert trapped.status_code == 422
    for _turn in range(5):
        guest.post(f"{PUBLIC}gui/", form_of(now))
    assert guest.post(f"{PUBLIC}gui/", form_of(now)).status_code == 422
    assert Demand.objects.count() == 5


def test_a_wrong_link_opens_nothing_and_does_nothing(now: datetime) -> None:
    demand = making.sent(now)
    wrong = f"{PUBLIC}{demand.code}/{'a' * 24}/"
    assert Client().get(wrong).status_code == 404
    assert Client().post(wrong, {"act": "confirm"}).status_code == 404
    demand.refresh_from_db()
    assert demand.confirmed_at is None


def test_a_buyer_ends_a_demand_with_a_reason_only(now: datetime) -> None:
    demand = making.posted(now)
    own = links.path_of(demand)
    assert Client().post(own, {"act": "close", "reason": ""}).status_code == 422
    demand.refresh_from_db()
    assert demand.state == "open"


def test_the_office_enters_and_answers_for_a_buyer(now: datetime, office: Client) -> None:
    answer = office.post(f"{OFFICE}moi/", form_of(now, email="", goods="I:0"))
    demand = Demand.objects.get()
    assert answer.url == f"{OFFICE}{demand.code}/"
    assert (demand.state, demand.sector, demand.group) == ("confirmed", "I", 0)
    office.post(f"{OFFICE}{demand.code}/buoc/dang/")
    honey = make_goods(now, "Mật ong")
    assert "đúng tên sản phẩm cần mua" in text_of(office.get(f"{OFFICE}{demand.code}/"))
    offer = making.answered(now, demand, honey)
    office.post(f"{OFFICE}chao-hang/{offer.code}/muon-gap/")
    offer.refresh_from_db()
    assert offer.state == "wanted"
    sheet = office.get(f"{OFFICE}?format=xlsx")
    assert b"".join(sheet.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    sheet.close()


def test_pairs_without_a_place_are_named_with_the_reason(now: datetime, office: Client) -> None:
    demand = making.posted(now)
    for n in range(2):
        making.wished(now, demand, make_goods(now, f"Mật ong {n}"))
    row = making.planned(now, turns=1)
    office.post(f"{OFFICE}buoi/{row.code}/buoc/xep-lich/")
    assert "người mua đã kín lượt gặp" in text_of(office.get(f"{OFFICE}buoi/{row.code}/"))


def test_another_producers_offers_and_deals_are_not_there(now: datetime) -> None:
    deal, offer = making.deal(now), making.answered(now, making.posted(now))
    stranger = signed_in(member(now, make_goods(now).producer))
    for path in (
        f"hop-dong/{deal.code}/", f"hop-dong/{deal.code}/ky/1/", f"hop-dong/{deal.code}/ket-thuc/",
        f"hop-dong/moi/{deal.producer.code}/", f"chao-hang/{offer.code}/rut/",
        f"ban/{offer.product.code}/",
    ):  # fmt: skip
        assert stranger.get(f"{OWN}{path}").status_code == 404
        assert stranger.post(f"{OWN}{path}").status_code == 404


def test_a_supply_is_ended_and_an_offer_taken_back(now: datetime) -> None:
    supply = making.supplied(now)
    maker = signed_in(member(now, supply.product.producer))
    offer = making.answered(now, making.posted(now), supply.product)
    maker.post(f"{OWN}ban/{supply.product.code}/thoi/")
    assert not Supply.objects.filter(ended_at=None).exists()
    maker.post(f"{OWN}chao-hang/{offer.code}/rut/")
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_officers_record_a_memorandum_of_an_event(now: datetime, office: Client) -> None:
    honey = make_goods(now)
    signed = {
        "kind": "memorandum", "subject": "Mật ong", "buyer": "Siêu thị A",
        "signed_on": timezone.localdate(now).isoformat(),
    }  # fmt: skip
    address = f"{OFFICE}hop-dong/moi/{honey.producer.code}/"
    assert office.post(address, signed).status_code == 302
    deal = Deal.objects.get()
    refused = office.post(f"{OFFICE}hop-dong/{deal.code}/ket-thuc/", {"how": "broken"})
    assert "Hãy ghi lý do" in text_of(refused)
    office.post(f"{OFFICE}hop-dong/{deal.code}/ket-thuc/", {"how": "broken", "reason": "Đổi ý"})
    assert "Lý do chấm dứt: Đổi ý" in text_of(office.get(f"{OFFICE}hop-dong/{deal.code}/"))


def test_what_a_meeting_came_to_is_noted_on_its_page(now: datetime, office: Client) -> None:
    slot = making.told(now)
    address = f"{OFFICE}buoi/{slot.round.code}/"
    refused = office.post(f"{address}ket-qua/1/1/", {"outcome": "agreed"})
    assert "Cuộc gặp chưa bắt đầu" in text_of(refused)
    MeetingRound.objects.update(starts_at=now - timedelta(hours=1))
    office.post(f"{address}ket-qua/1/1/", {"outcome": "agreed", "note": "Ký tuần sau"})
    assert "Ký tuần sau" in text_of(office.get(address))
    assert "Kết nối 0" in text_of(office.get(f"{OFFICE}buoi/"))


def test_a_round_that_was_told_is_called_off_on_its_page(now: datetime, office: Client) -> None:
    slot = making.told(now)
    maker = signed_in(member(now, slot.producer))
    assert slot.host.buyer in text_of(maker.get(OWN))
    address = f"{OFFICE}buoi/{slot.round.code}/"
    assert f"{address}buoc/huy/" in text_of(office.get(address))
    assert office.post(f"{address}buoc/huy/", {"reason": ""}).status_code == 422
    office.post(f"{address}buoc/huy/", {"reason": "Bão số 7"})
    page = text_of(office.get(address))
    assert "Lý do hủy: Bão số 7" in page
    assert "buoc/" not in page
    assert "ket-qua/" not in page
    assert "Lịch gặp" not in text_of(maker.get(OWN))


def test_a_buyer_extends_a_demand_that_is_past_its_last_day(now: datetime, office: Client) -> None:
    demand, today = making.posted(now), timezone.localdate(now)
    making.answered(now, demand)
    Demand.objects.update(open_until=today - timedelta(days=1))
    own, buyer = links.path_of(demand), Client()
    page = text_of(buyer.get(own))
    assert "Đã hết hạn" in page
    assert "Muốn gặp" not in page
    assert "Đã hết hạn" in text_of(office.get(f"{OFFICE}{demand.code}/"))
    assert demand.wanted not in text_of(office.get(f"{OFFICE}?state=open"))
    wrong = {"act": "extend", "open_until": today - timedelta(days=1)}
    assert buyer.post(own, wrong).status_code == 422
    assert buyer.post(own, {"act": "extend", "open_until": "mai"}).status_code == 422
    buyer.post(own, {"act": "extend", "open_until": today + timedelta(days=9)})
    assert buyer.get(f"{PUBLIC}{demand.code}/").status_code == 200
    assert "Muốn gặp" in text_of(buyer.get(own))
    until = {"open_until": today + timedelta(days=20)}
    office.post(f"{OFFICE}{demand.code}/buoc/gia-han/", until)
    assert Demand.objects.get().open_until == today + timedelta(days=20)


def test_the_page_of_an_event_leads_to_what_was_signed_there(now: datetime, office: Client) -> None:
    """List, sums and workbook of the event hold its deals and no others."""
    event = going_on(now)
    row = event.applications.select_related("producer").order_by("pk")[0]
    for number, more in (("01/HD", {"event": event, "value": 30_000_000}), ("02/HD", {})):
        signed = making.signed_of(now, number=number, **more)
        deals.record_deal(actor=SYSTEM, producer=row.producer, signed=signed, at=now)
    listed = f"{OFFICE}hop-dong/?event={event.code}"
    page = text_of(office.get(f"/dieu-hanh/su-kien/{event.code}/"))
    assert f'<a href="{listed}">1</a>' in page
    assert f'<a href="{listed}">30</a>' in page
    found = text_of(office.get(listed))
    assert "<b>30</b><span>triệu đồng giá trị hợp đồng" in found
    answer = office.get(f"{listed}&format=xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    told = [
        str(cell)
        for line in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
        for cell in line
    ]
    assert "01/HD" in told
    assert event.name in told
    assert "02/HD" not in told
    maker = signed_in(member(now, row.producer))
    assert maker.get(listed).status_code == 403


def test_an_officer_of_the_commune_sees_and_helps_with_offers(now: datetime) -> None:
    honey, other = make_goods(now, "Mật ong nhãn"), make_goods(now, "Mật ong rừng")
    build_places(now)
    honey.producer.commune = Unit.objects.filter(level=Level.COMMUNE).first()
    honey.producer.save()
    demand = making.posted(now)
    hidden = making.answered(now, demand, other)
    officer = signed_in(person(now, Role.COMMUNE_OFFICER, honey.producer.commune))
    page = text_of(officer.get(f"{OFFICE}{demand.code}/"))
    assert honey.name in page
    assert other.name not in page
    assert demand.contact not in page
    address = f"{OFFICE}{demand.code}/chao-hang/"
    assert address in page
    wish = {"product": honey.code, "contact": "Chị Hai", "price": "90.000"}
    assert officer.post(address, wish | {"product": other.code}).status_code == 422
    assert officer.post(address, wish).status_code == 302
    offer = DemandOffer.objects.get(product=honey)
    listed = text_of(officer.get(f"{OFFICE}chao-hang/"))
    assert honey.name in listed
    assert other.name not in listed
    assert address not in text_of(officer.get(f"{OFFICE}{demand.code}/"))  # nothing more to offer
    assert officer.post(f"{OFFICE}chao-hang/{hidden.code}/rut/").status_code == 404
    Demand.objects.update(open_until=timezone.localdate(now) - timedelta(days=1))
    assert officer.get(f"{OFFICE}{demand.code}/").status_code == 200  # its offer stands there
    officer.post(f"{OFFICE}chao-hang/{offer.code}/rut/")
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_who_only_looks_on_is_offered_no_offering(now: datetime, office: Client) -> None:
    demand, honey = making.posted(now), make_goods(now, "Mật ong nhãn")
    making.supplied(now, honey)
    address = f"{OFFICE}{demand.code}/chao-hang/"
    for role in (Role.AUDITOR, Role.EVENT_ORGANISER):
        looker = signed_in(person(now, role))
        assert honey.name in text_of(looker.get(f"{OFFICE}{demand.code}/"))
        assert address not in text_of(looker.get(f"{OFFICE}{demand.code}/"))
        assert looker.get(address).status_code == 403
    assert office.get(address).status_code == 200
    closed = making.posted(now)
    Demand.objects.filter(pk=closed.pk).update(open_until=timezone.localdate(now))
    demands.close_demand(actor=SYSTEM, demand=closed, reason="Đã mua đủ", at=now)
    assert office.get(f"{OFFICE}{closed.code}/chao-hang/").status_code == 302
