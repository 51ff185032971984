"""The demonstration province, gone again after the last test of the folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.demonstration.services import load
from ocop.places.services import load_units
from tests.demonstration.conftest import LOADED_AT


@pytest.fixture(scope="package")
def demonstration_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the secrets of its stamps are: nowhere near those of a running system."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="package")
def demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, demonstration_keys: Path
) -> Iterator[None]:
    """All units, the laws and the demonstration province."""
    told = override_settings(OCOP_KEYS_DIR=demonstration_keys)
    with told, django_db_blocker.unblock(), transaction.atomic():
        load_units(actor=SYSTEM, at=LOADED_AT)
        load_decree(actor=SYSTEM, at=LOADED_AT)
        load(actor=SYSTEM, at=LOADED_AT)
        yield
        transaction.set_rollback(True)
