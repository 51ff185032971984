"""Reading the same thing once while one page is read.

A page asks for an option or for its province in a dozen places that know nothing of each other.
Inside `reading` what such a function gave back is kept; outside, as in services and jobs, nothing
is. Only what is read for a page that writes nothing may be kept.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """From here to the end nothing that is kept changes."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def is_reading() -> bool:
    """Whether what is read now is kept."""
    return _kept.get() is not None


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function gave back for these (hashable) arguments. Nobody may change it."""

    @wraps(function)
    def read(*arguments: P.args, **named: P.kwargs) -> T:
        kept = _kept.get()
        if kept is None:
            return function(*arguments, **named)
        key = (function, arguments, tuple(named.items()))
        if key not in kept:
            kept[key] = function(*arguments, **named)
        return cast(T, kept[key])

    return read
