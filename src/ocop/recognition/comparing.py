"""An import held against the register: what is there already, what contradicts it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rapidfuzz import fuzz

from ocop.core import folding
from ocop.producers.models import Producer
from ocop.recognition.keys import row_key, same
from ocop.recognition.models import Recognition
from ocop.recognition.registry_import import Code, Draft, Field, Report, Result

T = TypeVar("T")
CHUNK = 2000  # rows that are looked up, and written, together
#: Below, two names with one tax code are hardly spellings of one name.
_ALIKE = 70.0


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows that are new, how many were in the register, and all remarks, by row."""

    fresh: list[Draft]
    completing: list[tuple[Draft, int]]  # with the key of the row that lacks its day
    unchanged: int
    rejected: int
    reports: list[Report]


def compare(result: Result) -> Compared:
    """What an import would bring. Rows that contradict the register are rejected."""
    fresh: list[Draft] = []
    completing: list[tuple[Draft, int]] = []
    unchanged = 0
    reports: list[Report] = []
    owners: dict[str, str] = {}  # tax code: the name that came with it first
    for drafts in chunks(result.accepted, CHUNK):
        known = _known_rows(drafts)
        undated = _undated_rows(drafts)
        owners |= _known_owners({d.tax_code for d in drafts} - {"", *owners})
        for draft in drafts:
            if draft.key in known:
                found = _against(draft, known[draft.key])
                unchanged += not (found and found.rejects)
            elif (twin := undated.get(_undated_key(draft))) and _same_fact(draft, twin):
                completing.append((draft, twin["pk"]))
                found = Report(draft.row, Field.DECIDED_ON, Code.COMPLETES_REGISTER)
            else:
                found = _owner(draft, owners)
                if found is None or not found.rejects:
                    fresh.append(draft)
            if found:
                reports.append(found)
    rejected = len(result.rejected) + sum(report.rejects for report in reports)
    reports = sorted([*result.reports, *reports], key=lambda report: report.row)
    return Compared(fresh, completing, unchanged, rejected, reports)


def chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Slices of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _known_rows(drafts: Iterable[Draft]) -> dict[str, dict[str, Any]]:
    rows = Recognition.objects.filter(row_key__in=[draft.key for draft in drafts])
    told = rows.values("row_key", "stars", "potential_five", *_MINOR)
    return {row["row_key"]: dict(row) for row in told}


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
    rows = Recognition.objects.filter(row_key__in=keys, decision=None)
    told = rows.values("pk", "row_key", "stars", "potential_five", "year")
    return {row["row_key"]: dict(row) for row in told}


def _same_fact(draft: Draft, row: dict[str, Any]) -> bool:
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


def _against(draft: Draft, row: dict[str, Any]) -> Report | None:
    """A remark where the register says something else about the same fact."""
    if (draft.stars, draft.potential_five) != (row["stars"], row["potential_five"]):
        facts = {"stars": str(row["stars"])}
        return Report(draft.row, Field.STARS, Code.CONTRADICTS_REGISTER, facts, True)
    differing = [
        field.label
        for name, field in _MINOR.items()
        if getattr(draft, name) not in (None, row[name])
    ]
    if not differing:
        return None
    facts = {"fields": ", ".join(differing)}
    return Report(draft.row, Field.NAME, Code.DIFFERS_FROM_REGISTER, facts)


def _owner(draft: Draft, owners: dict[str, str]) -> Report | None:
    """A tax code is one producer's: another spelling is told, another name is refused."""
    if not draft.tax_code:
        return None
    name = owners.setdefault(draft.tax_code, draft.producer)
    if same(name) == same(draft.producer):
        return None
    likeness = fuzz.token_sort_ratio(folding.fold(name), folding.fold(draft.producer))
    if likeness < _ALIKE:
        return Report(
            draft.row, Field.TAX_CODE, Code.TAX_CODE_OF_ANOTHER, {"name": name}, rejects=True
        )
    return Report(draft.row, Field.PRODUCER, Code.PRODUCER_NAME_DIFFERS, {"name": name})
