"""Reads of design centres."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.councils.models import Item, ItemState, Sitting, SittingKind, SittingState
from ocop.network import months
from ocop.network.centres import numbers, options, renewal, rules, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreKeeper,
    CentreMonth,
    CentreNumbers,
    CentreState,
    CentreTie,
    DesignCentre,
)
from ocop.network.centres.numbers import Numbers
from ocop.people.models import User
from ocop.producers import queries as producers

TOURISM_SET = 26  # of community tourism


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the council said of an assessment: its mean, and whether it passes; both None while it
    did not conclude."""

    item: Item | None = None
    mean: Decimal | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a centre is to be visited, and to be assessed anew."""

    visit_on: date
    again_on: date


def standing_on(day: date) -> QuerySet[DesignCentre]:
    """The centres that are recognised on a day."""
    return DesignCentre.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), recognised_on__lte=day
    )


def keepers_on(day: date) -> QuerySet[CentreKeeper]:
    """Who keeps centres on a day."""
    return CentreKeeper.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def keepers_of(centre: DesignCentre, on: date) -> list[User]:
    """The people who keep a centre on a day: its keepers, and those of its producer."""
    kept = keepers_on(on).filter(centre=centre).values("user")
    found = list(User.objects.filter(pk__in=kept, is_active=True).order_by("name", "pk"))
    makers = producers.people_of(centre.producer, on) if centre.producer else ()
    return found + [user for user in makers if user not in found]


def own(actor: Actor, on: date) -> QuerySet[DesignCentre]:
    """The centres an actor keeps on a day, and those that the actor's producers run."""
    if actor.user_id is None:
        return DesignCentre.objects.none()
    kept = keepers_on(on).filter(user=actor.user_id).values("centre")
    makers = producers.own(actor, on=on).values("pk")
    return DesignCentre.objects.filter(Q(pk__in=kept) | Q(producer__in=makers))


def kept_by(actor: Actor, on: date) -> QuerySet[DesignCentre]:
    """The centres whose months an actor tells."""
    return DesignCentre.objects.all() if rules.may_decide(actor) else own(actor, on)


def overseen_by(actor: Actor) -> QuerySet[DesignCentre]:
    """The centres in the office's list: all, or those of an officer's communes."""
    if rules.may_see_all(actor):
        return DesignCentre.objects.all()
    return DesignCentre.objects.filter(producers.in_area(actor))


def inside_of(actor: Actor, on: date) -> QuerySet[DesignCentre]:
    """The centres of which an actor is shown what is not public: numbers, score, months."""
    if rules.may_see_all(actor):
        return DesignCentre.objects.all()
    seen = producers.in_area(actor)
    return DesignCentre.objects.filter(seen | Q(pk__in=own(actor, on).values("pk")))


def public() -> QuerySet[DesignCentre]:
    """The centres that everybody may see: those that were recognised."""
    return DesignCentre.objects.filter(state__in=(CentreState.RECOGNISED, CentreState.ENDED))


def visible_to(actor: Actor) -> QuerySet[DesignCentre]:
    """The centres an actor may see."""
    inside = inside_of(actor, timezone.localdate())
    return DesignCentre.objects.filter(
        Q(pk__in=public().values("pk")) | Q(pk__in=inside.values("pk"))
    )


def for_lists(rows: QuerySet[DesignCentre], since: date) -> QuerySet[Any]:
    """Rows with their place, the last score, the last visit, and what came since a month."""
    scored = CentreAssessment.objects.filter(centre=OuterRef("pk"), score__isnull=False)
    told = CentreMonth.objects.filter(centre=OuterRef("pk"), month__gte=since).order_by()
    sums = told.values("centre").annotate(people=Sum("visitors"), dong=Sum("income"))
    return rows.select_related("commune", "unit", "producer").annotate(
        score=Subquery(scored.order_by("-opened_on", "-pk").values("score")[:1]),
        visited_on=Max("visits__visited_on"),
        visitors=Subquery(sums.values("people")),
        income=Subquery(sums.values("dong")),
    )


def numbers_of(row: CentreNumbers) -> Numbers:
    """What is told or measured, as numbers."""
    zones = {key: Decimal(area) for key, area in row.zones.items()}
    return Numbers(row.area, zones, row.goods, row.ocop, row.craft)


def answers_of(row: CentreNumbers, key: str) -> list[numbers.Answer]:
    """The conditions of the sheet of a key, held against these numbers."""
    found = sheet.keyed(key)
    return [] if found is None else numbers.answers(numbers_of(row), found)


def open_assessment(centre: DesignCentre) -> CentreAssessment | None:
    """The assessment that is under way."""
    return centre.assessments.filter(state__in=(AssessmentState.OPEN, AssessmentState.SENT)).first()


def outcome_of(assessment: CentreAssessment) -> Outcome:
    """What the council concluded; a first pass decides nothing."""
    if assessment.case_id is None:
        return Outcome()
    items = Item.objects.filter(case=assessment.case_id).exclude(state=ItemState.TAKEN_OFF)
    item = items.select_related("sitting").order_by("-sitting__passing", "-pk").first()
    if item is None or item.state != ItemState.CONCLUDED or item.sitting.passing != 2:
        return Outcome(item)
    passed = (item.outcome or {}).get("pass_from")
    if item.mean is None or passed is None:
        return Outcome(item)
    return Outcome(item, item.mean, item.mean >= passed)


def waits_for_agenda(assessment: CentreAssessment) -> bool:
    """Whether it may go on an agenda: nothing stands on one, and no second pass concluded."""
    if assessment.state not in (AssessmentState.OPEN, AssessmentState.SENT):
        return False
    found = outcome_of(assessment)
    if found.item is None:
        return True
    return found.item.state == ItemState.CONCLUDED and found.item.sitting.passing == 1


def sittings_ahead() -> QuerySet[Sitting]:
    """Meetings on whose agenda a centre may be put."""
    return (
        Sitting.objects.filter(
            kind=SittingKind.MEETING, state__in=(SittingState.PLANNED, SittingState.OPEN)
        )
        .select_related("council")
        .order_by("starts_at", "pk")
    )


def of_case(case: int) -> CentreAssessment | None:
    """The assessment that a case of a council judges. Whoever asks may see the case."""
    return CentreAssessment.objects.filter(case=case).select_related("centre__commune").first()


def due_of(centre: DesignCentre) -> Due | None:
    """When a recognised centre is visited and assessed anew."""
    if centre.state != CentreState.RECOGNISED or centre.recognised_on is None:
        return None
    last = centre.assessments.filter(state=AssessmentState.RECOGNISED).first()
    decided = (last.signed_on if last else None) or centre.recognised_on
    visit = centre.visits.first()
    seen = max(visit.visited_on, decided) if visit else decided
    return Due(
        renewal.due_on(seen, options.VISITS.get()), renewal.due_on(decided, options.AGAIN.get())
    )


def due_by(day: date) -> list[tuple[DesignCentre, Due]]:
    """The centres of which a visit or an assessment is due by a day; an assessment under way is
    awaited no more."""
    found = []
    for centre in standing_on(day).select_related("producer"):
        due = due_of(centre)
        if due is None:
            continue
        again = due.again_on <= day and open_assessment(centre) is None
        if due.visit_on <= day or again:
            found.append((centre, due))
    return found


def untold(month: date, on: date) -> QuerySet[DesignCentre]:
    """The centres that stood in a month and did not tell of it."""
    told = CentreMonth.objects.filter(month=month).values("centre")
    rows = standing_on(on).filter(recognised_on__lt=months.after(month))
    return rows.exclude(pk__in=told).select_related("producer")


def recognised_by_year(rows: QuerySet[DesignCentre]) -> dict[int, int]:
    """How many of these centres were recognised for the first time in each year."""
    days = rows.filter(recognised_on__isnull=False).values_list("recognised_on", flat=True)
    return dict(Counter(day.year for day in days if day is not None))


def tellable(centre: DesignCentre, on: date) -> list[date]:
    """The months of which a centre may tell."""
    if centre.recognised_on is None:
        return []
    return months.tellable(centre.recognised_on, on, centre.ended_on)


def awaited(centre: DesignCentre, on: date) -> list[date]:
    """The months that are over and were not told yet."""
    if centre.recognised_on is None:
        return []
    told = set(centre.months.values_list("month", flat=True))
    return months.awaited(centre.recognised_on, on, told, centre.ended_on)


def by_month(rows: QuerySet[DesignCentre]) -> list[Any]:
    """Visitors and income of these centres by month, newest first."""
    sums = CentreMonth.objects.filter(centre__in=rows.order_by().values("pk"))
    return list(
        sums.order_by("-month").values("month").annotate(people=Sum("visitors"), dong=Sum("income"))
    )


def tied_to(on: date, **place: Any) -> QuerySet[DesignCentre]:
    """The centres recognised on a day that are tied to a `product` or a `village`."""
    ties = CentreTie.objects.filter(**place).values("centre")
    return standing_on(on).filter(pk__in=ties).select_related("commune")


def ties_of(centre: DesignCentre) -> QuerySet[CentreTie]:
    """What a centre is tied to."""
    return centre.ties.select_related("product__producer", "village__commune")


def tied(ties: Iterable[CentreTie]) -> tuple[list[Any], list[Any]]:
    """The products and the villages of ties."""
    rows = list(ties)
    return [t.product for t in rows if t.product], [t.village for t in rows if t.village]
