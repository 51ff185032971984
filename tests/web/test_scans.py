"""Scans and signals as the office, inspectors and producers see them."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.places.models import Level
from ocop.traceability import stamp_lists
from ocop.traceability.journal import FORGED
from ocop.traceability.models import (
    ScanPlaceDay,
    ScanSignal,
    StampException,
    StampOrder,
    StampSeen,
)
from ocop.traceability.scans import draining, journals, periods
from ocop.traceability.scans import options as limits
from ocop.traceability.scans.queries import PlaceLine, Sums
from ocop.web.scans import places_chart
from tests.factories import ProductFactory, UnitFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.scans.scenery import (
    DAY,
    FAR,
    MINUTE,
    START,
    Scenery,
    build,
    look,
    scan,
    write,
)
from tests.traceability.stamping import make_order, serial
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def scenery(now: datetime) -> Scenery:
    """A copied stamp among ordinary looks, yesterday and today."""
    found = build(commune=build_places(now).here, name="HTX Chè Sạch")
    options.set_option(actor=SYSTEM, option=limits.EARLY, value=0, at=now)
    write(
        *(look(START - DAY + n * MINUTE, phone=n, lot="L-01") for n in range(3)),
        scan(START, phone=5),
        scan(START + 10 * MINUTE, phone=6, place=FAR),
        scan(START + MINUTE, version=FORGED, number=4),
    )
    draining.drain(journals.source())
    return found


def signed_in(client: Client, now: datetime, role: Role | None, unit: object = None) -> Client:
    client.force_login(person(now, role, unit))  # type: ignore[arg-type]
    return client


@pytest.fixture
def office(client: Client, now: datetime) -> Client:
    return signed_in(client, now, Role.PROVINCIAL_OFFICER)


@pytest.fixture
def inspector(client: Client, now: datetime) -> Client:
    return signed_in(client, now, Role.INSPECTOR)


def workbook(client: Client, name: str, **asked: str) -> list[list[object]]:
    answer = client.get(reverse(name), asked | {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    return [row for row in book.get_sheet_by_index(0).to_python() if any(row)]


def test_summary_tells_the_month(office: Client, scenery: Scenery) -> None:
    page = office.get(reverse("office:scans"))
    text = page.content.decode()
    assert "Tháng 11/2026" in text
    told = {figure.words: figure.value for figure in page.context["figures"]}
    assert told["lượt quét"] == "5"
    assert told["tem được quét lần đầu"] == "1"
    assert told["lượt thử mã giả"] == "4"
    assert scenery.items[0].product.name in text
    assert "2 nghi vấn chưa kết luận" in text  # too far, and before activation at nine o'clock
    assert "Đã đếm đến lượt quét lúc" in text


def test_summary_of_another_time_says_that_there_is_nothing(
    office: Client, scenery: Scenery
) -> None:
    write(look(START - 40 * DAY))
    draining.drain(journals.source())
    page = office.get(reverse("office:scans"), {"period": "2026-10"})
    assert page.context["figures"][0].value == "1"
    year = office.get(reverse("office:scans"), {"period": "2026"})
    assert year.context["figures"][0].value == "6"
    assert "Lượt quét theo tháng" in year.content.decode()
    wrong = office.get(reverse("office:scans"), {"period": "2031-01"}).content.decode()
    assert "2031-01" in wrong
    assert "Lượt quét theo ngày" not in wrong


def test_summary_before_the_first_scan(office: Client, now: datetime) -> None:
    build_places(now)
    page = office.get(reverse("office:scans")).content.decode()
    assert "Tháng 11/2026: chưa có lượt quét nào" in page


def test_lists_and_their_workbooks(office: Client, scenery: Scenery) -> None:
    rows = workbook(office, "office:scan_items")
    head = next(row for row in rows if row[0] == "Sản phẩm")
    assert head[2:] == [
        "Chủ thể", "Lượt quét", "Lượt thiết bị", "Tem quét lần đầu", "Tem đã kích hoạt",
        "Trong đó có người quét", "Tỷ lệ tem có người quét",
    ]  # fmt: skip
    assert rows[-1][2:] == ["HTX Chè Sạch", 5, 5, 1, 10, 1, 10]
    days = workbook(office, "office:scan_days")
    assert [row[1:] for row in days[-2:]] == [[2, 2, 1, 4, 0], [3, 3, 0, 0, 0]]
    places = workbook(office, "office:scan_places")
    assert [row[:2] for row in places[-2:]] == [["Thành phố Hà Nội", 4], [f"Tỉnh {FAR}", 1]]


def test_product_province_and_day_together(office: Client, scenery: Scenery) -> None:
    rows = workbook(office, "office:scan_rows")
    told = [row for row in rows if str(row[0]).startswith("2026")]
    assert sum(row[6] for row in told) == 5  # forged serials are of no product
    found = workbook(office, "office:scan_rows", place="96")
    assert [(r[5], r[6]) for r in found if str(r[0]).startswith("2026")] == [("Tỉnh 96", 1.0)]
    page = office.get(reverse("office:scan_rows"), {"item": scenery.items[0].code, "q": "che"})
    assert page.status_code == 200


def test_every_report_has_its_workbook(office: Client, scenery: Scenery, now: datetime) -> None:
    for name, args in (("office:scans", ()), ("office:scan_item", (scenery.items[0].code,))):
        answer = office.get(reverse(name, args=args), {"format": "xlsx"})
        assert answer["Content-Type"].endswith("spreadsheetml.sheet"), name
        assert b"".join(answer)[:2] == b"PK"
    own = Client()
    own.force_login(member(now, scenery.items[0].product.producer))
    for name, args in (("producer_scans", ()), ("producer_scan_item", (scenery.items[0].code,))):
        answer = own.get(reverse(name, args=args), {"format": "xlsx"})
        assert answer["Content-Type"].endswith("spreadsheetml.sheet"), name
        assert b"".join(answer)[:2] == b"PK"


def test_list_of_products_is_searched(office: Client, scenery: Scenery) -> None:
    name = scenery.items[0].product.name
    found = office.get(reverse("office:scan_items"), {"q": name.split()[-1]})
    assert len(found.context["table"].rows) == 1
    assert (
        len(office.get(reverse("office:scan_items"), {"q": "khôngcó"}).context["table"].rows) == 0
    )


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_as_often_for_three_products_as_for_one(
    office: Client, scenery: Scenery, many: int
) -> None:
    write(*(look(gtin=item.gtin or item.code.upper()) for item in scenery.items[:many]))
    draining.drain(journals.source())
    office.get(reverse("office:scan_items"))
    with CaptureQueriesContext(connection) as counted:
        page = office.get(reverse("office:scan_items"))
    assert len(page.context["table"].rows) == many
    assert len(counted) <= 16


def test_product_by_day_province_and_lot(office: Client, scenery: Scenery) -> None:
    item = scenery.items[0]
    page = office.get(reverse("office:scan_item", args=[item.code])).content.decode()
    for told in ("L-01", "Thành phố Hà Nội", "10,0 %", "1 trong 10 tem đã kích hoạt"):
        assert told in page
    assert "Hai nơi quá xa" in page
    assert office.get(reverse("office:scan_item", args=["00000000"])).status_code == 404


def test_commune_sees_its_makers_and_no_signals(
    client: Client, scenery: Scenery, now: datetime
) -> None:
    officer = signed_in(
        client, now, Role.COMMUNE_OFFICER, scenery.items[0].product.producer.commune
    )
    page = officer.get(reverse("office:scans"))
    assert page.context["figures"][0].value == "5"
    assert "lượt thử mã giả" not in [figure.words for figure in page.context["figures"]]
    assert "nghi vấn chưa kết luận" not in page.content.decode()
    item = officer.get(reverse("office:scan_item", args=[scenery.items[0].code]))
    assert "Hai nơi quá xa" not in item.content.decode()
    assert officer.get(reverse("office:signals")).status_code == 403


def test_producer_sees_own_scans(client: Client, scenery: Scenery, now: datetime) -> None:
    client.force_login(member(now, scenery.items[0].product.producer))
    page = client.get(reverse("producer_scans"))
    assert page.context["figures"][0].value == "5"
    item = client.get(reverse("producer_scan_item", args=[scenery.items[0].code]))
    assert "L-01" in item.content.decode()
    assert "nghi vấn" not in item.content.decode().lower()


def test_producer_sees_no_scans_of_others(client: Client, scenery: Scenery, now: datetime) -> None:
    from tests.factories import ProducerFactory

    client.force_login(member(now, ProducerFactory()))
    assert "chưa có lượt quét nào" in client.get(reverse("producer_scans")).content.decode()
    address = reverse("producer_scan_item", args=[scenery.items[0].code])
    assert client.get(address).status_code == 404


# --- Signals.


def far() -> ScanSignal:
    return ScanSignal.objects.get(rule="far")


def step(client: Client, key: str, **form: str) -> str:
    address = reverse("office:signal_step", args=[far().code, key])
    return client.post(address, form, follow=True).content.decode()


def test_list_of_signals_by_state_rule_and_words(inspector: Client, scenery: Scenery) -> None:
    def rules(**asked: str) -> set[str]:
        table = inspector.get(reverse("office:signals"), asked).context["table"]
        return {row.record.rule for row in table.rows}

    assert rules() == {"far", "early"}
    assert rules(rule="far") == {"far"}
    assert rules(state="open") == {"far", "early"}
    assert rules(state="closed") == set()
    assert rules(q=far().code.upper()) == {"far"}
    assert rules(q=scenery.items[0].product.name.split()[-1]) == {"far", "early"}
    assert rules(q="khôngcó") == set()
    rows = workbook(inspector, "office:signals")
    assert rows[-2][:2] == [far().code, "Hai nơi quá xa trong thời gian quá ngắn"]


def test_signal_tells_what_was_seen(inspector: Client, scenery: Scenery) -> None:
    page = inspector.get(reverse("office:signal", args=[far().code])).content.decode()
    told = (
        "Quét ở Thành phố Hà Nội lúc 00:00 23/11/2026, rồi ở Tỉnh 96 lúc 00:10 23/11/2026: hai nơi "
        "cách nhau ít nhất 1.283 km mà chỉ cách 10 phút; với tốc độ 900 km/giờ cần 86 phút."
    )
    assert told in page  # the commune of Hà Nội that is nearest to Cà Mau counts
    assert "HTX Chè Sạch" in page
    assert "Quét trước khi kích hoạt" in page  # another one about the same order
    assert "2 lượt, 2 lượt thiết bị" in page
    order = far().order
    assert reverse("office:stamp_order", args=[order.code]) in page
    assert "tem số" in page


def test_signal_names_the_stamp_as_it_is_printed(inspector: Client, now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    signal = ScanSignal.objects.create(
        code="sgna2345", rule="devices", subject=f"stamp:0:{order.first + 4}", version=0,
        number=order.first + 4, order=order, item=order.item, measure=40, limit=30, facts={},
        first_at=now, last_at=now, raised_at=now, state="taken",
    )  # fmt: skip
    address = reverse("office:signal", args=[signal.code])
    page = inspector.get(address).content.decode()
    assert stamp_lists.grouped(serial(order, 4)) in page
    assert "tem số 5 của đơn" in page
    assert f"{reverse('office:stamp_check')}?serial={serial(order, 4)}" in page
    mark = reverse("office:signal_step", args=[signal.code, "nghi-ngo"])
    assert mark in page
    inspector.post(mark, {"reason": "Hai gói cùng một mã"})
    page = inspector.get(address).content.decode()
    assert "Tem đã ghi nghi ngờ" in page
    assert mark not in page


def scanned_early(order: StampOrder, place: int, now: datetime, **told: object) -> StampSeen:
    values = {
        "scans": 4, "clients": 3, "early": 4, "places_seen": FAR, "day": 0, "today": b"",
        "first_at": now, "last_at": now,
    }  # fmt: skip
    number = (order.first or 0) + place - 1
    UnitFactory(code=FAR, level=Level.PROVINCE, name="Tỉnh 96")
    return StampSeen.objects.create(version=0, number=number, **(values | told))


def early_signal(order: StampOrder, now: datetime) -> ScanSignal:
    return ScanSignal.objects.create(
        code="sgnc2345", rule="early", subject=f"order:{order.pk}", order=order, item=order.item,
        measure=4, limit=3, facts={}, first_at=now, last_at=now, raised_at=now,
    )  # fmt: skip


def test_signal_about_an_order_names_the_stamps_that_were_scanned(
    inspector: Client, now: datetime
) -> None:
    """Who looks into it must know which packs to look for, and where."""
    order = make_order(make_item(ProductFactory(), now), now)
    scanned_early(order, 7, now)
    other = StampSeen.objects.get()
    other.pk, other.number, other.early = None, other.number + 1, 0
    other.save()
    signal = early_signal(order, now)
    page = inspector.get(reverse("office:signal", args=[signal.code])).content.decode()
    assert stamp_lists.grouped(serial(order, 6)) in page
    assert "Tem số 7 của đơn, số lượt quét: 4." in page
    assert "Tỉnh 96" in page
    assert stamp_lists.grouped(serial(order, 7)) not in page


def test_signals_are_found_by_what_an_inspector_holds(inspector: Client, now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    scanned_early(order, 7, now)
    signal = early_signal(order, now)

    def found(text: str) -> list[str]:
        table = inspector.get(reverse("office:signals"), {"q": text}).context["table"]
        return [row.record.code for row in table.rows]

    address = f"HTTP://TESTSERVER/S/{serial(order, 6)}"
    for text in (serial(order, 6), stamp_lists.grouped(serial(order, 6)), address, order.code):
        assert found(text) == [signal.code], text
    assert found(serial(order, 2)) == []  # nobody scanned that one
    signal.lot = make_lot(order.item, now, number="26/1127")
    signal.save()
    assert found("26/11") == [signal.code]


def test_check_of_a_stamp_tells_its_scans_and_signals(inspector: Client, now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    asked = {"serial": serial(order, 6)}
    assert "chưa lần nào" in inspector.get(reverse("office:stamp_check"), asked).content.decode()
    scanned_early(order, 7, now)
    signal = early_signal(order, now)
    page = inspector.get(reverse("office:stamp_check"), asked).content.decode()
    assert "4 lượt, 3 lượt thiết bị" in page
    assert "Tỉnh 96" in page
    assert reverse("office:signal", args=[signal.code]) in page


def test_officer_of_a_commune_is_told_no_signals_of_a_stamp(client: Client, now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    scanned_early(order, 7, now)
    early_signal(order, now)
    officer = signed_in(client, now, Role.COMMUNE_OFFICER, build_places(now).here)
    page = officer.get(reverse("office:stamp_check"), {"serial": serial(order, 6)})
    assert "lượt thiết bị" not in page.content.decode()  # a producer of another commune
    assert "sgnc2345" not in page.content.decode()


def test_scans_of_no_known_province_are_none_of_other_provinces() -> None:
    lines = [PlaceLine(f"{n:02}", f"Tỉnh {n:02}", Sums(scans=20 - n)) for n in range(12)]
    lines.append(PlaceLine("", "", Sums(scans=500)))
    bars = places_chart(lines, periods.month(date(2026, 11, 23))).bars
    assert [(bar.label, bar.value) for bar in bars[10:]] == [
        ("Các tỉnh khác", 19), ("Không rõ nơi", 500),
    ]  # fmt: skip


def test_workbook_of_signals_holds_what_a_report_needs(inspector: Client, now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    ScanSignal.objects.create(
        code="sgnd2345", rule="devices", subject=f"stamp:0:{order.first}", version=0,
        number=order.first, order=order, item=order.item, measure=40, limit=30, facts={},
        first_at=now, last_at=now, raised_at=now, state="closed", finding="copied",
        conclusion="Ba gói cùng một mã", closed_at=now,
    )  # fmt: skip
    rows = workbook(inspector, "office:signals", q="sgnd2345")
    row = dict(zip(rows[-2], rows[-1], strict=True))
    assert (row["Đơn tem"], row["Số sê-ri"]) == (
        order.code.upper(), stamp_lists.grouped(serial(order, 0)),
    )  # fmt: skip
    assert (row["Mức đặt"], row["Căn cứ của kết luận"]) == (30, "Ba gói cùng một mã")


def test_signal_about_forged_codes_says_where_they_were_scanned(
    inspector: Client, scenery: Scenery, now: datetime
) -> None:
    signal = ScanSignal.objects.create(
        code="sgnb2345", rule="forged", subject="source:2026-11-23:00ff", measure=40, limit=20,
        facts={}, first_at=now, last_at=now, raised_at=now,
    )  # fmt: skip
    ScanPlaceDay.objects.filter(day=date(2026, 11, 23), place="01").update(forged=1_021)
    page = inspector.get(reverse("office:signal", args=[signal.code])).content.decode()
    assert "Mã giả quét trong ngày, theo tỉnh" in page
    assert "Thành phố Hà Nội: 1.021" in page


def test_inspector_goes_from_taking_to_a_finding(inspector: Client, scenery: Scenery) -> None:
    assert "Đã nhận xem xét." in step(inspector, "nhan")
    assert "Đã ghi chú." in step(inspector, "ghi-chu", reason="Đã gọi cho cửa hàng")
    done = step(inspector, "nghi-ngo", reason="Hai gói cùng một mã")
    assert "Đã ghi tem nghi ngờ." in done
    assert StampException.objects.filter(kind="suspicious").count() == 1
    refused = step(inspector, "ket-luan", finding="", conclusion="")
    assert far().state == "taken"
    assert "Kết luận" in refused
    assert "Đã ghi kết luận." in step(
        inspector, "ket-luan", finding="copied", conclusion="Ba gói cùng một mã"
    )
    page = inspector.get(reverse("office:signal", args=[far().code])).content.decode()
    for told in ("Tem bị sao chép, làm giả", "Ba gói cùng một mã", "Đã gọi cho cửa hàng"):
        assert told in page
    assert "Đã mở lại." in step(inspector, "xem-lai", reason="Có thêm ảnh chụp")
    again = inspector.get(reverse("office:signal", args=[far().code])).content.decode()
    for told in ("Tem bị sao chép, làm giả", "Ba gói cùng một mã"):  # the first conclusion
        assert told in again


def test_inspector_takes_a_mark_back_and_then_concludes_that_it_was_nothing(
    inspector: Client, scenery: Scenery
) -> None:
    step(inspector, "nghi-ngo", reason="Cùng mã ở hai nơi")
    refused = step(inspector, "ket-luan", finding="harmless", conclusion="Hàng ở hội chợ")
    assert "Hãy gỡ nghi ngờ" in refused
    page = inspector.get(reverse("office:signal", args=[far().code])).content.decode()
    mark = StampException.objects.get(kind="suspicious")
    lift = reverse("office:stamp_lift", args=[mark.order.code, mark.pk])
    assert f'href="{lift}"' in page
    inspector.post(lift, {"reason": "Hàng trưng bày, đã xem tận nơi"})
    done = step(inspector, "ket-luan", finding="harmless", conclusion="Hàng ở hội chợ")
    assert "Đã ghi kết luận." in done


def test_step_that_is_not_possible_now_leads_back_with_the_reason(
    inspector: Client, scenery: Scenery
) -> None:
    address = reverse("office:signal_step", args=[far().code, "xem-lai"])
    page = inspector.get(address, follow=True).content.decode()
    assert "Nghi vấn mới nên không thể" in page
    unknown = reverse("office:signal_step", args=[far().code, "bay"])
    assert inspector.get(unknown).status_code == 404


def test_auditor_reads_signals_and_is_offered_nothing(
    client: Client, scenery: Scenery, now: datetime
) -> None:
    auditor = signed_in(client, now, Role.AUDITOR)
    page = auditor.get(reverse("office:signal", args=[far().code]))
    assert page.context["steps"] == []
    assert auditor.get(reverse("office:signal_step", args=[far().code, "nhan"])).status_code == 403


def test_signals_wait_on_the_first_page(inspector: Client, scenery: Scenery) -> None:
    page = inspector.get(reverse("office:home"))
    assert "nghi vấn từ lượt quét tem" in page.content.decode()
