"""Folding: the same word however its marks, its case and its white space are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.folding import fold

_MARKS = range(0x300, 0x370)


def _obvious(text: str) -> str:
    """One sign after the other: taken apart, marks dropped, `đ` as `d`."""
    folded = ""
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign) or ord(sign) in _MARKS:
            continue
        folded += {"đ": "d", "Đ": "D"}.get(sign, sign)
    return " ".join(folded.split()).casefold()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mắm  Đức", "mam duc"),
        ("THUỶ NGUYÊN", "thuy nguyen"),
        (unicodedata.normalize("NFD", "Đường Lâm"), "duong lam"),
        ("xã\u00a0Bát Tràng\n", "xa bat trang"),
        ("Straße – 5★", "strasse – 5★"),
        ("", ""),
    ],
)
def test_words_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(max_codepoint=0x2FFF) | st.characters()))
def test_folding_is_that_of_every_sign(text: str) -> None:
    assert fold(text) == _obvious(text)


@given(st.text())
def test_form_of_unicode_does_not_matter_and_folding_twice_changes_nothing(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(apart)
    assert fold(fold(text)) == fold(text)
