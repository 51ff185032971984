"""Support through all its people: refused above the ceiling, asked again, approved, paid."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.timezone import localdate
from playwright.sync_api import Browser, FilePayload, Page, expect

from ocop.people.roles import Role
from tests.e2e.conftest import WIDTHS, Seed
from tests.e2e.test_one_dossier import desk, follow, opens, press
from tests.factories import PDF

pytestmark = [pytest.mark.e2e, pytest.mark.whole]


def sound(page: Page) -> None:
    """No fault that a machine finds, and nothing wider than the screen, at any width."""
    assert Axe().run(page).response["violations"] == []
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert before is not None
    page.set_viewport_size(before)


def attach(page: Page, kind: str, name: str) -> None:
    follow(page, "Thêm giấy tờ")
    page.get_by_label("Loại giấy tờ").select_option(label=kind)
    page.get_by_label("Tên giấy tờ").fill(name)
    file = FilePayload(name="giay.pdf", mimeType="application/pdf", buffer=PDF + name.encode())
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Thêm giấy tờ")
    expect(page.get_by_role("link", name=name)).to_be_visible()


def test_a_request_is_refused_for_the_ceiling_and_one_is_paid(
    browser: Browser, site: str, seed: Seed
) -> None:
    told = json.loads(seed("support_seed"))
    with desk(browser, site, Role.PRODUCER) as maker, desk(browser, site, Role.OFFICE_HEAD) as head:
        follow(maker, "Hỗ trợ")
        sound(maker)
        follow(maker, f"Gửi đề nghị hỗ trợ {told['policy']}")
        maker.get_by_label("Nội dung đề nghị").fill("Máy hút chân không cho cốm (thử)")
        maker.get_by_label("Chi phí dự kiến (đồng)").fill("40.000.000")
        amount = maker.get_by_label("Số tiền đề nghị (đồng)")
        amount.fill("20.000.000")
        press(maker, "Gửi đề nghị")
        # Half of the cost would be twenty million; a district gave twelve of thirty already.
        refusal = maker.get_by_text(re.compile("Chính sách cho nhiều nhất 18.000.000 đồng"))
        expect(refusal.first).to_be_visible()
        expect(maker.get_by_label("Chi phí dự kiến (đồng)")).to_have_value("40.000.000")
        sound(maker)
        amount.fill("18.000.000")
        press(maker, "Gửi đề nghị")
        expect(maker.get_by_text("Đã gửi, chờ Văn phòng duyệt")).to_be_visible()
        code = maker.url.rstrip("/").rpartition("/")[2]
        attach(maker, "Dự toán, báo giá", "Báo giá máy hút chân không")

        follow(head, "Hỗ trợ chủ thể")
        sound(head)
        follow(head, code.upper())
        expect(head.get_by_text("Mức tối đa còn lại 18.000.000 đồng")).to_be_visible()
        sound(head)
        follow(head, "Duyệt", exact=True)
        head.get_by_label("Dòng dự toán").select_option(
            label=f"{localdate().year}, {told['line']}, Khác: còn 100.000.000 đồng"
        )
        head.get_by_label("Số quyết định").fill("77/QĐ-VPĐP")
        press(head, "Duyệt")
        expect(head.get_by_text("Đã duyệt đề nghị.")).to_be_visible()

        maker.reload()
        expect(maker.get_by_text("Được duyệt; làm xong thì gửi chứng từ")).to_be_visible()
        opens(maker, "PDF Biên bản nghiệm thu nội dung hỗ trợ")
        attach(maker, "Biên bản nghiệm thu", "Biên bản đã ký")
        sound(maker)

        head.reload()
        follow(head, "Nghiệm thu", exact=True)
        head.get_by_label("Chi phí thực tế theo chứng từ (đồng)").fill("30.000.000")
        press(head, "Nghiệm thu")
        opens(head, "PDF Giấy đề nghị thanh toán tiền hỗ trợ")
        follow(head, "Ghi chi tiền")
        head.get_by_label("Số chứng từ chi").fill("UNC 77")
        press(head, "Ghi chi tiền")
        expect(head.get_by_text("Đã ghi chi tiền.")).to_be_visible()
        sound(head)

        maker.reload()
        expect(maker.get_by_text("Đã nhận tiền")).to_be_visible()
        expect(maker.get_by_text("15.000.000 đồng").first).to_be_visible()
