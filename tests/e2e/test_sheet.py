"""A member's sheet in a browser: keyboard, a lost network, two windows, an ended session."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ocop.criteria.sets import load_set
from tests.councils.books import harmless
from tests.e2e.conftest import WIDTHS, Seed, sign_in, until

pytestmark = pytest.mark.e2e
TITLES = (
    "Phiếu bàn phím",
    "Phiếu gõ nhanh",
    "Phiếu mất mạng",
    "Phiếu bị vượt",
    "Phiếu hai cửa sổ",
    "Phiếu hết phiên",
    "Phiếu nộp hai lần",
    "Phiếu không kịch bản",
    "Phiếu xung đột",
    "Phiếu để xem",
)
CRITERIA = load_set(13).criteria
COUNT = len(CRITERIA)
IN_FAVOUR = harmless(load_set(13))


@dataclass(frozen=True)
class Hall:
    """A council that sits in the served demonstration."""

    people: list[str]
    items: dict[str, str]

    def path(self, title: str) -> str:
        return f"/hoi-dong/phieu/{self.items[title]}/"


@pytest.fixture(scope="module")
def hall(seed: Seed) -> Hall:
    """Five people and a case for each test, put beside the demonstration's own."""
    told = json.loads(seed("council_seed", *TITLES))
    return Hall(told["people"], told["items"])


@pytest.fixture
def member(context: BrowserContext, hall: Hall) -> Iterator[Page]:
    """A member's window. Losing the network is meant here, so its errors are not counted."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None,
    )
    sign_in(page, hall.people[2])
    yield page
    context.set_offline(False)
    assert wrong == []


def _status(page: Page) -> object:
    return expect(page.locator("[data-status]"))


def _saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_attribute("data-waiting", "0")
    expect(page.locator("[data-status]")).to_contain_text("đã lưu")


def _points(page: Page, code: str) -> object:
    return expect(page.locator(f'[data-points="{code}"]'))


def _at(page: Page, code: str) -> None:
    expect(page.locator(".line.now")).to_have_attribute("data-line", code)


def _mark_all(page: Page) -> None:
    """Give every criterion its highest level, by keyboard."""
    page.goto(page.url.split("#")[0] + "#tc-1.1")
    for criterion in CRITERIA:
        _at(page, criterion.code)
        page.keyboard.press(str(criterion.max))
        page.keyboard.press("Enter")
    expect(page.locator(".line.now")).to_have_id("dieu-kien")


def _answer_here(page: Page) -> None:
    """The conditions of the line that is open, so that none stands against the case."""
    for question in page.locator(".line.now .condition").all():
        said = "yes" if IN_FAVOUR[question.get_attribute("data-question") or ""] else "no"
        question.locator(f"input[value={said}]").check()


def _answer_all(page: Page, path: str) -> None:
    """Follow the list of what is open, from the end of the sheet, until nothing is."""
    page.goto(path + "#nop")
    links = page.locator("[data-unanswered] a")
    while links.count():
        links.first.click()
        expect(page.locator(".line.now .condition").first).to_be_visible()
        _answer_here(page)
        page.goto(path + "#nop")
    expect(page.locator("[data-unanswered]")).to_be_hidden()


def test_whole_sheet_by_keyboard(member: Page, hall: Hall) -> None:
    member.goto("/hoi-dong/")
    member.get_by_role("link", name="Phiếu bàn phím").click()
    _at(member, "1.1")
    member.keyboard.press("9")  # no such level: nothing happens
    _points(member, "1.1").to_have_text("–")
    member.keyboard.press("2")
    _points(member, "1.1").to_have_text("2")
    member.keyboard.press("Enter")
    _at(member, "1.2")
    expect(member.locator(":focus")).to_have_attribute("id", "h-tc-1.2")
    member.keyboard.press("ArrowLeft")
    _at(member, "1.1")
    expect(member.locator('#tc-1\\.1 input[value="2"]')).to_be_checked()
    member.locator("#tc-1\\.1 textarea").fill("12 trang")  # digits in words are words
    _points(member, "1.1").to_have_text("2")
    member.keyboard.press("Control+Enter")
    _at(member, "1.2")
    member.keyboard.press("ArrowRight")
    _at(member, "1.3")
    _mark_all(member)
    _saved(member)
    member.goto(hall.path("Phiếu bàn phím") + "#nop")
    expect(member.locator("[data-total]")).to_have_text("100")
    expect(member.locator("[data-missing]")).to_be_hidden()
    expect(member.locator("[data-unanswered] li")).not_to_have_count(0)
    expect(member.locator("#tc-1\\.1 textarea")).to_have_value("12 trang")


def test_keys_faster_than_the_browser_tells_go_where_they_belong(member: Page, hall: Hall) -> None:
    member.goto(hall.path("Phiếu gõ nhanh"))
    _at(member, "1.1")
    member.evaluate(
        """keys => keys.forEach(key => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))""",
        ["1", "Enter", "2", "Enter", "1", "Enter"],
    )
    _at(member, "1.4")
    for code, points in (("1.1", "1"), ("1.2", "2"), ("1.3", "1"), ("1.4", "–")):
        _points(member, code).to_have_text(points)
    _saved(member)


def test_marks_survive_a_lost_network_and_a_reload_without_it(member: Page, hall: Hall) -> None:
    context = member.context
    member.goto(hall.path("Phiếu mất mạng"))
    member.keyboard.press("3")
    _saved(member)
    until(
        member,
        "async () => !!navigator.serviceWorker.controller"
        " && !!(await caches.match(location.pathname))"
        " && [...document.scripts].filter(s => s.src).length"
        " <= (await (await caches.open('ocop-phieu')).keys()).length",
    )
    context.set_offline(True)
    member.keyboard.press("Enter")
    member.keyboard.press("1")
    member.keyboard.press("Enter")
    member.keyboard.press("2")
    _status(member).to_contain_text("2 thay đổi chưa gửi")
    member.reload()
    _points(member, "1.1").to_have_text("3")
    _points(member, "1.2").to_have_text("1")
    _points(member, "1.3").to_have_text("2")
    _status(member).to_contain_text("2 thay đổi chưa gửi")
    member.goto(hall.path("Phiếu mất mạng") + "#nop")
    member.get_by_role("button", name="Nộp phiếu").click()
    notice = member.locator("[data-notice]")
    expect(notice).to_contain_text("Chưa nộp được vì mất mạng")
    expect(notice).to_contain_text(f"Còn {COUNT - 3} tiêu chí chưa chấm: 1.4;")
    expect(notice).to_contain_text(f"Còn {len(IN_FAVOUR)} điều kiện chưa trả lời:")
    notice.get_by_role("link", name="Đến chỗ còn thiếu đầu tiên").click()
    _at(member, "1.4")
    context.set_offline(False)
    _saved(member)
    other = context.browser.new_context(base_url=member.url.split("/hoi-dong")[0], locale="vi-VN")
    try:
        fresh = other.new_page()
        sign_in(fresh, hall.people[2])
        fresh.goto(hall.path("Phiếu mất mạng"))
        _points(fresh, "1.2").to_have_text("1")
        _points(fresh, "1.3").to_have_text("2")
    finally:
        other.close()


def test_a_mark_overtaken_by_another_device_is_told(member: Page, hall: Hall) -> None:
    """The newer mark stands (ADR 16); who gave the other one hears of it."""
    path = hall.path("Phiếu bị vượt")
    member.goto(path)
    member.context.set_offline(True)
    member.keyboard.press("3")
    _status(member).to_contain_text("1 thay đổi chưa gửi")
    other = member.context.browser.new_context(
        base_url=member.url.split("/hoi-dong")[0], locale="vi-VN"
    )
    try:
        fresh = other.new_page()
        sign_in(fresh, hall.people[2])
        fresh.goto(path)
        fresh.keyboard.press("1")
        _saved(fresh)
    finally:
        other.close()
    member.context.set_offline(False)
    _saved(member)
    _points(member, "1.1").to_have_text("1")
    expect(member.locator("[data-notice]")).to_contain_text("ở 1.1 không được giữ")
    member.keyboard.press("Enter")
    member.keyboard.press("2")
    _saved(member)
    expect(member.locator("[data-notice]")).to_be_visible()


def test_two_windows_become_one_sheet(member: Page, hall: Hall) -> None:
    member.goto(hall.path("Phiếu hai cửa sổ"))
    second = member.context.new_page()
    second.goto(hall.path("Phiếu hai cửa sổ") + "#tc-1.3")
    member.keyboard.press("1")
    _points(second, "1.1").to_have_text("1")  # told at once, without the server
    second.keyboard.press("2")
    _points(member, "1.3").to_have_text("2")
    second.goto(hall.path("Phiếu hai cửa sổ") + "#tc-1.1")
    _at(second, "1.1")  # the key belongs to the criterion that is open
    second.keyboard.press("3")
    _points(member, "1.1").to_have_text("3")
    _saved(member)
    _saved(second)
    second.reload()
    _points(second, "1.1").to_have_text("3")
    _points(second, "1.3").to_have_text("2")


def test_ended_session_loses_no_mark(member: Page, hall: Hall) -> None:
    member.goto(hall.path("Phiếu hết phiên"))
    member.keyboard.press("1")
    _saved(member)
    member.context.clear_cookies(name="sessionid")
    member.keyboard.press("Enter")
    member.keyboard.press("2")
    expect(member.locator("[data-notice]")).to_contain_text("Phiên đăng nhập đã hết")
    _status(member).to_contain_text("1 thay đổi chưa gửi")
    member.get_by_role("link", name="Đăng nhập lại").click()
    member.fill("input[name=login]", hall.people[2])
    member.fill("input[name=password]", "ocop-mau-2026")
    member.click("main form [type=submit]")
    member.wait_for_url(f"**{hall.path('Phiếu hết phiên')}")
    _points(member, "1.1").to_have_text("1")
    _points(member, "1.2").to_have_text("2")
    _saved(member)


def test_another_person_on_the_same_tablet_sees_and_sends_nothing(member: Page, hall: Hall) -> None:
    member.goto(hall.path("Phiếu hết phiên"))
    member.goto(hall.path("Phiếu hết phiên") + "#tc-1.7")
    _at(member, "1.7")
    member.context.clear_cookies(name="sessionid")
    member.keyboard.press("1")
    _status(member).to_contain_text("1 thay đổi chưa gửi")
    sign_in(member, hall.people[3])
    member.goto(hall.path("Phiếu hết phiên"))
    for code in ("1.1", "1.2", "1.7"):
        _points(member, code).to_have_text("–")
    expect(member.locator("[data-status]")).to_have_attribute("data-waiting", "0")
    sign_in_again = member.context.new_page()
    member.context.clear_cookies(name="sessionid")
    sign_in(sign_in_again, hall.people[2])
    sign_in_again.goto(hall.path("Phiếu hết phiên"))
    _points(sign_in_again, "1.7").to_have_text("1")
    _saved(sign_in_again)


def test_submitting_twice_gives_one_sheet(member: Page, hall: Hall) -> None:
    path = hall.path("Phiếu nộp hai lần")
    member.goto(path)
    late, again = member.context.new_page(), member.context.new_page()
    _mark_all(member)
    member.goto(path + "#nop")
    member.get_by_role("button", name="Nộp phiếu").click()
    refused = member.get_by_role("alert").filter(has_text="điều kiện chưa trả lời")
    expect(refused).to_contain_text(f"Còn {len(IN_FAVOUR)} điều kiện chưa trả lời:")
    refused.get_by_role("link", name="Đến chỗ còn thiếu đầu tiên").click()
    _at(member, "1.1")
    _answer_here(member)
    _saved(member)
    _answer_all(member, path)
    _saved(member)
    for window in (member, late, again):
        window.goto(path + "#nop")
    member.locator("#y-kien").fill("Đạt")
    _saved(member)
    member.get_by_role("button", name="Nộp phiếu").dblclick()
    expect(member.locator("main")).to_contain_text("Đã nộp phiếu lúc")
    again.get_by_role("button", name="Nộp phiếu").click()
    expect(again.locator("main")).to_contain_text("Đã nộp phiếu lúc")
    late.locator("#y-kien").fill("Nên sửa nhãn")  # in a window that knew nothing of it
    expect(late.locator("main")).to_contain_text("Đã nộp phiếu lúc")
    expect(late.locator("[data-leftover-box]")).to_contain_text("1")
    late.get_by_role("button", name="Bỏ các thay đổi đó").click()
    expect(late.locator("[data-leftover-box]")).to_be_hidden()
    expect(late.locator("#y-kien")).to_have_value("Đạt")
    expect(late.locator("main")).to_contain_text("100")
    member.goto("/hoi-dong/")
    card = member.locator("li.card").filter(has_text="Phiếu nộp hai lần")
    expect(card).to_contain_text("Đã nộp")


def test_sheet_without_scripts(browser: Browser, site: str, hall: Hall) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, hall.people[2])
    page.goto(hall.path("Phiếu không kịch bản"))
    expect(page.locator(".line:visible")).to_have_count(1)
    page.locator("#tc-1\\.1").get_by_text("từ 50% đến dưới 75%").click()
    page.get_by_role("button", name="Lưu, tiếp 1.2").click()
    page.wait_for_url(re.compile(r"#tc-1\.2$"))
    expect(page.locator("#tc-1\\.2")).to_be_visible()
    expect(page.locator(".line:visible")).to_have_count(1)
    page.locator(".toc").locator('a[href="#tc-1.1"]').click()
    expect(page.locator('#tc-1\\.1 input[value="2"]')).to_be_checked()
    context.close()


def test_conflict_is_one_tap(member: Page, hall: Hall) -> None:
    path = hall.path("Phiếu xung đột")
    member.goto(path)
    member.keyboard.press("2")
    member.get_by_role("button", name="Tôi có xung đột lợi ích").click()
    expect(member.locator("main")).to_contain_text("Đã ghi nhận xung đột lợi ích")
    expect(member.locator("li.card").filter(has_text="Phiếu xung đột")).to_have_count(0)
    member.goto(path)
    expect(member.locator("h1")).not_to_contain_text("Phiếu xung đột")
    member.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        member.goto(path)  # nothing of it was kept either


@pytest.mark.parametrize(
    "width", [360, *(pytest.param(wide, marks=pytest.mark.whole) for wide in WIDTHS[1:])]
)
def test_sheet_fits_and_a_thumb_reaches(member: Page, hall: Hall, width: int) -> None:
    member.set_viewport_size({"width": width, "height": 740})
    for anchor in ("tc-1.1", "tc-6.1.1", "dieu-kien", "nop", "muc-luc"):
        member.goto(hall.path("Phiếu để xem") + f"#{anchor}")
        scroll = member.evaluate("document.documentElement.scrollWidth")
        assert scroll <= width
        found = Axe().run(member).response["violations"]
        assert [violation["id"] for violation in found] == []
    member.goto(hall.path("Phiếu để xem") + "#tc-1.5")
    for option in member.locator(".line.now .opt").all():
        assert option.bounding_box()["height"] >= 44
    box = member.locator(".line.now .bar .primary").bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 740  # without scrolling
