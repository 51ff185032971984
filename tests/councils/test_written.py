"""Whether written opinions agree enough."""

from decimal import Decimal

import pytest

from ocop.councils.outcome import Case, Sheet
from ocop.councils.written import Difference, differences
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set
from tests.councils.hall import marks

SET = load_set(13)


@pytest.mark.parametrize(
    ("totals", "wants", "expected"),
    [
        ((95, 92, 90), False, []),
        ((91, 89), False, [Difference.STARS]),
        ((82, 71), False, [Difference.SPREAD]),
        ((82, 72), False, []),
        ((95, 60), False, [Difference.STARS, Difference.SPREAD]),
        ((95, 92), True, [Difference.COMPLEX]),
        ((), False, []),
    ],
)
def test_differences(totals: tuple[int, ...], wants: bool, expected: list[Difference]) -> None:
    sheets = [Sheet(f"n{n}", marks(SET, total)) for n, total in enumerate(totals)]
    found = differences(
        Case("Miến", SET, sheets),
        spread_limit=Decimal(10),
        star_rule=Rule.EVERY_MINIMUM,
        wants_meeting=[False, wants],
    )
    assert found == expected
