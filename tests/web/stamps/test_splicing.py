"""Pages with gaps: filled they are the text with its gaps filled, compressed or not."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.web.stamps.splicing import Page, cut

_BYTES = st.binary(max_size=300)


@given(pieces=st.lists(_BYTES, min_size=1, max_size=6), told=_BYTES, other=_BYTES)
def test_compressed_page_is_the_plain_one(pieces: list[bytes], told: bytes, other: bytes) -> None:
    gaps = ["one" if place % 2 else "other" for place in range(len(pieces) - 1)]
    page, filled = Page(pieces, gaps), {"one": told, "other": other}
    expected = pieces[0]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        expected += filled[gap] + piece
    assert page.plain(filled) == expected
    assert gzip.decompress(page.packed(filled)) == expected


@pytest.mark.parametrize("size", [0, 65_534, 65_535, 65_536, 200_000])
def test_gap_of_any_size_is_filled(size: int) -> None:
    page, filled = Page([b"<p>", b"</p>"], ["told"]), {"told": bytes(range(256)) * (size // 256)}
    assert gzip.decompress(page.packed(filled)) == page.plain(filled)


def test_text_is_compressed_once_and_what_is_filled_in_never() -> None:
    page = Page([b"abc " * 2_000, b" xyz" * 2_000], ["told"])
    told = bytes(range(256)) * 2
    assert len(page.packed({"told": told})) < len(told) + 200


def test_marks_become_gaps_wherever_they_stand() -> None:
    page = cut("<a>@1@</a>@2@<b>@1@</b>", {"@1@": "serial", "@2@": "notice"})
    filled = {"serial": "Đ".encode(), "notice": b""}
    assert page.plain(filled).decode() == "<a>Đ</a><b>Đ</b>"


def test_mark_that_stands_nowhere_is_no_page() -> None:
    with pytest.raises(ValueError, match="no place"):
        cut("<p>", {"@1@": "serial"})


def test_gap_that_nobody_fills_is_told() -> None:
    with pytest.raises(KeyError):
        Page([b"a", b"b"], ["told"]).packed({})
