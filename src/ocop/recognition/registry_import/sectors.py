"""Sectors as offices write them: the Roman number, or words that name the goods."""

from ocop.core import folding

#: Words by which a sector is told, without marks; the first that stands in the text decides.
_WORDS = (
    ("du lich", "VI"), ("sinh vat canh", "V"), ("thu cong", "IV"), ("my nghe", "IV"),
    ("duoc lieu", "III"), ("thao duoc", "III"), ("do uong", "II"), ("thuc pham", "I"),
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def read_sector(text: str) -> str:
    """The sector's Roman number, "" where the text tells none."""
    if text.upper() in _ROMAN:
        return text.upper()
    folded = folding.fold(text)
    return next((sector for words, sector in _WORDS if words in folded), "")
