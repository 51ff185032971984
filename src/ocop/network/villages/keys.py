"""By what a village is known again."""

import hashlib

from ocop.core import folding


def village_key(*, name: str, trade: str, place: str) -> str:
    """The digest of a village, its trade and its place. Marks count: Hạ is not Hà. `place` is the
    code of today's commune, else the words that were written for it."""
    basis = "\n".join(folding.clean(text).casefold() for text in (name, trade, place))
    return hashlib.sha256(basis.encode()).hexdigest()
