"""One dossier through all its people, each of whom clicks their own way from signing in."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ocop.criteria.sets import load_set
from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.councils.books import harmless
from tests.e2e.conftest import Seed, sign_in
from tests.e2e.dossier_seed import SET
from tests.e2e.test_producer import picture

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
PRODUCT = "Chậu sen đá đi hết một vòng (mẫu)"
COUNCIL = "Hội đồng ba người (mẫu)"
SITTING = "Phiên họp một hồ sơ (mẫu)"
PAPER = "Hợp đồng xuất khẩu của sen đá"
ADVISER = "Thành viên tổ tư vấn (mẫu)"
DECISION = "5121/QĐ-UBND"
TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
CRITERIA = load_set(SET).criteria
#: 83 points with every minimum of four stars.
MARKS = dict(
    zip(
        (criterion.code for criterion in CRITERIA),
        (2, 4, 2, 4, 2, 1, 5, 3, 2, 1, 3, 2, 3, 4, 2, 3, 5, 2, 5, 5, 4, 3, 3, 6, 4, 3),
        strict=True,
    )
)
IN_FAVOUR = harmless(load_set(SET))
#: Criteria whose conditions speak for the product.
YES = ("1.1", "9")
ANSWERS = {
    "Tên chủ thể": "Chủ thể (mẫu)",
    "Địa chỉ": "Phường Giảng Võ, thành phố Hà Nội",
    "Điện thoại": "024 3000 0000",
    "Họ và tên": "Đại diện chủ thể (mẫu)",
    "Chức vụ": "Giám đốc",
    "Tên sản phẩm, dịch vụ": PRODUCT,
    "Số mẫu sản phẩm nộp kèm": "5",
}


@contextmanager
def desk(browser: Browser, site: str, role: Role | None) -> Iterator[Page]:
    """What somebody sees who has just signed in, or a visitor; scripts and policy must hold."""
    context = browser.new_context(
        base_url=site, locale="vi-VN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    if role is not None:
        sign_in(page, email_of(role))
    yield page
    context.close()
    assert wrong == []


def follow(page: Page | Locator, name: str, *, exact: bool = False) -> None:
    """Follow the first link of this name."""
    page.get_by_role("link", name=name, exact=exact).first.click()


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opens(where: Page | Locator, name: str) -> None:
    """The paper behind the first link of this name is a PDF."""
    link = where.get_by_role("link", name=name).first
    answer = link.page.request.get(link.get_attribute("href") or "")
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")


def in_row(page: Page, name: str = PRODUCT) -> Locator:
    """The row of a table in which something stands."""
    return page.locator("main tr", has_text=name)


def producer_begins(page: Page) -> None:
    """Begin a dossier and fill every page of it."""
    follow(in_row(page), "Mở hồ sơ")
    page.locator("main form input[type=radio]").first.check()
    press(page, "Mở hồ sơ")
    page.locator("main .tasks a").first.click()
    while True:
        fill_page(page)
        onward = page.get_by_role("button", name="Lưu và tiếp")
        more, before = onward.count(), page.url
        if more:
            onward.click()
        else:
            press(page, "Lưu")
        page.wait_for_url(lambda url, before=before: url != before)
        if not more:  # the last page leads back to the dossier
            break


def producer_files(page: Page) -> None:
    """Give in what is whole."""
    expect(page.get_by_label("Tự chấm điểm")).to_contain_text("83")
    follow(page, "Nộp hồ sơ")
    press(page, "Nộp hồ sơ")
    expect(page.locator("main")).to_contain_text("Số phiếu")
    opens(page, "Mẫu 01 (PDF)")


def fill_page(page: Page) -> None:
    """Fill what one page asks: words, the level of a criterion, conditions, a paper."""
    code = page.url.rstrip("/").rsplit("/", 1)[-1]
    form = page.locator("main form").first
    for box in form.get_by_role("textbox").all():
        label = box.evaluate("box => box.labels[0].innerText")
        if "(không bắt buộc)" not in label and not box.input_value():
            box.fill(ANSWERS.get(label.strip(), "Đúng như trong minh chứng kèm theo."))
    for box in form.get_by_role("checkbox").all():
        box.check()
    if code in MARKS:
        level = re.compile(rf"^{MARKS[code]} · ")
        form.get_by_role("radio", name=level).first.check()
    for question in form.locator("fieldset fieldset").all():
        answer = question.get_by_role("radio", name="Có" if code in YES else "Không", exact=True)
        if answer.count():
            answer.check()
    if code == "9":
        bring_paper(page)


def bring_paper(page: Page) -> None:
    """A new paper for the criterion that is open."""
    follow(page, "Tải minh chứng mới")
    file = {"name": "hop-dong.png", "mimeType": "image/png", "buffer": picture()}
    page.get_by_label("Tệp").set_input_files([file])  # type: ignore[list-item]
    page.get_by_label("Tên minh chứng").fill(PAPER)
    page.get_by_label("Loại minh chứng").select_option(label="Thị trường và phân phối")
    press(page, "Lưu")
    expect(page.locator("#minh-chung")).to_contain_text(PAPER)


def commune_forwards(page: Page) -> None:
    """Form 03 and on to the province."""
    follow(page, "Hồ sơ chờ cấp xã")
    follow(in_row(page), PRODUCT)
    follow(page, "Kiểm tra, ghi Mẫu số 03")
    form = page.locator("main form")
    for box in form.get_by_role("checkbox").all():
        box.check()
    for topic in form.get_by_role("radio", name="Đúng", exact=True).all():
        topic.check()
    for words in form.get_by_role("textbox", name="Nhận xét của cấp xã").all():
        words.fill("Đã kiểm tra tại cơ sở, đúng như chủ thể khai.")
    form.get_by_label("Kết luận, kiến nghị").fill("Đề nghị cấp trên xem xét.")
    form.get_by_label("Số văn bản").fill("16/BC-UBND")
    form.get_by_label("Người ký").fill("Chủ tịch Ủy ban nhân dân phường (mẫu)")
    form.get_by_label("Ngày ký").fill(TODAY.isoformat())
    press(page, "Lưu và chuyển cấp tỉnh")
    press(page, "Chuyển cấp tỉnh")
    expect(page.locator("main")).to_contain_text("Đã chuyển hồ sơ lên cấp tỉnh")


def office_receives(page: Page) -> None:
    """Receive, and give it to an adviser."""
    main = page.locator("main")
    follow(page, "Hồ sơ", exact=True)
    follow(in_row(page), PRODUCT)
    follow(main, "Tiếp nhận")
    press(page, "Tiếp nhận")
    expect(main).to_contain_text("Đã tiếp nhận hồ sơ")


def office_assigns(page: Page) -> None:
    """The adviser who signs in leads."""
    follow(page, "Phân công tổ tư vấn")
    page.get_by_role("checkbox", name=ADVISER).check()
    leaders = page.get_by_label("Người chủ trì")
    leaders.select_option(leaders.locator("option", has_text=ADVISER).get_attribute("value"))
    press(page, "Phân công tổ tư vấn")
    expect(page.locator("main")).to_contain_text("Đã phân công")


def adviser_examines(page: Page) -> None:
    """A finding, a visit, the proposal."""
    follow(page, "Hồ sơ giao cho tôi")
    follow(in_row(page), PRODUCT)
    follow(page, "Xem xét từng tiêu chí")
    page.get_by_label("Các tiêu chí").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/1\.1/$"))
    page.get_by_role("radio", name="Có căn cứ").check()
    page.get_by_label("Mức có căn cứ").select_option(str(MARKS["1.1"]))
    press(page, "Lưu và sang tiêu chí sau")
    page.wait_for_url(re.compile(r"/1\.2/$"))
    follow(page, "Thẩm tra tại cơ sở")
    page.get_by_label("Nhận xét tại cơ sở").fill("Vườn gọn gàng, đúng như hồ sơ.")
    press(page, "Lưu biên bản")
    expect(page.get_by_text("Đã gửi biên bản")).to_be_visible()
    follow(page.locator("main"), PRODUCT)
    follow(page.locator("main"), "Tổ tư vấn", exact=True)
    expect(page.locator("main")).to_contain_text("Vườn gọn gàng")
    follow(page, "Báo cáo, đề nghị của tổ tư vấn")
    page.get_by_label("Đủ điều kiện trình hội đồng").check()
    page.get_by_label("Hạng sao có căn cứ").select_option("4")
    page.get_by_label("Nhận xét và đề nghị").fill("Hồ sơ đủ điều kiện trình hội đồng.")
    page.get_by_label("Chưa xem xét, chưa đạt").fill("Các tiêu chí khác đúng như minh chứng (mẫu).")
    press(page, "Báo cáo, đề nghị của tổ tư vấn")
    expect(page.locator("main")).to_contain_text("Đã ghi đề nghị của tổ tư vấn")


def office_calls(page: Page) -> None:
    """A sitting of the council with the dossier on its agenda."""
    follow(page, "Hội đồng", exact=True)
    follow(page.locator("main"), COUNCIL)
    follow(page, "Lập phiên họp")
    page.get_by_label("Tên phiên họp").fill(SITTING)
    begins = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")) - timedelta(minutes=1)
    page.get_by_label("Bắt đầu lúc").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Địa điểm").fill("Hội trường (mẫu)")
    press(page, "Lập phiên họp")
    page.get_by_label(PRODUCT).check()
    press(page, "Đưa vào chương trình")
    expect(page.get_by_label("Đã đưa vào")).to_contain_text(PRODUCT)
    follow(page, "Về phiên họp")
    opens(page.locator("main li", has_text="Giấy mời"), "PDF")


def chair_opens(page: Page) -> None:
    """Who is there, the opening, the marking."""
    follow(page, "Hội đồng", exact=True)
    follow(page.get_by_role("article", name=SITTING), "Điểm danh")
    for there in page.get_by_role("radio", name="có mặt").all():
        there.check()
    press(page, "Lưu điểm danh")
    press(page, "Khai mạc phiên họp")
    press(page, "Bắt đầu chấm")
    expect(page.locator("main")).to_contain_text("Chờ 3 phiếu nữa")


def marks(page: Page, given: dict[str, int]) -> None:
    """The open sheet by keyboard, and the button that gives it in."""
    for code, points in given.items():
        expect(page.locator(".line.now")).to_have_attribute("data-line", code)
        page.keyboard.press(str(points))
        for question in page.locator(".line.now .condition").all():
            said = "yes" if IN_FAVOUR[question.get_attribute("data-question") or ""] else "no"
            question.locator(f"input[value={said}]").check()
        page.keyboard.press("Enter")
    now = page.locator(".line.now")
    expect(now).to_have_id("dieu-kien")
    for answer in now.get_by_role("radio", name="Không").all():
        answer.check()
    now.get_by_role("button", name="Lưu, tiếp").click()
    expect(now).to_have_id("nop")
    page.get_by_label("Ý kiến của thành viên").fill("Sản phẩm đạt yêu cầu.")
    press(page, "Nộp phiếu")
    expect(page.locator("main")).to_contain_text("Đã nộp phiếu lúc")


def chair_marks(page: Page) -> None:
    """The chair's sheet: as the producer marked. The way is over the case on the hall's screen."""
    follow(page.locator("main"), PRODUCT)
    follow(page.locator("main"), "Phiếu của tôi")
    marks(page, MARKS)


def secretary_marks(page: Page) -> None:
    """The secretary's, the same."""
    follow(page, "Hội đồng", exact=True)
    page.locator("li.card", has_text=PRODUCT).get_by_role("link").click()
    marks(page, MARKS)


def member_marks(page: Page) -> None:
    """The member sees less in a criterion of which four stars ask a minimum."""
    page.locator("li.card", has_text=PRODUCT).get_by_role("link").click()
    marks(page, MARKS | {"5.1": 3})


def chair_concludes(page: Page) -> None:
    """Conditions, the level that members differ on, the conclusion, the minutes."""
    main = page.locator("main")
    follow(page, "Hội đồng", exact=True)
    follow(page.get_by_role("article", name=SITTING), "Trả lời điều kiện")
    for question in main.locator("form fieldset").all():
        speaks_for = question.locator("legend").inner_text().startswith(YES)
        question.get_by_role("radio", name="Có" if speaks_for else "Không", exact=True).check()
    press(page, "Ghi câu trả lời")
    follow(main, "Thống nhất mức")
    page.get_by_role("radio", name=re.compile(r"^5 · ")).first.check()
    press(page, "Ghi mức thống nhất")
    follow(main, "Kết luận")
    press(page, "Kết luận")
    expect(main).to_contain_text("82,33")
    follow(main, "Kết thúc phiên họp")
    page.get_by_label("Số biên bản").fill("08/BB-HĐ")
    page.get_by_label("Ngày biên bản").fill(TODAY.isoformat())
    press(page, "Kết thúc phiên họp")
    opens(main.locator("li", has_text="Biên bản"), "PDF")


def office_decides(page: Page) -> None:
    """The decision as it was signed."""
    follow(page, "Chờ quyết định")
    follow(page, "Ghi quyết định công nhận")
    page.get_by_role("checkbox", name=PRODUCT).check()
    page.get_by_label("Số quyết định").fill(DECISION)
    page.get_by_label("Ngày ký").fill(TODAY.isoformat())
    page.get_by_label("Cơ quan ký").select_option("Ủy ban nhân dân thành phố Hà Nội")
    press(page, "Ghi quyết định công nhận")
    expect(page.locator("main")).to_contain_text(DECISION)


def producer_sees(page: Page) -> None:
    """The star among the own products, and the message."""
    expect(in_row(page)).to_contain_text("4 sao")
    follow(page, "Thông báo")
    follow(page.locator("main"), f"Quyết định công nhận: {PRODUCT}")
    expect(page.locator("main")).to_contain_text("công nhận 4 sao")
    follow(page, "Mở trang liên quan")
    expect(page.get_by_role("heading", level=1)).to_contain_text(PRODUCT)
    expect(page.locator("main")).to_contain_text("4 sao")


def everybody_sees(page: Page) -> None:
    """The star on the product's page, found by its name."""
    page.goto("/")
    search = page.get_by_role("search").first
    search.get_by_role("searchbox").fill(PRODUCT.removesuffix(" (mẫu)"))
    search.get_by_role("button").click()
    follow(page.locator("main"), PRODUCT)
    expect(page.get_by_role("heading", level=1)).to_contain_text(PRODUCT)
    expect(page.locator("main")).to_contain_text("4 sao")
    expect(page.locator("main")).to_contain_text(DECISION)


#: Who does what, in this order; everybody signs in anew.
PLAY: tuple[tuple[Role | None, tuple[Callable[[Page], None], ...]], ...] = (
    (Role.PRODUCER, (producer_begins, producer_files)),
    (Role.COMMUNE_OFFICER, (commune_forwards,)),
    (Role.PROVINCIAL_OFFICER, (office_receives, office_assigns)),
    (Role.ADVISORY_MEMBER, (adviser_examines,)),
    (Role.PROVINCIAL_OFFICER, (office_calls,)),
    (Role.COUNCIL_CHAIR, (chair_opens, chair_marks)),
    (Role.COUNCIL_SECRETARY, (secretary_marks,)),
    (Role.COUNCIL_MEMBER, (member_marks,)),
    (Role.COUNCIL_CHAIR, (chair_concludes,)),
    (Role.PROVINCIAL_OFFICER, (office_decides,)),
    (Role.PRODUCER, (producer_sees,)),
    (None, (everybody_sees,)),
)


def test_one_dossier_goes_through_all_its_people(browser: Browser, site: str, seed: Seed) -> None:
    seed("dossier_seed", PRODUCT, COUNCIL)
    for role, acts in PLAY:
        with desk(browser, site, role) as page:
            for act in acts:
                act(page)
