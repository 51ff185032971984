"""Chance with a fixed seed, and parting a total into whole shares."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TypeVar

K = TypeVar("K")


def apportion(total: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Whole shares that add up to `total`, in proportion to the weights (largest remainder)."""
    whole = sum(weights.values())
    exact = {key: Fraction(total * weight, whole) for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    left = total - sum(shares.values())
    order = sorted(exact, key=lambda key: shares[key] - exact[key])  # stable: ties as given
    for key in order[:left]:
        shares[key] += 1
    return shares


def jittered(weights: Mapping[K, int], random: Random) -> dict[K, int]:
    """Weights changed by up to a quarter, so that no two years look alike."""
    return {key: max(1, int(w * (75 + random.randrange(50)))) for key, w in weights.items()}


def within(shares: Mapping[K, int], most: Mapping[K, int]) -> dict[K, int]:
    """The same total, but each share at least 1 and at most `most`, where `most` is above 0.

    Raises ValueError when the total is too small or too large for that.
    """
    total = sum(shares.values())
    if not sum(1 for cap in most.values() if cap) <= total <= sum(most.values()):
        raise ValueError("no such shares")
    kept = {key: min(max(1, shares.get(key, 0)), cap) for key, cap in most.items() if cap}
    over = sum(kept.values()) - total
    keys = sorted(kept, key=lambda key: (-kept[key], str(key)))
    while over:
        step = 1 if over > 0 else -1
        for key in keys:
            room = kept[key] - 1 if step > 0 else most[key] - kept[key]
            if over and room > 0:
                kept[key] -= step
                over -= step
    return kept


def parted(total: int, parts: int, random: Random) -> list[int]:
    """`total` in so many parts of at least one each."""
    sizes = [1] * parts
    for _turn in range(total - parts):
        sizes[random.randrange(parts)] += 1
    return sizes


def pick(choices: Mapping[K, int], random: Random) -> K:
    """One key, by weight."""
    return random.choices(list(choices), weights=list(choices.values()))[0]


def weekday_between(first: date, last: date, random: Random) -> date:
    """A Monday to Friday between two days, both counted."""
    day = first + timedelta(days=random.randrange((last - first).days + 1))
    while day.weekday() > 4:
        day = day - timedelta(days=1) if day > first + timedelta(days=1) else day + timedelta(2)
    return day


def ranks_in_order(ranks: Mapping[str, int], random: Random) -> list[str]:
    """Every rank as often as it was given, shuffled."""
    drawn: Sequence[str] = [rank for rank, times in ranks.items() for _ in range(times)]
    return random.sample(drawn, len(drawn))
