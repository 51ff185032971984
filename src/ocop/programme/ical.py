"""An agenda as iCalendar (RFC 5545), for the calendars people carry with them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from ocop.programme.entries import Entry

_LINE = 75  # octets, RFC 5545 section 3.1


def calendar(entries: Iterable[Entry], *, name: str, base: str, at: datetime) -> bytes:
    """The calendar of a person. `base` is the address of this system, without a slash at its end.

    A sitting stands at its hour, a deadline on its whole day. A sitting that was called off stays
    with the status CANCELLED, so that the calendar takes it away.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OCOP//ocop//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *(line for entry in entries for line in _event(entry, base, at)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, base: str, at: datetime) -> Iterator[str]:
    host = base.split("://", 1)[-1].split("/", 1)[0]
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}@{host}"
    yield f"DTSTAMP:{_moment(at)}"
    if entry.starts_at is not None:
        yield f"DTSTART:{_moment(entry.starts_at)}"
        if entry.ends_at is not None:
            yield f"DTEND:{_moment(entry.ends_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{(entry.until or entry.on) + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"  # a deadline keeps nobody from other things
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.detail:
        yield f"DESCRIPTION:{_text(entry.detail)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    yield f"URL:{base}{entry.link}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Text as section 3.3.11 wants it: no line can end and no other begin inside."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(sign, written)
    return "".join(sign for sign in kept if sign.isprintable())


def _folded(line: str) -> bytes:
    """A line in pieces of 75 octets at most, no sign taken apart."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"
