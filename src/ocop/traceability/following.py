"""What a resolver has to read again: told by the events of the acts that changed something.

Every act records one event, so a look at the newest event says whether anything happened at all,
and the objects it names say what. An event that names nothing we know of, in a room whose acts
change what a code tells, makes everything be read again: slow, and never wrong.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Max, Q

from ocop.core.models import Event, EventObject
from ocop.recognition.models import Recognition
from ocop.traceability import genealogy
from ocop.traceability.models import (
    EventThing,
    Lot,
    StampException,
    StampRange,
    ThingRole,
    TradeItem,
)

#: Rooms whose acts change what a code tells.
_ROOMS = ("traceability.", "recognition.", "products.", "producers.", "places.", "core.option_set")
#: Acts of theirs that change nothing of it, and may come by the thousand.
_NOTHING = (
    "recognition.complaint",
    "recognition.postcheck",
    "traceability.hidden_code",
    "traceability.signal",
)
#: Names of objects that lead nowhere: what an act touches of ours is named beside them.
_ASIDE = frozenset(
    {"stampallowance", "stampprint", "scansignal", "capturejob", "material", "revocationcase"}
)
#: Acts that name every single thing they touched, so where they name none they touched none.
_EXACT = ("traceability.events_captured", "traceability.names_read_again")
_LATE = 60.0  # seconds for which a number that was passed over may still come
_MOST = 20_000  # objects; of more, everything is read again


@dataclass(frozen=True, slots=True)
class Changes:
    """What to read again. `pages`: sales units whose pages tell something else now; None: all."""

    everything: bool = False
    keys: bool = False
    items: frozenset[int] = frozenset()
    lots: frozenset[int] = frozenset()
    orders: frozenset[int] = frozenset()
    pages: frozenset[int] | None = frozenset()

    def __bool__(self) -> bool:
        return self.everything or self.keys or self.pages != frozenset() or bool(self.orders)


NOTHING = Changes()
EVERYTHING = Changes(everything=True, keys=True, pages=None)


@dataclass(slots=True)
class Follower:
    """Reads on in the table of events. Of two acts at once the one that took its number first may
    commit last: numbers that were passed over are looked for a while."""

    _last: int = -1
    _passed: dict[int, float] = field(default_factory=dict)

    def begin(self) -> None:
        """Everything up to now is known. Called before all is read, so nothing falls between."""
        self._last = _newest()
        self._passed.clear()

    def changes(self, moment: float) -> Changes:
        """What happened since the last look. `moment`: seconds of a clock that only goes on."""
        newest = _newest()
        if newest < self._last:  # another database stands in its place
            self._last, self._passed = newest, {}
            return EVERYTHING
        if newest == self._last and not self._passed:
            return NOTHING
        new = Q(pk__gt=self._last, pk__lte=newest) | Q(pk__in=list(self._passed))
        happened = dict(Event.objects.filter(new).order_by().values_list("pk", "name"))
        if newest - self._last <= _MOST:
            missing = set(range(self._last + 1, newest)) - happened.keys()
            self._passed |= dict.fromkeys(missing, moment + _LATE)
        self._last = newest
        self._passed = {
            key: until
            for key, until in self._passed.items()
            if until > moment and key not in happened
        }
        told = {
            key: name
            for key, name in happened.items()
            if name.startswith(_ROOMS) and not name.startswith(_NOTHING)
        }
        return changes_of(told, {key for key, name in told.items() if name in _EXACT})


def changes_of(events: Iterable[int], exact: Collection[int] = ()) -> Changes:
    """What these events touched; those that are `exact` may have touched nothing."""
    keys = set(events)
    if not keys:
        return NOTHING
    named: dict[str, set[int]] = defaultdict(set)
    told = set(exact)
    rows = EventObject.objects.filter(event__in=keys)[: _MOST + 1]
    for event, kind, key in rows.values_list("event", "kind", "object_id"):
        if kind in _KNOWN:
            named[kind].add(key)
            told.add(event)
    if told != keys or sum(map(len, named.values())) > _MOST:
        return EVERYTHING
    return _touched(named)


_KNOWN = _ASIDE | {
    "tradeitem", "lot", "site", "stamporder", "stamprange", "stampexception", "stampkey",
    "traceevent", "product", "producer", "recognition", "decision", "certificate", "foreigncode",
}  # fmt: skip


def _touched(named: dict[str, set[int]]) -> Changes:
    recognised = Recognition.objects.filter(
        Q(pk__in=named["recognition"])
        | Q(decision__in=named["decision"])
        | Q(certificate__in=named["certificate"])
    )
    items = set(
        TradeItem.objects.filter(
            Q(pk__in=named["tradeitem"])
            | Q(foreign_codes__in=named["foreigncode"])
            | Q(product__in=named["product"])
            | Q(product__producer__in=named["producer"])
            | Q(product__in=recognised.values("product"))
        ).values_list("pk", flat=True)
    )
    lots = named["lot"] | _of_events(named["traceevent"])
    lots.update(Lot.objects.filter(site__in=named["site"]).values_list("pk", flat=True))
    orders = named["stamporder"] | set(
        chain(
            StampRange.objects.filter(
                Q(pk__in=named["stamprange"]) | Q(lot__in=named["lot"])
            ).values_list("order", flat=True),
            StampException.objects.filter(pk__in=named["stampexception"]).values_list(
                "order", flat=True
            ),
        )
    )
    of_lots = Lot.objects.filter(pk__in=lots).values_list("item", flat=True)
    return Changes(
        keys=bool(named["stampkey"]),
        items=frozenset(items),
        lots=frozenset(lots),
        orders=frozenset(orders),
        pages=frozenset(items | set(of_lots)),
    )


def _of_events(events: set[int]) -> set[int]:
    """Lots that events speak of, and those made of what began with them: their way tells of it."""
    things = EventThing.objects.filter(event__in=events)
    began = things.filter(role__in=_BEGINNING)
    values = set(began.values_list("value", flat=True).distinct())
    named = things.filter(lot__isnull=False)
    return set(named.values_list("lot", flat=True)) | (
        genealogy.made_of((), values).lots if values else set()
    )


_BEGINNING = (ThingRole.EPC, ThingRole.CLASS, ThingRole.OUTPUT, ThingRole.OUTPUT_CLASS)


def _newest() -> int:
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
