"""Craft villages from a workbook to the page that a visitor opens, as their people do it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in
from tests.network.villages.factories import workbook

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
GOOD = (
    1, "Làng Thử Nghiệm (mẫu)", "Mây tre đan", "Xã Phú Nghĩa", "Huyện Chương Mỹ", "", "", "", "",
    2025, 800, 650, 78_000_000,
)  # fmt: skip
DIVIDED = (
    2, "Làng Chia Đôi (mẫu)", "Thêu ren", "Phường Mộ Lao", "Quận Hà Đông", "", "", "", "", 2025,
    400, 90, 65_000_000,
)  # fmt: skip
BAD = (
    3, "Làng Quá Nhiều (mẫu)", "Gốm", "Xã Phú Nghĩa", "Huyện Chương Mỹ", "", "", "", "", 2025, 10,
    11, "",
)  # fmt: skip


def test_workbook_of_villages_comes_before_the_public(
    page: Page, browser: Browser, site: str, tmp_path: Path
) -> None:
    file = tmp_path / "lang.xlsx"
    file.write_bytes(workbook(GOOD, DIVIDED, BAD))
    sign_in(page, email_of(Role.PROVINCIAL_OFFICER))
    page.goto("/dieu-hanh/")
    page.get_by_role("link", name="Làng nghề", exact=True).first.click()
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Đọc tệp").click()
    main = page.locator("main")
    expect(main).to_contain_text("Số hộ làm nghề (11) nhiều hơn tổng số hộ (10)")
    expect(main).to_contain_text("nay chia về nhiều nơi: Phường Hà Đông, Phường Đại Mỗ")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải các dòng cần sửa").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("button", name="Nạp 2 dòng").click()
    expect(main).to_contain_text("Còn 1 dòng chưa nhận được")
    page.get_by_label("Bỏ qua 1 dòng chưa nhận được").check()
    page.get_by_role("button", name="Nạp 2 dòng").click()
    expect(main).to_contain_text("Đã nạp")
    visitor = browser.new_context(
        base_url=site, locale="vi-VN", viewport={"width": 360, "height": 740}
    ).new_page()
    visitor.goto("/lang-nghe/?q=thu+nghiem")
    expect(visitor.locator("main")).to_contain_text("Không có làng nào khớp")

    page.get_by_role("link", name="Công bố", exact=True).click()
    page.get_by_role("button", name="Công bố", exact=True).click()
    expect(main).to_contain_text("Đã công bố")
    visitor.reload()
    visitor.get_by_role("link", name="Làng Thử Nghiệm (mẫu)").click()
    expect(visitor.locator("h1")).to_have_text("Làng Thử Nghiệm (mẫu)")
    expect(visitor.locator("main")).to_contain_text("78.000.000")
    visitor.context.close()

    page.goto("/dieu-hanh/mang-luoi/lang-nghe/?state=unplaced")
    page.get_by_role("link", name="Làng Chia Đôi (mẫu)").click()
    page.get_by_role("link", name="Chọn xã, phường hiện nay").click()
    page.get_by_label("Phường Đại Mỗ").check()
    page.locator("main form [type=submit]").click()
    expect(main).to_contain_text("Đã ghi xã, phường hiện nay.")
    expect(main.locator("dl.facts").first).to_contain_text("Phường Đại Mỗ")


def test_visitor_follows_a_route_and_takes_its_leaflet_along(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/lang-nghe/")
    page.get_by_role("link", name="Tuyến làng nghề", exact=True).click()
    page.locator("main ul.tasks a").first.click()
    numbers = page.locator(".map .number")
    expect(numbers).to_have_text(["1", "2", "3", "4", "5", "6"])
    assert page.locator(".map .list li").count() == 6
    address = page.get_by_role("link", name="Tờ gấp (PDF)").get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
