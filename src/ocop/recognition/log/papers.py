"""The decisions that revocations, restorations and corrections rest on, as entries tell them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from ocop.core.events import kind_of
from ocop.core.models import Event
from ocop.recognition.models import Decision, LogEntry, Recognition, Revocation

_Facts = dict[str, str | int | bool | None]
#: What entries tell of a decision that took or gave back a star; entries of before they did leave
#: it out, and the audit asks their event.
PAPER = ("number", "signed_on", "authority")
#: Of a revocation also the star that the decision names, by its first entry: this one, or one that
#: turned out void and in whose place this one was taken (`carrying`).
NAMED = "named"
DECISION_KIND = "decision"


_Told = Callable[[Sequence[int]], Mapping[int, _Facts]]


def with_more(base: _Told, more: _Told) -> _Told:
    """Facts of rows, and more of them where there are more."""

    def facts(keys: Sequence[int]) -> Mapping[int, _Facts]:
        known = more(keys)
        return {key: {**told, **known.get(key, {})} for key, told in base(keys).items()}

    return facts


def of_revocations(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Of the revocation that stands against each star."""
    return _of(Revocation.objects.filter(withdrawn_on=None, restored_on=None), keys)


def of_last_revocations(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Of the last revocation of each star, set aside or not: what the entry of a star that comes
    into the log with its revocation tells, for no event of that does."""
    return _of(Revocation.objects.filter(withdrawn_on=None), keys)


def _of(revocations: QuerySet[Revocation], keys: Sequence[int]) -> Mapping[int, _Facts]:
    rows = revocations.filter(recognition__in=keys).select_related("carried_from").order_by("pk")
    found = list(rows)
    first = first_entries({named(row) for row in found})
    return {
        row.recognition_id: {
            **paper(row.number, row.signed_on, row.authority),
            NAMED: first.get(named(row)),
        }
        for row in found
    }


def named(row: Revocation) -> int:
    """The star that the decision of a revocation names."""
    return row.carried_from.recognition_id if row.carried_from else row.recognition_id


def first_entries(stars: Collection[int]) -> dict[int, int]:
    """The index of the first entry about each star that has one."""
    rows = LogEntry.objects.filter(kind=kind_of(Recognition), object_id__in=stars).order_by()
    return dict(rows.values_list("object_id").annotate(first=Min("index")))


def of_event(event: Event) -> _Facts:
    """Which star the decision of an event names, where it says so."""
    key = event.change.get(NAMED)
    return {NAMED: first_entries([key]).get(key)} if key is not None else {}


def of_restorations(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Of the last restoration of each star."""
    rows = Revocation.objects.filter(
        recognition__in=keys, withdrawn_on=None, restored_on__isnull=False
    )
    return {
        key: paper(number, day, who)
        for key, number, day, who in rows.order_by("pk").values_list(
            "recognition", "restoring_number", "restoring_signed_on", "restoring_authority"
        )
    }


def of_annulments(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Of the annulment of each result."""
    rows = Recognition.objects.filter(pk__in=keys, annulled_on__isnull=False).order_by()
    return {
        key: paper(number, day, who)
        for key, number, day, who in rows.values_list(
            "pk", "annulling_number", "annulling_signed_on", "annulling_authority"
        )
    }


def taken_back(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Stars whose last revocation was entered wrongly, and the day on which that was said."""
    rows = Revocation.objects.filter(recognition__in=keys).order_by("pk")
    told = rows.values_list("recognition", "recognition__product__code", "withdrawn_on")
    last = {key: (code, day) for key, code, day in told}
    return {
        key: {"product": code, "on": day.isoformat()} for key, (code, day) in last.items() if day
    }


def wrong_restorations(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Stars whose last restoration was entered wrongly, and the day on which that was said."""
    rows = Revocation.objects.filter(recognition__in=keys, withdrawn_on=None).order_by("pk")
    told = rows.values_list(
        "recognition", "recognition__product__code", "restored_on", "wrong_restorations"
    )
    last = {key: (code, back, wrong) for key, code, back, wrong in told}
    return {
        key: {"product": code, "on": str(_last(wrong).get("withdrawn_on", ""))}
        for key, (code, back, wrong) in last.items()
        if wrong and back is None
    }


def wrongly_given_back() -> Q:
    """Stars of which a restoration was entered wrongly."""
    rows = Revocation.objects.exclude(wrong_restorations=[]).order_by()
    return Q(pk__in=rows.values("recognition"))


def were_given_back() -> Q:
    """Stars that were given back, rightly or wrongly."""
    rows = Revocation.objects.filter(restored_on__isnull=False).order_by()
    return Q(pk__in=rows.values("recognition")) | wrongly_given_back()


def mistaken_decisions(keys: Sequence[int]) -> Mapping[int, _Facts]:
    """Decisions of which the office found that it had entered them wrongly."""
    rows = Decision.objects.filter(pk__in=keys, mistaken_on__isnull=False).order_by()
    return {
        row.pk: {
            "decision": row.number,
            "signed_on": row.signed_on.isoformat(),
            "authority": row.authority,
            "on": row.mistaken_on.isoformat() if row.mistaken_on else None,
        }
        for row in rows
    }


def paper(number: str, signed_on: date | None, authority: str) -> _Facts:
    """A decision, as far as it is known."""
    day = signed_on.isoformat() if signed_on else None
    return {"number": number, "signed_on": day, "authority": authority}


def _last(wrong: Any) -> Mapping[str, Any]:
    """The last of a list that somebody may have written anything into."""
    last = wrong[-1] if isinstance(wrong, list) else None
    return last if isinstance(last, dict) else {}
