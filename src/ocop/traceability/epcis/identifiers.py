"""One form for every way to write an identifier: the constrained canonical GS1 Digital Link URI
(CBV 2.0, 8.9.2, steps 17 and 18).

EPC URIs, EPC class and pattern URIs and Digital Link URIs of any host are turned into it; whatever
is no GS1 identifier stays as it is (CBV 2.0, 8.2: private and industry-wide URIs).
"""

import re
from urllib.parse import quote, unquote

from ocop.products.gtin import check_digit

ROOT = "https://id.gs1.org"
#: Keys and, for each, the qualifiers of the finest level first (CBV 2.0, 8.9.2, step 18).
_KEYS: dict[str, tuple[str, ...]] = {
    "00": (),
    "01": ("21", "235", "10"),
    "253": (),
    "255": (),
    "401": (),
    "402": (),
    "414": ("254",),
    "417": (),
    "8003": (),
    "8004": (),
    "8006": ("21", "10"),
    "8010": ("8011",),
    "8017": (),
    "8018": (),
}
#: Digits of a key that end with a check digit.
_LENGTHS = {
    "00": 18, "01": 14, "253": 13, "255": 13, "402": 17, "414": 13, "417": 13, "8003": 14,
    "8006": 14, "8017": 18, "8018": 18,
}  # fmt: skip
_TAILS = {"253": 17, "255": 12, "8003": 16, "8006": 4}  # signs that may follow the check digit
_LINK = re.compile(r"https?://[^/?#]+(?P<path>(?:/[^?#]*)?)(?:[?#].*)?", re.IGNORECASE)
_URN = re.compile(r"urn:epc:(id|class|idpat):([a-z]+):(.+)")
#: Company prefix and reference of an EPC URI: together so many digits (Tag Data Standard, 6.3).
_SCHEMES: dict[str, tuple[str, int]] = {
    "sgtin": ("01", 13), "lgtin": ("01", 13), "upui": ("01", 13), "itip": ("8006", 13),
    "sscc": ("00", 17), "sgln": ("414", 12), "pgln": ("417", 12), "grai": ("8003", 12),
    "gdti": ("253", 12), "sgcn": ("255", 12), "gsrn": ("8018", 17), "gsrnp": ("8017", 17),
    "gsin": ("402", 16), "giai": ("8004", 0), "ginc": ("401", 0), "cpi": ("8010", 0),
}  # fmt: skip
_INDICATED = ("01", "00", "8006")  # the first digit of the reference stands before the prefix
_QUALIFIER = {"sgtin": "21", "lgtin": "10", "upui": "235", "sgln": "254", "cpi": "8011"}
_SHORT = ("sscc", "pgln", "gsrn", "gsrnp", "gsin", "giai", "ginc")  # no serial after the reference
_LONG = ("itip",)  # a part of goods and how many there are: not asked for by patterns
_NUMERIC = re.compile("[0-9]+")
_VALUE = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,90}""")
_PLAIN = "-._~"
_PREFIXES = range(6, 13)


def canonical(uri: str) -> str:
    """The one form of an identifier; the same text where it is no GS1 identifier."""
    if uri.startswith("urn:epc:"):
        return _of_urn(uri) or uri
    return _of_link(uri) or uri


def is_gs1(uri: str) -> bool:
    """Whether a URI is a GS1 identifier that holds: its form and its check digit."""
    return bool(_of_urn(uri) if uri.startswith("urn:epc:") else _of_link(uri))


def is_pattern(uri: str) -> bool:
    """Whether a URI stands for many identifiers (Tag Data Standard, pure identity patterns)."""
    return uri.startswith("urn:epc:idpat:") and uri.endswith("*")


def beginnings(pattern: str) -> tuple[str, ...]:
    """What the identifiers of a pattern begin with, in their one form; (): it is no pattern that
    holds. Once a part is any, all that follow are."""
    match = _URN.fullmatch(pattern)
    if match is None or match[2] not in _SCHEMES or match[2] in _LONG:
        return ()
    scheme, (key, _digits) = match[2], _SCHEMES[match[2]]
    parts = match[3].split(".", 2)
    free = parts.index("*") if "*" in parts else len(parts)
    known = parts[:free]
    fields = 2 if scheme in _SHORT else 3
    if len(parts) != fields or set(parts[free:]) != {"*"} or not all(map(str.isdecimal, known)):
        return ()
    if not known:
        return (f"{ROOT}/{key}/",)
    if len(known) == 1:
        if len(known[0]) not in _PREFIXES:
            return ()
        first = "0123456789" if key in _INDICATED else ["0" if scheme == "grai" else ""]
        return tuple(f"{ROOT}/{key}/{digit}{known[0]}" for digit in first)
    if scheme == "cpi":
        return (f"{ROOT}/{key}/{known[0]}{known[1]}/8011/",)
    whole = _of_urn(pattern)
    return (f"{whole}/{_QUALIFIER[scheme]}/" if scheme in _QUALIFIER else whole,) if whole else ()


def lot_of(uri: str) -> tuple[str, str] | None:
    """GTIN and lot number that a class or piece of goods names, if it names them."""
    parts = _split(uri) if not uri.startswith("urn:epc:") else _split(canonical(uri))
    if parts is None or parts[0][0] != "01":
        return None
    found = dict(parts)
    return (found["01"], found["10"]) if "10" in found else None


def serial_of(uri: str) -> tuple[str, str] | None:
    """GTIN and serial number of a piece of goods, if it is one."""
    parts = _split(canonical(uri))
    if parts is None or parts[0][0] != "01":
        return None
    found = dict(parts)
    return (found["01"], found["21"]) if "21" in found else None


def parts(uri: str) -> dict[str, str] | None:
    """The primary key and the qualifiers that a GS1 identifier names, in whichever order they
    stand; None: it is none."""
    found = _split(_of_urn(uri) if uri.startswith("urn:epc:") else uri)
    return None if found is None else dict(found)


def piece(gtin: str, serial: str) -> str:
    """One piece of a trade item."""
    return f"{ROOT}/01/{gtin}/21/{_encoded(serial)}"


def trade_item(gtin: str, lot: str = "") -> str:
    """The class of a trade item, or of a lot of it."""
    return f"{ROOT}/01/{gtin}" + (f"/10/{_encoded(lot)}" if lot else "")


def place(gln: str) -> str:
    """The place with a GLN."""
    return f"{ROOT}/414/{gln}"


def parts_of(uri: str) -> str:
    """What the parts of a place begin with: those that have its GLN and an extension; "" where the
    URI, in its one form, is no GLN alone."""
    start = f"{ROOT}/414/"
    alone = uri.startswith(start) and holds("414", uri.removeprefix(start))
    return f"{uri}/254/" if alone else ""


def party(gln: str) -> str:
    """The party with a GLN."""
    return f"{ROOT}/417/{gln}"


def container(sscc: str) -> str:
    """The logistic unit with an SSCC."""
    return f"{ROOT}/00/{sscc}"


def holds(key: str, digits: str) -> bool:
    """Whether digits are a number of a GS1 key: as many as it has, the last one checking."""
    return (
        len(digits) == _LENGTHS[key]
        and digits.isascii()
        and digits.isdigit()
        and check_digit(digits[:-1]) == int(digits[-1])
    )


def _encoded(value: str) -> str:
    return quote(value, safe=_PLAIN)


def _split(uri: str) -> list[tuple[str, str]] | None:
    """Keys and values of a Digital Link URI from its primary key on; None: it is none."""
    match = _LINK.fullmatch(uri)
    if match is None:
        return None
    parts = match["path"].removesuffix("/").split("/")[1:]
    at = next((n for n, part in enumerate(parts) if part in _KEYS), None)
    if at is None or (len(parts) - at) % 2:
        return None
    pairs = list(zip(parts[at::2], map(unquote, parts[at + 1 :: 2]), strict=True))
    key, value = pairs[0]
    if not _is_key(key, value) or not all(_VALUE.fullmatch(text) for _ai, text in pairs):
        return None
    return pairs


def _is_key(key: str, value: str) -> bool:
    if key not in _LENGTHS:
        return bool(_VALUE.fullmatch(value))
    length = _LENGTHS[key]
    tail = value[length:]
    return holds(key, value[:length]) and len(tail) <= _TAILS.get(key, 0)


def _of_link(uri: str) -> str:
    pairs = _split(uri)
    if pairs is None:
        return ""
    (key, value), more = pairs[0], dict(pairs[1:])
    finest = next((ai for ai in _KEYS[key] if ai in more), "")
    found = f"{ROOT}/{key}/{_encoded(value)}"
    return f"{found}/{finest}/{_encoded(more[finest])}" if finest else found


def _of_urn(uri: str) -> str:
    match = _URN.fullmatch(uri)
    if match is None or match[2] not in _SCHEMES:
        return ""
    kind, scheme, rest = match.groups()
    key, digits = _SCHEMES[scheme]
    parts = rest.split(".", 2)
    if len(parts) < 2 or not _NUMERIC.fullmatch(parts[0]) or len(parts[0]) not in _PREFIXES:
        return ""
    if not digits:
        return _unchecked(scheme, key, [parts[0], *rest.split(".")[1:]])
    prefix, reference = parts[:2]
    number = prefix + reference
    if len(number) != digits or not _NUMERIC.fullmatch(number):
        return ""
    if key in _INDICATED:
        number = reference[0] + prefix + reference[1:]
    if scheme == "grai":
        number = "0" + number
    number += str(check_digit(number))
    return _with_rest(kind, scheme, f"{ROOT}/{key}/{number}", parts[2] if parts[2:] else "")


def _with_rest(kind: str, scheme: str, found: str, rest: str) -> str:
    """The identifier with what follows the key: serial, lot, extension."""
    if kind == "idpat" and rest in ("*", ""):
        return found
    if scheme == "itip":
        pieces = rest.split(".", 2)
        return (
            f"{found}{''.join(pieces[:2])}/21/{_encoded(unquote(pieces[2]))}" if pieces[2:] else ""
        )
    value = unquote(rest)
    if scheme in ("sscc", "pgln", "gsrn", "gsrnp", "gsin"):
        return "" if value else found
    if not value or not _VALUE.fullmatch(value):
        return ""
    if scheme in _QUALIFIER:
        no_extension = scheme == "sgln" and value == "0"
        return found if no_extension else f"{found}/{_QUALIFIER[scheme]}/{_encoded(value)}"
    return found + _encoded(value)  # GRAI, GDTI, SGCN: the serial follows the check digit


def _unchecked(scheme: str, key: str, parts: list[str]) -> str:
    """Keys without a check digit: GIAI, GINC and CPI."""
    if scheme == "cpi":
        if len(parts) != 3:
            return ""
        return f"{ROOT}/{key}/{_encoded(unquote(parts[0] + parts[1]))}/8011/{parts[2]}"
    return f"{ROOT}/{key}/{_encoded(unquote(parts[0] + '.'.join(parts[1:])))}"
