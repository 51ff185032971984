"""How the numbers of an order are divided among states and lots, and how an act divides them anew.

Pure. Pieces of an order never overlap and together are its numbers, before and after every act.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ocop.traceability.intervals import Span, between, union


@dataclass(frozen=True, slots=True)
class Piece:
    """Numbers in a row that share their state, and their lot once they are active."""

    span: Span
    state: str
    lot: int | None = None
    activated_at: datetime | None = None

    @property
    def _kind(self) -> tuple[str, int | None, datetime | None]:
        return self.state, self.lot, self.activated_at


Change = Callable[[Piece], Piece]


def carved(pieces: Iterable[Piece], spans: Iterable[Span], change: Change) -> list[Piece]:
    """The pieces after `change` was done to the numbers of `spans`; the others stay. Neighbours
    that are alike become one. What the spans hold beyond the pieces is left out."""
    asked, found = union(spans), []
    for piece in sorted(pieces, key=_place):
        at = piece.span.first
        for span in asked:
            first, end = max(span.first, at), min(span.end, piece.span.end)
            if first >= end:
                continue
            if at < first:
                found.append(replace(piece, span=between(at, first)))
            found.append(change(replace(piece, span=between(first, end))))
            at = end
        if at < piece.span.end:
            found.append(replace(piece, span=between(at, piece.span.end)))
    return _joined(found)


def touched(pieces: Iterable[Piece], spans: Iterable[Span]) -> list[Piece]:
    """The pieces that hold a number of the spans."""
    asked = list(spans)
    return [
        piece
        for piece in pieces
        if any(s.first < piece.span.end and piece.span.first < s.end for s in asked)
    ]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.span.end == piece.span.first and last._kind == piece._kind:
            found[-1] = replace(last, span=between(last.span.first, piece.span.end))
        else:
            found.append(piece)
    return found


def _place(piece: Piece) -> int:
    return piece.span.first
