"""The official wording as a table: criterion, place of the option (empty: the criterion), text."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from python_calamine import CalamineError

from ocop.core import filetypes, workbooks
from ocop.core.folding import clean, is_unreadable
from ocop.core.language import gettext as _
from ocop.core.numbers import read_number
from ocop.core.records import records
from ocop.core.refusals import Refused
from ocop.criteria.sets import CriteriaSet

CLEARS = frozenset("-–—")  # instead of a text: take the official wording away
COLUMNS = ("criterion", "option", "points", "label", "text")


@dataclass(frozen=True, slots=True)
class Line:
    """One wording. `option` counts from 1 in its criterion; None is the criterion itself. An empty
    text takes the official wording away."""

    criterion: str
    option: int | None
    text: str


def template(criteria_set: CriteriaSet) -> bytes:
    """A workbook with a row for every criterion and option; the office fills the last column."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Lời văn"))
    headings = (_("Mã"), _("Mức"), _("Điểm"), _("Nhãn ngắn"), _("Lời văn chính thức"))
    for column, (heading, width) in enumerate(zip(headings, (8, 6, 6, 60, 90), strict=True)):
        page.set_column(column, column, width, wrap)
        page.write_string(0, column, heading, bold)
    row = 0
    for criterion in criteria_set.criteria:
        row += 1
        page.write_row(row, 0, [criterion.code, "", criterion.max, criterion.name])
        for place, option in enumerate(criterion.options, start=1):
            row += 1
            page.write_row(row, 0, [criterion.code, place, option.points, option.label])
    page.freeze_panes(1, 0)
    book.close()
    return into.getvalue()


def read(content: bytes, criteria_set: CriteriaSet) -> list[Line]:
    """Read a filled template, XLSX or CSV. Rows without text are left as they are; a dash takes the
    official wording away.

    Refused as a whole, naming all rows: an unknown criterion or option, the same one twice, text
    with control signs, nothing filled in; naming the cells: points other than the set's.
    """
    lines, seen = [], set()
    unreadable: list[int] = []
    wrong: list[int] = []
    points: list[str] = []
    for number, cells in enumerate(_rows(content), start=2):
        code, place, given, text = (
            clean(cells[at]) if at < len(cells) else "" for at in (0, 1, 2, 4)
        )
        criterion = criteria_set.by_code.get(_code(code))
        option = int(float(place)) if place.removesuffix(".0").isdecimal() else None
        known = criterion is not None and (
            not place or 1 <= (option or 0) <= len(criterion.options)
        )
        if criterion is not None and known and given:
            due = criterion.options[option - 1].points if option else criterion.max
            if not _is(given, due):
                points.append(
                    _("C%(row)d ghi “%(given)s”, theo bộ là %(due)d")
                    % {"row": number, "given": given, "due": due}
                )
        if not text:
            continue
        if is_unreadable(text):
            unreadable.append(number)
        elif criterion is None or not known or (criterion.code, option) in seen:
            wrong.append(number)
        else:
            seen.add((criterion.code, option))
            lines.append(Line(criterion.code, option, "" if text in CLEARS else text))
    if problems := list(_problems(unreadable, wrong, points)):
        raise Refused(problems[0][0], " ".join(words for _name, words in problems))
    if not lines:
        raise Refused("wording_empty", _("Chưa có dòng nào được điền ở cột “Lời văn chính thức”."))
    return lines


def _problems(
    unreadable: list[int], wrong: list[int], points: list[str]
) -> Iterator[tuple[str, str]]:
    """All that keeps a file out, each with its code, so that it is sent again once."""
    if unreadable:
        rows = ", ".join(map(str, unreadable[:10]))
        words = _("Dòng %s có ký tự không đọc được. Hãy xóa rồi gõ lại ô này.") % rows
        yield "wording_unreadable", words
    if wrong:
        rows = ", ".join(map(str, wrong[:10]))
        words = _(
            "Dòng %s: không có tiêu chí hoặc mức này, hoặc bị trùng. Hãy giữ nguyên cột 1, 2."
        )
        yield "wording_rows", words % rows
    if points:
        words = _(
            "Cột Điểm khác bộ tiêu chí: %s. Tệp này chỉ nạp lời văn; hãy ghi lại điểm như cũ."
        )
        yield "wording_points", words % "; ".join(points[:10])


def _code(text: str) -> str:
    """A code as a spreadsheet may have turned it: 7.0 is 7."""
    return text.removesuffix(".0")


def _is(text: str, points: int) -> bool:
    """Whether a cell says these points: 2, 2.0 and 2,0 are the same."""
    try:
        return read_number(text) == points
    except ValueError:
        return False


def _rows(content: bytes) -> Iterator[list[str]]:
    if content[:2] == b"PK":
        filetypes.sniff(content)  # refuses what would unpack without end
        try:
            with workbooks.opened(content) as book:
                rows = book.get_sheet_by_index(0).to_python()
        except CalamineError as error:
            raise Refused("wording_file", _("Không mở được tệp Excel này.")) from error
        yield from ([str(cell) for cell in row] for row in rows[1:])
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("wording_file", _("Tệp phải là Excel hoặc CSV mã UTF-8.")) from error
    yield from list(records(text))[1:]
