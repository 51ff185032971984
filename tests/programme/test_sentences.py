"""The report in words: every number in it is right, in both languages, and has its rows."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from ocop.core import language
from ocop.programme import indicators, queries, sentences
from ocop.programme.models import ReportedFigure
from ocop.programme.scope import Scope
from ocop.programme.sentences import Number
from ocop.programme.terms import Term
from tests.factories import (
    RecognitionFactory,
    RegistrationFactory,
    ReportedFigureFactory,
    TargetFactory,
)
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db

WHOLE_REPORT = """\
Có 1.350 làng có nghề.
Có 3 sản phẩm nông sản được gắn tem truy xuất nguồn gốc (mã QR).
Đến hết ngày 31/03/2024, đã có 14 sản phẩm OCOP được đánh giá, phân hạng, trong đó 12 sản phẩm \
trong giai đoạn 2021–2025.
Theo năm: năm 2020: 2 (lũy kế 2); năm 2021: 5 (lũy kế 7); năm 2022: 4 (lũy kế 11); \
năm 2023: 3 (lũy kế 14).
Năm 2021: 5 sản phẩm (1 sản phẩm tiềm năng 5 sao, 1 sản phẩm 4 sao, 3 sản phẩm 3 sao) \
của 4 chủ thể.
Năm 2022: 4 sản phẩm (2 sản phẩm 4 sao, 2 sản phẩm 3 sao) của 4 chủ thể.
Năm 2023: 3 sản phẩm (1 sản phẩm 5 sao, 2 sản phẩm 3 sao) của 2 chủ thể.
Năm 2021: 1 trên 2 quận, huyện, thị xã đăng ký đánh giá, phân hạng 1 sản phẩm, nhiều nhất là \
huyện Phú Xuyên 1.
Năm 2024: 2 trên 2 quận, huyện, thị xã đăng ký đánh giá, phân hạng 7 sản phẩm, nhiều nhất là \
huyện Hoài Đức 4, huyện Phú Xuyên 3.
Mục tiêu giai đoạn 2021–2025 là 16 sản phẩm; đã đánh giá, phân hạng 12, bằng 75,0 %; còn thiếu \
4 sản phẩm.
Năm 2024 các đơn vị đăng ký 7 sản phẩm; nếu tất cả đạt, đến hết năm giai đoạn 2021–2025 có 19 \
sản phẩm, hoàn thành mục tiêu sớm 1 năm.
Ngày 31/03/2024 có 12 sản phẩm còn hiệu lực hạng sao.
Trong giai đoạn 2021–2025, 2 sản phẩm có hạng sao hết hạn: 0 được công nhận lại đúng hạn (0 %), \
0 sau hạn, 2 chưa được công nhận lại.
Có 1.105 điểm giới thiệu và bán sản phẩm OCOP.
Trong đó huyện Phú Xuyên có 3 điểm, tại xã Tân Dân, xã Vân Từ.
Năm 2024 dự kiến công nhận 5–10 trung tâm thiết kế sáng tạo.
Từ năm 2019, huyện Hoài Đức hỗ trợ chủ thể làm hồ sơ, gắn tem và dự hội chợ.
"""


def _text(frame: Scope) -> str:
    return "".join(sentence.text + "\n" for sentence in sentences.all_of(frame))


def _on_progress(frame: Scope) -> list[str]:
    return [s.text for s in sentences.on_progress(frame, queries.progress(frame))]


def test_report_says_what_is_in_the_register() -> None:
    province.found()
    assert _text(scope()) == WHOLE_REPORT


def test_english_report_has_the_same_numbers_and_no_vietnamese_but_names() -> None:
    province.found()
    with language.using("en"):
        told = _text(scope()).replace("five-star", "5-star")
    marks = str.maketrans({",": ".", ".": ","})
    written = re.compile(r"\d[\d.,/–]*\d|\d")
    assert Counter(written.findall(told)) == Counter(
        n if "/" in n else n.translate(marks) for n in written.findall(WHOLE_REPORT)
    )
    names = "huyện Hoài Đức|huyện Phú Xuyên|xã Tân Dân|xã Vân Từ"
    assert re.sub(names, "", told).replace("–", "-").isascii()
    assert told.count("\n") == WHOLE_REPORT.count("\n")


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_number_has_exactly_so_many_rows(spoken: str) -> None:
    province.found()
    seen = Counter()
    with language.using(spoken):
        for sentence in sentences.all_of(scope()):
            for piece in sentence.pieces:
                if isinstance(piece, Number) and not piece.indicator:
                    seen["target"] += 1  # and what is reckoned with it: no rows, a source
                elif isinstance(piece, Number):
                    reading = indicators.get(piece.indicator)
                    value = int(re.sub(r"\D", "", piece.written))
                    rows = reading.rows(piece.scope)
                    reported = rows.model is ReportedFigure
                    assert value == (sum(r.value for r in rows) if reported else rows.count())
                    seen[piece.indicator] += 1
    assert seen == {
        "evaluated": 19,
        "evaluated_in_term": 2,
        "producers": 3,
        "registered": 6,
        "valid": 1,
        "ended": 1,
        "renewed_in_time_share": 1,
        "renewed_late": 1,
        "not_renewed": 1,
        "craft_villages": 1,
        "stamped_products": 1,
        "sales_points": 2,
        "target": 5,
    }


def test_empty_register_says_nothing_but_that_it_is_empty() -> None:
    province.units()
    assert _text(scope()) == (
        "Đến hết ngày 31/03/2024, đã có 0 sản phẩm OCOP được đánh giá, phân hạng, trong đó 0 "
        "sản phẩm trong giai đoạn 2021–2025.\n"
        "Ngày 31/03/2024 có 0 sản phẩm còn hiệu lực hạng sao.\n"
    )


def test_reached_target_is_told_with_its_share_and_no_forecast() -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=3)
    RecognitionFactory.create_batch(4, on=date(2023, 5, 5))
    RegistrationFactory.create_batch(9, unit=place.phu_xuyen)
    assert _on_progress(scope())[1:] == [
        "Mục tiêu giai đoạn 2021–2025 là 3 sản phẩm; đã đánh giá, phân hạng 4, bằng 133,3 % "
        "mục tiêu."
    ]


@pytest.mark.parametrize(
    ("as_of", "low", "ending"),
    [
        (date(2024, 6, 1), 9, "vẫn chưa đủ mục tiêu."),
        (date(2024, 6, 1), 6, "hoàn thành mục tiêu sớm 1 năm."),
        (date(2025, 6, 1), 6, "hoàn thành mục tiêu."),
    ],
)
def test_forecast_says_whether_and_how_early_the_target_is_reached(
    as_of: date, low: int, ending: str
) -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=low)
    RecognitionFactory.create_batch(4, on=date(2023, 5, 5))
    RegistrationFactory.create_batch(2, unit=place.phu_xuyen, year=as_of.year)
    assert _on_progress(scope(as_of=as_of))[2] == (
        f"Năm {as_of.year} các đơn vị đăng ký 2 sản phẩm; nếu tất cả đạt, đến hết năm giai đoạn "
        f"2021–2025 có 6 sản phẩm, {ending}"
    )


def test_no_forecast_without_a_target() -> None:
    place = province.units()
    RegistrationFactory(unit=place.phu_xuyen)
    assert len(_on_progress(scope())) == 1


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param(date(2020, 6, 1), id="before the term"),
        pytest.param(date(2024, 12, 31), id="the year is over"),
        pytest.param(date(2026, 6, 1), id="after the term"),
    ],
)
def test_no_forecast_of_a_year_that_can_bring_nothing(as_of: date) -> None:
    place = province.units()
    TargetFactory(unit=place.then, low=9)
    RegistrationFactory.create_batch(3, unit=place.phu_xuyen, year=as_of.year)
    told = _on_progress(scope(as_of=as_of))
    assert len(told) == 2
    assert "còn thiếu 9 sản phẩm" in told[1]
    assert queries.progress(scope(as_of=as_of)).expected_by_year_end == 0


def test_registrations_of_communes_are_told_without_districts() -> None:
    place = province.units()
    RegistrationFactory.create_batch(2, unit=place.today_phu_xuyen, year=2026)
    frame = replace(scope(as_of=date(2026, 11, 23)), term=Term(2026, 2030))
    assert "Năm 2026: các xã, phường đăng ký đánh giá, phân hạng 2 sản phẩm.\n" in _text(frame)


def test_district_whose_communes_reported_nothing_is_told_without_them() -> None:
    place = province.units()
    ReportedFigureFactory(indicator="sales_points", unit=place.phu_xuyen, value=3)
    text = _text(scope())
    assert "Có 3 điểm giới thiệu và bán sản phẩm OCOP.\n" in text
    assert "Trong đó huyện Phú Xuyên có 3 điểm.\n" in text
