"""All revocations of a star against all that the log tells of them.

Of the entries of a family about one row the audit compares the last with the row. A star that was
given back and revoked anew has entries before the last, and what they tell stands in a table of its
own: the two must tell the same story in the same order, and the recognition the end of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ocop.recognition.comparing import chunks
from ocop.recognition.log.coming import Coming
from ocop.recognition.log.differences import Difference
from ocop.recognition.log.forms import (
    RECOGNITION_KIND,
    RESTORATION,
    REVOCATION,
    REVOCATION_WITHDRAWN,
    decided,
    family,
)
from ocop.recognition.models import LogEntry, Recognition, Revocation

_AT_ONCE = 2000
#: What happened, on which day, on which ground.
_Turn = tuple[str, str, str]


def differences(coming: Coming) -> Iterator[Difference]:
    """Stars of which entries and rows tell another story; those of which an event that waits will
    tell are left to the next audit."""
    waits = coming.rows([REVOCATION.family])
    for keys in chunks(sorted(_concerned() - waits), _AT_ONCE):
        logged, stored = _logged(keys), _stored(keys)
        stars = {row.pk: row for row in _stars(keys)}
        for key in keys:
            star = stars.get(key)
            if star is None:
                continue  # the entry of a row that is gone is told of where it is looked at
            told = stored.get(key, [])
            ends = (star.revoked_on, star.revoked_ground, star.restored_on)
            same = logged.get(key, []) in (
                [turn for each in told for turn in _turns(each)],
                # What was taken back before the star came into the log never stood there.
                [turn for each in told if each.withdrawn_on is None for turn in _turns(each)],
            )
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
    for key, form, leaf in entries.values_list("object_id", "form", "leaf"):
        told: dict[str, Any] = json.loads(leaf)
        found[key].append((form, told.get("on", ""), told.get("ground", "")))
    return found


def _stored(keys: Sequence[int]) -> dict[int, list[Revocation]]:
    found: dict[int, list[Revocation]] = defaultdict(list)
    for row in Revocation.objects.filter(recognition__in=keys).order_by("pk"):
        found[row.recognition_id].append(row)
    return found


def _turns(row: Revocation) -> Iterator[_Turn]:
    yield REVOCATION.name, row.revoked_on.isoformat(), row.ground
    if row.restored_on is not None:
        yield RESTORATION.name, row.restored_on.isoformat(), ""
    if row.withdrawn_on is not None:
        yield REVOCATION_WITHDRAWN.name, row.withdrawn_on.isoformat(), ""


def _end(rows: Sequence[Revocation]) -> tuple[date | None, str, date | None]:
    """What the recognition must say: its last revocation that counts."""
    counting = [row for row in rows if row.withdrawn_on is None]
    if not counting:
        return None, "", None
    last = counting[-1]
    return last.revoked_on, last.ground, last.restored_on
