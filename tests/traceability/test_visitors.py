"""Who looks at a code, as far as it is kept."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ocop.traceability import salts
from ocop.traceability.visitors import behind, client, is_program, province


def test_client_is_eight_bytes_that_follow_the_salt() -> None:
    told = client(b"salt", "192.0.2.1", b"Chrome")
    assert len(told) == 8
    assert told == client(b"salt", "192.0.2.1", b"Chrome")
    others = (
        client(b"other", "192.0.2.1", b"Chrome"),
        client(b"salt", "192.0.2.2", b"Chrome"),
        client(b"salt", "192.0.2.1", b"Safari"),
    )
    assert told not in others


def test_phone_that_changes_its_address_within_a_network_stays_one() -> None:
    one = client(b"salt", "2001:db8:1:2::1", b"Chrome")
    assert one == client(b"salt", "2001:db8:1:2:ffff::9", b"Chrome")
    assert one != client(b"salt", "2001:db8:1:3::1", b"Chrome")
    assert len(client(b"salt", "not:an:address", b"Chrome")) == 8


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "192.0.2.1"),  # nobody of ours wrote it
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the first was sent by the phone
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_address_is_what_the_own_proxies_saw(proxies: int, forwarded: str, expected: str) -> None:
    assert behind(proxies, "192.0.2.1", forwarded) == expected


@pytest.mark.parametrize(
    ("told", "expected"), [(b"01", "01"), (b"1", ""), (b"HN", ""), (b"001", ""), (b"", "")]
)
def test_place_is_no_finer_than_a_province(told: bytes, expected: str) -> None:
    assert province(told) == expected


def test_telephone_called_like_a_program_is_none() -> None:
    assert not is_program(b"Mozilla/5.0 (Linux; Android 13; CUBOT P80) Chrome/120 Mobile")
    assert is_program(b"Mozilla/5.0 AppleWebKit (compatible; Googlebot/2.1)")


def test_salt_is_one_for_a_day_and_gone_after_the_next(settings: object) -> None:
    day = date(2026, 11, 23)
    first = salts.of(day)
    assert len(first) == 32
    assert salts.of(day) == first
    second = salts.of(day + timedelta(days=1))
    assert second != first
    folder = Path(settings.OCOP_KEYS_DIR) / "salts"  # type: ignore[attr-defined]
    salts.of(day + timedelta(days=2))
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11-24", "2026-11-25"]
    assert (folder / "2026-11-25").stat().st_mode & 0o77 == 0
