"""Credentials of the register's rows, signed when they are asked for.

Nothing is stored: Ed25519 signs the same text in the same way each time, so a credential stays the
same to the byte until what it says changes, its extension for one, or the key does.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from ocop.core import keys
from ocop.core.actor import Actor
from ocop.core.credentials import envelopes, issuers
from ocop.places.letterhead import committee, letterhead
from ocop.producers.models import ProducerKind
from ocop.recognition.credential import attestation
from ocop.recognition.credential.addresses import Addresses
from ocop.recognition.credential.attestation import Assessed, File, Star
from ocop.recognition.log import chains
from ocop.recognition.models import CERTIFIED, Decision, Evidence, Recognition
from ocop.recognition.validity import last_extension_day
from ocop.recognition.visibility import visible_to

#: Whose name is never a person's.
_ORGANISATIONS = frozenset(
    {
        ProducerKind.COOPERATIVE,
        ProducerKind.ENTERPRISE,
        ProducerKind.ASSOCIATION,
        ProducerKind.OPERATING_CENTRE,
    }
)


def addresses() -> Addresses:
    """The addresses of this installation."""
    return Addresses(settings.BASE_URL.rstrip("/"))


def did() -> str:
    """Who signs: this installation by its address."""
    return issuers.did_of(settings.BASE_URL)


def document(*, at: datetime) -> dict[str, Any]:
    """The issuer's document, with the key in use and every one before it."""
    if not chains.public_keys(keys.CREDENTIAL):
        chains.signer(keys.CREDENTIAL, at=at)
    return issuers.document(did(), [key.public for key in chains.public_keys(keys.CREDENTIAL)])


def sealed(credential: Mapping[str, Any], *, at: datetime) -> str:
    """A credential of this installation in its envelope, signed by the key in use."""
    signer = chains.signer(keys.CREDENTIAL, at=at)
    return envelopes.seal(credential, issuers.key_id(did(), signer.public), signer.sign)


def issuer_name() -> str:
    """The name of who signs: the office, and the body above it."""
    return f"{letterhead().office}, {committee()}"


def credentialed(actor: Actor) -> QuerySet[Recognition]:
    """Recognitions that have a credential, as far as the actor may see them: a decision that is
    known, or one of the demonstration, and a certificate."""
    rows = visible_to(actor).filter(
        certificate__isnull=False, decision__isnull=False, evidence__in=CERTIFIED
    )
    return rows.select_related(
        "certificate", "product__producer", "decision__legal_version", "decision__attachment"
    )


def has_credential(actor: Actor, row: Recognition) -> bool:
    """Whether a row has one, as far as the actor may see it."""
    return credentialed(actor).filter(pk=row.pk).exists()


def credential_of(row: Recognition, assessed: Assessed | None) -> dict[str, Any]:
    """What the credential of a row of `credentialed` says."""
    star = _star(row, assessed)
    return attestation.credential(star, did=did(), issuer=issuer_name(), at=addresses())


def _star(row: Recognition, assessed: Assessed | None) -> Star:
    decision, product, producer = row.decision, row.product, row.product.producer
    assert decision is not None
    law = decision.legal_version
    until = row.extended_until
    if until is not None and row.expires_on is not None:
        until = min(until, last_extension_day(row.expires_on))
    return Star(
        recognition=row.pk,
        certificate=row.certificate.number,
        product_code=product.code,
        product_name=row.certificate.words["product"],
        gtin=product.gtin,
        producer_code=producer.code,
        producer_name=producer.name if producer.kind in _ORGANISATIONS else "",
        stars=row.stars,
        total=row.total,
        decision=decision.number,
        signed_on=decision.signed_on,
        authority=decision.authority,
        evaluated_on=row.evaluated_on or decision.signed_on,
        valid_from=row.valid_from or decision.signed_on,
        expires_on=row.expires_on,
        extended_until=until,
        law_code=law.code if law else "",
        law_document=law.document if law else "",
        assessed=assessed,
        file=_file(decision),
        demonstration=decision.demonstration or row.evidence == Evidence.M,
        potential_five=row.potential_five,
    )


def _file(decision: Decision) -> File | None:
    """The signed file, where it is held. Its digest lets anybody who has a copy compare it; who may
    open it here is another matter, for it names persons."""
    kept = decision.attachment
    if kept is None:
        return None
    return File(addresses().decision_file(decision.pk), kept.sha256, kept.media_type)
