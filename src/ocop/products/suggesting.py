"""What to propose when a search finds nothing: the nearest words that do find something."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
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
_READ = 50  # products whose names are read for the spelling


def suggestions(rows: QuerySet[M], text: str, *, path: str = "", limit: int = 3) -> list[str]:
    """Searches near `text` that find something among `rows`, nearest first.

    `text` itself is the nearest: it may find something here though it found nothing where it was
    asked, as among fewer rows. Marks count for nothing, as in the search.
    Words that begin no known word are replaced by the nearest known ones, and left out where none
    is near or the near ones find nothing; when all are known but never stand together, one of them
    is replaced. Every proposal is looked up in `rows` before it is made,
    so nothing that the reader may not see is ever proposed; it is spelled as the names found most
    often spell it, which finds the same again.
    """
    words = folding.asked(text)
    if not words:
        return []
    known = vocabulary()
    unknown = [not known.begins(word) for word in words]
    if any(unknown):
        choices = [
            known.near(word, _NEAR) if missing else [word]
            for word, missing in zip(words, unknown, strict=True)
        ]
        tried = [" ".join(each) for each in combinations(*filter(None, choices))]
        last = " ".join(w for w, missing in zip(words, unknown, strict=True) if not missing)
    else:
        last = ""
        tried = [" ".join(words)] + [
            " ".join((*words[:place], other, *words[place + 1 :]))
            for place, word in enumerate(words)
            for other in known.near(word, _NEAR)
        ]
    found = list(islice(_found(rows, tried[:_TRIED], path), limit))
    return found or list(_found(rows, [last], path))


def _found(rows: QuerySet[M], tried: Sequence[str], path: str) -> Iterator[str]:
    """The searches that find something, as the names found spell them."""
    for each in filter(None, tried):
        if names := _names(matching(rows, each, path=path), path):
            yield _spelling(each.split(), names)


def _names(rows: QuerySet[M], path: str) -> list[tuple[str, str]]:
    """The names of the first products found and of their producers."""
    columns = (f"{path}name", f"{path}producer__name")
    return list(rows.order_by("pk").values_list(*columns)[:_READ])


def _spelling(words: Sequence[str], names: Sequence[tuple[str, str]]) -> str:
    """Folded words as the products' names spell them, else those of the producers."""
    products, producers = (
        [pair for name in column for pair in folding.spelled(name)]
        for column in zip(*names, strict=True)
    )
    return " ".join(_spelled(word, products) or _spelled(word, producers) or word for word in words)


def _spelled(word: str, spelled: Sequence[tuple[str, str]]) -> str:
    """The most frequent spelling; a word that is only begun is cut where it ends."""
    whole = Counter(written for folded, written in spelled if folded == word)
    begun = Counter(
        cut
        for folded, written in spelled
        if folded.startswith(word) and folding.fold(cut := written[: len(word)]) == word
    )
    counts = whole or begun
    return min(counts, key=lambda written: (-counts[written], written), default="")


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
