"""The plan of the demonstration province, drawn once."""

from datetime import UTC, datetime

import pytest

from ocop.demonstration import geography, plan
from ocop.demonstration.rows import Plan
from ocop.places import gazetteer

LOADED_AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def drawn() -> Plan:
    """The plan alone, without a database."""
    return plan.draw(geography.build(gazetteer.load()))
