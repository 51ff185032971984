"""Which of several answers a request prefers: languages (RFC 4647, 3.4), media (RFC 9110, 12.5)."""

import re
from collections.abc import Collection

_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_MOST = 40  # wishes of one header; nobody means more


def wishes(header: str) -> list[tuple[str, float]]:
    """The parts of Accept or Accept-Language with their weights, the weightiest first, in small
    letters. What has no proper weight is passed over; parameters of a medium are dropped."""
    found = []
    for part in header.lower().split(",")[:_MOST]:
        wish, *parameters = (each.strip() for each in part.split(";"))
        weight = _weight(parameters)
        if wish and weight is not None:
            found.append((wish, weight))
    return sorted(found, key=lambda each: -each[1])


def _weight(parameters: list[str]) -> float | None:
    for parameter in parameters:
        name, _sign, value = (each.strip() for each in parameter.partition("="))
        if name == "q":
            return float(value) if _QUALITY.fullmatch(value) else None
    return 1.0


def language(offered: Collection[str], header: str) -> str | None:
    """The tag among those offered that Accept-Language asks for, by lookup: each wish is made
    shorter from its end until it is offered, then the next is tried. None: none is asked for.

    A tag that is refused with weight 0 is not answered to a shorter or a wild wish.
    """
    asked = wishes(header)
    refused = {wish for wish, weight in asked if weight == 0}
    found = {tag.lower(): tag for tag in offered if tag.lower() not in refused}
    for wish, weight in asked:
        if weight == 0 or wish == "*":
            continue  # RFC 4647, 3.4: a wild range is passed over in a lookup
        while wish:
            if wish in found:
                return found[wish]
            wish = _shorter(wish)
    return None


def _shorter(tag: str) -> str:
    """Without its last subtag, and without the single letter that then would end it."""
    left, _sign, _last = tag.rpartition("-")
    return left[:-2] if len(left) > 1 and left[-2] == "-" else left


def weight_of(medium: str, header: str) -> float:
    """How much Accept wants a medium; its most exact wish decides. Empty, it wants everything."""
    if not header.strip():
        return 1.0
    asked = dict(reversed(wishes(header)))  # of a wish named twice, the weightiest counts
    kind = medium.partition("/")[0]
    for wish in (medium, f"{kind}/*", "*/*"):
        if wish in asked:
            return asked[wish]
    return 0.0
