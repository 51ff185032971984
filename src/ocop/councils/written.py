"""Written opinions: whether they agree enough to conclude without a meeting.

A re-evaluation is decided by written opinions; the council meets when opinions differ or the
matter is complex (Art. 5, Decision 26/2026/QĐ-TTg).
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from ocop.councils.outcome import Case
from ocop.criteria import scoring
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import Gate

LONGEST_DAYS = 45  # from a complete dossier to the decision (Art. 6)


class Difference(StrEnum):
    """Why written opinions do not settle a case."""

    STARS = "stars"  # the sheets lead to different stars
    SPREAD = "spread"  # totals too far apart
    GATES = "gates"  # members answer a condition differently
    COMPLEX = "complex"  # a member asks for a meeting


def differences(
    case: Case, *, spread_limit: Decimal, star_rule: Rule, wants_meeting: Sequence[bool]
) -> list[Difference]:
    """What stands against concluding from the opinions that came; empty when they agree."""
    scores = [
        scoring.score(
            case.criteria_set, sheet.marks, gates=case.gates, rule=star_rule, dependent=True
        )
        for sheet in case.sheets
    ]
    found = []
    if len({score.star for score in scores}) > 1:
        found.append(Difference.STARS)
    totals = [score.total for score in scores]
    if totals and max(totals) - min(totals) > spread_limit:
        found.append(Difference.SPREAD)
    if differing_gates(case):
        found.append(Difference.GATES)
    if any(wants_meeting):
        found.append(Difference.COMPLEX)
    return found


def differing_gates(case: Case) -> list[Gate]:
    """The conditions that members answer differently, each once, in the order of the set.

    Who left one open is taken to say that it stands against nothing.
    """
    found: dict[str, Gate] = {}
    for gate in case.criteria_set.gates:
        answers = {sheet.gates.get(gate.id, gate.harmless) for sheet in case.sheets}
        if len(answers) > 1:
            found.setdefault(gate.id, gate)
    return list(found.values())
