"""Workbooks for tests: the template filled in, and small ones written by hand."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import xlsxwriter
from python_calamine import CalamineWorkbook

from ocop.councils.outcome import Member
from ocop.councils.workbook import Chosen, write_template
from ocop.criteria.sets import ELIGIBILITY, EVIDENCE, CriteriaSet, load_set

COUNCIL = (Member("Nguyễn Văn An", True), Member("Trần Thị Bình"), Member("Lê Cúc"))
HEADINGS = ("Hội đồng viên", "Sản phẩm", "Bộ tiêu chí", "Mã tiêu chí", "Điểm")
Rows = Sequence[Sequence[object]]


def template(
    *products: tuple[str, int], members: Sequence[Member] = COUNCIL, notes: Sequence[str] = ()
) -> bytes:
    into = io.BytesIO()
    write_template(
        into,
        title="Phiên họp thử",
        products=[Chosen(name, load_set(number)) for name, number in products],
        members=members,
        notes=notes,
    )
    return into.getvalue()


def tables(content: bytes) -> dict[str, list[list[object]]]:
    """Every sheet as rows of cells."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def book(**sheets: Rows) -> bytes:
    """A workbook with these sheets, cells typed as given; None leaves a cell empty."""
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as written:
        day = written.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = written.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(number, place, value, day)
                    elif value is not None:
                        page.write(number, place, value)
    return into.getvalue()


def harmless(criteria_set: CriteriaSet) -> dict[str, bool]:
    """Every condition answered so that none stands against the product."""
    return {gate.id: gate.type in (ELIGIBILITY, EVIDENCE) for gate in criteria_set.gates}


def filled(content: bytes, points: Callable[[dict[str, object]], object]) -> bytes:
    """The template with the points that `points` gives for each row of marks, and no condition
    against any product."""
    sheets = tables(content)
    marks = sheets["Chấm điểm"]
    head = [str(heading) for heading in marks[0]]
    for row in marks[1:]:
        row[head.index("Điểm")] = points(dict(zip(head, row, strict=True)))
    conditions = sheets["Điều kiện"]
    head = [str(heading) for heading in conditions[0]]
    good = harmless(load_set(13)) | harmless(load_set(1))
    for row in conditions[1:]:
        met = good.get(str(row[head.index("Mã điều kiện")]), True)
        row[head.index("Trả lời")] = "Có" if met else "Không"
    return book(**sheets)
