"""Writes of units: the packaged lists, and later changes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from ocop.core import db
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.folding import fold
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places import changes, gazetteer, rules
from ocop.places.gazetteer import KINDS, Entry, Step
from ocop.places.models import Extent, Level, Succession, Unit

_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a loading added."""

    units: int
    successions: int


@action("places.load_units")
def load_units(*, actor: Actor, at: datetime) -> Loaded:
    """Load the packaged units and successions. Again, it adds what is missing and changes nothing.

    A unit that a later change file has closed keeps that last day.
    """
    require(actor, rules.may_load_units)
    lists = gazetteer.load()
    known = {(u.code, u.valid_from): u for u in Unit.objects.all()}
    added = 0
    for level in _LEVELS:
        new = [
            _unit(entry, known)
            for entry in lists.entries
            if entry.level == level and (entry.code, entry.valid_from) not in known
        ]
        Unit.objects.bulk_create(new, batch_size=500)
        known.update({(unit.code, unit.valid_from): unit for unit in new})
        added += len(new)
    present = set(Succession.objects.values_list("old_id", "new_id"))
    steps = [_succession(step, known) for step in lists.steps]
    steps = [step for step in steps if (step.old_id, step.new_id) not in present]
    Succession.objects.bulk_create(steps, batch_size=500)
    db.learn(Unit, Succession)
    loaded = Loaded(added, len(steps))
    if added or steps:
        change = {"units": loaded.units, "successions": loaded.successions}
        record(actor, "places.units_loaded", at=at, change=change)
    return loaded


@action("places.load_changes")
def load_changes(*, actor: Actor, content: bytes, effective_on: date, at: datetime) -> Loaded:
    """Take a later reorganisation: old units end on the day before, new ones begin on that day.

    `content` is a change file (see `changes`). Nothing is rewritten: rows that concern the old
    units keep them. Refused as a whole, naming the line, when an old unit does not exist on the
    day before, a new one lacks name or parent, or the shares of an old unit do not add up to one.
    """
    require(actor, rules.may_load_units)
    changes.first_day(effective_on, timezone.localdate(at))
    lines = changes.read(content)
    latest = Unit.objects.aggregate(day=Max("valid_from"))["day"]
    if latest is not None and effective_on <= latest:
        raise Refused(
            "change_too_early",
            _("Đã có thay đổi vào hoặc sau ngày này. Hãy nạp các thay đổi theo thứ tự thời gian."),
        )
    standing = {u.code: u for u in Unit.objects.filter(valid_to=None)}
    old = {line.old_code: _standing(line, standing) for line in lines}
    _check_shares(lines)
    Unit.objects.filter(pk__in=[unit.pk for unit in old.values()]).update(valid_to=effective_on)
    new: dict[str, Unit] = {}
    for line in lines:
        if line.new_code not in new:
            new[line.new_code] = _begin(line, standing, old, effective_on)
    steps = [
        Succession(
            old=old[line.old_code], new=new[line.new_code], extent=line.extent, basis=line.basis
        )
        for line in lines
    ]
    Succession.objects.bulk_create(steps)
    record(
        actor,
        "places.changes_loaded",
        *new.values(),
        at=at,
        change={"effective_on": str(effective_on), "old": sorted(old), "new": sorted(new)},
    )
    return Loaded(len(new), len(steps))


def _succession(step: Step, known: dict[tuple[str, date], Unit]) -> Succession:
    return Succession(
        old=known[step.old.code, step.old.valid_from],
        new=known[step.new.code, step.new.valid_from],
        extent=step.extent,
        basis=step.basis,
    )


def _unit(entry: Entry, known: dict[tuple[str, date], Unit]) -> Unit:
    above = entry.parent
    parent = None if above is None else known[above.code, above.valid_from]
    return Unit(
        code=entry.code,
        name=entry.name,
        kind=entry.kind,
        level=entry.level,
        parent=parent,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        folded=fold(entry.name),
        lat=entry.lat,
        lon=entry.lon,
    )


def _standing(line: changes.Change, standing: dict[str, Unit]) -> Unit:
    unit = standing.get(line.old_code)
    if unit is None:
        raise Refused(
            "change_old_unknown",
            _("Dòng %(line)d: không có đơn vị nào đang mang mã %(code)s.")
            % {"line": line.line, "code": line.old_code},
        )
    return unit


def _check_shares(lines: list[changes.Change]) -> None:
    """An old unit goes over whole to one, or in parts of which one is the largest."""
    shares: dict[str, list[changes.Change]] = {}
    for line in lines:
        shares.setdefault(line.old_code, []).append(line)
    for code, given in shares.items():
        extents = sorted(line.extent for line in given)
        if extents == [Extent.WHOLE]:
            continue
        if extents.count(Extent.LARGEST) != 1 or Extent.WHOLE in extents:
            raise Refused(
                "change_shares",
                _("Mã %s phải chuyển toàn bộ, hoặc chia phần với đúng một phần lớn nhất.") % code,
            )


def _begin(
    line: changes.Change, standing: dict[str, Unit], old: dict[str, Unit], day: date
) -> Unit:
    """The new unit of a line. A code that goes on keeps its name unless a new one is given."""
    before = old.get(line.new_code)
    name = line.new_name or (before.name if before else "")
    parent = standing.get(line.new_parent) if line.new_parent else before and before.parent
    if not name or parent is None or (before is None and line.new_code in standing):
        raise Refused(
            "change_new_unit",
            _("Dòng %(line)d: đơn vị mới %(code)s cần tên, mã cấp trên, và mã chưa ai dùng.")
            % {"line": line.line, "code": line.new_code},
        )
    return Unit.objects.create(
        code=line.new_code,
        name=name,
        kind=_kind(name),
        level=Level.COMMUNE,
        parent=parent,
        valid_from=day,
        folded=fold(name),
        lat=before.lat if before else None,
        lon=before.lon if before else None,
    )


def _kind(name: str) -> str:
    return next((kind for kind in KINDS if name.lower().startswith(kind + " ")), "")
