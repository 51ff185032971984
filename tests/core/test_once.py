"""What a page reads several times is read once, and only while it is read."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core import once, options
from ocop.core.actor import SYSTEM

calls: list[tuple[int, int]] = []


@once.once
def added(first: int, *, second: int = 0) -> int:
    calls.append((first, second))
    return first + second


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    calls.clear()


def test_is_kept_while_reading_and_not_longer() -> None:
    for _page in range(2):
        with once.reading():
            assert [added(1, second=2), added(1, second=2), added(2)] == [3, 3, 2]
    assert calls == [(1, 2), (2, 0)] * 2


def test_nothing_is_kept_outside() -> None:
    assert added(1) == added(1) == 1
    assert len(calls) == 2


def test_reading_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), once.reading():
        raise ZeroDivisionError
    assert not once.is_reading()


@pytest.mark.django_db
def test_options_of_a_page_come_together_and_change_for_the_next(now: datetime) -> None:
    with CaptureQueriesContext(connection) as asked, once.reading():
        assert (options.PROVINCE.get(), options.DEMONSTRATION.get()) == ("", False)
    assert len(asked) == 1
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="68", at=now)
    assert options.PROVINCE.get() == "68"
    with once.reading():
        assert options.PROVINCE.get() == "68"
