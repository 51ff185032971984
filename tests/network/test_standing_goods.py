"""What may stand at a sales point on a day (Decision 950/QĐ-BCT, II.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.network.standing_goods import ALLOWED, WORDS, Facts, Verdict, verdict
from ocop.recognition.validity import HOLDING, State

TODAY = date(2026, 11, 23)
NAMED = ((date(2026, 1, 1), None),)


@pytest.mark.parametrize("stars", [3, 4, 5])
@pytest.mark.parametrize("state", sorted(HOLDING))
def test_goods_with_a_valid_star_of_three_or_more_may_stand(stars: int, state: State) -> None:
    assert verdict(Facts(stars, state), TODAY) == Verdict.STAR


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("expired", Verdict.EXPIRED),
        ("extension_unconfirmed", Verdict.EXPIRED),
        ("revoked", Verdict.REVOKED),
        ("annulled", Verdict.REVOKED),
        ("unknown", Verdict.UNKNOWN),
        ("not_yet", Verdict.NO_STAR),
        (None, Verdict.NO_STAR),
    ],
)
def test_goods_without_a_valid_star_leave_and_the_reason_is_told(
    state: str | None, told: Verdict
) -> None:
    assert verdict(Facts(4, state), TODAY) == told
    assert told not in ALLOWED


def test_goods_named_by_a_document_stand_without_a_star() -> None:
    assert verdict(Facts(None, None, listed=NAMED), TODAY) == Verdict.LISTED
    assert verdict(Facts(3, "expired", listed=NAMED), TODAY) == Verdict.LISTED


def test_goods_named_for_a_time_leave_on_the_day_it_ends() -> None:
    facts = Facts(None, None, listed=((TODAY - timedelta(days=9), TODAY),))
    assert verdict(facts, TODAY - timedelta(days=1)) == Verdict.LISTED
    assert verdict(facts, TODAY) == Verdict.NO_STAR
    assert verdict(facts, TODAY - timedelta(days=10)) == Verdict.NO_STAR


@given(
    stars=st.sampled_from([None, 3, 4, 5]),
    state=st.sampled_from([None, *State]),
    listed=st.sampled_from([(), NAMED]),
)
def test_what_is_not_made_any_more_never_stands(
    stars: int | None, state: str | None, listed: tuple[tuple[date, date | None], ...]
) -> None:
    assert verdict(Facts(stars, state, stopped=True, listed=listed), TODAY) == Verdict.STOPPED


def test_every_verdict_has_words() -> None:
    assert set(WORDS) == set(Verdict)
