"""Written opinions on a case as they came, and what differs in them."""

from collections.abc import Sequence

from ocop.councils import outcome, written
from ocop.councils.models import Item, Sheet
from ocop.councils.queries import progress
from ocop.councils.queries.hall import Hall, hall_of
from ocop.councils.remarks import difference_words
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria


def received(item: Item, hall: Hall) -> list[Sheet]:
    """Of each member who may judge the last opinion given, whatever the attempt."""
    return progress.as_of(progress.given_sheets(item, hall), item.attempt)


def what_differs(item: Item, hall: Hall | None = None) -> list[str]:
    """Why the opinions do not settle a case, in words; empty when they never differed."""
    hall = hall or hall_of(item.sitting)
    return differing(item, progress.given_sheets(item, hall), hall.rules)


def differing(item: Item, given: Sequence[Sheet], rules: CouncilRules) -> list[str]:
    """The same of these sheets. Opinions that differed once call for the meeting, whoever changed
    an opinion in a later attempt. `given`: in the order of the attempts."""
    found = {}
    for attempt in range(1, item.attempt + 1):
        sheets = progress.as_of(given, attempt)
        case = outcome.Case(
            item.case.title,
            criteria.set_of(item.case.version),
            [outcome.Sheet(str(sheet.seat_id), sheet.marks, sheet.gates) for sheet in sheets],
            item.gates,
        )
        for difference in written.differences(
            case,
            spread_limit=rules.spread_limit,
            star_rule=rules.star_rule,
            wants_meeting=[sheet.wants_meeting for sheet in sheets],
        ):
            found[difference] = difference_words(difference, case)
    return list(found.values())
