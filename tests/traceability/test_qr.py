"""Codes: what a reader reads, and module for module what another encoder draws."""

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ocop.traceability.qr import SIGNS, Form, Level, form_for, modules

#: Capacities in alphanumeric mode, versions 1 to 6 (ISO/IEC 18004, table 7).
CAPACITY: dict[Level, tuple[int, ...]] = {
    "M": (20, 38, 61, 90, 122, 154),
    "Q": (16, 29, 47, 67, 87, 108),
}
levels = st.sampled_from(["M", "Q"])


def drawn(text: str, form: Form) -> NDArray[np.uint8]:
    return modules(np.frombuffer(text.encode(), np.uint8)[None], form)[0]


def read(code: NDArray[np.uint8]) -> zxingcpp.Barcode:
    picture = np.kron(np.pad(code, 4), np.ones((4, 4), np.uint8))
    (found,) = zxingcpp.read_barcodes((1 - picture) * 255, formats=zxingcpp.BarcodeFormat.QRCode)
    return found


@pytest.mark.parametrize("level", ["M", "Q"])
def test_form_is_the_smallest_that_holds_the_text(level: Level) -> None:
    for version, most in enumerate(CAPACITY[level], 1):
        assert form_for(most, level).version == version
        if version < 6:
            assert form_for(most + 1, level).version == version + 1
    with pytest.raises(ValueError, match="does not fit"):
        form_for(CAPACITY[level][-1] + 1, level)


@given(st.text(SIGNS, min_size=1, max_size=154), levels, st.integers(0, 7))
def test_code_is_read_again(text: str, level: Level, mask: int) -> None:
    text = text[: CAPACITY[level][-1]]
    found = read(drawn(text, form_for(len(text), level, mask)))
    assert found.text == text
    assert found.valid


@given(st.text(SIGNS, min_size=1, max_size=154), levels, st.integers(0, 7))
def test_code_is_what_another_encoder_draws(text: str, level: Level, mask: int) -> None:
    """Where mode, count, signs and end fill whole codewords, segno adds eight zeros more than the
    standard (7.4.10) asks for; such lengths are only read."""
    text = text[: CAPACITY[level][-1]]
    form = form_for(len(text), level, mask)
    room = (
        8 * {"M": (16, 28, 44, 64, 86, 108), "Q": (13, 22, 34, 48, 62, 76)}[level][form.version - 1]
    )
    used = 13 + 11 * (len(text) // 2) + 6 * (len(text) % 2)
    if (used + 4) % 8 == 0 and used + 4 < room:
        return
    other = segno.make(
        text, version=form.version, error=level, mask=mask, mode="alphanumeric", boost_error=False
    )
    assert drawn(text, form).tolist() == [list(row) for row in other.matrix]


@pytest.mark.parametrize("level", ["M", "Q"])
def test_damaged_code_is_read(level: Level) -> None:
    """Level M mends some 15 % of the codewords, Q some 25 % (table 9)."""
    text = "HTTPS://ID.OCOP.VN/01/09520123456788/21/0123456789ABCDEFGHJK"
    code = drawn(text, form_for(len(text), level)).copy()
    assert len(text) == 60
    assert form_for(60, "M").version == 3
    code[12:16, 12:16] ^= 1
    assert read(code).text == text


def test_batch_is_its_codes_one_after_the_other() -> None:
    texts = ["HTTPS://A/1", "HTTPS://B/2", "           "]
    form = form_for(11, "Q")
    many = modules(np.frombuffer("".join(texts).encode(), np.uint8).reshape(3, 11), form)
    assert many.shape == (3, form.size, form.size)
    for text, code in zip(texts, many, strict=True):
        assert (code == drawn(text, form)).all()
    assert modules(np.empty((0, 11), np.uint8), form).shape == (0, form.size, form.size)


@pytest.mark.parametrize("text", ["abc", "A_B", "A~B", "\x00AB", "A\xffB"])
def test_sign_of_another_mode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not in the alphanumeric mode"):
        modules(np.frombuffer(text.encode("latin-1"), np.uint8)[None], Form(1, "M", 3))


def test_text_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="texts of 5 signs"):
        modules(np.zeros((1, 4), np.uint8), Form(1, "M", 5))
