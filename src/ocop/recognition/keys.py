"""When are two rows of a register the same fact? Keys by which a fact comes once."""

import hashlib
import json
import re
from datetime import date
from functools import lru_cache

from ocop.core import folding
from ocop.recognition import signers
from ocop.recognition.signers import Signer

#: What authorities are called for short. A single letter needs its full stop.
_SHORT = tuple(
    (re.compile(short), f"{whole} ")
    for short, whole in (
        (r"\bubnd\b|\buỷ ban nhân dân\b", "ủy ban nhân dân"),
        (r"\btp\b\.?", "thành phố"),
        (r"\btx\b\.?", "thị xã"),
        (r"\bt\.", "tỉnh"),
        (r"\bh\.", "huyện"),
        (r"\bq\.", "quận"),
    )
)
PaperKey = tuple[str, int, str]
_written = json.JSONEncoder(ensure_ascii=False).encode


def row_key(
    *,
    decision: str,
    signed_on: date | None = None,
    authority: str,
    product: str,
    producer: str,
) -> str:
    """The key of a recognition: decision or, without one, authority; product; producer.

    Numbers of decisions begin anew each year, so the year of signing belongs to a decision. Letter
    case, white space and the form of Unicode do not matter; marks do: Sơn Hà is not Sơn Hạ.
    """
    number = same(decision)
    year = str(signed_on.year) if signed_on else ""
    basis = (number, year) if number else ("", same(authority))
    fact = _written([*basis, same(product), same(producer)])
    return hashlib.sha256(fact.encode()).hexdigest()


def paper_key(
    number: str, signed_on: date, authority: str, province: str, signer: Signer | None = None
) -> PaperKey:
    """What tells a decision from others: its number, the year in which it was counted, and who
    signed, as `signers` reads the name (`signer`, where the asker knows more) or else as it is
    written. Where nobody is named, only papers about one province are held against each other."""
    found = signer or signers.read(authority, signed_on)
    serial = signers.serial_of(found, number) if found else ""
    who = found.key if found else authority_key(authority) or province
    return serial or same(number), signed_on.year, who


@lru_cache(maxsize=1_000)  # a registry names the same few in row after row
def authority_key(text: str) -> str:
    """A name of an authority as people write it: UBND TP Hà Nội is UBND thành phố Hà Nội."""
    found = same(text)
    for short, whole in _SHORT:
        found = short.sub(whole, found)
    return same(found)


@lru_cache(maxsize=10_000)  # one import asks for the names of its rows again and again
def same(text: str) -> str:
    """A name as keys compare it: letter case, white space and the form of Unicode aside."""
    return folding.clean(text).casefold()
