"""The collector of circles rests while very many rows are worked on, and never longer."""

import gc

import pytest

from ocop.core.collector import without_collector


def test_collector_runs_again_afterwards_also_after_a_failure() -> None:
    def fails() -> None:
        with without_collector():
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert gc.isenabled()
