"""The one rule of what a decision takes (`recognition.taking`).

Art. 8 and 10.1b, Decision 26/2026/QĐ-TTg: a revocation takes the star that it names, an annulment
makes that one as if it had never been. Nothing in either gives a decision another star.
"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ocop.recognition.taking import Star, Void, counting, heir

_FIRST = date(2024, 1, 1)
_days = st.integers(0, 40).map(lambda n: _FIRST + timedelta(days=n))


@st.composite
def products(draw: st.DrawFn) -> list[Star]:
    """The stars of a product: days as somebody typed them, acts in an order of their own."""
    size = draw(st.integers(1, 6))
    acts = draw(st.permutations(range(1, 2 * size + 1)))
    made = []
    for key in range(size):
        began = draw(st.none() | _days)
        void = draw(st.sampled_from((None, None, Void.ANNULLED, Void.MISTAKEN)))
        came, fell = sorted(acts[2 * key : 2 * key + 2])
        place = (draw(st.integers(0, 1)), began or date.min, key)
        made.append(Star(key, place, began, void, came, fell if void else 0))
    return made


@given(products(), _days)
def test_one_star_counts_on_a_day_and_none_stands_above_it(stars: list[Star], on: date) -> None:
    found = counting(stars, on)
    begun = [s for s in stars if s.void is None and s.begun(on)]
    assert (found is None) is (not begun)
    for star in begun:
        assert found is not None
        assert star.place <= found.place


@given(products(), _days)
def test_what_came_beside_a_star_while_it_counted_is_never_taken(
    stars: list[Star], on: date
) -> None:
    for named in stars:
        taken = heir(named, on, stars)
        if taken is not None and taken.place > named.place:
            assert named.void is Void.MISTAKEN
            assert taken.came > named.fell


@given(products(), _days)
def test_an_annulment_takes_nothing_that_was_decided_later(stars: list[Star], on: date) -> None:
    for star in stars:
        named = replace(star, void=Void.ANNULLED, fell=0)
        taken = heir(named, on, stars)
        assert taken is None or taken.place < named.place


@given(products(), _days)
def test_only_what_counts_on_the_day_without_the_named_one_is_taken(
    stars: list[Star], on: date
) -> None:
    for named in stars:
        taken = heir(named, on, stars)
        if taken is not None:
            assert taken == counting([s for s in stars if s.key != named.key], on)
            assert taken.void is None
            assert taken.begun(on)


@given(products(), _days)
def test_a_star_that_stands_leaves_nothing(stars: list[Star], on: date) -> None:
    for star in stars:
        assert heir(replace(star, void=None), on, stars) is None


@given(products(), _days, _days)
def test_a_later_day_never_reaches_back_below_what_an_earlier_one_took(
    stars: list[Star], one: date, other: date
) -> None:
    """Of two revocations of a void star the later takes the same star or one that began since."""
    early, late = sorted((one, other))
    for named in stars:
        first, second = heir(named, early, stars), heir(named, late, stars)
        if first is not None and second is not None:
            assert second.place >= first.place


@given(products(), _days)
def test_no_star_stands_up_over_the_revocation_of_a_void_one(stars: list[Star], on: date) -> None:
    """Whoever counts on the day once the named star is void was taken, or stands there by a
    decision of its own: it replaced the named star."""
    for named in stars:
        if named.void is not Void.ANNULLED:
            continue
        now = counting(stars, on)
        assert now is None or now == heir(named, on, stars) or now.place > named.place


def test_the_true_record_is_taken_wherever_its_day_puts_it() -> None:
    wrong = Star(1, (1, _FIRST, 1), _FIRST, Void.MISTAKEN, came=1, fell=5)
    true = Star(2, (1, _FIRST + timedelta(days=1), 2), _FIRST + timedelta(days=1), came=6)
    beside = replace(true, came=4)
    on = _FIRST + timedelta(days=9)
    assert heir(wrong, on, [wrong, true]) == true
    assert heir(wrong, on, [wrong, beside]) is None
    assert heir(replace(wrong, void=Void.ANNULLED), on, [wrong, true]) is None
