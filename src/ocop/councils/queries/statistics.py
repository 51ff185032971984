"""Reads of how councils mark: for the chair, the office and auditors. Concluded cases only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from ocop.core.actor import Actor
from ocop.councils import outcome, rules, statistics
from ocop.councils.models import Council, Item, ItemState, Sitting
from ocop.councils.outcome import Case, Member, ProductOutcome, Sheet
from ocop.councils.queries import councils, sittings
from ocop.councils.statistics import Agreement, Pattern, Spread
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria
from ocop.criteria import scoring


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One concluded case: sections, distances, the star without each, the self-score beside."""

    item: Item
    outcome: ProductOutcome
    sections: dict[str, Spread]  # of members' points
    distances: dict[str, Fraction]  # member: total less the mean
    without: dict[str, int | None]  # member: the star if that member were left out
    self_total: Decimal | None
    self_star: int | None
    self_difference: Fraction | None  # council's mean less the self-score
    agreement: Agreement  # of members over the criteria: marks as shares of the maximum

    @property
    def star_hangs_on(self) -> tuple[str, ...]:
        """Members without whom the star would be another."""
        return tuple(name for name, star in self.without.items() if star != self.outcome.star)


@dataclass(frozen=True, slots=True)
class _Source:
    """What the figures of a concluded case follow from. It never changes: computed once."""

    item: int
    sha256: str
    agreed: tuple[tuple[str, int], ...]
    case: Case = field(compare=False)
    outcome: ProductOutcome = field(compare=False)
    rules: CouncilRules = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Figures:
    sections: dict[str, Spread]
    without: dict[str, int | None]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class SittingStatistics:
    """Concluded cases of one or more sittings, the agreement of members, and their patterns."""

    sitting: Sitting
    items: Sequence[ItemStatistics]
    agreement: Agreement
    patterns: Sequence[Pattern]


@dataclass(frozen=True, slots=True)
class SittingAgreement:
    """One sitting in a row of several."""

    sitting: Sitting
    cases: int
    agreement: Agreement
    patterns: Sequence[Pattern]


def of_item(actor: Actor, item: Item) -> ItemStatistics | None:
    """The figures of a concluded case; None when the actor may not see them or none are there."""
    found = _concluded(actor).filter(pk=item.pk).first()
    if found is None or not _may(actor, found.sitting):
        return None
    return _of_item(found)


def of_sitting(actor: Actor, sitting: Sitting) -> SittingStatistics | None:
    """The figures of a sitting's concluded cases that the actor may see; None when not allowed."""
    if not _may(actor, sitting):
        return None
    items = [_of_item(item) for item in _concluded(actor).filter(sitting=sitting)]
    table = {str(each.item.pk): each.outcome.totals for each in items}
    return SittingStatistics(
        sitting, items, statistics.agreement_over(table), statistics.patterns(table)
    )


def over_sittings(actor: Actor, council: Council | None = None) -> list[SittingAgreement]:
    """Members' patterns from sitting to sitting, oldest first: of a council, or of all that the
    actor may see figures of."""
    items = _concluded(actor)
    if council is not None:
        items = items.filter(sitting__council=council)
    allowed: dict[int, bool] = {}
    tables: dict[Sitting, dict[str, dict[str, Decimal]]] = {}
    for item in items.order_by("sitting__starts_at", "sitting", "position"):
        if item.sitting_id not in allowed:
            allowed[item.sitting_id] = _may(actor, item.sitting)
        if allowed[item.sitting_id]:
            kept: dict[str, Any] = item.outcome or {}  # a concluded case has one
            totals = {name: Decimal(each) for name, each in kept["totals"].items()}
            tables.setdefault(item.sitting, {})[str(item.pk)] = totals
    return [
        SittingAgreement(
            sitting, len(table), statistics.agreement_over(table), statistics.patterns(table)
        )
        for sitting, table in tables.items()
    ]


def _may(actor: Actor, sitting: Sitting) -> bool:
    return actor.is_system or rules.may_see_statistics(actor, sitting)


def _concluded(actor: Actor) -> QuerySet[Item]:
    return sittings.items_visible_to(actor).filter(state=ItemState.CONCLUDED)


def _of_item(item: Item) -> ItemStatistics:
    kept = outcome.from_json(item.outcome or {})
    case = Case(
        kept.product,
        criteria.set_of(item.case.version),
        [Sheet(name, marks) for name, marks in kept.marks.items()],
        kept.gates,
        item.agreed,
    )
    figures = _figures(
        _Source(
            item.pk,
            item.outcome_sha256,
            tuple(sorted(item.agreed.items())),
            case,
            kept,
            councils.rules_of(item.sitting.council),
        )
    )
    self_total = item.case.self_total
    return ItemStatistics(
        item,
        kept,
        figures.sections,
        statistics.distances(kept.totals),
        figures.without,
        self_total,
        item.case.self_star,
        None
        if self_total is None or kept.mean is None
        else Fraction(kept.mean) - Fraction(self_total),
        figures.agreement,
    )


@lru_cache(maxsize=4096)
def _figures(source: _Source) -> _Figures:
    criteria_set, kept = source.case.criteria_set, source.outcome
    sections = {}
    for name, marks in kept.marks.items():
        scored = scoring.score(criteria_set, marks, gates=kept.gates, dependent=True)
        sections[name] = {code: Decimal(points) for code, points in scored.sections.items()}
    shares = [
        [Fraction(marks.get(criterion.code, 0), criterion.max) for marks in kept.marks.values()]
        for criterion in criteria_set.criteria
    ]
    return _Figures(
        statistics.sections_of(sections),
        statistics.stars_without(source.case, [Member(name) for name in kept.marks], source.rules),
        statistics.agreement(shares),
    )
