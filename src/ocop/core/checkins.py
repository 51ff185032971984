"""Who came in, noted at several gates by devices that may have no network, and merged later.

A ticket is a public code. A device notes each showing of a ticket with an identifier of its own
making, so that sending twice adds nothing. Merging does not mind in what order devices send: of
all showings of one ticket the earliest is the entry, the others are repeats.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ocop.core.codes import ALPHABET
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

LENGTH = 8  # signs of a ticket, as of every public code
MOST_AT_ONCE = 500  # showings in one sending
EARLIEST = 1900  # the year of the slowest clock; before it days cannot be told apart
MOST_OF_A_NAME = 40  # characters of the name of a gate or a device
#: A clock that differs from ours by more is set right; less is the time that sending takes.
CLOCK_OFF = timedelta(minutes=2)

_BETWEEN = re.compile(r"[\s-]+")
_ALIKE = str.maketrans("oil", "011")  # Crockford: what is easily read wrong means one thing


@dataclass(frozen=True, slots=True, order=True)
class CheckIn:
    """One showing of a ticket at a gate. `id` is made by the device."""

    at: datetime
    id: UUID
    ticket: str
    gate: str
    device: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The entry of each ticket, and the showings after it, in order of time."""

    entries: Mapping[str, CheckIn]
    repeats: tuple[CheckIn, ...]


def ticket_in(text: str) -> str:
    """The ticket at the end of an address, or typed by hand; empty when there is none."""
    end = text.strip().split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
    read = _BETWEEN.sub("", end).lower().translate(_ALIKE)
    return read if len(read) == LENGTH and set(read) <= set(ALPHABET) else ""


def merge(*told: Iterable[CheckIn]) -> Merged:
    """What came of all that several devices told, in whatever order and however often.

    Of two showings at the same moment the smaller identifier is the entry. Where one identifier
    comes with different contents the earlier one counts.
    """
    once: dict[UUID, CheckIn] = {}
    for some in told:
        for record in some:
            once[record.id] = min(record, once.get(record.id, record))
    entries: dict[str, CheckIn] = {}
    repeats = []
    for record in sorted(once.values()):
        if record.ticket in entries:
            repeats.append(record)
        else:
            entries[record.ticket] = record
    return Merged(entries, tuple(repeats))


def on_our_clock(at: datetime, *, sent_at: datetime, received_at: datetime) -> datetime:
    """When something happened, by our clock: `at` and `sent_at` were read from the device's.

    Nothing happens after it was received.
    """
    off = received_at - sent_at
    return min(at + off if abs(off) > CLOCK_OFF else at, received_at)


def read_sending(told: object, *, received_at: datetime) -> list[CheckIn]:
    """What a device sent: `{device, sent_at, records: [{id, ticket, gate, at}]}`.

    Refused as a whole where it is not of this form; a ticket that is none stays as it was written,
    for whoever knows the tickets to answer.
    """
    try:
        return _read(told, received_at)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Refused(
            "checkins_malformed",
            _("Không đọc được lượt điểm danh máy gửi lên. Hãy tải lại trang rồi gửi lại."),
        ) from error


def _read(told: object, received_at: datetime) -> list[CheckIn]:
    if not isinstance(told, dict):
        raise TypeError("not an object")
    device, sent_at = _name(told["device"]), _moment(told["sent_at"])
    records = told["records"]
    if not isinstance(records, list) or len(records) > MOST_AT_ONCE:
        raise ValueError("too many records, or none")
    return [
        CheckIn(
            _counted(on_our_clock(_moment(each["at"]), sent_at=sent_at, received_at=received_at)),
            UUID(each["id"]),
            ticket_in(each["ticket"]) or _shown(each["ticket"]),
            _name(each["gate"]),
            device,
        )
        for each in records
    ]


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > MOST_OF_A_NAME or not name.isprintable():
        raise ValueError("a name too long, or of signs that cannot be shown")
    return name


def _shown(text: str) -> str:
    """What was typed and is no ticket, without signs that no database takes."""
    return "".join(sign for sign in text[:MOST_OF_A_NAME] if sign.isprintable())


def _counted(moment: datetime) -> datetime:
    if moment.year < EARLIEST:
        raise ValueError("a moment at the edge of the calendar")
    return moment


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment
