"""The workbook a council fills in: one row per member, product and criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import form
from ocop.councils.form import COLUMNS, Part
from ocop.councils.outcome import Member
from ocop.criteria.sets import ELIGIBILITY, EVIDENCE, CriteriaSet, Criterion, Gate

_CELLS_PER_RULE = 500  # spreadsheets read short lists of cells faster than one endless one


@dataclass(frozen=True, slots=True)
class Chosen:
    """A product on the council's list with the set it is assessed by."""

    name: str
    criteria_set: CriteriaSet


def write_template(
    into: IO[bytes],
    *,
    title: str,
    products: Sequence[Chosen],
    members: Sequence[Member],
    notes: Sequence[str] = (),
) -> None:
    """Write the workbook for these products and members; `notes` stand on its first page.

    Refused: no product, no member, a name twice.
    """
    _check(products, members)
    book = _Book(into)
    book.instructions(title, notes)
    marks = book.part(Part.MARKS)
    for member in members:
        for product in products:
            for criterion in product.criteria_set.criteria:
                marks.row(
                    {
                        "member": member.name,
                        "product": product.name,
                        "set": _set_label(product.criteria_set),
                        "criterion": criterion.code,
                        "name": criterion.name,
                        "maximum": criterion.max,
                        "levels": levels_text(criterion),
                    },
                    {"points": criterion.levels},
                )
    marks.close()
    book.totals(products, members)
    agreed = book.part(Part.AGREED)
    for product in products:
        for criterion in product.criteria_set.criteria:
            if any(option.min_for_star for option in criterion.options):
                agreed.row(
                    {
                        "product": product.name,
                        "set": _set_label(product.criteria_set),
                        "criterion": criterion.code,
                        "name": criterion.name,
                        "levels": levels_text(criterion),
                    },
                    {"level": criterion.levels},
                )
    agreed.close()
    gates = book.part(Part.GATES)
    for product in products:
        for gate in _questions(product.criteria_set):
            gates.row(
                {
                    "product": product.name,
                    "set": _set_label(product.criteria_set),
                    "criterion": gate.criterion,
                    "gate": gate.id,
                    "question": f"{gate.note}. {_meaning(gate)}",
                },
                {"answer": (_(form.YES), _(form.NO))},
            )
    gates.close()
    council = book.part(Part.COUNCIL)
    for member in members:
        role = _(form.CHAIR) if member.chair else _(form.ORDINARY)
        council.row({"member": member.name, "role": role}, {})
    council.close()
    book.close()


def levels_text(criterion: Criterion) -> str:
    """The levels of a criterion with the star they are needed for, one a line."""
    lines = []
    if all(option.points for option in criterion.options):
        lines.append(_("0: không đạt mức nào"))
    for option in criterion.options:
        line = f"{option.points}: {option.label}"
        if option.min_for_star:
            line += " " + _("(mức tối thiểu %d sao)") % option.min_for_star
        lines.append(line)
    return "\n".join(lines)


def _questions(criteria_set: CriteriaSet) -> list[Gate]:
    """The gates that a person answers, each id once."""
    return list({gate.id: gate for gate in criteria_set.gates}.values())


def _meaning(gate: Gate) -> str:
    """What Yes and No mean for a gate."""
    if gate.type == ELIGIBILITY:
        return _("Có: đáp ứng. Không: không được xếp hạng.")
    if gate.type == EVIDENCE:
        return _("Có: đủ giấy tờ. Không: tiêu chí này tính 0 điểm.")
    return _("Có: vi phạm, không được xếp hạng. Không: không vi phạm.")


def _set_label(criteria_set: CriteriaSet) -> str:
    return f"{criteria_set.number}. {criteria_set.name}"


def _check(products: Sequence[Chosen], members: Sequence[Member]) -> None:
    if not products or not members:
        raise Refused(
            "template_empty", _("Hãy chọn ít nhất một sản phẩm và ghi ít nhất một hội đồng viên.")
        )
    for names in ([p.name for p in products], [m.name for m in members]):
        seen: set[str] = set()
        for name in names:
            if name.casefold() in seen:
                raise Refused(
                    "template_name_twice",
                    _("“%s” có hai lần. Hãy ghi thêm để phân biệt, ví dụ tên chủ thể hoặc đơn vị.")
                    % name,
                )
            seen.add(name.casefold())


class _Book:
    """The workbook being written."""

    def __init__(self, into: IO[bytes]) -> None:
        self.book = xlsxwriter.Workbook(
            into, {"strings_to_formulas": False, "strings_to_urls": False}
        )
        wrapped: dict[str, Any] = {"text_wrap": True, "valign": "top"}
        self.head = self.book.add_format({**wrapped, "bold": True, "bottom": 1, "bg_color": _PAPER})
        self.text = self.book.add_format({**wrapped, "num_format": "@"})
        self.fill = self.book.add_format({**wrapped, "border": 1, "bg_color": _FILL})
        self.number = self.book.add_format({"num_format": "0.0##", "valign": "top"})
        self.title = self.book.add_format({"bold": True, "font_size": 14})

    def part(self, part: Part) -> "_Part":
        return _Part(self, part)

    def close(self) -> None:
        self.book.close()

    def instructions(self, title: str, notes: Sequence[str]) -> None:
        page = self.book.add_worksheet(_(form.INSTRUCTIONS))
        page.hide_gridlines(2)
        page.set_column(0, 0, 100, self.text)
        page.write_string(0, 0, title, self.title)
        lines = [*notes, "", *_instructions()]
        for number, line in enumerate(lines, start=1):
            page.write_string(number, 0, line, self.text)

    def totals(self, products: Sequence[Chosen], members: Sequence[Member]) -> None:
        """Sums that the spreadsheet keeps while marks are typed in."""
        page = self.book.add_worksheet(_("Tính thử"))
        headings = [
            form.PRODUCT.title,
            *(m.name for m in members),
            _("Trung bình"),
            _("Chênh lệch"),
        ]
        page.set_column(0, 0, form.PRODUCT.width)
        page.set_column(1, len(members) + 2, 14)
        for place, heading in enumerate(headings):
            page.write_string(0, place, heading, self.head)
        page.freeze_panes(1, 1)
        marks = f"'{_(form.SHEETS[Part.MARKS])}'!"
        column = {
            c.key: f"{marks}${xl_col_to_name(n)}:${xl_col_to_name(n)}"
            for n, c in enumerate(COLUMNS[Part.MARKS])
        }
        last = xl_col_to_name(len(members))
        for row, product in enumerate(products, start=1):
            page.write_string(row, 0, product.name, self.text)
            for place in range(1, len(members) + 1):
                page.write_formula(
                    row,
                    place,
                    f"=SUMIFS({column['points']},{column['member']},{xl_col_to_name(place)}$1,"
                    f"{column['product']},$A{row + 1})",
                    self.number,
                    0,
                )
            span = f"B{row + 1}:{last}{row + 1}"
            page.write_formula(row, len(members) + 1, f"=AVERAGE({span})", self.number, 0)
            page.write_formula(row, len(members) + 2, f"=MAX({span})-MIN({span})", self.number, 0)


class _Part:
    """A sheet of the form: its headings, its rows, and the values its cells accept."""

    def __init__(self, book: _Book, part: Part) -> None:
        self._book, self._columns = book, tuple(COLUMNS[part])
        self._page = book.book.add_worksheet(_(form.SHEETS[part]))
        self._rows = 0
        self._lists: dict[tuple[object, ...], list[tuple[int, int]]] = {}
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width)
            self._page.write_string(0, place, column.title, book.head)
        self._page.freeze_panes(1, 0)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(0)

    def row(self, cells: dict[str, object], accepts: dict[str, tuple[object, ...]]) -> None:
        """One row; the columns in `accepts` are left to fill in from a list of values."""
        self._rows += 1
        for place, column in enumerate(self._columns):
            value = cells.get(column.key)
            if isinstance(value, int):
                self._page.write_number(self._rows, place, value, self._book.text)
            elif value is not None:
                self._page.write_string(self._rows, place, str(value), self._book.text)
            else:
                self._page.write_blank(self._rows, place, None, self._book.fill)
            if column.key in accepts:
                self._lists.setdefault(accepts[column.key], []).append((self._rows, place))

    def close(self) -> None:
        """Write the lists of values and the filter, when all rows are there."""
        for values, cells in self._lists.items():
            for start in range(0, len(cells), _CELLS_PER_RULE):
                self._accept(values, cells[start : start + _CELLS_PER_RULE])
        self._page.autofilter(0, 0, max(self._rows, 1), len(self._columns) - 1)

    def _accept(self, values: tuple[object, ...], cells: Sequence[tuple[int, int]]) -> None:
        row, place = cells[0]
        shown = "; ".join(str(value) for value in values)
        self._page.data_validation(
            row,
            place,
            row,
            place,
            {
                "validate": "list",
                "source": list(values),
                "error_title": _("Giá trị không có trong các mức"),
                "error_message": _("Các giá trị được ghi: %s") % shown,
                "other_cells": [[r, c, r, c] for r, c in cells[1:]],
            },
        )


def _instructions() -> list[str]:
    return [
        _(
            "1. Trang “Chấm điểm” có một dòng cho mỗi hội đồng viên, mỗi sản phẩm và mỗi tiêu chí. "
            "Chỉ điền cột Điểm và, nếu cần, cột Ghi chú."
        ),
        _(
            "2. Điểm là một trong các mức ghi ở cột Các mức. Không đạt mức nào thì ghi 0. "
            "Ô để trống là chưa chấm, không phải 0 điểm."
        ),
        _("3. Mỗi hội đồng viên chấm độc lập. Có thể lọc, sắp xếp, chuyển chỗ các cột."),
        _(
            "4. Trang “Mức thống nhất”: sau khi thảo luận, ghi mức mà hội đồng thống nhất cho các "
            "tiêu chí có mức tối thiểu của hạng sao. Để trống thì hệ thống lấy trung vị."
        ),
        _(
            "5. Trang “Điều kiện”: trả lời Có hoặc Không cho từng nội dung của từng sản phẩm; "
            "cột Nội dung ghi rõ mỗi câu trả lời dẫn đến điều gì."
        ),
        _(
            "6. Trang “Tính thử” cộng điểm ngay trong bảng tính. Kết quả chính thức do hệ thống "
            "tính khi nạp tệp này: tổng, chênh lệch, hạng sao và các mức tối thiểu còn thiếu."
        ),
    ]


_PAPER, _FILL = "#F3EEDD", "#FFFBEA"
