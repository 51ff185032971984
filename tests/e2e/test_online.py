"""Selling online through all its people: a shop is linked, checked by the worker and before the
public; the sales of a quarter are told; the link is taken away."""

import time

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ocop.people.roles import Role
from tests.e2e.test_one_dossier import desk, follow, press
from tests.e2e.test_support import sound
from tests.market.test_fetching import _answer, shop

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
PATIENCE = 240  # seconds: the worker makes a pass each minute


def public_card(page: Page) -> Locator:
    """The first product of the producer's page that stands before the public."""
    return page.locator("article", has_not_text="Chưa hiện trên danh sách mua online").first


def await_check(page: Page) -> None:
    """Look again until the worker has asked the shop."""
    until = time.monotonic() + PATIENCE
    while page.get_by_text("Chờ kiểm tra").count() and time.monotonic() < until:
        page.wait_for_timeout(3_000)
        page.reload()


def test_a_shop_is_linked_checked_shown_and_taken_away(browser: Browser, site: str) -> None:
    with (
        shop({"/com": _answer("200 OK")}) as there,
        desk(browser, site, Role.PRODUCER) as maker,
        desk(browser, site, Role.PROVINCIAL_OFFICER) as officer,
        desk(browser, site, None) as visitor,
    ):
        follow(maker, "Bán online", exact=True)
        sound(maker)
        maker.locator("main ul.tasks a").first.click()
        sound(maker)
        card = public_card(maker)
        name = card.get_by_role("heading").inner_text()
        follow(card, "Thêm nơi bán")
        address = maker.get_by_label("Địa chỉ trang bán hàng")
        address.fill("https://bit.ly/com")
        press(maker, "Thêm liên kết")
        expect(maker.get_by_text("Địa chỉ rút gọn giấu nơi dẫn tới").first).to_be_visible()
        sound(maker)
        address.fill(there.address("/com"))
        press(maker, "Thêm liên kết")
        expect(maker.get_by_role("code").get_by_text(there.address("/com"))).to_be_visible()

        officer.goto(f"/dieu-hanh/ban-online/?q={there.port}")
        sound(officer)
        follow(officer.locator("table"), name)
        await_check(officer)
        expect(officer.get_by_text("Trang mở được").first).to_be_visible()
        sound(officer)
        assert there.asked

        visitor.goto(f"/mua-online/?q={name}")
        sound(visitor)
        follow(visitor, name, exact=True)
        bought = visitor.locator(f"a[href='{there.address('/com')}']")
        expect(bought).to_have_attribute("rel", "nofollow noopener")
        sound(visitor)

        tell_a_quarter(maker)
        officer.goto("/dieu-hanh/ban-online/doanh-thu/")
        expect(officer.get_by_text("25,0 %").first).to_be_visible()
        sound(officer)

        follow(maker, f"Gỡ {there.address('/com')}")
        maker.get_by_label("Lý do").fill("Đóng gian hàng")
        press(maker, "Lưu")
        expect(maker.get_by_text("Đã gỡ liên kết.")).to_be_visible()
        visitor.reload()
        expect(bought).to_have_count(0)


def tell_a_quarter(maker: Page) -> None:
    """More online than in all is refused; then a quarter of the sales was online. The list of what
    is ready is answered, too."""
    follow(maker, "Ghi lại")
    maker.get_by_label("Tổng doanh thu của quý (đồng)").fill("80.000.000")
    online = maker.get_by_label("Trong đó bán online (đồng)")
    online.fill("90.000.000")
    press(maker, "Lưu")
    words = "Bán online không thể nhiều hơn tổng doanh thu của quý."
    expect(maker.get_by_text(words).first).to_be_visible()
    sound(maker)
    online.fill("20.000.000")
    press(maker, "Lưu")
    expect(maker.get_by_text("online 20.000.000 trong 80.000.000 đồng, 25,0 %")).to_be_visible()
    follow(maker, "Mở danh mục")
    sound(maker)
    for answer in maker.get_by_label("Đã có", exact=True).all():
        answer.check()
    press(maker, "Lưu")
    expect(maker.get_by_text("Đã có 14/14 mục")).to_be_visible()
