"""Calls made from the description of the EPCIS interface itself: whatever they hold, they are
answered as described, and nothing breaks."""

from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ocop.api.epcis.interface import epcis
from tests.traceability.making import maker
from tests.world import bearer, member

CHECKS = (
    schemathesis.checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


pytestmark = pytest.mark.whole
OPERATIONS = [
    f"{method.upper()} {path}"
    for path, methods in epcis.get_openapi_schema(path_prefix="/api/epcis/")["paths"].items()
    for method in methods
]


@pytest.fixture
def described(db: None) -> Any:
    return schemathesis.openapi.from_wsgi("/api/epcis/openapi.json", WSGIHandler())


@pytest.fixture
def key(db: None, now: datetime) -> dict[str, str]:
    return bearer(member(now, maker(now, gtin="08935001700012").producer), now)


@pytest.mark.parametrize("name", OPERATIONS)
def test_call_is_answered_as_described(described: Any, key: dict[str, str], name: str) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    (operation,) = [each for each in operations if each.label == name]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def call(case: Any) -> None:
        case.call_and_validate(headers=key, checks=CHECKS)

    call()
