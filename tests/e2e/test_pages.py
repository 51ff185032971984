"""Every page of the demonstration as its people open it: sound, readable and within its width.

A person starts somewhere and follows every link; pages that others may open as well are looked at
once, as the public sees them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, sign_in

pytestmark = pytest.mark.e2e

STARTS = {
    None: ("/", "/thiet-ke/", "/tai-khoan/login/", "/san-pham/?q=khong-co-gi-nhu-the"),
    Role.PROVINCIAL_OFFICER: ("/dieu-hanh/", "/tai-khoan/"),
    Role.ADMINISTRATOR: ("/quan-tri/",),
    Role.COMMUNE_OFFICER: ("/dieu-hanh/",),
    Role.ADVISORY_MEMBER: ("/dieu-hanh/",),
    Role.COUNCIL_SECRETARY: ("/dieu-hanh/so-cham/",),
    Role.COUNCIL_MEMBER: ("/hoi-dong/",),
    Role.COUNCIL_CHAIR: ("/hoi-dong/",),
    Role.PRODUCER: ("/cua-toi/",),
    Role.SALES_POINT_KEEPER: ("/cua-toi/diem-ban/",),
}
LEAST = 8  # pages of the shortest walk
#: Of what is right nothing is told: on a long list it would take a third of the time.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
LEAVES = ("logout", "set_language")
#: What a person's own walk leaves to the public's.
PUBLIC = ("", "san-pham/", "chu-the/", "ban-do/", "so-dang-ky/", "so-lieu/", "thiet-ke/", "api/")
PUBLIC += ("thu-hoi/", "phan-anh/", "kiem-tra/", "quyet-dinh/", "lang-nghe/", "diem-ban/")
HOLES = ("None", "{{", "{%", "%(")
#: Words of templates that no product's name begins with.
VIETNAMESE = ("Sản phẩm", "Chủ thể", "Hạng sao", "Xuất Excel", "Lọc", "Tìm", "Hết hạn", "Đăng")


@dataclass(frozen=True)
class Walk:
    """Where a person came: all addresses, those nobody had seen before, and what was wrong."""

    page: Page
    found: list[str]
    fresh: list[str]
    wrong: list[str]


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Routes that somebody has looked at: for the next they must open, no more."""
    return set()


def _walks() -> list[Any]:
    """The producer's always, everybody's in the whole run."""
    whole = pytest.mark.whole
    return [
        pytest.param(role, id=role or "public", marks=() if role == Role.PRODUCER else whole)
        for role in STARTS
    ]


@pytest.fixture(scope="module", params=_walks())
def walk(
    request: pytest.FixtureRequest, browser: Browser, site: str, seen: set[str]
) -> Iterator[Walk]:
    """Every page that a person reaches by links, each route once."""
    context = browser.new_context(
        base_url=site, locale="vi-VN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    if request.param:
        sign_in(page, email_of(request.param))
    found: dict[str, str] = {}
    fresh, wrong = [], []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    waiting = list(STARTS[request.param])
    while waiting:
        path = waiting.pop(0)
        route = _route(path, own=bool(request.param))
        if route is None or route in found or _is_file(path):
            continue
        found[route] = path
        known = route in seen
        answer = page.request.get(path) if known else page.goto(path)
        if answer is None or answer.status != 200:
            wrong.append(f"{path}: {answer and answer.status}")
            continue
        waiting += _links(answer.text() if known else page.content(), answer.url, site)
        if not known:
            seen.add(route)
            fresh.append(path)
            wrong += _wrong_with(page, path)
    yield Walk(page, list(found.values()), fresh, wrong)
    context.close()


def _is_file(path: str) -> bool:
    """Papers, evidence, photographs and exports are looked at where they are made. A picture that
    a browser opens by itself is no page: what looks for faults in it never comes to an end."""
    bare = urlsplit(path).path
    if bare.endswith((".pdf", ".docx", ".zip", ".xlsx", ".ics")):
        return True
    if "/tep/" in bare or "/tap-huan/tai-lieu/" in bare:
        return True
    return bool(re.search(r"/(anh|giay)/\d+/$", bare))


def _links(text: str, address: str, site: str) -> list[str]:
    anchors = re.findall(r"<a\s[^>]*>", text)
    hrefs = (re.search(r'\shref="([^"]*)"', a) for a in anchors if " download" not in a)
    within = (urlsplit(urljoin(address, unescape(h[1]))) for h in hrefs if h)
    return [
        f"{link.path}?{link.query}" if link.query else link.path
        for link in within
        if link.netloc == urlsplit(site).netloc
    ]


def _route(path: str, *, own: bool) -> str | None:
    """What tells pages apart; None for downloads, data for machines and ways out."""
    link = urlsplit(path)
    if "." in link.path or "format=" in link.query or link.path.startswith("/api/v1/"):
        return None
    try:
        found = resolve(link.path)
    except Resolver404:
        return link.path  # visited, and fails there
    if any(word in str(found.url_name) for word in LEAVES):
        return None
    if (own and found.route.startswith(PUBLIC[1:])) or (own and found.route == PUBLIC[0]):
        return None
    return f"{found.route} without hits" if "khong-co" in link.query else found.route


def _wrong_with(page: Page, path: str) -> list[str]:
    """Everything that is not as it should be on the page that is open."""
    wrong = []
    if page.locator("h1").count() != 1:
        wrong.append(f"{path}: {page.locator('h1').count()} h1")
    nowhere = page.locator("a[href='']").all_inner_texts()
    wrong += [f"{path}: {words} leads nowhere" for words in nowhere]
    text = page.inner_text("body")
    for shown in page.locator("code").all_inner_texts():  # what is quoted is no hole
        text = text.replace(shown, "")
    wrong += [f"{path}: {hole}" for hole in HOLES if hole in text]
    if "Dữ liệu mẫu" not in text:
        wrong.append(f"{path}: not marked as a demonstration")
    problems = Axe().run(page, options=RULES).response["violations"]
    wrong += [f"{path}: {p['id']} {p['nodes'][0]['html'][:120]}" for p in problems]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if beyond > 0:
            wrong.append(f"{path} at {width}: {beyond} px too wide")
    return wrong


def test_pages_are_sound_accessible_and_within_their_width(
    walk: Walk,
) -> None:
    assert walk.wrong == []
    assert len(walk.found) >= LEAST


@pytest.mark.parametrize("role", [Role.PROVINCIAL_OFFICER, Role.ADMINISTRATOR])
def test_header_of_who_is_signed_in_stays_on_one_line(page: Page, role: Role) -> None:
    sign_in(page, email_of(role))
    for path in ("/tai-khoan/", "/cua-toi/", "/dieu-hanh/"):
        page.goto(path)
        height = page.evaluate("document.querySelector('header.top').offsetHeight")
        assert height < 80, path


@pytest.mark.whole
def test_pages_in_english_have_english_controls(
    walk: Walk,
) -> None:
    """Buttons and headings are English; data stays as it is."""
    page = walk.page
    _speak(page, walk.found[0], "en")
    wrong = []
    for path in walk.fresh:
        if path.startswith("/thiet-ke/"):
            continue  # shows both languages
        page.goto(path)
        if page.get_attribute("html", "lang") != "en":
            wrong.append(f"{path}: not in English")
            continue
        words = page.eval_on_selector_all(
            "button, th[scope=col], legend, h1, h2", "all => all.map(e => e.innerText.trim())"
        )
        wrong += [f"{path}: {each[:60]}" for each in words if _is_ours(each)]
    _speak(page, walk.found[0], "vi")
    assert wrong == []


def _speak(page: Page, path: str, language: str) -> None:
    page.goto(path)
    page.locator(f"form.language button[value={language}]").first.click()
    page.wait_for_load_state()


def _is_ours(words: str) -> bool:
    """Vietnamese of a template; names of the demonstration bear its mark."""
    return words.startswith(VIETNAMESE) and "(mẫu)" not in words
