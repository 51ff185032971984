"""What a row says of who signed its decision."""

from collections.abc import Iterator
from datetime import date

from ocop.core.numbers import write_date
from ocop.recognition import authority as authorities
from ocop.recognition import signers
from ocop.recognition.authority import Level
from ocop.recognition.registry_import.codes import Code, Report
from ocop.recognition.registry_import.fields import Field
from ocop.recognition.registry_import.texts import short


def said(
    row: int, authority: str, number: str, stars: int, signed_on: date | None, province: str
) -> Iterator[Report]:
    """A remark where an authority of this level could not give the star on the day, or where its
    name means nobody who decided on stars then. `province`: of the product, a code of today."""
    level = authorities.level_of(authority, number)
    may = authorities.may_give(stars, signed_on)
    if level is not None and level not in may:
        facts = {
            "level": authorities.level_words((level,)),
            "stars": str(stars),
            "day": write_date(signed_on) if signed_on else "–",
            "may": authorities.level_words(may),
        }
        at = Field.AUTHORITY if authority else Field.DECISION
        yield Report(row, at, Code.AUTHORITY_LEVEL, facts)
    elif Level.CENTRE in may and authorities.is_of_committee(number):
        yield Report(row, Field.DECISION, Code.FIVE_STARS_BY_COMMITTEE, {"number": number})
    elif authority and signed_on is not None:
        within = frozenset(each.name for each in signers.provinces_of(province, signed_on))
        if signers.read(authority, signed_on, within=within) is None:
            facts = {"authority": short(authority), "day": write_date(signed_on)}
            yield Report(row, Field.AUTHORITY, Code.AUTHORITY_UNREAD, facts)
