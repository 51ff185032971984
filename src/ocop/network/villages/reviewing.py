"""What the criteria say of villages on a day: of one, and of many beside the titles they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.core.language import noop as N_
from ocop.network.villages import criteria
from ocop.network.villages.criteria import Answer, Criterion, Facts, Law, Title, Year
from ocop.network.villages.laws import law_on
from ocop.network.villages.models import Artisan, Village, VillageEnvironment
from ocop.network.villages.queries import standing_on, years_told

ENVIRONMENT_MONTHS = options.declare(
    "network.village_environment_months",
    24,
    N_("Kết quả kiểm tra môi trường làng nghề được dùng trong bao nhiêu tháng"),
    lambda value: isinstance(value, int) and 1 <= value <= 120,
)
_HIGHEST = (Title.TRADITIONAL, Title.VILLAGE, Title.CRAFT)


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
    ((_key, facts),) = _facts(Village.objects.filter(pk=village.pk).values("pk"), on)
    return Checked(law, criteria.answers(facts, law, months=months))


class Outcome(models.TextChoices):
    """A title beside what the criteria say."""

    KEPT = "kept", _("Có danh hiệu, đạt mọi tiêu chí")
    MISSED = "missed", _("Có danh hiệu, có tiêu chí không đạt")
    UNKNOWN = "unknown", _("Có danh hiệu, có tiêu chí chưa rõ")
    READY = "ready", _("Chưa công nhận, đủ tiêu chí làng nghề")
    RISING = "rising", _("Làng nghề, đủ tiêu chí làng nghề truyền thống")
    OPEN = "open", _("Chưa công nhận, chưa đủ hoặc chưa rõ")


@dataclass(frozen=True, slots=True)
class Review:
    """A village with the highest title it holds, and the criteria that are not met or not known:
    of that title, or of a craft village where it holds none."""

    outcome: Outcome
    title: Title | None
    missed: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]


def reviewed(rows: QuerySet[Village], on: date) -> dict[int, Review]:
    """The reviews of villages by their keys; nothing on a day for which no decree is known."""
    law = law_on(on)
    if law is None:
        return {}
    months = ENVIRONMENT_MONTHS.get()
    wanted = rows.order_by().values("pk")
    titles = _titles(wanted, on)
    return {
        key: _review(titles.get(key, set()), criteria.answers(facts, law, months=months))
        for key, facts in _facts(wanted, on)
    }


def _review(held: set[Title], answers: list[Answer]) -> Review:
    title = next((each for each in _HIGHEST if each in held), None)
    needed = criteria.NEEDED[title or Title.VILLAGE]
    of = {answer.criterion: answer.met for answer in answers}
    missed = tuple(each for each in needed if of[each] is False)
    unknown = tuple(each for each in needed if of[each] is None)
    if title is None:
        outcome = Outcome.OPEN if missed or unknown else Outcome.READY
    elif missed:
        outcome = Outcome.MISSED
    elif unknown:
        outcome = Outcome.UNKNOWN
    elif title is Title.VILLAGE and criteria.verdict(answers, Title.TRADITIONAL):
        outcome = Outcome.RISING
    else:
        outcome = Outcome.KEPT
    return Review(outcome, title, missed, unknown)


def _titles(wanted: QuerySet[Any], on: date) -> dict[int, set[Title]]:
    found: dict[int, set[Title]] = {}
    for key, title in standing_on(on).filter(village__in=wanted).values_list("village", "title"):
        found.setdefault(key, set()).add(Title(title))
    return found


def _facts(wanted: QuerySet[Any], on: date) -> Iterator[tuple[int, Facts]]:
    """What is known of each on a day."""
    years: dict[int, list[Year]] = {}
    told = years_told().filter(village__in=wanted, year__lte=on.year).order_by("-year")
    columns = ("village", "year", "households", "in_trade", "stable")
    for key, year, households, in_trade, stable in told.values_list(*columns):
        years.setdefault(key, []).append(Year(year, households, in_trade, stable))
    seen = VillageEnvironment.objects.filter(village__in=wanted, checked_on__lte=on)
    looks = {look.village_id: look for look in seen.order_by("checked_on", "pk")}
    named = set(
        Artisan.objects.filter(village__in=wanted, removed_at=None).values_list(
            "village", flat=True
        )
    )
    villages = Village.objects.filter(pk__in=wanted).values_list(
        "pk", "began_year", "developing", "distinctive", "known_by_name"
    )
    for key, began, developing, distinctive, known in villages:
        look = looks.get(key)
        yield (
            key,
            Facts(
                on=on,
                began=began,
                developing=developing,
                distinctive=distinctive,
                named=True if key in named else known,
                years=years.get(key, ()),
                environment=look.kept if look else None,
                environment_on=look.checked_on if look else None,
            ),
        )
