"""Reads of the yearly plan: what was expected, what was filed, what was decided."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ocop.core.actor import Actor
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.models import Dossier, Potential, Round, State
from ocop.dossiers.queries import dossiers, registrations
from ocop.people import rules as people_rules
from ocop.places.models import Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """Products expected (registered), dossiers filed, decided with a star, refused, under way."""

    expected: int = 0
    filed: int = 0
    decided: int = 0
    refused: int = 0

    @property
    def open(self) -> int:
        """Filed and not ended yet."""
        return self.filed - self.decided - self.refused

    @property
    def missing(self) -> int:
        """Expected and not filed."""
        return max(0, self.expected - self.filed)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of a plan with its counts; None is the row of those without a known unit."""

    unit: Unit | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Plan:
    """A year: its rounds with what was filed in each, all together, and by unit."""

    year: int
    rounds: list[tuple[Round, Counts]]
    total: Counts
    units: list[Line]


def visible_to(actor: Actor) -> QuerySet[Round]:
    """Rounds are for staff."""
    return Round.objects.all() if rules.may_see_plan(actor) or actor.is_system else _none()


def potentials_visible_to(actor: Actor) -> QuerySet[Potential]:
    """Products with potential: all for the office and its auditors, others by own communes."""
    if people_rules.may_see_everything(actor):
        return Potential.objects.all()
    held = actor.unit_ids("commune_officer")
    return Potential.objects.filter(Q(unit__in=held) | Q(unit__parent__in=held))


def filed_in(rows: QuerySet[Dossier], year: int) -> QuerySet[Dossier]:
    """Dossiers filed for a year: in one of its rounds, or without a round in that year; those
    withdrawn are left out."""
    of_year = Q(round__year=year) | Q(round=None, submitted_at__year=year)
    return rows.filter(of_year, submitted_at__isnull=False).exclude(state=State.WITHDRAWN)


def open_rounds(province: str) -> QuerySet[Round]:
    """Rounds of the province that still take dossiers from communes."""
    rows = Round.objects.filter(province=province, closed_on=None)
    return rows.exclude(kind__startswith="central").order_by("-year", "requests_before")


def plan_of(actor: Actor, year: int, province: str, *, on: date) -> Plan:
    """The plan of a year with what this actor may see counted in it."""
    filed = filed_in(dossiers.visible_to(actor), year)
    by_round = {row["round"]: _counts(row) for row in _counted(filed, "round")}
    by_unit = {row["commune"]: _counts(row) for row in _counted(filed, "commune")}
    standing = registrations.in_force(province=province, as_of=on).filter(
        year=year, pk__in=registrations.visible_to(actor).values("pk")
    )
    expected = Counter(dict(standing.order_by().values_list("unit").annotate(n=Count("pk"))))
    units = {u.pk: u for u in Unit.objects.filter(pk__in={*by_unit, *expected} - {None})}
    lines = [
        Line(units.get(key), _with(by_unit.get(key, Counts()), expected[key]))
        for key in {*by_unit, *expected}
    ]
    lines.sort(key=lambda line: line.unit.folded if line.unit else "~")
    rounds = visible_to(actor).filter(year=year, province=province).order_by("opens_on", "pk")
    total = Counts(
        expected.total(),
        sum(c.filed for c in by_unit.values()),
        sum(c.decided for c in by_unit.values()),
        sum(c.refused for c in by_unit.values()),
    )
    return Plan(year, [(r, by_round.get(r.pk, Counts())) for r in rounds], total, lines)


def years(actor: Actor, province: str) -> list[int]:
    """The years that have a plan, newest first."""
    rows = visible_to(actor).filter(province=province).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def _counted(rows: QuerySet[Dossier], by: str) -> list[dict[str, int]]:
    return list(
        rows.order_by()
        .values(by)
        .annotate(
            filed=Count("pk"),
            decided=Count("pk", filter=Q(state=lifecycle.DECIDED)),
            refused=Count("pk", filter=Q(state=lifecycle.REFUSED)),
        )
    )


def _counts(row: dict[str, int]) -> Counts:
    return Counts(0, row["filed"], row["decided"], row["refused"])


def _with(counts: Counts, expected: int) -> Counts:
    return Counts(expected, counts.filed, counts.decided, counts.refused)


def _none() -> QuerySet[Round]:
    return Round.objects.none()
