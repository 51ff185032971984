"""A sales point from its application to its first monthly sales, told without a network."""

from datetime import datetime
from io import BytesIO
from time import monotonic

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from ocop.core.zone import ZONE
from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in, until

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
PHONE = {"width": 360, "height": 800}
NAME = "Quầy OCOP bến thuyền (mẫu)"
SEND = "Gửi doanh số"
KEPT = """async () => !!(await navigator.serviceWorker.ready)
  && !!(await (await caches.open("ocop-sales-1")).match(location.pathname))"""


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def clean(page: Page) -> None:
    """Nothing that keeps anybody from using the page."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def photograph() -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 400), "darkgreen").save(out, "JPEG")
    return out.getvalue()


def apply(page: Page) -> None:
    """The producer proposes a point of its own."""
    sign_in(page, email_of(Role.PRODUCER))
    page.goto("/cua-toi/diem-ban/")
    clean(page)
    page.get_by_role("link", name="Đề nghị công nhận điểm bán").first.click()
    page.get_by_label("Tên điểm").fill(NAME)
    page.get_by_label("Loại địa điểm").select_option("market")
    page.get_by_label("Địa chỉ").fill("Bến thuyền")
    page.get_by_label("Mở cửa lúc").fill("07:00")
    page.get_by_label("Đóng cửa lúc").fill("18:00")
    clean(page)
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Chờ thẩm định").first).to_be_visible()


def recognise(page: Page) -> None:
    """The office visits with photographs, and enters the decision."""
    sign_in(page, email_of(Role.PROVINCIAL_OFFICER))
    page.goto("/dieu-hanh/mang-luoi/diem-ban/")
    page.get_by_label("Tìm tên, địa chỉ").fill("bến thuyền")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Ghi thẩm định, kiểm tra").click()
    clean(page)
    for yes in page.get_by_label("Có", exact=True).all():
        yes.check()
    page.locator("input[type=file]").set_input_files(
        {"name": "ke.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_role("button", name="Ghi thẩm định, kiểm tra").click()
    expect(page.get_by_text("Đạt", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Ảnh 1")).to_be_visible()
    page.get_by_role("link", name="Ghi quyết định công nhận").click()
    page.get_by_label("Số quyết định").fill("12/QĐ-UBND (mẫu)")
    page.get_by_label("Cơ quan ban hành").fill("UBND thành phố Hà Nội")
    page.get_by_role("button", name="Ghi quyết định công nhận").click()
    expect(page.get_by_text("Đang hoạt động").first).to_be_visible()
    clean(page)


def test_point_from_application_to_its_first_monthly_sales(
    context: BrowserContext, phone: Page
) -> None:
    apply(phone)
    context.clear_cookies()
    recognise(phone)
    context.clear_cookies()
    sign_in(phone, email_of(Role.PRODUCER))
    phone.goto("/cua-toi/diem-ban/")
    phone.get_by_role("link", name=NAME, exact=True).click()
    point = phone.url
    phone.get_by_role("link", name="Bày thêm sản phẩm").click()
    phone.get_by_label("Tên sản phẩm hoặc chủ thể").fill("trà")
    phone.get_by_role("button", name="Tìm", exact=True).last.click()
    put = phone.get_by_role("main").get_by_role("button", name="Bày")
    for _ in range(3):
        put.first.click()
        phone.wait_for_load_state()
    clean(phone)
    phone.goto(point)
    month = f"{datetime.now(ZONE):%m/%Y}"
    begun = monotonic()
    phone.get_by_role("link", name=f"Tháng {month}").click()
    clean(phone)
    context.set_offline(True)
    for field in phone.get_by_label("Số lượng").all():
        field.fill("12")
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("[data-sales-status]")).to_contain_text("Chưa có mạng")
    assert monotonic() - begun < 120
    context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-sales-status]")).to_contain_text("Văn phòng đã nhận")
    phone.goto(point)
    expect(phone.get_by_role("listitem").filter(has_text=f"Tháng {month}")).to_contain_text(
        "Đã ghi"
    )
    phone.get_by_role("link", name="Trang công khai").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(phone.get_by_text("07:00–18:00")).to_be_visible()
    clean(phone)


def test_sales_of_a_month_are_told_without_a_network(context: BrowserContext, phone: Page) -> None:
    sign_in(phone, email_of(Role.SALES_POINT_KEEPER))
    phone.goto("/cua-toi/diem-ban/")
    phone.get_by_role("link", name="Ghi doanh số").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Doanh số tháng")
    clean(phone)
    address = phone.url
    context.set_offline(True)
    for field in phone.get_by_label("Số lượng").all()[:5]:
        field.fill("12")
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("[data-sales-status]")).to_contain_text("Chưa có mạng")
    expect(phone.locator("[data-sales-list] li")).to_have_count(1)
    context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-sales-status]")).to_contain_text("Văn phòng đã nhận")
    expect(phone.locator("[data-sales-waiting]")).to_be_hidden()
    phone.goto(address)
    expect(phone.get_by_text("Gửi lại thì thay số đã ghi")).to_be_visible()
    expect(phone.get_by_label("Số lượng").first).to_have_value("12")


def test_refused_numbers_stay_in_the_form_and_are_mended(
    context: BrowserContext, phone: Page
) -> None:
    sign_in(phone, email_of(Role.SALES_POINT_KEEPER))
    phone.goto("/cua-toi/diem-ban/")
    phone.get_by_role("link", name="Ghi doanh số").last.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Doanh số tháng")
    address = phone.url
    until(phone, KEPT)
    context.set_offline(True)
    first, second = phone.get_by_label("Số lượng").all()[:2]
    first.fill("12")
    second.fill("1,5")
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("[data-sales-list] li")).to_have_count(1)
    phone.goto(address)  # opened again while it waits
    expect(phone.get_by_label("Số lượng").first).to_have_value("12")
    context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-sales-list]")).to_contain_text("Số lượng: Hãy nhập một số nguyên")
    phone.goto(address)
    second = phone.get_by_label("Số lượng").nth(1)
    expect(second).to_have_value("1,5")
    second.fill("2")
    phone.get_by_role("button", name=SEND).click()
    expect(phone.locator("[data-sales-status]")).to_contain_text("Văn phòng đã nhận")
    expect(phone.locator("[data-sales-list] li")).to_have_count(0)
