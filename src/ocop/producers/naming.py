"""What a producer's name says about its kind."""

import re

from ocop.core import folding
from ocop.producers.models import ProducerKind
from ocop.producers.spelling import written_out

#: Words with which names of a kind begin, without marks.
_BEGINNINGS = (
    (r"to hop tac|tht", ProducerKind.COOPERATIVE_GROUP),
    (r"lien hiep hop tac xa|hop tac xa|htx", ProducerKind.COOPERATIVE),
    (
        r"(?:chi nhanh )?(?:cong ty|cty|doanh nghiep|dntn|xi nghiep)",
        ProducerKind.ENTERPRISE,
    ),
    (r"trang trai", ProducerKind.FARM),
    (r"ho (?:kinh doanh|kd|san xuat|sx|ca the)|hkd|ho ong|ho ba", ProducerKind.HOUSEHOLD),
    (r"hoi|hiep hoi", ProducerKind.ASSOCIATION),
)
_KINDS = [(re.compile(rf"(?:{words})\b"), kind) for words, kind in _BEGINNINGS]


def kind_of(name: str) -> ProducerKind:
    """The kind that a name begins with; unknown where it names none."""
    folded = folding.words(written_out(name))
    return next((kind for known, kind in _KINDS if known.match(folded)), ProducerKind.UNKNOWN)
