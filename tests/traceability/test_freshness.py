"""Until when a lot may be used."""

from datetime import date

import pytest

from ocop.traceability.freshness import Freshness, freshness

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("expires_on", "recalled", "state"),
    [
        (date(2026, 11, 24), False, Freshness.FRESH),
        (date(2026, 11, 23), False, Freshness.FRESH),  # to the end of its last day
        (date(2026, 11, 22), False, Freshness.EXPIRED),
        (None, False, Freshness.UNDATED),
        (date(2027, 1, 1), True, Freshness.RECALLED),
        (date(2026, 1, 1), True, Freshness.RECALLED),
        (None, True, Freshness.RECALLED),
    ],
)
def test_state_of_a_lot(expires_on: date | None, recalled: bool, state: Freshness) -> None:
    assert freshness(expires_on, recalled=recalled, on=TODAY) is state
