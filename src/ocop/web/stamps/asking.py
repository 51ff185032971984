"""A request as the resolver looks at it: the few things of it that matter, read once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

from ocop.traceability import negotiation, visitors
from ocop.web import languages
from ocop.web.stamps import assets

_WANTED = {
    b"accept": 0,
    b"accept-language": 1,
    b"accept-encoding": 2,
    b"user-agent": 3,
    b"x-forwarded-for": 4,
    b"sec-fetch-site": 5,
    b"referer": 6,
    # What a browser fetches before anybody asks: three names of one thing.
    b"sec-purpose": 7,
    b"purpose": 7,
    b"x-purpose": 7,
    b"x-moz": 7,
}
if settings.OCOP_PLACE_HEADER:
    _WANTED[settings.OCOP_PLACE_HEADER.encode()] = 8
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
    own: bool  # a page of ours led here: nobody opened a code
    ahead: bool  # fetched before anybody asks


def read(scope: Mapping[str, Any]) -> Asked:
    """What a scope of ASGI holds."""
    values = [b""] * 9
    wanted = _WANTED.get
    for name, value in scope["headers"]:
        at = wanted(name)
        if at is not None:
            values[at] = value if not values[at] else values[at] + b"," + value
    accept, spoken, encodings, agent, forwarded, site, referer, purpose, place = values
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
        spoken.decode("latin-1"),
        bool(encodings) and _takes_gzip(encodings),
        agent,
        address,
        visitors.province(place) if place else "",
        site in _OWN_SITES or (bool(referer) and _is_ours(referer)),
        bool(purpose) and (b"prefetch" in purpose or b"preview" in purpose),
    )


_OWN_SITES = (b"same-origin", b"same-site")


def _is_ours(referer: bytes) -> bool:
    """Whether a page of ours led here, as a browser says that does not name the site."""
    came = referer.decode("latin-1")
    return came.startswith((f"{assets.resolver()}/", f"{settings.BASE_URL.rstrip('/')}/"))


_gzips: dict[bytes, bool] = {}


def _takes_gzip(header: bytes) -> bool:
    """Whether Accept-Encoding wants gzip (RFC 9110, 12.5.3); what is refused has the weight 0."""
    found = _gzips.get(header)
    if found is None:
        asked = dict(negotiation.wishes(header.decode("latin-1")))
        found = asked.get("gzip", asked.get("*", 0.0)) > 0
        if len(_gzips) >= _REMEMBERED:
            _gzips.clear()
        _gzips[header] = found
    return found


_languages: dict[str, str] = {}


def language_of(asked: Asked) -> str:
    """See `languages`; pages of codes set no cookie and read none."""
    said = languages.told(asked.query) if asked.query else ""
    if said:
        return said
    found = _languages.get(asked.languages)
    if found is None:
        found = languages.spoken(asked.languages)
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
