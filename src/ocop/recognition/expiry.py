"""What ends when: the expiry list by commune."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count

from ocop.core.actor import Actor
from ocop.core.periods import Period
from ocop.places.models import Unit
from ocop.recognition.ending import EVERYTHING, Ending, ending, place
from ocop.recognition.last_days import last_day_of
from ocop.recognition.models import Evidence
from ocop.recognition.validity import WINDOW_CLOSES, State, filing_window

#: Long texts that no list of stars shows.
_UNREAD = ("product__story", "product__producer__story", "address", "extension_reason")


@dataclass(frozen=True, slots=True)
class Expiring:
    """A star that ends, with the days in which a re-evaluation may be filed.

    `last_day` is the last valid day, that of an extension (Art. 12.3) counted in; `days_left`
    counts to it and is negative after it.
    """

    recognition: Any
    state: State
    expires_on: date
    last_day: date
    days_left: int
    window: Period
    filed_on: date | None  # when its re-evaluation came in, by then and within the window

    @property
    def file_until(self) -> date:
        """The last day on which a re-evaluation may be filed."""
        return self.expires_on - timedelta(days=WINDOW_CLOSES)

    @property
    def kept_until(self) -> date | None:
        """The last day of an extension that carries the star past its end; None: there is none."""
        return self.last_day if self.last_day > self.expires_on else None

    @property
    def demonstration(self) -> bool:
        return self.recognition.evidence == Evidence.M


@dataclass(frozen=True, slots=True)
class CommuneExpiry:
    """The stars of one commune that end; `unit` is today's commune or, where that is not known,
    the unit of the time; None: neither."""

    unit: Unit | None
    rows: tuple[Expiring, ...]

    @property
    def demonstration(self) -> bool:
        return any(row.demonstration for row in self.rows)


def expiring(
    actor: Actor,
    start: date | None,
    end: date | None,
    *,
    on: date,
    province: str = "",
    by: Ending = EVERYTHING,
) -> list[CommuneExpiry]:
    """The stars that rule their products and end from `start` to `end`, both days included, as
    `ending` finds them; by commune in the order of names, within it by the day."""
    return by_commune(
        actor, replace(by, start=start, end=end, province=province or by.province), on=on
    )


def by_commune(actor: Actor, by: Ending, *, on: date) -> list[CommuneExpiry]:
    """The same, narrowed in whatever way."""
    found = ending(actor, on, by).select_related(
        "product__producer", "commune__parent", "unit__parent", "decision"
    )
    found = found.defer(*_UNREAD).order_by("expires_on", "product__folded", "pk")
    return _by_commune(found, on)


def communes(actor: Actor, by: Ending, *, on: date) -> list[tuple[int, int]]:
    """How many rows each commune of such a list has, by the key of `Ending.places`, in the order
    of the list: a page of a long list reads the rows of its own communes only."""
    rows = ending(actor, on, by).annotate(at=place).order_by().values_list("at")
    counts = dict(rows.annotate(n=Count("pk")))
    units = Unit.objects.in_bulk([key for key in counts if key])
    return sorted(counts.items(), key=lambda row: _place_key(units.get(row[0])))


def _by_commune(found: Iterable[Any], on: date) -> list[CommuneExpiry]:
    rows = sorted(found, key=lambda row: _place_key(row.commune or row.unit))
    return [
        CommuneExpiry(group[0].commune or group[0].unit, tuple(_row(r, on) for r in group))
        for _key, members in groupby(rows, key=lambda row: _place_key(row.commune or row.unit))
        if (group := list(members))
    ]


def _place_key(unit: Unit | None) -> tuple[bool, str, int]:
    return (True, "", 0) if unit is None else (False, unit.folded, unit.pk)


def _row(row: Any, on: date) -> Expiring:
    last_day = last_day_of(row) or row.expires_on
    return Expiring(
        recognition=row,
        state=State(row.state),
        expires_on=row.expires_on,
        last_day=last_day,
        days_left=(last_day - on).days,
        window=filing_window(row.expires_on),
        filed_on=row.filed_on if row.filed_on and row.filed_on <= on else None,
    )
