"""How much of a place of then lies in a place of now, over one succession or several."""

from collections.abc import Callable, Iterable
from typing import TypeVar

WHOLE = "whole"
LARGEST = "largest part"
PART = "part"
#: From most to least.
EXTENTS = (WHOLE, LARGEST, PART)

T = TypeVar("T")


def onward(first: str, second: str) -> str:
    """The extent over two successions. The largest part of a largest part is no certain largest."""
    if WHOLE in (first, second):
        return second if first == WHOLE else first
    return PART


def joined(
    paths: Iterable[tuple[T, str]], key: Callable[[T], tuple[str, ...]]
) -> list[tuple[T, str]]:
    """Each place once, the largest part first, then by `key`.

    A place reached on several paths has the greatest extent of them; the only place has the whole.
    """
    greatest: dict[tuple[str, ...], tuple[T, str]] = {}
    for place, extent in paths:
        before = greatest.get(key(place))
        if before is None or EXTENTS.index(extent) < EXTENTS.index(before[1]):
            greatest[key(place)] = (place, extent)
    if len(greatest) == 1:
        return [(place, WHOLE) for place, _extent in greatest.values()]
    return [greatest[k] for k in sorted(greatest, key=lambda k: (greatest[k][1] == PART, k))]
