"""A post-check on a phone: written without a network, with what was found by name, sent once."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in
from tests.e2e.test_visit import note, ready_for_the_field, save, status

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
PLACE = {"latitude": 20.72345, "longitude": 105.91234, "accuracy": 8.0}


@pytest.fixture
def phone(context: BrowserContext) -> Iterator[Page]:
    """An inspector's phone that tells where it is."""
    context.grant_permissions(["geolocation"])
    context.set_geolocation(PLACE)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sign_in(page, email_of(Role.INSPECTOR))
    yield page
    context.set_offline(False)
    assert wrong == []


def test_a_post_check_without_a_network_arrives_whole(phone: Page) -> None:
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto("/dieu-hanh/hau-kiem/?state=planned")
    phone.locator("table tbody a").first.click()
    page = phone.url
    phone.get_by_role("link", name="Ghi biên bản kiểm tra").click()
    ready_for_the_field(phone)
    assert Axe().run(phone).response["violations"] == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.context.set_offline(True)
    save(phone)
    status(phone, "Hãy ghi nhận xét")
    note(phone, "Ghi khi mất mạng")
    phone.locator("[name=held_mark][value=not_kept]").check()
    phone.locator("[name=words_mark]").fill("Nhãn in 4 sao")
    phone.locator("[name=proposal]").select_option("correct")
    phone.get_by_role("button", name="Lấy vị trí").click()
    expect(phone.locator("[data-visit-position]")).to_contain_text("20.72345")
    phone.wait_for_timeout(500)  # the draft is kept a moment after the last key
    phone.reload()
    expect(phone.locator("[name=words_mark]")).to_have_value("Nhãn in 4 sao")
    expect(phone.locator("[name=held_mark][value=not_kept]")).to_be_checked()
    save(phone)
    status(phone, "Chưa có mạng")
    phone.context.set_offline(False)
    status(phone, "Đã gửi biên bản.")
    phone.goto(page)
    expect(phone.locator("main")).to_contain_text("Nhãn in 4 sao")
    expect(phone.locator("main")).to_contain_text("Đã có biên bản, chờ kết luận")
