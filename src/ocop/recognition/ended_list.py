"""What became of certified stars since their label was printed, as a signed list that a device
keeps and reads without a network.

The list is JSON: `version`, `at` (the moment it tells of) and for each kind of change two rows of
whole numbers: `numbers`, those of the recognitions in rising order, each told as the distance from
the one before, and `days`, since 2019-01-01 as in a label. It stands as text in an envelope with
the Ed25519 signature of the label's key over "ocop ended", a line feed and that text. It names
numbers alone: no product, no producer, no reason.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from ocop.core.transparency.notes import encode
from ocop.recognition.labels import FIRST_DAY

SPOKEN = b"ocop ended\n"
_VERSION = 1
_compact = json.JSONEncoder(separators=(",", ":")).encode


class Change(StrEnum):
    """What may become of a star while its label goes on being read."""

    REVOKED = "revoked"  # on
    ANNULLED = "annulled"  # on
    EXTENDED = "extended"  # last day of the extension
    REPLACED = "replaced"  # first day of the recognition that stands in its place


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of one recognition."""

    recognition: int
    change: Change
    day: date


def text_of(changes: Iterable[Changed], *, at: datetime) -> str:
    """The list as text, told of a moment."""
    rows = sorted((row.change, row.recognition, (row.day - FIRST_DAY).days) for row in changes)
    told: dict[str, object] = {"version": _VERSION, "at": at.isoformat(timespec="minutes")}
    for change in Change:
        found = [(number, day) for kind, number, day in rows if kind == change]
        numbers = [0, *(number for number, _day in found)]
        told[change.value] = {
            "numbers": [after - before for before, after in pairwise(numbers)],
            "days": [day for _number, day in found],
        }
    return _compact(told)


def sealed(text: str, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The list in its envelope."""
    signature = encode(sign(SPOKEN + text.encode()))
    return _compact({"list": text, "key": encode(public), "signature": signature})
