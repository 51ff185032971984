"""A fair from its call to its report in a browser: the plan drawn, the allocation taken, people let
in and sales told without a network."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
OFFICE, OWN = "/dieu-hanh/su-kien/", "/cua-toi/su-kien/"
DAYS = ("vao-cua", "ve", "ve/phat", "ngay/1/diem-danh", "ban-hang", "chi-phi", "bao-cao")
WAIT = 90_000  # the worker starts behind whatever else it does


@pytest.fixture
def office(context: BrowserContext) -> Page:
    page = context.new_page()
    sign_in(page, email_of(Role.PROVINCIAL_OFFICER))
    return page


@pytest.fixture
def maker(browser: Browser, site: str) -> Iterator[Page]:
    own = browser.new_context(base_url=site, locale="vi-VN")
    own.set_default_timeout(15_000)
    page = own.new_page()
    sign_in(page, email_of(Role.PRODUCER))
    yield page
    own.close()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).click()


def send(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def test_a_fair_from_its_call_to_its_report(office: Page, maker: Page) -> None:
    today = timezone.localdate()
    office.goto(f"{OFFICE}moi/")
    office.get_by_label("Tên sự kiện").fill("Hội chợ thử (mẫu)")
    office.get_by_label("Ngày đầu").fill(today.isoformat())
    office.get_by_label("Ngày cuối").fill((today + timedelta(days=2)).isoformat())
    office.get_by_label("Nhận đăng ký đến hết ngày").fill(today.isoformat())
    office.get_by_label("Nơi tổ chức").fill("Sân vận động (mẫu)")
    send(office, "Lưu")
    code = office.url.rstrip("/").rpartition("/")[2]

    office.goto(f"{OFFICE}{code}/so-do/sua/")
    office.get_by_label("Chiều rộng mặt bằng (m)").fill("24")
    office.get_by_label("Chiều sâu mặt bằng (m)").fill("12")
    office.get_by_role("button", name="Thêm gian").click()
    office.get_by_role("button", name="Nhân đôi").click()
    lines = office.locator("#id_spots")
    expect(lines).to_have_value("Z01; 0; 0; 3; 3\nZ02; 3; 0; 3; 3")
    drawing = office.get_by_role("application")
    drawing.press("ArrowRight")
    drawing.press("ArrowDown")
    expect(lines).to_have_value("Z01; 0; 0; 3; 3\nZ02; 3,5; 0,5; 3; 3")
    box = drawing.locator("rect.booth").first.bounding_box()
    assert box is not None
    office.mouse.move(box["x"] + 5, box["y"] + 5)
    office.mouse.down()
    office.mouse.move(box["x"] + 5, box["y"] + 65, steps=5)
    office.mouse.up()
    expect(lines).to_have_value(re.compile(r"Z01; 0; [1-9].*\nZ02; 3,5; 0,5; 3; 3"))
    send(office, "Lưu sơ đồ")
    expect(office.locator("figure.plan svg")).to_contain_text("Z02")

    for step in ("Mở đăng ký", "Đóng đăng ký"):
        office.goto(f"{OFFICE}{code}/")
        press(office, step)
        send(office, step)
        if step == "Mở đăng ký":
            maker.goto(f"{OWN}{code}/")
            maker.locator("main").get_by_role("link", name="Đăng ký tham gia").click()
            maker.get_by_label("Nhãn của các sản phẩm").check()
            maker.get_by_label("Người liên hệ").fill("Người liên hệ thử (mẫu)")
            send(maker, "Gửi đăng ký")
            expect(maker.locator("main")).to_contain_text("Chờ trả lời")

    office.goto(f"{OFFICE}{code}/so-do/")
    press(office, "Xếp gian tự động")
    send(office, "Xếp gian")
    expect(office.get_by_role("button", name="Đưa lên sơ đồ")).to_be_visible(timeout=WAIT)
    expect(office.locator("main")).to_contain_text("đã chứng minh là tốt nhất")
    send(office, "Đưa lên sơ đồ")
    office.goto(f"{OFFICE}{code}/")
    press(office, "Công bố kết quả")
    send(office, "Công bố kết quả")
    maker.reload()
    expect(maker.locator("main")).to_contain_text(re.compile("Gian Z0[12]"))
    maker.goto(f"/su-kien/{code}/")
    expect(maker.locator("main")).to_contain_text("Đơn vị tham gia")

    maker.goto(f"{OWN}{code}/")
    maker.get_by_role("link", name="Vé vào cửa của gian").click()
    maker.get_by_label("Họ tên người của gian").fill("Người trực gian (mẫu)")
    send(maker, "Thêm vé")
    ticket = maker.locator(".inbox .code").inner_text()
    let_in(office, code, ticket)
    tell_sales(maker, code)

    office.goto(f"{OFFICE}{code}/vao-cua/")
    office.get_by_role("link", name="Ghi khách không vé").click()  # of today: no other day has come
    office.get_by_label("Số khách không có vé").fill("1.200")
    send(office, "Lưu")
    office.goto(f"{OFFICE}{code}/chi-phi/")
    press(office, "Ghi khoản chi")
    office.get_by_label("Nội dung chi").fill("Thuê mặt bằng (mẫu)")
    office.get_by_label("Số tiền (đồng)").fill("3.000.000")
    send(office, "Lưu")
    press(office, "Báo cáo")
    expect(office.locator(".figures")).to_contain_text("4,5")
    expect(office.locator("main")).to_contain_text("4.500.000")
    expect(office.locator(".figures")).to_contain_text("1.200")
    expect(office.locator("main")).to_contain_text("3.000.000 đồng")
    for kind in ("XLSX", "DOCX"):
        with office.expect_download() as taken:
            press(office, kind)
        assert taken.value.suggested_filename.endswith(f".{kind.lower()}")


def let_in(office: Page, code: str, ticket: str) -> None:
    """At the gate, without a network: in once, told the second time."""
    office.goto(f"{OFFICE}{code}/vao-cua/")
    press(office, "Soát vé hôm nay")
    expect(office.locator("form[data-ready]")).to_be_attached()
    expect(office.locator("[data-checkin-counts]")).to_contain_text("0 / 1")
    office.context.set_offline(True)
    for shown, said in ((ticket, "Mời vào"), (ticket.lower(), "đã vào rồi")):
        office.get_by_label("Mã vé").fill(shown)
        send(office, "Điểm danh")
        expect(office.locator("[data-checkin-result]")).to_contain_text(said)
    expect(office.locator("[data-checkin-waiting]")).to_contain_text("2")
    office.context.set_offline(False)
    office.get_by_role("button", name="Gửi ngay").click()
    expect(office.locator("[data-checkin-waiting]")).to_have_text("Không có lượt nào")
    expect(office.locator("[data-checkin-repeats]")).to_contain_text("Vé này đã vào lúc")
    office.goto(f"{OFFICE}{code}/ve/")
    expect(office.locator("tbody tr")).to_contain_text(ticket)


def tell_sales(maker: Page, code: str) -> None:
    """What the booth sold today, without a network."""
    maker.goto(f"{OWN}{code}/")
    maker.locator("main .inbox").get_by_role("link").first.click()
    maker.get_by_label("Số mối liên hệ mới").fill("7")
    send(maker, "Gửi số bán")  # not without what was sold
    expect(maker.locator("[data-sales-waiting]")).to_be_hidden()
    maker.context.set_offline(True)
    maker.get_by_label("Bán tại gian").fill("4.500.000")
    send(maker, "Gửi số bán")
    expect(maker.locator("[data-sales-status]")).to_contain_text("Chưa có mạng")
    expect(maker.locator("[data-sales-list] li")).to_have_count(1)
    maker.context.set_offline(False)
    maker.evaluate("dispatchEvent(new Event('online'))")
    expect(maker.locator("[data-sales-status]")).to_contain_text("đã nhận")
    maker.goto(f"{OWN}{code}/")
    expect(maker.locator("main .inbox")).to_contain_text("4.500.000 đồng")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_events_have_no_fault_at_any_width(office: Page, maker: Page, width: int) -> None:
    office.goto(f"{OFFICE}?state=selecting")
    address = office.locator("td a").first.get_attribute("href")
    maker.goto(OWN)
    own = maker.locator("main .inbox a").first.get_attribute("href")
    office.goto(f"{OFFICE}?state=published&kind=goods_week")
    week = office.locator("td a").first.get_attribute("href")
    maker.goto(f"{OWN}{str(week).split('/')[-2]}/")
    day = maker.locator("main .inbox a").first.get_attribute("href")
    tickets = maker.get_by_role("link", name="Vé vào cửa của gian").get_attribute("href")
    for page, paths in (
        (office, (OFFICE, address, f"{address}ho-so/", f"{address}so-do/", f"{address}so-do/sua/")),
        (office, tuple(f"{week}{part}/" for part in DAYS)),
        (maker, (OWN, own, "/su-kien/", day, tickets)),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(str(path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
