"""The status list and its versions in the public log."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.credentials import bitstrings
from ocop.core.credentials.envelopes import unseal
from ocop.core.transparency.notes import decode
from ocop.recognition import services
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.log import auditing, draining, keeping
from ocop.recognition.models import Ground, LogEntry, Recognition
from tests.factories import RecognitionFactory
from tests.recognition.credential.papers import certified
from tests.recognition.log.logged import code, decided, entries, found
from tests.world import annulled_by, revoked_by

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def revoke(row: Recognition, now: datetime) -> None:
    services.revoke(
        actor=SYSTEM,
        recognition=row,
        ground=Ground.MARK,
        **revoked_by(TODAY),
        reason="QĐ 9",
        at=now,
    )


def opened(now: datetime) -> dict[str, Any]:
    return unseal(statuses.status_list(at=now), issuing.document(at=now))


def bits(now: datetime) -> bytes:
    return bitstrings.decoded(opened(now)["credentialSubject"]["encodedList"])


def test_the_list_is_a_credential_of_the_standard(now: datetime, settings: Any) -> None:
    settings.BASE_URL = "https://ocop.example"
    told = opened(now)
    assert told["id"] == "https://ocop.example/so-dang-ky/trang-thai.jwt"
    assert set(told["type"]) == {"VerifiableCredential", "BitstringStatusListCredential"}
    assert told["issuer"] == "did:web:ocop.example"
    assert told["validFrom"] == "2026-11-23T09:00:00+07:00"
    assert told["validUntil"] == "2026-11-30T09:00:00+07:00"
    subject = told["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    assert subject["ttl"] == 60_000
    assert len(bits(now)) * 8 == 131_072


def test_only_bits_of_void_stars_are_set(now: datetime) -> None:
    rows = [RecognitionFactory() for _n in range(4)]
    revoke(rows[1], now)
    services.annul(
        actor=SYSTEM,
        recognition=rows[3],
        **annulled_by(TODAY),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    told = bits(now)
    assert [bitstrings.is_set(told, row.pk) for row in rows] == [False, True, False, True]
    assert sum(byte.bit_count() for byte in told) == 2


def test_a_minute_has_one_list(now: datetime) -> None:
    first = statuses.status_list(at=now)
    assert statuses.status_list(at=now + timedelta(seconds=59)) == first
    assert statuses.status_list(at=now + timedelta(seconds=60)) != first


def test_each_version_is_in_the_log_with_its_digest(now: datetime) -> None:
    rows = [RecognitionFactory() for _n in range(2)]
    decided(*rows, now=now)
    keeping.keep(at=now)
    assert entries("status-list") == []
    for row in rows:
        revoke(row, now)
        assert code(found(now)) == ""
    first, second = entries("status-list")
    assert (first["number"], first["set_bits"]) == (1, 1)
    # The key of the register signs what is told, so nobody tells of a version in its place.
    digest = sha256(bits(now)).hexdigest()
    Ed25519PublicKey.from_public_bytes(keys.public_keys(keys.REGISTER)[0].public).verify(
        decode(second.pop("stated")), f"ocop status list\n2\n131072\n2\n{digest}\n".encode()
    )
    assert second == {
        "type": "status-list",
        "version": 1,
        "recorded_at": "2026-11-23T02:00:00Z",
        "number": 2,
        "bits": 131_072,
        "set_bits": 2,
        "sha256": digest,
    }
    keeping.keep(at=now)
    assert len(entries("status-list")) == 2


def test_a_version_follows_what_set_its_bits(now: datetime) -> None:
    row = RecognitionFactory()
    decided(row, now=now)
    revoke(row, now)
    keeping.keep(at=now)
    order = [told["type"] for told in entries("recognition", "revocation", "status-list")]
    assert order == ["recognition", "revocation", "status-list"]


def test_the_end_of_an_extension_is_a_version_when_its_day_is_over(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 11, 1), extended_until=TODAY)
    decided(row, now=now)
    assert code(found(now)) == ""
    assert entries("status-list") == []
    tomorrow = now + timedelta(days=1)
    keeping.keep(at=tomorrow)
    assert [told["set_bits"] for told in entries("status-list")] == [1]
    assert auditing.audit(at=tomorrow).difference is None


def test_the_audit_finds_a_list_that_was_turned_back(now: datetime) -> None:
    """Behind the log's back, and with the entry of the revocation rewritten to fit."""
    row = RecognitionFactory()
    decided(row, now=now)
    revoke(row, now)
    assert code(found(now)) == ""
    RecognitionFactory(revoked_on=TODAY)
    finding = list(auditing._of_status_list(auditing.Coming(now)))
    assert [each.code for each in finding] == ["status_list_differs"]
    assert "bản 1" in finding[0].words
    assert code(auditing.audit(at=now)) == "row_extra"


def test_what_waits_is_no_difference(now: datetime) -> None:
    first, second = RecognitionFactory(), RecognitionFactory()
    decided(first, second, now=now)
    revoke(first, now)
    assert code(found(now)) == ""
    revoke(second, now)
    assert auditing.audit(at=now).difference is None


def test_a_key_made_for_a_visitor_is_announced_soon(now: datetime) -> None:
    certified(now)
    keeping.keep(at=now)
    assert not keeping.is_behind()
    statuses.status_list(at=now)
    assert draining.unannounced()
    assert keeping.is_behind()
    keeping.keep(at=now)
    assert not keeping.is_behind()
    told = [entry["purpose"] for entry in entries("issuer-key")]
    assert told == [keys.REGISTER, keys.CREDENTIAL]
    assert LogEntry.objects.filter(form="issuer-key").count() == 2
