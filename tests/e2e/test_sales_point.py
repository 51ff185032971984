"""The keeper of a sales point on a phone: sales without a network, sent when it is back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]


def test_sales_of_a_month_are_told_without_a_network(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(page, email_of(Role.SALES_POINT_KEEPER))
    page.goto("/cua-toi/diem-ban/")
    page.get_by_role("link", name="Ghi doanh số").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Doanh số tháng")
    assert Axe().run(page).violations_count == 0
    address = page.url
    context.set_offline(True)
    for field in page.get_by_label("Số lượng").all()[:5]:
        field.fill("12")
    page.get_by_role("button", name="Gửi doanh số").click()
    expect(page.locator("[data-sales-status]")).to_contain_text("Chưa có mạng")
    expect(page.locator("[data-sales-list] li")).to_have_count(1)
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-sales-status]")).to_contain_text("Văn phòng đã nhận")
    expect(page.locator("[data-sales-waiting]")).to_be_hidden()
    page.goto(address)
    expect(page.get_by_text("Gửi lại thì thay số đã ghi")).to_be_visible()
    expect(page.get_by_label("Số lượng").first).to_have_value("12")
