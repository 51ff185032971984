"""Ranks as they are reported: stars, and potential five stars as a rank of its own."""

from collections.abc import Mapping

from ocop.core.language import gettext as _
from ocop.core.language import noop

POTENTIAL_FIVE = "4p"
#: From high to low: the key in an address, and the words.
RANKS: Mapping[str, str] = {
    "5": noop("5 sao"),
    POTENTIAL_FIVE: noop("Tiềm năng 5 sao"),
    "4": noop("4 sao"),
    "3": noop("3 sao"),
}


def rank_of(stars: int, *, potential_five: bool) -> str:
    """The rank of a recognition."""
    return POTENTIAL_FIVE if potential_five else str(stars)


def rank_words(rank: str) -> str:
    """The rank in the active language."""
    return _(RANKS[rank])
