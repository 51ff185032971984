"""Plans as text: what is written is read again, and a line that cannot be read is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import language
from ocop.core.refusals import Refused
from ocop.promotion.plan import Spot
from ocop.promotion.plan_text import read, short, write

SECTORS = ("I", "II", "IV")
SPOTS = st.builds(
    Spot,
    st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    st.integers(0, 4_999),
    st.integers(0, 4_999),
    st.integers(5, 200),
    st.integers(5, 200),
    st.sampled_from(("", *SECTORS)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", "Ban tổ chức", "Nhà tài trợ")),
)


@given(st.lists(SPOTS, max_size=6), st.sampled_from(language.LANGUAGES))
def test_what_is_written_is_read_again(spots: list[Spot], spoken: str) -> None:
    with language.using(spoken):
        assert read(write(spots), SECTORS) == spots


def test_cells_pasted_from_a_workbook_are_read() -> None:
    text = "a01\t3\t1,5\t3\t2.5\tiv\tĐiện, Nước\n\nB02;0;0;3;3\n"
    assert read(text, SECTORS) == [
        Spot("A01", 30, 15, 30, 25, "IV", power=True, water=True),
        Spot("B02", 0, 0, 30, 30),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A01; 1; 2; 3", "từ 5 đến 8 phần"),
        ("A01; 1; 2; 3; x", "số mét"),
        ("A01; 1; 2; 3; 2,55", "số mét"),
        ("A01; 1; 2; 3; 3; IX", "ngành hàng"),
        ("A01; 1; 2; 3; 3; I; gas", "điện, nước"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, words: str) -> None:
    with pytest.raises(Refused, match=f"Dòng 2: .*{words}"):
        read(f"B01; 0; 0; 3; 3\n{line}", SECTORS)


def test_the_kind_of_a_producer_is_cut_short_and_the_name_stays() -> None:
    assert short("Hợp tác xã nuôi ong Vạn Thắng") == "HTX nuôi ong Vạn Thắng"
    assert short("CÔNG TY TNHH Hoa Sen") == "Cty Hoa Sen"
    assert short("Trang trại Ba Vì") == "Trang trại Ba Vì"
