"""Reads of the advisory team: who is in it, what each has at hand, what was found."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.criteria.queries import worded
from ocop.criteria.sets import Criterion
from ocop.dossiers import rules
from ocop.dossiers.assigning import Candidate, Task
from ocop.dossiers.models import (
    Dossier,
    EvidenceUse,
    Finding,
    Speciality,
    State,
    TestOrder,
    Visit,
)
from ocop.dossiers.queries import dossiers, filing
from ocop.people.models import User
from ocop.people.queries import memberships_on
from ocop.people.roles import Role

AT_HAND = (State.EXAMINING, State.READY)


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as it is examined: what is claimed, what proves it, what was found."""

    criterion: Criterion
    words: str
    points: int | None
    last: int | None  # on the dossier of the last recognition
    counts: bool  # not where a condition of its is not met
    claim: str
    uses: list[EvidenceUse]
    findings: list[Finding]


def team(on: date) -> QuerySet[User]:
    """The members of the advisory team on a day."""
    held = memberships_on(on).filter(role=Role.ADVISORY_MEMBER)
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")


def candidates(on: date) -> list[Candidate]:
    """The team with specialities and open dossiers at hand."""
    sectors: dict[int, set[str]] = defaultdict(set)
    for user_id, sector in Speciality.objects.values_list("user", "sector"):
        sectors[user_id].add(sector)
    at_hand = Count(
        "assignments",
        filter=Q(assignments__ended_at=None, assignments__dossier__state__in=AT_HAND),
    )
    return [
        Candidate(user.pk, user.name, frozenset(sectors[user.pk]), user.at_hand)
        for user in team(on).annotate(at_hand=at_hand)
    ]


def task_of(dossier: Dossier, on: date) -> Task:
    """The dossier as work to give: its sector, and who may not examine it."""
    members = dossier.product.producer.memberships.filter(starts_on__lte=on)
    barred = members.filter(Q(ends_on=None) | Q(ends_on__gt=on)).values_list("user", flat=True)
    return Task(dossier.pk, dossier.version.sector, frozenset(barred))


def lines_of(dossier: Dossier) -> list[Line]:
    """Every criterion of the dossier with claim, evidence and findings."""
    by_code: Mapping[str, list[EvidenceUse]] = defaultdict(list)
    for use in filing.uses_of(dossier):
        by_code[use.criterion].append(use)
    found: Mapping[str, list[Finding]] = defaultdict(list)
    for finding in dossier.findings.select_related("adviser"):
        found[finding.criterion].append(finding)
    text = worded(dossier.version)
    voided = filing.voided_of(dossier, timezone.localdate())
    last = filing.last_marks(dossier)
    return [
        Line(
            criterion,
            text.words.get((criterion.code, None), criterion.name),
            dossier.marks.get(criterion.code),
            last.get(criterion.code),
            criterion.code not in voided,
            dossier.claims.get(criterion.code, ""),
            by_code[criterion.code],
            found[criterion.code],
        )
        for criterion in text.criteria_set.criteria
    ]


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """Visits of dossiers whose examination the actor may see."""
    return Visit.objects.filter(dossier__in=_examined(actor).values("pk"))


def tests_visible_to(actor: Actor) -> QuerySet[TestOrder]:
    """Tests of dossiers whose examination the actor may see."""
    return TestOrder.objects.filter(dossier__in=_examined(actor).values("pk"))


def _examined(actor: Actor) -> QuerySet[Dossier]:
    if not (actor.is_system or rules.sees_examinations(actor)):
        return Dossier.objects.none()
    return dossiers.visible_to(actor)
