"""What documents are written with: the page of the decree, lines, columns and tables.

Annex I of Decree 30/2020/NĐ-CP: A4, its margins, Times New Roman.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
BODY, SMALL, CELL = Pt(14), Pt(13), Pt(12)
WIDTH = 165  # millimetres between the margins of an upright page


def page(*, landscape: bool = False) -> Any:
    """A new document with an empty page."""
    paper = Document()
    section = paper.sections[0]
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(20 if landscape else 30), Mm(15)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = cast(Any, paper.styles[name])
        style.font.name = FONT
        # Word takes the typeface of Vietnamese letters from the East Asian entry, too.
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal = cast(Any, paper.styles["Normal"])
    normal.font.size = BODY
    normal.paragraph_format.space_after = Pt(0)
    return paper


def line(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: Pt = BODY,
    align: str = "left",
) -> Any:
    """Write into a paragraph; gives it back."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, size
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    return paragraph


def columns(paper: Any, widths: tuple[int, int]) -> tuple[Any, Any]:
    """Two cells beside each other without borders or paragraphs; widths in millimetres."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells[0], cells[1]


def grid(
    into: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    aligned: Mapping[int, str] | None = None,
    strong: Sequence[int] = (),
) -> None:
    """A table with lines around its cells; the headings repeat on every page, no row is torn.

    Widths in millimetres; `aligned` are the columns that do not stand left, `strong` the rows in
    bold.
    """
    table = into.add_table(rows=1, cols=len(headings))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _borders(table)
    head = table.rows[0]
    _mark(head, "w:tblHeader")
    for cell, text in zip(head.cells, headings, strict=True):
        line(cell.paragraphs[0], text, bold=True, size=CELL, align="center")
    for cell, width in zip(head.cells, widths, strict=True):
        cell.width = Mm(width)
    stands = {place: (aligned or {}).get(place, "left") for place in range(len(widths))}
    written = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            _cell(text, width, align=stands[place], bold=number in strong)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        + "</w:tr>"
        for number, row in enumerate(rows)
    )
    # As one text: the library looks through every element it has for each property it sets, which
    # took ten seconds for the four thousand rows of a large sitting.
    table._tbl.extend(parse_xml(f"<w:tbl {nsdecls('w')}>{written}</w:tbl>"))


def _cell(text: str, width: float, *, align: str, bold: bool) -> str:
    """A cell of a table with its one paragraph."""
    lines = [
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.expandtabs(1).split("\n")
    ]
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{Mm(width).twips}"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{"<w:b/>" if bold else ""}'
        f'<w:sz w:val="{int(CELL.pt * 2)}"/></w:rPr>{"<w:br/>".join(lines)}</w:r></w:p></w:tc>'
    )


def _mark(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {qn("w:val"): "true"}))


def _borders(table: Any) -> None:
    """Lines around every cell; named styles are not known in a part of a document."""
    properties = table._tbl.tblPr
    borders = properties.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = {qn("w:val"): "single", qn("w:sz"): "4", qn("w:space"): "0", qn("w:color"): "000000"}
        borders.append(borders.makeelement(qn(f"w:{side}"), kind))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
