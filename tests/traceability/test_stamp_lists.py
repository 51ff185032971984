"""Stamps as people name them: places, ranges, serials as printed, whole addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability import stamp_lists
from ocop.traceability.intervals import Span, union
from ocop.traceability.serials import Key, Reader, written
from ocop.traceability.stamp_lists import NotUnderstood, grouped, read, serial_in, typed

KEY = Key(2, bytes(range(32)))
READER = Reader([KEY])
WHOLE = Span(5_000, 1_200)


def places(text: str) -> list[tuple[int, int]]:
    """First and last place of every span."""
    found = read(text, WHOLE, 2, READER)
    return [(s.first - 4_999, s.end - 5_000) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("1-80", [(1, 80)]),
        ("1–80, 95", [(1, 80), (95, 95)]),
        ("95; 1 - 80\n81", [(1, 81), (95, 95)]),
        ("1.000-1.200", [(1000, 1200)]),
        ("1200", [(1200, 1200)]),
        (written(KEY, 5_002), [(3, 3)]),
        (grouped(written(KEY, 5_002)).lower(), [(3, 3)]),
        (f"HTTPS://ID.OCOP.VN/S/{written(KEY, 5_002)}", [(3, 3)]),
        (f"https://id.ocop.vn/01/09520000024765/21/{written(KEY, 5_002)}/?a=1", [(3, 3)]),
        (f"7\n{grouped(written(KEY, 5_007))}", [(7, 8)]),
    ],
)
def test_what_people_write_is_understood(text: str, expected: list[tuple[int, int]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "1.200"),
        ("1201", "1.200"),
        ("80-1", "80-1"),
        ("một", "một"),
        ("1-", "1-"),
        ("12345678901234567890", "12345678901234567890"),
        (written(KEY, 5_002)[:-1] + "~", "sê-ri"),
        (written(KEY, 4_999), "đơn khác"),
        (written(KEY, 6_200), "đơn khác"),
    ],
)
def test_what_names_no_stamp_of_the_order_is_told(text: str, words: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(text, WHOLE, 2, READER, field="spoiled")
    assert words in refused.value.fields["spoiled"][0]


def test_a_stamp_of_another_key_is_of_another_order() -> None:
    with pytest.raises(NotUnderstood):
        read(written(KEY, 5_002), WHOLE, 3, READER)


def test_a_list_has_an_end() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read("1," * 5_001, WHOLE, 2, READER)
    assert "5.000" in refused.value.message


@given(st.lists(st.builds(Span, st.integers(5_000, 6_190), st.integers(1, 10)), max_size=6))
def test_what_is_written_is_read_the_same(spans: list[Span]) -> None:
    assert read(stamp_lists.written(spans, WHOLE), WHOLE, 2, READER) == union(spans)
    assert read(typed(spans, WHOLE), WHOLE, 2, READER) == union(spans)


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    try:
        found = read(text, WHOLE, 2, READER)
    except NotUnderstood:
        return
    assert all(s.first >= WHOLE.first and s.end <= WHOLE.end for s in found)


def test_a_serial_is_found_in_an_address() -> None:
    assert serial_in(" ABCDE-FGHJK 12345 67890 ") == "ABCDEFGHJK1234567890"
    piece = "https://id.ocop.vn/01/09520000024765/21/ABCDEFGHJK1234567890/10/A"
    assert serial_in(piece) == serial_in(f"{piece}#x") == "ABCDEFGHJK1234567890"
    of_lot_21 = "https://id.ocop.vn/01/09520000024765/10/21/21/ABCDEFGHJK1234567890"
    assert serial_in(of_lot_21) == "ABCDEFGHJK1234567890"
