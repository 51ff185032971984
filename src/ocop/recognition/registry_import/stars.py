"""Stars as offices write them: 4, "4*", "★★★★", "Bốn sao", "tiềm năng 5 sao"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ocop.core import folding
from ocop.recognition.registry_import.codes import Code

RECOGNISED = (3, 4, 5)

_SIGNS = "★⭐✭✮✯🌟*"
_HOLLOW = "☆✩"
_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_COUNTED = re.compile(
    r"\b0?([1-9]|mot|hai|ba|bon|tu|nam|one|two|three|four|five)[ -]*(?:sao\b|stars?\b|[★⭐*])"
)
_POTENTIAL = re.compile(
    r"\b(?:tiem nang|potential)(?: (?:dat|hang|len))?[ -]*(?:0?5|nam|five)"
    r"(?:[ -]*(?:sao|stars?|[★⭐*]))?"
    r"|\b(?:0?5|nam|five)[ -]*(?:sao|stars?|[★⭐*])[ (,-]*(?:tiem nang|potential)\)?"
)
_ALONE = re.compile(r"\b0?[3-5]\b(?![./-]\d)")
_BARE = re.compile(r"(?:hang|ocop|dat|loai|xep hang)?[ :]*0?(\d)(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class ReadStars:
    """What a cell says: stars, or why not. Potential five stars are four stars held."""

    stars: int | None = None
    potential_five: bool = False
    problem: Code | None = None


_UNREADABLE = ReadStars(problem=Code.STARS_UNREADABLE)


def read_stars(value: object) -> ReadStars:
    """The stars of a cell. Only 3, 4 and 5 are recognised."""
    if isinstance(value, bool):
        return _UNREADABLE
    if isinstance(value, int | float):
        return _told({int(value)}) if float(value).is_integer() else _UNREADABLE
    return _of_text(str(value)) if isinstance(value, str) else _UNREADABLE


def stars_in(text: str) -> set[int]:
    """The numbers of stars a longer text speaks of, potential ones aside."""
    rest = _POTENTIAL.sub(" ", folding.fold(text))
    return {_NUMBERS.get(word) or int(word) for word in _COUNTED.findall(rest)}


@lru_cache(maxsize=10_000)
def _of_text(text: str) -> ReadStars:
    signs = "".join(text.replace("\ufe0f", "").split())
    if signs and set(signs) <= set(_SIGNS + _HOLLOW) and not signs.startswith(tuple(_HOLLOW)):
        return _told({sum(sign in _SIGNS for sign in signs)})
    folded = folding.fold(text).strip(" .;")
    potential = _POTENTIAL.search(folded)
    rest = _POTENTIAL.sub(" ", folded) if potential else folded
    bare = _BARE.fullmatch(rest.strip(" (),"))
    found = {int(bare[1])} if bare else stars_in(rest)
    if not bare and _ALONE.search(_COUNTED.sub(" ", rest)):
        return _UNREADABLE  # "3 hoặc 4 sao": which one is not said
    if potential:
        return ReadStars(4, potential_five=True) if found <= {4} else _UNREADABLE
    if not found and rest in _NUMBERS:
        found = {_NUMBERS[rest]}
    return _told(found)


def _told(found: set[int]) -> ReadStars:
    if len(found) != 1:
        return _UNREADABLE
    (stars,) = found
    if stars not in RECOGNISED:
        return ReadStars(problem=Code.STARS_OUT_OF_RANGE)
    return ReadStars(stars)
