"""What a producer's name, or a word for its kind, says about its kind. Needs no database: a file is
read on machines that have none. Kinds are values of `ProducerKind`."""

import re

from ocop.core import folding
from ocop.producers.spelling import written_out

UNKNOWN = "unknown"
#: Words with which names of a kind begin, without marks.
_BEGINNINGS = (
    (r"to hop tac|tht", "cooperative_group"),
    (r"lien hiep hop tac xa|hop tac xa|htx", "cooperative"),
    (r"(?:chi nhanh )?(?:cong ty|cty|doanh nghiep|dntn|xi nghiep)", "enterprise"),
    (r"trang trai", "farm"),
    (r"ho (?:kinh doanh|kd|san xuat|sx|ca the)|hkd|ho ong|ho ba", "household"),
    (r"hoi|hiep hoi", "association"),
)
#: Words for a kind that no name begins with. Large enterprises may not enter the programme.
_WORDS = (
    (r"doanh nghiep (?:quy mo )?lon", UNKNOWN),
    (r"dn|dnnvv|dnvvn|enterprise|company", "enterprise"),
    (r"chu trang trai|farm", "farm"),
    (r"ho|household", "household"),
    (r"trung tam dieu hanh|operating centre", "operating_centre"),
    (r"cooperative group", "cooperative_group"),
    (r"cooperative", "cooperative"),
    (r"association", "association"),
)
_Kinds = list[tuple[re.Pattern[str], str]]


def _known(beginnings: tuple[tuple[str, str], ...]) -> _Kinds:
    return [(re.compile(rf"(?:{words})\b"), kind) for words, kind in beginnings]


_KINDS, _KINDS_TOLD = _known(_BEGINNINGS), _known((*_WORDS[:1], *_BEGINNINGS, *_WORDS[1:]))


def kind_of(name: str) -> str:
    """The kind that a name begins with; unknown where it names none."""
    return _first(name, _KINDS)


def kind_told(text: str) -> str:
    """The kind that the law's word for it tells, in full or short; unknown for another word."""
    return _first(text, _KINDS_TOLD)


def _first(text: str, kinds: _Kinds) -> str:
    folded = folding.words(written_out(text))
    return next((kind for known, kind in kinds if known.match(folded)), UNKNOWN)
