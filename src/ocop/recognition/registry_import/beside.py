"""What the rows of a file say of each other."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ocop.core import folding
from ocop.core.numbers import write_date
from ocop.producers.spelling import written_out
from ocop.recognition.keys import PaperKey, paper_key, same
from ocop.recognition.registry_import.codes import Code, Report
from ocop.recognition.registry_import.draft import Draft
from ocop.recognition.registry_import.fields import Field

PROPOSED = "B2"  # evidence of what is no decision yet
_A_YEAR = timedelta(days=365)
_DAYS_TOLD = 6


def beside_each_other(drafts: list[Draft]) -> list[Report]:
    """Remarks that only the whole file shows: the same fact twice, stars that differ, one act that
    may be told twice, one decision of two days, a producer written in two ways."""
    reports: list[Report] = []
    by_key: dict[str, list[Draft]] = {}
    by_product: dict[tuple[str, str], list[Draft]] = {}
    first: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        maker = _first_of(draft, first).producer
        by_key.setdefault(draft.key_of(maker), []).append(draft)
        pair = (folding.words(draft.name), folding.words(maker))
        by_product.setdefault(pair, []).append(draft)
        reports += spelled_otherwise(draft, maker)
    for alike in by_key.values():
        if len(alike) > 1:
            reports += _same_fact(alike)
    for life in by_product.values():
        if len(life) > 1:
            reports += _changes(life)
    reports += _two_days(drafts, {r.row for r in reports if r.code is Code.DECISION_TWO_DATES})
    return reports


def _first_of(draft: Draft, first: dict[tuple[str, str], Draft]) -> Draft:
    """The first row of the same producer in the same commune; tax codes that differ tell two."""
    if draft.placed.commune is None:
        return draft
    found = first.setdefault((written_out(draft.producer), draft.placed.commune.code), draft)
    apart = found.tax_code and draft.tax_code and found.tax_code != draft.tax_code
    return draft if apart else found


def spelled_otherwise(draft: Draft, maker: str) -> Iterator[Report]:
    """A remark on a producer whose kind is written another way than in the name that is kept."""
    if same(maker) != same(draft.producer):
        facts = {"text": draft.producer, "name": maker}
        yield Report(draft.row, Field.PRODUCER, Code.PRODUCER_SPELLED_OTHERWISE, facts)


def _same_fact(rows: list[Draft]) -> Iterator[Report]:
    first = rows[0]
    if len({(draft.stars, draft.potential_five) for draft in rows}) > 1 and first.decision:
        numbers = ", ".join(str(draft.row) for draft in rows)
        for draft in rows:
            yield Report(draft.row, Field.STARS, Code.STARS_CONFLICT, {"rows": numbers}, True)
        return
    if len(days := sorted({d.signed_on for d in rows if d.signed_on})) > 1 and first.decision:
        facts = {"number": first.decision, "days": ", ".join(map(write_date, days))}
        for draft in rows:
            yield Report(draft.row, Field.DECIDED_ON, Code.DECISION_TWO_DATES, facts, True)
        return
    for draft in rows[1:]:
        alike = (draft.stars, draft.year) == (first.stars, first.year)
        code = Code.DUPLICATE if first.decision or alike else Code.TWICE_WITHOUT_DECISION
        yield Report(draft.row, Field.NAME, code, {"row": str(first.row)}, True)


def _changes(life: list[Draft]) -> Iterator[Report]:
    """What the decisions on one product say of each other: a star that differs from the last one's,
    and the same star again too soon. All are taken, and told."""
    dated = sorted((d for d in life if d.signed_on), key=lambda d: (d.signed_on, d.row))
    for before, after in pairwise(dated):
        if _decision(before) == _decision(after):
            continue
        if before.stars != after.stars:
            facts = {"before": str(before.stars), "stars": str(after.stars)}
            yield Report(after.row, Field.STARS, Code.STARS_CHANGED, facts)
            continue
        told = before.evidence != PROPOSED and before.potential_five == after.potential_five
        if told and before.signed_on and is_again(after, before.decision, before.signed_on):
            yield told_again(after, before.decision, before.signed_on)


def is_again(draft: Draft, number: str, signed_on: date) -> bool:
    """Whether a row may tell an act again that another decision on the same product and star tells:
    two numbers, signed less than a year apart. A star stands 36 months and is evaluated again 180
    days before its end at the earliest, so nobody earns it twice in a year."""
    if draft.evidence == PROPOSED or not (draft.decision and draft.signed_on and number):
        return False
    apart = same(draft.decision) != same(number)
    return apart and abs(draft.signed_on - signed_on) < _A_YEAR


def told_again(draft: Draft, number: str, signed_on: date) -> Report:
    """The remark on a row that may tell an act again."""
    facts = {"stars": str(draft.stars), "number": number, "day": write_date(signed_on)}
    return Report(draft.row, Field.DECISION, Code.SAME_STAR_AGAIN, facts)


def _decision(draft: Draft) -> tuple[str, int | None] | str:
    """What tells decisions of one product apart: the number, which begins anew each year."""
    return (same(draft.decision), draft.year) if draft.decision else draft.key


def _two_days(drafts: list[Draft], told: set[int]) -> Iterator[Report]:
    """A remark on one decision with two days of signing: of the same number, year and authority.
    Where most rows agree on a day, on the others only."""
    by_paper: dict[PaperKey, list[Draft]] = {}
    for draft in drafts:
        if (key := paper_of(draft)) is not None:
            by_paper.setdefault(key, []).append(draft)
    for rows in by_paper.values():
        counted = Counter(draft.signed_on for draft in rows if draft.signed_on)
        if len(counted) < 2:
            continue
        (usual, most), (_next, second) = counted.most_common(2)
        days = ", ".join(map(write_date, sorted(counted)[:_DAYS_TOLD]))
        for draft in rows:
            odd = most == second or draft.signed_on != usual
            if odd and draft.row not in told:
                facts = {"number": draft.decision, "days": days}
                yield Report(draft.row, Field.DECIDED_ON, Code.NUMBER_TWO_DAYS, facts)


def paper_of(draft: Draft) -> PaperKey | None:
    """What tells the decision of a row from others; None where the row has no dated decision."""
    if not (draft.decision and draft.signed_on) or draft.evidence == PROPOSED:
        return None
    return paper_key(draft.decision, draft.signed_on, draft.authority, draft.placed.province)
