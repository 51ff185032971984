"""Stars with their certificates, for tests of credentials."""

from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.credentials.verifying import Verdict, verify
from ocop.dossiers import credentials
from ocop.producers.models import ProducerKind
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.models import Recognition
from tests.factories import DecisionFactory, ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition.log.logged import decided

SIGNED = date(2025, 11, 20)


def certified(now: datetime, *, decision: Any = None, **more: Any) -> Recognition:
    """A star with its certificate, in a decision of its own."""
    found = decision or DecisionFactory(signed_on=more.pop("on", SIGNED))
    producer = ProducerFactory(
        name=more.pop("producer", "HTX Trà sen"),
        kind=more.pop("kind_of_producer", ProducerKind.COOPERATIVE),
        listed=True,
    )
    product = ProductFactory(
        name=more.pop("name", "Trà sen"),
        gtin=more.pop("gtin", ""),
        producer=producer,
        listed=True,
    )
    row: Recognition = RecognitionFactory(
        product=product, decision=found, on=found.signed_on, **more
    )
    decided(row, now=now)
    issue_certificates(actor=SYSTEM, decision=found, at=now)
    return again(row)


def again(row: Recognition) -> Recognition:
    """The row as it is now, with all a credential needs."""
    return issuing.credentialed(SYSTEM).get(pk=row.pk)


def issued(row: Recognition, now: datetime) -> str:
    return credentials.issued(again(row), at=now)


def verdict(token: str, now: datetime, *, at: datetime | None = None) -> Verdict:
    """What somebody finds who fetches document and list now, and checks at a moment."""
    return verify(
        token,
        document=issuing.document(at=now),
        status_list=statuses.status_list(at=at or now),
        at=at or now,
    )
