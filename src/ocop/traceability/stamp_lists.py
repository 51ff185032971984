"""Stamps as people name them: “1-80, 95”, or the serials that are printed on them.

Pure. The place of a stamp is its number in its order, counted from one: what a list for the print
house and the foot of a sheet say.
"""

import re
from collections.abc import Iterable, Sequence

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.traceability import goods_names
from ocop.traceability.intervals import Span, between, union
from ocop.traceability.serials import LENGTH, Reader

MOST_SERIALS = 5_000  # pasted at once; more of them are ranges, or another list
_PLACE = r"([0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,12})"  # 1.000 or 1000, never 1.5
_PLACES = re.compile(rf"{_PLACE}(?:\s*[-–—]\s*{_PLACE})?")


_KEYED = re.compile("/21/([^/]+)")


class NotUnderstood(Refused):
    """Words that name no stamps of this order: `fields` says it of the field `places`."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__("places_not_understood", message, fields={field: [message]})


def read(
    text: str, whole: Span, version: int, reader: Reader, *, field: str = "places"
) -> list[Span]:
    """The numbers that a text names, in an order whose numbers are `whole` of the key `version`.

    Parts stand apart by commas, semicolons or line ends; a serial may have spaces or hyphens in it,
    or its whole address before it. Refused: a part that is neither, a place beyond the order, a
    serial that nobody issued or of another order.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(parts) > MOST_SERIALS:
        most = write_number(MOST_SERIALS)
        raise NotUnderstood(_("Mỗi lần ghi nhiều nhất %s mục.") % most, field)
    found = []
    for part in parts:
        if _PLACES.fullmatch(part):
            found.append(_places(part, whole, field))
        else:
            found.append(_serial(part, whole, version, reader, field))
    return union(found)


def written(spans: Iterable[Span], whole: Span) -> str:
    """Numbers as places: “1–80, 95”."""
    parts = []
    for span in union(spans):
        first, last = span.first - whole.first + 1, span.end - whole.first
        one = write_number(first)
        parts.append(one if first == last else f"{one}–{write_number(last)}")
    return ", ".join(parts)


def typed(spans: Sequence[Span], whole: Span) -> str:
    """The same as a person would type it into a form."""
    return written(spans, whole).replace("–", "-").replace(".", "")


def grouped(serial: str) -> str:
    """A serial as it is printed, in groups of five."""
    return " ".join(serial[at : at + 5] for at in range(0, LENGTH, 5))


def serial_in(text: str) -> str:
    """The serial in what a person typed or a phone read: where the address of goods has it, behind
    GS1's key 21, else the last segment, without the spaces and hyphens between its groups."""
    name = goods_names.read(goods_names.as_address(text))
    if name is not None and name.serial:
        return name.serial.replace("-", "")
    address = re.split("[?#]", text, maxsplit=1)[0].strip().rstrip("/")
    told = _KEYED.search(address)
    return re.sub(r"[\s-]", "", told[1] if told else address.rpartition("/")[2])


def _places(part: str, whole: Span, field: str) -> Span:
    match = _PLACES.fullmatch(part)
    if match is None:
        raise ValueError(part)
    first = int(match[1].replace(".", ""))
    last = int(match[2].replace(".", "")) if match[2] else first
    if not 1 <= first <= last <= whole.count:
        words = _("“%(part)s” không nằm trong đơn này: các tem từ 1 đến %(last)s.")
        raise NotUnderstood(words % {"part": part, "last": write_number(whole.count)}, field)
    return between(whole.first + first - 1, whole.first + last)


def _serial(part: str, whole: Span, version: int, reader: Reader, field: str) -> Span:
    stamp = reader.read(serial_in(part))
    if stamp is None:
        words = _("“%s” không phải số thứ tự như 1-80, cũng không phải số sê-ri in trên tem.")
        raise NotUnderstood(words % part[:60], field)
    if stamp.version != version or stamp.number not in whole:
        raise NotUnderstood(_("Tem %s thuộc đơn khác.") % grouped(serial_in(part).upper()), field)
    return Span(stamp.number, 1)
