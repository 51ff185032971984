"""The days of a fair through the pages: tickets, gates, sales at a booth, costs, report."""

import io
import json
import uuid
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Level, Unit
from ocop.promotion.days.models import BoothDay, EventCheckIn, EventTicket
from ocop.promotion.models import TradeEvent
from ocop.promotion.services import events
from ocop.recognition.models import Recognition
from tests.promotion import factories as making
from tests.promotion.days import factories
from tests.promotion.meetings import factories as meetings
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
OFFICE, OWN = "/dieu-hanh/su-kien/", "/cua-toi/su-kien/"


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
    """Where no second factor is asked for."""
    build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.fixture
def event(now: datetime) -> TradeEvent:
    return factories.going_on(now, series="Hội chợ Xuân")


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(person(now, Role.PROVINCIAL_OFFICER))


@pytest.fixture
def organiser(now: datetime) -> Client:
    return signed_in(person(now, Role.EVENT_ORGANISER))


def sending(*shown: Any) -> dict[str, Any]:
    """What a device sends."""
    return {
        "device": "may-A",
        "sent_at": timezone.now().isoformat(),
        "records": [
            {"id": str(each.id), "ticket": each.ticket, "gate": each.gate,
             "at": each.at.isoformat()}
            for each in shown
        ],
    }  # fmt: skip


def test_tickets_are_issued_printed_and_let_in(
    now: datetime, event: TradeEvent, organiser: Client
) -> None:
    address = f"{OFFICE}{event.code}/"
    told = {"kind": "guest", "count": "2", "holder": "Sở Công Thương"}
    assert organiser.post(f"{address}ve/phat/", told).status_code == 302
    assert organiser.get(f"{address}ve-1.pdf").content.startswith(b"%PDF")
    assert organiser.get(f"{address}ve-0.pdf").status_code == 404
    ticket = EventTicket.objects.order_by("pk")[0]
    listed = organiser.get(f"{address}ngay/2/danh-sach.json").json()
    assert listed["people"][ticket.code] == "Sở Công Thương, Khách mời, người mua"
    assert listed["entered"] == {}
    today = timezone.localdate(now)
    number = (today - event.starts_on).days + 1
    page = organiser.post(
        f"{address}ngay/{number}/diem-danh/", {"ticket": ticket.code, "gate": "A"}
    )
    assert "Mời vào" in text_of(page)
    first = factories.shown(ticket.code, event.starts_on, time(7))
    again = factories.shown(ticket.code, event.starts_on, time(8), "B")
    answer = organiser.post(
        f"{address}ngay/{number}/gui/",
        json.dumps(sending(first, again, factories.shown("zzzzzzzz", event.starts_on))),
        content_type="application/json",
    ).json()
    states = [each["state"] for each in answer["results"]]
    assert states == ["entered", "repeat", "unknown"]
    assert "07:00" in answer["results"][1]["said"]
    assert EventCheckIn.objects.filter(entry=True).count() == 2
    page = text_of(organiser.get(f"{address}vao-cua/"))
    assert "Soát vé hôm nay" in page
    assert "Sở Công Thương" in page
    organiser.post(f"{OFFICE}ve/{ticket.code}/huy/", {"reason": "Khách trả lại vé"})
    page = organiser.post(f"{address}ngay/{number}/diem-danh/", {"ticket": ticket.code})
    assert "Vé này đã hủy" in text_of(page)
    assert "Đã hủy" in text_of(organiser.get(f"{address}ve/"))


def test_an_entry_made_by_mistake_is_taken_back_with_a_reason(
    now: datetime, event: TradeEvent, organiser: Client
) -> None:
    ticket = factories.visitors(now, event, 1)[0]
    shown, address = factories.shown(ticket.code, event.starts_on), f"{OFFICE}{event.code}/"
    organiser.post(
        f"{address}ngay/1/gui/", json.dumps(sending(shown)), content_type="application/json"
    )
    undo = f"{OFFICE}ve/{ticket.code}/ngay/1/bo/"
    assert f'href="{undo}"' in text_of(organiser.get(f"{address}luot-vao/"))
    assert organiser.post(undo, {"reason": ""}).status_code == 422
    assert organiser.post(undo, {"reason": "Khách cầm vé của người khác"}).status_code == 302
    page = text_of(organiser.get(f"{address}luot-vao/"))
    assert "Đã bỏ" in page
    assert undo not in page
    assert f"{address}luot-vao/" in text_of(organiser.get(f"{address}vao-cua/"))
    answer = organiser.post(
        f"{address}ngay/1/gui/", json.dumps(sending(shown)), content_type="application/json"
    ).json()["results"][0]
    assert (answer["state"], answer["entry"]) == ("undone", None)
    assert organiser.get(f"{OFFICE}ve/{ticket.code}/ngay/9/bo/").status_code == 404


def test_a_booth_names_its_people_and_tells_its_days(now: datetime, event: TradeEvent) -> None:
    row = factories.first(event)
    maker = signed_in(member(now, row.producer))
    own = f"{OWN}ho-so/{row.code}/"
    assert maker.post(f"{own}ve/", {"holder": "Nguyễn Thị Thử"}).status_code == 302
    assert maker.get(f"{own}ve.pdf").content.startswith(b"%PDF")
    assert "Nguyễn Thị Thử" in text_of(maker.get(f"{own}ve/"))
    page = text_of(maker.get(f"{OWN}{event.code}/"))
    assert f"{own}ngay/1/" in page
    assert f"{own}ngay/2/" in page
    assert f"{own}ngay/3/" not in page  # has not come
    told = {"client_id": str(uuid.uuid4()), "sold": "4.500.000", "ordered": "", "contacts": "7"}
    assert maker.post(f"{own}ngay/1/", told).status_code == 302
    kept = BoothDay.objects.get()
    assert (kept.sold, kept.ordered, kept.contacts) == (4_500_000, 0, 7)
    assert maker.post(f"{own}ngay/1/gui/", told).json() == {"day": event.starts_on.isoformat()}
    late = maker.post(f"{own}ngay/3/gui/", told | {"client_id": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "ngày đã đến" in late.json()["message"]
    wrong = maker.post(f"{own}ngay/1/gui/", told | {"sold": "nhiều"})
    assert wrong.status_code == 409
    assert maker.get(f"{own}ngay/5/").status_code == 404
    assert "Đã ghi" in text_of(maker.get(f"{OWN}{event.code}/"))
    ticket = EventTicket.objects.get()
    maker.post(f"{OWN}ve/{ticket.code}/huy/", {"reason": "Đổi người trực"})
    ticket.refresh_from_db()
    assert ticket.void_at is not None


def test_officer_of_the_commune_goes_back_to_the_booth_of_a_ticket(
    now: datetime, event: TradeEvent
) -> None:
    row, ticket = factories.first(event), factories.exhibitor(now, event)
    row.producer.commune = Unit.objects.filter(level=Level.COMMUNE).first()
    row.producer.save()
    officer = signed_in(person(now, Role.COMMUNE_OFFICER, row.producer.commune))
    back = f"{OFFICE}ho-so/{row.code}/"
    address = f"{OFFICE}ve/{ticket.code}/huy/"
    page = text_of(officer.get(address))
    assert f'href="{back}"' in page
    assert f"{OFFICE}{event.code}/ve/" not in page
    done = officer.post(address, {"reason": "Đổi người trực"})
    assert (done.status_code, done.headers["Location"]) == (302, back)
    assert officer.get(back).status_code == 200


def test_another_producers_booth_is_not_there(now: datetime, event: TradeEvent) -> None:
    one, two = event.applications.select_related("producer").order_by("pk")
    ticket = factories.exhibitor(now, event)
    other = signed_in(member(now, two.producer))
    for path in (f"ho-so/{one.code}/ve/", f"ho-so/{one.code}/ve.pdf", f"ho-so/{one.code}/ngay/1/",
                 f"ve/{ticket.code}/huy/"):  # fmt: skip
        assert other.get(f"{OWN}{path}").status_code == 404
    told = {"client_id": str(uuid.uuid4()), "sold": "1"}
    assert other.post(f"{OWN}ho-so/{one.code}/ngay/1/gui/", told).status_code == 404
    assert not BoothDay.objects.exists()


def test_the_organiser_tells_for_a_booth_and_counts_visitors(
    event: TradeEvent, organiser: Client
) -> None:
    row = factories.first(event)
    told = {"client_id": str(uuid.uuid4()), "sold": "1.000", "ordered": "0", "contacts": "0"}
    page = text_of(organiser.get(f"{OFFICE}{event.code}/ban-hang/"))
    assert f"{OFFICE}ho-so/{row.code}/ngay/2/" in page  # the last day that began
    assert organiser.post(f"{OFFICE}ho-so/{row.code}/ngay/2/", told).status_code == 302
    page = text_of(organiser.get(f"{OFFICE}{event.code}/ban-hang/"))
    assert f"{OFFICE}ho-so/{row.code}/ngay/2/" not in page
    assert row.producer.name in page
    about = text_of(organiser.get(f"{OFFICE}ho-so/{row.code}/"))
    assert f"{OFFICE}ho-so/{row.code}/ngay/1/" in about
    assert "1.000 đồng" in about
    assert organiser.post(
        f"{OFFICE}{event.code}/ngay/1/khach/", {"counted": "1.250"}
    ).status_code == 302  # fmt: skip
    assert "1.250" in text_of(organiser.get(f"{OFFICE}{event.code}/vao-cua/"))
    late = organiser.post(f"{OFFICE}{event.code}/ngay/4/khach/", {"counted": "5"})
    assert "ngày đã đến" in text_of(late)


def test_costs_are_entered_and_taken_out_with_a_reason(event: TradeEvent, office: Client) -> None:
    address = f"{OFFICE}{event.code}/chi-phi/"
    told = {
        "words": "Thuê mặt bằng", "kind": "ground", "payer": "state", "amount": "40.000.000",
        "paid_on": event.starts_on.isoformat(), "document": "12/QĐ",
    }  # fmt: skip
    assert office.post(f"{address}ghi/", told).status_code == 302
    assert office.post(f"{address}ghi/", told | {"amount": "0"}).status_code == 422
    office.post(f"{address}ghi/", told | {"words": "Ghi nhầm", "amount": "9.000.000"})
    wrong = event.costs.get(words="Ghi nhầm")
    assert office.post(f"{address}{wrong.pk}/bo/", {"reason": "Trùng chứng từ"}).status_code == 302
    page = text_of(office.get(address))
    assert "40.000.000 đồng" in page
    assert "Trùng chứng từ" in page
    assert office.get(f"{address}{wrong.pk}/bo/").status_code == 404


def test_the_report_says_the_same_on_the_page_and_in_every_file(
    now: datetime, event: TradeEvent, office: Client
) -> None:
    one, two = event.applications.select_related("producer", "event").order_by("pk")
    factories.told(now, one, event.starts_on, sold=3_000_000, ordered=0, contacts=4)
    factories.told(now, two, event.starts_on, sold=1_500_000, ordered=0, contacts=1)
    factories.told(now, two, timezone.localdate(now), sold=500_000, ordered=7_000_000, contacts=0)
    deal = meetings.deal(now, one.producer.products.get(), event=event)
    address = f"{OFFICE}{event.code}/bao-cao"
    page = text_of(office.get(f"{address}/"))
    for told in ("5.000.000", "7.000.000", deal.buyer, one.producer.name, two.producer.name):
        assert told in page
    book = load_workbook(io.BytesIO(office.get(f"{address}.xlsx").content))
    makers = {row[1]: row[2:] for row in book["Theo đơn vị"].values}
    assert makers[one.producer.name] == (3_000_000, 0, 4)
    assert makers[two.producer.name] == (2_000_000, 7_000_000, 1)
    assert [row[:2] for row in book["Biên bản, hợp đồng"].values][1:] == [
        (one.producer.name, deal.buyer)
    ]
    days = list(book["Theo ngày"].values)
    assert days[-1][3:] == (5_000_000, 7_000_000, 5)
    assert office.get(f"{address}.docx").content.startswith(b"PK")
    assert office.get(f"{address}.pdf").content.startswith(b"%PDF")
    assert office.get(f"{address}.txt").status_code == 404


def test_the_report_compares_with_the_last_of_the_series(now: datetime, office: Client) -> None:
    last = factories.going_on(now, applicants=1, since=9, series="Hội chợ Xuân")
    factories.told(now, factories.first(last), last.starts_on, sold=2_000_000)
    TradeEvent.objects.filter(pk=last.pk).update(state="held")
    event = factories.going_on(now, applicants=1, series="Hội chợ Xuân")
    factories.told(now, factories.first(event), event.starts_on, sold=3_000_000)
    page = text_of(office.get(f"{OFFICE}{event.code}/bao-cao/"))
    assert "So với lần trước" in page
    assert "+50 %" in page


def test_a_producer_sees_no_report_and_no_costs(now: datetime, event: TradeEvent) -> None:
    maker = signed_in(member(now, factories.first(event).producer))
    for path in (
        "bao-cao/",
        "bao-cao.xlsx",
        "chi-phi/",
        "vao-cua/",
        "ve/",
        "ngay/1/danh-sach.json",
    ):
        assert maker.get(f"{OFFICE}{event.code}/{path}").status_code == 403


def test_a_gate_answers_a_sending_nested_without_end(now: datetime, event: TradeEvent) -> None:
    gate = signed_in(person(now, Role.EVENT_ORGANISER))
    number = (timezone.localdate(now) - event.starts_on).days + 1
    address = f"{OFFICE}{event.code}/ngay/{number}/gui/"
    answer = gate.post(address, "[" * 200_000, content_type="application/json")
    assert answer.status_code == 409


def test_a_producer_reads_what_it_applied_with_and_that_an_event_was_called_off(
    now: datetime, event: TradeEvent
) -> None:
    row = factories.first(event)
    own = signed_in(member(now, row.producer))
    page = text_of(own.get(f"{OWN}{event.code}/"))
    for told in (row.contact, row.goods.get().product.name):
        assert told in page
    for address in (OWN, f"{OWN}{event.code}/"):
        assert "Được tham gia" in text_of(own.get(address))
    events.cancel_event(actor=SYSTEM, event=event, reason="Bão", at=now)
    for address in (OWN, f"{OWN}{event.code}/"):
        page = text_of(own.get(address))
        assert ("Đã hủy" in page, "Được tham gia" in page) == (True, False)


def test_an_event_called_off_has_no_poster(
    now: datetime, event: TradeEvent, office: Client
) -> None:
    public, own = f"/su-kien/{event.code}/", f"{OFFICE}{event.code}/"
    pages = {(Client(), public), (office, own)}
    for client, address in pages:
        assert client.get(f"{address}ap-phich.pdf").status_code == 200
    events.cancel_event(actor=SYSTEM, event=event, reason="Bão", at=now)
    for client, address in pages:
        assert client.get(f"{address}ap-phich.pdf").status_code == 404
        assert "ap-phich.pdf" not in text_of(client.get(address))


def test_no_booths_are_drawn_for_an_event_without_them(event: TradeEvent, office: Client) -> None:
    page = text_of(office.get(f"{OFFICE}{event.code}/so-do/"))
    assert ("Sự kiện này không có gian hàng" in page, "so-do/sua/" in page) == (True, False)


def test_the_report_of_an_event_that_goes_on_says_that_its_figures_do_too(
    now: datetime, event: TradeEvent, office: Client
) -> None:
    before = factories.going_on(now, series="Hội chợ Xuân", since=300)
    TradeEvent.objects.filter(pk=before.pk).update(state="held")
    words = "là số đến nay"
    assert words in text_of(office.get(f"{OFFICE}{event.code}/bao-cao/"))
    factories.begun(event, timezone.localdate(now) - timedelta(days=9))
    assert words not in text_of(office.get(f"{OFFICE}{event.code}/bao-cao/"))


def test_the_office_sees_who_lost_its_star_since_it_applied(now: datetime, office: Client) -> None:
    event = making.choosing(now)
    lost = factories.first(event)
    assert "Không còn sản phẩm đủ điều kiện" not in text_of(office.get(f"{OFFICE}{event.code}/"))
    product = lost.goods.get().product
    Recognition.objects.filter(product=product).update(revoked_on=timezone.localdate(now))
    page = text_of(office.get(f"{OFFICE}{event.code}/"))
    assert f"{OFFICE}ho-so/{lost.code}/" in page


def test_the_organiser_sees_day_by_day_who_told_nothing(
    now: datetime, event: TradeEvent, organiser: Client
) -> None:
    silent, other = event.applications.select_related("producer").order_by("pk")
    factories.told(now, other, event.starts_on)
    page = text_of(organiser.get(f"{OFFICE}{event.code}/ban-hang/"))
    first = f"{event.starts_on:%d/%m/%Y}: 1"
    assert f"chưa ghi cho ngày {first}" in page
    assert f"chưa ghi cho ngày {timezone.localdate(now):%d/%m/%Y}: 2" in page
    assert f"{OFFICE}ho-so/{silent.code}/ngay/1/" in page
    assert f"{OFFICE}ho-so/{other.code}/ngay/1/" not in page


def test_a_visitor_takes_a_ticket_on_the_public_page(now: datetime, event: TradeEvent) -> None:
    visitor, public = Client(), f"/su-kien/{event.code}/"
    assert f"{public}lay-ve/" in text_of(visitor.get(public))
    assert visitor.get(f"{public}lay-ve/").status_code == 200
    assert not event.tickets.exists()  # looking takes none
    address = visitor.post(f"{public}lay-ve/").url
    ticket = event.tickets.get()
    assert address == f"{public}ve/{ticket.code}/"
    page = text_of(visitor.get(address))
    assert '<svg viewBox="0 0 ' in page  # of any size, so that it fills its place
    assert f"{ticket.code[:4]}-{ticket.code[4:]}".upper() in page
    paper = visitor.get(f"{public}ve/{ticket.code}.pdf")
    assert paper.content.startswith(b"%PDF")
    printed = factories.visitors(now, event, 1)[0]
    assert visitor.get(f"{public}ve/{printed.code}/").status_code == 404
    for _n in range(59):
        assert visitor.post(f"{public}lay-ve/").status_code == 302
    assert visitor.post(f"{public}lay-ve/").status_code == 422  # sixty an hour from one place
    assert event.tickets.filter(self_taken=True).count() == 60
    TradeEvent.objects.update(state="cancelled", cancelled_for="Bão số 7")
    assert "Sự kiện bị hủy: Bão số 7" in text_of(visitor.get(address))
    TradeEvent.objects.update(state="published", cancelled_for="")
    over = factories.going_on(now, applicants=1, since=4)
    assert visitor.get(f"/su-kien/{over.code}/lay-ve/").status_code == 404
    assert "lay-ve" not in text_of(visitor.get(f"/su-kien/{over.code}/"))
