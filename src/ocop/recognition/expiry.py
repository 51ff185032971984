"""What ends when: the expiry list by commune."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from ocop.core.actor import Actor
from ocop.core.periods import Period
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.products.models import ProductState
from ocop.recognition import rules
from ocop.recognition.models import Evidence
from ocop.recognition.standing import with_standing
from ocop.recognition.states import with_state
from ocop.recognition.validity import WINDOW_CLOSES, State, filing_window
from ocop.recognition.visibility import published, visible_to

#: States of a star that ends or ended by its date, not by an authority's act.
_BY_DATE = (
    State.NOT_YET,
    State.VALID,
    State.WINDOW_OPEN,
    State.WINDOW_MISSED,
    State.EXTENDED,
    State.EXTENSION_UNCONFIRMED,
    State.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class Expiring:
    """A star that ends, with the days in which a re-evaluation may be filed.

    `days_left` counts to the last valid day and is negative after it.
    """

    recognition: Any
    state: State
    expires_on: date
    days_left: int
    window: Period
    filed_on: date | None  # when its re-evaluation came in, by then and within the window

    @property
    def file_until(self) -> date:
        """The last day on which a re-evaluation may be filed."""
        return self.expires_on - timedelta(days=WINDOW_CLOSES)

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
    actor: Actor, start: date, end: date, *, on: date, province: str = ""
) -> list[CommuneExpiry]:
    """The stars that rule their products and end from `start` to `end`, both days included.

    By commune in the order of names, within it by the day. Products and producers that stopped
    are left out: nobody files for them. The office and its auditors see all communes, a commune
    officer the own ones, others none.
    """
    if not (actor.is_system or rules.may_see_expiry_list(actor)):
        return []
    found = with_standing(with_state(visible_to(actor), on), on).filter(
        published(),
        rules=True,
        expires_on__range=(start, end),
        state__in=[str(state) for state in _BY_DATE],
        product__producer__stopped_on=None,
    )
    if not rules.may_see_unpublished(actor):
        found = found.filter(producers.in_area(actor) | producers.in_area(actor, "product__"))
    if province:
        found = found.filter(province=province)
    found = found.exclude(product__state=ProductState.STOPPED).select_related(
        "product__producer", "commune__parent", "unit__parent", "decision"
    )
    return _by_commune(found.order_by("expires_on", "product__folded", "pk"), on)


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
    return Expiring(
        recognition=row,
        state=State(row.state),
        expires_on=row.expires_on,
        days_left=(row.expires_on - on).days,
        window=filing_window(row.expires_on),
        filed_on=row.filed_on if row.filed_on and row.filed_on <= on else None,
    )
