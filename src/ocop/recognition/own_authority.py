"""Whether the authority that signed a decision is the one this installation works for.

A certificate bears the letterhead, the place and the title of who signs here: none of them goes
under a decision of another province, of the Ministry or of a district of before.
"""

from ocop.core import folding, options
from ocop.places import gazetteer
from ocop.places.models import Level as Tier
from ocop.recognition.authority import DISTRICTS_GONE, Level, level_of
from ocop.recognition.models import Decision

_COMMITTEE = ("ubnd", "uy ban nhan dan")


def is_own(decision: Decision) -> bool:
    """Whether a decision is of this province's People's Committee or its chair.

    By the unit it was entered with, if any, and by the name of who signed: it ends with the
    province's, and its level is a province's. A city without a level in its name (Huế) was a
    district's until those ended. Who is not told is not this one. While the installation has not
    said its province, every province's is taken for it.
    """
    code, level = options.PROVINCE.get(), level_of(decision.authority, decision.number)
    name = folding.words(decision.authority)
    if level is None and decision.signed_on >= DISTRICTS_GONE:
        level = Level.PROVINCE if any(word in name for word in _COMMITTEE) else None
    if level is not Level.PROVINCE or not code:
        return level is Level.PROVINCE
    unit, province = decision.unit, gazetteer.load().find(code, decision.signed_on)
    if unit is not None and (unit.level != Tier.PROVINCE or unit.code != code):
        return False
    return province is not None and f" {name}".endswith(f" {folding.words(province.bare)}")
