"""What the register holds of the products that a file names, whatever the decision."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.keys import same
from ocop.recognition.models import Recognition
from ocop.recognition.registry_import import Code, Draft, Field, Report

Named = tuple[str, str]  # product and producer, as keys compare names


@dataclass(frozen=True, slots=True)
class Past:
    """One row of the register: by which decision, when, and its star."""

    number: str  # "" without a decision
    signed_on: date | None
    year: int | None
    stars: int
    potential_five: bool


Pasts = dict[Named, list[Past]]


def named(draft: Draft) -> Named:
    """What a row is about."""
    return same(draft.name), same(draft.producer)


def pasts_of(drafts: Iterable[Draft]) -> Pasts:
    """The rows of the register about the same products; results that were annulled never were."""
    names = {folding.words(draft.name, draft.producer) for draft in drafts}
    rows = Recognition.objects.filter(product__folded__in=names, annulled_on=None).values_list(
        "product__name",
        "product__producer__name",
        "decision__number",
        "decision_number",
        "decision__signed_on",
        "year",
        "stars",
        "potential_five",
    )
    found: Pasts = defaultdict(list)
    for product, producer, number, bare, signed_on, year, stars, potential in rows:
        past = Past(same(number or bare), signed_on, year, stars, potential)
        found[same(product), same(producer)].append(past)
    return found


def of_number(draft: Draft, pasts: Pasts) -> list[Past]:
    """The rows about the same product by a decision of the same number, of whatever year."""
    number = same(draft.decision)
    return [past for past in pasts.get(named(draft), ()) if number and past.number == number]


def same_year(draft: Draft, found: Sequence[Past]) -> list[Past]:
    """Those that may be of the year the row tells: numbers of decisions begin anew each year."""
    return [past for past in found if draft.year in (None, past.year) or past.year is None]


def last_before(draft: Draft, pasts: Pasts) -> Past | None:
    """The last decision about the same product before the day of the row's."""
    day = draft.signed_on
    found = [p for p in pasts.get(named(draft), ()) if day and p.signed_on and p.signed_on < day]
    return max(found, key=lambda past: past.signed_on or date.min, default=None)


def star_words(stars: int, potential_five: bool) -> str:
    """What stands before the word for stars."""
    return _("tiềm năng 5") if potential_five else str(stars)


def told_of_number(draft: Draft, past: Past) -> Report:
    """The remark on a row that is taken although the register knows its number."""
    facts = {
        "before": star_words(past.stars, past.potential_five),
        "day": _when(past.signed_on, past.year),
        "stars": star_words(draft.stars, draft.potential_five),
        "new_day": _when(draft.signed_on, draft.year),
    }
    return Report(draft.row, Field.DECISION, Code.SAME_NUMBER, facts)


def _when(day: date | None, year: int | None) -> str:
    return write_date(day) if day else str(year or "–")
