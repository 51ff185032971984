"""The results of a council as a workbook."""

from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from ocop.core.language import gettext as _
from ocop.councils.outcome import ProductOutcome, WorkingRules
from ocop.councils.summary import line_of, missed_words


def write_results(
    into: IO[bytes],
    *,
    title: str,
    outcomes: Sequence[ProductOutcome],
    rules: WorkingRules,
    notes: Sequence[str] = (),
) -> None:
    """Three sheets: results by product, totals by member, every mark. Numbers stay numbers."""
    book = xlsxwriter.Workbook(into, {"strings_to_formulas": False, "strings_to_urls": False})
    paper = _Paper(book)
    paper.sheet(
        _("Kết quả"),
        (title, *notes),
        (
            (_("Sản phẩm"), 34),
            (_("Bộ tiêu chí"), 26),
            (_("Số người chấm"), 9),
            (_("Điểm trung bình"), 10),
            (_("Chênh lệch"), 10),
            (_("Phần A"), 8),
            (_("Phần B"), 8),
            (_("Phần C"), 8),
            (_("Kết quả"), 26),
            (_("Khung điểm (sao)"), 8),
            (_("Mức tối thiểu còn thiếu"), 30),
            (_("Lưu ý"), 60),
        ),
        [_result(outcome, rules) for outcome in outcomes],
    )
    paper.sheet(
        _("Tổng điểm từng người"),
        (title,),
        ((_("Sản phẩm"), 34), (_("Hội đồng viên"), 28), (_("Tổng điểm"), 10)),
        [(o.product, member, total) for o in outcomes for member, total in o.totals.items()],
    )
    paper.sheet(
        _("Chi tiết"),
        (title,),
        (
            (_("Sản phẩm"), 34),
            (_("Mã tiêu chí"), 10),
            (_("Hội đồng viên"), 28),
            (_("Điểm"), 8),
            (_("Mức xét tối thiểu"), 10),
        ),
        [
            (outcome.product, code, member, points, outcome.levels.get(code))
            for outcome in outcomes
            for member, marks in outcome.marks.items()
            for code, points in marks.items()
        ],
    )
    book.close()


def _result(outcome: ProductOutcome, rules: WorkingRules) -> tuple[object, ...]:
    line = line_of(outcome, rules)
    return (
        line.product,
        line.criteria_set,
        len(outcome.totals),
        outcome.mean,
        outcome.spread,
        *(outcome.sections.get(section) for section in ("A", "B", "C")),
        line.star,
        outcome.band,
        missed_words(outcome),
        "\n".join(line.remarks),
    )


class _Paper:
    """Sheets with a title, headings and typed cells, ready to print."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "font_size": 13})
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#F3EEDD"}
        )
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._number = book.add_format({"num_format": "0.####", "valign": "top"})

    def sheet(
        self,
        name: str,
        lines: Sequence[str],
        columns: Sequence[tuple[str, int]],
        rows: Sequence[Sequence[object]],
    ) -> None:
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for number, line in enumerate(lines):
            page.write_string(number, 0, line, self._bold if number == 0 else None)
        top = len(lines) + 1
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)
        for place, (heading, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(top, place, heading, self._head)
        for number, row in enumerate(rows, start=top + 1):
            for place, value in enumerate(row):
                if isinstance(value, int | Decimal):
                    page.write_number(number, place, value, self._number)
                elif value:
                    page.write_string(number, place, str(value), self._text)
        page.autofilter(top, 0, top + max(len(rows), 1), len(columns) - 1)
