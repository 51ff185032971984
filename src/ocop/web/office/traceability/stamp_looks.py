"""How orders, ranges, exceptions and files of stamps look: a word, a tone and a shape."""

import json
from typing import Any

from ocop.core.jobs.files import JobState
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.traceability import lifecycle, stamp_lists
from ocop.traceability.carving import Piece
from ocop.traceability.intervals import Span
from ocop.traceability.lifecycle import Machine
from ocop.traceability.log_places import entries_of
from ocop.traceability.models import (
    ExceptionKind,
    Lot,
    StampException,
    StampOrder,
    StampPrint,
)
from ocop.traceability.stamp_queries import pieces_of, span_of, tally_of
from ocop.traceability.standing import Standing
from ocop.web.log_words import WORDS, detail

ROWS_SHOWN = 200
_TONES: dict[str, tuple[str, str]] = {
    lifecycle.REQUESTED: ("due", "clock"),
    lifecycle.APPROVED: ("ok", "check"),
    lifecycle.REFUSED: ("bad", "cross"),
    lifecycle.WITHDRAWN: ("flat", "minus"),
    lifecycle.ORDERED: ("due", "clock"),
    lifecycle.PRINTED: ("due", "forward"),
    lifecycle.DELIVERED: ("due", "question"),
    lifecycle.ACTIVE: ("ok", "check"),
    lifecycle.CLOSED: ("flat", "minus"),
    lifecycle.VOIDED: ("flat", "ban"),
    lifecycle.LOST: ("bad", "question"),
    lifecycle.RECALLED: ("bad", "cross"),
    lifecycle.SUSPICIOUS: ("bad", "warning"),
}
_PRINTS: dict[str, tuple[str, str]] = {
    JobState.WAITING: ("due", "clock"),
    JobState.WORKING: ("due", "forward"),
    JobState.READY: ("ok", "check"),
    JobState.FAILED: ("bad", "cross"),
    JobState.REMOVED: ("flat", "minus"),
}


def state_tag(machine: Machine, state: str, *, producer: bool = False) -> dict[str, Any]:
    """The chip of a state, in the staff's words or the producer's."""
    tone, shape = _TONES[state]
    situation = machine.situations[state]
    words = situation.producer if producer else situation.staff
    return {"words": kernel(words), "tone": tone, "shape": shape}


def kind_tag(kind: str) -> dict[str, Any]:
    """The chip of an exception."""
    tone, shape = _TONES[kind]
    return {"words": ExceptionKind(kind).label, "tone": tone, "shape": shape}


def print_tag(made: StampPrint) -> dict[str, Any]:
    """The chip of a file."""
    tone, shape = _PRINTS[made.state]
    return {"words": JobState(made.state).label, "tone": tone, "shape": shape}


def order_tag(order: StampOrder, *, producer: bool = False) -> dict[str, Any]:
    """The chip of an order: of an approved one that of the first step that waits, by the counts
    that `stamp_queries.for_lists` adds."""
    if order.state != lifecycle.APPROVED:
        return state_tag(lifecycle.ORDER, order.state, producer=producer)
    for state in lifecycle.RANGE.situations:
        count = getattr(order, f"in_{state}", 0)
        if count:
            tag = state_tag(lifecycle.RANGE, state, producer=producer)
            return tag if count == order.quantity else _part(tag, count, order.quantity)
    return state_tag(lifecycle.ORDER, order.state, producer=producer)


def _part(tag: dict[str, Any], count: int, whole: int) -> dict[str, Any]:
    """A chip that is true of some stamps of an order only."""
    told = {"words": tag["words"], "count": write_number(count), "whole": write_number(whole)}
    return tag | {"words": kernel("%(words)s: %(count)s trên %(whole)s") % told}


def reading(order: StampOrder, *, producer: bool = False) -> dict[str, Any]:
    """What the pages of the office and of the producer show of an order."""
    if order.state != lifecycle.APPROVED:
        return {"order": order, "tag": order_tag(order, producer=producer)}
    whole, pieces = span_of(order), pieces_of(order)
    lots = Lot.objects.in_bulk({piece.lot for piece in pieces if piece.lot})
    said = order.exceptions.filter(lifted_at=None).order_by("-at", "first")
    return {
        "order": order,
        "tag": state_tag(lifecycle.ORDER, order.state, producer=producer),
        "counts": _counts(order, producer=producer),
        "pieces": [
            (
                stamp_lists.written([piece.span], whole),
                piece.span.count,
                state_tag(lifecycle.RANGE, piece.state, producer=producer),
                lots.get(piece.lot) if piece.lot else None,
                piece.activated_at,
            )
            for piece in pieces[:ROWS_SHOWN]
        ],
        "more_pieces": max(0, len(pieces) - ROWS_SHOWN),
        "said": [_said(row, whole) for row in said[:ROWS_SHOWN]],
        "more_said": max(0, said.count() - ROWS_SHOWN),
    }


def in_log(order: StampOrder) -> dict[str, Any]:
    """What the public log tells of an order, the newest last; `count` of all."""
    entries = entries_of(order)
    lines = [
        (each.index, WORDS[each.form], detail(json.loads(each.leaf)), each.event.at)
        for each in entries[:ROWS_SHOWN]
    ]
    return {"lines": lines, "more": len(entries) - len(lines)}


def waiting_in(pieces: list[Piece], move: str) -> list[Span]:
    """The numbers a move may be done to, for forms that propose them."""
    sources = lifecycle.RANGE.moves[move].sources
    return [piece.span for piece in pieces if piece.state in sources]


def _counts(order: StampOrder, *, producer: bool) -> list[tuple[dict[str, Any], int]]:
    """How many stamps are where; every one once."""
    told = tally_of(order)
    found = [
        (state_tag(lifecycle.RANGE, state, producer=producer), count)
        for state, count in told.states.items()
        if count
    ]
    gone = ((lifecycle.VOIDED, told.voided), (lifecycle.LOST, told.lost))
    return found + [(kind_tag(kind), count) for kind, count in gone if count]


def _said(row: StampException, whole: Span) -> tuple[StampException, dict[str, Any], str, str]:
    span, ours = Span(row.first, row.count), (lifecycle.SPOILED, lifecycle.MISSING)
    reason = kernel(row.reason) if row.reason in ours else row.reason
    return row, kind_tag(row.kind), stamp_lists.written([span], whole), reason


def standing_tags(standing: Standing) -> list[dict[str, Any]]:
    """What one stamp is: what was said of it, then where its range is."""
    if standing.range is None:
        return []
    tags = [kind_tag(kind) for kind in lifecycle.EXCEPTIONS if kind in standing.exceptions]
    return [*tags, state_tag(lifecycle.RANGE, standing.range.state)]
