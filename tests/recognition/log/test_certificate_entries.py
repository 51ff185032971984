"""Certificates are in the public log, and the audit finds one that was changed, lost or added."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.log import auditing, keeping
from ocop.recognition.models import Certificate, LogEntry, Recognition
from tests.factories import DecisionFactory, ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition.log.logged import code, decided, entries, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def star(now: datetime) -> Recognition:
    """A star with a certificate, and one without."""
    decision = DecisionFactory(signed_on=date(2025, 11, 20))
    producer = ProducerFactory(name="Hộ bà Nguyễn Thị Lan", address="Thôn Đông")
    product = ProductFactory(name="Tương bà Lan", producer=producer)
    row: Recognition = RecognitionFactory(product=product, decision=decision, on=decision.signed_on)
    decided(row, RecognitionFactory(), now=now)
    keeping.keep(at=now)
    issue_certificates(actor=SYSTEM, decision=decision, at=now)
    return row


def test_an_issued_certificate_is_an_entry_without_a_person(
    now: datetime, star: Recognition
) -> None:
    assert code(auditing.audit(at=now)) == ""
    assert code(found(now)) == ""
    first = LogEntry.objects.get(form="recognition", object_id=star.pk).index
    words = star.certificate.words
    assert entries("certificate") == [
        {
            "type": "certificate",
            "version": 1,
            "recorded_at": "2026-11-23T02:00:00Z",
            "entry": first,
            "product": star.product.code,
            "province": "01",
            "year": 2025,
            "serial": 1,
            "number": "0001/2025/GCN-OCOP",
            "issued_on": "2026-11-23",
            "sha256": sha256(rfc8785.dumps(words)).hexdigest(),
        }
    ]
    assert "Lan" in json.dumps(words, ensure_ascii=False)
    assert not LogEntry.objects.filter(leaf__contains="Lan").exists()


def test_certificates_from_before_come_in_at_the_next_run(now: datetime) -> None:
    """An installation whose log did not know them: entries that stand stay as they are."""
    decision = DecisionFactory(signed_on=date(2025, 11, 20))
    row = RecognitionFactory(decision=decision, on=decision.signed_on)
    long_ago = now - timedelta(days=300)
    decided(row, now=long_ago)
    keeping.keep(at=long_ago)
    before = list(LogEntry.objects.values_list("leaf", flat=True))
    issue_certificates(actor=SYSTEM, decision=decision, at=long_ago)
    assert code(found(now)) == ""
    assert list(LogEntry.objects.values_list("leaf", flat=True))[: len(before)] == before
    assert [each["number"] for each in entries("certificate")] == ["0001/2025/GCN-OCOP"]
    keeping.keep(at=now)
    assert len(entries("certificate")) == 1


def test_a_certificate_whose_event_is_not_known_comes_with_its_recognition(
    now: datetime,
) -> None:
    """Issued before the recognition came into the log."""
    decision = DecisionFactory(signed_on=date(2025, 11, 20))
    row = RecognitionFactory(decision=decision, on=decision.signed_on)
    issue_certificates(actor=SYSTEM, decision=decision, at=now)
    keeping.keep(at=now)
    assert entries("certificate") == []
    decided(row, now=now)
    assert code(found(now)) == ""
    assert len(entries("certificate")) == 1


@pytest.mark.whole
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"number": "0999/2026/GCN-OCOP"}, "number"),
        ({"year": 2026}, "year"),
        ({"serial": 7}, "serial"),
        ({"issued_on": date(2026, 1, 1)}, "issued_on"),
        ({"words": {"stars": 5}}, "sha256"),
        ({"words": [2**60, 0.1]}, "sha256"),  # JSON that RFC 8785 does not write
        ({"province": "79"}, "province"),
    ],
)
def test_a_changed_certificate_is_found(
    now: datetime, star: Recognition, change: dict[str, Any], name: str
) -> None:
    keeping.keep(at=now)
    Certificate.objects.filter(recognition=star).update(**change)
    difference = keeping.check(at=now).difference
    assert difference is not None
    assert (difference.code, difference.facts["form"], difference.facts["name"]) == (
        "row_changed", "certificate", name
    )  # fmt: skip


def test_a_star_raised_in_the_words_alone_is_found(now: datetime, star: Recognition) -> None:
    keeping.keep(at=now)
    words = {**star.certificate.words, "stars": 5}
    Certificate.objects.filter(recognition=star).update(words=words)
    assert code(auditing.audit(at=now)) == "row_changed"


def test_a_deleted_certificate_is_found(now: datetime, star: Recognition) -> None:
    keeping.keep(at=now)
    Certificate.objects.all().delete()
    assert code(auditing.audit(at=now)) == "row_missing"


def test_a_certificate_given_to_another_star_is_found(now: datetime, star: Recognition) -> None:
    keeping.keep(at=now)
    other = Recognition.objects.exclude(pk=star.pk).get()
    Certificate.objects.update(recognition=other)
    assert code(auditing.audit(at=now)) == "row_missing"


def test_a_certificate_that_no_event_gave_is_found(now: datetime, star: Recognition) -> None:
    keeping.keep(at=now)
    other = Recognition.objects.exclude(pk=star.pk).get()
    Certificate.objects.create(
        recognition=other, province="01", year=2025, serial=2, number="0002/2025/GCN-OCOP",
        issued_on=date(2025, 12, 1), words={"stars": 5},
    )  # fmt: skip
    difference = auditing.audit(at=now).difference
    assert difference is not None
    assert difference.told()["facts"] == {
        "form": "certificate", "of": other.product.code, "key": other.pk,
    }  # fmt: skip


def test_the_event_that_issues_is_the_one_the_log_takes_in(
    now: datetime, star: Recognition
) -> None:
    keeping.keep(at=now)
    event = Event.objects.get(name="recognition.certificates_issued")
    assert event.log_step.entries == 1
