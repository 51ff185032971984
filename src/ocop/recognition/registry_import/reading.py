"""A whole file: which table, which rows are data, and what they say beside each other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ocop.core import folding
from ocop.core.cells import Broken
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places import gazetteer
from ocop.recognition import authority
from ocop.recognition.registry_import import fields, heading
from ocop.recognition.registry_import.beside import beside_each_other
from ocop.recognition.registry_import.codes import Code, Report
from ocop.recognition.registry_import.ditto import resolve
from ocop.recognition.registry_import.draft import Draft
from ocop.recognition.registry_import.fields import Field
from ocop.recognition.registry_import.heading import Heading
from ocop.recognition.registry_import.rows import Reader
from ocop.recognition.registry_import.tables import CsvTable, Row, Table, tables_of
from ocop.recognition.registry_import.texts import as_text

Progress = Callable[[int], None]
Remembered = Callable[[str], Mapping[Field, str]]
_PARTING = ",;\t|"  # between the cells of a table as text
_TOTALS = ("tong", "cong", "tong cong", "tong so")
_COLUMN_TOLD = 100  # letters of a heading that a remark repeats
_EVERY = 500  # rows between two words about the progress


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person says about a file; everything may be left out. `province`, a code of today,
    is the one whose file it is: where neither address nor authority names one, it is meant."""

    sheet: str = ""
    columns: Mapping[Field, str] = field(default_factory=dict)
    evidence: str = ""
    province: str = ""


@dataclass(slots=True)
class Result:
    """What a file says. `rows` counts data rows: accepted and rejected ones. `doubles` are those
    rejected for nothing but the kind of their producer, written another way in an earlier row."""

    table: str
    heading: Heading
    rows: int
    accepted: list[Draft]
    rejected: set[int]
    reports: list[Report]
    doubles: list[Draft] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """The result in the form programs rely on."""
        return {
            "rows": self.rows,
            "accepted": len(self.accepted),
            "rejected": len(self.rejected),
            "reports": [report.told() for report in self.reports],
            "records": [_record(draft) for draft in self.accepted],
        }


def _record(draft: Draft) -> dict[str, object]:
    commune = draft.placed.commune
    return {
        "name": draft.name,
        "producer": draft.producer,
        "commune_now": commune and {"code": commune.code, "name": commune.name},
        "stars": draft.stars,
        "evidence": draft.evidence,
    }


def read(
    content: bytes,
    filename: str,
    *,
    today: date,
    wishes: Wishes | None = None,
    remembered: Remembered | None = None,
    own_province: str = "",
    progress: Progress | None = None,
) -> Result:
    """Read a registry. Refused: a file that is no table, no heading, columns that are missing.

    `remembered` gives the columns told for a heading before, by its digest; `own_province` is the
    installation's.
    """
    wishes = wishes or Wishes()
    table, found = choose(tables_of(content, filename), wishes, remembered)
    province = _province(wishes.province) or own_province
    reader = Reader(found.columns, today, wishes.evidence, province)
    drafts: list[Draft] = []
    numbers: list[int] = []
    above: Row | None = None
    as_text_file = isinstance(table, CsvTable)
    totals: list[int] = []
    for number, written in data_rows(table, found, totals):
        lone = names_a_group(written, found)
        if lines := as_text_file and _lines_swallowed(written, lone=lone):
            facts = {"lines": str(lines)}
            numbers.append(number)
            reader.reports.append(Report(number, Field.NAME, Code.ROWS_IN_ONE_CELL, facts, True))
        elif lone:
            reader.reports.append(Report(number, Field.NAME, Code.GROUP_LINE))
        if lines or lone:
            above = None
            continue
        numbers.append(number)
        row, as_above = resolve(number, written, above, found.columns)
        reader.reports += as_above
        above = row
        draft = reader.read(number, row)
        if draft is not None:
            drafts.append(draft)
        if progress and len(numbers) % _EVERY == 0:
            progress(len(numbers))
    reports = [*_of_file(table, found), *_unsigned(drafts, found), *reader.reports]
    reports += [Report(number, Field.NAME, Code.TOTAL_LINE) for number in totals]
    reports += beside_each_other(drafts)
    reports.sort(key=lambda report: report.row)
    rejected = {report.row for report in reports if report.rejects}
    accepted = [draft for draft in drafts if draft.row not in rejected]
    doubles = _doubles(drafts, reports, {draft.key for draft in accepted})
    return Result(table.name, found, len(numbers), accepted, rejected, reports, doubles)


def _province(code: str) -> str:
    """A code that a person gave, if it is a province's of today."""
    found = gazetteer.load().find(code, date.max)
    if code and (found is None or found.level != "province"):
        raise Refused("province", _("Không có tỉnh, thành phố nào mang mã %s.") % code)
    return code


def _lines_swallowed(row: Row, *, lone: bool) -> int:
    """How many lines of the table one cell of a row holds, behind a quotation mark that is closed
    lines later (and then stands in the cell) or never (and then all is one cell); else 0."""
    for cell in row:
        if isinstance(cell, str) and "\n" in cell and (lone or '"' in cell):
            lines = cell.splitlines()
            if any(sign in line for line in lines[1:] for sign in _PARTING):
                return len(lines)
    return 0


def _doubles(drafts: list[Draft], reports: list[Report], accepted: set[str]) -> list[Draft]:
    twice = {r.row for r in reports if r.code is Code.DUPLICATE}
    wrong = {r.row for r in reports if r.rejects and r.code is not Code.DUPLICATE}
    return [d for d in drafts if d.row in twice - wrong and d.key not in accepted]


def _of_file(table: Table, head: Heading) -> Iterator[Report]:
    """Remarks on a text in another code than UTF-8, and on every column that has a heading and is
    not read."""
    if table.encoding:
        yield Report(1, None, Code.TEXT_ENCODING, {"encoding": table.encoding})
    for place in head.unused:
        facts = {"letter": heading.letter(place), "column": head.texts[place][:_COLUMN_TOLD]}
        yield Report(head.rows[-1] + 1, None, Code.COLUMN_NOT_READ, facts)


def _unsigned(drafts: list[Draft], head: Heading) -> Iterator[Report]:
    """One remark on all decisions without an authority where the file has no column for it; where
    it has one, the rows tell it."""
    if Field.AUTHORITY not in head.columns and (
        rows := sum(not authority.is_told(d.authority, d.decision) for d in drafts if d.signed_on)
    ):
        at = head.rows[-1] + 1 if head.rows else 1
        yield Report(at, None, Code.AUTHORITY_COLUMN_MISSING, {"rows": str(rows)})


@dataclass(frozen=True, slots=True)
class Outline:
    """What a person needs to see to say which column holds what. Columns count from 0."""

    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[str, ...]  # the words over each, or of its first cell
    found: Mapping[Field, int]


def outline(
    content: bytes,
    filename: str,
    wishes: Wishes | None = None,
    remembered: Remembered | None = None,
) -> Outline:
    """The columns of a file, even of one that cannot be read as a registry yet."""
    wishes = wishes or Wishes()
    tables = tables_of(content, filename)
    names = tuple(table.name for table in tables)
    try:
        table, head = choose(tables, wishes, remembered)
        return Outline(names, table.name, head.texts, head.columns)
    except Refused:
        table = next((each for each in tables if each.name == wishes.sheet), tables[0])
    found = heading.find(table)
    if found is not None:
        return Outline(names, table.name, found.texts, found.columns)
    first = next((row for row in table.rows() if any(map(as_text, row))), [])
    return Outline(names, table.name, tuple(map(as_text, first)), {})


def choose(
    found: list[Table], wishes: Wishes, remembered: Remembered | None = None
) -> tuple[Table, Heading]:
    """The table asked for, else the one whose heading knows most columns."""
    if wishes.sheet:
        found = [table for table in found if table.name == wishes.sheet]
        if not found:
            raise Refused("sheet_unknown", _("Không có trang tính “%s”.") % wishes.sheet)
    candidates = []
    likeliest, refused = 0, None  # columns of the best heading as found, and what it refused
    for table in found:
        head = heading.find(table)
        known = len(head.columns) if head is not None else 0
        told = wishes.columns
        if not told and remembered and head is not None:
            told = remembered(head.digest)
        failed = None
        if told:
            try:
                head = heading.change(head, table, told)
            except Refused as refusal:  # another sheet may be the one that is meant
                head, failed = None, refusal
        if known > likeliest or (failed and refused is None and not likeliest):
            likeliest, refused = max(known, likeliest), failed
        if head is not None:
            candidates.append((table, head))
    if refused is not None and (likeliest or not candidates):
        raise refused
    if not candidates:
        raise Refused(
            "no_heading",
            _(
                "Không tìm thấy dòng tiêu đề. Bảng cần ít nhất các cột Tên sản phẩm, Chủ thể và "
                "Hạng sao; hãy thêm dòng tiêu đề hoặc chỉ rõ cột."
            ),
        )
    table, head = max(candidates, key=lambda pair: len(pair[1].columns))
    if lacking := fields.missing(head.columns):
        raise Refused(
            "columns_missing",
            _("Không thấy cột: %s. Hãy đặt lại tên cột hoặc chỉ rõ cột nào.")
            % ", ".join(each.label for each in lacking),
        )
    return table, head


def data_rows(
    table: Table, head: Heading, totals: list[int] | None = None
) -> Iterator[tuple[int, Row]]:
    """The rows that hold data, with their numbers as the sheet shows them.

    Blank rows, headings that come again and totals are left out; the numbers of the last go into
    `totals`.
    """
    for number, row in enumerate(table.rows()):
        if number < head.first_row:
            continue
        if _is_total(row, head):
            if totals is not None:
                totals.append(number + 1)
            continue
        if not _is_data(row, head):
            continue
        yield number + 1, row


def _is_total(row: Row, head: Heading) -> bool:
    """Whether the first cell that is written says that a line sums up those above it."""
    written = ("#" if isinstance(cell, Broken) else as_text(cell) for cell in row)
    first = folding.words(next(filter(None, written), ""))
    if first not in _TOTALS and not first.startswith(("tong cong", "tong so")):
        return False
    return any(
        place < len(row) and (isinstance(row[place], Broken) or as_text(row[place]))
        for place in head.columns.values()
    )


def _is_data(row: Row, head: Heading) -> bool:
    filled = {
        place: text
        for place, cell in enumerate(row)
        if (text := "#" if isinstance(cell, Broken) else as_text(cell))
    }
    known = {place: text for place, text in filled.items() if place in head.columns.values()}
    if not known:
        return False
    # Headings have no digits, most other cells do: a look at the letters spares reading those.
    words = (text for text in known.values() if not any(map(str.isdigit, text)))
    again = sum(fields.field_of(text) is not None for text in words)
    return again < 2 or again * 2 < len(known)


def names_a_group(row: Row, head: Heading) -> bool:
    """Whether a line holds one cell of the known columns: as a rule the name of a group of rows."""
    known = [
        place
        for place, cell in enumerate(row)
        if place in head.columns.values() and (isinstance(cell, Broken) or as_text(cell))
    ]
    return len(known) < 2 and head.columns.get(Field.SECTOR) not in known
