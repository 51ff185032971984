"""Long lists of keys, a portion at a time: databases take only so many values in one question."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 500


def portions(keys: Iterable[T], most: int = AT_ONCE) -> Iterator[list[T]]:
    """The keys in order, so many at once."""
    waiting = iter(keys)
    while some := list(islice(waiting, most)):
        yield some
