"""Amounts that can be held against each other: weights, volumes, pieces. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from ocop.core.numbers import write_number
from ocop.traceability import diary

#: Units of UN/CEFACT and of scales, each with what it measures and how much of it.
_UNITS: dict[str, tuple[str, Decimal]] = {
    "": ("pieces", Decimal(1)),
    "GRM": ("mass", Decimal(1)),
    "KGM": ("mass", Decimal(1_000)),
    "TNE": ("mass", Decimal(1_000_000)),
    "MLT": ("volume", Decimal(1)),
    "LTR": ("volume", Decimal(1_000)),
}
_WORDS = {"kg": "KGM", "g": "GRM", "gam": "GRM", "tấn": "TNE", "lít": "LTR", "l": "LTR",
          "ml": "MLT"}  # fmt: skip
#: What one stamp is put on. A carton or a crate holds many of them and is not among these.
_PIECES = frozenset(
    [
        "bánh", "bao", "bình", "bó", "bộ", "bịch", "cái", "can", "cây", "chai", "chiếc", "con",
        "chậu", "cuộn", "dây", "đôi", "gói", "hộp", "hũ", "khay", "lọ", "lon", "miếng", "ổ",
        "phong", "quả", "tấm", "thanh", "thỏi", "trái", "tuýp", "túi", "vỉ", "viên",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """So much, in a unit of UN/CEFACT; none: pieces."""

    number: Decimal
    measure: str = ""

    @property
    def kind(self) -> str:
        """What it measures; "" where the unit is none that is known."""
        return _UNITS[self.measure][0] if self.measure in _UNITS else ""

    @property
    def base(self) -> Decimal:
        """In grams, millilitres or pieces."""
        return self.number * _UNITS[self.measure][1]

    def within(self, base: Decimal) -> "Amount":
        """So many grams, millilitres or pieces in the unit of this amount."""
        return Amount(base / _UNITS[self.measure][1], self.measure)

    def words(self, counted: str = "") -> str:
        """As it is read; `counted` says what pieces are."""
        number = write_number(self.number.normalize())
        return f"{number} {diary.measure_words(self.measure, counted)}".strip()


def measure_named(counted: str) -> str:
    """The unit of UN/CEFACT that a word or a code means, pieces where it is none of these."""
    told = counted.strip()
    return told if told in _UNITS else _WORDS.get(told.lower(), "")


def counted_words(counted: str) -> str:
    """What a lot is counted in as it is read: words where a code of UN/CEFACT was told."""
    return diary.measure_words(measure_named(counted) or counted.strip())


def counts_pieces(counted: str) -> bool:
    """Whether a word (“hộp”, “gói 500 g”) counts what one stamp is put on."""
    words = counted.strip().lower().split()
    return bool(words) and words[0] in _PIECES
