"""Who meets whom when: held against every possible timetable of small rounds, and a large one."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from random import Random
from time import monotonic

from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.promotion.meetings.timetable import Full, Pair, Timetable, arrange


@st.composite
def wishes(draw: st.DrawFn) -> list[Pair]:
    """Three buyers and three producers at most, six pairs at most."""
    both = [(buyer, producer) for buyer in range(3) for producer in range(10, 13)]
    chosen = draw(st.lists(st.sampled_from(both), unique=True, max_size=6))
    return [Pair(buyer, producer, draw(st.integers(0, 100))) for buyer, producer in chosen]


def clashes(table: Timetable, turns: int, tables: int) -> list[str]:
    """What is wrong with a timetable."""
    wrong = []
    for name, seen in (
        ("buyer", Counter((m.turn, m.pair.buyer) for m in table.meetings)),
        ("producer", Counter((m.turn, m.pair.producer) for m in table.meetings)),
        ("table", Counter((m.turn, m.table) for m in table.meetings)),
        ("pair", Counter(m.pair for m in table.meetings)),
    ):
        wrong += [name for count in seen.values() if count > 1]
    wrong += ["turn" for m in table.meetings if not 0 <= m.turn < turns]
    wrong += ["no table" for m in table.meetings if not 0 <= m.table < tables]
    return wrong


def best(pairs: Sequence[Pair], turns: int, tables: int) -> tuple[int, int]:
    """The most meetings and their best points, by trying every turn for every pair."""
    found = (0, 0)
    for choice in product(range(-1, turns), repeat=len(pairs)):
        held = [(turn, pair) for turn, pair in zip(choice, pairs, strict=True) if turn >= 0]
        seen = Counter((turn, side) for turn, pair in held for side in (pair.buyer, pair.producer))
        full = Counter(turn for turn, _pair in held)
        if max(seen.values(), default=0) > 1 or max(full.values(), default=0) > tables:
            continue
        found = max(found, (len(held), sum(pair.points for _turn, pair in held)))
    return found


@settings(max_examples=150, deadline=None)
@given(wishes(), st.integers(0, 3), st.integers(0, 3))
def test_nothing_clashes_and_no_timetable_is_better(
    pairs: list[Pair], turns: int, tables: int
) -> None:
    table = arrange(pairs, turns, tables)
    assert clashes(table, turns, tables) == []
    assert table.gap == 0
    reached = (len(table.meetings), sum(m.pair.points for m in table.meetings))
    assert reached == best(pairs, turns if tables else 0, tables)
    told = [m.pair for m in table.meetings] + [pair for pair, _why in table.left]
    assert sorted(told, key=repr) == sorted(pairs, key=repr)


@settings(max_examples=150, deadline=None)
@given(wishes(), st.integers(1, 3), st.integers(1, 3))
def test_who_does_not_meet_is_told_what_is_full(pairs: list[Pair], turns: int, tables: int) -> None:
    table = arrange(pairs, turns, tables)
    buyers = Counter(m.pair.buyer for m in table.meetings)
    producers = Counter(m.pair.producer for m in table.meetings)
    for pair, why in table.left:
        assert {
            Full.BUYER: buyers[pair.buyer] == turns,
            Full.PRODUCER: producers[pair.producer] == turns,
            Full.HALL: len(table.meetings) == turns * tables,
        }[why]


@given(wishes(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_of_the_wishes_changes_nothing(
    pairs: list[Pair], turns: int, random: Random
) -> None:
    mixed = random.sample(pairs, len(pairs))
    assert arrange(mixed, turns, 2) == arrange(pairs, turns, 2)


def test_a_buyer_keeps_one_table_where_there_are_enough() -> None:
    pairs = [Pair(buyer, producer) for buyer in range(3) for producer in range(10, 14)]
    table = arrange(pairs, turns=4, tables=3)
    assert len(table.meetings) == 12
    assert all(len({m.table for m in table.meetings if m.pair.buyer == b}) == 1 for b in range(3))


def test_sixty_buyers_and_two_hundred_producers_have_their_timetable_in_seconds() -> None:
    random = Random(7)
    pairs = [
        Pair(buyer, 1_000 + producer, random.randrange(101))
        for buyer in range(60)
        for producer in random.sample(range(200), 25)
    ]
    began = monotonic()
    table = arrange(pairs, turns=16, tables=50)
    assert monotonic() - began < 10
    assert clashes(table, 16, 50) == []
    assert table.gap == 0
    assert len(table.meetings) == 800
