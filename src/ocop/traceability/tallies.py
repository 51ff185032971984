"""How many stamps of an order are where: every number counted once, so the counts are its total.

Pure. A stamp that is voided or lost is counted as that, whatever state its range is in; one that is
recalled or suspicious is still on goods and counted with its range.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ocop.traceability import lifecycle
from ocop.traceability.carving import Piece
from ocop.traceability.intervals import Span, difference, intersection, size, union


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by state without what is gone, the gone by kind, and of all what was said against."""

    states: Mapping[str, int]
    voided: int
    lost: int
    recalled: int
    suspicious: int

    @property
    def total(self) -> int:
        """All numbers of the order."""
        return sum(self.states.values()) + self.voided + self.lost


def tally(pieces: Iterable[Piece], exceptions: Iterable[tuple[str, Span]]) -> Tally:
    """Counts of an order. Numbers both voided and lost count as voided."""
    some = list(pieces)
    whole = [piece.span for piece in some]
    said: dict[str, list[Span]] = {kind: [] for kind in lifecycle.EXCEPTIONS}
    for kind, span in exceptions:
        said[kind].append(span)
    inside = {kind: intersection(whole, spans) for kind, spans in said.items()}
    voided = inside[lifecycle.VOIDED]
    gone = union([*voided, *inside[lifecycle.LOST]])
    states = {
        state: size(difference([p.span for p in some if p.state == state], gone))
        for state in lifecycle.RANGE.situations
    }
    return Tally(
        states,
        voided=size(voided),
        lost=size(difference(inside[lifecycle.LOST], voided)),
        recalled=size(inside[lifecycle.RECALLED]),
        suspicious=size(inside[lifecycle.SUSPICIOUS]),
    )
