"""Likeness of names: does a new product look like one that is there already?

Names are compared folded and with their words sorted, so "Mắm tép Hưng Thịnh" meets "Tép mắm
hưng thịnh". The score runs from 0 to 100 and is the same both ways:

- 100: the same words, whatever their order, marks and letter case;
- at least 90: one name has one word more, and the other has two words or more;
- otherwise the share of letters in common, in order, of the sorted words.

From `THRESHOLD` on an officer is warned. Producer and commune do not change the score: they decide
between equal scores and stand among the reasons, as the same name from the same producer is most
likely one product entered twice, and from another one a name to look at.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop

#: Two letters of ten wrong, or one word of two another. Below, officers saw mostly strangers.
THRESHOLD = 80.0
ONE_WORD_MORE = 90.0
#: Words that say nothing about a product.
_NOISE = re.compile(r"\(mau\)|\bsan pham\b|\bocop\b")


class Reason(StrEnum):
    """Why two products are alike."""

    SAME_NAME = "same_name"
    MARKS_DIFFER = "marks_differ"
    ORDER_DIFFERS = "order_differs"
    ONE_WORD_MORE = "one_word_more"
    FEW_LETTERS_DIFFER = "few_letters_differ"
    SAME_PRODUCER = "same_producer"
    SAME_COMMUNE = "same_commune"


@dataclass(frozen=True, slots=True)
class Entry:
    """A product as it is compared. `producer` and `commune` are any keys; None is not known."""

    key: Hashable
    name: str
    producer: Hashable | None = None
    commune: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Like:
    """A product that is like the one asked about, with its score (0 to 100) and the reasons."""

    entry: Entry
    score: float
    reasons: tuple[Reason, ...]


class Index:
    """All products, prepared once; asking takes milliseconds for thousands of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: Sequence[Entry] = tuple(entries)
        words = [words_of(entry.name) for entry in self._entries]
        self._sorted = [" ".join(each) for each in words]
        self._sizes = np.array([len(set(each)) for each in words], dtype=np.int32)
        places: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(words):
            for word in set(each):
                places[word].append(place)
        self._places = {word: np.array(found) for word, found in places.items()}

    def __len__(self) -> int:
        return len(self._entries)

    def alike(self, asked: Entry, *, limit: int = 3, threshold: float = THRESHOLD) -> list[Like]:
        """The products most like `asked`, best first, at most `limit`, none under `threshold`.

        A product with the key of `asked` is itself and left out.
        """
        scores = self._scores(asked)
        near = [
            (float(scores[place]), entry)
            for place in np.flatnonzero(scores >= threshold)
            if (entry := self._entries[int(place)]).key != asked.key
        ]
        near.sort(key=lambda found: (-found[0], -_closeness(asked, found[1])))
        return [Like(entry, score, reasons(asked, entry)) for score, entry in near[:limit]]

    def _scores(self, asked: Entry) -> NDArray[np.float32]:
        words = words_of(asked.name)
        if not words or not self._entries:
            return np.zeros(len(self._entries), dtype=np.float32)
        scores = process.cdist(
            [" ".join(words)], self._sorted, scorer=fuzz.ratio, dtype=np.float32
        )[0]
        common = np.zeros(len(self._entries), dtype=np.int32)
        for word in set(words):
            if word in self._places:
                common[self._places[word]] += 1
        size = len(set(words))
        fewer, more = np.minimum(self._sizes, size), np.maximum(self._sizes, size)
        within = common == fewer
        scores[within & (more == fewer)] = 100
        one_more = within & (more == fewer + 1) & (fewer >= 2)
        scores[one_more] = np.maximum(scores[one_more], ONE_WORD_MORE)
        return scores


def words_of(name: str) -> list[str]:
    """The folded words of a name, sorted, without those that say nothing."""
    return sorted(_in_order(name))


def likeness(one: Entry, other: Entry) -> float:
    """The score of two products, 0 to 100, the same both ways."""
    first, second = words_of(one.name), words_of(other.name)
    if not first or not second:
        return 0.0
    score = fuzz.ratio(" ".join(first), " ".join(second))
    fewer, more = sorted((set(first), set(second)), key=len)
    if fewer == more:
        return 100.0
    if fewer < more and len(more) == len(fewer) + 1 and len(fewer) >= 2:
        return max(score, ONE_WORD_MORE)
    return score


def reasons(one: Entry, other: Entry) -> tuple[Reason, ...]:
    """Why two products are alike: how the names differ, then what else they share."""
    found = [_reason_of_names(one.name, other.name)]
    if one.producer is not None and one.producer == other.producer:
        found.append(Reason.SAME_PRODUCER)
    if one.commune is not None and one.commune == other.commune:
        found.append(Reason.SAME_COMMUNE)
    return tuple(found)


def reason_words(reason: Reason) -> str:
    """The reason in the active language."""
    return _(_WORDS[reason])


def _reason_of_names(one: str, other: str) -> Reason:
    if folding.clean(one).casefold() == folding.clean(other).casefold():
        return Reason.SAME_NAME
    if _in_order(one) == _in_order(other):  # as it was typed, but for words that say nothing
        return Reason.SAME_NAME if _written(one) == _written(other) else Reason.MARKS_DIFFER
    first, second = set(words_of(one)), set(words_of(other))
    if first == second:
        return Reason.ORDER_DIFFERS
    if len(first ^ second) == 1:
        return Reason.ONE_WORD_MORE
    return Reason.FEW_LETTERS_DIFFER


def _in_order(name: str) -> list[str]:
    folded = folding.fold(name)
    return folding.tokens(_NOISE.sub(" ", folded)) or folding.tokens(folded)


def _written(name: str) -> list[str]:
    """The words that say something, with their marks."""
    kept = set(_in_order(name))
    return [
        written.casefold()
        for folded, written in folding.spelled(folding.clean(name))
        if folded in kept
    ]


def _closeness(one: Entry, other: Entry) -> int:
    return 2 * (one.producer is not None and one.producer == other.producer) + (
        one.commune is not None and one.commune == other.commune
    )


_WORDS = {
    Reason.SAME_NAME: noop("Trùng tên"),
    Reason.MARKS_DIFFER: noop("Tên chỉ khác dấu"),
    Reason.ORDER_DIFFERS: noop("Cùng các từ, khác thứ tự"),
    Reason.ONE_WORD_MORE: noop("Tên chỉ hơn kém một từ"),
    Reason.FEW_LETTERS_DIFFER: noop("Tên chỉ khác vài chữ cái"),
    Reason.SAME_PRODUCER: noop("Cùng chủ thể"),
    Reason.SAME_COMMUNE: noop("Cùng xã, phường"),
}
