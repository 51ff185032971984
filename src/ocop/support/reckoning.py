"""What a policy gives for a request: the arithmetic of shares, ceilings, counts and stars.

Money is in whole đồng and every share is rounded down: half a đồng more than the share would be
over it. Money that any level gave already counts towards the ceiling, the first time and the
difference of an upgrade, whoever paid it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: No single support of the programme comes near it; more is a slip in the number.
MOST = 1_000_000_000_000


class Bar(StrEnum):
    """Why nothing can be given."""

    NOT_IN_FORCE = "not_in_force"
    NOT_FIRST = "not_first"
    COUNT_USED = "count_used"
    CEILING_USED = "ceiling_used"
    QUANTITY_USED = "quantity_used"
    NO_STAR = "no_star"
    STAR_WITHOUT_BONUS = "star_without_bonus"
    STAR_REWARDED = "star_rewarded"
    COVERED = "covered"


class Rule(StrEnum):
    """What held the sum down, in the order in which it is reckoned."""

    COST = "cost"
    SHARE = "share"
    BONUS = "bonus"
    DIFFERENCE = "difference"
    OTHERS = "others"
    CEILING = "ceiling"
    CEILING_LEFT = "ceiling_left"


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy as arithmetic. None: it sets no such bound.

    `ceiling`, `most_count` and `most_quantity` hold for all support by this kind to the same
    producer, or product, in the policy's period. `stars` are fixed sums by star instead of a share.
    """

    share: int | None = None  # percent
    ceiling: int | None = None
    most_count: int | None = None
    most_quantity: int | None = None
    first_only: bool = False
    stars: Mapping[int, int] = field(default_factory=dict)
    difference: bool = False  # a higher star pays only what is above the money given before


@dataclass(frozen=True, slots=True)
class Before:
    """What was given already, by any level: in the policy's period, and ever for the first time.

    `best_star` is the highest star that was rewarded, `rewarded` the money for stars, whenever.
    """

    amount: int = 0
    count: int = 0
    quantity: int = 0
    ever: bool = False
    best_star: int = 0
    rewarded: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: what it costs, what other public money pays of it, how many, which star
    the product holds."""

    cost: int = 0
    others: int = 0
    quantity: int = 0
    star: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning: the rule, the number it brings, the sum that is left by it."""

    rule: Rule
    value: int
    left: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The most that may be given, how it came about, or why nothing."""

    most: int
    steps: tuple[Step, ...] = ()
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Gift:
    """Support that was given once: for `sum_up`."""

    amount: int
    quantity: int = 0
    star: int = 0
    in_period: bool = True


def sum_up(gifts: Iterable[Gift]) -> Before:
    """What gifts come to together."""
    amount = count = quantity = best = rewarded = 0
    ever = False
    for gift in gifts:
        ever = True
        best = max(best, gift.star)
        rewarded += gift.amount if gift.star else 0
        if gift.in_period:
            amount += gift.amount
            count += 1
            quantity += gift.quantity
    return Before(amount, count, quantity, ever, best, rewarded)


def reckon(terms: Terms, asked: Asked, before: Before) -> Reckoned:
    """The most that a policy gives for what is asked, after what was given before."""
    if bar := _barred(terms, asked, before):
        return Reckoned(0, bar=bar)
    steps: list[Step] = []
    left = _bonus(terms, asked, before, steps) if terms.stars else _share(terms, asked, steps)
    if terms.ceiling is not None:
        room = max(0, terms.ceiling - before.amount)
        rule = Rule.CEILING_LEFT if before.amount else Rule.CEILING
        left = min(left, room)
        steps.append(Step(rule, room, left))
        if not room:
            return Reckoned(0, tuple(steps), Bar.CEILING_USED)
    if left <= 0:
        bar = Bar.STAR_REWARDED if terms.stars else Bar.COVERED
        return Reckoned(0, tuple(steps), bar)
    return Reckoned(left, tuple(steps))


def due(approved: int, terms: Terms, cost: int, others: int) -> int:
    """What is paid after acceptance: what was approved, or less where it cost less than planned.

    A fixed sum for a star does not depend on a cost.
    """
    if terms.stars:
        return approved
    return min(approved, _share(terms, Asked(cost=cost, others=others), []))


def _barred(terms: Terms, asked: Asked, before: Before) -> Bar | None:
    if terms.first_only and before.ever:
        return Bar.NOT_FIRST
    if terms.most_count is not None and before.count >= terms.most_count:
        return Bar.COUNT_USED
    if terms.most_quantity is not None and before.quantity + asked.quantity > terms.most_quantity:
        return Bar.QUANTITY_USED
    if terms.stars:
        if not asked.star:
            return Bar.NO_STAR
        if asked.star not in terms.stars:
            return Bar.STAR_WITHOUT_BONUS
        if before.best_star >= asked.star:
            return Bar.STAR_REWARDED
    return None


def _share(terms: Terms, asked: Asked, steps: list[Step]) -> int:
    """The share of the cost, of which other public money has paid a part: together they may not be
    more than the share."""
    left = asked.cost
    steps.append(Step(Rule.COST, asked.cost, left))
    if terms.share is not None:
        left = asked.cost * terms.share // 100
        steps.append(Step(Rule.SHARE, terms.share, left))
    if asked.others:
        left = max(0, left - asked.others)
        steps.append(Step(Rule.OTHERS, asked.others, left))
    return left


def _bonus(terms: Terms, asked: Asked, before: Before, steps: list[Step]) -> int:
    left = terms.stars[asked.star]
    steps.append(Step(Rule.BONUS, asked.star, left))
    if terms.difference and before.best_star:
        left = max(0, left - before.rewarded)
        steps.append(Step(Rule.DIFFERENCE, before.rewarded, left))
    return left
