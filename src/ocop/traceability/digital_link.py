"""The address in a GS1 code: what it identifies (GS1 Digital Link Standard: URI Syntax 1.7.0).

Only trade items, the key 01, with their qualifiers: variant 22, lot 10, serial 21, in that order,
or a third party's serial 235 alone. A path is read as it was sent, before anything decodes it: a
lot may hold a slash, written %2F.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote_to_bytes

from ocop.products.gtin import check_digit

#: Qualifiers of a trade item in the only order they may stand in (URI Syntax 1.7.0, 4.9; GS1 Syntax
#: Dictionary, 01: dlpkey=22,10,21|235).
QUALIFIERS = {"22": "variant", "10": "lot", "21": "serial"}
#: The other way: a serial that a third party controls. It stands alone.
THIRD_PARTY = "235"
PRIMARY_KEYS = ("01",)

_GTIN = re.compile(r"[0-9]{14}")
#: A value of the AIs 10, 21 and 22: up to twenty signs of set 82 (General Specifications, 7.11).
_VALUE = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}""")
_LONGER = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,28}""")  # of the AI 235
#: What may stand in a segment of a path as it is (RFC 3986, 3.3: pchar).
_SEGMENT = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+")
_PLAIN = "!'()*,:;=&+"  # of set 82 and pchar: need no escape in a path


class BadSyntax(ValueError):
    """An address that no GS1 Digital Link may have. The words say what is wrong, in English: they
    are read by whoever makes codes."""


@dataclass(frozen=True, slots=True)
class Item:
    """A trade item, or one variant, lot or piece of it."""

    gtin: str  # fourteen digits
    variant: str | None = None
    lot: str | None = None
    serial: str | None = None
    third_party: str | None = None

    def __str__(self) -> str:
        """The path of its canonical address, beginning with a slash."""
        parts = ["/01/", self.gtin]
        for ai, name in {**QUALIFIERS, THIRD_PARTY: "third_party"}.items():
            value = getattr(self, name)
            if value is not None:
                parts += ["/", ai, "/", quote(value, safe=_PLAIN)]
        return "".join(parts)

    @property
    def is_piece(self) -> bool:
        """Whether it is one piece. An unknown one is never answered as what it is a piece of."""
        return self.serial is not None or self.third_party is not None

    def wider(self) -> Iterator["Item"]:
        """What it is a part of, the nearest first: the lot, the variant, the trade item."""
        if self.serial is not None and (self.lot is not None or self.variant is not None):
            yield replace(self, serial=None)
        if self.lot is not None and self.variant is not None:
            # A lot is of the trade item: who keeps no variants knows it all the same.
            yield Item(self.gtin, lot=self.lot)
            yield replace(self, lot=None, serial=None)
        if self != Item(self.gtin):
            yield Item(self.gtin)


def is_item(path: str) -> bool:
    """Whether a path, as sent, begins like the address of a trade item."""
    return path.startswith("/01/")


def is_value(text: str) -> bool:
    """Whether a lot, variant or serial may be called so (General Specifications, 3.4.1, 3.5.1)."""
    return bool(_VALUE.fullmatch(text))


def read(path: str) -> Item:
    """What a path identifies, as it was sent, still percent-encoded and without its query.

    One slash at the end is passed over. BadSyntax: says why it is no address of a trade item.
    """
    parts = path.removesuffix("/").split("/")[1:]
    if len(parts) < 2 or parts[0] not in PRIMARY_KEYS:
        raise BadSyntax("A trade item is /01/ and its GTIN.")
    gtin = _decoded(parts[1])
    if not _GTIN.fullmatch(gtin):
        raise BadSyntax("A GTIN in an address has 14 digits; fill shorter ones with zeros.")
    if check_digit(gtin[:-1]) != int(gtin[-1]):
        raise BadSyntax(f"The check digit of {gtin} is {check_digit(gtin[:-1])}.")
    return Item(gtin, **_qualifiers(parts[2:]))


def _qualifiers(parts: list[str]) -> dict[str, str]:
    if len(parts) % 2:
        raise BadSyntax("A qualifier and its value follow each other.")
    if parts and parts[0] == THIRD_PARTY:
        if len(parts) > 2:
            raise BadSyntax("The qualifier 235 stands alone.")
        value = _decoded(parts[1])
        if not _LONGER.fullmatch(value):
            raise BadSyntax("The value of 235 has 1 to 28 signs of GS1's set 82.")
        return {"third_party": value}
    found: dict[str, str] = {}
    left = list(QUALIFIERS)
    for ai, raw in zip(parts[::2], parts[1::2], strict=True):
        if ai not in QUALIFIERS:
            raise BadSyntax(
                f"“{ai[:20]}” is no qualifier of a GTIN: those are 22, 10 and 21, or 235."
            )
        if ai not in left:
            raise BadSyntax("Qualifiers stand once, in the order 22, 10, 21.")
        left = left[left.index(ai) + 1 :]
        value = _decoded(raw)
        if not _VALUE.fullmatch(value):
            raise BadSyntax(f"The value of {ai} has 1 to 20 signs of GS1's set 82.")
        found[QUALIFIERS[ai]] = value
    return found


def _decoded(segment: str) -> str:
    if not _SEGMENT.fullmatch(segment):
        raise BadSyntax("A part of the path is empty, or holds a sign that must be written as %XX.")
    try:
        return unquote_to_bytes(segment).decode("ascii")
    except UnicodeDecodeError:
        raise BadSyntax("A key or qualifier holds only signs of GS1's set 82.") from None
