"""Reads of craft villages."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from ocop.core.actor import Actor
from ocop.network.villages.models import (
    Village,
    VillageEnvironment,
    VillageImport,
    VillageImportState,
    VillageRecognition,
    VillageTitle,
    VillageYear,
)
from ocop.people import rules as people_rules
from ocop.people.roles import Role

NO_TITLE = "none"


def visible_to(actor: Actor) -> QuerySet[Village]:
    """Villages before the public; the office sees all, an officer also those of the own commune."""
    if people_rules.may_see_everything(actor):
        return Village.objects.all()
    own = actor.unit_ids(Role.COMMUNE_OFFICER)
    return Village.objects.filter(Q(listed=True) | Q(commune__in=own))


def for_office(actor: Actor) -> QuerySet[Village]:
    """The register as an officer works with it: all, or those of the own communes."""
    if people_rules.may_see_everything(actor):
        return Village.objects.all()
    return Village.objects.filter(commune__in=actor.unit_ids(Role.COMMUNE_OFFICER))


def for_lists(rows: QuerySet[Village], on: date) -> QuerySet[Any]:
    """Rows with the title of a day and the numbers of the latest year known by then."""
    years = years_told().filter(village=OuterRef("pk"), year__lte=on.year)
    newest = years.filter(in_trade__isnull=False).order_by("-year")
    standing = standing_on(on).filter(village=OuterRef("pk")).order_by("-year", "-pk")
    earned = years.filter(income__isnull=False).order_by("-year")
    return rows.select_related("commune", "unit__parent").annotate(
        title=Subquery(standing.values("title")[:1]),
        title_year=Subquery(standing.values("year")[:1]),
        in_trade=Subquery(newest.values("in_trade")[:1]),
        households=Subquery(newest.values("households")[:1]),
        told_year=Subquery(newest.values("year")[:1]),
        income=Subquery(earned.values("income")[:1]),
        income_year=Subquery(earned.values("year")[:1]),
    )


def years_told() -> QuerySet[VillageYear]:
    """Numbers of years; those that an import adds to a village of the register wait for its
    publication."""
    return VillageYear.objects.exclude(batch__state=VillageImportState.LOADED, village__listed=True)


def standing_on(day: date) -> QuerySet[VillageRecognition]:
    """Recognitions that stand on a day. Of one whose day is not known the year counts, from its
    last day on."""
    signed = Q(signed_on__lte=day) | Q(signed_on=None, year__lt=day.year)
    if (day.month, day.day) == (12, 31):
        signed |= Q(signed_on=None, year=day.year)
    rows = VillageRecognition.objects.filter(signed).filter(
        Q(revoked_on=None) | Q(revoked_on__gt=day)
    )
    return rows.exclude(batch__state=VillageImportState.LOADED, village__listed=True)


def working(rows: QuerySet[Village], on: date) -> QuerySet[Village]:
    """Of villages those before the public that have their trade on a day."""
    still = Q(ended_on=None) | Q(ended_on__gt=on)
    return rows.filter(still, listed=True, counted_from__lte=on)


def counted(*, province: str, on: date, recognised: bool = False) -> QuerySet[Village]:
    """The villages of a province that count on a day; only recognised ones on wish.

    A traditional craft by itself is no craft village.
    """
    rows = working(Village.objects.filter(province=province), on)
    if not recognised:
        return rows
    titles = standing_on(on).exclude(title=VillageTitle.CRAFT).filter(village=OuterRef("pk"))
    return rows.filter(Exists(titles))


def with_title(rows: QuerySet[Any], title: str) -> QuerySet[Any]:
    """Rows of `for_lists` with one title, or with none."""
    return rows.filter(title=None) if title == NO_TITLE else rows.filter(title=title)


def in_communes_now(rows: QuerySet[Village]) -> dict[int | None, int]:
    """How many villages each commune of today has; None: not known where."""
    return dict(rows.order_by().values_list("commune").annotate(n=Count("pk")))


def titles_of(village: Village, on: date) -> list[VillageRecognition]:
    """The recognitions of a village that stand on a day."""
    return list(standing_on(on).filter(village=village))


def last_look(village: Village) -> VillageEnvironment | None:
    """The last look at the environment."""
    return village.environment.first()


def public_artisans(village: Village) -> QuerySet[Any]:
    """Artisans who agreed to be named."""
    return village.artisans.filter(removed_at=None, consents=True)


def imports(actor: Actor) -> QuerySet[VillageImport]:
    """Imports an actor may see, the newest first."""
    if people_rules.may_see_everything(actor):
        return VillageImport.objects.select_related("attachment")
    return VillageImport.objects.none()
