"""The state of a recognition in SQL, equal to `validity.state_on` row by row.

Every comparison is of a column with a fixed day, so both databases answer alike and can use their
indexes; a property test holds this file against the pure rule. Revocations before the last one are
few and stand in a table of their own, asked once for all rows.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from ocop.core import options
from ocop.core.language import noop
from ocop.recognition.models import Revocation
from ocop.recognition.ranks import POTENTIAL_FIVE
from ocop.recognition.validity import (
    HOLDING,
    IN_FORCE,
    LONGEST_EXTENSION,
    WINDOW_CLOSES,
    WINDOW_OPENS,
    State,
    expiry_of,
)

EXTENSION_COVERS_LATER = options.declare(
    "recognition.extension_covers_later",
    False,
    noop("Kéo dài theo khoản 3 Điều 12 áp dụng cả cho giấy chứng nhận cấp từ ngày 22/5/2026"),
    lambda v: isinstance(v, bool),
)


def with_state(rows: QuerySet[Any], on: date, *, replaced: Q | None = None) -> QuerySet[Any]:
    """Recognitions that carry their `state` on a day (see `state_case`) and their `rank`."""
    return rows.annotate(state=state_case(on, replaced=replaced), rank=rank_case())


def state_case(on: date, path: str = "", *, replaced: Q | None = None) -> Case:
    """The state on a day; `path` leads to the recognition, and NULL stands where there is none.

    `replaced` holds for rows in whose place a later recognition of the product stands; without it
    each row is judged by its own dates alone.
    """
    days = timedelta
    last_extended = on - days(LONGEST_EXTENSION)
    extended = Q(extended_until__gte=on, expires_on__gte=last_extended)
    return _cases(
        path,
        (Q(pk=None), None),
        (Q(mistaken=True), State.MISTAKEN),
        (Q(annulled_on__lte=on), State.ANNULLED),
        (revoked(on), State.REVOKED),
        (
            Q(valid_from__gt=on) | Q(valid_from=None, decision__signed_on__gt=on),
            State.NOT_YET,
        ),
        (Q(expires_on=None), State.UNKNOWN),
        *_replaced(replaced, Q(expires_on__gte=on) | extended),
        (Q(expires_on__gt=on + days(WINDOW_OPENS)), State.VALID),
        (Q(expires_on__gte=on, filed_on__lte=on), State.VALID),
        (Q(expires_on__gte=on + days(WINDOW_CLOSES)), State.WINDOW_OPEN),
        (Q(expires_on__gte=on), State.WINDOW_MISSED),
        (extended, State.EXTENDED),
        (Q(extended_until__isnull=False), State.EXPIRED),
        (
            Q(expires_on__gte=max(last_extended, IN_FORCE))
            & (Q(filed_on=None) | Q(filed_on__gt=on))
            & _covered(),
            State.EXTENSION_UNCONFIRMED,
        ),
    )


def rank_case(path: str = "") -> Case:
    """The rank, potential five stars as one of its own; NULL where there is no recognition."""
    return Case(
        When(**{f"{path}pk": None}, then=Value(None)),
        When(**{f"{path}potential_five": True}, then=Value(POTENTIAL_FIVE)),
        default=Cast(f"{path}stars", CharField()),
        output_field=CharField(),
    )


def revoked(on: date) -> Q:
    """Rows whose star is revoked on a day, and not given back by then: by the last revocation or by
    one before it."""
    last = Q(revoked_on__lte=on) & (Q(restored_on=None) | Q(restored_on__gt=on))
    return last | Q(pk__in=set_aside_after(on))


def set_aside_after(on: date) -> QuerySet[Any]:
    """Stars that were revoked on a day and given back later."""
    rows = Revocation.objects.filter(withdrawn_on=None, revoked_on__lte=on, restored_on__gt=on)
    return rows.order_by().values("recognition")


def holding(column: str = "state") -> Q:
    """Rows whose state, under this name, holds a star."""
    return Q(**{f"{column}__in": [str(state) for state in HOLDING]})


def _replaced(replaced: Q | None, holds: Q) -> tuple[tuple[Q, State], ...]:
    """What is left of rows that are replaced: no window, no extension."""
    if replaced is None:
        return ()
    return (replaced & holds, State.REPLACED), (replaced, State.EXPIRED)


def _covered() -> Q:
    """Art. 12.3 speaks of certificates issued before its day, or by the setting of all."""
    if EXTENSION_COVERS_LATER.get():
        return Q()
    unsigned = Q(decision__signed_on=None)
    return (
        Q(decision__signed_on__lt=IN_FORCE)
        | (unsigned & Q(valid_from__lt=IN_FORCE))
        | (unsigned & Q(valid_from=None, expires_on__lt=expiry_of(IN_FORCE)))
    )


def _cases(path: str, *cases: tuple[Q, State | None]) -> Case:
    return Case(
        *(
            When(_prefixed(condition, path), then=Value(None if state is None else str(state)))
            for condition, state in cases
        ),
        default=Value(str(State.EXPIRED)),
        output_field=CharField(),
    )


def _prefixed(condition: Q, path: str) -> Q:
    """The same condition about columns that lie behind a path."""
    moved: list[Q | tuple[str, Any]] = []
    for child in condition.children:
        if isinstance(child, Q):
            moved.append(_prefixed(child, path))
        else:
            column, value = child  # type: ignore[misc]  # an expression stands in none of ours
            moved.append((f"{path}{column}", value))
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)
