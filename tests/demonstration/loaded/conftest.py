"""The demonstration province, gone again after the last test of the folder."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.demonstration.services import load
from ocop.places.services import load_units
from tests.demonstration.conftest import LOADED_AT


@pytest.fixture(scope="package")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All units, the laws and the demonstration province."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(actor=SYSTEM, at=LOADED_AT)
        load_decree(actor=SYSTEM, at=LOADED_AT)
        load(actor=SYSTEM, at=LOADED_AT)
        yield
        transaction.set_rollback(True)
