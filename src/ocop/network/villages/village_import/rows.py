"""One row of a register of villages: its cells as values, and what is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from ocop.core import folding
from ocop.core.cells import Broken, Cell
from ocop.core.numbers import write_date, write_number
from ocop.network.villages.criteria import Title
from ocop.network.villages.keys import village_key
from ocop.network.villages.village_import.codes import Code, Report
from ocop.network.villages.village_import.draft import Draft
from ocop.network.villages.village_import.fields import Field
from ocop.places import gazetteer
from ocop.places.eras import DISTRICTS_ENDED, HANOI_REORGANISED
from ocop.places.gazetteer import Entry
from ocop.recognition.registry_import.dates import read_day
from ocop.recognition.registry_import.placing import Address, Placed, place
from ocop.recognition.registry_import.tables import Row
from ocop.recognition.registry_import.texts import as_text, short

LONGEST: Mapping[Field, int] = {
    Field.NAME: 120, Field.TRADE: 120, Field.ADDRESS: 300, Field.DECISION: 60,
    Field.AUTHORITY: 160,
}  # fmt: skip
MOST = 1_000_000  # households, workers
MOST_MONEY = 10**15
#: The last days of the eras before today's: lists of villages are older than the units of today.
_EARLIER = tuple(day - timedelta(days=1) for day in (DISTRICTS_ENDED, HANOI_REORGANISED))
LEAST_MONEY = 100_000  # đồng in a year; less was written in millions
_TITLES = {
    "nghe truyen thong": Title.CRAFT,
    "lang nghe": Title.VILLAGE,
    "lang nghe truyen thong": Title.TRADITIONAL,
    "lntt": Title.TRADITIONAL,
    "ln": Title.VILLAGE,
}
_NO_TITLE = frozenset(
    {"", "lang co nghe", "chua", "chua cong nhan", "khong", "chua duoc cong nhan"}
)
#: By words of the group's name; the first that is found counts.
_GROUPS = (
    ("che bien bao quan", "food"), ("nong lam thuy san", "food"), ("thu cong my nghe", "craft"),
    ("nguyen vat lieu", "material"), ("do go", "goods"), ("may tre", "goods"),
    ("gom su", "goods"), ("det", "goods"), ("theu", "goods"), ("co khi", "goods"),
    ("sinh vat canh", "ornamental"), ("muoi", "salt"), ("dich vu", "service"),
)  # fmt: skip
_NUMBER = re.compile(r"\d{1,15}|\d{1,3}(?:[.,]\d{3})+")
_YEAR = re.compile(r"(?:nam )?(\d{4})")


class Reader:
    """Reads rows; remarks gather in `reports`. `province` is the code of the own one."""

    def __init__(self, columns: Mapping[Field, int], province: str, today: date) -> None:
        self._columns, self._province, self._today = columns, province, today
        self._home = gazetteer.load().find(province, date.max) if province else None
        self.reports: list[Report] = []
        self._row: Row = []
        self._number = 0
        self._rejected = False

    def read(self, number: int, row: Row) -> Draft | None:
        """The village of a row; None where it cannot be taken."""
        self._number, self._row, self._rejected = number, row, False
        name, trade = self._text(Field.NAME), self._text(Field.TRADE)
        if not name:
            self._remark(Field.NAME, Code.NAME_MISSING)
        if not trade:
            self._remark(Field.TRADE, Code.TRADE_MISSING)
        signed_on = self._day()
        year = self._year(Field.YEAR, signed_on)
        title = self._title(signed_on, year)
        placed = self._place(signed_on)
        households, in_trade = self._count(Field.HOUSEHOLDS), self._count(Field.IN_TRADE)
        if households is not None and in_trade is not None and in_trade > households:
            self._remark(
                Field.IN_TRADE,
                Code.TRADE_BEYOND_HOUSEHOLDS,
                in_trade=write_number(in_trade),
                households=write_number(households),
            )
        draft = Draft(
            row=number,
            name=name,
            trade=trade,
            group=self._group(),
            address=self._text(Field.ADDRESS),
            placed=placed,
            title=title,
            decision=self._text(Field.DECISION),
            signed_on=signed_on,
            year=year,
            authority=self._text(Field.AUTHORITY),
            began=self._year(Field.BEGAN),
            data_year=self._today.year - 1,
            households=households,
            in_trade=in_trade,
            workers=self._count(Field.WORKERS),
            revenue=self._money(Field.REVENUE),
            income=self._money(Field.INCOME),
            key=village_key(name=name, trade=trade, place=_place_of(placed)),
            others=tuple(
                village_key(name=name, trade=trade, place=entry.code)
                for entry in (() if placed.commune else placed.candidates)
            ),
        )
        if draft.has_numbers:
            draft.data_year = self._data_year()
        return None if self._rejected else draft

    def _remark(self, at: Field, code: Code, **facts: str) -> None:
        told = {key: short(value) for key, value in facts.items()}
        report = Report(self._number, at, code, told)
        self._rejected |= report.rejects
        self.reports.append(report)

    def _cell(self, at: Field) -> Cell:
        where = self._columns.get(at)
        cell = self._row[where] if where is not None and where < len(self._row) else ""
        if isinstance(cell, Broken):
            self._remark(at, Code.CELL_ERROR, text=cell.text)
            return ""
        return cell

    def _text(self, at: Field) -> str:
        text = as_text(self._cell(at))
        if at in LONGEST and len(text) > LONGEST[at]:
            self._remark(at, Code.TEXT_TOO_LONG, most=str(LONGEST[at]))
            return text[: LONGEST[at]]
        return text

    def _place(self, signed_on: date | None) -> Placed:
        """The commune, by its name of the decision's day or of today."""
        address = Address(
            "",
            self._text(Field.COMMUNE),
            self._text(Field.DISTRICT),
            self._text(Field.PROVINCE),
        )
        if not address.commune:
            self._remark(Field.COMMUNE, Code.COMMUNE_MISSING)
            return Placed(missing=True)
        placed = self._located(address, signed_on)
        then = placed.then
        if placed.commune is not None:
            if self._province and placed.province != self._province:
                self._remark(Field.COMMUNE, Code.ELSEWHERE, commune=_whole(placed.commune))
        elif then is not None:
            placed = replace(placed, province=placed.province or _province_of_then(then))
            if self._province and placed.province != self._province:
                self._remark(Field.COMMUNE, Code.ELSEWHERE, commune=_whole(then))
            elif placed.candidates:
                names = ", ".join(entry.name for entry in placed.candidates)
                self._remark(
                    Field.COMMUNE, Code.COMMUNE_DIVIDED, text=_whole(then), candidates=names
                )
            else:
                self._remark(Field.COMMUNE, Code.COMMUNE_OF_THEN, text=_whole(then))
        elif placed.candidates:
            names = ", ".join(map(_whole, placed.candidates))
            self._remark(
                Field.COMMUNE, Code.COMMUNE_AMBIGUOUS, text=address.of_columns(), candidates=names
            )
        else:
            self._remark(Field.COMMUNE, Code.COMMUNE_UNKNOWN, text=address.of_columns())
        return placed

    def _located(self, address: Address, signed_on: date | None) -> Placed:
        """The place by the lists of today, of the decision's day and of the eras before, the first
        that gives today's commune; else the first that gives the commune of then. Where the row
        names no province, the own one tells which of several is meant."""
        first: Placed | None = None
        of_then: Placed | None = None
        for day in (self._today, signed_on, *_EARLIER):
            if day is None:
                continue
            found = place(address, day, self._home)
            if found.commune is not None:
                return found
            first = first or found
            if found.then is not None and found.then.level == "commune":
                of_then = of_then or found
        return of_then or first or Placed(missing=True)

    def _title(self, signed_on: date | None, year: int | None) -> str:
        text = self._text(Field.TITLE)
        words = folding.words(text)
        title = _TITLES.get(words)
        if title is None:
            if words not in _NO_TITLE:
                self._remark(Field.TITLE, Code.TITLE_UNKNOWN, text=text)
            elif signed_on or self._text(Field.DECISION):
                self._remark(Field.TITLE, Code.TITLE_MISSING)
            return ""
        if year is None:
            self._remark(Field.YEAR, Code.RECOGNITION_WITHOUT_YEAR)
        return title.value

    def _group(self) -> str:
        text = self._text(Field.GROUP)
        words = folding.words(text)
        found = next((key for part, key in _GROUPS if part in words), "")
        if text and not found:
            self._remark(Field.GROUP, Code.GROUP_UNKNOWN, text=text)
        return found

    def _day(self) -> date | None:
        cell = self._cell(Field.DECIDED_ON)
        text = as_text(cell)
        if not text:
            return None
        read = read_day(cell)
        day = read.day or read.beyond  # villages were recognised long before the programme
        if day is None:
            self._remark(Field.DECIDED_ON, Code.DAY_UNREADABLE, text=text)
        elif day > self._today:
            self._remark(Field.DECIDED_ON, Code.DAY_IN_FUTURE, day=write_date(day))
            return None
        return day

    def _year(self, at: Field, signed_on: date | None = None) -> int | None:
        text = self._text(at)
        found = _YEAR.fullmatch(folding.fold(text))
        year = int(found[1]) if found else None
        if text and (year is None or not 1000 <= year <= self._today.year):
            self._remark(at, Code.YEAR_UNREADABLE, text=text)
            year = None
        if signed_on is None:
            return year
        if year is not None and year != signed_on.year:
            self._remark(at, Code.YEAR_CONTRADICTS_DAY, year=str(year), day=write_date(signed_on))
        return signed_on.year

    def _data_year(self) -> int:
        year = self._year(Field.DATA_YEAR)
        if year is None or year < 2000:
            year = self._today.year - 1
            self._remark(Field.DATA_YEAR, Code.DATA_YEAR_MISSING, year=str(year))
        return year

    def _count(self, at: Field, most: int = MOST) -> int | None:
        text = self._text(at)
        if not text:
            return None
        plain = text.replace(" ", "").replace("\u00a0", "")
        value = int(re.sub(r"[.,]", "", plain)) if _NUMBER.fullmatch(plain) else None
        if value is None or value > most:
            self._remark(at, Code.NUMBER_UNREADABLE, text=text)
            return None
        return value

    def _money(self, at: Field) -> int | None:
        value = self._count(at, MOST_MONEY)
        if value is not None and 0 < value < LEAST_MONEY:
            self._remark(at, Code.SMALL_MONEY, value=write_number(value))
            return None
        return value


def _whole(entry: Entry) -> str:
    """A unit with what it lies in."""
    above = next(iter(entry.ancestors()), None)
    return f"{entry.name} ({above.name})" if above is not None else entry.name


def _place_of(placed: Placed) -> str:
    """What tells the place of a village: today's commune, else the one of then."""
    if placed.commune is not None:
        return placed.commune.code
    then = placed.then
    return f"{then.code} {then.valid_from.isoformat()}" if then is not None else ""


def _province_of_then(entry: Entry) -> str:
    """The code of the province in which a unit of then lay: Hà Nội kept its own."""
    return list(entry.ancestors())[-1].code
