"""The report as DOCX, XLSX and PDF: they open, say the same sentences, and carry the mark."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from ocop.core import language, papers
from ocop.programme import documents, indicators, sentences
from ocop.programme.cuts import CUTS
from ocop.programme.scope import Scope
from ocop.programme.sentences import Number
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 31, 18, 0, tzinfo=UTC)  # the 1st of April in Vietnam
TABLES = ("year", "rank", "sector", "producer_kind", "district_then", "commune_now")
MARK = "DỮ LIỆU MẪU: không phải số liệu thật, không dùng để báo cáo."


@pytest.fixture(autouse=True)
def _province() -> None:
    province.found()


@pytest.fixture(params=language.LANGUAGES)
def _spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    with language.using(request.param):
        yield


def _link(number: Number) -> str:
    chosen = "&".join(f"{cut}={key}" for cut, key in number.scope.choices)
    return f"https://ocop.example/{number.indicator}?{chosen}"


def _report(kind: str, frame: Scope | None = None) -> bytes:
    return documents.report(frame or scope(), kind, TABLES, link=_link, at=AT)


def _tables() -> list[list[tuple[str, int]]]:
    reading = indicators.get("evaluated")
    return [[(s.label, s.count) for s in reading.slices(scope(), cut)] for cut in TABLES]


def _numbers() -> list[Number]:
    pieces = [p for sentence in sentences.all_of(scope()) for p in sentence.pieces]
    return [piece for piece in pieces if isinstance(piece, Number)]


def _docx_text(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def _sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _pdf_text(content: bytes) -> str:
    """All letters of all pages without spaces, since lines break where they must."""
    with pypdfium2.PdfDocument(content) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return _tight(text)


def _tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.usefixtures("_spoken")
def test_docx_has_every_sentence_table_and_link() -> None:
    content = _report("docx")
    text = _docx_text(content)
    said = [sentence.text for sentence in sentences.all_of(scope())]
    assert [line for line in text if line in said] == said
    document = docx.Document(io.BytesIO(content))
    told = [[tuple(c.text for c in row.cells) for row in table.rows] for table in document.tables]
    assert [table[1:] for table in told] == [
        [(label, str(count)) for label, count in table] for table in _tables()
    ]
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert [(link.text, link.address) for link in links] == [
        (number.written, _link(number)) for number in _numbers()
    ]


@pytest.mark.usefixtures("_spoken")
def test_xlsx_has_every_sentence_and_a_sheet_of_numbers_per_table() -> None:
    summary, *sheets = _sheets(_report("xlsx")).values()
    said = [sentence.text for sentence in sentences.all_of(scope())]
    assert [row[0] for row in summary if row[0] in said] == said
    for sheet, table in zip(sheets, _tables(), strict=True):
        assert [tuple(row[:2]) for row in sheet[1:-1]] == table
        assert sheet[-1][1] == sum(count for _label, count in table)


@pytest.mark.usefixtures("_spoken")
def test_pdf_has_every_sentence_and_table() -> None:
    text = _pdf_text(_report("pdf"))
    for sentence in sentences.all_of(scope()):
        assert _tight(sentence.text) in text
    for table in _tables():
        for label, count in table:
            assert _tight(f"{label} {count}") in text


def test_title_says_the_province_the_term_and_the_days() -> None:
    first, second = _docx_text(_report("docx"))[:2]
    assert first == "Kết quả thực hiện Chương trình OCOP Thành phố Hà Nội"
    assert second == "Giai đoạn 2021–2025, tính đến hết ngày 31/03/2024; lập ngày 01/04/2024"


def test_mark_of_the_demonstration_stands_in_its_documents_and_in_no_others() -> None:
    shown = replace(scope(), demonstration=True)
    assert _docx_text(_report("docx", shown))[0] == MARK
    assert _tight(MARK) in _pdf_text(_report("pdf", shown))
    for rows in _sheets(_report("xlsx", shown)).values():
        assert sum(MARK in row for row in rows) == 1
    assert MARK not in _docx_text(_report("docx"))
    assert _tight(MARK) not in _pdf_text(_report("pdf"))
    assert not any(MARK in row for rows in _sheets(_report("xlsx")).values() for row in rows)


@pytest.mark.parametrize("kind", list(papers.MEDIA_TYPES))
def test_report_of_an_empty_register_opens(kind: str) -> None:
    nobody = replace(scope(), province="79")
    content = _report(kind, nobody)
    read = {"docx": _docx_text, "xlsx": _sheets, "pdf": _pdf_text}[kind]
    assert _tight("đã có 0 sản phẩm OCOP") in _tight(str(read(content)))


def test_every_cut_has_a_name_that_a_sheet_can_carry() -> None:
    for spoken in language.LANGUAGES:
        with language.using(spoken):
            cuts = [cut for cut in CUTS if cut != "kind"]
            content = documents.report(scope(), "xlsx", cuts, link=_link, at=AT)
            assert len(_sheets(content)) == len(cuts) + 1
