"""What to propose when a search finds nothing: the nearest words that do find something."""

from collections import Counter
from functools import lru_cache
from itertools import product as combinations
from typing import TypeVar

from django.db.models import Count, Max, Min, Model, QuerySet

from ocop.core import folding
from ocop.products.models import Product
from ocop.products.nearness import Vocabulary
from ocop.products.search import matching

M = TypeVar("M", bound=Model)
_NEAR = 4  # words tried in place of one
_TRIED = 12  # combinations looked up


def suggestions(rows: QuerySet[M], text: str, *, path: str = "", limit: int = 3) -> list[str]:
    """Searches near `text` that find something among `rows`, nearest first.

    Words that begin no known word are replaced by the nearest known ones; when all are known but
    never stand together, one of them is. Every proposal is looked up in `rows` before it is made,
    so nothing that the reader may not see is ever proposed.
    """
    words = folding.tokens(text)
    if not words:
        return []
    known = vocabulary()
    unknown = [not known.begins(word) for word in words]
    if any(unknown):
        choices = [
            known.near(word, _NEAR) if missing else [word]
            for word, missing in zip(words, unknown, strict=True)
        ]
        tried = [" ".join(each) for each in combinations(*choices)]
    else:
        tried = [
            " ".join((*words[:place], other, *words[place + 1 :]))
            for place, word in enumerate(words)
            for other in known.near(word, _NEAR)
        ]
    hits = (each for each in tried[:_TRIED] if matching(rows, each, path=path).exists())
    return [each for each, _turn in zip(hits, range(limit), strict=False)]


def vocabulary() -> Vocabulary:
    """All words of the search texts. Read again when products came or went."""
    return _vocabulary(_version())


def _version() -> tuple[object, ...]:
    """Changes with the rows; cheap, as each part is the end of an index."""
    facts = Product.objects.order_by().aggregate(
        last=Max("pk"), count=Count("pk"), first_text=Min("folded"), last_text=Max("folded")
    )
    return tuple(facts.values())


@lru_cache(maxsize=1)
def _vocabulary(_version: tuple[object, ...]) -> Vocabulary:
    counts: Counter[str] = Counter()
    for text in Product.objects.order_by().values_list("folded", flat=True).iterator():
        counts.update(text.split())
    return Vocabulary(counts)
