"""A whole workbook of villages: which table, which rows, and what they say beside each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ocop.core import folding
from ocop.core.cells import Broken
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.villages.village_import.codes import Code, Report
from ocop.network.villages.village_import.draft import Draft
from ocop.network.villages.village_import.fields import REQUIRED, Field, field_of
from ocop.network.villages.village_import.rows import Reader
from ocop.recognition.registry_import.heading import letter, texts_of
from ocop.recognition.registry_import.returned import own_columns
from ocop.recognition.registry_import.tables import Row, Table, tables_of
from ocop.recognition.registry_import.texts import as_text

WITHIN = 40  # rows from the top in which a heading may stand
MOST_ROWS = 5_000  # read while the person waits; no province has as many villages
_NUMBERING = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
_TOTALS = ("tong", "cong", "tong cong", "tong so")
_COLUMN_TOLD = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, what its columns hold, and those that an error workbook added."""

    row: int  # from 0
    texts: tuple[str, ...]
    columns: Mapping[Field, int]
    own: frozenset[int]


@dataclass(slots=True)
class Result:
    """What a file says. `rows` counts data rows: accepted and rejected ones."""

    sheet: str
    heading: Heading
    rows: int
    accepted: list[Draft]
    rejected: set[int]
    reports: list[Report]


def read(content: bytes, filename: str, *, province: str, today: date) -> Result:
    """Read a workbook or a CSV table. Refused: a file that is no table, no heading, columns that
    are missing, more rows than there can be villages."""
    table, heading = _choose(tables_of(content, filename))
    reader = Reader(heading.columns, province, today)
    drafts: list[Draft] = []
    rows = 0
    for number, row in data_rows(table, heading):
        rows += 1
        if rows > MOST_ROWS:
            raise Refused(
                "too_many_rows", _("Tệp có hơn %d dòng. Hãy chia thành nhiều tệp.") % MOST_ROWS
            )
        draft = reader.read(number, row)
        if draft is not None:
            drafts.append(draft)
    reports = [*_of_file(table, heading), *reader.reports]
    reports += _doubles(drafts)
    reports.sort(key=lambda report: report.row)
    rejected = {report.row for report in reports if report.rejects}
    accepted = [draft for draft in drafts if draft.row not in rejected]
    return Result(table.name, heading, rows, accepted, rejected, reports)


def data_rows(table: Table, heading: Heading) -> Iterator[tuple[int, Row]]:
    """The rows that hold data, numbered as the sheet shows them; blank rows, totals and lines with
    one cell, as names of groups are, left out."""
    for number, row in enumerate(table.rows()):
        if number > heading.row and _is_data(row, heading):
            yield number + 1, row


def heading_of(content: bytes, filename: str) -> tuple[Table, Heading]:
    """The table and the heading by which a file is read."""
    return _choose(tables_of(content, filename))


def _is_data(row: Row, heading: Heading) -> bool:
    known = [
        "#" if isinstance(cell, Broken) else as_text(cell)
        for place, cell in enumerate(row)
        if place in heading.columns.values()
    ]
    filled = [text for text in known if text]
    first = next((as_text(c) for p, c in enumerate(row) if p not in heading.own and as_text(c)), "")
    words = folding.words(first)
    if words in _TOTALS or words.startswith(("tong cong", "tong so")):
        return False
    again = sum(field_of(text) is not None for text in filled)
    return len(filled) > 1 and again * 2 < len(filled)


def _choose(tables: list[Table]) -> tuple[Table, Heading]:
    found = [(table, head) for table in tables if (head := _find(table)) is not None]
    if not found:
        raise Refused(
            "no_heading",
            _(
                "Không tìm thấy dòng tiêu đề. Bảng cần các cột Tên làng, Nghề và Xã, phường; hãy "
                "thêm dòng tiêu đề rồi gửi lại."
            ),
        )
    table, heading = max(found, key=lambda pair: len(pair[1].columns))
    if lacking := [field for field in REQUIRED if field not in heading.columns]:
        raise Refused(
            "columns_missing",
            _("Không thấy cột: %s. Hãy đặt lại tên cột rồi gửi lại.")
            % ", ".join(field.label for field in lacking),
        )
    return table, heading


def _find(table: Table) -> Heading | None:
    best: Heading | None = None
    for number, row in enumerate(islice(table.rows(), WITHIN)):
        texts = texts_of(row)
        own = own_columns(texts)
        columns: dict[Field, int] = {}
        for place, text in enumerate(texts):
            field = None if place in own else field_of(text)
            if field is not None:
                columns.setdefault(field, place)
        if len(columns) > 1 and (best is None or len(columns) > len(best.columns)):
            best = Heading(number, tuple(texts), columns, own)
    return best


def _of_file(table: Table, heading: Heading) -> Iterator[Report]:
    if table.encoding:
        yield Report(1, None, Code.TEXT_ENCODING, {"encoding": table.encoding})
    used = heading.own.union(heading.columns.values())
    for place, text in enumerate(heading.texts):
        if text and place not in used and folding.words(text) not in _NUMBERING:
            facts = {"letter": letter(place), "column": text[:_COLUMN_TOLD]}
            yield Report(heading.row + 1, None, Code.COLUMN_NOT_READ, facts)


def _doubles(drafts: list[Draft]) -> Iterator[Report]:
    first: dict[str, int] = {}
    for draft in drafts:
        before = min((first[key] for key in draft.keys if key in first), default=draft.row)
        for key in draft.keys:
            first.setdefault(key, draft.row)
        if before != draft.row:
            yield Report(draft.row, Field.NAME, Code.DUPLICATE, {"row": str(before)})
