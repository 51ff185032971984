"""What a resolver holds in memory: enough to say of any code what it is, without reading anything.

Pure. Rows of stamps there are none: an order of a million is one entry, found by bisection. Each
entry can be put in the place of an older one or taken away, so a change costs what it touches and
not what there is.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ocop.traceability.serials import Stamp

#: What may be said against stamps of a range, the gravest first.
EXCEPTIONS = ("recalled", "lost", "voided", "suspicious")
ACTIVE, CLOSED = "active", "closed"


@dataclass(frozen=True, slots=True)
class StarFact:
    """The recognition that rules a product today: its state, and whether it has a credential."""

    key: int
    stars: int
    state: str
    credential: bool


@dataclass(frozen=True, slots=True)
class ItemFact:
    """A sales unit. `gtin` "": it has none. `public`: its product has a page for everybody. `star`
    None: no star counts today."""

    key: int
    code: str
    gtin: str
    name: str  # of the product, with the pack
    product: int
    product_code: str
    public: bool
    ranked: bool  # a star was given to it once
    star: StarFact | None = None


@dataclass(frozen=True, slots=True)
class LotFact:
    """A lot of a sales unit."""

    key: int
    code: str
    number: str
    item: int
    recalled: bool


@dataclass(frozen=True, slots=True)
class RangeFact:
    """Numbers from `first` to before `end` that share state and lot."""

    first: int
    end: int
    state: str
    lot: int | None
    since: str = ""  # the day of activation as it is written


@dataclass(frozen=True, slots=True)
class OrderFact:
    """An approved order: its numbers, how they are divided, and what is said against some."""

    key: int
    version: int
    first: int
    end: int
    item: int
    hidden: bool
    ranges: tuple[RangeFact, ...]  # in order
    exceptions: tuple[tuple[int, int, str], ...] = ()  # first, end, kind

    def range_of(self, number: int) -> RangeFact | None:
        """The range a number lies in; None: it was taken out of the order."""
        at = bisect_right(self.ranges, number, key=_first_of) - 1
        return self.ranges[at] if at >= 0 and number < self.ranges[at].end else None

    def said_of(self, number: int) -> str:
        """The gravest that is said against a number, or nothing."""
        if not self.exceptions:
            return ""
        said = {kind for first, end, kind in self.exceptions if first <= number < end}
        return next((kind for kind in EXCEPTIONS if kind in said), "")


class Found(NamedTuple):
    """What a stamp is: its sales unit, its lot once it has one, and the word for its state."""

    item: ItemFact
    lot: LotFact | None
    word: str  # an exception, else the state of its range
    hidden: bool
    since: str


@dataclass(slots=True)
class Reference:
    """Sales units, lots and orders by their keys, and the ways to find them."""

    items: dict[int, ItemFact] = field(default_factory=dict)
    lots: dict[int, LotFact] = field(default_factory=dict)
    orders: dict[int, OrderFact] = field(default_factory=dict)
    _gtins: dict[str, int] = field(default_factory=dict)
    _item_codes: dict[str, int] = field(default_factory=dict)
    _lot_codes: dict[str, int] = field(default_factory=dict)
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    _firsts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # first, key of order

    def item_of(self, gtin: str) -> ItemFact | None:
        """The sales unit with a GTIN of fourteen digits."""
        key = self._gtins.get(gtin)
        return None if key is None else self.items[key]

    def item_coded(self, code: str) -> ItemFact | None:
        """The sales unit with a code of ours."""
        key = self._item_codes.get(code)
        return None if key is None else self.items[key]

    def lot_of(self, item: int, number: str) -> LotFact | None:
        """The lot of a sales unit by its number."""
        key = self._numbers.get((item, number))
        return None if key is None else self.lots[key]

    def lot_coded(self, code: str) -> LotFact | None:
        """The lot with a code of ours."""
        key = self._lot_codes.get(code)
        return None if key is None else self.lots[key]

    def found(self, stamp: Stamp) -> Found | None:
        """What a stamp is; None: its number was never given out."""
        firsts = self._firsts.get(stamp.version, ())
        at = bisect_right(firsts, stamp.number, key=_first) - 1
        if at < 0:
            return None
        order = self.orders[firsts[at][1]]
        part = order.range_of(stamp.number)
        item = self.items.get(order.item)
        if part is None or item is None:
            return None
        lot = None if part.lot is None else self.lots.get(part.lot)
        word = order.said_of(stamp.number)
        if not word:
            word = "recalled" if lot is not None and lot.recalled else part.state
        return Found(item, lot, word, order.hidden, part.since)

    def put_items(self, facts: Iterable[ItemFact]) -> None:
        """Take sales units in, each in the place of its older self."""
        for fact in facts:
            old = self.items.get(fact.key)
            if old is not None and self._gtins.get(old.gtin) == old.key:
                del self._gtins[old.gtin]
            self.items[fact.key] = fact
            self._item_codes[fact.code] = fact.key
            if fact.gtin:
                self._gtins[fact.gtin] = fact.key

    def put_lots(self, facts: Iterable[LotFact]) -> None:
        """Take lots in, each in the place of its older self."""
        for fact in facts:
            old = self.lots.get(fact.key)
            if old is not None:
                self._numbers.pop((old.item, old.number), None)
            self.lots[fact.key] = fact
            self._lot_codes[fact.code] = fact.key
            self._numbers[fact.item, fact.number] = fact.key

    def put_orders(self, facts: Iterable[OrderFact]) -> None:
        """Take orders in, each in the place of its older self: their numbers never change."""
        for fact in facts:
            if fact.key not in self.orders:
                insort(self._firsts.setdefault(fact.version, []), (fact.first, fact.key))
            self.orders[fact.key] = fact


def _first(entry: tuple[int, int]) -> int:
    return entry[0]


def _first_of(part: RangeFact) -> int:
    return part.first
