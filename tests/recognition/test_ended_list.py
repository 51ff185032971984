"""The signed list of what became of certified stars: whom it names, and that a device reads it."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.transparency.notes import decode
from ocop.recognition import labels
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.ended import changes, sealed_list
from ocop.recognition.ended_list import Change, Changed, text_of
from ocop.recognition.models import Evidence, Recognition
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory

SIGNED = date(2025, 11, 20)
TODAY = date(2026, 11, 23)
BEGAN = date(2019, 1, 1)  # days are counted from here

rows = st.lists(
    st.builds(
        Changed,
        recognition=st.integers(1, 2**31),
        change=st.sampled_from(Change),
        day=st.dates(date(2018, 1, 1), date(2100, 1, 1)),
    ),
    unique_by=lambda row: (row.change, row.recognition),
)


def read(text: str) -> set[Changed]:
    """By the form that the module states, without its code."""
    told = json.loads(text)
    assert told["version"] == 1
    return {
        Changed(number, change, BEGAN + timedelta(days=day))
        for change in Change
        for number, day in zip(
            accumulate(told[change]["numbers"]), told[change]["days"], strict=True
        )
    }


@given(rows)
def test_what_is_listed_is_read(changed: list[Changed]) -> None:
    text = text_of(changed, at=datetime(2026, 11, 30, 1, 15, tzinfo=UTC))
    assert read(text) == set(changed)
    assert json.loads(text)["at"] == "2026-11-30T01:15+00:00"
    distances = [json.loads(text)[change]["numbers"] for change in Change]
    assert all(distance > 0 for found in distances for distance in found)


@pytest.fixture
def certified(db: None, now: datetime) -> Recognition:
    """A star with a printed certificate."""
    row: Recognition = RecognitionFactory(decision=DecisionFactory(signed_on=SIGNED), on=SIGNED)
    issue_certificates(actor=SYSTEM, decision=row.decision, at=now)
    return row


def told() -> list[tuple[int, str, date]]:
    return [(row.recognition, row.change.value, row.day) for row in changes(TODAY)]


def changed(row: Recognition, **facts: Any) -> None:
    Recognition.objects.filter(pk=row.pk).update(**facts)


def test_a_star_that_stands_as_it_was_printed_is_not_named(certified: Recognition) -> None:
    assert told() == []


@pytest.mark.parametrize("change", [Change.REVOKED, Change.ANNULLED])
def test_a_star_that_ended_is_named_with_its_day(change: Change, certified: Recognition) -> None:
    changed(certified, **{f"{change}_on": date(2026, 5, 1)})
    assert told() == [(certified.pk, change, date(2026, 5, 1))]


def test_an_extension_is_told_to_its_last_day_at_most_180_days(certified: Recognition) -> None:
    """Art. 12.3; an extension that was ended with the last day of the star itself says nothing."""
    last = certified.expires_on
    assert last is not None
    changed(certified, extended_until=last + timedelta(days=30))
    assert told() == [(certified.pk, "extended", last + timedelta(days=30))]
    changed(certified, extended_until=last + timedelta(days=400))
    assert told() == [(certified.pk, "extended", last + timedelta(days=180))]
    changed(certified, extended_until=last)
    assert told() == []


def test_a_later_star_of_the_product_stands_in_its_place(certified: Recognition) -> None:
    later = date(2026, 6, 1)
    RecognitionFactory(product=certified.product, on=later, stars=4)
    RecognitionFactory(product=ProductFactory(), on=later)
    assert told() == [(certified.pk, "replaced", later)]


@pytest.mark.parametrize(
    "facts",
    [
        {"on": date(2026, 12, 1)},  # is still to come
        {"on": date(2026, 6, 1), "evidence": Evidence.B2, "decision": None},  # a proposal
        {"on": date(2026, 6, 1), "evidence": Evidence.C, "decision": None},  # a trade source
        {"on": date(2026, 6, 1), "annulled_on": date(2026, 7, 1)},
    ],
)
def test_what_does_not_count_replaces_nothing(
    facts: dict[str, Any], certified: Recognition
) -> None:
    RecognitionFactory(product=certified.product, **facts)
    assert told() == []


def test_what_has_no_certificate_or_is_not_public_is_not_named(certified: Recognition) -> None:
    RecognitionFactory(on=SIGNED, revoked_on=date(2026, 5, 1))
    assert told() == []
    changed(certified, revoked_on=date(2026, 5, 1), evidence=Evidence.M)
    assert told() == []  # demonstration data outside a demonstration


def test_list_is_signed_with_the_key_of_labels(certified: Recognition, now: datetime) -> None:
    changed(certified, revoked_on=date(2026, 5, 1))
    public = keys.signer(labels.PURPOSE, at=now).public
    envelope = json.loads(sealed_list(at=now))
    assert decode(envelope["key"]) == public
    message = b"ocop ended\n" + envelope["list"].encode()
    Ed25519PublicKey.from_public_bytes(public).verify(decode(envelope["signature"]), message)
    assert read(envelope["list"]) == {Changed(certified.pk, Change.REVOKED, date(2026, 5, 1))}
    assert json.loads(envelope["list"])["at"] == "2026-11-23T09:00+07:00"


def test_list_tells_no_product_and_nobody(certified: Recognition, now: datetime) -> None:
    keys.signer(labels.PURPOSE, at=now)
    changed(certified, revoked_on=date(2026, 5, 1))
    text = sealed_list(at=now)
    assert certified.product.code not in text
    assert certified.product.producer.name not in text
