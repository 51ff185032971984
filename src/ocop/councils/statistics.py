"""How a council marked: sections, distances, agreement, and whether one member decided.

Everything is exact (fractions) until it is shown. Undefined measures are None.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from ocop.councils.outcome import Case, Member, Minimums, Sheet, WorkingRules
from ocop.criteria import scoring

Table = Mapping[str, Mapping[str, Decimal]]  # {case: {member: total}}


@dataclass(frozen=True, slots=True)
class Spread:
    """A row of numbers: how many, mean, least, most, and the sample standard deviation."""

    count: int
    mean: Fraction
    least: Decimal
    most: Decimal
    deviation: float | None  # None for fewer than two


@dataclass(frozen=True, slots=True)
class Agreement:
    """Intraclass correlation of members over cases, two-way random, absolute agreement.

    `single`: ICC(2,1), of one member; `average`: ICC(2,k), of the mean of all. None where it is
    undefined: fewer than two cases or members, or no variance at all. `within`: the variance of the
    members' values of one case, over all cases; a correlation says little where it is small.
    """

    cases: int
    members: int
    single: Fraction | None
    average: Fraction | None
    within: Fraction | None = field(default=None, compare=False)

    def is_close(self, limit: Fraction) -> bool:
        """Whether members are as good as of one mind, whatever the correlation."""
        return self.within is not None and self.within <= limit


@dataclass(frozen=True, slots=True)
class Pattern:
    """One member over many cases: mean distance from the councils' means, and its size."""

    member: str
    cases: int
    distance: Fraction  # positive: gives more than the others
    size: Fraction  # mean of the absolute distances
    highest: int  # cases in which nobody gave more, and somebody gave less
    lowest: int


def spread_of(values: Sequence[Decimal]) -> Spread | None:
    """The figures of a row; None of no values."""
    if not values:
        return None
    exact = [Fraction(value) for value in values]
    mean = _sum(exact) / len(exact)
    squares = _sum((value - mean) ** 2 for value in exact)
    deviation = float(squares / (len(exact) - 1)) ** 0.5 if len(exact) > 1 else None
    return Spread(len(values), mean, min(values), max(values), deviation)


def sections_of(marks: Mapping[str, Mapping[str, Decimal]]) -> dict[str, Spread]:
    """Figures per section, from each member's points by section."""
    codes = dict.fromkeys(code for sections in marks.values() for code in sections)
    found = {
        code: spread_of([sections.get(code, Decimal(0)) for sections in marks.values()])
        for code in codes
    }
    return {code: figures for code, figures in found.items() if figures is not None}


def distances(totals: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Each member's total less the mean of all; they add up to nothing."""
    if not totals:
        return {}
    mean = _sum(totals.values()) / len(totals)
    return {member: Fraction(total) - mean for member, total in totals.items()}


def agreement(table: Sequence[Sequence[Decimal | Fraction]]) -> Agreement:
    """ICC(2,1) and ICC(2,k) of a full table: a row per case, a column per member.

    Shrout and Fleiss (1979): mean squares between cases, between members, and the rest. Rows of
    different lengths raise ValueError.
    """
    n, k = len(table), len(table[0]) if table else 0
    if any(len(row) != k for row in table):
        raise ValueError("a row for each case, a column for each member")
    if n < 2 or k < 2:
        return Agreement(n, k, None, None)
    rows = [[Fraction(value) for value in row] for row in table]
    grand = _sum(value for row in rows for value in row) / (n * k)
    of_cases = [_sum(row) / k for row in rows]
    of_members = [_sum(column) / n for column in zip(*rows, strict=True)]
    between_cases = k * _sum((mean - grand) ** 2 for mean in of_cases)
    between_members = n * _sum((mean - grand) ** 2 for mean in of_members)
    total = _sum((value - grand) ** 2 for row in rows for value in row)
    cases = between_cases / (n - 1)
    members = between_members / (k - 1)
    rest = (total - between_cases - between_members) / ((n - 1) * (k - 1))
    return Agreement(
        n,
        k,
        _ratio(cases - rest, cases + (k - 1) * rest + Fraction(k, n) * (members - rest)),
        _ratio(cases - rest, cases + (members - rest) / n),
        (total - between_cases) / (n * (k - 1)),
    )


def agreement_over(table: Table) -> Agreement:
    """The same where not everybody marked every case (recused, away).

    Members who marked less than half of the cases are left out, then cases that one of the others
    did not mark: the table must be full.
    """
    marked: dict[str, int] = {}
    for totals in table.values():
        for member in totals:
            marked[member] = marked.get(member, 0) + 1
    members = sorted(member for member, cases in marked.items() if cases * 2 >= len(table))
    full = [
        [totals[member] for member in members]
        for totals in table.values()
        if members and all(member in totals for member in members)
    ]
    return agreement(full)


def stars_without(
    case: Case, members: Sequence[Member], rules: WorkingRules
) -> dict[str, int | None]:
    """The star if any one member who marked were left out, by that member; None: no star.

    As `assess` would say without the sheet, in a fraction of the time: a round has thousands of
    sheets. An agreed level that only the one left out gave, or that is beyond what the others gave,
    would not have been agreed on: there the median of the others rules. A council of one leaves
    nothing: its star without that member is None.
    """
    order = {member.name: place for place, member in enumerate(members)}
    sheets = sorted(
        (sheet for sheet in case.sheets if sheet.marks), key=lambda sheet: order[sheet.member]
    )
    if len(sheets) < 2:
        return {sheet.member: None for sheet in sheets}
    score = partial(scoring.score, case.criteria_set, gates=case.gates, dependent=True)
    totals = [Decimal(score(sheet.marks).total) for sheet in sheets]
    all_levels = _levels_without(case, sheets, rules.minimums)
    tested: dict[tuple[int, ...], scoring.Outcome] = {}
    found = {}
    for place, sheet in enumerate(sheets):
        levels = all_levels[place]
        if levels not in tested:
            tested[levels] = score(
                dict(zip((c.code for c in case.criteria_set.criteria), levels, strict=True))
            )
        missed, stopped = tested[levels].missed, tested[levels].stopped
        mean = (sum(totals, Decimal(0)) - totals[place]) / (len(totals) - 1)
        found[sheet.member] = scoring.star_of(mean, missed, stopped, rule=rules.star_rule)
    return found


def _levels_without(
    case: Case, sheets: Sequence[Sheet], minimums: Minimums
) -> list[tuple[int, ...]]:
    """The levels tested without each of the sheets, criterion by criterion."""
    columns = []
    for criterion in case.criteria_set.criteria:
        given = [sheet.marks.get(criterion.code, 0) for sheet in sheets]
        order = sorted(range(len(given)), key=given.__getitem__)
        wanted = 0 if minimums is Minimums.EVERY else (len(given) - 2) // 2
        column = [0] * len(given)
        for rank, place in enumerate(order):
            column[place] = given[order[wanted if rank > wanted else wanted + 1]]
        if minimums is Minimums.AGREED and criterion.code in case.agreed:
            level = case.agreed[criterion.code]
            column = [
                level if _stands(level, given, place) else median
                for place, median in enumerate(column)
            ]
        columns.append(column)
    return list(zip(*columns, strict=True))


def _stands(level: int, given: Sequence[int], place: int) -> bool:
    """Whether somebody is behind an agreed level without the member at this place: one who gave
    it, or where nobody did those on both sides of it."""
    rest = [*given[:place], *given[place + 1 :]]
    return level in rest or (given[place] != level and min(rest) < level < max(rest))


def patterns(table: Table) -> list[Pattern]:
    """Each member over all the cases marked, from the strictest to the mildest.

    Cases that only one member marked say nothing and are left out.
    """
    found: dict[str, list[tuple[Fraction, bool, bool]]] = {}
    for totals in table.values():
        if len(totals) < 2:
            continue
        least, most = min(totals.values()), max(totals.values())
        for member, distance in distances(totals).items():
            total = totals[member]
            found.setdefault(member, []).append(
                (distance, total == most > least, total == least < most)
            )
    rows = [
        Pattern(
            member,
            len(seen),
            _sum(d for d, _high, _low in seen) / len(seen),
            _sum(abs(d) for d, _high, _low in seen) / len(seen),
            sum(high for _d, high, _low in seen),
            sum(low for _d, _high, low in seen),
        )
        for member, seen in found.items()
    ]
    return sorted(rows, key=lambda row: (row.distance, row.member))


def _sum(values: Iterable[Fraction | Decimal]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))


def _ratio(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below > 0 else None
