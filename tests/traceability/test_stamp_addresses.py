"""What a stamp holds: an address in capitals of the host alone."""

import pytest

from ocop.traceability import qr
from ocop.traceability.stamp_addresses import prefix


@pytest.mark.parametrize(
    ("base", "gtin", "expected"),
    [
        ("https://id.ocop.vn", "", "HTTPS://ID.OCOP.VN/S/"),
        ("https://id.ocop.vn/", "08931234567897", "HTTPS://ID.OCOP.VN/01/08931234567897/21/"),
        ("http://localhost:8000", "", "HTTPS://LOCALHOST:8000/S/"),
    ],
)
def test_address(base: str, gtin: str, expected: str) -> None:
    found = prefix(base, gtin)
    assert found == expected
    assert set(found) <= set(qr.SIGNS)


@pytest.mark.parametrize(
    "base",
    ["", "id.ocop.vn", "https://", "https://a.vn/tem", "https://a.vn?x=1", "https://a_b.vn",
     "https://người.vn", "https://u@a.vn"],
)  # fmt: skip
def test_what_no_code_in_capitals_can_hold_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match=r"host|capitals"):
        prefix(base, "")
