"""Signed labels: what is written is read, and nothing else is."""

from base64 import b32decode
from datetime import date

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.codes import ALPHABET
from ocop.recognition.labels import LENGTH, Label, NotALabel, read, written

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
PUBLIC, ELSE = (key.public_key().public_bytes_raw() for key in (KEY, OTHER))
LABEL = Label("w1rqknnc", 4097, date(2028, 8, 29))
ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

labels = st.builds(
    Label,
    product=st.text(ALPHABET, min_size=8, max_size=8),
    recognition=st.integers(0, 2**32 - 1),
    expires_on=st.none() | st.dates(date(2019, 1, 1), date(2200, 1, 1)),
)


@given(labels)
def test_what_is_written_is_read(label: Label) -> None:
    text = written(label, KEY.sign)
    assert len(text) == LENGTH
    assert set(text) <= ALPHANUMERIC
    assert read(text, [ELSE, PUBLIC]) == label
    assert read(text.lower(), [PUBLIC]) == label


def test_label_reads_as_its_form_says() -> None:
    """By hand: 01, eight letters, 4097 in four bytes, days since 1 January 2019 in three."""
    whole = b32decode(written(LABEL, KEY.sign))
    days = (date(2028, 8, 29) - date(2019, 1, 1)).days
    by_hand = b"\x01w1rqknnc" + (4097).to_bytes(4, "big") + days.to_bytes(3, "big")
    assert whole == by_hand + KEY.sign(b"ocop label " + by_hand)


@given(st.integers(0, LENGTH - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_changed_sign_is_refused(place: int, sign: str) -> None:
    text = written(LABEL, KEY.sign)
    changed = text[:place] + sign + text[place + 1 :]
    if changed == text:
        return
    with pytest.raises(NotALabel):
        read(changed, [PUBLIC])


@pytest.mark.parametrize("text", ["", "A", "A" * 127, "A" * 129, "1" * 128, "Á" * 128, " " * 128])
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(NotALabel):
        read(text, [PUBLIC])


def test_another_key_or_none_is_refused() -> None:
    text = written(LABEL, KEY.sign)
    for keys in ([], [ELSE]):
        with pytest.raises(NotALabel):
            read(text, keys)


def test_code_of_a_label_holds_its_host_and_scans() -> None:
    """At most 154 characters, 6-M: 41 modules a side."""
    address = "HTTPS://ID.OCOP.VN/V/" + written(LABEL, KEY.sign)
    assert len(address) <= 154
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    assert code.to_image(add_quiet_zones=False).shape == (41, 41)
    found = zxingcpp.read_barcode(code.to_image(scale=4, add_quiet_zones=True))
    assert found is not None
    assert found.text == address
