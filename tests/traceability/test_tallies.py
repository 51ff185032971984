"""Counts of an order: every stamp once."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability import lifecycle
from ocop.traceability.carving import Piece
from ocop.traceability.intervals import Span
from ocop.traceability.tallies import tally

STATES = list(lifecycle.RANGE.situations)


@given(
    st.lists(st.tuples(st.integers(1, 10), st.sampled_from(STATES)), min_size=1, max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from(list(lifecycle.EXCEPTIONS)),
            st.builds(Span, st.integers(0, 60), st.integers(1, 20)),
        ),
        max_size=6,
    ),
)
def test_counts_are_those_of_every_stamp_looked_at_alone(
    parts: list[tuple[int, str]], said: list[tuple[str, Span]]
) -> None:
    pieces, at = [], 0
    for count, state in parts:
        pieces.append(Piece(Span(at, count), state))
        at += count
    slow = dict.fromkeys([*STATES, "voided", "lost", "recalled", "suspicious"], 0)
    for piece in pieces:
        for number in range(piece.span.first, piece.span.end):
            kinds = {kind for kind, span in said if number in span}
            slow["recalled"] += "recalled" in kinds
            slow["suspicious"] += "suspicious" in kinds
            if "voided" in kinds:
                slow["voided"] += 1
            elif "lost" in kinds:
                slow["lost"] += 1
            else:
                slow[piece.state] += 1
    found = tally(pieces, said)
    assert dict(found.states) == {state: slow[state] for state in STATES}
    assert (found.voided, found.lost) == (slow["voided"], slow["lost"])
    assert (found.recalled, found.suspicious) == (slow["recalled"], slow["suspicious"])
    assert found.total == at
