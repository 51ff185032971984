"""Keys of the installation: made once, kept outside the database, changed without a loss."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
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


def test_a_key_in_the_place_of_a_lost_one_keeps_the_public_ones(
    now: datetime, settings: object
) -> None:
    first = keys.signer("label", at=now)
    keys.rotate("label", at=now + timedelta(days=10))
    before = keys.public_keys("label")
    path = Path(settings.OCOP_KEYS_DIR) / "label.json"
    path.unlink()
    later = now + timedelta(days=20)
    new = keys.replace_lost("label", before, at=later)
    after = keys.public_keys("label")
    assert [key.public for key in after] == [*(key.public for key in before), new.public]
    assert after[0] == before[0]
    assert (after[1].until, after[2].since) == (date(2026, 12, 13), date(2026, 12, 13))
    assert (new.lost, new.vouched) == (True, b"")
    assert keys.is_sound("label", after)
    assert keys.signer("label", at=later).public == new.public != first.public
    # A file that is there stays beside the new one, for whoever looks into it.
    keys.replace_lost("label", after, at=later)
    assert [found.name for found in path.parent.glob("label.*.old")] == [
        "label.20261213-090000.old"
    ]
    assert keys.purposes() == ["label"]


def test_a_chain_is_sound_when_each_key_vouches_for_the_next(now: datetime) -> None:
    second = keys.rotate("label", at=now)
    chain = keys.public_keys("label")
    assert keys.is_sound("label", chain)
    assert keys.is_sound("label", [])
    assert not keys.is_sound("credential", chain)
    assert not keys.is_sound("label", [chain[0], replace(second, vouched=b"")])
    assert not keys.is_sound("label", [replace(second, public=bytes(32)), second])


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"private": "", "keys": []}', '{"private": "AAAA", "keys": [1]}']
)
def test_a_broken_file_is_told_from_none(now: datetime, settings: object, content: str) -> None:
    keys.signer("label", at=now)
    path = Path(settings.OCOP_KEYS_DIR) / "label.json"
    held = json.loads(path.read_text())
    path.write_text(content)
    with pytest.raises(keys.Unreadable):
        keys.signer("label", at=now)
    # Nor is a private key that belongs to another public one taken.
    keys.signer("credential", at=now)
    other = json.loads((path.parent / "credential.json").read_text())
    path.write_text(json.dumps({**held, "private": other["private"]}))
    with pytest.raises(keys.Unreadable):
        keys.public_keys("label")
