"""Secrets of stamps: outside the database, refused when they are not the ones."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import hidden, stamp_keys
from ocop.traceability.models import StampKey
from ocop.traceability.serials import Reader, Stamp, written
from ocop.traceability.services.keys import rotate_stamp_key
from tests.traceability import stamps_making as making

pytestmark = pytest.mark.django_db


def rotate(at: datetime) -> StampKey:
    return rotate_stamp_key(actor=SYSTEM, reason="Thay khóa hằng năm", at=at)


def test_a_key_is_made_when_first_needed_and_stays(now: datetime) -> None:
    assert stamp_keys.serial_keys() == []
    first = stamp_keys.current(at=now)
    assert stamp_keys.current(at=now) == first
    (key,) = stamp_keys.serial_keys()
    assert key.version == first.version == 0
    assert len(key.secret) == len(stamp_keys.hidden_secret(0)) == 32
    assert key.secret != stamp_keys.hidden_secret(0)


def test_only_the_owner_may_read_the_file(now: datetime, settings: Any) -> None:
    stamp_keys.current(at=now)
    folder = Path(settings.OCOP_KEYS_DIR) / "stamps"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert keys.purposes() == []  # it is no key that signs


def test_no_secret_is_in_the_database(now: datetime) -> None:
    order = making.approved(now)
    secrets = [stamp_keys.serial_key(0).secret, stamp_keys.hidden_secret(0)]
    told = [each.hex() for each in secrets] + [stamp_keys.encode(each) for each in secrets]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert not any(secret in str(cell) for cell in row for secret in told)
    assert order.key is not None


def test_rotation_keeps_old_stamps_valid_and_issues_with_the_new_key(now: datetime) -> None:
    before = making.approved(now)
    old = written(stamp_keys.serial_key(0), 5)
    code = hidden.code(stamp_keys.hidden_secret(0), Stamp(0, 5))
    made = rotate(now)
    after = making.approved(now)
    assert (before.key.version, after.key.version) == (0, 1)
    assert made.version == 1
    assert after.first == 0  # a sequence of its own
    new = written(stamp_keys.serial_key(1), 5)
    reader = stamp_keys.reader()
    assert (reader.read(old), reader.read(new)) == (Stamp(0, 5), Stamp(1, 5))
    assert hidden.is_right(stamp_keys.hidden_secret(0), Stamp(0, 5), code)
    assert not hidden.is_right(stamp_keys.hidden_secret(1), Stamp(1, 5), code)
    assert list(StampKey.objects.filter(in_use=True)) == [made]
    assert StampKey.objects.get(version=0).retired_at == now


def test_sixteen_keys_are_all_there_are(now: datetime) -> None:
    for _each in range(16):
        rotate(now)
    with pytest.raises(Refused) as refused:
        rotate(now)
    assert refused.value.code == "stamp_keys_used_up"
    assert StampKey.objects.filter(in_use=True).get().version == 15


def test_a_missing_file_is_refused_loudly(now: datetime) -> None:
    making.approved(now)
    waiting = making.requested(now)
    stamp_keys.path().unlink()
    for attempt in (
        stamp_keys.serial_keys,
        lambda: stamp_keys.hidden_secret(0),
        lambda: rotate(now),
        lambda: making.orders.approve_order(actor=SYSTEM, order=waiting, at=now),
    ):
        with pytest.raises(stamp_keys.StampKeysWrong) as refused:
            attempt()
        assert refused.value.code == "stamp_keys_missing"
        assert str(stamp_keys.path()) in refused.value.message
    assert not stamp_keys.path().exists()  # nothing was made in its place
    waiting.refresh_from_db()
    assert waiting.state == "requested"


@pytest.mark.parametrize("which", ["serial", "hidden"])
def test_another_file_is_refused_loudly(now: datetime, which: str) -> None:
    stamp_keys.current(at=now)
    held = json.loads(stamp_keys.path().read_text())
    held[0][which] = stamp_keys.encode(bytes(32))
    stamp_keys.path().write_text(json.dumps(held))
    with pytest.raises(stamp_keys.StampKeysWrong) as refused:
        stamp_keys.serial_keys()
    assert refused.value.code == "stamp_keys_differ"


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"version": 0}]', '{"a": 1}'])
def test_a_broken_file_is_refused_loudly(now: datetime, text: str) -> None:
    stamp_keys.current(at=now)
    stamp_keys.path().write_text(text)
    with pytest.raises(stamp_keys.StampKeysWrong) as refused:
        stamp_keys.serial_keys()
    assert refused.value.code == "stamp_keys_unreadable"


def test_an_older_database_gives_no_number_twice(now: datetime) -> None:
    """A backup of before the last orders comes back; the stamps of these orders are on packs."""
    first = making.approved(now, quantity=100)
    lost = making.approved(now, quantity=50)
    assert (first.first, lost.first) == (0, 100)
    StampKey.objects.filter(version=0).update(next_number=100)
    lost.ranges.all().delete()
    lost.delete()
    assert making.approved(now, quantity=10).first == 150


def test_an_older_database_takes_the_keys_of_the_file_up_again(now: datetime) -> None:
    rotate(now)
    secret = stamp_keys.serial_key(0).secret
    making.approved(now, quantity=70).ranges.all().delete()
    making.StampOrder.objects.all().delete()
    StampKey.objects.all().delete()
    order = making.approved(now)
    assert stamp_keys.serial_key(0).secret == secret
    assert (order.key.version, order.first) == (0, 70)


def test_a_version_without_a_key_is_refused() -> None:
    with pytest.raises(stamp_keys.StampKeysWrong):
        stamp_keys.serial_key(7)


def test_secrets_are_not_told_by_a_slip(now: datetime) -> None:
    stamp_keys.current(at=now)
    (held,) = stamp_keys._checked()
    assert repr(held) == "_Secrets(version=0)"
    assert stamp_keys.short("0123456789abcdefff") == "0123 4567 89ab cdef"


def test_serials_are_of_the_orders_own_numbers(now: datetime) -> None:
    order = making.approved(now, quantity=3)
    reader = Reader(stamp_keys.serial_keys())
    key = stamp_keys.serial_key(order.key.version)
    told = [reader.read(written(key, order.first + n)) for n in range(3)]
    assert told == [Stamp(0, n) for n in range(3)]
