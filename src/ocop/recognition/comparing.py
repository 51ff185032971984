"""An import held against the register: what is there already, what contradicts it.

A file never replaces what the register holds. A row that gives the same decision another star or
another day is rejected and told with both; a later decision whose star differs from the last one's
is taken and told with both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import F
from rapidfuzz import fuzz

from ocop.core import folding
from ocop.core.numbers import write_date
from ocop.producers.models import Producer
from ocop.producers.spelling import written_out
from ocop.recognition.keys import row_key, same
from ocop.recognition.known import Makers, makers_of
from ocop.recognition.models import Recognition
from ocop.recognition.pasts import (
    COLUMNS,
    Named,
    Past,
    again,
    another_day,
    days_of_papers,
    last_before,
    of_fact,
    of_number,
    pasts_of,
    same_year,
    star_words,
    told_of_number,
)
from ocop.recognition.registry_import import (
    Code,
    Draft,
    Field,
    Report,
    Result,
    spelled_otherwise,
)

T = TypeVar("T")
CHUNK = 2000  # rows that are looked up, and written, together
_PERSONS = ("leader_name", "leader_sex", "members", "workers", "workers_local")
#: Below, two names with one tax code are hardly spellings of one name.
_ALIKE = 70.0


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows that are new, how many were in the register, and all remarks, by row."""

    fresh: list[Draft]
    completing: list[tuple[Draft, int]]  # with the key of the row that lacks its day
    placing: list[tuple[Draft, int]]  # with the key of the row whose commune is not known
    unchanged: int
    rejected: int
    reports: list[Report]


def compare(result: Result) -> Compared:
    """What an import would bring. Rows that contradict the register are rejected."""
    fresh: list[Draft] = []
    completing: list[tuple[Draft, int]] = []
    placing: dict[int, Draft] = {}
    unchanged = 0
    reports: list[Report] = []
    owners: dict[str, str] = {}  # tax code: the name that came with it first
    found_makers = makers_of(result.accepted, CHUNK)
    makers = found_makers.names
    days = _days_in_file(result.accepted, makers)
    told_anew: set[int] = set()  # rows whose last decision is the register's, not the file's
    told_again = {r.row for r in result.reports if r.code == Code.SAME_STAR_AGAIN}
    told_one = {r.row for r in result.reports if r.code == Code.PRODUCER_SPELLED_OTHERWISE}
    for drafts in chunks(result.accepted, CHUNK):
        known = _known_rows(drafts)
        undated = _undated_rows(drafts)
        pasts = pasts_of((draft.name, makers[draft.row]) for draft in drafts)
        papers = days_of_papers(drafts)
        owners |= _known_owners({d.tax_code for d in drafts} - {"", *owners})
        for draft in drafts:
            about = _named(draft, makers)
            past = pasts.get(about, ())
            found: list[Report] = []
            taken = False
            if row := known.get(draft.key) or _row(of_fact(draft, past)):
                found = list(_against(draft, row))
                if place := _tells_place(draft, row, placing, found):
                    placing[row["pk"]] = draft
                    found.append(place)
                else:
                    unchanged += not _rejected(found)
            elif (twin := _undated(draft, undated, past)) and _same_fact(draft, twin):
                completing.append((draft, twin["pk"]))
                found = [Report(draft.row, Field.DECIDED_ON, Code.COMPLETES_REGISTER)]
                taken = True
            elif (twins := _without_its_day(draft, past)) is not None:
                found = twins
                unchanged += not found
            else:
                found = [*_owner(draft, owners), *_of_known_number(draft, past)]
                if taken := not _rejected(found):
                    fresh.append(draft)
            if taken and (changed := _changed(draft, past, days[about])) is not None:
                told_anew.add(draft.row)
                found += changed
            if taken:
                found += another_day(draft, papers)
                found += again(draft, past) if draft.row not in told_again else []
            if draft.row not in told_one and not any(r.field == Field.PRODUCER for r in found):
                found += spelled_otherwise(draft, makers[draft.row])
            reports += found
        reports += _persons_kept([d for d in fresh if d.row >= drafts[0].row], found_makers)
    before = _brought_before(result.doubles)
    unchanged += len(before)
    rejected = len(result.rejected - before) + len({r.row for r in reports if r.rejects})
    told = [r for r in result.reports if not (r.rejects and r.row in before)]
    of_file = [r for r in told if r.code != Code.STARS_CHANGED or r.row not in told_anew]
    reports = sorted([*of_file, *reports], key=lambda report: report.row)
    places = [(draft, key) for key, draft in placing.items()]
    return Compared(fresh, completing, places, unchanged, rejected, reports)


def _tells_place(
    draft: Draft, row: Mapping[str, Any], placing: Mapping[int, Draft], found: Iterable[Report]
) -> Report | None:
    """The remark on a row that tells the commune of a fact whose commune is not known. What lies in
    another province than the register has told is no answer."""
    commune = draft.placed.commune
    if commune is None or row["commune"] or row["pk"] in placing or _rejected(found):
        return None
    if row["province"] not in ("", draft.placed.province):
        return None
    return Report(draft.row, Field.COMMUNE, Code.PLACES_REGISTER, {"commune": commune.name})


def _persons_kept(drafts: Iterable[Draft], makers: Makers) -> Iterator[Report]:
    """A remark on rows that tell other persons behind a producer, or another kind, than the
    register does."""
    telling = {d.row: makers.rows[d.row] for d in drafts if d.row in makers.rows and _tells(d)}
    held = {
        row["pk"]: row
        for row in Producer.objects.filter(pk__in=telling.values()).values("pk", "kind", *_PERSONS)
    }
    for draft in drafts:
        row = held.get(telling.get(draft.row, 0), {})
        if any(value not in ("", None, row[name]) for name, value in _told(draft).items() if row):
            yield Report(draft.row, Field.LEADER_NAME, Code.PERSONS_KEPT)
        if row and draft.kind not in ("", row["kind"]):
            yield Report(draft.row, Field.PRODUCER_KIND, Code.KIND_KEPT)


def _told(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft.persons, name) for name in _PERSONS}


def _tells(draft: Draft) -> bool:
    return bool(draft.kind) or any(value not in ("", None) for value in _told(draft).values())


def _rejected(found: Iterable[Report]) -> bool:
    return any(report.rejects for report in found)


def _named(draft: Draft, makers: Mapping[int, str]) -> Named:
    """What a row is about."""
    return same(draft.name), same(makers[draft.row])


def _days_in_file(
    drafts: Iterable[Draft], makers: Mapping[int, str]
) -> defaultdict[Named, list[date]]:
    days: defaultdict[Named, list[date]] = defaultdict(list)
    for draft in drafts:
        if draft.signed_on:
            days[_named(draft, makers)].append(draft.signed_on)
    return days


def _changed(draft: Draft, pasts: Sequence[Past], days: list[date]) -> list[Report] | None:
    """The remark on a star that differs from the last decision's, where that stands in the
    register; None where the file itself holds the last one, or there is none."""
    before = last_before(draft, pasts)
    if before is None or before.signed_on is None or draft.signed_on is None:
        return None
    if any(before.signed_on <= day < draft.signed_on for day in days):
        return None
    if before.stars == draft.stars:
        return []
    facts = {"before": str(before.stars), "stars": str(draft.stars)}
    return [Report(draft.row, Field.STARS, Code.STARS_CHANGED, facts)]


def _without_its_day(draft: Draft, pasts: Sequence[Past]) -> list[Report] | None:
    """A row with a number and no day, which the register knows with its day: nothing new, or a
    contradiction. None where the register does not know it."""
    found = [] if draft.signed_on else same_year(draft, of_number(draft, pasts))
    if not found:
        return None
    if any((p.stars, p.potential_five) == (draft.stars, draft.potential_five) for p in found):
        return []
    return [_other_star(draft, found[0].stars, found[0].potential_five)]


def _of_known_number(draft: Draft, pasts: Sequence[Past]) -> list[Report]:
    """A remark on a number that the register knows with another day or star of this product."""
    return [told_of_number(draft, past) for past in of_number(draft, pasts)[:1]]


def _other_star(draft: Draft, stars: int, potential_five: bool) -> Report:
    facts = {
        "before": star_words(stars, potential_five),
        "stars": star_words(draft.stars, draft.potential_five),
    }
    return Report(draft.row, Field.STARS, Code.CONTRADICTS_REGISTER, facts, True)


def chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Slices of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _known_rows(drafts: Iterable[Draft]) -> dict[str, dict[str, Any]]:
    """Rows that tell the same facts, by their keys; one that stands before one that is void."""
    rows = Recognition.objects.filter(row_key__in=[draft.key for draft in drafts], mistaken=False)
    ordered = rows.order_by(F("annulled_on").asc(nulls_last=True), "pk")
    return {row["row_key"]: dict(row) for row in ordered.values(*COLUMNS)}


def _row(past: Past | None) -> Mapping[str, Any] | None:
    return past.row if past else None


def _undated(
    draft: Draft, undated: Mapping[str, Mapping[str, Any]], pasts: Sequence[Past]
) -> Mapping[str, Any] | None:
    """The row that knows only the number of the decision a row gives with its day."""
    if not (draft.decision and draft.signed_on):
        return None
    return undated.get(_undated_key(draft)) or _row(of_fact(draft, pasts, undated=True))


def _brought_before(doubles: Sequence[Draft]) -> set[int]:
    """The rows that stand in the register by a file of a time when the kind of a producer, written
    another way, made another producer: bringing that file again says nothing new."""
    rows: set[int] = set()
    for drafts in chunks(doubles, CHUNK):
        known = _known_rows(drafts)
        rows.update(draft.row for draft in drafts if draft.key in known)
    return rows


def _undated_key(draft: Draft) -> str:
    """The key this fact had when only the number of its decision was known."""
    return row_key(
        decision=draft.decision,
        authority=draft.authority,
        product=draft.name,
        producer=draft.producer,
    )


def _undated_rows(drafts: Iterable[Draft]) -> dict[str, dict[str, Any]]:
    keys = {_undated_key(draft) for draft in drafts if draft.decision and draft.signed_on}
    rows = Recognition.objects.filter(row_key__in=keys, decision=None, mistaken=False)
    told = rows.values("pk", "row_key", "stars", "potential_five", "year")
    return {row["row_key"]: dict(row) for row in told}


def _same_fact(draft: Draft, row: Mapping[str, Any]) -> bool:
    """Numbers begin anew each year: only the same star, in no other year, is the same decision."""
    stars = (draft.stars, draft.potential_five) == (row["stars"], row["potential_five"])
    return stars and row["year"] in (None, draft.year)


def _known_owners(tax_codes: set[str]) -> dict[str, str]:
    return dict(Producer.objects.filter(tax_code__in=tax_codes).values_list("tax_code", "name"))


#: Columns in which a row may differ from the register without contradicting it.
_MINOR = {
    "expires_on": Field.EXPIRES_ON,
    "total": Field.TOTAL,
    "evidence": Field.EVIDENCE,
}


def _against(draft: Draft, row: Mapping[str, Any]) -> Iterator[Report]:
    """Remarks where the register says something else about the same fact."""
    contradictions = list(_contradictions(draft, row))
    return iter(contradictions or _differences(draft, row))


def _day_of(row: Mapping[str, Any]) -> date | None:
    day: date | None = row["decision__signed_on"] if row["decision"] else row["evaluated_on"]
    return day


def _contradictions(draft: Draft, row: Mapping[str, Any]) -> Iterator[Report]:
    """Another star or another day: only the decision itself says which is right."""
    if (draft.stars, draft.potential_five) != (row["stars"], row["potential_five"]):
        yield _other_star(draft, row["stars"], row["potential_five"])
    day = _day_of(row)
    if draft.signed_on and day and draft.signed_on != day:
        facts = {"before": write_date(day), "day": write_date(draft.signed_on)}
        yield Report(draft.row, Field.DECIDED_ON, Code.DAY_CONTRADICTS_REGISTER, facts, True)
    elif draft.year and row["year"] and draft.year != row["year"] and not row["decision"]:
        facts = {"before": str(row["year"]), "year": str(draft.year)}
        yield Report(draft.row, Field.YEAR, Code.YEAR_CONTRADICTS_REGISTER, facts, True)


def _differences(draft: Draft, row: Mapping[str, Any]) -> Iterator[Report]:
    """What the row says beside, or more than, the register."""
    differing = [
        field.label
        for name, field in _MINOR.items()
        if getattr(draft, name) not in (None, row[name])
    ]
    if (draft.signed_on and not _day_of(row)) or (draft.year and not row["year"]):
        differing.append((Field.DECIDED_ON if draft.signed_on else Field.YEAR).label)
    if differing:
        facts = {"fields": ", ".join(differing)}
        yield Report(draft.row, Field.NAME, Code.DIFFERS_FROM_REGISTER, facts)


def _owner(draft: Draft, owners: dict[str, str]) -> Iterator[Report]:
    """A tax code is one producer's: another spelling is told, another name is refused."""
    if not draft.tax_code:
        return
    name = owners.setdefault(draft.tax_code, draft.producer)
    if same(name) == same(draft.producer):
        return
    ours, theirs = written_out(draft.producer), written_out(name)
    likeness = fuzz.token_sort_ratio(folding.fold(theirs), folding.fold(ours))
    if likeness < _ALIKE:
        facts = {"name": name}
        yield Report(draft.row, Field.TAX_CODE, Code.TAX_CODE_OF_ANOTHER, facts, rejects=True)
    else:
        yield Report(draft.row, Field.PRODUCER, Code.PRODUCER_NAME_DIFFERS, {"name": name})
