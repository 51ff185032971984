"""What the first of two passes found on a case: what the second goes by."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocop.councils.models import Item, ItemState
from ocop.councils.outcome import ProductOutcome, from_json
from ocop.councils.queries import progress
from ocop.councils.queries.hall import Hall, hall_of
from ocop.councils.summary import grounds_of


@dataclass(frozen=True, slots=True)
class FirstPass:
    """The gaps found, in words; no mark and no total, for the second pass is blind anew."""

    item: Item
    opinions: Sequence[tuple[str, str]]  # member, words
    gaps: Sequence[str]  # conditions and missed minimums

    @property
    def nothing(self) -> bool:
        """Whether it recorded nothing to complete."""
        return not (self.gaps or self.opinions or self.item.discussion.strip())


def first_pass(item: Item) -> FirstPass | None:
    """Of a case in its second pass what the first found; None where it had none.

    Not filtered by actor: for who may see the case.
    """
    if item.sitting.passing == 1:
        return None
    found = (
        Item.objects.filter(case=item.case_id, sitting__passing=1, state=ItemState.CONCLUDED)
        .select_related("sitting__council", "case__version")
        .last()
    )
    if found is None:
        return None
    return found_in(found)


def found_in(item: Item, result: ProductOutcome | None = None) -> FirstPass:
    """What a first pass found on a case: `result` before it is stored, else the stored one.

    Not filtered by actor: for who may see the case.
    """
    result = result or (from_json(item.outcome) if item.outcome else None)
    gaps = grounds_of(result) if result else []
    return FirstPass(item, opinions_of(item, hall_of(item.sitting)), gaps)


def opinions_of(item: Item, hall: Hall) -> list[tuple[str, str]]:
    """What members wrote on the sheets that count, in the order of the council."""
    given = progress.counted_sheets(item, hall)
    order = {seat.pk: place for place, seat in enumerate(hall.seats)}
    return [
        (hall.names[sheet.seat_id], sheet.opinion)
        for sheet in sorted(given, key=lambda sheet: order[sheet.seat_id])
        if sheet.opinion.strip()
    ]
