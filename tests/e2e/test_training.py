"""A class from plan to certificate in a browser, with its door held without a network."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, Seed, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
OFFICE, OWN = "/dieu-hanh/tap-huan/", "/cua-toi/tap-huan/"


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
    page.get_by_role("link", name=words, exact=True).click()


def send(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def test_a_class_from_plan_to_certificate(office: Page, maker: Page, seed: Seed) -> None:
    office.goto(f"{OFFICE}chuong-trinh/moi/")
    office.get_by_label("Tên chương trình tập huấn").fill("Đóng gói sản phẩm")
    office.get_by_label("Đối tượng").select_option("producers")
    send(office, "Lưu")
    press(office, "Soạn bài kiểm tra")
    office.get_by_label("Câu hỏi và phương án").fill("Nhãn ghi gì?\n* Tên hàng hóa\n- Không ghi gì")
    send(office, "Lưu")
    press(office, "Lập lớp")
    day = timezone.localdate() + timedelta(days=5)
    office.get_by_label("Nơi học").fill("Hội trường thành phố")
    office.get_by_label("Các buổi học").fill(f"{day:%d/%m/%Y} 08:00-11:30")
    send(office, "Lưu")
    code = office.url.rstrip("/").rpartition("/")[2]
    press(office, "Mở đăng ký")
    send(office, "Mở đăng ký")

    maker.goto(f"{OWN}{code}/")
    maker.get_by_role("link", name="Đăng ký người học").click()
    maker.get_by_label("Họ và tên người đi học").fill("Học viên thử (mẫu)")
    send(maker, "Lưu")
    ticket = maker.locator(".ticket .code").inner_text()

    seed("training_seed", code, "5")  # the day has come
    office.goto(f"{OFFICE}lop/{code}/buoi/1/diem-danh/")
    expect(office.locator("form[data-ready]")).to_be_attached()
    expect(office.locator("[data-checkin-counts]")).to_contain_text("0 / 1")
    office.context.set_offline(True)
    office.get_by_label("Mã vé").fill(ticket)
    send(office, "Điểm danh")
    expect(office.locator("[data-checkin-result]")).to_contain_text("Mời vào")
    expect(office.locator("[data-checkin-waiting]")).to_contain_text("1")
    office.get_by_label("Mã vé").fill(ticket.lower())
    send(office, "Điểm danh")
    expect(office.locator("[data-checkin-result]")).to_contain_text("đã vào rồi")
    office.context.set_offline(False)
    office.get_by_role("button", name="Gửi ngay").click()
    expect(office.locator("[data-checkin-waiting]")).to_have_text("Không có lượt nào")
    expect(office.locator("[data-checkin-repeats]")).to_contain_text("Vé này đã vào lúc")

    office.goto(f"{OFFICE}lop/{code}/buoi/1/co-mat/")
    office.get_by_role("link", name="Bỏ điểm danh").click()
    office.get_by_label("Lý do").fill("Quét nhầm vé")
    send(office, "Bỏ điểm danh")
    office.get_by_label("Học viên thử (mẫu)").check()
    send(office, "Ghi có mặt")
    expect(office.locator("main")).to_contain_text("Mọi người có chỗ đã điểm danh")

    maker.reload()
    maker.get_by_role("link", name="Làm bài kiểm tra").click()
    maker.get_by_label("Tên hàng hóa").check()
    send(maker, "Nộp bài")
    expect(maker.locator("main")).to_contain_text("Đạt: đúng 1 trong 1 câu")

    seed("training_seed", code, "30")
    for step in ("Kết thúc lớp", "Cấp giấy chứng nhận"):
        office.goto(f"{OFFICE}lop/{code}/")
        press(office, step)
        send(office, step)
    office.goto(f"{OFFICE}giay-chung-nhan/?q=Học viên thử")
    office.locator("td a").first.click()
    expect(office.locator("main")).to_contain_text("Còn giá trị")
    expect(office.locator("main")).to_contain_text("Học viên thử (mẫu)")
    maker.reload()
    expect(maker.get_by_role("link", name=re.compile("^Giấy chứng nhận"))).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_training_have_no_fault_at_any_width(office: Page, width: int) -> None:
    office.set_viewport_size({"width": width, "height": 800})
    office.goto(f"{OFFICE}?state=open")
    lists = [OFFICE, *(f"{OFFICE}{name}/" for name in ("chuong-trinh", "chua-tap-huan"))]
    found = office.locator("td a").last.get_attribute("href")
    assert found is not None
    doors = [f"{found}buoi/1/{name}/" for name in ("diem-danh", "co-mat")]
    public = ("/tap-huan/", "/tap-huan/giay-chung-nhan/")
    for address in (*lists, found, *doors, *public):
        office.goto(address)
        assert Axe().run(office).response["violations"] == [], address
        assert office.evaluate("document.documentElement.scrollWidth") <= width, address
