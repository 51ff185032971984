"""Numbers of stamps as the public log writes them: “1-400,405”, places in their order from one.

Pure. One act names at most a few thousand spans, so an entry never outgrows its bundle (64 KiB).
"""

import re
from collections.abc import Iterable

from ocop.traceability.intervals import Span, between, union

_SPANS = "[1-9][0-9]{0,11}(?:-[1-9][0-9]{0,11})?(?:,[1-9][0-9]{0,11}(?:-[1-9][0-9]{0,11})?)*"
_PLAIN = re.compile(_SPANS)
_OF_LOTS = re.compile(f"[0-9a-z]{{8}}:{_SPANS}(?: [0-9a-z]{{8}}:{_SPANS})*")


def write(spans: Iterable[Span], first: int) -> str:
    """Numbers of an order that begins at `first`."""
    return ",".join(
        f"{span.first - first + 1}" + (f"-{span.end - first}" if span.count > 1 else "")
        for span in union(spans)
    )


def read(text: str, first: int) -> list[Span]:
    """The numbers that a text names. ValueError: it names none."""
    found = []
    for part in text.split(","):
        one, _dash, last = part.partition("-")
        found.append(between(first + int(one) - 1, first + int(last or one)))
    return union(found)


def is_numbers(value: object) -> bool:
    """Whether it names numbers."""
    return _is(_PLAIN, value)


def is_of_lots(value: object) -> bool:
    """Whether it names numbers by their lots: “k3m9p2q7:1-400 t5v8w1x4:401-500”."""
    return _is(_OF_LOTS, value)


def _is(form: re.Pattern[str], value: object) -> bool:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        return False
    try:
        for part in value.split(" "):
            read(part.rpartition(":")[2], 0)
    except ValueError:  # it ends before it begins
        return False
    return True
