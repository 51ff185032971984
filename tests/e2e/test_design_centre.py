"""A keeper tells what came of a design centre in a month, on a phone without a network."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in, until

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
READY = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)"
STORED = "async () => Boolean(await (await caches.open('ocop-sales-1')).match(location.pathname))"


def test_a_month_is_told_without_a_network(context: BrowserContext) -> None:
    phone = context.new_page()
    phone.set_viewport_size({"width": 360, "height": 800})
    sign_in(phone, email_of(Role.SALES_POINT_KEEPER))
    phone.goto("/cua-toi/trung-tam/")
    phone.get_by_role("link", name="Ghi tháng").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Khách và doanh thu tháng")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
    until(phone, READY)
    until(phone, STORED)
    context.set_offline(True)
    phone.reload()
    phone.get_by_label("Lượt khách trong tháng").fill("1.250")
    phone.get_by_label("Doanh thu").fill("35.000.000")
    phone.get_by_role("button", name="Gửi", exact=True).click()
    expect(phone.locator("[data-sales-status]")).to_contain_text("Chưa có mạng")
    expect(phone.locator("[data-sales-list] li")).to_have_count(1)
    context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-sales-status]")).to_contain_text("Văn phòng đã nhận")
    expect(phone.locator("[data-sales-waiting]")).to_be_hidden()
    phone.goto(phone.url)
    expect(phone.get_by_text("Gửi lại thì thay số đã ghi")).to_be_visible()
    expect(phone.get_by_label("Lượt khách trong tháng")).to_have_value("1.250")
