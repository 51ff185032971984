"""How members agree, checked against the published example and a plain analysis of variance."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.councils import statistics
from ocop.councils.outcome import Case, Member, Minimums, Sheet, WorkingRules, assess
from ocop.councils.statistics import agreement, agreement_over
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set
from tests.councils.hall import marks

#: Shrout and Fleiss (1979), Table 2: six targets, four judges; ICC(2,1) .29 and ICC(2,4) .62.
PUBLISHED = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
TABLES = st.integers(2, 6).flatmap(
    lambda k: st.lists(
        st.lists(st.integers(0, 100), min_size=k, max_size=k), min_size=2, max_size=7
    )
)


def anova(table: list[list[int]]) -> tuple[float | None, float | None]:
    """ICC(2,1) and ICC(2,k) from residuals cell by cell, in floating point."""
    n, k = len(table), len(table[0])
    grand = sum(map(sum, table)) / (n * k)
    rows = [sum(row) / k for row in table]
    columns = [sum(row[j] for row in table) / n for j in range(k)]
    msr = k * sum((each - grand) ** 2 for each in rows) / (n - 1)
    msc = n * sum((each - grand) ** 2 for each in columns) / (k - 1)
    mse = sum(
        (table[i][j] - rows[i] - columns[j] + grand) ** 2 for i in range(n) for j in range(k)
    ) / ((n - 1) * (k - 1))
    single = msr + (k - 1) * mse + k * (msc - mse) / n
    average = msr + (msc - mse) / n
    return (
        (msr - mse) / single if single > 1e-9 else None,
        (msr - mse) / average if average > 1e-9 else None,
    )


def test_agreement_of_the_published_example() -> None:
    found = agreement([list(map(Fraction, row)) for row in PUBLISHED])
    assert (found.cases, found.members) == (6, 4)
    assert round(float(found.single or 0), 2) == 0.29
    assert round(float(found.average or 0), 2) == 0.62


@given(TABLES)
def test_agreement_is_that_of_a_plain_analysis_of_variance(table: list[list[int]]) -> None:
    found = agreement([list(map(Fraction, row)) for row in table])
    single, average = anova(table)
    for exact, plain in ((found.single, single), (found.average, average)):
        if plain is None or exact is None:  # the float may miss an exact zero by a hair
            assert exact is None or abs(exact) > 100 or plain is None
        elif abs(plain) < 1000:
            assert float(exact) == pytest.approx(plain, rel=1e-6, abs=1e-6)


@given(TABLES)
def test_agreement_does_not_ask_in_which_order_members_and_cases_stand(
    table: list[list[int]],
) -> None:
    rows = [list(map(Fraction, row)) for row in table]
    found = agreement(rows)
    assert agreement(rows[::-1]) == found
    assert agreement([row[::-1] for row in rows]) == found


def test_agreement_is_undefined_for_one_case_one_member_and_equal_marks() -> None:
    one = Fraction(1)
    for table in ([], [[one, one]], [[one], [one]], [[one, one], [one, one]]):
        found = agreement(table)
        assert (found.single, found.average) == (None, None)


def test_agreement_refuses_a_table_with_holes() -> None:
    with pytest.raises(ValueError, match="a row for each case"):
        agreement([[Fraction(1), Fraction(2)], [Fraction(1)]])


def test_agreement_leaves_out_who_marked_little_and_cases_somebody_did_not_mark() -> None:
    table = {
        "a": {"An": Decimal(80), "Bình": Decimal(70), "Cúc": Decimal(60)},
        "b": {"An": Decimal(60), "Bình": Decimal(58)},
        "c": {"An": Decimal(90), "Bình": Decimal(77)},
        "d": {"An": Decimal(50)},
    }
    found = agreement_over(table)
    assert (found.cases, found.members) == (3, 2)
    assert found == agreement(
        [[Fraction(80), Fraction(70)], [Fraction(60), Fraction(58)], [Fraction(90), Fraction(77)]]
    )
    assert agreement_over({}).single is None


def test_spread_of_a_row() -> None:
    found = statistics.spread_of([Decimal(70), Decimal(80), Decimal(84)])
    assert found is not None
    assert (found.count, found.mean, found.least, found.most) == (3, 78, 70, 84)
    assert found.deviation == pytest.approx(52**0.5)
    alone = statistics.spread_of([Decimal(70)])
    assert alone is not None
    assert alone.deviation is None
    assert statistics.spread_of([]) is None


def test_sections_by_member() -> None:
    found = statistics.sections_of({"An": {"A": Decimal(30)}, "Bình": {"A": Decimal(36)}})
    assert found["A"].mean == 33


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 100).map(Decimal)))
def test_distances_add_up_to_nothing(totals: dict[str, Decimal]) -> None:
    found = statistics.distances(totals)
    assert found.keys() == totals.keys()
    assert sum(found.values(), Fraction(0)) == 0


def test_patterns_go_from_the_strictest_to_the_mildest() -> None:
    table = {
        "a": {"An": Decimal(80), "Bình": Decimal(70)},
        "b": {"An": Decimal(60), "Bình": Decimal(60)},
        "c": {"Bình": Decimal(99)},
    }
    strict, mild = statistics.patterns(table)
    assert (strict.member, strict.cases, strict.distance, strict.size) == (
        "Bình",
        2,
        Fraction(-5, 2),
        Fraction(5, 2),
    )
    assert (strict.highest, strict.lowest) == (0, 1)
    assert (mild.member, mild.distance, mild.highest, mild.lowest) == ("An", Fraction(5, 2), 1, 0)


def without(case: Case, left_out: Sheet) -> Case:
    """What the council would have had before it without the sheet: the other sheets, and those
    agreed levels that it could have agreed on."""
    rest = [sheet for sheet in case.sheets if sheet is not left_out]

    def could(code: str, level: int) -> bool:
        others = [sheet.marks[code] for sheet in rest]
        if left_out.marks[code] == level:
            return level in others
        return min(others) <= level <= max(others)

    agreed = {code: level for code, level in case.agreed.items() if could(code, level)}
    return replace(case, sheets=rest, agreed=agreed)


def test_agreed_level_of_one_member_alone_falls_without_that_member() -> None:
    """Eight members of nine reach the minimum of a star; the council agreed on the ninth's level:
    the star hangs on that one member."""
    criteria_set = load_set(13)
    high = marks(criteria_set, 80)
    criterion = next(c for c in criteria_set.criteria if c.minimum(4) and c.minimum(4) > 1)
    low = max(level for level in criterion.levels if level < criterion.minimum(4))
    sheets = [Sheet("Chủ tịch", {**high, criterion.code: low})]
    sheets += [Sheet(f"n{number}", high) for number in range(8)]
    case = Case("Miến", criteria_set, sheets, {}, {criterion.code: low})
    members = [Member(sheet.member) for sheet in sheets]
    star = assess(case, members, WorkingRules()).star
    assert star is not None
    assert star < 4
    found = statistics.stars_without(case, members, WorkingRules())
    assert found == {"Chủ tịch": 4, **{f"n{number}": star for number in range(8)}}


@given(st.data())
def test_star_without_a_member_is_what_the_council_would_get_without_the_sheet(
    data: st.DataObject,
) -> None:
    criteria_set = load_set(data.draw(st.sampled_from((1, 13, 16))))
    rules = WorkingRules(
        minimums=data.draw(st.sampled_from(list(Minimums))),
        star_rule=data.draw(st.sampled_from(list(Rule))),
    )
    sheets = [
        Sheet(
            f"n{number}",
            {
                criterion.code: data.draw(st.sampled_from(criterion.levels[-3:]))
                for criterion in criteria_set.criteria
            },
        )
        for number in range(data.draw(st.integers(2, 4)))
    ]
    gates = {gate.id: data.draw(st.booleans()) for gate in criteria_set.gates[:3]}
    agreed = {  # sometimes what one member alone gave, sometimes what nobody did
        c.code: data.draw(st.sampled_from(c.levels))
        for c in criteria_set.criteria
        if c.minimum(5) and data.draw(st.booleans())
    }
    case = Case("Miến", criteria_set, sheets, gates, agreed)
    members = [Member(sheet.member) for sheet in sheets]
    expected = {
        sheet.member: assess(
            without(case, sheet),
            [member for member in members if member.name != sheet.member],
            rules,
        ).star
        for sheet in sheets
    }
    assert statistics.stars_without(case, members, rules) == expected


def test_star_without_the_only_member_is_none() -> None:
    criteria_set = load_set(13)
    case = Case("Miến", criteria_set, [Sheet("An", marks(criteria_set, 80)), Sheet("Bình", {})])
    members = [Member("An"), Member("Bình")]
    assert statistics.stars_without(case, members, WorkingRules()) == {"An": None}
