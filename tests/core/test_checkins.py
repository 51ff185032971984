from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import checkins
from ocop.core.checkins import CheckIn, merge, on_our_clock, read_sending, ticket_in
from ocop.core.codes import ALPHABET
from ocop.core.refusals import Refused

OPEN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
GATES = ("A", "B", "C")

tickets = st.sampled_from(["00000001", "0000000a", "0000000z"])
records = st.builds(
    CheckIn,
    at=st.integers(0, 20).map(lambda minutes: OPEN + timedelta(minutes=minutes)),
    id=st.integers(0, 30).map(lambda number: UUID(int=number)),
    ticket=tickets,
    gate=st.sampled_from(GATES),
    device=st.sampled_from(["m1", "m2"]),
)
tellings = st.lists(records, max_size=25)


def record(ticket: str, minute: int, number: int, gate: str = "A") -> CheckIn:
    return CheckIn(OPEN + timedelta(minutes=minute), UUID(int=number), ticket, gate, f"m-{gate}")


def test_a_ticket_enters_once_and_the_earliest_wins() -> None:
    late, early = record("00000001", 9, 1, "B"), record("00000001", 3, 2, "A")
    merged = merge([late], [early])
    assert merged.entries == {"00000001": early}
    assert merged.repeats == (late,)


@given(tellings)
def test_every_ticket_that_was_shown_has_one_entry_the_earliest(told: list[CheckIn]) -> None:
    merged = merge(told)
    assert set(merged.entries) <= {each.ticket for each in told}
    for ticket, entry in merged.entries.items():
        assert all(entry.at <= each.at for each in merged.repeats if each.ticket == ticket)


@given(tellings)
def test_nothing_is_lost_and_nothing_doubled(told: list[CheckIn]) -> None:
    merged = merge(told)
    kept = [*merged.entries.values(), *merged.repeats]
    assert sorted(each.id for each in kept) == sorted({each.id for each in told})


@given(tellings, tellings)
def test_the_order_of_devices_does_not_matter(one: list[CheckIn], two: list[CheckIn]) -> None:
    assert merge(one, two) == merge(two, one) == merge(two[::-1] + one[::-1])


@given(tellings, tellings)
def test_sending_again_changes_nothing(one: list[CheckIn], two: list[CheckIn]) -> None:
    merged = merge(one, two)
    assert merge(merged.entries.values(), merged.repeats, one) == merged


def test_two_thousand_people_at_three_gates_merge_without_duplicates() -> None:
    random = Random(6)
    people = ["".join(random.choices(ALPHABET, k=8)) for _ in range(2_000)]
    assert len(set(people)) == 2_000
    told: dict[str, list[CheckIn]] = {gate: [] for gate in GATES}
    for number, ticket in enumerate(people):
        gate = random.choice(GATES)
        told[gate].append(record(ticket, number % 60, number, gate))
        if number % 10 == 0:  # shown again at another gate within the hour
            other = random.choice(GATES)
            told[other].append(record(ticket, 60, 10_000 + number, other))
    merged = merge(*told.values(), told["B"], told["A"])
    assert set(merged.entries) == set(people)
    assert len(merged.repeats) == 200
    assert all(each.id.int >= 10_000 for each in merged.repeats)


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        ("7k3m9p2q", "7k3m9p2q"),
        ("7K3M-9P2Q", "7k3m9p2q"),
        (" 7k3m 9p2q\n", "7k3m9p2q"),
        ("https://ocop.vn/ve/7k3m9p2q/?a=1#b", "7k3m9p2q"),
        ("OIL00000", "01100000"),
        ("7k3m9p2", ""),
        ("7k3m9p2u", ""),
        ("", ""),
    ],
)
def test_ticket_in_reads_addresses_and_what_is_typed(text: str, ticket: str) -> None:
    assert ticket_in(text) == ticket


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8))
def test_ticket_in_reads_every_code_in_capitals(code: str) -> None:
    assert ticket_in(f"{code[:4]}-{code[4:]}".upper()) == code


def test_a_clock_that_is_an_hour_ahead_is_set_right() -> None:
    at = OPEN + timedelta(minutes=70)
    sent_at, received_at = OPEN + timedelta(minutes=80), OPEN + timedelta(minutes=20)
    assert on_our_clock(at, sent_at=sent_at, received_at=received_at) == OPEN + timedelta(
        minutes=10
    )


def test_a_clock_that_is_right_is_believed_however_late_it_sends() -> None:
    at, sent_at = OPEN, OPEN + timedelta(days=2)
    received_at = sent_at + timedelta(seconds=30)
    assert on_our_clock(at, sent_at=sent_at, received_at=received_at) == OPEN


def test_nothing_happens_after_it_was_received() -> None:
    sent_at = OPEN + timedelta(seconds=90)
    assert on_our_clock(sent_at, sent_at=sent_at, received_at=OPEN) == OPEN


def sending(**other: Any) -> dict[str, Any]:
    showing = {
        "id": "6a1f2f7e-9d0c-4f1e-8c53-0d9f6a3f1b11",
        "ticket": "7K3M-9P2Q",
        "gate": "Cửa A",
        "at": "2026-11-20T01:05:00+00:00",
    }
    told = {"device": "m1", "sent_at": "2026-11-20T02:00:00Z", "records": [showing | other]}
    return told


def test_read_sending_reads_what_the_device_sent() -> None:
    (read,) = read_sending(sending(), received_at=OPEN + timedelta(hours=1))
    assert read == CheckIn(
        OPEN + timedelta(minutes=5),
        UUID("6a1f2f7e-9d0c-4f1e-8c53-0d9f6a3f1b11"),
        "7k3m9p2q",
        "Cửa A",
        "m1",
    )


def test_read_sending_keeps_what_is_no_ticket_as_it_was_written() -> None:
    (read,) = read_sending(sending(ticket="xin chào"), received_at=OPEN)
    assert read.ticket == "xin chào"


def test_read_sending_leaves_out_signs_that_no_database_takes() -> None:
    (read,) = read_sending(sending(ticket="a\x00b\ud800c"), received_at=OPEN)
    assert read.ticket == "abc"


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        {"device": "m1", "sent_at": "2026-11-20T02:00:00Z", "records": {}},
        {"device": "m1", "sent_at": "2026-11-20T02:00:00", "records": []},
        {"device": 5, "sent_at": "2026-11-20T02:00:00Z", "records": []},
        sending(id="5"),
        sending(ticket=7),
        sending(at="today"),
        sending(at="0001-01-01T00:00:00+14:00"),
        sending(at="9999-12-31T23:59:59Z") | {"sent_at": "2000-01-01T00:00:00Z"},
        sending() | {"sent_at": "9999-12-31T23:59:59-14:00"},
        sending(gate="x" * 41),
        sending(gate="\x00"),
        sending() | {"records": [{}] * (checkins.MOST_AT_ONCE + 1)},
    ],
)
def test_read_sending_refuses_what_has_another_form(told: object) -> None:
    with pytest.raises(Refused) as refused:
        read_sending(told, received_at=OPEN)
    assert refused.value.code == "checkins_malformed"
