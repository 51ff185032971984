"""The demonstration's page of figures: the office's numbers, each with its list."""

import re

import pytest
from django.test import Client

from ocop.programme import indicators
from ocop.programme.readings import Source
from tests.demonstration.loaded import LOADED
from tests.web.figures_reading import LIST, page

pytestmark = [*LOADED, pytest.mark.whole]
ADDRESS = "/so-lieu/?as_of=2024-03-31&term=2021-2025"


def test_page_tells_the_office_s_own_figures_and_that_they_are_invented(client: Client) -> None:
    text = re.sub(r"<[^>]+>", "", page(client, ADDRESS).text)
    assert "Đã đạt 82,9 % mục tiêu, còn thiếu 343 sản phẩm" in text
    for words in (
        "đã có 2.711 sản phẩm OCOP",
        "trong đó 1.657 sản phẩm trong giai đoạn 2021–2025",
        "năm 2019: 301",
        "năm 2020: 753 (lũy kế 1.054)",
        "năm 2021: 595 (lũy kế 1.649)",
        "năm 2022: 518 (lũy kế 2.167)",
        "năm 2023: 544 (lũy kế 2.711)",
        "271 sản phẩm 4 sao, 246 sản phẩm 3 sao) của 191 chủ thể",
        "26 trên 30 quận, huyện, thị xã đăng ký đánh giá, phân hạng 541 sản phẩm",
        "huyện Hoài Đức 50, quận Hà Đông 42",
        "các đơn vị đăng ký 510 sản phẩm",
        "có 2.167 sản phẩm, hoàn thành mục tiêu sớm 1 năm",
        "Có 1.350 làng có nghề",
        "sản phẩm nông sản được gắn tem truy xuất nguồn gốc",
        "Có 105 điểm giới thiệu và bán sản phẩm OCOP",
        "huyện Phú Xuyên có 3 điểm, tại xã Sơn Hà, xã Tân Dân, xã Vân Từ",
        "5–10 trung tâm thiết kế sáng tạo",
        "Đạt mục tiêu trong quý: 2024-Q4",
    ):
        assert words in text
    assert "Dữ liệu mẫu" in text


def test_every_counted_number_of_the_page_leads_to_so_many_rows(client: Client) -> None:
    seen = 0
    for address, count in page(client, ADDRESS).numbers():
        slug = address.removeprefix(LIST).split("/")[0]
        if indicators.BY_SLUG[slug].source is not Source.REPORTED:
            assert page(client, f"{address}&per_page=25").rows_told() == count, address
            seen += 1
    assert seen > 80
