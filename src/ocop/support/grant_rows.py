"""Workbooks of grants that offices kept since 2019: which column is what, and what a row says.

Pure: whom and what a row names is looked up through `Register`, which the caller fills.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from ocop.core import folding
from ocop.core.cells import Broken, Cell
from ocop.core.numbers import read_number
from ocop.recognition.registry_import.dates import read_day
from ocop.recognition.registry_import.stars import read_stars
from ocop.recognition.registry_import.tables import Row, Table
from ocop.recognition.registry_import.texts import as_text, short
from ocop.support.grant_fields import (
    LONGEST,
    Code,
    Field,
    Report,
    category_of,
    field_of,
    level_of,
    scale_of,
)
from ocop.support.reckoning import MOST

WITHIN = 40  # rows from the top in which the heading may stand
FIRST_YEAR = 2018
DISTRICTS_UNTIL = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Head:
    """The heading: its row, from 0, the column of each field, and what one of the amount is."""

    row: int
    columns: Mapping[Field, int]
    scale: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A producer or a product that a row names: its key, or why none is certain."""

    key: int | None = None
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """How names are looked up: name, tax code and commune; producer and name of the product; level,
    name and year of the unit that paid."""

    producer: Callable[[str, str, str], Found]
    product: Callable[[int, str], Found]
    unit: Callable[[str, str, int], int | None] = lambda _level, _payer, _year: None


@dataclass(frozen=True, slots=True)
class Draft:
    """A grant as a row tells it."""

    row: int
    producer: int
    product: int | None
    category: str
    level: str
    payer: str
    unit: int | None
    year: int
    given_on: date | None
    amount: int
    quantity: int
    star: int | None
    document: str
    purpose: str

    @property
    def key(self) -> str:
        """What tells a grant: the same fact comes once, whichever file brings it."""
        fact = [
            self.producer, self.product, self.category, self.level, self.year,
            self.given_on and self.given_on.isoformat(), self.amount, self.quantity, self.star,
            folding.words(self.document), folding.words(self.purpose),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(fact).encode()).hexdigest()


@dataclass(slots=True)
class Result:
    """What a file says."""

    rows: int
    accepted: list[Draft]
    reports: list[Report]

    @property
    def rejected(self) -> int:
        """How many rows are not taken."""
        return len({report.row for report in self.reports})


def find_head(table: Table) -> Head | None:
    """The heading of a table: the row of the first forty with most known columns, among them the
    producer and an amount or a number."""
    best: Head | None = None
    for number, row in enumerate(islice(table.rows(), WITHIN)):
        texts = tuple(as_text(cell) if isinstance(cell, str) else "" for cell in row)
        columns: dict[Field, int] = {}
        for place, text in enumerate(texts):
            field = field_of(text)
            if field is not None and field not in columns:
                columns[field] = place
        if Field.PRODUCER not in columns or not columns.keys() & {Field.AMOUNT, Field.QUANTITY}:
            continue
        if best is None or len(columns) > len(best.columns):
            at = columns.get(Field.AMOUNT)
            scale = 1 if at is None else scale_of(texts[at])
            best = Head(number, columns, scale, texts)
    return best


def data_rows(table: Table, head: Head) -> Iterator[tuple[int, Row]]:
    """The rows under the heading with their numbers from 1; blank ones and totals left out."""
    for number, row in enumerate(islice(table.rows(), head.row + 1, None), start=head.row + 2):
        cells = [as_text(cell) for cell in row if not isinstance(cell, Broken)]
        first = next((folding.words(text) for text in cells if text), "")
        if first and not re.match(r"(tong|cong)\b( cong| so)?$", first):
            yield number, row


def read_rows(
    table: Table, head: Head, register: Register, *, level: str, category: str, today: date
) -> Result:
    """All rows of a table. `level` and `category` are for rows that do not say it themselves."""
    accepted: list[Draft] = []
    reports: list[Report] = []
    seen: dict[str, int] = {}
    rows = 0
    for number, row in data_rows(table, head):
        rows += 1
        reader = _Reader(number, row, head, register, today)
        draft = reader.read(level, category)
        if draft is None:
            reports += reader.reports
        elif draft.key in seen:
            reports.append(Report(number, Field.PRODUCER, Code.TWICE, str(seen[draft.key])))
        else:
            seen[draft.key] = number
            accepted.append(draft)
    return Result(rows, accepted, reports)


class _Reader:
    """One row."""

    def __init__(
        self, number: int, row: Sequence[Cell], head: Head, register: Register, today: date
    ) -> None:
        self.reports: list[Report] = []
        self._number, self._row, self._head = number, row, head
        self._register, self._today = register, today

    def read(self, level: str, category: str) -> Draft | None:
        """What the row says, or None with the reasons in `reports`."""
        producer = self._producer()
        product = self._product(producer)
        given_on, year = self._when()
        told_category = self._category(category)
        told_level = self._level(level, given_on, year)
        amount, quantity = self._amount(), self._quantity()
        if not amount and not quantity and not self.reports:
            self._say(Field.AMOUNT, Code.AMOUNT_MISSING)
        star = self._star(told_category)
        texts = {field: self._checked(field) for field in LONGEST}
        if self.reports or producer is None or year is None:
            return None
        payer = texts[Field.PAYER]
        unit = self._register.unit(told_level, payer or self._text(Field.LEVEL), year)
        return Draft(
            self._number, producer, product, told_category, told_level, payer, unit, year,
            given_on, amount, quantity, star, texts[Field.DOCUMENT], texts[Field.PURPOSE],
        )  # fmt: skip

    def _cell(self, field: Field) -> Cell:
        place = self._head.columns.get(field, -1)
        return self._row[place] if 0 <= place < len(self._row) else ""

    def _text(self, field: Field) -> str:
        return as_text(self._cell(field))

    def _say(self, field: Field, code: Code) -> None:
        cell = self._cell(field)
        told = cell.text if isinstance(cell, Broken) else as_text(cell)
        self.reports.append(Report(self._number, field, code, short(told)))

    def _producer(self) -> int | None:
        name, tax_code = self._text(Field.PRODUCER), self._text(Field.TAX_CODE)
        if not name and not tax_code:
            self._say(Field.PRODUCER, Code.PRODUCER_MISSING)
            return None
        found = self._register.producer(name, tax_code, self._text(Field.COMMUNE))
        if found.code is not None:
            self._say(Field.PRODUCER, found.code)
        return found.key

    def _product(self, producer: int | None) -> int | None:
        name = self._text(Field.PRODUCT)
        if not name or producer is None:
            return None
        found = self._register.product(producer, name)
        if found.code is not None:
            self._say(Field.PRODUCT, found.code)
        return found.key

    def _when(self) -> tuple[date | None, int | None]:
        given_on, year = None, None
        if self._text(Field.GIVEN_ON) or isinstance(self._cell(Field.GIVEN_ON), Broken):
            read = read_day(self._cell(Field.GIVEN_ON))
            given_on, year = read.day, read.day.year if read.day else read.year
            if year is None:
                self._say(Field.GIVEN_ON, Code.DAY_UNREADABLE)
        told = re.search(r"\b(20\d\d)\b", self._text(Field.YEAR))
        if told and year is not None and int(told[1]) != year:
            self._say(Field.YEAR, Code.DAY_AND_YEAR)
        year = year or (int(told[1]) if told else None)
        if year is None:
            if not self.reports:
                self._say(Field.YEAR, Code.YEAR_MISSING)
        elif year < FIRST_YEAR:
            self._say(Field.YEAR, Code.BEFORE_THE_PROGRAMME)
        elif (given_on or date(year, 1, 1)) > self._today:
            self._say(Field.GIVEN_ON if given_on else Field.YEAR, Code.IN_THE_FUTURE)
        return given_on, year

    def _category(self, usual: str) -> str:
        text = self._text(Field.CATEGORY)
        category = category_of(text) if text or not usual else usual
        if not category:
            self._say(Field.CATEGORY, Code.CATEGORY_UNKNOWN)
        return category

    def _level(self, usual: str, given_on: date | None, year: int | None) -> str:
        text = self._text(Field.LEVEL) or self._text(Field.PAYER)
        level = level_of(text) if text else usual
        if not level:
            self._say(Field.LEVEL, Code.LEVEL_UNKNOWN)
        elif level == "district" and year and (given_on or date(year, 1, 1)) > DISTRICTS_UNTIL:
            self._say(Field.LEVEL, Code.DISTRICT_ENDED)
        return level

    def _amount(self) -> int:
        number = self._number_of(Field.AMOUNT, Code.AMOUNT_UNREADABLE)
        money = number * self._head.scale
        if money != money.to_integral_value():
            self._say(Field.AMOUNT, Code.AMOUNT_NOT_WHOLE)
            return 0
        if not 0 <= money <= MOST:
            self._say(Field.AMOUNT, Code.AMOUNT_UNREADABLE)
            return 0
        return int(money)

    def _quantity(self) -> int:
        number = self._number_of(Field.QUANTITY, Code.QUANTITY_UNREADABLE)
        if number != number.to_integral_value() or not 0 <= number <= 100_000_000:
            self._say(Field.QUANTITY, Code.QUANTITY_UNREADABLE)
            return 0
        return int(number)

    def _number_of(self, field: Field, code: Code) -> Decimal:
        cell = self._cell(field)
        try:
            if isinstance(cell, Broken):
                raise ValueError(cell.text)
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                return Decimal(str(cell))
            text = re.sub(r"\s*(đồng|đ|vnđ|vnd)\.?$", "", as_text(cell), flags=re.IGNORECASE)
            return read_number(text) if text and text != "-" else Decimal(0)
        except (ValueError, InvalidOperation):
            self._say(field, code)
            return Decimal(0)

    def _star(self, category: str) -> int | None:
        text = self._text(Field.STAR)
        if not text:
            if category == "bonus" and not self.reports:
                self._say(Field.STAR, Code.STAR_MISSING)
            return None
        read = read_stars(self._cell(Field.STAR))
        if read.problem is not None or read.stars not in (3, 4, 5):
            self._say(Field.STAR, Code.STAR_UNREADABLE)
        return read.stars

    def _checked(self, field: Field) -> str:
        text = self._text(field)
        if len(text) > LONGEST[field]:
            self._say(field, Code.TEXT_TOO_LONG)
        return text
