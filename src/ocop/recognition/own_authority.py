"""Whether the authority that signed a decision is the one this installation works for.

A certificate bears the letterhead, the place and the title of who signs here: none of them goes
under a decision of another province, of the Ministry or of a district of before.
"""

from ocop.core import options
from ocop.places.models import Level as Tier
from ocop.recognition import competence, signers
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision


def is_own(decision: Decision) -> bool:
    """Whether a decision is of this province's People's Committee or its chair.

    By the name of who signed, read as a whole, by the letters of its number and by the unit it was
    entered with, if any. Who is not told is not this one, nor is a province that this one took in.
    While the installation has not said its province, every province's is taken for it.
    """
    found = competence.read(decision.authority, decision.signed_on)
    if found is None or found.level is not Level.PROVINCE:
        return False
    if signers.is_anothers(found, decision.number):
        return False
    code = options.PROVINCE.get()
    if not code:
        return True
    unit = decision.unit
    if unit is not None and (unit.level != Tier.PROVINCE or unit.code != code):
        return False
    return competence.is_committee_of(found, code, decision.signed_on)


def letterhead_of(decision: Decision) -> str:
    """Who stands at the head of a certificate: the body that signed under its whole name, in
    whichever way the decision was entered."""
    found = competence.read(decision.authority, decision.signed_on)
    return found.title if found is not None else decision.authority
