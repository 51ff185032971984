"""Folding of Vietnamese text for search and comparison.

Databases fold badly here: SQLite leaves `đ` as it is and PostgreSQL's result depends on the
collation, so every folded column is computed by this one function.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_D = str.maketrans({"đ": "d", "Đ": "D"})


def clean(text: str) -> str:
    """Compose to NFC, turn every run of white space (non-breaking too) into one space, trim."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower-case text without marks, one space between words: `Mắm  Đức` becomes `mam duc`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip().casefold()


def tokens(text: str) -> list[str]:
    """The folded words of a text, punctuation dropped."""
    return [t for t in _NOT_WORD.split(fold(text)) if t]


def words(*texts: str) -> str:
    """The folded words of texts on one line: what the columns for search hold."""
    return " ".join(word for text in texts for word in tokens(text))
