"""The report of a day as DOCX, XLSX and PDF: the sentences, and the tables beneath them."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import docx
import xlsxwriter
from django.utils import timezone
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ocop.core import numbers, papers, typesetting
from ocop.core.language import gettext as _
from ocop.places import queries as places
from ocop.programme import indicators, sentences
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.readings import Products
from ocop.programme.scope import Scope
from ocop.programme.sentences import Number, Sentence

Link = Callable[[Number], str]


@dataclass(frozen=True, slots=True)
class Report:
    """What every form of the report holds."""

    title: str
    subtitle: str
    mark: str  # of the demonstration; empty for real data
    sentences: list[Sentence]
    tables: list[tuple[str, list[Slice]]]
    link: Link


def report(scope: Scope, kind: str, cuts: Sequence[str], *, link: Link, at: datetime) -> bytes:
    """The report of a day in one of `papers.MEDIA_TYPES`.

    `link` gives the address behind a number.
    """
    province = places.province(scope.province)
    content = Report(
        title=_("Kết quả thực hiện Chương trình OCOP %s") % (province.name if province else ""),
        subtitle=_("Giai đoạn %(term)s, tính đến hết ngày %(day)s; lập ngày %(made)s")
        % {
            "term": scope.term,
            "day": numbers.write_date(scope.as_of),
            "made": numbers.write_date(timezone.localdate(at)),
        },
        mark=papers.mark() if scope.demonstration else "",
        sentences=sentences.all_of(scope),
        tables=_tables(scope, cuts),
        link=link,
    )
    return {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[kind](content)


def _tables(scope: Scope, cuts: Iterable[str]) -> list[tuple[str, list[Slice]]]:
    reading = indicators.get("evaluated")
    assert isinstance(reading, Products)
    cube = reading.cube(scope)
    return [(_(CUTS[key].name), cube.slices(key)) for key in cuts]


def _docx(content: Report) -> bytes:
    document = docx.Document()
    if content.mark:
        document.add_paragraph().add_run(content.mark).bold = True
    document.add_heading(content.title, level=1)
    document.add_paragraph(content.subtitle)
    for sentence in content.sentences:
        paragraph = document.add_paragraph()
        for piece in sentence.pieces:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            else:
                _add_link(paragraph, piece.written, content.link(piece))
    for title, slices in content.tables:
        document.add_heading(title, level=2)
        table = document.add_table(rows=1, cols=2, style="Light Grid Accent 1")
        table.rows[0].cells[0].text = title
        table.rows[0].cells[1].text = _("Số sản phẩm")
        for line in slices:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = line.label, numbers.write_number(line.count)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """A number as a link, in the way the format wants it."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.bold, run.underline = True, True
    link.append(run._r)
    paragraph._p.append(link)


def _xlsx(content: Report) -> bytes:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True, "strings_to_formulas": False})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    head = book.add_format({"bold": True, "bottom": 1})
    count = book.add_format({"num_format": "#,##0"})
    page = book.add_worksheet(_("Tóm tắt"))
    page.set_column(0, 0, 110, wrap)
    lines = [content.mark] if content.mark else []
    page.write_column(0, 0, [*lines, content.title], bold)
    start = len(lines) + 1
    page.write_string(start, 0, content.subtitle)
    page.write_column(start + 2, 0, [sentence.text for sentence in content.sentences], wrap)
    for title, slices in content.tables:
        page = book.add_worksheet(title[:31])
        page.set_column(0, 0, 42)
        page.set_column(1, 1, 16, count)
        page.write_row(0, 0, [title, _("Số sản phẩm")], head)
        for row, piece in enumerate(slices, start=1):
            page.write_string(row, 0, piece.label)
            page.write_number(row, 1, piece.count)
        if slices:
            page.write_string(len(slices) + 1, 0, _("Cộng"), bold)
            total = sum(piece.count for piece in slices)
            page.write_formula(len(slices) + 1, 1, f"=SUM(B2:B{len(slices) + 1})", count, total)
        if content.mark:
            page.write_string(len(slices) + 3, 0, content.mark, bold)
    book.close()
    return into.getvalue()


def _pdf(content: Report) -> bytes:
    data = {
        "title": content.title,
        "subtitle": content.subtitle,
        "mark": content.mark,
        "sentences": [
            [
                {"text": piece, "link": ""}
                if isinstance(piece, str)
                else {"text": piece.written, "link": content.link(piece)}
                for piece in sentence.pieces
            ]
            for sentence in content.sentences
        ],
        "count": _("Số sản phẩm"),
        "tables": [
            {"title": title, "rows": [[p.label, numbers.write_number(p.count)] for p in slices]}
            for title, slices in content.tables
        ],
    }
    return typesetting.pdf("ocop.programme", "report.typ", data)
