"""Who meets whom when: a timetable without clashes, proved to be the best.

Pairs of a buyer and a producer want to meet; a meeting takes one turn at one table, and nobody has
two in one turn. As many pairs as possible meet, and of these choices the one whose pairs fit best.

Two steps, both exact. First which pairs meet: nobody more often than there are turns, all together
not more often than there are turns at tables. Then when: by Kőnig's theorem the meetings of two
sides can be spread over so many turns as the busiest person has meetings, and turns can be evened
out until none needs more tables than there are (de Werra, 1971). So what the first step chooses
always has its timetable.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from ocop.core.language import noop as N_
from ocop.promotion.solving import Model

SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A buyer and a producer that want to meet; `points` tell how well they fit."""

    buyer: int
    producer: int
    points: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pair, in which turn, at which table; both count from 0."""

    pair: Pair
    turn: int
    table: int


class Full(StrEnum):
    """Why a pair does not meet."""

    BUYER = "buyer"
    PRODUCER = "producer"
    HALL = "hall"
    ELSEWHERE = "elsewhere"  # meets somebody in another round at the same time


FULL_WORDS: Mapping[Full, str] = {
    Full.BUYER: N_("người mua đã kín lượt gặp"),
    Full.PRODUCER: N_("chủ thể đã kín lượt gặp"),
    Full.HALL: N_("đã hết bàn ở mọi lượt"),
    Full.ELSEWHERE: N_("một bên có cuộc gặp ở buổi khác cùng giờ"),
}


@dataclass(frozen=True, slots=True)
class Timetable:
    """Meetings by turn and table, and the pairs that do not meet, with why. `gap` is 0 when no
    better choice exists."""

    meetings: tuple[Meeting, ...]
    left: tuple[tuple[Pair, Full], ...]
    gap: float


def arrange(pairs: Sequence[Pair], turns: int, tables: int) -> Timetable:
    """The best timetable. Each pair once; the same pairs give the same timetable."""
    known = sorted(set(pairs), key=lambda pair: (pair.buyer, pair.producer))
    chosen, gap = _choose(known, turns, tables)
    spread = _even(_colour(chosen), turns, tables)
    return Timetable(_seated(spread, tables), _left(known, chosen, turns), gap)


def _choose(pairs: Sequence[Pair], turns: int, tables: int) -> tuple[list[Pair], float]:
    """Which pairs meet: the most, and of those choices the best."""
    if not pairs or turns < 1 or tables < 1:
        return [], 0.0
    model = Model()
    # One meeting more counts more than the points of all together; scaled down so that the solver's
    # tolerances stay far below one point.
    whole = sum(pair.points for pair in pairs) + 1
    wanted = [model.choice(-(1 + pair.points / whole)) for pair in pairs]
    for side in ("buyer", "producer"):
        of: dict[int, list[tuple[int, float]]] = {}
        for pair, choice in zip(pairs, wanted, strict=True):
            of.setdefault(getattr(pair, side), []).append((choice, 1))
        for terms in of.values():
            if len(terms) > turns:
                model.hold(None, turns, terms)
    model.hold(None, turns * tables, [(choice, 1) for choice in wanted])
    taken, gap = model.best(SECONDS)
    return [pair for place, pair in enumerate(pairs) if place in taken], gap


def _colour(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Meetings spread over turns so that nobody has two in one: as many turns as the busiest needs.

    A pair takes a turn in which both are free. When there is none, the buyer is free in one turn
    and the producer in another: along the chain of meetings that begins at the producer these two
    turns change places, which frees the buyer's for both.
    """
    busy = Counter(
        chain(((0, pair.buyer) for pair in pairs), ((1, pair.producer) for pair in pairs))
    )
    count = max(busy.values(), default=0)
    at: dict[tuple[int, int], dict[int, Pair]] = {who: {} for who in busy}
    for pair in pairs:
        buyer, producer = (0, pair.buyer), (1, pair.producer)
        one = next(turn for turn in range(count) if turn not in at[buyer])
        other = next(turn for turn in range(count) if turn not in at[producer])
        if one != other:
            _swap(at, producer, one, other)
        at[buyer][one] = at[producer][one] = pair
    spread: list[list[Pair]] = [[] for _turn in range(count)]
    for (side, _key), own in at.items():
        if side == 0:
            for turn, pair in own.items():
                spread[turn].append(pair)
    return spread


def _swap(
    at: dict[tuple[int, int], dict[int, Pair]], start: tuple[int, int], one: int, other: int
) -> None:
    """Turn about the chain that begins at `start`, who is free in `other`: meetings of turn `one`
    move to `other` and those of `other` to `one`."""
    path, here, turn = [], start, one
    while (pair := at[here].get(turn)) is not None:
        path.append((pair, turn))
        here = (1, pair.producer) if here == (0, pair.buyer) else (0, pair.buyer)
        turn = other if turn == one else one
    for pair, was in path:
        del at[0, pair.buyer][was], at[1, pair.producer][was]
    for pair, was in path:
        now = other if was == one else one
        at[0, pair.buyer][now] = at[1, pair.producer][now] = pair


def _even(spread: list[list[Pair]], turns: int, tables: int) -> list[list[Pair]]:
    """No turn with more meetings than tables: of a turn that has too many and one that has room,
    the meetings of both form chains, and one with more of the first changes places."""
    spread = [*spread, *([] for _turn in range(turns - len(spread)))]
    while spread and len(full := max(spread, key=len)) > tables:
        free = min(spread, key=len)
        taken = _longer_chain(full, free)
        there = [pair for pair in free if pair in taken]
        free[:] = [pair for pair in free if pair not in taken]
        free += [pair for pair in full if pair in taken]
        full[:] = [pair for pair in full if pair not in taken] + there
    return spread


def _longer_chain(many: Sequence[Pair], few: Sequence[Pair]) -> frozenset[Pair]:
    """A chain of meetings of two turns with one more of the first than of the second."""
    by_buyer = ({pair.buyer: pair for pair in many}, {pair.buyer: pair for pair in few})
    by_producer = ({pair.producer: pair for pair in many}, {pair.producer: pair for pair in few})
    seen: set[Pair] = set()
    for first in many:
        if first in seen:
            continue
        chain_of, waits = {first: 0}, [first]
        while waits:
            pair = waits.pop()
            beyond = 1 - chain_of[pair]
            for near in (
                by_buyer[beyond].get(pair.buyer), by_producer[beyond].get(pair.producer),
            ):  # fmt: skip
                if near is not None and near not in chain_of:
                    chain_of[near] = beyond
                    waits.append(near)
        seen |= set(chain_of)
        if 2 * sum(chain_of.values()) < len(chain_of):
            return frozenset(chain_of)
    raise AssertionError("a turn with more meetings has a chain with more of them")


def _seated(spread: Sequence[Sequence[Pair]], tables: int) -> tuple[Meeting, ...]:
    """A table for each meeting: where every buyer can have one of their own, they keep it."""
    buyers = sorted({pair.buyer for turn in spread for pair in turn})
    own = {buyer: place for place, buyer in enumerate(buyers)} if len(buyers) <= tables else {}
    return tuple(
        Meeting(pair, turn, own.get(pair.buyer, place))
        for turn, pairs in enumerate(spread)
        for place, pair in enumerate(sorted(pairs, key=lambda pair: pair.buyer))
    )


def _left(
    pairs: Sequence[Pair], chosen: Sequence[Pair], turns: int
) -> tuple[tuple[Pair, Full], ...]:
    buyers = Counter(pair.buyer for pair in chosen)
    producers = Counter(pair.producer for pair in chosen)
    met = set(chosen)

    def why(pair: Pair) -> Full:
        if buyers[pair.buyer] >= turns:
            return Full.BUYER
        return Full.PRODUCER if producers[pair.producer] >= turns else Full.HALL

    return tuple((pair, why(pair)) for pair in pairs if pair not in met)
