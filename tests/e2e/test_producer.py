"""A producer writes a dossier: saved by itself, without a network, past the end of a session."""

import re
import secrets
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
PRODUCER = email_of(Role.PRODUCER)
CLAIM = "textarea[name=claim]"


def begun(page: Page) -> str:
    """The address of a dossier that is still written; begun when there is none."""
    page.goto("/cua-toi/ho-so/")
    drafts = page.locator("main tbody tr", has_text="Bạn đang soạn").locator("th a")
    if drafts.count():
        return drafts.first.get_attribute("href") or ""
    addresses = page.locator("main a[href*='/ho-so/moi/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for address in addresses:
        page.goto(address)
        if page.locator("input[name=kind]").count():
            page.locator("input[name=kind]").first.check()
            page.click("main form [type=submit]")
            page.wait_for_url(re.compile(r"/ho-so/\w{8}/$"))
            return re.sub(r"^https?://[^/]+", "", page.url)
    raise AssertionError("no product can begin")


def status(page: Page, words: str) -> None:
    expect(page.locator(".saved")).to_contain_text(words)


def picture() -> bytes:
    """One that is in no library yet."""
    into = BytesIO()
    Image.new("RGB", (600, 400), tuple(secrets.token_bytes(3))).save(into, "PNG")
    return into.getvalue()


def test_what_is_written_is_saved_by_itself_whatever_happens(context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, PRODUCER)
    criterion = f"{begun(page)}tieu-chi/1.1/"
    page.goto(criterion)
    page.locator("input[name=level]").last.check()
    page.fill(CLAIM, "Nguyên liệu trong xã")
    status(page, "Đã lưu")
    assert page.locator("#tu-cham .figure b").first.inner_text() != "0"

    context.set_offline(True)
    page.fill(CLAIM, "Gõ khi mất mạng")
    status(page, "Chưa có mạng")
    context.set_offline(False)
    status(page, "Đã lưu")

    context.clear_cookies(name="sessionid")
    page.fill(CLAIM, "Gõ sau khi hết phiên")
    status(page, "Phiên đăng nhập đã hết")
    page.click(".saved a")
    page.fill("input[name=login]", PRODUCER)
    page.fill("input[name=password]", "ocop-mau-2026")
    page.click("main form [type=submit]")
    page.wait_for_url(f"**{criterion}")
    status(page, "Đã lưu")
    page.reload()
    expect(page.locator(CLAIM)).to_have_value("Gõ sau khi hết phiên")

    context.clear_cookies()  # the token of the forms is gone, too
    page.fill(CLAIM, "Gõ sau khi xóa mọi cookie")
    status(page, "Phiên đăng nhập đã hết")
    page.click(".saved a")
    page.fill("input[name=login]", PRODUCER)
    page.fill("input[name=password]", "ocop-mau-2026")
    page.click("main form [type=submit]")
    page.wait_for_url(f"**{criterion}")
    status(page, "Đã lưu")
    page.reload()
    expect(page.locator(CLAIM)).to_have_value("Gõ sau khi xóa mọi cookie")

    page.click("button:has-text('Lưu và tiếp')")
    page.wait_for_url("**/tieu-chi/1.2/")
    assert page.evaluate("localStorage.length") == 0


def test_what_two_windows_wrote_is_shown_and_the_second_chooses(
    browser: Browser, site: str, context: BrowserContext
) -> None:
    page = context.new_page()
    sign_in(page, PRODUCER)
    criterion = f"{begun(page)}tieu-chi/1.4/"
    page.goto(criterion)
    with browser.new_context(base_url=site, locale="vi-VN") as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, PRODUCER)
        other.goto(criterion)

        def written(window: Page, words: str, said: str) -> None:
            window.fill(CLAIM, words)
            status(window, said)

        written(other, "Bản lưu trước", "Đã lưu")
        written(page, "Bản lưu sau", "so hai bản")
        both = page.locator("[data-clash]")
        expect(both).to_contain_text("Bản lưu sau")
        expect(both).to_contain_text("Bản lưu trước")
        assert Axe().run(page).response["violations"] == []
        page.reload()  # nothing typed is lost, and the other text is not gone over unseen
        expect(both).to_contain_text("Bản lưu trước")
        expect(page.locator(CLAIM)).to_have_value("Bản lưu sau")
        both.get_by_role("button", name="Giữ bản của tôi").click()
        status(page, "Đã lưu")
        expect(both).to_have_count(0)

        written(other, "Bản thứ ba", "so hai bản")
        other.locator("[data-clash]").get_by_role("button", name="Bỏ bản của tôi").click()
        expect(other.locator(CLAIM)).to_have_value("Bản lưu sau")
        other.reload()
        expect(other.locator(CLAIM)).to_have_value("Bản lưu sau")
        assert other.evaluate("localStorage.length") == 0


def test_a_paper_is_brought_once_and_used_again(page: Page) -> None:
    title = f"Hợp đồng nguyên liệu {secrets.token_hex(3)}"
    sign_in(page, PRODUCER)
    dossier = begun(page)
    page.goto(f"{dossier}tieu-chi/1.1/")
    page.click("a[href*='/minh-chung/them/']")
    file = {"name": "phieu.png", "mimeType": "image/png", "buffer": picture()}
    page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]
    page.fill("input[name=title]", title)
    page.select_option("select[name=type]", "raw_material")
    page.click("main form [type=submit]")
    expect(page.locator("#minh-chung")).to_contain_text(title)
    page.goto(f"{dossier}tieu-chi/1.2/")
    page.select_option("select[name=evidence]", label=title)
    page.click("button:has-text('Gắn vào tiêu chí')")
    expect(page.locator("#minh-chung")).to_contain_text(title)


def test_the_pages_are_clean_at_every_width(page: Page) -> None:
    sign_in(page, PRODUCER)
    dossier = begun(page)
    paths = ("", "phieu/san-pham/", "tieu-chi/1.1/", "dieu-kien/", "tu-cham/", "nop/", "rut/")
    page.goto("/cua-toi/")
    new = page.get_by_role("link", name="Khai sản phẩm mới").first.get_attribute("href") or ""
    for path in ("/cua-toi/", new, "/cua-toi/ho-so/", "/cua-toi/minh-chung/", *paths):
        page.goto(path if path.startswith("/") else dossier + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (path, width)
            found = Axe().run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["target"]) for v in found] == [], (path, width)


def test_the_keyboard_reaches_level_words_and_the_button(page: Page) -> None:
    sign_in(page, PRODUCER)
    page.goto(f"{begun(page)}tieu-chi/1.3/")
    page.locator("input[name=level]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "level"
    seen = []
    for _press in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
    assert "claim" in seen
    assert "submit" in seen


def test_the_score_at_the_foot_of_a_phone_covers_nothing_that_has_the_focus(page: Page) -> None:
    """WCAG 2.2, 2.4.11: what takes the focus is not hidden by what the author put over it."""
    page.set_viewport_size({"width": 360, "height": 640})
    sign_in(page, PRODUCER)
    dossier = begun(page)
    for path in ("tieu-chi/1.4/", "phieu/san-pham/", "dieu-kien/"):
        page.goto(dossier + path)
        assert page.evaluate("getComputedStyle(document.querySelector('.brief')).position") == (
            "sticky"
        )
        for _press in range(40):
            page.keyboard.press("Tab")
            hidden = page.evaluate(
                """() => {
                  const bar = document.querySelector(".brief");
                  if (getComputedStyle(bar).position !== "sticky") return "";
                  const focused = document.activeElement;
                  const [over, under] = [bar, focused].map((e) => e.getBoundingClientRect());
                  const covered = under.bottom > over.top + 1 && under.top < over.bottom - 1;
                  return covered && !bar.contains(focused) ? focused.outerHTML : "";
                }"""
            )
            assert hidden == "", path
