"""Official papers: as PDF and in a frame that an office may edit."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from docx import Document

from ocop.core.official import bundle, printing, word
from ocop.core.official.paper import Facts, Grid, Official, Signature, Text, dated
from ocop.core.refusals import Refused

PAPER = Official(
    title="BIÊN BẢN",
    subtitle="Họp hội đồng",
    parent="Ủy ban nhân dân",
    issuer="Hội đồng đánh giá",
    number="Số: 12/BB-HĐ",
    dated=dated("Hà Nội", date(2026, 1, 5)),
    blocks=[
        Text("Thành phần", "heading"),
        Text("Có {{ ngoặc }} và <b>thẻ</b> #hàm"),
        Facts([("Có mặt", "8/9")]),
        Grid(("STT", "Điểm"), [("1", "86,33"), ("", "86,33")], (1, 2), (1,), (1,)),
    ],
    signatures=[Signature("Thư ký"), Signature("Chủ tịch", "Người ký")],
    recipients=["- Như trên;"],
    marks=["DỮ LIỆU MẪU"],
)


def _words(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def _paragraphs(docx: bytes) -> list[str]:
    return [p.text for p in Document(BytesIO(docx)).paragraphs]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "Hà Nội, ngày 15 tháng 02 năm 2026"),
        (date(2026, 11, 5), "Hà Nội, ngày 05 tháng 11 năm 2026"),
    ],
)
def test_days_are_written_as_the_decree_says(day: date, written: str) -> None:
    assert dated("Hà Nội", day) == written


def test_no_line_ends_between_a_number_and_its_percent_sign() -> None:
    """Somewhere among these one would."""
    blocks = [Text("x" * length + " từ " * 14 + "75 %", "plain") for length in range(1, 60)]
    paper = replace(PAPER, blocks=blocks)
    lines = _words(printing.pdf(paper)).splitlines()
    assert sum("75" in line for line in lines) == 59
    assert not [line for line in lines if line.strip().startswith("%")]
    assert sum("75\N{NO-BREAK SPACE}%" in text for text in _paragraphs(word.docx(paper))) == 59


def test_a_day_to_fill_in_by_hand_is_dots() -> None:
    assert dated("", None) == "Ngày ..... tháng ..... năm ........"


def test_pdf_says_everything_and_reads_no_text_as_markup() -> None:
    words = _words(printing.pdf(PAPER))
    for told in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "{{ ngoặc }}", "<b>thẻ</b> #hàm", "86,33", "8/9"):
        assert told in words
    assert "DỮ LIỆU MẪU" in words


def test_document_says_the_same_in_the_same_order() -> None:
    said = [text for text in _paragraphs(word.docx(PAPER)) if text]
    assert said == [
        "BIÊN BẢN", "Họp hội đồng", "Thành phần", "Có {{ ngoặc }} và <b>thẻ</b> #hàm",
        "Có mặt: 8/9", "Nơi nhận:", "- Như trên;",
    ]  # fmt: skip
    tables = [
        [c.text for r in t.rows for c in r.cells]
        for t in Document(BytesIO(word.docx(PAPER))).tables
    ]
    assert tables[1] == ["STT", "Điểm", "1", "86,33", "", "86,33"]
    assert "Người ký" in tables[2][-1]


def test_the_frame_of_the_office_is_kept_around_the_content() -> None:
    own = Document(BytesIO(word.default_frame()))
    own.add_paragraph("Văn phòng gõ thêm dòng này")
    into = BytesIO()
    own.save(into)
    said = _paragraphs(word.docx(PAPER, into.getvalue()))
    assert said[-1] == "Văn phòng gõ thêm dòng này"
    assert "Thành phần" in said


def test_our_own_frames_are_frames() -> None:
    word.check_frame(word.default_frame())
    word.check_frame(word.default_frame(landscape=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ noi_dung }} {{ chu_ky }} {{ dau }} {{ la }}", "frame_mark_unknown"),
        ("{{ noi_dung }} {{ dau }}", "frame_mark_missing"),
        ("{{ noi_dung", "frame_unreadable"),
    ],
)
def test_a_frame_with_wrong_marks_is_refused(text: str, code: str) -> None:
    paper = Document()
    paper.add_paragraph(text)
    into = BytesIO()
    paper.save(into)
    with pytest.raises(Refused) as refused:
        word.check_frame(into.getvalue())
    assert refused.value.code == code


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(Refused, match="Không đọc được mẫu"):
        word.check_frame(b"khong phai docx")


def test_a_bundle_presses_only_what_is_not_pressed_yet() -> None:
    into, told = BytesIO(), list[int]()
    pieces = (bundle.Piece("a", f"Giấy {ending}", ending, b"x" * 900) for ending in ("pdf", "txt"))
    bundle.bundle(into, "Hồ sơ", pieces, tell=told.append)
    packed = zipfile.ZipFile(into)
    sizes = {info.filename: info.compress_size for info in packed.infolist()}
    assert sizes["a/001-giay-pdf.pdf"] == 900
    assert sizes["a/002-giay-txt.txt"] < 100
    assert told == [1, 2]
