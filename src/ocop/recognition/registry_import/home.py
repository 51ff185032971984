"""Which province's register a row belongs to, where its address does not say it.

A province recognises the products of its own communes (Art. 5 of Decision 26/2026/QĐ-TTg, districts
before it likewise), and its offices seldom write its name in every row.
"""

import re
from datetime import date
from functools import lru_cache

from ocop.places import Located, gazetteer, locate, located_alike
from ocop.places.gazetteer import Entry
from ocop.recognition import authority as authorities
from ocop.recognition.authority import Level

#: A committee or its chair; what stands behind it is the place.
_COMMITTEE = re.compile(
    r"^(?:(?:tm|kt)\.?\s*)*(?:(?:phó\s+)?chủ\s+tịch\s+)?"
    r"(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân)\b\s*",
    re.IGNORECASE,
)
_ANY_PROVINCE = re.compile(r"^(?:tỉnh|thành phố|tp\.?)?$", re.IGNORECASE)


def home_of(authority: str, number: str, on: date, own: str) -> Entry | None:
    """The province of who signed; of the file (`own`, a code of today) where nobody is named.

    None where somebody is named whose province cannot be told, or who stands above the provinces.
    """
    return _home(authority, number if not authority else "", located_alike(on), own)


@lru_cache(maxsize=1_000)  # a registry names the same few in row after row
def _home(authority: str, number: str, on: date, own: str) -> Entry | None:
    if authorities.level_of(authority, number) is Level.CENTRE:
        return None
    place = _COMMITTEE.sub("", authority)
    if authority and (place == authority or not _ANY_PROVINCE.match(place)):
        found = locate(place, on) if place != authority else Located()
        entry = found.then or found.now
        return entry and (entry, *entry.ancestors())[-1]
    return gazetteer.load().find(own, date.max) if own else None
