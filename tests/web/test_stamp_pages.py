"""Stamps as producer, office and inspector use them in a browser."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.traceability import stamp_keys, stamp_queries
from ocop.traceability.models import StampAllowance, StampKey, StampOrder, StampPrint
from ocop.traceability.serials import written
from ocop.traceability.services import exceptions
from tests.factories import ProducerFactory
from tests.traceability import stamps_making as making
from tests.world import member, person

pytestmark = pytest.mark.django_db
Captured = Callable[..., Any]


@pytest.fixture
def at() -> datetime:
    """Pages act now."""
    at = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=at)
    return at


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def office(at: datetime, role: Role = Role.PROVINCIAL_OFFICER) -> Client:
    return signed_in(person(at, role))


def page(client: Client, name: str, *arguments: object, **query: str) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def shape(order: StampOrder) -> list[tuple[int, str]]:
    return list(order.ranges.order_by("first").values_list("count", "state"))


def test_a_producer_orders_and_withdraws(at: datetime) -> None:
    item = making.sold(at)
    client = signed_in(member(at, item.product.producer))
    assert "Đặt tem" in page(client, "producer_stamps")
    assert "còn 2.000 tem" in page(client, "producer_stamp_new", item.code)
    sent = client.post(
        reverse("producer_stamp_new", args=[item.code]), {"quantity": "400", "wet": "on"}
    )
    order = StampOrder.objects.get()
    assert sent.headers["Location"] == reverse("producer_stamp_order", args=[order.code])
    assert (order.quantity, order.wet, order.hidden) == (400, True, False)
    assert "chờ Văn phòng duyệt" in page(client, "producer_stamp_order", order.code)
    client.post(reverse("producer_stamp_step", args=[order.code, "rut"]), {"reason": "Đặt nhầm"})
    order.refresh_from_db()
    assert (order.state, order.answer) == ("withdrawn", "Đặt nhầm")
    told = page(client, "producer_stamps")
    assert "Đã rút" in told
    assert "đã đặt 0 trên 2.000 tem, còn 2.000" in told


def test_more_than_the_allowance_is_told_at_the_field(at: datetime) -> None:
    item = making.sold(at)
    client = signed_in(member(at, item.product.producer))
    told = client.post(reverse("producer_stamp_new", args=[item.code]), {"quantity": "2001"})
    assert "không đủ cho 2.001" in told.content.decode()
    assert not StampOrder.objects.exists()


def test_the_office_brings_an_order_to_the_producer(
    at: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.requested(at, quantity=100)
    client = office(at)
    assert order.code.upper() in page(client, "office:stamp_orders")

    def step(name: str, **form: str) -> None:
        address = reverse("office:stamp_step", args=[order.code, name])
        assert client.get(address).status_code == 200
        answer = client.post(address, form)
        assert answer.status_code == 302, answer.content.decode()

    step("duyet")
    assert shape(order) == [(100, "ordered")]
    order.refresh_from_db()
    told = page(client, "office:stamp_print_new", order.code)
    assert 'value="1-100"' in told or ">\n1-100<" in told or "1-100" in told
    form = {"kind": "csv", "places": "1-100", "module": "0,4"}
    with django_capture_on_commit_callbacks(execute=True):
        made = client.post(reverse("office:stamp_print_new", args=[order.code]), form)
    found = StampPrint.objects.get()
    assert made.headers["Location"] == reverse("office:stamp_print", args=[found.code])
    assert "Tải tệp" in page(client, "office:stamp_print", found.code)
    file = client.get(reverse("office:stamp_print_file", args=[found.code]))
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert content.count(b"\r\n") == 101
    assert file.headers["Cache-Control"] == "private, no-store"
    done = client.get(reverse("office:stamp_print_progress", args=[found.code]))
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")
    step("da-in", places="1-100", good="97", spoiled="5, 7", missing="100")
    step("giao", places="1-50, 60", document="1/BBGN")
    assert shape(order) == [(50, "delivered"), (9, "printed"), (1, "delivered"), (40, "printed")]
    told = page(client, "office:stamp_order", order.code)
    for words in ("Hỏng khi in", "51–59", "1–50", "Đã giao, chờ kích hoạt", "Tệp in"):
        assert words in told
    history = page(client, "office:stamp_order", order.code, tab="activity")
    assert "Xác nhận in tem, đối chiếu" in history
    assert "Đặt tem" in history


def test_a_sum_that_is_wrong_stays_in_the_form(at: datetime) -> None:
    order = making.approved(at)
    answer = office(at).post(
        reverse("office:stamp_step", args=[order.code, "da-in"]),
        {"places": "1-100", "good": "90", "spoiled": "1-3"},
    )
    assert "Đạt 90 + hỏng 3 + thiếu 0 = 93, khác 100" in answer.content.decode()
    assert shape(order) == [(100, "ordered")]


def test_a_serial_read_off_a_stamp_names_it(at: datetime) -> None:
    order = making.approved(at)
    serial = written(stamp_keys.serial_key(0), (order.first or 0) + 6)
    office(at).post(
        reverse("office:stamp_step", args=[order.code, "da-in"]),
        {"places": "1-100", "good": "99", "spoiled": " ".join([serial[:10], serial[10:]])},
    )
    row = order.exceptions.get()
    assert (row.first - (order.first or 0) + 1, row.count, row.kind) == (7, 1, "voided")


def test_a_producer_activates_part_for_a_lot(at: datetime) -> None:
    order = making.delivered(at)
    client = signed_in(member(at, order.item.product.producer))
    lacking = making.make_lot(order.item, at, number="L-09")
    lot = making.traced(order.item, at)
    address = reverse("producer_stamp_step", args=[order.code, "kich-hoat"])
    form = client.get(address).content.decode()
    assert "L-01" in form
    assert "1-100" in form
    refused = client.post(address, {"lot": str(lacking.pk), "places": "1-30"}).content.decode()
    assert "còn thiếu" in refused
    assert "Các công đoạn" in refused
    client.post(address, {"lot": str(lot.pk), "places": "1-30"})
    assert shape(order) == [(30, "active"), (70, "delivered")]
    told = page(client, "producer_stamp_order", order.code)
    assert "Đang dùng" in told
    assert "Đã nhận, chưa kích hoạt" in told
    client.post(
        reverse("producer_stamp_step", args=[order.code, "dong"]),
        {"places": "1-10", "reason": "Bán hết"},
    )
    assert shape(order) == [(10, "closed"), (20, "active"), (70, "delivered")]


def test_a_producer_reports_lost_stamps_and_nothing_worse(at: datetime) -> None:
    order = making.delivered(at)
    client = signed_in(member(at, order.item.product.producer))
    address = reverse("producer_stamp_step", args=[order.code, "bao"])
    form = client.get(address).content.decode()
    assert 'value="lost"' in form
    assert 'value="suspicious"' not in form
    client.post(address, {"kind": "suspicious", "places": "3", "reason": "Lạ lắm"})
    assert not order.exceptions.exists()
    client.post(address, {"kind": "lost", "places": "3-5", "reason": "Rơi mất"})
    assert stamp_queries.tally_of(order).lost == 3


def test_the_office_lifts_what_was_said(at: datetime) -> None:
    order = making.active(at)
    (row,) = exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 5, 5),
        kind="suspicious",
        reason="Quét ở bảy tỉnh",
        at=at,
    )
    client = office(at, Role.INSPECTOR)
    address = reverse("office:stamp_lift", args=[order.code, row.pk])
    assert address in page(client, "office:stamp_order", order.code)
    client.post(address, {"reason": "Đã kiểm tra, tem thật"})
    row.refresh_from_db()
    assert row.lifted_at is not None
    assert client.get(address).status_code == 404


def test_a_step_that_is_not_possible_leads_back(at: datetime) -> None:
    order = making.approved(at)
    client = office(at)
    for name in ("giao", "kich-hoat", "dong", "duyet"):
        answer = client.get(reverse("office:stamp_step", args=[order.code, name]))
        assert answer.headers["Location"] == reverse("office:stamp_order", args=[order.code])
    assert client.get(reverse("office:stamp_step", args=[order.code, "bay"])).status_code == 404
    waiting = making.requested(at)
    address = reverse("office:stamp_step", args=[waiting.code, "giao"])
    assert client.post(address, {"places": "1"}).status_code == 404
    done = making.printed(at)
    answer = client.get(reverse("office:stamp_print_new", args=[done.code]))
    assert answer.headers["Location"] == reverse("office:stamp_order", args=[done.code])


def test_a_file_is_asked_for_with_its_measures(at: datetime) -> None:
    order = making.approved(at)
    client = office(at)
    address = reverse("office:stamp_print_new", args=[order.code])
    form = {"kind": "a4", "places": "1-100", "module": "0,5", "across": "30", "columns": "6"}
    client.post(address, form | {"marks": "on", "first_words": "Chè"})
    layout = StampPrint.objects.get().layout
    assert (layout["module"], layout["across"], layout["columns"]) == (0.5, 30.0, 6)
    assert (layout["words"], layout["marks"], layout["rows"]) == (["Chè"], True, None)
    for wrong, words in (
        ({"module": "0,1"}, "Ít nhất phải là 0,33 mm"),
        ({"columns": "20"}, "Nhiều nhất là 7"),
        ({"places": "1-3, 9"}, "một khoảng liền nhau"),
        ({"places": "999"}, "không nằm trong đơn"),
        ({"kind": "hidden"}, "hidden"),
    ):
        assert words in client.post(address, form | wrong).content.decode()
    assert StampPrint.objects.count() == 1


def test_the_password_is_shown_when_it_is_asked_for(
    at: datetime, django_capture_on_commit_callbacks: Captured
) -> None:
    order = making.approved(at, hidden=True)
    client = office(at)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("office:stamp_print_new", args=[order.code]),
            {"kind": "hidden", "places": "1-100", "module": "0,4"},
        )
    made = StampPrint.objects.get()
    word = making.printing.tell_password(actor=SYSTEM, made=made, at=at)
    assert word not in page(client, "office:stamp_print", made.code)
    told = client.post(reverse("office:stamp_print_password", args=[made.code]))
    assert word in told.content.decode()
    assert "no-store" in told.headers["Cache-Control"]


def test_a_file_that_waits_failed_or_is_gone_says_so(at: datetime) -> None:
    order = making.approved(at)
    made = making.printing.ask_print(actor=SYSTEM, order=order, wish=making.wish(order), at=at)
    client = office(at)
    assert "Đang chờ đến lượt" in page(client, "office:stamp_print", made.code)
    waiting = client.get(reverse("office:stamp_print_progress", args=[made.code]))
    assert "Đang chờ đến lượt" in waiting.content.decode()
    file = reverse("office:stamp_print_file", args=[made.code])
    assert client.get(file).status_code == 404
    StampPrint.objects.update(state="failed", failure="Hết chỗ trên đĩa")
    assert "Hết chỗ trên đĩa" in page(client, "office:stamp_print", made.code)
    StampPrint.objects.update(state="removed")
    assert "bị xóa" in page(client, "office:stamp_print", made.code)


def test_allowances_are_listed_and_set(at: datetime) -> None:
    item = making.sold(at)
    making.requested(at, item, quantity=700)
    maker = item.product.producer
    client = office(at)
    assert "1.300" in page(client, "office:stamp_allowances")
    address = reverse("office:stamp_allowance", args=[maker.code])
    year = timezone.localdate(at).year
    low = client.post(address, {"year": str(year), "quantity": "600"}).content.decode()
    assert "không thể thấp hơn" in low
    client.post(address, {"year": str(year), "quantity": "9000"})
    assert StampAllowance.objects.get().quantity == 9_000
    auditor = page(office(at, Role.AUDITOR), "office:stamp_allowances")
    assert address not in auditor


def test_a_producer_without_orders_is_found_and_given_an_allowance(at: datetime) -> None:
    maker = ProducerFactory(name="Hợp tác xã Rau sạch Vân Nội")
    ProducerFactory(name="Hộ Trần Thị Mây")
    client = office(at)
    choose = reverse("office:stamp_allowance_choose")
    assert f'href="{choose}"' in page(client, "office:stamp_allowances")
    assert "Trần Thị Mây" not in page(client, "office:stamp_allowance_choose")
    found = page(client, "office:stamp_allowance_choose", q="rau sach van noi")
    address = reverse("office:stamp_allowance", args=[maker.code])
    assert f'href="{address}"' in found
    assert "được 2.000 tem, đã đặt 0" in found
    assert "Trần Thị Mây" not in found
    client.post(address, {"year": str(timezone.localdate(at).year), "quantity": "9000"})
    assert StampAllowance.objects.get().producer == maker
    found = page(client, "office:stamp_allowance_choose", q="rau sach")
    assert "được 9.000 tem" in found
    assert "Không có chủ thể nào khớp" in page(client, "office:stamp_allowance_choose", q="zzzz")


def test_the_search_of_producers_says_when_there_are_more(at: datetime) -> None:
    ProducerFactory.create_batch(21, name="Hợp tác xã Chè")
    found = page(office(at), "office:stamp_allowance_choose", q="che")
    assert found.count("Hợp tác xã Chè") == 20
    assert "Còn chủ thể khác khớp" in found


def test_only_who_manages_stamps_chooses_a_producer(at: datetime) -> None:
    auditor = office(at, Role.AUDITOR)
    assert "Đặt hạn mức cho chủ thể" not in page(auditor, "office:stamp_allowances")
    assert auditor.get(reverse("office:stamp_allowance_choose")).status_code == 403


def test_the_head_changes_the_key_and_sees_when_it_is_lost(at: datetime) -> None:
    head, officer = office(at, Role.OFFICE_HEAD), office(at)
    assert "Chưa có khóa tem" in page(head, "office:stamp_keys")
    making.approved(at)
    assert officer.get(reverse("office:stamp_rotate")).status_code == 403
    head.post(reverse("office:stamp_rotate"), {"reason": "Thay khóa hằng năm"})
    assert StampKey.objects.get(in_use=True).version == 1
    stamp_keys.path().unlink()
    assert "Thiếu khóa tem" in page(head, "office:stamp_keys")
    admin = office(at, Role.ADMINISTRATOR)
    assert "Thiếu khóa tem" in page(admin, "administration:home")


def test_a_stamp_is_looked_up_by_who_holds_it(at: datetime, settings: LazySettings) -> None:
    order = making.active(at)
    client = office(at, Role.INSPECTOR)
    serial = written(stamp_keys.serial_key(0), (order.first or 0) + 9)
    told = page(
        client, "office:stamp_check", serial=f"{settings.OCOP_STAMP_URL}/S/{serial.lower()}"
    )
    for words in ("tem số 10", order.item.product.name, "L-01", "Đã kích hoạt"):
        assert words in told
    assert "tem giả" in page(client, "office:stamp_check", serial="0" * 20)
    unknown = written(stamp_keys.serial_key(0), 10_000)
    assert "chưa cấp cho đơn nào" in page(client, "office:stamp_check", serial=unknown)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_database_the_same_for_one_row_and_for_three(
    at: datetime, count: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(count):
        making.approved(at)
    client = office(at)
    for name in ("office:stamp_orders", "office:stamp_allowances"):
        page(client, name)
        with django_assert_max_num_queries(25):
            page(client, name)
    book = client.get(reverse("office:stamp_orders"), {"format": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "ordered"}, {"ordered"}),
        ({"stage": "requested"}, {"requested"}),
        ({"hidden": "yes"}, {"requested"}),
        ({"hidden": "no"}, {"ordered"}),
        ({"q": "che xanh"}, {"ordered"}),
        ({"q": "khong co"}, set()),
    ],
)
def test_orders_are_found(at: datetime, query: dict[str, str], found: set[str]) -> None:
    item = making.sold(at)
    item.product.name, item.product.folded = "Chè xanh", "che xanh"
    item.product.save()
    orders = {"ordered": making.approved(at, item), "requested": making.requested(at, hidden=True)}
    told = page(office(at), "office:stamp_orders", **query)
    assert {name for name, order in orders.items() if order.code.upper() in told} == found
    assert orders["ordered"].code.upper() in page(
        office(at), "office:stamp_orders", q=orders["ordered"].code.upper()
    )
