"""A visit to the site on a phone: no network, a reload, two windows, an ended session."""

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from ocop.demonstration.logins import PASSWORD, email_of
from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, Seed, sign_in, until

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
ADVISER = email_of(Role.ADVISORY_MEMBER)
NAMES = (
    "Sen đá mất mạng (mẫu)",
    "Sen đá hai cửa sổ (mẫu)",
    "Sen đá hết phiên (mẫu)",
    "Sen đá bị từ chối (mẫu)",
)
PLACE = {"latitude": 20.72345, "longitude": 105.91234, "accuracy": 8.0}
Told = Callable[[str], list[dict[str, object]]]


@pytest.fixture(scope="module")
def codes(seed: Seed) -> dict[str, str]:
    """A dossier for each test, given to the adviser who signs in."""
    found: dict[str, str] = json.loads(seed("visit_seed", "give", *NAMES))
    return found


@pytest.fixture
def told(seed: Seed, codes: dict[str, str]) -> Told:
    """The visits of a dossier as the office keeps them."""
    return lambda name: json.loads(seed("visit_seed", "told", codes[name]))


@pytest.fixture
def phone(context: BrowserContext) -> Iterator[Page]:
    """An adviser's phone that tells where it is. Losing the network is meant here."""
    context.grant_permissions(["geolocation"])
    context.set_geolocation(PLACE)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None,
    )
    sign_in(page, ADVISER)
    yield page
    context.set_offline(False)
    assert wrong == []


def path(code: str) -> str:
    return f"/dieu-hanh/ho-so/{code}/tham-tra/"


def photo(colour: str, *, width: int = 640) -> FilePayload:
    into = BytesIO()
    Image.new("RGB", (width, 480), colour).save(into, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": into.getvalue()}


def note(page: Page, words: str) -> None:
    page.get_by_label("Nhận xét tại cơ sở").fill(words)


def attach(page: Page, *photos: FilePayload) -> None:
    page.locator("input[name=photos]").set_input_files(list(photos))


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu biên bản").click()


def status(page: Page, words: str) -> None:
    expect(page.locator("[data-visit-status]")).to_contain_text(words)


def kept_in_device(page: Page, words: str, *, placed: bool = False) -> None:
    """What is being written is a draft of this device."""
    until(
        page,
        """([words, placed]) => new Promise(done => {
            const asked = indexedDB.open("ocop-visits");
            asked.onsuccess = () => {
                const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
                all.onsuccess = () => {
                    asked.result.close();
                    done(all.result.some(
                        draft => draft.note === words && !!draft.lat === placed));
                };
            };
        })""",
        [words, placed],
    )


def ready_for_the_field(page: Page) -> None:
    """The page and its parts are in the device."""
    until(
        page,
        "async () => !!navigator.serviceWorker.controller"
        " && !!(await caches.match(location.pathname))"
        " && [...document.scripts].filter(s => s.src).length"
        " <= (await (await caches.open('ocop-visits-1')).keys()).length",
    )


def test_a_visit_without_a_network_arrives_whole_and_once(
    phone: Page, codes: dict[str, str], told: Told
) -> None:
    here = path(codes[NAMES[0]])
    phone.goto(here)
    ready_for_the_field(phone)
    phone.context.set_offline(True)
    note(phone, "Vườn gọn gàng")
    attach(phone, photo("red"))
    expect(phone.locator("[data-visit-photos] li")).to_have_count(1)
    attach(phone, photo("green", width=2400))  # a second tap of the camera, larger than is sent
    expect(phone.locator("[data-visit-photos] li")).to_have_count(2)
    phone.get_by_role("button", name="Lấy vị trí").click()
    expect(phone.locator("[data-visit-position]")).to_contain_text("20.72345")
    kept_in_device(phone, "Vườn gọn gàng", placed=True)

    phone.reload()  # still without a network
    expect(phone.get_by_label("Nhận xét tại cơ sở")).to_have_value("Vườn gọn gàng")
    expect(phone.locator("[data-visit-photos] li")).to_have_count(2)
    expect(phone.locator("[data-visit-position]")).to_contain_text("20.72345")
    save(phone)
    status(phone, "Chưa có mạng")
    expect(phone.locator("[data-visit-list] li")).to_have_count(1)
    waiting = phone.locator("[data-visit-list]")
    expect(waiting).to_contain_text(re.compile(r"· \d\d:\d\d \d\d/\d\d/\d{4} ·"))
    expect(phone.locator("[data-visit-position]")).to_contain_text("Chưa có vị trí")

    phone.reload()  # a second visit from the same kept page
    expect(phone.get_by_label("Nhận xét tại cơ sở")).to_have_value("")
    note(phone, "Xem kho buổi chiều")
    save(phone)
    expect(phone.locator("[data-visit-list] li")).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.locator("[data-visit-waiting]")).to_be_hidden()
    status(phone, "Đã gửi biên bản")
    phone.reload()
    expect(phone.locator("[data-visit-waiting]")).to_be_hidden()
    arrived = sorted(told(NAMES[0]), key=lambda visit: str(visit["note"]))
    assert arrived == [
        {"note": "Vườn gọn gàng", "lat": PLACE["latitude"], "photos": 2, "events": 1},
        {"note": "Xem kho buổi chiều", "lat": None, "photos": 0, "events": 1},
    ]


def test_two_windows_lose_nothing_and_double_nothing(
    phone: Page, codes: dict[str, str], told: Told
) -> None:
    here = path(codes[NAMES[1]])
    phone.goto(here)
    ready_for_the_field(phone)
    note(phone, "Cửa sổ một")
    kept_in_device(phone, "Cửa sổ một")
    second = phone.context.new_page()
    second.goto(here)
    expect(second.locator("[data-visit-position]")).to_contain_text("Chưa có vị trí")
    expect(second.get_by_label("Nhận xét tại cơ sở")).to_have_value("")  # the draft has its window
    phone.context.set_offline(True)
    note(second, "Cửa sổ hai")
    attach(second, photo("blue"))
    expect(second.locator("[data-visit-photos] li")).to_have_count(1)
    phone.get_by_role("button", name="Lưu biên bản").dblclick()
    save(second)
    for window in (phone, second):
        expect(window.locator("[data-visit-list] li")).to_have_count(2)
    phone.context.set_offline(False)  # both begin to send
    for window in (phone, second):
        expect(window.locator("[data-visit-waiting]")).to_be_hidden()
    arrived = sorted(told(NAMES[1]), key=lambda visit: str(visit["note"]))
    assert [(v["note"], v["photos"], v["events"]) for v in arrived] == [
        ("Cửa sổ hai", 1, 1),
        ("Cửa sổ một", 0, 1),
    ]


def test_an_ended_session_loses_nothing(phone: Page, codes: dict[str, str], told: Told) -> None:
    here = path(codes[NAMES[2]])
    phone.goto(here)
    phone.context.clear_cookies(name="sessionid")
    note(phone, "Đã lưu trước khi hết phiên")
    save(phone)
    status(phone, "Phiên đăng nhập đã hết")
    note(phone, "Đang viết dở")
    attach(phone, photo("yellow"))
    kept_in_device(phone, "Đang viết dở")
    phone.get_by_role("link", name="Đăng nhập lại").click()
    phone.fill("input[name=login]", ADVISER)
    phone.fill("input[name=password]", PASSWORD)
    phone.click("main form [type=submit]")
    phone.wait_for_url(f"**{here}")
    expect(phone.get_by_label("Nhận xét tại cơ sở")).to_have_value("Đang viết dở")
    expect(phone.locator("[data-visit-photos] li")).to_have_count(1)
    expect(phone.locator("[data-visit-waiting]")).to_be_hidden()
    save(phone)
    status(phone, "Đã gửi biên bản")
    arrived = sorted(told(NAMES[2]), key=lambda visit: str(visit["note"]))
    assert [(v["note"], v["photos"], v["events"]) for v in arrived] == [
        ("Đang viết dở", 1, 1),
        ("Đã lưu trước khi hết phiên", 0, 1),
    ]


def test_what_is_refused_is_mended_not_lost(phone: Page, codes: dict[str, str], told: Told) -> None:
    phone.goto(path(codes[NAMES[3]]))
    ready_for_the_field(phone)
    note(phone, "Nhầm tệp")
    attach(phone, {"name": "anh.png", "mimeType": "image/png", "buffer": b"MZ\x90\x00 no picture"})
    save(phone)
    refused = phone.locator("[data-visit-list] li")
    expect(refused).to_have_count(1)
    assert told(NAMES[3]) == []
    refused.get_by_role("button", name="Sửa lại").click()
    expect(phone.get_by_label("Nhận xét tại cơ sở")).to_have_value("Nhầm tệp")
    phone.locator("[data-visit-photos]").get_by_role("button", name="Bỏ").click()
    attach(phone, photo("white"))
    expect(phone.locator("[data-visit-photos] li")).to_have_count(1)
    save(phone)
    status(phone, "Đã gửi biên bản")
    expect(phone.locator("[data-visit-waiting]")).to_be_hidden()
    assert [(v["note"], v["photos"]) for v in told(NAMES[3])] == [("Nhầm tệp", 1)]


def test_another_person_on_the_same_phone_sees_and_sends_nothing(
    phone: Page, codes: dict[str, str], told: Told
) -> None:
    here = path(codes[NAMES[3]])
    phone.goto(here)
    ready_for_the_field(phone)
    before = told(NAMES[3])
    phone.context.set_offline(True)
    note(phone, "Chỉ của tôi")
    save(phone)
    status(phone, "Chưa có mạng")
    phone.context.clear_cookies(name="sessionid")
    phone.context.set_offline(False)
    sign_in(phone, email_of(Role.PROVINCIAL_OFFICER))
    answer = phone.goto(here)
    assert answer is not None
    assert answer.status == 403
    assert told(NAMES[3]) == before
    phone.get_by_role("button", name="Đăng xuất").first.click()
    phone.wait_for_url(re.compile(r"^(?!.*tham-tra)"))
    assert phone.evaluate("caches.keys()") == []
    sign_in(phone, ADVISER)
    phone.goto(here)
    expect(phone.locator("[data-visit-waiting]")).to_be_hidden()
    assert len(told(NAMES[3])) == len(before) + 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_and_is_accessible_with_everything_on_it(
    phone: Page, codes: dict[str, str], width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto(path(codes[NAMES[0]]))
    ready_for_the_field(phone)
    phone.context.set_offline(True)
    note(phone, "Một")
    save(phone)
    expect(phone.locator("[data-visit-list] li")).to_have_count(1)
    attach(phone, photo("red"))
    expect(phone.locator("[data-visit-photos] li")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(phone).response["violations"]
    assert [violation["id"] for violation in found] == []
