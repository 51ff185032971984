"""The council's results in words, as a workbook and as a document."""

import io
from collections.abc import Mapping
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document

from ocop.core import language
from ocop.councils.minutes import write_document, write_print
from ocop.councils.outcome import Case, Member, ProductOutcome, Sheet, WorkingRules, assess
from ocop.councils.results import write_results
from ocop.councils.summary import conclusion_words, line_of, missed_words, remarks_of, star_words
from ocop.criteria.sets import load_set
from tests.councils.books import harmless, tables

COFFEE = load_set(13)
BEST = {c.code: max(o.points for o in c.options) for c in COFFEE.criteria}
COUNCIL = (Member("An", True), Member("Bình"), Member("Cúc"))
RULES = WorkingRules()


def result(*sheets: Mapping[str, int], **case: object) -> ProductOutcome:
    given = [Sheet(m.name, marks) for m, marks in zip(COUNCIL, sheets, strict=False)]
    gates = harmless(COFFEE) | case.pop("gates", {})
    return assess(Case("Cà phê Đồi Mẫu", COFFEE, given, gates, **case), COUNCIL, RULES)


FINAL = result(BEST, BEST, {**BEST, "3.2": 0})
HELD_BACK = result(*[{**BEST, "1.5": 2}] * 3)
STOPPED = result(BEST, BEST, BEST, gates={"all_imported_or_unknown_material": True})
NOTHING = result()
ROUGH = result(BEST, {"1.5": 1})


def test_final_result_in_words() -> None:
    line = line_of(FINAL, RULES)
    assert (line.product, line.criteria_set) == ("Cà phê Đồi Mẫu", "13. Cà phê, ca cao")
    assert (line.mean, line.spread, line.star) == (
        "99,67",
        "1",
        "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao",
    )
    assert conclusion_words(FINAL) == "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao"
    assert line.remarks == []


def test_missed_minimum_is_named_with_what_it_needs() -> None:
    assert missed_words(HELD_BACK) == "1.5 cần 3 điểm"
    assert remarks_of(HELD_BACK, RULES) == [
        "Đủ điểm 5 sao nhưng chưa đạt mức tối thiểu: 1.5 cần 3 điểm.",
        "Từ 90 điểm trở lên: trình Bộ đánh giá, kết quả của tỉnh được giữ lại.",
    ]


def test_stop_is_named() -> None:
    assert conclusion_words(STOPPED) == "Không xếp hạng"
    assert remarks_of(STOPPED, RULES)[0].endswith(
        ": 1.1 Loại nếu toàn bộ nguyên liệu nhập khẩu hoặc không rõ nguồn gốc."
    )


def test_stars_without_a_certificate_say_so() -> None:
    assert star_words(1) == "1 sao (không cấp giấy chứng nhận)"


def test_product_without_sheets_has_no_result() -> None:
    line = line_of(NOTHING, RULES)
    assert (line.mean, line.spread, line.star) == ("–", "–", "Chưa có kết quả")
    assert line.remarks == ["Chưa có hội đồng viên nào chấm sản phẩm này."]


def test_everything_that_stands_against_a_result_is_said() -> None:
    said = " ".join(remarks_of(ROUGH, RULES))
    assert "Tạm tính" in said
    assert "chênh nhau 99 điểm, quá 10 điểm" in said
    assert "2 trên 3 hội đồng viên chấm, chưa đủ 75 %" in said
    assert "thống nhất mức" in said
    assert "Chủ tịch" not in said
    headless = assess(Case("x", COFFEE, [Sheet("Bình", BEST)]), COUNCIL, RULES)
    assert any("Chủ tịch hội đồng chưa chấm" in r for r in remarks_of(headless, RULES))
    nobody = assess(Case("x", COFFEE, [Sheet("Bình", BEST)]), COUNCIL[1:2], RULES)
    assert any("Chưa rõ ai là Chủ tịch" in r for r in remarks_of(nobody, RULES))


def test_result_that_may_still_change_is_provisional_wherever_it_is_told() -> None:
    assert line_of(ROUGH, RULES).star == "2 sao (không cấp giấy chứng nhận), tạm tính"
    assert line_of(HELD_BACK, RULES).star == "4 sao"


def test_first_pass_ranks_nothing() -> None:
    assert line_of(FINAL, RULES, passing=1).star == "Chưa xếp hạng (lượt thứ nhất)"
    assert line_of(NOTHING, RULES, passing=1).star == "Chưa có kết quả"


def test_a_first_pass_tells_what_it_found_and_asks_for_nothing() -> None:
    found = line_of(HELD_BACK, RULES, passing=1)
    assert found.remarks == [
        "Đủ điểm 5 sao nhưng chưa đạt mức tối thiểu: 1.5 cần 3 điểm.",
    ]
    assert [r for r in line_of(ROUGH, RULES, passing=1).remarks if "Hãy" in r] == []


ALL = [FINAL, HELD_BACK, STOPPED, NOTHING, ROUGH]


def test_results_workbook_keeps_numbers_as_numbers() -> None:
    into = io.BytesIO()
    write_results(into, title="Phiên 1", outcomes=ALL, rules=RULES, notes=["DỮ LIỆU MẪU"])
    sheets = tables(into.getvalue())
    rows = sheets["Kết quả"]
    assert rows[0][0] == "Phiên 1"
    assert rows[1][0] == "DỮ LIỆU MẪU"
    head, *lines = rows[3:]
    by_heading = dict(zip(head, lines[0], strict=True))
    assert by_heading["Số người chấm"] == 3
    assert Decimal(str(by_heading["Điểm trung bình"])).quantize(Decimal("0.001")) == Decimal(
        "99.667"
    )
    assert by_heading["Kết quả"] == "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao"
    assert len(lines) == 5
    assert ["Cà phê Đồi Mẫu", "Cúc", 99] in sheets["Tổng điểm từng người"]
    details = sheets["Chi tiết"]
    assert ["Cà phê Đồi Mẫu", "1.5", "An", 2, 2] in details
    assert len([row for row in details if row[2] == "Bình"]) == len(BEST) * 3 + 1


def test_every_form_tells_the_same_result() -> None:
    """The page, the paper to sign, its print and the workbook: star, provisional, why."""
    book, written, printed = io.BytesIO(), io.BytesIO(), io.BytesIO()
    for write, into in ((write_results, book), (write_document, written), (write_print, printed)):
        write(into, title="Phiên 1", outcomes=ALL, rules=RULES)
    lines = [line_of(outcome, RULES) for outcome in ALL]
    _title, _blank, head, *rows = tables(book.getvalue())["Kết quả"]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Kết quả"] for row in told] == [line.star for line in lines]
    assert [row["Lưu ý"] for row in told] == ["\n".join(line.remarks) for line in lines]
    paper = Document(io.BytesIO(written.getvalue()))
    totals, remarks, _signing = paper.tables
    assert [row.cells[-1].text for row in totals.rows[1:]] == [line.star for line in lines]
    assert [row.cells[-1].text for row in remarks.rows[1:]] == [
        "\n".join(line.remarks) for line in lines
    ]
    warning = "Bản tạm tính: 2 trên 5 sản phẩm chưa có kết quả cuối cùng"
    assert any(paragraph.text.startswith(warning) for paragraph in paper.paragraphs)
    whole = "".join(_pages(printed.getvalue()))
    assert "".join(warning.split()) in whole
    for line in lines:
        assert "".join(line.star.split()) in whole
    settled = io.BytesIO()
    write_document(settled, title="Phiên 1", outcomes=[FINAL], rules=RULES)
    texts = [p.text for p in Document(io.BytesIO(settled.getvalue())).paragraphs]
    assert not any("tạm tính" in text for text in texts)


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_document_names_every_product_and_leaves_room_to_sign(spoken: str) -> None:
    into = io.BytesIO()
    with language.using(spoken):
        write_document(into, title="Phiên 1", outcomes=ALL, rules=RULES, notes=["DỮ LIỆU MẪU"])
    paper = Document(io.BytesIO(into.getvalue()))
    totals, remarks, signing = paper.tables
    for table in (totals, remarks):
        assert len(table.rows) == 6
        assert table.rows[1].cells[1].text == "Cà phê Đồi Mẫu"
    members = [cell.text for cell in totals.rows[0].cells][2:-3]
    assert members == ["An", "Bình", "Cúc"]
    assert [cell.text for cell in totals.rows[1].cells][2:5] == ["100", "100", "99"]
    assert len(signing.rows[0].cells) == 2
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts[:2] == ["Phiên 1", "DỮ LIỆU MẪU"]


def _pages(content: bytes) -> list[str]:
    """The letters of each page without spaces, since lines break where they must."""
    with pypdfium2.PdfDocument(content) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_print_says_what_the_document_says(spoken: str) -> None:
    written, printed = io.BytesIO(), io.BytesIO()
    title = "Phiên 1 *thử* #let x = [$1$]"
    with language.using(spoken):
        for write, into in ((write_document, written), (write_print, printed)):
            write(into, title=title, outcomes=ALL, rules=RULES, notes=["DỮ LIỆU MẪU"])
    pages = _pages(printed.getvalue())
    assert len(pages) > 1
    assert all("DỮLIỆUMẪU" in page for page in pages)
    paper = Document(io.BytesIO(written.getvalue()))
    said = [p.text for p in paper.paragraphs]
    said += [c.text for table in paper.tables for row in table.rows for c in row.cells]
    whole = "".join(pages)
    assert "".join(title.split()) in whole
    for text in said:
        assert "".join(text.split()) in whole


def test_print_of_no_product_opens() -> None:
    into = io.BytesIO()
    write_print(into, title="Phiên 1", outcomes=[], rules=RULES)
    assert "Phiên1" in _pages(into.getvalue())[0]
