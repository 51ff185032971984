"""What documents are written with: the page of the decree, lines, columns and tables.

Annex I of Decree 30/2020/NĐ-CP: A4, its margins, Times New Roman.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from ocop.core.numbers import together

FONT = "Times New Roman"
BODY, SMALL, CELL = Pt(14), Pt(13), Pt(12)
WIDTH, WIDE = 165, 247  # millimetres between the margins of an upright page, of a wide one
_TURNED = 36  # millimetres: how high headings are that stand on their side


def page(*, landscape: bool = False) -> Any:
    """A new document with an empty page."""
    paper = Document()
    section = paper.sections[0]
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20 if landscape else 15)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = cast(Any, paper.styles[name])
        style.font.name = FONT
        # Word takes the typeface of Vietnamese letters from the East Asian entry, too.
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal = cast(Any, paper.styles["Normal"])
    normal.font.size = BODY
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = True
    return paper


def room(paper: Any) -> float:
    """Millimetres between the margins of a document's last page, whoever made it."""
    section = paper.sections[-1]
    found: float = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    return found


def number_pages(paragraph: Any) -> None:
    """The number of the page, as the decree has it: in the middle, in the size of the text."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = SMALL
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        name = "w:fldChar" if kind else "w:instrText"
        part = run._r.makeelement(qn(name), {qn("w:fldCharType"): kind} if kind else {})
        part.text = text or None
        run._r.append(part)


def rule(into: Any, width: float, full: float) -> None:
    """A line of its own in the middle of a space `full` millimetres wide."""
    paragraph = into.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_after = Pt(6)
    side = Mm((full - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders = paragraph._p.get_or_add_pPr().makeelement(qn("w:pBdr"), {})
    kind = {qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "1", qn("w:color"): "000000"}
    borders.append(borders.makeelement(qn("w:bottom"), kind))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


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
    run = paragraph.add_run(together(text))
    run.bold, run.italic, run.font.size = bold, italic, size
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    return paragraph


def columns(paper: Any, widths: Sequence[float], rows: int = 1) -> list[Any]:
    """Cells beside each other without borders or paragraphs, row by row; widths in millimetres.

    No row is torn between two pages.
    """
    table = paper.add_table(rows=rows, cols=len(widths))
    found = []
    _widen(table, widths)
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            first = cell.paragraphs[0]._p
            first.getparent().remove(first)
            found.append(cell)
    return found


def _widen(table: Any, widths: Sequence[float]) -> None:
    """Fix the widths of a table's columns: some readers follow the columns, others the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def grid(
    into: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    aligned: Mapping[int, str] | None = None,
    strong: Sequence[int] = (),
    turned: Sequence[int] = (),
    kept: int = 0,
    whole: bool = False,
) -> None:
    """A table with lines around its cells; the headings repeat on every page, no row is torn.

    Widths in millimetres; `aligned` are the columns that do not stand left, `strong` the rows in
    bold, `turned` the headings that stand on their side. The head of a section stays with the rows
    beneath it, the last `kept` rows with what follows the table; a `whole` table is not torn.
    """
    table = into.add_table(rows=1, cols=len(headings))
    _widen(table, widths)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _borders(table)
    head = table.rows[0]
    _mark(head, "w:cantSplit")
    _mark(head, "w:tblHeader")
    if turned:
        head.height = Mm(_TURNED)
    for place, (cell, text, width) in enumerate(zip(head.cells, headings, widths, strict=True)):
        cell.width = Mm(width)
        side = place in turned
        size, align = (Pt(10), "left") if side else (CELL, "center")
        line(cell.paragraphs[0], text, bold=True, size=size, align=align)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if side:
            _turn(cell)
    stands = {place: (aligned or {}).get(place, "left") for place in range(len(widths))}
    written = []
    for number, row in enumerate(rows):
        bold, last = number in strong, number + 1 == len(rows)
        together = ((bold or whole) and not last) or number + kept >= len(rows)
        cells = "".join(
            _cell(text, width, align=stands[place], bold=bold, together=together)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        written.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    # As one text: the library looks through every element it has for each property it sets, which
    # took ten seconds for the four thousand rows of a large sitting.
    table._tbl.extend(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(written)}</w:tbl>"))


def _cell(text: str, width: float, *, align: str, bold: bool, together: bool) -> str:
    """A cell of a table with its one paragraph, which may stay with the row below."""
    lines = [
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.expandtabs(1).split("\n")
    ]
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{Mm(width).twips}"/></w:tcPr>'
        f"<w:p><w:pPr>{'<w:keepNext/>' if together else ''}"
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{"<w:b/>" if bold else ""}'
        f'<w:sz w:val="{int(CELL.pt * 2)}"/></w:rPr>{"<w:br/>".join(lines)}</w:r></w:p></w:tc>'
    )


def _turn(cell: Any) -> None:
    """Write from the bottom to the top, with all the width of the cell for two lines."""
    properties = cell._tc.get_or_add_tcPr()
    margins = properties.makeelement(qn("w:tcMar"), {})
    for side in ("left", "right"):
        none = {qn("w:w"): "0", qn("w:type"): "dxa"}
        margins.append(margins.makeelement(qn(f"w:{side}"), none))
    properties.insert_element_before(margins, "w:tcFitText", "w:vAlign", "w:hideMark")
    turned = properties.makeelement(qn("w:textDirection"), {qn("w:val"): "btLr"})
    properties.insert_element_before(turned, "w:tcFitText", "w:vAlign", "w:hideMark")


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
