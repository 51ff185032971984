"""Names of producers whichever way their kind is written: HTX is Hợp tác xã, CTCP Công ty cổ phần.

Only what stands for one thing alone is written out, and only where the kind stands: at the
beginning of a name. Marks stay: Sơn Hà is not Sơn Hạ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ocop.core import folding

_COOPERATIVE, _COMPANY, _OTHER = "cooperative", "company", "other"
#: The beginning of a name in full, the short ways to write it, and what may follow it.
_BEGINNINGS = (
    ("liên hiệp hợp tác xã", "lhhtx|lh htx|liên hiệp htx", _COOPERATIVE),
    ("hợp tác xã", "htx", _COOPERATIVE),
    ("tổ hợp tác", "tht", _OTHER),
    ("công ty cổ phần", "ctcp|cty cp|ct cp|công ty cp|cty cổ phần|ct cổ phần", _COMPANY),
    (
        "công ty trách nhiệm hữu hạn",
        "công ty tnhh|cty tnhh|ct tnhh|cty trách nhiệm hữu hạn",
        _COMPANY,
    ),
    ("công ty", "cty", _COMPANY),
    ("doanh nghiệp tư nhân", "dntn|dn tư nhân", _OTHER),
    ("hộ kinh doanh", "hkd|hộ kd", _OTHER),
    ("hộ sản xuất", "hộ sx", _OTHER),
    ("cơ sở sản xuất", "cssx|cơ sở sx", _OTHER),
)
_HEADS = sorted(
    (
        (tuple(way.split()), tuple(whole.split()), follows)
        for whole, ways, follows in _BEGINNINGS
        for way in (whole, *ways.split("|"))
    ),
    key=lambda head: -len(head[0]),
)
#: Words of a kind in the unbroken run behind its beginning. Elsewhere `TM` may be somebody's name.
_TRADES = {
    "sx": "sản xuất", "tm": "thương mại", "dv": "dịch vụ", "tmdv": "thương mại dịch vụ",
    "sxtm": "sản xuất thương mại", "&": "và",
}  # fmt: skip
_SHORT = {
    _COOPERATIVE: {**_TRADES, "nn": "nông nghiệp", "dvnn": "dịch vụ nông nghiệp"},
    _COMPANY: {**_TRADES, "mtv": "một thành viên", "1tv": "một thành viên"},
    _OTHER: {},
}
#: What stands in such a run written out and so does not end it.
_LONG = {
    "sản", "xuất", "thương", "mại", "dịch", "vụ", "nông", "nghiệp", "một", "1", "thành", "viên",
    "và", "kinh", "doanh", "tổng", "hợp",
}  # fmt: skip
_ONE_MEMBER = ("1", "thành", "viên")

#: Ways to write one thing, as folded words: whoever looks for one finds the others.
_WAYS = (
    "lhhtx|lien hiep htx|lien hiep hop tac xa",
    "htx|hop tac xa",
    "tht|to hop tac",
    "ctcp|cty cp|cong ty cp|cty co phan|cong ty co phan",
    "cty|cong ty",
    "tnhh|trach nhiem huu han",
    "mtv|mot thanh vien|1 thanh vien",
    "dntn|doanh nghiep tu nhan",
    "hkd|ho kinh doanh",
    "cssx|co so san xuat",
)
_Phrase = tuple[str, ...]
_SETS = [tuple(tuple(way.split()) for way in ways.split("|")) for ways in _WAYS]
_PHRASES: list[tuple[_Phrase, tuple[_Phrase, ...]]] = sorted(
    ((way, tuple(other for other in ways if other != way)) for ways in _SETS for way in ways),
    key=lambda each: -len(each[0]),
)


@lru_cache(maxsize=10_000)  # an import asks for the names of its rows again and again
def written_out(name: str) -> str:
    """A name with its kind in full, letter case and white space aside: what tells one producer
    however its kind is written. `HTX NN Sơn Hà` is `hợp tác xã nông nghiệp sơn hà`."""
    words = folding.clean(name).casefold().replace("c.ty", "cty").split()
    bare = [word.strip(".,:") or word for word in words]
    for head, whole, follows in _HEADS:
        if tuple(bare[: len(head)]) == head:
            return " ".join([*whole, *_run(bare, words, len(head), _SHORT[follows])])
    return " ".join(words)


def _run(bare: Sequence[str], words: Sequence[str], at: int, short: dict[str, str]) -> list[str]:
    """The words behind the beginning: short ones in full until one tells no kind."""
    told: list[str] = []
    while short and at < len(bare) and (bare[at] in short or bare[at] in _LONG):
        if tuple(bare[at : at + 3]) == _ONE_MEMBER:
            told.append("một")
        else:
            told.append(short.get(bare[at], bare[at]))
        at += 1
    return [*told, *words[at:]]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words of a search that stand together: as typed, beginnings of words; or, whole words, as
    others write the same."""

    typed: _Phrase
    others: tuple[_Phrase, ...] = ()


def sought(words: Sequence[str]) -> tuple[Sought, ...]:
    """The folded words of a search with the other ways to write what they say."""
    found: list[Sought] = []
    at = 0
    while at < len(words):
        rest = tuple(words[at:])
        phrase, others = next(
            (each for each in _PHRASES if rest[: len(each[0])] == each[0]), (rest[:1], ())
        )
        found.append(Sought(phrase, others))
        at += len(phrase)
    return tuple(found)
