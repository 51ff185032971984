"""Keys of the installation: made once, kept outside the database, changed without a loss."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ocop.core import files, keys


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


def test_a_key_is_made_when_first_needed_and_stays(now: datetime) -> None:
    assert keys.public_keys(keys.REGISTER) == []
    assert keys.purposes() == []
    first = keys.signer(keys.REGISTER, at=now)
    again = keys.signer(keys.REGISTER, at=now + timedelta(days=1))
    assert first.public == again.public
    verify(first.public, again.sign(b"text"), b"text")
    (key,) = keys.public_keys(keys.REGISTER)
    assert (key.public, key.since, key.until) == (first.public, date(2026, 11, 23), None)
    assert keys.purposes() == [keys.REGISTER]


def test_a_purpose_has_a_key_of_its_own(now: datetime) -> None:
    assert keys.signer("label", at=now).public != keys.signer("credential", at=now).public
    with pytest.raises(ValueError, match="purpose"):
        keys.signer("../label", at=now)


def test_only_the_owner_may_read_it(now: datetime, settings: object) -> None:
    keys.signer(keys.REGISTER, at=now)
    folder = Path(settings.OCOP_KEYS_DIR)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_the_day_is_that_of_ha_noi() -> None:
    keys.signer(keys.REGISTER, at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert keys.public_keys(keys.REGISTER)[0].since == date(2027, 1, 1)


def test_rotation_keeps_the_old_public_key_and_lets_it_vouch(
    now: datetime, settings: object
) -> None:
    old = keys.signer(keys.REGISTER, at=now)
    signature = old.sign(b"text")
    later = now + timedelta(days=30)
    new = keys.rotate(keys.REGISTER, at=later)
    before, after = keys.public_keys(keys.REGISTER)
    assert (before.public, before.until) == (old.public, date(2026, 12, 23))
    assert after == new
    assert (after.since, after.until) == (date(2026, 12, 23), None)
    assert keys.signer(keys.REGISTER, at=later).public == new.public != old.public
    verify(before.public, signature, b"text")
    verify(before.public, after.vouched, keys.handover(keys.REGISTER, after.public))
    with pytest.raises(InvalidSignature):
        verify(before.public, after.vouched, keys.handover("label", after.public))
    # The old private part is gone: one private key in the file, the one in use.
    text = (Path(settings.OCOP_KEYS_DIR) / "register.json").read_text()
    assert text.count('"private"') == 1


def test_rotation_before_the_first_need_makes_both(now: datetime) -> None:
    keys.rotate(keys.REGISTER, at=now)
    assert len(keys.public_keys(keys.REGISTER)) == 2


def test_many_at_once_make_one_key(now: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _n: keys.signer("label", at=now).public, range(16)))
    assert len(found) == 1


def test_a_file_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a" / "file"
    files.write_file(path, b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.write_file(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(path.parent.iterdir()) == [path]
