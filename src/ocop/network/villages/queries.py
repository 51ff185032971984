"""Reads of craft villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.network.villages import criteria
from ocop.network.villages.criteria import Answer, Facts, Law, Year
from ocop.network.villages.laws import law_on
from ocop.network.villages.models import (
    RouteStop,
    Village,
    VillageEnvironment,
    VillageImport,
    VillageImportState,
    VillageRecognition,
    VillageRoute,
    VillageTitle,
    VillageYear,
)
from ocop.people import rules as people_rules
from ocop.people.roles import Role

ENVIRONMENT_MONTHS = options.declare(
    "network.village_environment_months",
    24,
    N_("Kết quả kiểm tra môi trường làng nghề được dùng trong bao nhiêu tháng"),
    lambda value: isinstance(value, int) and 1 <= value <= 120,
)
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


def counted(*, province: str, on: date, recognised: bool = False) -> QuerySet[Village]:
    """The villages of a province that count on a day; only recognised ones on wish.

    A traditional craft by itself is no craft village.
    """
    rows = Village.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        province=province,
        listed=True,
        counted_from__lte=on,
    )
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


def facts_of(village: Village, on: date) -> Facts:
    """What is known of a village on a day, for its criteria."""
    years = years_told().filter(village=village, year__lte=on.year)
    looked = village.environment.filter(checked_on__lte=on).first()
    by_artisan = village.artisans.filter(removed_at=None).exists()
    return Facts(
        on=on,
        began=village.began_year,
        developing=village.developing,
        distinctive=village.distinctive,
        named=True if by_artisan else village.known_by_name,
        years=[Year(y.year, y.households, y.in_trade, y.stable) for y in years],
        environment=looked.kept if looked else None,
        environment_on=looked.checked_on if looked else None,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """The criteria of a village on a day: None for the law where no decree is known for the day."""

    law: Law | None
    answers: list[Answer]

    def verdict(self, title: str) -> bool | None:
        """Whether a title's criteria are met, as far as is known."""
        if self.law is None:
            return None
        return criteria.verdict(self.answers, criteria.Title(title))

    @property
    def best(self) -> criteria.Title | None:
        return criteria.best(self.answers) if self.law else None


def checked(village: Village, on: date) -> Checked:
    """The criteria of the law of a day, held against what is known by then."""
    law = law_on(on)
    if law is None:
        return Checked(None, [])
    months = ENVIRONMENT_MONTHS.get()
    return Checked(law, criteria.answers(facts_of(village, on), law, months=months))


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


def routes(actor: Actor) -> QuerySet[VillageRoute]:
    """Routes before the public, and those in preparation for the office."""
    rows = VillageRoute.objects.annotate(stops_count=Count("stops"))
    return rows if people_rules.may_see_everything(actor) else rows.filter(listed=True)


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as maps and leaflets show it; `code` of a village that the reader may open."""

    number: int
    name: str
    about: str
    note: str
    lat: float | None
    lon: float | None
    code: str
    commune: str


def stops_of(route: VillageRoute, actor: Actor) -> list[Stop]:
    """The stops in their order. A village that the reader may not see is left out."""
    seen = set(visible_to(actor).filter(stops__route=route).values_list("pk", flat=True))
    rows: Iterable[RouteStop] = route.stops.select_related("village__commune")
    kept = [row for row in rows if row.village_id is None or row.village_id in seen]
    return [_stop(number, row) for number, row in enumerate(kept, start=1)]


def _stop(number: int, row: RouteStop) -> Stop:
    village = row.village
    if village is None:
        return Stop(number, row.name, "", row.note, row.lat, row.lon, "", "")
    commune = village.commune
    lat, lon = village.lat, village.lon
    if lat is None and commune is not None:
        lat, lon = commune.lat, commune.lon
    return Stop(
        number, village.name, village.trade, row.note, lat, lon, village.code,
        commune.name if commune else "",
    )  # fmt: skip
