"""A request as the resolver looks at it: the few things of it that matter, read once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

from ocop.traceability import negotiation, visitors

_WANTED = {
    b"accept": 0,
    b"accept-language": 1,
    b"accept-encoding": 2,
    b"user-agent": 3,
    b"x-forwarded-for": 4,
}
if settings.OCOP_PLACE_HEADER:
    _WANTED[settings.OCOP_PLACE_HEADER.encode()] = 5
_REMEMBERED = 2_000  # headers; browsers send few different ones


class Asked(NamedTuple):
    """What was sent, percent-encoded as it came."""

    method: str
    path: str
    query: str
    accept: str
    languages: str
    packed: bool  # gzip is understood
    agent: bytes
    address: str
    place: str


def read(scope: Mapping[str, Any]) -> Asked:
    """What a scope of ASGI holds."""
    values: list[bytes] = [b"", b"", b"", b"", b"", b""]
    wanted = _WANTED.get
    for name, value in scope["headers"]:
        at = wanted(name)
        if at is not None:
            values[at] = value if not values[at] else values[at] + b"," + value
    accept, languages, encodings, agent, forwarded, place = values
    client = scope.get("client")
    address = client[0] if client else ""
    if settings.OCOP_PROXIES:
        address = visitors.behind(settings.OCOP_PROXIES, address, forwarded.decode("latin-1"))
    raw = scope.get("raw_path") or scope["path"].encode()
    return Asked(
        scope["method"],
        raw.decode("latin-1"),
        scope["query_string"].decode("latin-1"),
        accept.decode("latin-1"),
        languages.decode("latin-1"),
        b"gzip" in encodings,
        agent,
        address,
        visitors.province(place) if place else "",
    )


_languages: dict[str, str] = {}


def language_of(asked: Asked) -> str:
    """Vietnamese or English: as the address says, else as the phone does. A phone in neither is a
    guest's, who reads English sooner; one that says nothing is of here."""
    if asked.query:
        pairs = asked.query.split("&")
        for said in ("en", "vi"):
            if f"lang={said}" in pairs:
                return said
    found = _languages.get(asked.languages)
    if found is None:
        found = negotiation.language(("vi", "en"), asked.languages)
        if found is None:
            found = "en" if negotiation.wishes(asked.languages) else "vi"
        if len(_languages) >= _REMEMBERED:
            _languages.clear()
        _languages[asked.languages] = found
    return found


_programs: dict[bytes, bool] = {}


def is_program(agent: bytes) -> bool:
    """See `visitors.is_program`; the same browsers come again and again."""
    found = _programs.get(agent)
    if found is None:
        found = visitors.is_program(agent)
        if len(_programs) >= _REMEMBERED:
            _programs.clear()
        _programs[agent] = found
    return found
