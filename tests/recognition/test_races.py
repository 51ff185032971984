"""Two officers who enter one decision at once enter it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision
from ocop.recognition.services import Paper, Result
from tests.councils.test_races import _protected_again, at_once, really_committed
from tests.factories import ProductFactory

__all__ = ["_protected_again", "really_committed"]

PAPER = Paper("12/QĐ-UBND", date(2026, 6, 30), "UBND thành phố Hà Nội", Level.PROVINCE)


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
class TestAtOnce:
    """On PostgreSQL, where writers run side by side."""

    def test_a_number_of_a_year_is_entered_once_whatever_the_day(self, now: datetime) -> None:
        """An authority counts its decisions anew each year, so a number has one day in a year."""
        load_decree(actor=SYSTEM, at=now)

        def entering(day: int) -> Callable[[], Any]:
            paper, product = replace(PAPER, signed_on=date(2026, 6, day)), ProductFactory()
            return lambda: services.record_decision(
                actor=SYSTEM, paper=paper, results=[Result(product, 4)], at=now
            )

        found = at_once(*[entering(day) for day in (24, 25, 26, 27, 28, 29)])
        assert found.count("recognition_number") == 5
        assert Decision.objects.count() == 1
