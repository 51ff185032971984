"""Layouts: as much room as a code needs, on an A4 sheet and on a label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability import print_layouts
from ocop.traceability.print_layouts import Layout, TooSmall, kept, label, sheet, side, told

SHORT = "HTTPS://ID.OCOP.VN/S/"
GTIN = "HTTPS://ID.OCOP.VN/01/08931234567897/21/"


def test_measures_are_those_of_the_standard() -> None:
    """60 signs in 3-M: 29 modules and 4 on each side, 14.8 mm at 0.4 mm; a longer host 16.4 mm."""
    assert len(GTIN) + 20 == 60
    assert side(GTIN, "M", 0.4) == pytest.approx(14.8)
    assert side(GTIN.replace("ID.", "TRUYXUAT."), "M", 0.4) == pytest.approx(16.4)
    assert side(SHORT, "M", 0.4) == pytest.approx(14.8)


def test_usual_sheet_holds_eighty() -> None:
    grid = sheet(Layout(words=("Tên", "Chữ")), GTIN, "M")
    assert (grid.columns, grid.rows, grid.per_page) == (8, 10, 80)
    assert (grid.across, grid.down, grid.left, grid.top) == (24, 27.5, 9, 11)
    assert grid.marks


def test_a_larger_code_takes_a_larger_place() -> None:
    grid = sheet(Layout(module=0.6, words=("Tên", "Chữ")), GTIN, "Q")
    assert grid.across >= side(GTIN, "Q", 0.6)
    assert grid.down >= side(GTIN, "Q", 0.6) + 8
    assert grid.left + grid.columns * grid.across <= 210
    assert grid.top + grid.rows * grid.down <= 297


def test_a_label_is_a_page_of_its_own() -> None:
    grid = label(Layout(), GTIN, "M")
    assert (grid.width, grid.height, grid.per_page, grid.marks) == (30, 40, 1, False)


@pytest.mark.parametrize(
    ("layout", "field"),
    [
        (Layout(module=0.2), "module"),
        (Layout(module=2), "module"),
        (Layout(across=14), "across"),
        (Layout(down=15), "down"),
        (Layout(columns=9), "columns"),
        (Layout(rows=11), "rows"),
        (Layout(left=30, columns=8), "columns"),
        (Layout(top=40, rows=10), "rows"),
    ],
)
def test_what_has_no_room_says_which_measure(layout: Layout, field: str) -> None:
    with pytest.raises(TooSmall) as small:
        sheet(layout, GTIN, "M")
    assert small.value.field == field


@given(
    st.floats(0.33, 1.0),
    st.sampled_from(["M", "Q"]),
    st.sampled_from([SHORT, GTIN]),
    st.lists(st.just("chữ"), max_size=2),
)
def test_the_usual_layout_always_fits(
    module: float, level: print_layouts.qr.Level, address: str, words: list[str]
) -> None:
    layout = Layout(module=module, words=tuple(words))
    grid = sheet(layout, address, level)
    need = side(address, level, module)
    assert grid.across >= need
    assert grid.down >= need + 2 * (len(words) + 2)
    assert 0 <= grid.left <= grid.left + grid.columns * grid.across <= 210.001
    assert 0 <= grid.top <= grid.top + grid.rows * grid.down <= 297.001
    one = label(layout, address, level)
    assert one.across >= need
    assert one.down >= need


def test_a_layout_is_kept_as_it_was() -> None:
    layout = Layout(0.5, 30.0, None, None, 12.0, 6, None, False, ("Tên", ""))
    assert kept(told(layout)) == layout
