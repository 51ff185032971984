"""Finding the heading of a table: which row or two rows, and what each column holds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ocop.core import folding
from ocop.core.cells import Cell
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition.registry_import import fields, returned
from ocop.recognition.registry_import.fields import Field
from ocop.recognition.registry_import.stars import read_stars
from ocop.recognition.registry_import.tables import Range, Row, Table

WITHIN = 40  # rows from the top in which a heading may stand
JOINT = " – "  # between a heading and the one over it
_LEAST = 2  # recognised columns that make a row a heading
_LONGEST = 120  # letters of a heading; longer text is a title or a note


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the rows begin and what their columns hold. Columns and rows count from 0."""

    rows: tuple[int, ...]  # of the sheet
    texts: tuple[str, ...]  # of all columns, both rows joined
    columns: Mapping[Field, int]
    own: frozenset[int] = frozenset()  # columns that an error workbook of ours added

    @property
    def first_row(self) -> int:
        """The first row of the table under the heading."""
        return self.rows[-1] + 1 if self.rows else 0

    @property
    def digest(self) -> str:
        """What tells headings of one kind: the same words in the same columns."""
        basis = "\n".join(folding.words(text) for text in self.texts).rstrip()
        return hashlib.sha256(basis.encode()).hexdigest()

    @property
    def unused(self) -> tuple[int, ...]:
        """The columns with a heading that nothing is read from, numbering aside."""
        used = self.own.union(self.columns.values())
        return tuple(
            place
            for place, text in enumerate(self.texts)
            if text and place not in used and folding.words(text) not in _NUMBERING
        )


_NUMBERING = {"stt", "tt", "so tt", "so thu tu", "no", "id"}


def find(table: Table) -> Heading | None:
    """The heading of a table: of the first rows the one, or the two, with most known columns; of an
    error workbook its own."""
    top = list(islice(table.rows(), WITHIN))
    best: Heading | None = None
    for number, row in enumerate(top):
        below = top[number + 1] if number + 1 < len(top) else []
        if own := returned.own_columns(texts_of(row)):
            return _returned(number, row, below, own)
        for found in (_one(number, row), _two(number, row, below, table.merged)):
            if found and (best is None or _rank(found) > _rank(best)):
                best = found
    return best


def _rank(heading: Heading) -> tuple[int, int]:
    """More columns are better, then one row: a title above a heading is no part of it."""
    return len(heading.columns), -len(heading.rows)


def change(heading: Heading | None, table: Table, wanted: Mapping[Field, str]) -> Heading:
    """The heading with columns as told: by letter (C), number from 1, or the heading's text.

    "" takes the field from the column that was found for it.

    Without a known heading, the first row is one when its cell for the stars holds no star, and
    data otherwise. Refused: a column that is not there, or two fields from one column.
    """
    base = heading or _unknown_heading(table, wanted)
    columns = dict(base.columns)
    for field, told in wanted.items():
        if not told:
            columns.pop(field, None)
            continue
        place = _place(told, base.texts)
        columns = {f: at for f, at in columns.items() if at != place or f in wanted}
        columns[field] = place
    if ours := base.own.intersection(columns.values()):
        raise Refused(
            "column_of_errors",
            _(
                "Cột %s do tệp lỗi thêm vào, không phải cột của sổ đăng ký. Tệp lỗi tự nhớ các cột "
                "đã đọc; hãy bỏ phần chỉ rõ cột, hoặc ghi chữ cái của cột trong tệp lỗi."
            )
            % letter(min(ours)),
        )
    doubled = {at for at in columns.values() if list(columns.values()).count(at) > 1}
    if doubled:
        raise Refused(
            "column_twice",
            _("Hai trường cùng lấy từ cột %s. Hãy chọn lại.") % letter(min(doubled)),
        )
    return Heading(base.rows, base.texts, columns, base.own)


def letter(place: int) -> str:
    """The spreadsheet's letter of a column: A, B, …, AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


def texts_of(row: Sequence[Cell]) -> list[str]:
    """The cells of a row as text, "" for what is none."""
    return [folding.clean(cell) if isinstance(cell, str) else "" for cell in row]


def _one(number: int, row: Row) -> Heading | None:
    texts = texts_of(row)
    return _heading((number,), texts, [_field_of_text(text) for text in texts])


def _returned(number: int, row: Row, below: Row, own: frozenset[int]) -> Heading | None:
    """The heading of an error workbook: the columns are those it names under the headings; a column
    that somebody added since and, without that line, all are what their headings tell."""
    texts, line = texts_of(row), texts_of(below)
    if (told := returned.columns_told(line, own)) is not None:
        added = [at for at in range(len(texts)) if at not in own and not any(line[at : at + 1])]
        new = {field: at for at in reversed(added) if (field := _field_of_text(texts[at]))}
        return Heading((number, number + 1), tuple(texts), {**new, **told}, own)
    found = [None if at in own else _field_of_text(text) for at, text in enumerate(texts)]
    heading = _heading((number,), texts, found)
    return heading and replace(heading, own=own)


def _field_of_text(text: str) -> Field | None:
    """The field of one heading, which may be two rows joined by us."""
    above, joined, under = text.partition(JOINT)
    return fields.field_of(text) or (_field_of_two(above, under) if joined else None)


def _field_of_two(above: str, under: str) -> Field | None:
    return (
        fields.field_of(f"{under} {above}")
        or fields.field_of(f"{above} {under}")
        or fields.field_of(under)
    )


def _two(number: int, row: Row, below: Row, merged: Sequence[Range]) -> Heading | None:
    """Two rows as one: `Quyết định` over `Số` and `Ngày` are the number and its day."""
    upper, lower = texts_of(row), texts_of(below)
    if not any(lower) or any(cell != "" and not isinstance(cell, str) for cell in below):
        return None
    for (top, left), (_bottom, right) in merged:
        if top == number and left < len(upper):
            for place in range(left + 1, min(right + 1, len(upper))):
                upper[place] = upper[left]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    texts, found = [], []
    for above, under in zip(upper, lower, strict=True):
        same = not under or not above or under == above
        texts.append((under or above) if same else f"{above}{JOINT}{under}")
        found.append(fields.field_of(under or above) if same else _field_of_two(above, under))
    by_lower_alone = {f for text in lower if (f := fields.field_of(text))}
    return _heading((number, number + 1), texts, found) if by_lower_alone else None


def _heading(
    rows: tuple[int, ...], texts: Sequence[str], found: Sequence[Field | None]
) -> Heading | None:
    columns: dict[Field, int] = {}
    for place, field in enumerate(found):
        if field and field not in columns and len(texts[place]) <= _LONGEST:
            columns[field] = place
    return Heading(rows, tuple(texts), columns) if len(columns) >= _LEAST else None


def _unknown_heading(table: Table, wanted: Mapping[Field, str]) -> Heading:
    top = list(islice(table.rows(), WITHIN))
    width = max(map(len, top), default=0)
    number, row = next(((n, r) for n, r in enumerate(top) if any(texts_of(r))), (0, []))
    texts = (*texts_of(row), *("",) * (width - len(row)))
    stars = next((told for field, told in wanted.items() if field in fields.STARS_FIELDS), "")
    if stars:
        place = _place(stars, texts)
        if read_stars(row[place] if place < len(row) else "").problem:
            return Heading((number,), texts, {})
    return Heading((), ("",) * width, {})


def _place(told: str, texts: Sequence[str]) -> int:
    words = folding.words(told)
    alike = [place for place, text in enumerate(texts) if text and folding.words(text) == words]
    if alike:
        return alike[0]
    plain = told.strip().upper()
    place = -1
    if plain.isdecimal():
        place = int(plain) - 1
    elif plain.isascii() and plain.isalpha() and len(plain) <= 2:
        for sign in plain:
            place = (place + 1) * 26 + ord(sign) - ord("A")
    if not 0 <= place < len(texts):
        raise Refused(
            "column_unknown",
            _("Không có cột “%s” trong bảng. Hãy ghi chữ cái của cột hoặc đúng tên cột.") % told,
        )
    return place
