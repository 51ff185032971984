"""A fair from its call to the booths in a browser: the plan drawn, the allocation taken."""

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


def test_a_fair_from_its_call_to_a_booth(office: Page, maker: Page) -> None:
    today = timezone.localdate()
    office.goto(f"{OFFICE}moi/")
    office.get_by_label("Tên sự kiện").fill("Hội chợ thử (mẫu)")
    office.get_by_label("Ngày đầu").fill((today + timedelta(days=20)).isoformat())
    office.get_by_label("Ngày cuối").fill((today + timedelta(days=22)).isoformat())
    office.get_by_label("Nhận đăng ký đến hết ngày").fill((today + timedelta(days=9)).isoformat())
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


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_events_have_no_fault_at_any_width(office: Page, maker: Page, width: int) -> None:
    office.goto(f"{OFFICE}?state=selecting")
    address = office.locator("td a").first.get_attribute("href")
    maker.goto(OWN)
    own = maker.locator("main .inbox a").first.get_attribute("href")
    for page, paths in (
        (office, (OFFICE, address, f"{address}ho-so/", f"{address}so-do/", f"{address}so-do/sua/")),
        (maker, (OWN, own, "/su-kien/")),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(str(path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
