"""From the columns of an address to the units of then and of now."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ocop.core import folding
from ocop.places import locate, located_alike
from ocop.places.gazetteer import Entry

#: A number behind one of these words is a house or a hamlet and tells nothing of the unit: with
#: one number for all, addresses of one commune are located once.
_HOUSE = re.compile(
    r"\b(số nhà|số|thôn|tổ|xóm|ấp|bản|bon|buôn|đội|khu phố|khu|ngõ|ngách)(\s+)\d+\b", re.IGNORECASE
)
_KINDS = re.compile(
    r"^(?:tỉnh|thành phố|tp\.?|t\.|huyện|h\.|quận|q\.|thị xã|tx\.?|xã|x\.|phường|p\.|thị trấn|"
    r"tt\.?|đặc khu)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row lies. `commune` is today's; `province` a code of today's; either may be unknown.

    Of the rest at most one is said: `unknown`, `candidates`, or `contradicts` (what columns and
    address name).
    """

    then: Entry | None = None
    commune: Entry | None = None
    province: str = ""
    written: str = ""  # the text that was not located, or not for certain
    unknown: bool = False
    missing: bool = False
    candidates: tuple[Entry, ...] = ()
    contradicts: tuple[str, str] | None = None
    understood: Entry | None = None  # the province that no address said, and that told which


@dataclass(frozen=True, slots=True)
class Address:
    """The columns of an address as text, "" where blank or absent."""

    text: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""

    def of_columns(self) -> str:
        """Commune, district and province in one line."""
        return ", ".join(part for part in (self.commune, self.district, self.province) if part)

    def whole(self) -> str:
        """The address with those of the upper units that it does not name itself.

        Not with the commune of its column: that the two agree is to be seen.
        """
        said = f" {folding.words(self.text)} "
        parts = [self.text]
        for part in (self.district, self.province):
            bare = folding.words(_KINDS.sub("", part))
            if bare and f" {bare} " not in said:
                parts.append(part)
        return ", ".join(part for part in parts if part)


def place(address: Address, on: date, home: Entry | None = None) -> Placed:
    """The units an address of a day speaks of; nothing where it is not certain.

    `home`: the province whose register it is; it tells which of several units is meant where the
    address names no province.
    """
    if not address.commune:
        written = address.whole()
        return _placed(written, on, home) if written else Placed(missing=True)
    by_columns = _placed(address.of_columns(), on, home)
    if not address.text:
        return by_columns
    alone = _placed(address.text, on, None)
    by_text = alone if alone.commune else _placed(address.whole(), on, home)
    if by_columns.commune and by_text.commune and by_columns.commune is not by_text.commune:
        return Placed(
            province=by_columns.province if by_columns.province == by_text.province else "",
            written=address.text,
            contradicts=(by_columns.commune.name, by_text.commune.name),
        )
    return by_columns if by_columns.commune or not by_text.commune else by_text


def _placed(written: str, on: date, home: Entry | None) -> Placed:
    address, day = _HOUSE.sub(r"\1\g<2>1", written), located_alike(on)
    found = _located(address, day)
    if home is not None and found.candidates and not _province_named(address, day):
        found = _at_home(found, _located(f"{address}, {home.name}", day), home)
    told = found.candidates or found.unknown or found.understood
    return replace(found, written=written) if told else found


def _at_home(found: Placed, here: Placed, home: Entry) -> Placed:
    """An address that leaves several units possible, with its province: one of them, or fewer."""
    if here.commune is not None:
        return replace(here, understood=home)
    return here if 0 < len(here.candidates) <= len(found.candidates) else found


@lru_cache(maxsize=50_000)  # most rows of a file share their commune, and then this object
def _located(address: str, on: date) -> Placed:
    found = locate(address, on)
    province = _province_of(found.now) or _common_province(found.candidates)
    province = province or _province_named(address, on)
    commune = found.now if found.now is not None and found.now.level == "commune" else None
    if found.ambiguous:
        return Placed(found.then, None, province, candidates=found.candidates)
    if found.then is None and found.now is None:
        return Placed(province=province, unknown=True)
    # A unit above the commune, or one of which nobody recorded what it became.
    return Placed(found.then, commune, province, missing=commune is None)


def _province_of(entry: Entry | None) -> str:
    if entry is None:
        return ""
    top = next((a for a in (entry, *entry.ancestors()) if a.level == "province"), None)
    return top.code if top is not None and top.valid_to is None else ""


def _common_province(candidates: tuple[Entry, ...]) -> str:
    codes = {_province_of(entry) for entry in candidates}
    return codes.pop() if len(codes) == 1 else ""


def _province_named(written: str, on: date) -> str:
    """The province at the end of an address whose lower units are not in the lists."""
    last = written.rpartition(",")[2].strip()
    now = locate(last, on).now if last else None
    return _province_of(now) if now is not None and now.level == "province" else ""
