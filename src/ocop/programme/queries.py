"""Reads of the programme: frames, targets, progress, and the rows behind a number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Value

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.events import kind_of
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.models import Event, EventObject
from ocop.core.once import once
from ocop.core.refusals import Refused
from ocop.criteria import sets
from ocop.dossiers.queries import registrations as dossiers
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.programme import indicators, rules, terms
from ocop.programme.awaited import registered_and_awaited
from ocop.programme.cube import DAY, Cube
from ocop.programme.cuts import CUTS
from ocop.programme.models import ReportedFigure, Target
from ocop.programme.progress import Counted, Progress, day_of_the_nth, reckon
from ocop.programme.readings import Figure, Indicator, Products, Registered
from ocop.programme.rows import beside
from ocop.programme.scope import Choice, Scope
from ocop.programme.terms import Term
from ocop.recognition.models import Recognition
from ocop.recognition.visibility import published

_ANNULLED = ("evaluated_on", "year", "annulled_on")
#: Stands where a row counts and its name is not for who asks.
UNNAMED = N_("không công khai")


def scope(
    actor: Actor,
    *,
    as_of: date,
    term: Term | None = None,
    province: str = "",
    choices: Sequence[Choice] = (),
) -> Scope:
    """A frame for numbers: this installation's province and the term of the day, unless given.

    Refused: a day in no year that a term can have, and one that has not come: nobody knows yet
    what will be evaluated until then.
    """
    if problem := terms.problem_of(as_of):
        raise Refused("day", problem)
    return Scope(
        actor=actor,
        province=province or options.PROVINCE.get(),
        as_of=as_of,
        term=term or terms.containing(as_of.year),
        choices=tuple(choices),
        demonstration=options.DEMONSTRATION.get(),
    )


def annulled(scope: Scope) -> list[tuple[int | None, date]]:
    """The results of the province that were annulled up to the day of the frame: the year in which
    each was given, and the day of the annulment."""
    rows = Recognition.objects.filter(
        published(), province=scope.province, annulled_on__lte=scope.as_of, mistaken=False
    )
    return [(on.year if on else year, day) for on, year, day in rows.values_list(*_ANNULLED)]


def real_beside(scope: Scope) -> int:
    """How many real products stand in a demonstration's own province and are not counted there."""
    return beside(scope).values("product").distinct().count()


def targets(scope: Scope) -> QuerySet[Target]:
    """What the province set itself for this term or for years of it, with what was set last."""
    own = Target.objects.filter(unit__code=scope.province, unit__level=Level.PROVINCE)
    return _of_term(own, scope)


def targets_within(scope: Scope, unit: Unit) -> QuerySet[Target]:
    """The same for a unit and what lies below it in its era."""
    return _of_term(Target.objects.filter(unit__in=places.below(unit).values("pk")), scope)


def _of_term(rows: QuerySet[Target], scope: Scope) -> QuerySet[Target]:
    return (
        rows.select_related("unit")
        .filter(
            starts_on__gte=scope.term.starts_on,
            ends_on__lte=scope.term.ends_on,
        )
        .order_by("indicator", "starts_on")
    )


@once
def targets_of(scope: Scope) -> tuple[Target, ...]:
    """The same, read once for a page."""
    return tuple(targets(scope))


def target_of(scope: Scope, indicator: str) -> Target | None:
    """The target of an indicator for exactly this term."""
    whole = (indicator, scope.term.starts_on, scope.term.ends_on)
    found = (t for t in targets_of(scope) if (t.indicator, t.starts_on, t.ends_on) == whole)
    return next(found, None)


@once
def figure(scope: Scope, key: str) -> Figure:
    """The number of an indicator, read once for a page that tells it in several places."""
    return indicators.get(key).figure(scope)


@once
def cube_of(scope: Scope, key: str) -> Cube:
    """An indicator in all its cuts, read once for a page."""
    reading = indicators.get(key)
    assert isinstance(reading, Products | Registered)
    return reading.cube(scope)


def target_set(indicator: str, unit: Unit | None, term: Term) -> Target | None:
    """The target that stands for exactly this unit and term, if one does."""
    return Target.objects.filter(
        indicator=indicator, unit=unit, starts_on=term.starts_on, ends_on=term.ends_on
    ).first()


def yearly_targets(indicator: str, province: str) -> dict[int, Target]:
    """What a province set itself for single years, by year."""
    rows = Target.objects.filter(
        indicator=indicator, unit__code=province, unit__level=Level.PROVINCE
    )
    return {
        row.starts_on.year: row
        for row in rows.order_by("starts_on")
        if row.ends_on == date(row.starts_on.year + 1, 1, 1)
    }


def figure_kept(indicator: str, unit: Unit | None, as_of: date) -> ReportedFigure | None:
    """The figure that is kept for exactly this unit and day, if one is."""
    return ReportedFigure.objects.filter(indicator=indicator, unit=unit, as_of=as_of).first()


def figures_visible_to(actor: Actor) -> QuerySet[ReportedFigure]:
    """Reported figures an actor may read one by one; others read what is summed up from them."""
    rows = ReportedFigure.objects.select_related("unit")
    return rows if rules.may_see_figures(actor) else rows.none()


def settings_of(targets: Iterable[Target]) -> dict[int, list[Event]]:
    """Every time each of these targets was set, by its key, the newest first: one query for all."""
    return _told_of(Target, [target.pk for target in targets], "programme.target_set")


def reports_of(figures: Iterable[ReportedFigure]) -> dict[int, list[Event]]:
    """The same of figures: every time each was reported or corrected."""
    keys = [figure.pk for figure in figures]
    return _told_of(ReportedFigure, keys, "programme.figure_reported")


def _told_of(kind: type[Model], keys: list[int], name: str) -> dict[int, list[Event]]:
    named = EventObject.objects.filter(kind=kind_of(kind), object_id__in=keys, event__name=name)
    found: dict[int, list[Event]] = {}
    for each in named.select_related("event").order_by("-event_id"):
        found.setdefault(each.object_id, []).append(each.event)
    return found


def progress(scope: Scope) -> Progress:
    """Progress of the term by the day of the scope."""
    rows = indicators.get("evaluated_in_term").rows(scope).order_by("counted_year", "evaluated_on")
    found = list(rows.values_list("counted_year", "evaluated_on"))
    return _progress(scope, indicators.get("evaluated").rows(scope).count(), found)


def progress_in(scope: Scope, evaluated: Cube) -> Progress:
    """The same for a page that has read all that was evaluated."""
    term = scope.term
    found = [
        (year, on)
        for year, on in evaluated.values("year", DAY)
        if year is not None and term.first <= year <= term.last
    ]
    return _progress(scope, len(evaluated), found)


def _progress(scope: Scope, total: int, found: list[tuple[int, date | None]]) -> Progress:
    """`found`: year and day of those evaluated in the term."""
    target = target_of(scope, "evaluated_in_term")
    low = int(target.low) if target else None
    registered, awaited = registered_and_awaited(scope)
    return reckon(
        Counted(
            as_of=scope.as_of,
            evaluated_total=total,
            evaluated_in_term=len(found),
            registered_this_year=registered,
            awaited_this_year=awaited,
            target=low,
            reached_on=_reached_on(found, low),
            term_starts_on=scope.term.starts_on,
            term_ends_on=scope.term.ends_on,
            last_round_ends_on=last_round_of(scope.as_of.year),
        )
    )


def _reached_on(found: list[tuple[int, date | None]], target: int | None) -> date | None:
    """The day the target was filled; a row of which only the year is known counts at its end."""
    days = sorted(day or date(year, 12, 31) for year, day in found)
    return None if target is None else day_of_the_nth(days, target)


def last_round_of(year: int) -> date:
    """The last day of the province's last round of a year: it must be done before 30 December."""
    month, day = map(int, sets.decree()["rounds"]["province"][-1]["done_before"].split("-"))
    return date(year, month, day) - timedelta(days=1)


def listed(indicator: Indicator, scope: Scope) -> QuerySet[Any]:
    """The rows behind a number, with what a list of them shows, in a steady order.

    All rows that are counted are there; each carries whether it may be `named` to who asks.
    """
    rows = indicator.rows(scope)
    name = rows.model.__name__
    if name == "Recognition":
        seen = products.visible_to(scope.actor).filter(pk=OuterRef("product"))
        return (
            rows.annotate(named=Exists(seen))
            .select_related("product__producer", "decision", "unit__parent", "commune")
            .order_by("counted_year", "evaluated_on", "pk")
        )
    if name == "Product":
        seen = products.visible_to(scope.actor).filter(pk=OuterRef("pk"))
        return (
            rows.annotate(named=Exists(seen))
            .select_related("producer", "unit__parent", "commune")
            .order_by("stamped_at", "pk")
        )
    if name == "Producer":
        seen_producers = producers.visible_to(scope.actor).filter(pk=OuterRef("pk"))
        return (
            rows.annotate(named=Exists(seen_producers))
            .select_related("commune", "unit")
            .order_by("folded", "pk")
        )
    if name == "Registration":
        seen_rows = dossiers.visible_to(scope.actor).filter(pk=OuterRef("pk"))
        return (
            rows.annotate(named=Exists(seen_rows))
            .select_related("unit__parent", "product")
            .order_by("unit__folded", "pk")
        )
    if name == "Village":
        return rows.annotate(named=Value(True))
    if name == "Unit":
        told = rows.annotate(named=Value(True)).select_related("parent")
        return told.order_by("counted_year", "level", "folded", "pk")
    if name in ("SalesPoint", "DesignCentre"):
        return rows.annotate(named=Value(True)).order_by("folded", "pk")
    return (
        rows.annotate(named=Value(True))
        .select_related("unit__parent")
        .order_by("unit__level", "unit__folded", "pk")
    )


def choices(indicator: Indicator, given: Mapping[str, str]) -> list[Choice]:
    """What an address chooses by the cuts of an indicator. Refused: a value a cut cannot have."""
    found = [(cut, given[cut]) for cut in indicator.cuts if cut in given]
    fields = {
        cut: [_("Không hiểu giá trị “%(value)s” của “%(cut)s”.") % {"value": v, "cut": name}]
        for cut, v in found
        if (name := _(CUTS[cut].name)) and not CUTS[cut].knows(v)
    }
    if fields:
        raise Refused("filter_value", " ".join(m for (m,) in fields.values()), fields=fields)
    return found


def name_of(row: Any) -> str:
    """A row of such a list in words, as who asks may read it."""
    return str(row) if row.named else _(UNNAMED)
