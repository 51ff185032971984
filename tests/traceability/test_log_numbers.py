"""Numbers of stamps as the public log writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability import log_numbers
from ocop.traceability.intervals import Span, union

_spans = st.lists(
    st.builds(Span, st.integers(1000, 9000), st.integers(1, 300)), min_size=1, max_size=20
)


def test_numbers_are_places_in_the_order() -> None:
    told = log_numbers.write([Span(1000, 400), Span(1404, 1), Span(1400, 3)], 1000)
    assert told == "1-403,405"


@given(_spans)
def test_what_is_written_is_read_again(spans: list[Span]) -> None:
    told = log_numbers.write(spans, 1000)
    assert log_numbers.is_numbers(told)
    assert log_numbers.read(told, 1000) == union(spans)


@pytest.mark.parametrize(
    "value",
    [
        "", "0", "1-", "-1", "1,", "5-3", "1 2", "01", "1-2-3", None, 7, ["1"], "1\n", "k3m9p2q7:1",
        "9" * 13,
    ],
)  # fmt: skip
def test_what_names_no_numbers_is_none(value: object) -> None:
    assert not log_numbers.is_numbers(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("k3m9p2q7:1-4", True),
        ("k3m9p2q7:1-4,6 t5v8w1x4:7", True),
        ("1-4", False),
        ("k3m9p2q7:", False),
        ("k3m9p2q7:4-1", False),
        ("short:1", False),
        (3, False),
    ],
)
def test_numbers_by_lot(value: object, expected: bool) -> None:
    assert log_numbers.is_of_lots(value) is expected
