"""What a stamp is, against tables that hold every stamp."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability import lifecycle
from ocop.traceability.intervals import Span
from ocop.traceability.standing import Book, ExceptionFact, RangeFact, Standing, standing_of

KINDS = sorted(lifecycle.EXCEPTIONS)
STATES = sorted(lifecycle.RANGE.situations)


@st.composite
def ranges(draw: st.DrawFn) -> list[RangeFact]:
    """Ranges of two keys that do not overlap, with gaps between some."""
    found = []
    for version in (0, 3):
        at = 0
        for n in range(draw(st.integers(0, 6))):
            at += draw(st.integers(0, 4))
            count = draw(st.integers(1, 8))
            state = draw(st.sampled_from(STATES))
            found.append(RangeFact(version, Span(at, count), state, order=n, item=n))
            at += count
    return draw(st.permutations(found))


EXCEPTIONS = st.lists(
    st.builds(
        ExceptionFact,
        st.sampled_from([0, 3]),
        st.builds(Span, st.integers(0, 60), st.integers(1, 30)),
        st.sampled_from(KINDS),
    ),
    max_size=8,
)


@given(ranges(), EXCEPTIONS)
def test_every_number_stands_as_its_range_and_exceptions_say(
    some: list[RangeFact], said: list[ExceptionFact]
) -> None:
    book = Book(some, said)
    for version in (0, 1, 3):
        for number in range(80):
            inside = [f for f in some if f.version == version and number in f.span]
            kinds = {e.kind for e in said if e.version == version and number in e.span}
            found = book.standing(version, number)
            if not inside:
                assert found == Standing(None)
                assert not found.is_issued
                assert found.word == ""
            else:
                assert found == Standing(inside[0], frozenset(kinds))
                assert found.is_active == (inside[0].state == "active" and not kinds)
                assert found.word in (kinds or {inside[0].state})


def test_the_gravest_is_said_first() -> None:
    some = [RangeFact(0, Span(0, 5), "active", 1, 1, lot=7)]
    said = [ExceptionFact(0, Span(2, 1), "suspicious"), ExceptionFact(0, Span(0, 5), "recalled")]
    assert standing_of(0, 2, some, said).word == "recalled"
    assert standing_of(0, 2, some, said[:1]).word == "suspicious"
    assert standing_of(0, 3, some, said[:1]).word == "active"
    assert standing_of(0, 3, some, said[:1]).is_active
    assert standing_of(0, 5, some, said).word == ""


def test_a_number_of_another_key_is_not_issued() -> None:
    assert not standing_of(1, 2, [RangeFact(0, Span(0, 5), "active", 1, 1)], []).is_issued
