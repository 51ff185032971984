"""By which road a product comes back: kind, state of its star, day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.dossiers.models import Road
from ocop.dossiers.standing import AfterExpiry, Star, judged_in_writing, may_begin, road_for
from ocop.recognition.validity import Facts, State, state_on

EXPIRES = date(2027, 6, 30)
MEETING, WRITTEN, FIRST = AfterExpiry.MEETING, AfterExpiry.WRITTEN, AfterExpiry.FIRST


def star(state: State, stars: int = 4) -> Star:
    return Star(stars, state, None if state is State.UNKNOWN else EXPIRES)


def road(kind: str, held: Star | None, **more: object) -> str:
    return road_for(kind, held, **{"after_expiry": MEETING, **more})


def refusal(kind: str, held: Star | None, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        road(kind, held, **more)
    return refused.value.code


@pytest.mark.parametrize(
    ("days_before", "answer"),
    [
        (181, "too_early"),
        (180, "regular"),
        (120, "regular"),
        (119, "extended"),
        (0, "extended"),
        (-1, "expired"),
        (-180, "expired"),
        (-400, "expired"),
    ],
)
def test_reevaluation_by_day_before_the_last_valid_day(days_before: int, answer: str) -> None:
    on = EXPIRES - timedelta(days=days_before)
    facts = Facts(signed_on=date(2024, 6, 30), expires_on=EXPIRES)
    held = Star(3, state_on(facts, on), EXPIRES)
    try:
        found = road("reevaluation", held)
    except Refused as refused:
        found = refused.code
    assert found == answer


def test_reevaluation_during_a_confirmed_extension_is_extended() -> None:
    facts = Facts(expires_on=EXPIRES, extended_until=EXPIRES + timedelta(days=90))
    state = state_on(facts, EXPIRES + timedelta(days=30))
    assert road("reevaluation", star(state)) == "extended"


def test_the_refusal_of_an_early_one_names_the_window() -> None:
    with pytest.raises(Refused) as refused:
        road("reevaluation", star(State.VALID))
    assert "01/01/2027" in refused.value.message
    assert "02/03/2027" in refused.value.message


def test_upgrade_comes_from_a_held_star_below_five_only() -> None:
    for state in (State.VALID, State.WINDOW_OPEN, State.WINDOW_MISSED):
        assert road("upgrade", star(state)) == "regular"
    assert road("upgrade", star(State.EXTENDED)) == "extended"
    assert refusal("upgrade", star(State.VALID, 5)) == "top_star"
    for state in (State.EXPIRED, State.EXTENSION_UNCONFIRMED, State.NOT_YET):
        assert refusal("upgrade", star(state)) == "star_not_held"
    assert refusal("upgrade", None) == "never_ranked"
    assert refusal("upgrade", star(State.REVOKED)) == "never_ranked"


def test_first_time_is_for_products_without_a_star() -> None:
    assert road("first", None) == "regular"
    assert road("first", star(State.REVOKED)) == "regular"
    assert refusal("first", star(State.VALID)) == "already_ranked"
    assert refusal("first", star(State.EXPIRED)) == "already_ranked"
    assert refusal("first", star(State.UNKNOWN)) == "already_ranked"


@pytest.mark.parametrize(
    ("held", "upgrade", "again"),
    [
        (star(State.WINDOW_OPEN), True, True),
        (star(State.WINDOW_OPEN, 5), False, True),
        (star(State.VALID), True, False),
        (star(State.VALID, 5), False, False),
        (star(State.EXPIRED), False, True),
        (star(State.EXTENSION_UNCONFIRMED), False, True),
        (star(State.NOT_YET), False, False),
        (star(State.UNKNOWN), False, False),
    ],
)
def test_first_time_is_refused_with_what_is_possible(
    held: Star, *, upgrade: bool, again: bool
) -> None:
    told = may_begin("first", held, after_expiry=MEETING)
    assert f"{held.stars} sao" in told
    assert ("chọn nâng hạng" in told) == upgrade
    assert ("đánh giá lại." in told) == again
    for kind, possible in (("upgrade", upgrade), ("reevaluation", again)):
        assert (may_begin(kind, held, after_expiry=MEETING) == "") == possible


def test_upgrade_waits_for_a_star_that_is_not_valid_yet() -> None:
    told = may_begin("upgrade", star(State.NOT_YET), after_expiry=MEETING)
    assert "chờ đến ngày có hiệu lực" in told
    assert "đánh giá lại" not in told
    assert refusal("upgrade", star(State.NOT_YET, 5)) == "top_star"
    told = may_begin("upgrade", star(State.EXPIRED), after_expiry=FIRST)
    assert told.endswith("Hãy chọn lần đầu.")


@given(
    st.sampled_from(["first", "upgrade", "reevaluation"]),
    st.one_of(st.none(), st.builds(star, st.sampled_from(State), st.sampled_from([3, 4, 5]))),
    st.sampled_from(AfterExpiry),
)
def test_what_a_refusal_advises_is_possible(
    kind: str, held: Star | None, after: AfterExpiry
) -> None:
    told = may_begin(kind, held, after_expiry=after).partition("Hãy chọn")[2]
    for other, words in (
        ("first", "lần đầu"),
        ("upgrade", "nâng hạng"),
        ("reevaluation", "đánh giá lại"),
    ):
        if words in told:
            assert may_begin(other, held, after_expiry=after) == "", told


def test_the_province_says_how_an_expired_star_comes_back() -> None:
    expired = star(State.EXPIRED)
    assert road("first", expired, after_expiry=FIRST) == "expired"
    assert refusal("reevaluation", expired, after_expiry=FIRST) == "comes_as_first"
    assert road("reevaluation", expired, after_expiry=WRITTEN) == "expired"
    assert not judged_in_writing("reevaluation", "expired", after_expiry=MEETING)
    assert judged_in_writing("reevaluation", "expired", after_expiry=WRITTEN)
    assert judged_in_writing("reevaluation", "extended", after_expiry=MEETING)
    assert not judged_in_writing("upgrade", "regular", after_expiry=MEETING)


def test_where_validity_is_unknown_an_officer_says_the_road() -> None:
    unknown = star(State.UNKNOWN)
    assert refusal("reevaluation", unknown) == "validity_unknown"
    assert road("reevaluation", unknown, chosen="extended") == "extended"
    assert road("upgrade", unknown, chosen="regular") == "regular"


@given(
    st.sampled_from(["first", "upgrade", "reevaluation"]),
    st.one_of(st.none(), st.builds(star, st.sampled_from(State), st.sampled_from([3, 4, 5]))),
    st.sampled_from(AfterExpiry),
)
def test_every_case_is_a_road_or_a_sentence(
    kind: str, held: Star | None, after: AfterExpiry
) -> None:
    words = may_begin(kind, held, after_expiry=after)
    if words:
        assert words.endswith((".", "!"))
    else:
        found = road_for(kind, held, after_expiry=after)
        assert found in ("regular", "extended", "expired")


@given(st.sampled_from(State), st.sampled_from([3, 4, 5]))
def test_a_known_star_always_has_a_way_to_stay_or_a_day_to_wait_for(
    state: State, stars: int
) -> None:
    """Nobody is left without a road: some kind begins, or the refusal says from which day."""
    held = star(state, stars)
    kinds = ("first", "upgrade", "reevaluation")
    words = [may_begin(kind, held, after_expiry=MEETING) for kind in kinds]
    # What is replaced never rules a product: the later recognition does.
    waits = state in (State.UNKNOWN, State.NOT_YET, State.REPLACED)
    assert "" in words or waits or (stars == 5 and state is State.VALID)


def test_the_road_past_the_window_is_not_called_an_extension() -> None:
    """Art. 12.3: whoever missed the window keeps the certificate until the authority decides; an
    extension is another thing, which an officer confirms."""
    assert road("reevaluation", star(State.WINDOW_MISSED)) == Road.EXTENDED
    assert Road.EXTENDED.label == "Quá thời hạn nộp hồ sơ (khoản 3 Điều 12)"
