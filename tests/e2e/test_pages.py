"""Every page of the demonstration as its people open it: sound, readable and within its width."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page

from ocop.demonstration.logins import LOGINS
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, sign_in

pytestmark = pytest.mark.e2e

STARTS = {
    None: ("/", "/thiet-ke/", "/tai-khoan/login/"),
    Role.PROVINCIAL_OFFICER: ("/dieu-hanh/", "/tai-khoan/"),
    Role.ADMINISTRATOR: ("/quan-tri/",),
    Role.COMMUNE_OFFICER: ("/dieu-hanh/",),
    Role.COUNCIL_SECRETARY: ("/dieu-hanh/so-cham/",),
    Role.PRODUCER: ("/cua-toi/",),
}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
#: Pages opened with other words in their query: the states that a link does not show.
MORE = ("/san-pham/?q=khong-co-gi-nhu-the", "/so-lieu/?term=2016-2020")
LEAVES = ("logout", "set_language")


@pytest.fixture(scope="module", params=list(STARTS), ids=lambda role: role or "public")
def visits(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[BrowserContext, dict[str, str]]]:
    """One address of every page that a person reaches by links, by its route."""
    context = browser.new_context(
        base_url=site, locale="vi-VN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    if request.param:
        login = next(login for login in LOGINS if login.role is request.param)
        sign_in(page, login.email)
    found: dict[str, str] = {}
    waiting = list(STARTS[request.param])
    while waiting:
        path = waiting.pop(0)
        route = _route(path)
        if route is None or route in found:
            continue
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        found[route] = path
        waiting += _links(page, site)
    if request.param is None:
        found |= {path: path for path in MORE}
    yield context, found
    context.close()


def _links(page: Page, site: str) -> list[str]:
    hrefs = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    within = (urlsplit(urljoin(page.url, href)) for href in hrefs)
    return [
        f"{link.path}?{link.query}" if link.query else link.path
        for link in within
        if link.netloc == urlsplit(site).netloc
    ]


def _route(path: str) -> str | None:
    """What tells pages apart; None for downloads, the API and ways out."""
    link = urlsplit(path)
    if "." in link.path or "_export" in link.query or link.path.startswith("/api/"):
        return None
    try:
        found = resolve(link.path)
    except Resolver404:
        return link.path  # visited, and fails there
    return None if any(word in str(found.url_name) for word in LEAVES) else found.route


def test_pages_are_many_enough(visits: tuple[BrowserContext, dict[str, str]]) -> None:
    _context, found = visits
    assert len(found) >= 4


def test_pages_fit_their_width(visits: tuple[BrowserContext, dict[str, str]]) -> None:
    context, found = visits
    page = context.new_page()
    too_wide = []
    for path in found.values():
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            beyond = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if beyond > 0:
                too_wide.append(f"{path} at {width}: {beyond} px")
    assert too_wide == []


def test_pages_are_accessible(visits: tuple[BrowserContext, dict[str, str]]) -> None:
    context, found = visits
    page = context.new_page()
    wrong = []
    for path in found.values():
        page.goto(path)
        problems = Axe().run(page, options=RULES).response["violations"]
        wrong += [f"{path}: {p['id']} {p['nodes'][0]['html'][:120]}" for p in problems]
    assert wrong == []


def test_pages_have_one_heading_and_no_holes(
    visits: tuple[BrowserContext, dict[str, str]],
) -> None:
    context, found = visits
    page = context.new_page()
    wrong = []
    for path in found.values():
        page.goto(path)
        if page.locator("h1").count() != 1:
            wrong.append(f"{path}: {page.locator('h1').count()} h1")
        text = page.inner_text("body")
        wrong += [f"{path}: {hole}" for hole in ("None", "{{", "{%", "%(") if hole in text]
        if not path.startswith("/thiet-ke/") and "(mẫu)" not in text and "mẫu" not in text:
            wrong.append(f"{path}: not marked as a demonstration")
    assert wrong == []


def test_pages_in_english_have_no_vietnamese_controls(
    visits: tuple[BrowserContext, dict[str, str]],
) -> None:
    """Buttons, labels and headings of tables are English; data stays as it is."""
    context, found = visits
    page = context.new_page()
    _speak(page, next(iter(found.values())), "en")
    wrong = []
    for path in found.values():
        if path.startswith("/thiet-ke/"):
            continue  # shows both languages
        page.goto(path)
        if page.get_attribute("html", "lang") != "en":
            wrong.append(f"{path}: not in English")
            continue
        words = page.eval_on_selector_all(
            "button, th[scope=col], legend, h1, h2", "all => all.map(e => e.innerText)"
        )
        wrong += [f"{path}: {w[:60]}" for w in words if _is_ours(w)]
    _speak(page, next(iter(found.values())), "vi")
    assert wrong == []


def _speak(page: Page, path: str, language: str) -> None:
    page.goto(path)
    page.locator(f"form.language button[value={language}]").first.click()
    page.wait_for_load_state()


def _is_ours(words: str) -> bool:
    """Vietnamese that comes from a template: a few words that no name of a product holds."""
    told = ("Sản phẩm", "Chủ thể", "Hạng sao", "Xuất Excel", "Lọc", "Tìm kiếm", "Hết hạn")
    return any(words.strip().startswith(word) for word in told)
