"""Validity as Decision 26/2026/QĐ-TTg counts it, against a reference that walks day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import language
from ocop.core.periods import Period
from ocop.recognition.validity import (
    IN_FORCE,
    Facts,
    State,
    expiry_of,
    extension_covers,
    filing_window,
    holds_star,
    last_extension_day,
    state_on,
    state_words,
)

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("signed_on", "last_day"),
    [
        (date(2023, 11, 23), date(2026, 11, 23)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2024, 12, 31), date(2027, 12, 31)),
        (date(2023, 1, 1), date(2026, 1, 1)),
    ],
)
def test_last_valid_day_is_the_same_day_36_months_on(signed_on: date, last_day: date) -> None:
    assert expiry_of(signed_on) == last_day


@pytest.mark.parametrize(
    ("signed_on", "months", "last_day"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2027, 2, 28), -36, date(2024, 2, 28)),
    ],
)
def test_expiry_for_another_number_of_months(signed_on: date, months: int, last_day: date) -> None:
    assert expiry_of(signed_on, months) == last_day


@given(st.dates(date(2018, 1, 1), date(2090, 12, 31)))
def test_expiry_walks_36_month_ends(signed_on: date) -> None:
    day, months = signed_on, 0
    while months < 36:
        day += DAY
        months += day.day == 1
    while day.day != signed_on.day and (day + DAY).month == day.month:
        day += DAY
    assert expiry_of(signed_on) == day


def test_filing_window_counts_both_of_its_ends() -> None:
    window = filing_window(date(2026, 11, 23))
    assert window == Period.of_days(date(2026, 5, 27), date(2026, 7, 26))
    assert (date(2026, 11, 23) - window.start).days == 180
    assert (date(2026, 11, 23) - date(2026, 7, 26)).days == 120


SIGNED, ENDS = date(2023, 11, 23), date(2026, 11, 23)
PLAIN = Facts(signed_on=SIGNED, valid_from=SIGNED, expires_on=ENDS)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2023, 11, 22), State.NOT_YET),
        (date(2023, 11, 23), State.VALID),
        (date(2026, 5, 26), State.VALID),
        (date(2026, 5, 27), State.WINDOW_OPEN),
        (date(2026, 7, 26), State.WINDOW_OPEN),
        (date(2026, 7, 27), State.WINDOW_MISSED),
        (date(2026, 11, 23), State.WINDOW_MISSED),  # valid to the end of that day
        (date(2026, 11, 24), State.EXTENSION_UNCONFIRMED),
        (date(2027, 5, 22), State.EXTENSION_UNCONFIRMED),  # 180 days past
        (date(2027, 5, 23), State.EXPIRED),
    ],
)
def test_life_of_a_certificate_that_nobody_renews(on: date, state: State) -> None:
    assert state_on(PLAIN, on) == state


def test_filing_in_the_window_closes_the_matter() -> None:
    facts = Facts(signed_on=SIGNED, expires_on=ENDS, filed_on=date(2026, 6, 10))
    assert state_on(facts, date(2026, 6, 9)) == State.WINDOW_OPEN
    assert state_on(facts, date(2026, 6, 10)) == State.VALID
    assert state_on(facts, ENDS) == State.VALID
    assert state_on(facts, ENDS + DAY) == State.EXPIRED


@pytest.mark.parametrize("filed_on", [date(2026, 5, 26), date(2026, 7, 27)])
def test_filing_outside_the_window_does_not_count(filed_on: date) -> None:
    facts = Facts(signed_on=SIGNED, expires_on=ENDS, filed_on=filed_on)
    assert state_on(facts, ENDS) == State.WINDOW_MISSED
    assert state_on(facts, ENDS + DAY) == State.EXTENSION_UNCONFIRMED


def test_confirmed_extension_stands_to_its_last_day() -> None:
    facts = Facts(signed_on=SIGNED, expires_on=ENDS, extended_until=date(2027, 1, 31))
    assert state_on(facts, ENDS) == State.WINDOW_MISSED
    assert state_on(facts, ENDS + DAY) == State.EXTENDED
    assert state_on(facts, date(2027, 1, 31)) == State.EXTENDED
    assert state_on(facts, date(2027, 2, 1)) == State.EXPIRED


def test_extension_never_passes_180_days() -> None:
    facts = Facts(signed_on=SIGNED, expires_on=ENDS, extended_until=date(2028, 1, 1))
    assert last_extension_day(ENDS) == date(2027, 5, 22)
    assert state_on(facts, date(2027, 5, 22)) == State.EXTENDED
    assert state_on(facts, date(2027, 5, 23)) == State.EXPIRED


@pytest.mark.parametrize(
    ("issued_on", "later_too", "covered"),
    [
        (date(2026, 5, 21), False, True),
        (date(2026, 5, 22), False, False),
        (date(2026, 5, 22), True, True),
        (date(2023, 5, 22), False, True),  # ends on the very day
        (date(2023, 5, 21), False, False),  # ended the day before: not revived
        (date(2023, 5, 21), True, False),
    ],
)
def test_transition_rule_covers_by_day_of_issue(
    issued_on: date, later_too: bool, covered: bool
) -> None:
    expires_on = expiry_of(issued_on)
    assert extension_covers(issued_on, expires_on, later_too=later_too) == covered
    facts = Facts(signed_on=issued_on, expires_on=expires_on)
    after = state_on(facts, expires_on + DAY, later_too=later_too)
    assert after == (State.EXTENSION_UNCONFIRMED if covered else State.EXPIRED)


def test_day_of_issue_is_reckoned_back_when_unknown() -> None:
    old, new = date(2026, 11, 23), date(2029, 11, 23)
    assert state_on(Facts(expires_on=old), old + DAY) == State.EXTENSION_UNCONFIRMED
    assert state_on(Facts(expires_on=new), new + DAY) == State.EXPIRED
    by_start = Facts(valid_from=date(2026, 5, 22), expires_on=old)
    assert state_on(by_start, old + DAY) == State.EXPIRED


def test_without_a_last_day_the_state_is_unknown() -> None:
    assert state_on(Facts(), date(2026, 1, 1)) == State.UNKNOWN
    assert state_on(Facts(signed_on=SIGNED), date(2026, 1, 1)) == State.UNKNOWN
    assert state_on(Facts(revoked_on=date(2025, 1, 1)), date(2026, 1, 1)) == State.REVOKED


def test_revocation_and_annulment_count_from_their_day() -> None:
    day = date(2025, 3, 1)
    revoked = Facts(signed_on=SIGNED, expires_on=ENDS, revoked_on=day)
    assert state_on(revoked, day - DAY) == State.VALID
    assert state_on(revoked, day) == State.REVOKED
    assert state_on(revoked, date(2030, 1, 1)) == State.REVOKED
    both = Facts(signed_on=SIGNED, expires_on=ENDS, revoked_on=day, annulled_on=day + DAY)
    assert state_on(both, day) == State.REVOKED
    assert state_on(both, day + DAY) == State.ANNULLED


def walk(facts: Facts, on: date, *, later_too: bool) -> State:
    """The slow obvious reference: live through every day and note what happens."""
    assert facts.signed_on is not None
    assert facts.expires_on is not None
    left = (facts.expires_on - facts.signed_on).days
    day, filed, past = facts.signed_on, False, 0
    state = State.NOT_YET
    ended = ""
    while day <= on:
        if day == facts.revoked_on:
            ended = ended or "revoked"
        if day == facts.annulled_on:
            ended = "annulled"
        if 120 <= left <= 180 and day == facts.filed_on:
            filed = True
        if left >= 0:
            state = State.VALID
            if not filed and left <= 180:
                state = State.WINDOW_OPEN if left >= 120 else State.WINDOW_MISSED
        else:
            past += 1
            law = facts.expires_on >= IN_FORCE and (facts.signed_on < IN_FORCE or later_too)
            if facts.extended_until is not None:
                stands = past <= 180 and day <= facts.extended_until
                state = State.EXTENDED if stands else State.EXPIRED
            elif past <= 180 and law and not filed:
                state = State.EXTENSION_UNCONFIRMED
            else:
                state = State.EXPIRED
        day += DAY
        left -= 1
    return {"revoked": State.REVOKED, "annulled": State.ANNULLED}.get(ended, state)


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    signed_on = draw(st.dates(date(2023, 1, 1), date(2027, 6, 30)))
    expires_on = expiry_of(signed_on)

    def near(low: int, high: int) -> date | None:
        days = draw(st.none() | st.integers(low, high))
        return None if days is None else expires_on + timedelta(days=days)

    return Facts(
        signed_on=signed_on,
        valid_from=draw(st.sampled_from([None, signed_on])),
        expires_on=expires_on,
        filed_on=near(-190, -110),
        extended_until=near(1, 200),
        revoked_on=near(-400, 200),
        annulled_on=near(-400, 200),
    )


@given(histories(), st.integers(-1200, 260), st.booleans())
def test_state_is_that_of_living_through_every_day(
    facts: Facts, offset: int, later_too: bool
) -> None:
    assert facts.expires_on is not None
    on = facts.expires_on + timedelta(days=offset)
    assert state_on(facts, on, later_too=later_too) == walk(facts, on, later_too=later_too)


def test_star_is_held_while_valid_or_extended_with_confirmation() -> None:
    assert {state for state in State if holds_star(state)} == {
        State.VALID,
        State.WINDOW_OPEN,
        State.WINDOW_MISSED,
        State.EXTENDED,
    }


@pytest.mark.parametrize("state", State)
def test_public_reads_expired_or_valid_as_the_state_counts(state: State) -> None:
    words = state_words(state)
    assert words.staff
    assert words.public.startswith("Còn hiệu lực") == holds_star(state)


def test_unconfirmed_extension_reads_as_expired() -> None:
    words = state_words(State.EXTENSION_UNCONFIRMED)
    assert words.public == "Hết hạn (chưa xác nhận kéo dài)"
    assert words.article == "khoản 3 Điều 12 Quyết định 26/2026/QĐ-TTg"
    assert state_words(State.EXPIRED).article == ""


def test_words_without_an_english_entry_stay_readable() -> None:
    with language.using("en"):
        assert state_words(State.VALID).staff
