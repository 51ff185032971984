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
        assert f" {row}, " in refusal.value.message
        said.append(refusal.value.message)
    assert said[0] != said[1]
    assert "131.072" in said[0]
    assert list(records("x" * 131_072)) == [["x" * 131_072]]


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("a,b,{long},d", 3),
        ('a,"b,c",{long}', 3),
        ('"{long}",b', 1),
        ('a,"{long}', 2),
        ('a,"{lines}', 2),
        ("{short},{short},{long}", 3),
        ("{short},{long},{long}", 2),
        ("{long}", 1),
    ],
)
@pytest.mark.parametrize("before", ["", '"x\ny",z\r\n'])
@pytest.mark.parametrize("after", ["", "\na,b\n"])
def test_cell_too_long_is_told_by_its_place(
    record: str, place: int, before: str, after: str
) -> None:
    most = csv.field_size_limit()
    cells = {"long": "x" * (most + 1), "short": "x" * most, "lines": "x\n" * most}
    with pytest.raises(Refused) as refusal:
        list(records(before + record.format(**cells) + after))
    row = 2 if before else 1
    assert refusal.value.message.startswith(f"Dòng {row}, ô thứ {place} ")
