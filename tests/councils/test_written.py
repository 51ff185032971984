"""Whether written opinions agree enough."""

from decimal import Decimal

import pytest

from ocop.councils.outcome import Case, Sheet
from ocop.councils.written import Difference, differences, differing_gates
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import EVIDENCE, load_set
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


@pytest.mark.parametrize(
    ("answers", "differ"),
    [
        (({"whole": True}, {"whole": True}), False),
        (({"whole": True}, {"whole": False}), True),
        (({"whole": True}, {}), True),  # who says nothing stands against nothing
        (({"whole": False}, {}), False),
        (({"papers": False}, {}), True),
        (({"papers": True}, {}), False),
    ],
)
def test_answers_to_conditions_differ(answers: tuple[dict[str, bool], ...], differ: bool) -> None:
    [whole] = [gate for gate in SET.gates if gate.id == "forged_dossier"]
    papers = next(gate for gate in SET.gates if gate.type == EVIDENCE)
    named = {"whole": whole, "papers": papers}
    sheets = [
        Sheet(f"n{n}", marks(SET, 90), {named[key].id: yes for key, yes in given.items()})
        for n, given in enumerate(answers)
    ]
    case = Case("Miến", SET, sheets)
    found = differences(
        case, spread_limit=Decimal(10), star_rule=Rule.EVERY_MINIMUM, wants_meeting=[]
    )
    assert (found == [Difference.GATES]) == differ
    told = {named[key].id for given in answers for key in given} if differ else set()
    assert {gate.id for gate in differing_gates(case)} == told
