"""Reads of how councils mark: for the chair, the office and auditors. Concluded cases only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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
    """One concluded case: figures per section, members' distances, the star without each."""

    item: Item
    outcome: ProductOutcome
    sections: dict[str, Spread]
    distances: dict[str, Fraction]  # member: total less the mean
    without: dict[str, int | None]  # member: the star if that member were left out
    self_total: Decimal | None
    self_difference: Fraction | None  # council's mean less the self-score

    @property
    def star_hangs_on(self) -> tuple[str, ...]:
        """Members without whom the star would be another."""
        return tuple(name for name, star in self.without.items() if star != self.outcome.star)


@dataclass(frozen=True, slots=True)
class SittingStatistics:
    """A sitting: each concluded case, the agreement of members, and their patterns."""

    sitting: Sitting
    items: Sequence[ItemStatistics]
    agreement: Agreement
    patterns: Sequence[Pattern]


@dataclass(frozen=True, slots=True)
class SittingAgreement:
    """One sitting in a row of several, oldest first."""

    sitting: Sitting
    cases: int
    agreement: Agreement
    patterns: Sequence[Pattern]


def of_item(actor: Actor, item: Item) -> ItemStatistics | None:
    """The figures of a concluded case; None when the actor may not see them or none are there."""
    found = sittings.items_visible_to(actor).filter(pk=item.pk, state=ItemState.CONCLUDED).first()
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


def over_sittings(actor: Actor, council: Council) -> list[SittingAgreement]:
    """Members' patterns from sitting to sitting of a council, oldest first."""
    by_sitting: dict[Sitting, dict[str, dict[str, Decimal]]] = {}
    for item in _concluded(actor).filter(sitting__council=council):
        if item.outcome is not None and _may(actor, item.sitting):
            totals = dict(outcome.from_json(item.outcome).totals)
            by_sitting.setdefault(item.sitting, {})[str(item.pk)] = totals
    return [
        SittingAgreement(
            sitting, len(table), statistics.agreement_over(table), statistics.patterns(table)
        )
        for sitting, table in sorted(by_sitting.items(), key=lambda pair: pair[0].starts_at)
    ]


def _may(actor: Actor, sitting: Sitting) -> bool:
    return actor.is_system or rules.may_see_statistics(actor, sitting)


def _concluded(actor: Actor):  # type: ignore[no-untyped-def]
    return sittings.items_visible_to(actor).filter(state=ItemState.CONCLUDED)


def _of_item(item: Item) -> ItemStatistics:
    kept = outcome.from_json(item.outcome or {})
    criteria_set = criteria.set_of(item.case.version)
    case = Case(
        kept.product,
        criteria_set,
        [Sheet(name, marks) for name, marks in kept.marks.items()],
        kept.gates,
        item.agreed,
    )
    sections = {
        name: {
            code: Decimal(points)
            for code, points in scoring.score(
                criteria_set, marks, gates=kept.gates, dependent=True
            ).sections.items()
        }
        for name, marks in kept.marks.items()
    }
    without = statistics.without_each(
        case, [Member(name) for name in kept.marks], councils.rules_of(item.sitting.council)
    )
    self_total = item.case.self_total
    return ItemStatistics(
        item,
        kept,
        statistics.sections_of(sections),
        statistics.distances(kept.totals),
        {name: result.star for name, result in without.items()},
        self_total,
        None
        if self_total is None or kept.mean is None
        else Fraction(kept.mean) - Fraction(self_total),
    )
