"""Whether a village meets what the law asks of its title, told criterion by criterion.

An answer is yes, no, or not known: what nobody wrote down, or wrote down too long ago, is never
taken for met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Title(StrEnum):
    """What the province may recognise."""

    CRAFT = "craft"  # nghề truyền thống
    VILLAGE = "village"  # làng nghề
    TRADITIONAL = "traditional"  # làng nghề truyền thống


class Criterion(StrEnum):
    """The criteria of Article 5 of Decree 52/2018/NĐ-CP."""

    AGE = "age"  # 1a, its first half
    DEVELOPING = "developing"  # 1a, its second half
    DISTINCTIVE = "distinctive"  # 1b
    NAME = "name"  # 1c
    HOUSEHOLDS = "households"  # 2a
    STABLE = "stable"  # 2b
    ENVIRONMENT = "environment"  # 2c


ARTICLES: Mapping[Criterion, str] = {
    Criterion.AGE: "5.1a",
    Criterion.DEVELOPING: "5.1a",
    Criterion.DISTINCTIVE: "5.1b",
    Criterion.NAME: "5.1c",
    Criterion.HOUSEHOLDS: "5.2a",
    Criterion.STABLE: "5.2b",
    Criterion.ENVIRONMENT: "5.2c",
}
OF_CRAFT = (Criterion.AGE, Criterion.DEVELOPING, Criterion.DISTINCTIVE, Criterion.NAME)
OF_VILLAGE = (Criterion.HOUSEHOLDS, Criterion.STABLE, Criterion.ENVIRONMENT)
NEEDED: Mapping[Title, tuple[Criterion, ...]] = {
    Title.CRAFT: OF_CRAFT,
    Title.VILLAGE: OF_VILLAGE,
    Title.TRADITIONAL: (*OF_VILLAGE, *OF_CRAFT),
}


@dataclass(frozen=True, slots=True)
class Law:
    """The thresholds of a decree, in force from its first day until the day before `until`."""

    decree: str
    since: date
    until: date | None
    household_percent: int
    stable_years: int
    older_than: int

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of one year of a village."""

    year: int
    households: int | None = None
    in_trade: int | None = None
    stable: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a village on a day."""

    on: date
    began: int | None = None  # the year the trade came to the place
    developing: bool | None = None
    distinctive: bool | None = None
    named: bool | None = None  # known by an artisan or by the name of the village
    years: Sequence[Year] = ()
    environment: bool | None = None  # of the last look at it
    environment_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion: met, not met, or None where the data do not tell; with what was compared."""

    criterion: Criterion
    met: bool | None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def article(self) -> str:
        return ARTICLES[self.criterion]


def answers(facts: Facts, law: Law, *, months: int) -> list[Answer]:
    """Every criterion of the law. `months`: how long a look at the environment counts."""
    return [
        _age(facts, law),
        Answer(Criterion.DEVELOPING, facts.developing),
        Answer(Criterion.DISTINCTIVE, facts.distinctive),
        Answer(Criterion.NAME, facts.named),
        _households(facts, law),
        _stable(facts, law),
        _environment(facts, months),
    ]


def verdict(found: Sequence[Answer], title: Title) -> bool | None:
    """Whether a title's criteria are met: no where one is not, not known where one is not known."""
    of = {answer.criterion: answer.met for answer in found}
    met = [of[criterion] for criterion in NEEDED[title]]
    if False in met:
        return False
    return None if None in met else True


def best(found: Sequence[Answer]) -> Title | None:
    """The highest title of which every criterion is met; a craft by itself comes last."""
    order = (Title.TRADITIONAL, Title.VILLAGE, Title.CRAFT)
    return next((title for title in order if verdict(found, title)), None)


def _age(facts: Facts, law: Law) -> Answer:
    """Only the year of the beginning is known: with exactly fifty years between the two it may be
    a day less or a day more."""
    told = {"began": facts.began, "years": law.older_than}
    if facts.began is None:
        return Answer(Criterion.AGE, None, told)
    age = facts.on.year - facts.began
    met = None if age == law.older_than else age > law.older_than
    return Answer(Criterion.AGE, met, {**told, "age": age})


def _households(facts: Facts, law: Law) -> Answer:
    """By the latest year with both numbers, this year's or last year's: older ones tell nothing of
    today."""
    known = [
        year
        for year in facts.years
        if year.households and year.in_trade is not None and year.year <= facts.on.year
    ]
    last = max(known, key=lambda year: year.year, default=None)
    told: dict[str, object] = {"percent": law.household_percent}
    if last is None or last.households is None or last.in_trade is None:
        return Answer(Criterion.HOUSEHOLDS, None, told)
    told |= {"year": last.year, "in_trade": last.in_trade, "households": last.households}
    if last.year < facts.on.year - 1:
        return Answer(Criterion.HOUSEHOLDS, None, {**told, "old": True})
    met = 100 * last.in_trade >= law.household_percent * last.households
    return Answer(Criterion.HOUSEHOLDS, met, told)


def _stable(facts: Facts, law: Law) -> Answer:
    """The full years before the day, one after the other."""
    of = {year.year: year.stable for year in facts.years}
    wanted = [facts.on.year - back for back in range(law.stable_years, 0, -1)]
    found = [of.get(year) for year in wanted]
    met = False if False in found else None if None in found else True
    return Answer(Criterion.STABLE, met, {"first": wanted[0], "last": wanted[-1]})


def _environment(facts: Facts, months: int) -> Answer:
    told = {"day": facts.environment_on, "months": months}
    day = facts.environment_on
    if day is None or day > facts.on or _months_between(day, facts.on) > months:
        return Answer(Criterion.ENVIRONMENT, None, told)
    return Answer(Criterion.ENVIRONMENT, facts.environment, told)


def _months_between(first: date, last: date) -> int:
    """Begun months: of the same day of a later month none has begun."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (last.day > first.day)
