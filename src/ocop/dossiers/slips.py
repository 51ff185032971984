"""Numbers of registration slips: `…/PĐK-(province)-(commune)-(year)`, Form 01 (pure)."""

from collections.abc import Iterable


def ending(province: str, commune: str, year: int) -> str:
    """What follows the serial: /PĐK-01-00004-2026."""
    return f"/PĐK-{province}-{commune}-{year}"


def following(given: Iterable[str], end: str) -> str:
    """The number after all that were given with this ending; serials have two digits at least."""
    serials = (number.removesuffix(end) for number in given)
    highest = max((int(s) for s in serials if s.isascii() and s.isdigit()), default=0)
    return f"{highest + 1:02d}{end}"
