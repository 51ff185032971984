"""Merging what a member wrote in several places, with and without a network.

Each thing on a sheet has the client's time of its last change, in milliseconds since 1970. The
newest change of each thing wins, whatever the order in which they arrive; nothing else is lost.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

GATE = "gate:"
OPINION = "opinion"
REASON = "rescoring_reason"
WANTS_MEETING = "wants_meeting"


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion as the member left it: points, or None when taken back, and a comment, or None
    when the comment that is there stays.

    Without a stamp of its own it has that of the sending.
    """

    points: int | None
    comment: str | None = ""
    stamp: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a sheet and the client's time of its last change."""

    stamp: int
    value: Any


Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Content:
    """What a member wrote on a sheet, as its row holds it."""

    marks: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    gates: Mapping[str, bool] = field(default_factory=dict)
    stamps: Mapping[str, int] = field(default_factory=dict)
    opinion: str = ""
    rescoring_reason: str = ""
    wants_meeting: bool = False


def merge(mine: Entries, theirs: Entries) -> dict[str, Entry]:
    """Both together: of each thing the newest. Commutative, associative and idempotent."""
    merged = dict(mine)
    for key, entry in theirs.items():
        merged[key] = max(merged.get(key, entry), entry, key=_rank)
    return merged


def entries_of(content: Content) -> dict[str, Entry]:
    """A sheet as entries; what has no stamp counts as older than everything."""
    stamps = content.stamps
    codes = {
        *content.marks,
        *content.comments,
        *(key for key in stamps if not _is_other(key)),
    }
    found = {
        code: Entry(stamps.get(code, 0), [content.marks.get(code), content.comments.get(code, "")])
        for code in codes
    }
    gates = {*content.gates, *(key[len(GATE) :] for key in stamps if key.startswith(GATE))}
    for gate in gates:
        found[GATE + gate] = Entry(stamps.get(GATE + gate, 0), content.gates.get(gate))
    for key in (OPINION, REASON, WANTS_MEETING):
        if key in stamps or getattr(content, key):
            found[key] = Entry(stamps.get(key, 0), getattr(content, key))
    return found


def content_of(entries: Entries) -> Content:
    """Entries as a sheet; what was taken back leaves only its stamp."""
    marks, comments, gates, other = {}, {}, {}, {}
    for key, entry in entries.items():
        if key.startswith(GATE):
            if entry.value is not None:
                gates[key[len(GATE) :]] = entry.value
        elif _is_other(key):
            other[key] = entry.value
        else:
            points, comment = entry.value
            if points is not None:
                marks[key] = points
            if comment:
                comments[key] = comment
    return Content(
        marks, comments, gates, {key: entry.stamp for key, entry in entries.items()}, **other
    )


def brought(
    changes: Mapping[str, Change],
    gates: Mapping[str, bool | None],
    others: Mapping[str, str | bool | None],
    *,
    stamp: int | None,
    latest: int,
    kept: Mapping[str, int] | None = None,
    comments: Mapping[str, str] | None = None,
) -> dict[str, Entry]:
    """What a client sends, as entries. `stamp` is that of all that has none of its own.

    A clock that runs ahead is set back to `latest`, the server's time: else it would win for ever.
    What has no stamp at all is said now: newer than what is `kept`, the sheet's stamps. `comments`
    are those of the sheet: they stay where a change has none.
    """
    held, said = kept or {}, comments or {}

    def at(key: str, own: int | None) -> int:
        told = stamp if own is None else own
        return max(latest, held.get(key, -1) + 1) if told is None else min(told, latest)

    found = {
        code: Entry(
            at(code, change.stamp),
            [change.points, said.get(code, "") if change.comment is None else change.comment],
        )
        for code, change in changes.items()
    }
    found |= {GATE + gate: Entry(at(GATE + gate, None), yes) for gate, yes in gates.items()}
    found |= {
        key: Entry(at(key, None), value) for key, value in others.items() if value is not None
    }
    return found


def _is_other(key: str) -> bool:
    return key.startswith(GATE) or key in (OPINION, REASON, WANTS_MEETING)


def _rank(entry: Entry) -> tuple[int, bool, str]:
    """Of two changes at one moment a mark beats none; else any may win, but always the same."""
    value = entry.value[0] if isinstance(entry.value, list) else entry.value
    return entry.stamp, value is not None, json.dumps(entry.value, ensure_ascii=False)
