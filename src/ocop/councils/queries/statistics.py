"""Reads of how councils mark: for the chair, the office and auditors. Concluded cases only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.db.models import QuerySet

from ocop.core.actor import Actor
from ocop.councils import outcome, rules, statistics
from ocop.councils.models import Council, Item, ItemState, Sitting
from ocop.councils.outcome import Case, Member, ProductOutcome, Sheet
from ocop.councils.queries import councils, sittings
from ocop.councils.statistics import Agreement, Pattern, Spread
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
    agreement: Agreement  # of the members over the criteria

    @property
    def star_hangs_on(self) -> tuple[str, ...]:
        """Members without whom the star would be another."""
        return tuple(name for name, star in self.without.items() if star != self.outcome.star)


@dataclass(frozen=True, slots=True)
class _Source:
    """A concluded case. Its outcome never changes, so its figures are computed once."""

    key: tuple[int, str, tuple[tuple[str, int], ...]]  # item, hash of the outcome, agreed levels
    item: Item = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Table:
    """Totals of concluded cases, by the hashes of their outcomes."""

    key: tuple[tuple[int, str], ...]
    totals: statistics.Table = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Figures:
    outcome: ProductOutcome
    sections: dict[str, Spread]
    distances: dict[str, Fraction]
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


def of_sitting(actor: Actor, sitting: Sitting) -> SittingStatistics | None:
    """The figures of a sitting's concluded cases that the actor may see; None when not allowed."""
    if not _may(actor, sitting):
        return None
    items = [_of_item(item) for item in _concluded(actor).filter(sitting=sitting)]
    agreement, patterns = _together(_table(items))
    return SittingStatistics(sitting, items, agreement, patterns)


def over_sittings(actor: Actor, council: Council | None = None) -> list[SittingAgreement]:
    """Members' patterns from sitting to sitting, oldest first: of a council, or of all that the
    actor may see figures of."""
    items = _concluded(actor)
    if council is not None:
        items = items.filter(sitting__council=council)
    allowed: dict[int, bool] = {}
    found: dict[Sitting, list[ItemStatistics]] = {}
    for item in items.order_by("sitting__starts_at", "sitting", "position"):
        if item.sitting_id not in allowed:
            allowed[item.sitting_id] = _may(actor, item.sitting)
        if allowed[item.sitting_id]:
            found.setdefault(item.sitting, []).append(_of_item(item))
    return [
        SittingAgreement(sitting, len(each), *_together(_table(each)))
        for sitting, each in found.items()
    ]


def _may(actor: Actor, sitting: Sitting) -> bool:
    return actor.is_system or rules.may_see_statistics(actor, sitting)


def _concluded(actor: Actor) -> QuerySet[Item]:
    """Of products: other sheets have other sections and no stars. Without the outcomes, which are
    large: most have been read before."""
    found = sittings.items_visible_to(actor).filter(state=ItemState.CONCLUDED, case__kind="product")
    return found.defer("outcome", "case__version__content")


def _of_item(item: Item) -> ItemStatistics:
    key = (item.pk, item.outcome_sha256, tuple(sorted(item.agreed.items())))
    figures = _figures(_Source(key, item))
    mean, self_total = figures.outcome.mean, item.case.self_total
    return ItemStatistics(
        item,
        figures.outcome,
        figures.sections,
        figures.distances,
        figures.without,
        self_total,
        item.case.self_star,
        None if self_total is None or mean is None else Fraction(mean) - Fraction(self_total),
        figures.agreement,
    )


@lru_cache(maxsize=4096)
def _figures(source: _Source) -> _Figures:
    item = source.item
    kept = outcome.from_json(item.outcome or {})  # a concluded case has one
    criteria_set = criteria.set_of(item.case.version)
    sheets = [Sheet(name, marks) for name, marks in kept.marks.items()]
    case = Case(kept.product, criteria_set, sheets, kept.gates, item.agreed)
    sections = {}
    for name, marks in kept.marks.items():
        scored = scoring.score(criteria_set, marks, gates=kept.gates, dependent=True)
        sections[name] = {code: Decimal(points) for code, points in scored.sections.items()}
    shares = [
        [Fraction(marks.get(each.code, 0), each.max) for marks in kept.marks.values()]
        for each in criteria_set.criteria
    ]
    return _Figures(
        kept,
        statistics.sections_of(sections),
        statistics.distances(kept.totals),
        statistics.stars_without(
            case, [Member(name) for name in kept.marks], councils.rules_of(item.sitting.council)
        ),
        statistics.agreement(shares),
    )


def _table(items: Sequence[ItemStatistics]) -> _Table:
    return _Table(
        tuple((each.item.pk, each.item.outcome_sha256) for each in items),
        {str(each.item.pk): each.outcome.totals for each in items},
    )


@lru_cache(maxsize=256)
def _together(table: _Table) -> tuple[Agreement, Sequence[Pattern]]:
    return statistics.agreement_over(table.totals), statistics.patterns(table.totals)
