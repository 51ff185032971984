"""Pieces of an order against a list that holds the state of every stamp."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.carving import Piece, carved, touched
from ocop.traceability.intervals import Span

FIRST, COUNT = 100, 40
STATES = ("ordered", "printed", "active")
ACTS = st.lists(
    st.tuples(
        st.lists(
            st.builds(Span, st.integers(FIRST - 5, FIRST + COUNT + 5), st.integers(1, 15)),
            min_size=1,
            max_size=3,
        ),
        st.sampled_from(STATES),
    ),
    max_size=12,
)


def stamps(pieces: list[Piece]) -> dict[int, str]:
    return {n: p.state for p in pieces for n in range(p.span.first, p.span.end)}


@given(ACTS)
def test_pieces_are_always_all_numbers_once_and_as_the_acts_left_them(
    acts: list[tuple[list[Span], str]],
) -> None:
    pieces = [Piece(Span(FIRST, COUNT), "ordered")]
    slow = dict.fromkeys(range(FIRST, FIRST + COUNT), "ordered")
    for spans, state in acts:
        pieces = carved(pieces, spans, lambda piece, to=state: replace(piece, state=to))
        for span in spans:
            slow |= {n: state for n in range(span.first, span.end) if n in slow}
        assert sum(piece.span.count for piece in pieces) == COUNT
        assert stamps(pieces) == slow
        assert [p.span.first for p in pieces] == sorted(p.span.first for p in pieces)
        neighbours = pairwise(pieces)
        assert all(a.state != b.state for a, b in neighbours)  # alike ones are one


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(0, 70), st.integers(1, 9))
def test_touched_are_the_pieces_that_hold_a_number(
    counts: list[int], first: int, count: int
) -> None:
    pieces, at = [], 0
    for each in counts:
        pieces.append(Piece(Span(at, each), "printed"))
        at += each
    asked = set(range(first, first + count))
    expected = [p for p in pieces if asked & set(range(p.span.first, p.span.end))]
    assert touched(pieces, [Span(first, count)]) == expected


def test_neighbours_of_different_lots_stay_apart() -> None:
    pieces = [Piece(Span(0, 10), "delivered")]
    for first, lot in ((0, 1), (5, 2)):
        pieces = carved(
            pieces, [Span(first, 5)], lambda p, lot=lot: replace(p, state="active", lot=lot)
        )
    assert [(p.span, p.lot) for p in pieces] == [(Span(0, 5), 1), (Span(5, 5), 2)]
