"""Reads of the yearly plan: what was expected, what was filed, what was decided."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.dossiers import calendar, lifecycle, rules
from ocop.dossiers.models import (
    CENTRAL,
    CentralReferral,
    Dossier,
    Potential,
    Registration,
    Round,
    State,
)
from ocop.dossiers.queries import dossiers, registrations
from ocop.dossiers.queries.answering import Answer, answers_of, filed_in
from ocop.people import rules as people_rules
from ocop.places.models import Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """Products expected (registered), dossiers filed, decided with a star, refused, under way.

    Each product expected is in one of four: `answered` by a dossier of the year, by one of
    another year's round (`elsewhere`), `recognised` in the year without a dossier here, or
    `missing`.
    """

    expected: int = 0
    filed: int = 0
    decided: int = 0
    refused: int = 0
    answered: int = 0
    elsewhere: int = 0
    recognised: int = 0
    missing: int = 0

    @property
    def open(self) -> int:
        """Filed and not ended yet."""
        return self.filed - self.decided - self.refused


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


def in_round(rows: QuerySet[Dossier], one: Round) -> QuerySet[Dossier]:
    """Dossiers of a round: those filed for it, and of a round of the Ministry those that were sent
    there while it took them. One that was withdrawn is of none."""
    if not one.central:
        return rows.filter(round=one, submitted_at__isnull=False).exclude(state=State.WITHDRAWN)
    sent = CentralReferral.objects.filter(
        sent_on__gte=one.opens_on, sent_on__lt=one.requests_before
    )
    return rows.filter(pk__in=sent.values("dossier"))


def open_rounds(province: str) -> QuerySet[Round]:
    """Rounds of the province that still take dossiers from communes."""
    rows = Round.objects.filter(province=province, closed_on=None)
    return rows.exclude(kind__in=CENTRAL).order_by("-year", "requests_before")


def taking(dossier: Dossier, on: date) -> QuerySet[Round]:
    """The open rounds that still take a dossier: not over, and filed before their last day for
    requests. The round it was filed for counts as such, however often it was given back."""
    filed = timezone.localdate(dossier.submitted_at) if dossier.submitted_at else on
    rows = open_rounds(dossier.province).filter(done_before__gt=on)
    return rows.filter(Q(requests_before__gt=filed) | Q(pk=dossier.round_id))


@dataclass(frozen=True, slots=True)
class Left:
    """Dossiers of a round that are not ended, and those of them that nobody received yet."""

    unfinished: int = 0
    to_receive: int = 0


def left_in(one: Round) -> Left:
    """What is left of a round, whoever may see it: the numbers name no dossier."""
    rows = in_round(Dossier.objects.all(), one).exclude(state__in=lifecycle.ENDED)
    waiting = (State.AT_COMMUNE, State.RETURNED, State.FORWARDED)
    return Left(rows.count(), rows.filter(state__in=waiting).count())


def unplanned(province: str, year: int) -> list[calendar.LegalRound]:
    """The rounds of the law that a year lacks: never laid out, or withdrawn."""
    standing = Round.objects.filter(province=province, year=year, withdrawn_on=None)
    kinds = set(standing.values_list("kind", flat=True))
    return [legal for legal in calendar.legal_rounds(year) if legal.kind.value not in kinds]


def used_by(one: Round) -> int:
    """Dossiers that name a round, withdrawn ones too, or that were sent to it: whoever may see
    them, since the number names none."""
    named = Dossier.objects.filter(round=one)
    return named.count() or in_round(Dossier.objects.all(), one).count()


def left_without_round(one: Round) -> int:
    """Products registered for the year of a round that would have no open round without it."""
    if one.central or open_rounds(one.province).filter(year=one.year).exclude(pk=one.pk).exists():
        return 0
    standing = Registration.objects.filter(province=one.province, year=one.year, withdrawn_on=None)
    return standing.count()


def plan_of(actor: Actor, year: int, province: str, *, on: date) -> Plan:
    """The plan of a year with what this actor may see counted in it."""
    seen = dossiers.visible_to(actor)
    filed = filed_in(seen, year)
    by_unit = {row["commune"]: _counts(row) for row in _counted(filed, "commune")}
    standing = registrations.in_force(province=province, as_of=on).filter(
        year=year, pk__in=registrations.visible_to(actor).values("pk")
    )
    expected = Counter(dict(standing.order_by().values_list("unit").annotate(n=Count("pk"))))
    answers = answers_of(standing, dossiers.visible_to(actor), year, on)
    units = {u.pk: u for u in Unit.objects.filter(pk__in={*by_unit, *expected} - {None})}
    lines = [
        Line(units.get(key), _with(by_unit.get(key, Counts()), expected[key], answers[key]))
        for key in {*by_unit, *expected}
    ]
    lines.sort(key=lambda line: line.unit.folded if line.unit else "~")
    rounds = visible_to(actor).filter(year=year, province=province).order_by("opens_on", "pk")
    filed_in_all = Counts(
        filed=sum(c.filed for c in by_unit.values()),
        decided=sum(c.decided for c in by_unit.values()),
        refused=sum(c.refused for c in by_unit.values()),
    )
    total = _with(filed_in_all, expected.total(), sum(answers.values(), Counter()))
    return Plan(year, [(r, _in_all(in_round(seen, r))) for r in rounds], total, lines)


def years(actor: Actor, province: str) -> list[int]:
    """The years that have a plan, newest first."""
    rows = visible_to(actor).filter(province=province).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


_ENDS = {
    "filed": Count("pk"),
    "decided": Count("pk", filter=Q(state=lifecycle.DECIDED)),
    "refused": Count("pk", filter=Q(state=lifecycle.REFUSED)),
}


def _counted(rows: QuerySet[Dossier], by: str) -> list[dict[str, int]]:
    return list(rows.order_by().values(by).annotate(**_ENDS))


def _in_all(rows: QuerySet[Dossier]) -> Counts:
    return _counts(rows.order_by().aggregate(**_ENDS))


def _counts(row: dict[str, int]) -> Counts:
    return Counts(0, row["filed"], row["decided"], row["refused"])


def _with(counts: Counts, expected: int, answers: Counter[Answer]) -> Counts:
    return replace(counts, expected=expected, **{each.value: answers[each] for each in Answer})


def _none() -> QuerySet[Round]:
    return Round.objects.none()
