"""All revocations of a star against all that the log tells of them.

Of the entries of a family about one row the audit compares the last with the row. A star that was
given back and revoked anew has entries before the last, and what they tell stands in a table of its
own: the two must tell the same story in the same order, and the recognition the end of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Min

from ocop.core.models import EventObject
from ocop.recognition.comparing import chunks
from ocop.recognition.log.coming import Coming
from ocop.recognition.log.differences import Difference
from ocop.recognition.log.forms import (
    RECOGNITION_KIND,
    RESTORATION,
    RESTORATION_WITHDRAWN,
    REVOCATION,
    REVOCATION_WITHDRAWN,
    Facts,
    decided,
    family,
)
from ocop.recognition.log.papers import NAMED, PAPER, first_entries, named, paper
from ocop.recognition.models import LogEntry, Recognition, Revocation

_AT_ONCE = 2000
_WITH_PAPER = (REVOCATION.name, RESTORATION.name)
#: What happened, on which day, on which ground; by which decision and which star that names, as
#: far as entry and event tell it: those of before they did leave it out.
_Turn = tuple[str, str, str, Facts]
_BY_PAPER = ("recognition.revoked", "recognition.restored")
_WITHDRAWN = "recognition.revocation_withdrawn"


def differences(coming: Coming) -> Iterator[Difference]:
    """Stars of which entries and rows tell another story; those of which an event that waits will
    tell are left to the next audit."""
    waits = coming.rows([REVOCATION.family])
    for keys in chunks(sorted(_concerned() - waits), _AT_ONCE):
        logged, stored, early = _logged(keys), _stored(keys), _early(keys)
        stars = {row.pk: row for row in _stars(keys)}
        first = first_entries({named(row) for rows in stored.values() for row in rows})
        for key in keys:
            star = stars.get(key)
            if star is None:
                continue  # the entry of a row that is gone is told of where it is looked at
            told = stored.get(key, [])
            ends = (star.revoked_on, star.revoked_ground, star.restored_on)
            same = _same(logged.get(key, []), list(_turns_of(told, early.get(key, 0), first)))
            if (same and ends == _end(told)) or key in coming.rows([REVOCATION.family]):
                continue
            yield Difference("revocations_differ", {"of": star.product.code, "key": key})


def _concerned() -> set[int]:
    entries = LogEntry.objects.filter(kind=RECOGNITION_KIND, form__in=family(REVOCATION))
    return {
        *Recognition.objects.filter(revoked_on__isnull=False).values_list("pk", flat=True),
        *Revocation.objects.values_list("recognition", flat=True),
        *entries.order_by().values_list("object_id", flat=True),
    }


def _stars(keys: Sequence[int]) -> Iterator[Recognition]:
    rows = Recognition.objects.filter(decided(), pk__in=keys).select_related("product")
    yield from rows.order_by().only("revoked_on", "revoked_ground", "restored_on", "product__code")


def _logged(keys: Sequence[int]) -> dict[int, list[_Turn]]:
    entries = LogEntry.objects.filter(
        kind=RECOGNITION_KIND, form__in=family(REVOCATION), object_id__in=keys
    ).order_by("index")
    found: dict[int, list[_Turn]] = defaultdict(list)
    rows = entries.values_list("object_id", "form", "leaf", "event__name", "event__change")
    for key, form, leaf, name, change in rows:
        told: dict[str, Any] = json.loads(leaf)
        by = _paper_of(told, name, change) if form in _WITH_PAPER else {}
        if form == REVOCATION.name and NAMED in told:
            by[NAMED] = told[NAMED]
        found[key].append((form, told.get("on", ""), told.get("ground", ""), by))
    return found


def _paper_of(told: dict[str, Any], name: str, change: Any) -> Facts:
    """The decision of a turn, as the entry tells it; else its event; else nothing is known."""
    if "number" not in told and name in _BY_PAPER and isinstance(change, dict):
        if "number" not in change:
            return {}
        told = change
    return {each: told.get(each) or None for each in PAPER}


def _early(keys: Sequence[int]) -> dict[int, int]:
    """How many revocations of each star were taken back before the star came into the log: they
    never stood there."""
    entries = LogEntry.objects.filter(kind=RECOGNITION_KIND, object_id__in=keys).order_by()
    first = dict(entries.values_list("object_id").annotate(first=Min("event")))
    named = EventObject.objects.filter(
        kind=RECOGNITION_KIND, object_id__in=keys, event__name=_WITHDRAWN
    )
    found: dict[int, int] = defaultdict(int)
    for key, event in named.values_list("object_id", "event"):
        found[key] += event < first.get(key, event)
    return found


def _stored(keys: Sequence[int]) -> dict[int, list[Revocation]]:
    found: dict[int, list[Revocation]] = defaultdict(list)
    rows = Revocation.objects.filter(recognition__in=keys).select_related("carried_from")
    for row in rows.order_by("pk"):
        found[row.recognition_id].append(row)
    return found


def _same(logged: Sequence[_Turn], stored: Sequence[_Turn]) -> bool:
    return len(logged) == len(stored) and all(
        one[:3] == other[:3] and one[3].items() <= other[3].items()
        for one, other in zip(logged, stored, strict=True)
    )


def _turns_of(rows: Sequence[Revocation], early: int, first: Mapping[int, int]) -> Iterator[_Turn]:
    """What the log must tell of these revocations; the first `early` that were taken back were so
    before it knew the star."""
    for row in rows:
        if row.withdrawn_on is not None and early > 0:
            early -= 1
            continue
        yield from _turns(row, first)


def _turns(row: Revocation, first: Mapping[int, int]) -> Iterator[_Turn]:
    by = _known(row.number, row.signed_on, row.authority)
    of = {**by, NAMED: first.get(named(row))}
    yield REVOCATION.name, row.revoked_on.isoformat(), row.ground, of
    wrong = row.wrong_restorations if isinstance(row.wrong_restorations, list) else [None]
    for each in wrong:
        if not isinstance(each, dict):
            yield "", "", "", {}  # nothing that an act wrote
            continue
        by = {name: each.get(name) or None for name in PAPER}
        yield RESTORATION.name, each.get("on", ""), "", by
        yield RESTORATION_WITHDRAWN.name, each.get("withdrawn_on", ""), "", {}
    if row.restored_on is not None:
        by = _known(row.restoring_number, row.restoring_signed_on, row.restoring_authority)
        yield RESTORATION.name, row.restored_on.isoformat(), "", by
    if row.withdrawn_on is not None:
        yield REVOCATION_WITHDRAWN.name, row.withdrawn_on.isoformat(), "", {}


def _known(number: str, signed_on: date | None, authority: str) -> Facts:
    return {name: value or None for name, value in paper(number, signed_on, authority).items()}


def _end(rows: Sequence[Revocation]) -> tuple[date | None, str, date | None]:
    """What the recognition must say: its last revocation that counts."""
    counting = [row for row in rows if row.withdrawn_on is None]
    if not counting:
        return None, "", None
    last = counting[-1]
    return last.revoked_on, last.ground, last.restored_on
