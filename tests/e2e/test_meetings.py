"""A demand in a browser: from its post by a buyer without an account to a contract followed up."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, awaited, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
OFFICE, OWN, PUBLIC = "/dieu-hanh/su-kien/ket-noi/", "/cua-toi/ket-noi/", "/nhu-cau/"
WAIT = 90  # seconds: the worker sends behind whatever else it does
BUYER = "thu-mua@nguoimua.example"


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


@pytest.fixture
def buyer(browser: Browser, site: str) -> Iterator[Page]:
    own = browser.new_context(base_url=site, locale="vi-VN")
    own.set_default_timeout(15_000)
    yield own.new_page()
    own.close()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).click()


def send(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def link_of(folder: Path) -> str:
    """The path that the buyer's letter leads to, once the worker has sent it."""
    file = folder / "sent" / "email.jsonl"

    def sent() -> str:
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            told = json.loads(line)
            if told["to"] == BUYER and (found := re.search(r"/nhu-cau/\S+/\S+/", told["text"])):
                return found[0]
        return ""

    return awaited(sent, WAIT, "no letter came")


def test_a_demand_from_its_post_to_a_contract_followed_up(
    office: Page, maker: Page, buyer: Page, folder: Path
) -> None:
    today = timezone.localdate()
    maker.goto(OWN)
    name = maker.locator("section[aria-labelledby=cung-ung] b").first.inner_text()

    buyer.goto(PUBLIC)
    press(buyer, "Gửi nhu cầu mua")
    buyer.get_by_label("Sản phẩm cần mua").fill(name)
    buyer.get_by_label("Số lượng mỗi tháng").fill("40")
    buyer.get_by_label("Tìm hàng đến hết ngày").fill((today + timedelta(days=30)).isoformat())
    buyer.get_by_label("Tên đơn vị mua").fill("Siêu thị thử (mẫu)")
    buyer.get_by_label("Người liên hệ").fill("Người mua thử (mẫu)")
    buyer.get_by_label("Thư điện tử").fill(BUYER)
    send(buyer, "Gửi nhu cầu")
    expect(buyer.locator("main")).to_contain_text("Hãy mở thư để xác nhận")
    buyer.goto(link_of(folder))
    send(buyer, "Xác nhận nhu cầu")
    expect(buyer.locator("main")).to_contain_text("Chờ văn phòng đăng")
    own = buyer.url

    office.goto(f"{OFFICE}?state=confirmed&q=thu")
    office.locator("td a", has_text=name).first.click()
    code = office.url.rstrip("/").rpartition("/")[2]
    press(office, "Đăng nhu cầu")
    send(office, "Đăng nhu cầu")
    expect(office.locator("main")).to_contain_text("đúng tên sản phẩm cần mua")

    maker.goto(f"{OWN}{code}/")
    press(maker, "Chào hàng")
    maker.get_by_label("Giá chào").fill("90.000")
    send(maker, "Gửi chào hàng")
    expect(maker.locator("main")).to_contain_text("Chờ người mua")
    expect(maker.locator("main")).not_to_contain_text(BUYER)
    buyer.goto(own)
    buyer.get_by_role("button", name="Muốn gặp").click()
    expect(buyer.locator("main")).to_contain_text("Người mua muốn gặp")
    maker.reload()
    expect(maker.locator("main")).to_contain_text(BUYER)

    office.goto(f"{OFFICE}buoi/moi/")
    office.get_by_label("Tên buổi kết nối").fill("Buổi thử (mẫu)")
    office.get_by_label("Nơi tổ chức").fill("Hội trường thử (mẫu)")
    office.get_by_label("Ngày", exact=True).fill((today + timedelta(days=9)).isoformat())
    office.get_by_label("Giờ bắt đầu").fill("08:30")
    send(office, "Lưu")
    press(office, "Xếp lịch gặp")
    send(office, "Xếp lịch gặp")
    expect(office.locator("main")).to_contain_text("đã chứng minh là tốt nhất")
    expect(office.locator("main table")).to_contain_text("Siêu thị thử (mẫu)")
    press(office, "Báo lịch gặp")
    send(office, "Báo lịch gặp")
    maker.goto(OWN)
    expect(maker.locator("main")).to_contain_text("Hội trường thử (mẫu)")

    maker.goto(f"{OWN}{code}/")
    maker.locator("main").get_by_role("link", name="Ghi biên bản, hợp đồng").first.click()
    maker.get_by_label("Loại").select_option("contract")
    maker.get_by_label("Hàng hóa").fill(name)
    maker.get_by_label("Ngày ký").fill((today - timedelta(days=85)).isoformat())
    maker.get_by_label("Giá trị (đồng)").fill("50.000.000")
    send(maker, "Lưu")
    expect(maker.locator("main")).to_contain_text("Siêu thị thử (mẫu)")
    maker.locator("main").get_by_role("link", name="Ghi kết quả").first.click()
    maker.get_by_label("Giá trị đã giao").fill("10.000.000")
    send(maker, "Lưu")
    expect(maker.locator("main")).to_contain_text("10.000.000 đồng đã giao")
    office.goto(f"{OFFICE}hop-dong/?q=thu")
    expect(office.locator("main")).to_contain_text("50.000.000")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_meetings_have_no_fault_at_any_width(
    office: Page, maker: Page, buyer: Page, width: int
) -> None:
    office.goto(f"{OFFICE}?state=open")
    demand = office.locator("td a").first.get_attribute("href")
    office.goto(f"{OFFICE}buoi/")
    meeting = office.locator("td a").first.get_attribute("href")
    office.goto(f"{OFFICE}hop-dong/")
    deal = office.locator("td a").first.get_attribute("href")
    maker.goto(f"{OWN}hop-dong/")
    own_deal = maker.locator("main .inbox a").first.get_attribute("href")
    buyer.goto(PUBLIC)
    posted = buyer.locator("main .inbox a").first.get_attribute("href")
    for page, paths in (
        (office, (OFFICE, demand, f"{OFFICE}buoi/", meeting, f"{OFFICE}hop-dong/", deal)),
        (maker, (OWN, f"{OWN}hop-dong/", own_deal)),
        (buyer, (PUBLIC, posted, f"{PUBLIC}gui/", f"{PUBLIC}da-gui/")),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(str(path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
