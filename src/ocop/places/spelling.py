"""How names of places are written: one form for every way to spell the same syllable."""

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_I_FOR_Y = re.compile(r"^(qu|[bcdđghklmnprstvx]+)y$")
_D = str.maketrans({"đ": "d"})


@lru_cache(maxsize=20_000)
def same_spelling(syllable: str) -> str:
    """A lower-case syllable with its tone at the end and `y` as `i` where both are usual.

    `thuỷ` and `thủy`, `hoà` and `hòa`, `quý` and `quí` become equal; marks still tell apart.
    """
    letters, tone = [], ""
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONES:
            tone = character
        else:
            letters.append(character)
    bare = _I_FOR_Y.sub(r"\1i", unicodedata.normalize("NFC", "".join(letters)))
    return bare + tone


@lru_cache(maxsize=20_000)
def without_marks(spelled: str) -> str:
    """A syllable from `same_spelling` without any mark."""
    decomposed = unicodedata.normalize("NFD", spelled.translate(_D))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def syllables(name: str) -> list[str]:
    """The syllables of a name, spelled the same way: apostrophes go, hyphens separate."""
    lower = unicodedata.normalize("NFC", name).lower()
    lower = re.sub(r"['’‘`ʼ]", "", lower)
    return [same_spelling(part) for part in re.split(r"[^\w]+", lower) if part]
