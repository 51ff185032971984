"""Folding of Vietnamese text for search and comparison.

Databases fold badly here: SQLite leaves `đ` as it is and PostgreSQL's result depends on the
collation, so every folded column is computed by this one function.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

#: Signs that nobody types and no page shows, and halves of a pair; white space is not among them.
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_WORD = re.compile(r"[0-9a-z]+")
_MOST_ASKED, _LONGEST_ASKED = 20, 421
_KEPT_BELOW = 0x2100  # signs whose folding is kept: those of Latin scripts and usual punctuation


def clean(text: str) -> str:
    """Compose to NFC, turn every run of white space (non-breaking too) into one space, trim."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_unreadable(text: str) -> bool:
    """True when a text holds what no database takes, as the zero among control signs or half of a
    surrogate pair, or another control sign."""
    return not text.isprintable() and _UNREADABLE.search(text) is not None


class _Folding(dict[int, str]):
    """Every sign without its marks and in lower case, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        sign = {"đ": "d", "Đ": "d"}.get(chr(code), chr(code))
        apart = unicodedata.normalize("NFD", sign)
        folded = "".join(c for c in apart if not _is_mark(c)).casefold()
        if code < _KEPT_BELOW:
            self[code] = folded
        return folded


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0 or "\u0300" <= sign <= "\u036f"


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower-case text without marks, one space between words: `Mắm  Đức` becomes `mam duc`."""
    bare = text.lower() if text.isascii() else text.translate(_FOLDING)
    return " ".join(bare.split())


def tokens(text: str) -> list[str]:
    """The folded words of a text, punctuation dropped."""
    return _WORD.findall(fold(text))


def asked(text: str) -> list[str]:
    """The words of a search: the first twenty, as each one costs and nobody types more.

    Longer words than any column holds are cut behind that: they find nothing, and databases fail
    on very long ones.
    """
    return [word[:_LONGEST_ASKED] for word in tokens(text)[:_MOST_ASKED]]


def words(*texts: str) -> str:
    """The folded words of texts on one line: what the columns for search hold."""
    return " ".join(line for text in texts if (line := _line(text)))


@lru_cache(maxsize=10_000)  # an import asks for the names of its producers again and again
def _line(text: str) -> str:
    return " ".join(tokens(text))


def spelled(text: str) -> list[tuple[str, str]]:
    """The words of a text, folded and as it writes them: `mat`, `Mật`."""
    runs = groupby(clean(text), _is_in_word)
    written = ("".join(signs) for is_word, signs in runs if is_word)
    return [(folded, word) for word in written if (folded := fold(word))]


def _is_in_word(sign: str) -> bool:
    return bool(unicodedata.combining(sign) or _WORD.fullmatch(fold(sign)))
