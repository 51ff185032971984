"""What a name of goods says, whichever way it is written: a trade item, a lot, a stamp. Pure.

GS1's numbers as URN or Digital Link of any host, with the qualifiers in any order; the private URNs
of our events (`naming`); and the short addresses that we print: `/S/` with a serial, `/L/` with the
code of a lot, `/P/` with the code of a sales unit and, behind it, the number of a lot. Below `/T/`
stand the pages that these lead to, which people copy from their browser.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from ocop.traceability.epcis import identifiers
from ocop.traceability.serials import LENGTH, plain

_LINK = re.compile(r"https?://[^/?#]+/(?P<path>[^?#]*)(?:[?#].*)?", re.IGNORECASE)
_URN = re.compile(r"urn:ocop:(lot:class|stamp:obj):([0-9A-Za-z]+)", re.IGNORECASE)
_CODE = re.compile("[0-9A-Za-z]{8}")
_SERIAL = re.compile(f"[0-9A-Za-z]{{{LENGTH}}}")
_LOT_KEY, _PIECE_KEY, _VARIANT_KEY = "10", "21", "22"


@dataclass(frozen=True, slots=True)
class Name:
    """What is said; "" where nothing is said of it."""

    gtin: str = ""
    unit: str = ""  # the own code of a sales unit
    numbers: tuple[str, ...] = ()  # of its lot: what it may mean, the likelier first
    variant: str = ""
    lot: str = ""  # the own code of a lot
    serial: str = ""

    @property
    def is_short(self) -> bool:
        """Whether only whoever gave the code out can know it."""
        return not self.gtin


def read(text: str) -> Name | None:
    """What a name says; None: it is no name of goods that we know to read."""
    if match := _URN.fullmatch(text):
        return _of_urn(match[1].lower(), match[2])
    parts = identifiers.parts(text)
    if parts is not None:
        return _of_parts(parts)
    match = _LINK.fullmatch(text)
    return _short(match["path"].removesuffix("/").split("/")) if match else None


def as_address(text: str) -> str:
    """What a person typed or a phone read, as an address where a host or a path stands in it: none
    of its blanks, and a scheme before it."""
    typed = "".join(text.split())
    if "://" in typed or "/" not in typed:
        return typed
    return f"https://{'-' if typed.startswith('/') else ''}{typed}"


def _of_urn(kind: str, code: str) -> Name | None:
    if kind == "lot:class":
        return Name(lot=code.lower()) if _CODE.fullmatch(code) else None
    return Name(serial=plain(code)) if _SERIAL.fullmatch(code) else None


def _of_parts(parts: dict[str, str]) -> Name | None:
    if "01" not in parts:
        return None
    number = parts.get(_LOT_KEY)
    return Name(
        gtin=parts["01"],
        numbers=(number,) if number else (),
        variant=parts.get(_VARIANT_KEY, ""),
        serial=parts.get(_PIECE_KEY, ""),
    )


def _short(parts: list[str]) -> Name | None:
    """The path of a short address, without the slash before it."""
    if parts[0].upper() == "T":
        parts = parts[1:] if len(parts) > 1 and len(parts[1]) == 1 else ["S", *parts[1:]]
    letter, code, more = parts[0].upper(), "".join(parts[1:2]), parts[2:]
    if letter == "S" and _SERIAL.fullmatch(code) and not more:
        return Name(serial=plain(code))
    if letter == "L" and _CODE.fullmatch(code) and not more:
        return Name(lot=code.lower())
    if letter == "P" and _CODE.fullmatch(code):
        return _of_unit(code.lower(), more)
    return None


NOTHING = Name()


def behind_unit(unit: str, path: str) -> Name:
    """What the address of a sales unit says, by what stands behind its code."""
    return _of_unit(unit, path.split("/"))


def _of_unit(unit: str, more: list[str]) -> Name:
    """What stands behind the code of a sales unit: keys and values as GS1 has them, or the number
    of a lot as a trace code has it, which may hold a slash itself."""
    told = {key: unquote(value) for key, value in zip(more[::2], more[1::2], strict=False)}
    whole = unquote("/".join(more))
    if len(more) % 2 or not told or not set(told) <= {_LOT_KEY, _PIECE_KEY, _VARIANT_KEY}:
        return Name(unit=unit, numbers=(whole,) if whole else ())
    number, serial = told.get(_LOT_KEY, ""), told.get(_PIECE_KEY, "")
    # 10/2026 is a usual number of a lot.
    numbers = (whole, number) if set(told) == {_LOT_KEY} else (number,) if number else ()
    return Name(unit=unit, numbers=numbers, variant=told.get(_VARIANT_KEY, ""), serial=serial)
