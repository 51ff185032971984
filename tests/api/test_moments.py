"""Moments that callers send."""

from datetime import datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from ocop.api.moments import Moment

READ = TypeAdapter(Moment).validate_python


def test_a_moment_without_a_zone_is_of_this_country() -> None:
    told = datetime.fromisoformat("2026-11-29T08:00:00+07:00")
    assert READ("2026-11-29T08:00:00") == told == READ("2026-11-29T01:00:00Z")


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "9999-12-31T23:59:59+14:00"])
def test_years_of_no_sitting_are_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READ(text)
    assert refused.value.errors()[0]["type"].startswith("date")
