"""Credentials of the register: what rows say, who signs, what a change of keys leaves good."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from ocop.core import attachments, keys, options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.credentials import base64url, envelopes, issuers
from ocop.producers.models import ProducerKind
from ocop.recognition import services
from ocop.recognition.credential import issuing
from ocop.recognition.models import Evidence, Ground
from tests.factories import PDF, DecisionFactory, RecognitionFactory
from tests.recognition.credential.papers import SIGNED, again, certified, issued, verdict
from tests.recognition.credential.untp import wrong
from tests.world import annulled_by, revoked_by

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = "https://ocop.example"


def told(row: Any, now: datetime) -> dict[str, Any]:
    found = verdict(issued(row, now), now)
    assert found.good, found.problems
    assert found.credential is not None
    return dict(found.credential)


def test_a_star_is_told_as_the_register_has_it(now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED, number="3981/QĐ-UBND", authority="UBND TP Hà Nội")
    row = certified(now, decision=decision, stars=4, gtin="08938505974194", total=Decimal("81.25"))
    found = told(row, now)
    assert wrong(found) == []
    subject = found["credentialSubject"]
    (assessment,) = subject["conformityAssessment"]
    assert found["issuer"]["id"] == "did:web:ocop.example"
    assert found["validFrom"] == "2025-11-20T00:00:00+07:00"
    assert found["validUntil"] == "2028-11-20T23:59:59+07:00"
    assert found["credentialStatus"]["statusListIndex"] == row.pk
    assert subject["profileScore"]["rank"] == 2
    assert subject["issuedToParty"]["name"] == "HTX Trà sen"
    (product,) = assessment["assessedProduct"]
    assert product["product"]["id"] == "https://ocop.example/01/08938505974194"
    assert "3981/QĐ-UBND" in subject["description"]
    assert {each["measure"]["value"] for each in assessment["assessedPerformance"][1:]} == {81.25}


def test_the_same_facts_are_the_same_credential_to_the_byte(now: datetime) -> None:
    row = certified(now)
    assert issued(row, now) == issued(row, now + DAY)


@pytest.mark.parametrize("kind", [ProducerKind.HOUSEHOLD, ProducerKind.FARM, ProducerKind.UNKNOWN])
def test_who_may_be_a_person_is_not_named(kind: ProducerKind, now: datetime) -> None:
    row = certified(now, producer="Hộ ông Nguyễn Văn An", kind_of_producer=kind)
    assert "Nguyễn" not in str(told(row, now))


def test_a_product_renamed_later_keeps_the_name_on_its_certificate(now: datetime) -> None:
    row = certified(now, name="Trà sen")
    row.product.name = "Trà khác"
    row.product.save()
    assert told(row, now)["name"].endswith(": Trà sen")


def test_the_signed_file_is_known_by_its_digest(now: datetime) -> None:
    row = certified(now)
    assert "conformityCertificate" not in told(row, now)["credentialSubject"]
    kept = attachments.store(PDF, filename="qd.pdf", at=now)
    type(row.decision).objects.filter(pk=row.decision_id).update(attachment=kept)
    link = told(row, now)["credentialSubject"]["conformityCertificate"]
    assert link["linkURL"] == f"https://ocop.example/quyet-dinh/{row.decision_id}/ban-ky/"
    coded = base64url.decode(link["digestMultibase"].removeprefix("u"))
    assert coded == bytes([0x12, 32]) + sha256(PDF).digest()


def test_only_a_known_decision_with_a_certificate_has_one(now: datetime) -> None:
    row = certified(now)
    RecognitionFactory(decision=row.decision, on=SIGNED)  # without a certificate
    assert [found.pk for found in issuing.credentialed(ANONYMOUS)] == [row.pk]
    type(row).objects.filter(pk=row.pk).update(evidence=Evidence.B1)
    assert not issuing.credentialed(ANONYMOUS).exists()


def test_sample_rows_are_marked_and_the_publics_in_a_demonstration_only(now: datetime) -> None:
    row = certified(now, evidence=Evidence.M)
    assert not issuing.credentialed(ANONYMOUS).exists()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert issuing.credentialed(ANONYMOUS).exists()
    assert told(row, now)["name"].startswith("DỮ LIỆU MẪU")


def test_an_extension_is_in_a_credential_asked_for_after_it(now: datetime) -> None:
    row = certified(now, on=date(2023, 12, 1))
    before = issued(row, now)
    services.confirm_extension(
        actor=SYSTEM, recognition=row, last_day=date(2027, 3, 1), reason="nộp muộn", at=now
    )
    after = issued(row, now)
    later = datetime(2027, 2, 1, 3, 0, tzinfo=now.tzinfo)
    assert verdict(before, now, at=later).problems == ("expired",)
    assert verdict(after, now, at=later).good
    assert verdict(after, now, at=datetime(2027, 3, 2, tzinfo=now.tzinfo)).problems[0] == "expired"


# --- Revocation -----------------------------------------------------------------------------------


def test_a_revoked_star_is_refused_at_once(now: datetime) -> None:
    row, other = certified(now), certified(now, name="Bún")
    token = issued(row, now)
    assert verdict(token, now).good
    services.revoke(
        actor=SYSTEM, recognition=row, ground=Ground.MARK, **revoked_by(now.date()), reason="QĐ 9",
        at=now,
    )  # fmt: skip
    assert verdict(token, now).problems == ("revoked",)
    assert verdict(issued(row, now), now).problems == ("revoked",)
    assert verdict(issued(other, now), now).good


def test_an_annulled_result_is_refused_at_once(now: datetime) -> None:
    row = certified(now)
    token = issued(row, now)
    services.annul(
        actor=SYSTEM,
        recognition=row,
        **annulled_by(now.date()),
        reason="Quyết định 10/QĐ-UBND",
        at=now,
    )
    assert verdict(token, now).problems == ("revoked",)


def test_an_extension_that_the_authority_ended_early_is_refused(now: datetime) -> None:
    """Art. 12.3: kept until the authority decides. A credential of before names a later day."""
    row = certified(now, on=date(2023, 11, 1))  # valid to 1 November 2026
    services.confirm_extension(
        actor=SYSTEM, recognition=row, last_day=date(2027, 3, 1), reason="nộp muộn", at=now
    )
    token = issued(row, now)
    assert verdict(token, now).good
    type(row).objects.filter(pk=row.pk).update(extended_until=now.date() - DAY)
    assert verdict(token, now).problems == ("revoked",)


def test_an_extension_ruled_out_leaves_the_star_its_days(now: datetime) -> None:
    row = certified(now, on=date(2023, 12, 1))  # valid to 1 December 2026
    type(row).objects.filter(pk=row.pk).update(extended_until=date(2026, 12, 1))
    token = issued(row, now)
    assert verdict(token, now).good
    late = datetime(2026, 12, 2, 3, 0, tzinfo=now.tzinfo)
    assert "expired" in verdict(token, now, at=late).problems


# --- Keys -----------------------------------------------------------------------------------------


def test_what_an_old_key_signed_stays_good_and_new_credentials_bear_the_new(now: datetime) -> None:
    row = certified(now)
    before = issued(row, now)
    keys.rotate(keys.CREDENTIAL, at=now + DAY)
    after = issued(row, now + DAY)
    old, new = (envelopes.header_of(token)["kid"] for token in (before, after))
    assert old != new
    document = issuing.document(at=now + DAY)
    assert [each["id"] for each in document["verificationMethod"]] == [new, old]
    assert new == issuers.key_id("did:web:ocop.example", keys.public_keys("credential")[-1].public)
    assert verdict(before, now + DAY).good
    assert verdict(after, now + DAY).good
    keys.rotate(keys.CREDENTIAL, at=now + 2 * DAY)
    assert verdict(before, now + 2 * DAY).good


def test_another_installations_keys_believe_nothing(now: datetime, settings: Any) -> None:
    token = issued(certified(now), now)
    settings.BASE_URL = "https://other.example"
    assert verdict(token, now).problems == ("unknown_key",)


def test_the_row_is_read_anew(now: datetime) -> None:
    row = certified(now)
    assert again(row).certificate.number == "0001/2025/GCN-OCOP"
