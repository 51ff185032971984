"""The main jobs, done in a browser as their people do them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in
from tests.recognition.registries import HEADING, book, row

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
MOST_CLICKS = 6  # from the office's first page to the preview of a file


def test_buyer_finds_out_by_keyboard_alone_whether_a_star_holds(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#noi-dung")  # past the header
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("ao dai lua")
    page.keyboard.press("Enter")
    page.wait_for_url("**/san-pham/?*")
    first = page.locator("main .product a").first
    for _step in range(60):
        if first.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/san-pham/*/")
    expect(page.locator("h1")).to_contain_text("Áo dài lụa")
    expect(page.locator("main")).to_contain_text("sao")


def test_officer_sees_what_a_file_says_within_six_clicks(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row("Mắm nêm thử"), row("Cà phê thử", stars="đạt")))
    sign_in(page, email_of(Role.PROVINCIAL_OFFICER))
    page.goto("/dieu-hanh/")
    clicks = 0
    page.get_by_role("link", name="Nhập dữ liệu").first.click()
    clicks += 1
    page.set_input_files("input[type=file]", file)
    clicks += 2  # the button of the field, and the file in the window that opens
    page.get_by_role("button", name="Đọc tệp").click()
    clicks += 1
    expect(page.locator("main")).to_contain_text("Mắm nêm thử")
    expect(page.locator("main")).to_contain_text("Không hiểu hạng sao “đạt”")
    assert clicks <= MOST_CLICKS
    page.get_by_role("link", name="Bỏ tệp này").click()
    page.get_by_label("Lý do").fill("Chỉ đọc thử")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác")


def test_anybody_in_the_office_tries_a_score_sheet_and_reads_what_is_missing(page: Page) -> None:
    sign_in(page, email_of(Role.COMMUNE_OFFICER))
    page.goto("/dieu-hanh/cham-thu/1/")
    for group in page.locator("form fieldset .field").all():
        choices = group.locator("input[type=radio]")
        if count := choices.count():
            choices.nth(count // 2).check()
    page.get_by_role("button", name="Tính điểm").click()
    result = page.locator("#ket-qua").locator("..")
    expect(result).to_contain_text("tổng điểm")
    expect(result).to_contain_text("sao")


def test_language_stays_from_page_to_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Products").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_pages_work_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("main input[name=q]", "che")
    page.click("main form [type=submit]")
    expect(page.locator("main")).to_contain_text("sản phẩm")
    assert page.locator("main .product").count() > 0
    context.close()
