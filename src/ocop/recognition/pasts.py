"""What the register holds of the products that a file names, whatever the decision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.keys import PaperKey, paper_key, same
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.registry_import import (
    Code,
    Draft,
    Field,
    Report,
    is_again,
    paper_of,
    told_again,
)

Named = tuple[str, str]  # product and producer, as keys compare names


@dataclass(frozen=True, slots=True)
class Past:
    """One row of the register: by which decision, when, and its star; `row` holds its columns."""

    row: Mapping[str, Any]
    authority: str
    annulled: bool
    number: str  # "" without a decision
    signed_on: date | None
    year: int | None
    stars: int
    potential_five: bool


Pasts = dict[Named, list[Past]]


#: Columns that tell what a row of the register says.
COLUMNS = (
    "pk", "row_key", "stars", "potential_five", "year", "evaluated_on", "decision",
    "decision__number", "decision__signed_on", "expires_on", "total", "evidence", "commune",
    "province",
)  # fmt: skip


def pasts_of(pairs: Iterable[tuple[str, str]]) -> Pasts:
    """The rows of the register about the same products, by names of product and producer."""
    names = {folding.words(product, producer) for product, producer in pairs}
    # A record that was found wrong tells of nothing: its file may bring the true one.
    rows = Recognition.objects.filter(product__folded__in=names, mistaken=False).values(
        *COLUMNS,
        "product__name",
        "product__producer__name",
        "decision_number",
        "authority",
        "annulled_on",
    )
    found: Pasts = defaultdict(list)
    # One that stands is found before one that is void: a fact entered anew has both.
    for row in rows.order_by(F("annulled_on").asc(nulls_first=True), "pk"):
        past = Past(
            row,
            same(row["authority"]),
            row["annulled_on"] is not None,
            same(row["decision__number"] or row["decision_number"]),
            row["decision__signed_on"],
            row["year"],
            row["stars"],
            row["potential_five"],
        )
        found[same(row["product__name"]), same(row["product__producer__name"])].append(past)
    return found


def of_fact(draft: Draft, pasts: Sequence[Past], *, undated: bool = False) -> Past | None:
    """The row that tells the same fact as `keys.row_key` has it, whatever names stood in the file
    that brought it. `undated`: as it was told when only the number of its decision was known."""
    number = same(draft.decision)
    year = draft.signed_on.year if draft.signed_on and not undated else None
    for past in pasts:
        if past.number != number or (undated and past.row["decision"]):
            continue
        if number and year == (past.signed_on.year if past.signed_on else None):
            return past
        if not number and past.authority == same(draft.authority):
            return past
    return None


def of_number(draft: Draft, pasts: Sequence[Past]) -> list[Past]:
    """The rows by a decision of the same number, of whatever year; what was annulled never was."""
    number = same(draft.decision)
    return [past for past in pasts if number and past.number == number and not past.annulled]


def same_year(draft: Draft, found: Sequence[Past]) -> list[Past]:
    """Those that may be of the year the row tells: numbers of decisions begin anew each year."""
    return [past for past in found if draft.year in (None, past.year) or past.year is None]


def last_before(draft: Draft, pasts: Sequence[Past]) -> Past | None:
    """The last decision before the day of the row's."""
    day = draft.signed_on
    found = [p for p in pasts if day and p.signed_on and p.signed_on < day and not p.annulled]
    return max(found, key=lambda past: past.signed_on or date.min, default=None)


def again(draft: Draft, pasts: Sequence[Past]) -> list[Report]:
    """A remark on a row that may tell an act again which the register has by another number."""
    star = (draft.stars, draft.potential_five)
    for past in pasts:
        alike = (past.stars, past.potential_five) == star and not past.annulled
        if alike and past.signed_on and is_again(draft, past.number, past.signed_on):
            return [told_again(draft, past.row["decision__number"], past.signed_on)]
    return []


def days_of_papers(drafts: Iterable[Draft]) -> Mapping[PaperKey, set[date]]:
    """On which days the register has the decisions that rows name signed."""
    numbers = {draft.decision for draft in drafts} - {""}
    rows = Decision.objects.filter(number__in=numbers, mistaken_on=None).values_list(
        "number", "signed_on", "authority", "recognitions__province"
    )
    days: dict[PaperKey, set[date]] = defaultdict(set)
    for number, signed_on, authority, province in rows.distinct():
        days[paper_key(number, signed_on, authority, province or "")].add(signed_on)
    return days


def another_day(draft: Draft, days: Mapping[PaperKey, set[date]]) -> list[Report]:
    """A remark on a decision that the register has signed on another day of the year."""
    key = paper_of(draft)
    known = days.get(key, set()) if key else set()
    if not known or draft.signed_on is None or draft.signed_on in known:
        return []
    facts = {
        "number": draft.decision,
        "before": ", ".join(map(write_date, sorted(known))),
        "day": write_date(draft.signed_on),
    }
    return [Report(draft.row, Field.DECIDED_ON, Code.NUMBER_OF_ANOTHER_DAY, facts)]


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
