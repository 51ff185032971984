"""The page that a stamp opens on a phone, and stamps told in the field without a network."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, Seed, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
FIELD = "/dieu-hanh/truy-xuat/hien-truong/"


@pytest.fixture(scope="module")
def stamps(seed: Seed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(seed("stamps_seed"))
    return found


def opened(page: Page, path: str) -> None:
    """The server learns of new stamps within a second."""
    for _ in range(20):
        answer = page.goto(path)
        assert answer is not None
        if answer.status == 200:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} is not there")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("place", [0, 1])
def test_page_of_a_stamp_has_no_fault_at_any_width(
    context: BrowserContext, stamps: dict[str, Any], width: int, place: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, f"/T/{stamps['serials'][place]}")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_of_a_stamp_needs_no_script_and_is_small(
    browser: Browser, site: str, stamps: dict[str, Any]
) -> None:
    """All that travels, photograph included, as an old phone without JavaScript fetches it."""
    plain = browser.new_context(base_url=site, java_script_enabled=False, locale="vi-VN")
    page = plain.new_page()
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
        ),
    )
    opened(page, f"/T/{stamps['serials'][0]}")
    page.get_by_role("heading", name="Thấy điều không đúng?").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main .band").first).to_contain_text("Còn hiệu lực")
    assert sum(sizes) <= 60_000
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="What this stamp says")).to_be_visible()
    page.get_by_role("link", name="Report a stamp or goods").click()
    expect(page.get_by_text(f"Stamp code {stamps['serials'][0]}, lot THU-1")).to_be_visible()
    plain.close()


def test_hidden_code_is_typed_in_on_the_page(
    browser: Browser, site: str, stamps: dict[str, Any]
) -> None:
    """From the page without a token to the answer; the code is wrong, so nothing is opened."""
    plain = browser.new_context(base_url=site, java_script_enabled=False, locale="vi-VN")
    page = plain.new_page()
    opened(page, f"/T/{stamps['serials'][2]}")
    page.get_by_label("Tem có lớp phủ?").fill("00000000")
    page.get_by_role("button", name="Kiểm tra mã dưới lớp phủ").click()
    expect(page.get_by_text("Không đúng số.")).to_be_visible()
    page.get_by_role("link", name="Về trang của tem").click()
    expect(page.get_by_role("heading", name="Mã tem này nói gì")).to_be_visible()
    plain.close()


def test_inspector_tells_stamps_without_a_network(
    context: BrowserContext, site: str, stamps: dict[str, Any]
) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, email_of(Role.INSPECTOR))
    page.goto(FIELD)
    page.wait_for_selector("form[data-ready]")
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Chủ thể", exact=True).select_option(label=stamps["producer"])
    page.get_by_role("button", name="Lưu vào máy").click()
    expect(page.get_by_role("button", name="Bỏ khỏi máy")).to_be_visible()
    page.reload()  # with its worker
    page.wait_for_selector("form[data-ready]")
    context.set_offline(True)
    page.goto(FIELD)
    page.wait_for_selector("form[data-ready]")
    result = page.locator("[data-field-result]")
    for typed, words in (
        (f"{site.upper()}/S/{stamps['serials'][0]}", "THU-1"),
        (f"HTTPS://ID.OCOP.VN/S/{stamps['serials'][0]}", "không phải của hệ thống này"),
        (f"{site}/01/09520000003029/21/{stamps['serials'][0]}", "không phải của hàng ghi trong mã"),
        (stamps["serials"][1].lower(), "Tem này đã bị hủy"),
        ("0" * 20, "Không có trong máy này"),
    ):
        page.get_by_label("Mã tem hoặc địa chỉ").fill(typed)
        page.get_by_role("button", name="Tra tem").click()
        expect(result).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.set_offline(False)
    page.get_by_role("button", name="Bỏ khỏi máy").click()
    expect(page.get_by_role("button", name="Bỏ khỏi máy")).to_have_count(0)
    assert wrong == []
