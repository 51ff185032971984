"""One row of a registry: what it says for certain, and remarks on the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from ocop.core import folding
from ocop.core.cells import Broken, Cell
from ocop.core.numbers import write_date
from ocop.people import phones
from ocop.producers import naming, taxcode
from ocop.recognition import authority as authorities
from ocop.recognition.keys import row_key
from ocop.recognition.registry_import import signing
from ocop.recognition.registry_import.codes import AGAINST_LAW, REJECTING, Code, Report
from ocop.recognition.registry_import.dates import read_day, read_year
from ocop.recognition.registry_import.decisions import ReadDecision, read_decision
from ocop.recognition.registry_import.draft import Draft
from ocop.recognition.registry_import.fields import STAR_COLUMNS, Field
from ocop.recognition.registry_import.home import home_of
from ocop.recognition.registry_import.persons import NOBODY, Persons, read_count, read_sex
from ocop.recognition.registry_import.placing import Address, Placed, place
from ocop.recognition.registry_import.sectors import read_sector
from ocop.recognition.registry_import.stars import ReadStars, read_stars
from ocop.recognition.registry_import.texts import as_text, broken_code, short
from ocop.recognition.validity import expiry_of

_LONGEST = {
    Field.NAME: 200,
    Field.PRODUCER: 200,
    Field.ADDRESS: 300,
    Field.AUTHORITY: 160,
    Field.LEADER_NAME: 120,
    Field.DECISION: 60,  # of its number
}
_OF_PERSONS = (
    Field.LEADER_NAME, Field.LEADER_SEX, Field.MEMBERS, Field.WORKERS, Field.WORKERS_LOCAL,
)  # fmt: skip
_NEEDED = (Field.NAME, Field.PRODUCER, Field.STARS)
_LEVELS = {"a": "A", "b1": "B1", "b2": "B2", "c": "C", "m": "M"}
_NOTHING = {"n/a", "n.a", "n.a.", "-", "–", "—", "?"}
_TICKS = {"x", "v", "co", "1", "✓", "✔"}


@dataclass(slots=True)
class Reader:
    """Reads rows by their columns; `today`, the evidence and the province meant without a word are
    fixed."""

    columns: Mapping[Field, int]
    today: date
    evidence: str = ""
    province: str = ""
    reports: list[Report] = field(default_factory=list)

    def read(self, number: int, cells: list[Cell]) -> Draft | None:
        """The draft of a row; None when a remark keeps it out. Remarks go to `reports`."""
        row = _Row(number, cells, self)
        draft = row.draft()
        self.reports += row.reports
        return None if any(report.rejects for report in row.reports) else draft


class _Row:
    """One row while it is read."""

    def __init__(self, number: int, cells: list[Cell], reader: Reader) -> None:
        self.number, self.cells, self.columns = number, cells, reader.columns
        self.today, self.default_evidence = reader.today, reader.evidence
        self.own_province = reader.province
        self.reports: list[Report] = []

    def draft(self) -> Draft | None:
        name, producer = self._needed(Field.NAME), self._needed(Field.PRODUCER)
        stars = self._stars()
        decision = self._decision(stars)
        signed_on, year = self._days(decision)
        number = decision.number
        self._fits(Field.DECISION, number)
        evidence = self._evidence(number, signed_on)
        expires_on = self._expiry(signed_on, year)
        authority = self.text(Field.AUTHORITY) or decision.authority
        on = signed_on or (date(year, 7, 1) if year else self.today)
        placed, address = self._place(on, authority, number)
        if name is None or producer is None or stars.stars is None:
            return None
        self._fits(Field.AUTHORITY, authority)
        if (
            Field.AUTHORITY in self.columns
            and signed_on
            and not authorities.is_told(authority, number)
        ):
            self.remark(Field.AUTHORITY, Code.AUTHORITY_MISSING, number=number)
        self.reports += signing.said(
            self.number, authority, number, stars.stars, signed_on, placed.province
        )
        if any(report.code in AGAINST_LAW for report in self.reports) and evidence == "A":
            evidence, expires_on = "B1", None
        return Draft(
            row=self.number,
            name=name,
            producer=producer,
            kind=self._kind(producer),
            stars=stars.stars,
            potential_five=stars.potential_five,
            evidence=evidence,
            decision=number,
            signed_on=signed_on,
            year=year,
            expires_on=expires_on if evidence != "B2" else None,  # a proposal has no last day
            authority=authority,
            sector=self._sector(),
            tax_code=self._tax_code(),
            phone=self._phone(),
            persons=self._persons(),
            total=self._total(),
            address=address,
            placed=placed,
            key=row_key(
                decision=number,
                signed_on=signed_on,
                authority=authority,
                product=name,
                producer=producer,
            ),
        )

    def remark(self, at: Field, code: Code, *, rejects: bool = False, **facts: object) -> None:
        told = {key: short(str(value)) for key, value in facts.items()}
        self.reports.append(Report(self.number, at, code, told, rejects or code in REJECTING))

    def cell(self, at: Field) -> Cell:
        place_ = self.columns.get(at)
        return "" if place_ is None or place_ >= len(self.cells) else self.cells[place_]

    def text(self, at: Field) -> str:
        """A cell as text in composed Unicode without stray spaces; broken ones are told."""
        value = self.cell(at)
        if isinstance(value, Broken):
            self.remark(at, broken_code(value), rejects=at in _NEEDED, text=value.text)
            return ""
        return as_text(value)

    def _needed(self, at: Field) -> str | None:
        text = self.text(at)
        if not self._fits(at, text):
            return None
        if text.lower() in _NOTHING or not text:
            if not isinstance(self.cell(at), Broken):
                missing = {Field.NAME: Code.NAME_MISSING, Field.PRODUCER: Code.PRODUCER_MISSING}
                self.remark(at, missing[at])
            return None
        return text

    def _fits(self, at: Field, text: str) -> bool:
        """Whether the register has room for a text; a remark keeps the row out where not."""
        if len(text) > _LONGEST[at]:
            self.remark(at, Code.TEXT_TOO_LONG, most=_LONGEST[at])
        return len(text) <= _LONGEST[at]

    def _stars(self) -> ReadStars:
        if Field.STARS in self.columns:
            text = self.text(Field.STARS)
            if not text:
                if not isinstance(self.cell(Field.STARS), Broken):
                    self.remark(Field.STARS, Code.STARS_MISSING)
                return ReadStars()
            found = read_stars(text)
        else:
            ticked = [
                stars
                for at, stars in STAR_COLUMNS.items()
                if folding.fold(self.text(at)).strip() in _TICKS | {str(stars)}
            ]
            if not ticked:
                self.remark(Field.STARS, Code.STARS_MISSING)
                return ReadStars()
            text = ", ".join(map(str, ticked))
            found = (
                ReadStars(ticked[0])
                if len(ticked) == 1
                else ReadStars(problem=Code.STARS_UNREADABLE)
            )
        if found.problem:
            self.remark(Field.STARS, found.problem, text=text)
        return found

    def _decision(self, stars: ReadStars) -> ReadDecision:
        text = self.text(Field.DECISION)
        found = read_decision(text)
        if found.problem:
            self.remark(Field.DECISION, found.problem, text=text)
        other = found.stars - {stars.stars}
        if stars.stars and len(found.stars) == 1 and other:
            self.remark(
                Field.STARS,
                Code.STARS_CONTRADICT_DECISION,
                stars=stars.stars,
                other=next(iter(other)),
            )
        return found

    def _days(self, decision: ReadDecision) -> tuple[date | None, int | None]:
        """The day of signing and the year, where they do not contradict each other."""
        signed_on, year = decision.day, None
        value = self.cell(Field.DECIDED_ON)
        if text := self.text(Field.DECIDED_ON):
            found = read_day(value)
            if found.problem:
                self.remark(Field.DECIDED_ON, found.problem, text=text)
            year = found.year
            if found.day and signed_on and found.day != signed_on:
                self.remark(
                    Field.DECIDED_ON,
                    Code.DATES_CONTRADICT,
                    day=write_date(found.day),
                    other=write_date(signed_on),
                )
            signed_on = found.day or signed_on
        if text := self.text(Field.YEAR):
            told = read_year(self.cell(Field.YEAR))
            if told is None:
                self.remark(Field.YEAR, Code.YEAR_UNREADABLE, text=text)
            elif signed_on and told != signed_on.year:
                self.remark(
                    Field.YEAR,
                    Code.YEAR_CONTRADICTS_DATE,
                    year=told,
                    day=write_date(signed_on),
                )
            year = told or year
        if signed_on and signed_on > self.today:
            self.remark(Field.DECIDED_ON, Code.DATE_IN_FUTURE, day=write_date(signed_on))
            signed_on = None
        return signed_on, signed_on.year if signed_on else year

    def _evidence(self, number: str, signed_on: date | None) -> str:
        documented = bool(number and signed_on)
        fallback = self.default_evidence or ("A" if documented else "B1")
        if fallback == "A" and not documented:
            fallback = "B1"
        level = fallback
        if text := self.text(Field.EVIDENCE):
            told = _LEVELS.get(folding.fold(text).split(" ")[0])
            if told is None:
                self.remark(Field.EVIDENCE, Code.EVIDENCE_UNKNOWN, text=text)
            elif told == "M":
                self.remark(Field.EVIDENCE, Code.EVIDENCE_DEMONSTRATION)
            elif told == "A" and not documented:
                self.remark(Field.EVIDENCE, Code.EVIDENCE_WITHOUT_DECISION)
                level = "B1"
            else:
                level = told
        if not documented:
            code = Code.DECISION_WITHOUT_DATE if number else Code.VALIDITY_UNKNOWN
            self.remark(Field.DECIDED_ON, code, number=number, evidence=level)
        return level

    def _expiry(self, signed_on: date | None, year: int | None) -> date | None:
        expected = expiry_of(signed_on) if signed_on else None
        text = self.text(Field.EXPIRES_ON)
        if not text:
            return expected
        found = read_day(self.cell(Field.EXPIRES_ON))
        last = found.day or found.beyond
        if last and (last <= signed_on if signed_on else year and last.year < year):
            start = write_date(signed_on) if signed_on else str(year)
            self.remark(
                Field.EXPIRES_ON,
                Code.EXPIRY_BEFORE_DECISION if signed_on else Code.EXPIRY_BEFORE_YEAR,
                expires=write_date(last),
                day=start,
            )
        elif found.day is None:
            code = found.problem or Code.DATE_UNREADABLE
            self.remark(Field.EXPIRES_ON, code, text=text)
            return expected
        elif expected and found.day != expected:
            longer = found.day > expected
            code = Code.EXPIRY_PAST_TERM if longer else Code.EXPIRY_CONTRADICTS_TERM
            self.remark(
                Field.EXPIRES_ON,
                code,
                expires=write_date(found.day),
                expected=write_date(expected),
            )
            return expected if longer else found.day
        return found.day

    def _place(self, on: date, authority: str, number: str) -> tuple[Placed, str]:
        most = _LONGEST[Field.ADDRESS] + 1  # one sign too many says enough; more takes time only
        columns = (Field.ADDRESS, Field.COMMUNE, Field.DISTRICT, Field.PROVINCE)
        address = Address(*(self.text(at)[:most] for at in columns))
        placed = place(address, on, home_of(authority, number, on, self.own_province))
        at = Field.ADDRESS if Field.ADDRESS in self.columns else Field.COMMUNE
        if placed.contradicts:
            column, told = placed.contradicts
            self.remark(at, Code.COMMUNE_CONTRADICTS_ADDRESS, column=column, address=told)
        elif placed.candidates:
            names = "; ".join(_named(entry) for entry in placed.candidates[:6])
            self.remark(at, Code.COMMUNE_AMBIGUOUS, text=placed.written, candidates=names)
        elif placed.unknown:
            self.remark(at, Code.COMMUNE_UNKNOWN, text=placed.written)
        elif placed.missing:
            self.remark(at, Code.COMMUNE_MISSING)
        elif placed.understood and placed.commune:
            self.remark(
                at,
                Code.PROVINCE_UNDERSTOOD,
                text=placed.written,
                commune=placed.commune.name,
                province=placed.understood.name,
            )
        written = address.text or address.of_columns()
        self._fits(Field.ADDRESS, written)
        return placed, written

    def _kind(self, producer: str) -> str:
        """The kind a column tells; where the name tells another, the name holds."""
        text = self.text(Field.PRODUCER_KIND)
        if not text:
            return ""
        told, named = naming.kind_told(text), naming.kind_of(producer)
        if told == naming.UNKNOWN:
            self.remark(Field.PRODUCER_KIND, Code.KIND_UNKNOWN, text=text)
            return ""
        if named in (naming.UNKNOWN, told):
            return told
        self.remark(Field.PRODUCER_KIND, Code.KIND_CONTRADICTS_NAME, text=text, name=producer)
        return ""

    def _sector(self) -> str:
        text = self.text(Field.SECTOR)
        if not text:
            return ""
        found = read_sector(text)
        if not found:
            self.remark(Field.SECTOR, Code.SECTOR_UNKNOWN, text=text)
        return found

    def _tax_code(self) -> str:
        text = self.text(Field.TAX_CODE)
        found = taxcode.normalise(text) if text else ""
        if text and not found:
            self.remark(Field.TAX_CODE, Code.TAX_CODE_WRONG, text=text)
        return found or ""

    def _phone(self) -> str:
        text = self.text(Field.PHONE)
        found = phones.normalise(text) if text else ""
        if text and not found:
            self.remark(Field.PHONE, Code.PHONE_WRONG, text=text)
        return found or ""

    def _persons(self) -> Persons:
        """The persons behind the producer; what is not understood is left out and told."""
        if self.columns.keys().isdisjoint(_OF_PERSONS):
            return NOBODY
        name, sex = self.text(Field.LEADER_NAME), self.text(Field.LEADER_SEX)
        self._fits(Field.LEADER_NAME, name)
        if sex and not read_sex(sex):
            self.remark(Field.LEADER_SEX, Code.SEX_UNREADABLE)
        members, workers, local = map(
            self._count, (Field.MEMBERS, Field.WORKERS, Field.WORKERS_LOCAL)
        )
        if workers is not None and local is not None and local > workers:
            self.remark(Field.WORKERS_LOCAL, Code.WORKERS_CONTRADICT)
            workers = local = None
        return Persons(name, read_sex(sex), members, workers, local)

    def _count(self, at: Field) -> int | None:
        text = self.text(at)
        count, problem = read_count(text) if text else (None, None)
        if problem:
            self.remark(at, problem)
        return count

    def _total(self) -> Decimal | None:
        text = self.text(Field.TOTAL)
        if not text:
            return None
        try:
            points = Decimal(text.replace(",", "."))
        except InvalidOperation:
            points = Decimal(-1)
        if not 0 <= points <= 100:
            self.remark(Field.TOTAL, Code.TOTAL_UNREADABLE, text=text)
            return None
        return points


def _named(entry: object) -> str:
    name, parent = getattr(entry, "name", ""), getattr(entry, "parent", None)
    return f"{name}, {parent.name}" if parent else str(name)
