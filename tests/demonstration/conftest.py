"""The demonstration province, loaded once for each file of tests that looks at it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.demonstration import geography, plan
from ocop.demonstration.rows import Plan
from ocop.demonstration.services import load
from ocop.places import gazetteer
from ocop.places.services import load_units

LOADED_AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@cache
def _plan() -> Plan:
    return plan.draw(geography.build(gazetteer.load()))


@pytest.fixture(scope="session")
def drawn() -> Plan:
    """The plan alone, without a database."""
    return _plan()


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All units, the laws and the demonstration province, gone again after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(actor=SYSTEM, at=LOADED_AT)
        load_decree(actor=SYSTEM, at=LOADED_AT)
        load(actor=SYSTEM, at=LOADED_AT)
        yield
        transaction.set_rollback(True)
