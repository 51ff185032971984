"""Tables as text: what is a row, and what no row can hold."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import language
from ocop.core.records import records
from ocop.core.refusals import Refused

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    into = io.StringIO(newline="")
    csv.writer(into, delimiter=delimiter).writerows(rows)
    assert list(records(into.getvalue(), delimiter)) == rows


@pytest.mark.parametrize(("before", "row"), [("", 1), ("a,b\n", 2), ('"a\nb",c\n', 2), ("\n\n", 3)])
def test_cell_too_long_is_told_by_its_row_in_both_languages(before: str, row: int) -> None:
    said = []
    for spoken in language.LANGUAGES:
        with language.using(spoken), pytest.raises(Refused) as refusal:
            list(records(before + "x" * 131_073))
        assert str(row) in refusal.value.message
        said.append(refusal.value.message)
    assert said[0] != said[1]
    assert "131.072" in said[0]
    assert list(records("x" * 131_072)) == [["x" * 131_072]]
