"""Reads of units. Units are public: everybody sees all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, When

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.once import once
from ocop.places.gazetteer import KINDS, Entry
from ocop.places.models import Extent, Level, Succession, Unit


@dataclass(frozen=True, slots=True)
class Descent:
    """A unit's past and future: every succession that led to it, and that leads on from it."""

    earlier: list[Succession]
    later: list[Succession]


def visible_to(_actor: Actor) -> QuerySet[Unit]:
    """All units."""
    return Unit.objects.all()


def units_on(day: date) -> QuerySet[Unit]:
    """The units in force on a day."""
    return Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def key_of(unit: Unit | Entry) -> str:
    """A unit in an address: its code and first day, for a code may change its meaning."""
    return f"{unit.code}.{unit.valid_from:%Y%m%d}"


def by_key(key: str) -> Unit | None:
    """The unit a key names; a bare code names the unit of today."""
    code, _dot, day = key.partition(".")
    if not code.isalnum():
        return None
    if not day:
        return Unit.objects.filter(code=code, valid_to=None).first()
    try:
        since = date(int(day[:4]), int(day[4:6]), int(day[6:8]))
    except ValueError:
        return None
    return Unit.objects.filter(code=code, valid_from=since).first()


def province(code: str) -> Unit | None:
    """Today's province of a code."""
    return Unit.objects.filter(code=code, level=Level.PROVINCE, valid_to=None).first()


def provinces_now() -> QuerySet[Unit]:
    """Today's provinces by name."""
    return Unit.objects.filter(level=Level.PROVINCE, valid_to=None).order_by("folded")


def communes_now(province_code: str) -> QuerySet[Unit]:
    """Today's communes of a province, by name."""
    return Unit.objects.filter(
        level=Level.COMMUNE, valid_to=None, parent__code=province_code, parent__valid_to=None
    ).order_by("folded", "code")


def districts_of_then(province_code: str) -> QuerySet[Unit]:
    """The districts that led into today's province, by name. They ended on 2025-06-30."""
    return Unit.objects.filter(
        level=Level.DISTRICT,
        parent__successions__new__code=province_code,
        parent__successions__new__level=Level.PROVINCE,
    ).order_by("folded", "code")


def below(unit: Unit) -> QuerySet[Unit]:
    """A unit and everything below it in its era."""
    return Unit.objects.filter(Q(pk=unit.pk) | Q(parent=unit.pk) | Q(parent__parent=unit.pk))


def told_apart(units: Iterable[Unit]) -> dict[int, str]:
    """Names for one list, by unit. Where two of it bear one name each says what it lies in; where
    that is one, too, from and until when it stood; at last its code."""
    rows = list(units)
    found = {unit.pk: unit.name for unit in rows}
    for more in (_above, _stood, lambda unit: unit.code):
        times = Counter(found.values())
        if len(times) == len(found):
            break
        for unit in rows:
            if times[found[unit.pk]] > 1 and (words := more(unit)):
                found[unit.pk] = f"{found[unit.pk]}, {words}"
    return found


def _above(unit: Unit) -> str:
    return unit.parent.name if unit.parent else ""


def _stood(unit: Unit) -> str:
    if unit.valid_to is None:
        return _("từ %s") % write_date(unit.valid_from)
    return _("đến trước ngày %s") % write_date(unit.valid_to)


def search(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Units whose name holds every word of the text as the beginning of a word, or whose code.

    The first word of a name is its kind and counts when it is written in full: "phu" means Phú
    Xuyên, not every phường.
    """
    found = units
    for word in folding.asked(text):
        starts = Q(folded__startswith=f"{word} ") | Q(folded__contains=f" {word}")
        found = found.filter(starts | Q(code=word))
    return found


def exact_first(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """The same units, those first whose whole name a text is: who asks for Sơn Hà means no Hải
    Sơn."""
    exact = Q(pk__in=named(units, text).order_by().values("pk"))
    first = Case(When(exact, then=0), default=1, output_field=IntegerField())
    return units.annotate(place_in_list=first).order_by("place_in_list", "code", "valid_from")


def named(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Units whose whole name a text is, with or without its kind and marks: today's first, then
    the latest of then. What only begins like a name is no place that somebody meant."""
    bare = " ".join(folding.asked(text))
    full = [folding.fold(f"{kind} {bare}") for kind in KINDS]
    found = units.filter(folded__in=[bare, *full]) if bare else units.none()
    return found.order_by(F("valid_to").desc(nulls_first=True), "level", "folded", "code")


def eras(unit: Unit) -> QuerySet[Unit]:
    """Every unit of this level that bore the code, oldest first: a code may change its meaning."""
    return Unit.objects.filter(code=unit.code, level=unit.level).order_by("valid_from")


def now_of(unit: Unit) -> list[Unit]:
    """The units of today a place leads to. One: certain. Several: it was split. None: unknown."""
    found, front, seen = [], {unit.pk}, set()
    while front:
        seen |= front
        units = Unit.objects.filter(pk__in=front)
        found += [u for u in units if u.valid_to is None]
        ended = [u.pk for u in units if u.valid_to is not None]
        onward = Succession.objects.filter(old__in=ended).values_list("new_id", flat=True)
        front = set(onward) - seen
    return sorted(found, key=lambda u: u.code)


def commune_now(unit: Unit | None) -> Unit | None:
    """Today's commune of a place, when it is certain."""
    if unit is None:
        return None
    now = now_of(unit)
    return now[0] if len(now) == 1 and now[0].level == Level.COMMUNE else None


def descent(unit: Unit) -> Descent:
    """Where a unit came from and what became of it, through all eras, oldest first."""
    return Descent(_walk(unit, "new", "old"), _walk(unit, "old", "new"))


def later_of_parts(unit: Unit) -> list[Succession]:
    """What became of what lay below a unit in its era, one step after the other, by name.

    A district has no successor of its own: its communes went on one by one.
    """
    steps: list[Succession] = []
    front = set(below(unit).exclude(pk=unit.pk).values_list("pk", flat=True))
    seen: set[int] = set()
    while front:
        seen |= front
        found = Succession.objects.filter(old__in=front).select_related("old", "new")
        steps += found
        front = {step.new_id for step in found} - seen
    return sorted(steps, key=lambda s: (s.old.folded, s.new.valid_from, s.new.code))


def _walk(unit: Unit, near: str, far: str) -> list[Succession]:
    steps: list[Succession] = []
    front, seen = {unit.pk}, set[int]()
    while front:
        seen |= front
        found = Succession.objects.filter(**{f"{near}__in": front}).select_related(
            "old__parent", "new__parent"
        )
        steps += found
        front = {getattr(step, f"{far}_id") for step in found} - seen
    return sorted(steps, key=lambda s: (s.new.valid_from, s.old.code, s.new.code))


@dataclass(frozen=True, slots=True)
class Future:
    """Where a unit leads, by keys: `cells` are itself and what lies below it in its era, `units`
    these and everything that any part of them became, `now` the communes of today that they became
    as a whole or with their largest part. Not `known` where the lists do not tell of a part."""

    cells: frozenset[int]
    units: frozenset[int]
    now: frozenset[int]
    known: bool


def futures(units: Iterable[Unit]) -> dict[int, Future]:
    """Where each of these units leads, by its key: a few queries for whatever many units."""
    keys = {unit.pk for unit in units}
    cells: dict[int, set[int]] = {key: {key} for key in keys}
    facts: dict[int, tuple[bool, bool]] = {}  # whether it is a commune, and of today
    below = Unit.objects.filter(Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys))
    for unit in below.select_related("parent"):
        facts[unit.pk] = (unit.level == Level.COMMUNE, unit.valid_to is None)
        above = (unit.parent_id, unit.parent.parent_id if unit.parent else None)
        for key in keys & {key for key in above if key is not None}:
            cells[key].add(unit.pk)
    onward: dict[int, set[int]] = {}
    mainly: dict[int, set[int]] = {}
    front = set(facts)
    while front:
        steps = Succession.objects.filter(old__in=front).select_related("new")
        front = set()
        for step in steps:
            onward.setdefault(step.old_id, set()).add(step.new_id)
            if step.extent != Extent.PART:
                mainly.setdefault(step.old_id, set()).add(step.new_id)
            if step.new_id not in facts:
                facts[step.new_id] = (step.new.level == Level.COMMUNE, step.new.valid_to is None)
                front.add(step.new_id)
    found = {}
    for key, own in cells.items():
        reached, kept = _reach(own, onward), _reach(own, mainly)
        communes = {unit for unit in reached if facts[unit][0]}
        lost = {unit for unit in communes if unit not in onward and not facts[unit][1]}
        now = frozenset(unit for unit in communes & kept if facts[unit][1])
        found[key] = Future(frozenset(own), reached, now, bool(communes) and not lost)
    return found


def _reach(start: set[int], onward: dict[int, set[int]]) -> frozenset[int]:
    reached, front = set(start), set(start)
    while front:
        front = {new for old in front for new in onward.get(old, ())} - reached
        reached |= front
    return frozenset(reached)


@once
def province_of(code: str, day: date) -> tuple[Unit | None, frozenset[int]]:
    """The province that bears a code on a day, and the keys of it and of all that led to it."""
    own = units_on(day).filter(code=code, level=Level.PROVINCE).first()
    if own is None:
        return None, frozenset()
    return own, frozenset({own.pk, *(step.old_id for step in _walk(own, "new", "old"))})


def unit_of(entry: Entry | None) -> Unit | None:
    """The row of a unit from the packaged lists."""
    if entry is None:
        return None
    return Unit.objects.filter(code=entry.code, valid_from=entry.valid_from).first()


def rows_of_entries() -> dict[tuple[str, date], Unit]:
    """Every unit by code and first day: one query for whoever matches very many entries."""
    return {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}


def of_province(code: str) -> QuerySet[Unit]:
    """Today's province with everything below it, and all units of then that led into it."""
    now = Q(code=code, level=Level.PROVINCE, valid_to=None)
    old = Q(successions__new__code=code, successions__new__level=Level.PROVINCE)
    provinces = Unit.objects.filter(now | old).values("pk")
    return Unit.objects.filter(
        Q(pk__in=provinces) | Q(parent__in=provinces) | Q(parent__parent__in=provinces)
    )
