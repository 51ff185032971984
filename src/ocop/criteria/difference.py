"""What changed between two versions of a set, and how marks go over from one to the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.criteria.scoring import Marks
from ocop.criteria.sets import CriteriaSet, Criterion, Gate, Part


class Kind(StrEnum):
    """What kind of change it is."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    POINTS = "points"
    MINIMUM = "minimum"
    OPTIONS = "options"
    GATES = "gates"
    FACTS = "facts"  # what else stands in the set: agencies, samples, parts, hints, topics


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in one criterion (`criterion` is empty for the set itself), before and after."""

    criterion: str
    name: str
    kind: Kind
    before: str
    after: str


def compare(old: CriteriaSet, new: CriteriaSet) -> list[Difference]:
    """Everything that changed between two versions: of the set itself, then in table order."""
    found = []
    if old.name != new.name:
        found.append(Difference("", new.name, Kind.RENAMED, old.name, new.name))
    if (gates := _gates(old.disqualifiers)) != (later := _gates(new.disqualifiers)):
        found.append(Difference("", new.name, Kind.GATES, gates, later))
    if (facts := _apart(_facts(old), _facts(new))) != ("", ""):
        found.append(Difference("", new.name, Kind.FACTS, *facts))
    for criterion in new.criteria:
        before = old.by_code.get(criterion.code)
        if before is None:
            found.append(
                Difference(criterion.code, criterion.name, Kind.ADDED, "", str(criterion.max))
            )
        else:
            found += _changes(before, criterion)
    found += [
        Difference(c.code, c.name, Kind.REMOVED, str(c.max), "")
        for c in old.criteria
        if c.code not in new.by_code
    ]
    return found


def _changes(old: Criterion, new: Criterion) -> Iterator[Difference]:
    views = (
        (Kind.RENAMED, old.name, new.name),
        (Kind.POINTS, _points(old), _points(new)),
        (Kind.MINIMUM, _minimums(old), _minimums(new)),
        (Kind.OPTIONS, _labels(old), _labels(new)),
        (Kind.GATES, _gates(old.gates), _gates(new.gates)),
        (Kind.FACTS, *_apart(_details(old), _details(new))),
    )
    for kind, before, after in views:
        if before != after:
            yield Difference(new.code, new.name, kind, before, after)


def _points(criterion: Criterion) -> str:
    return "/".join(str(option.points) for option in criterion.options)


def _minimums(criterion: Criterion) -> str:
    marks = [(o.min_for_star, o.points) for o in criterion.options if o.min_for_star]
    return ", ".join(f"{star}★ ≥ {points}" for star, points in sorted(marks))


def _labels(criterion: Criterion) -> str:
    return "\n".join(f"{option.points}: {option.label}" for option in criterion.options)


def _gates(gates: Iterable[Gate]) -> str:
    return "\n".join(sorted(f"{gate.type} {gate.id}: {gate.note}" for gate in gates))


def _facts(criteria_set: CriteriaSet) -> list[str]:
    """What a set says beside its criteria, a line each: its head, its sections and groups."""
    head = (
        _("Nhóm ngành %s") % criteria_set.sector,
        criteria_set.group,
        *criteria_set.agencies,
        _("Số mẫu: %d") % criteria_set.samples,
    )
    return [*head, *(line for section in criteria_set.sections for line in _parts(section))]


def _parts(part: Part | Criterion) -> Iterator[str]:
    """A section or group and those in it, each with its maximum."""
    if isinstance(part, Part):
        yield f"{part.code} {part.name}: {part.max}"
        for inner in part.parts:
            yield from _parts(inner)


def _details(criterion: Criterion) -> list[str]:
    """What else a criterion says: where it stands, what it is about, hints, cases."""
    cases = (f"{option.points}: {option.case}" for option in criterion.options if option.case)
    flags = [name for name in ("commune_reports", "inferred") if getattr(criterion, name)]
    return [
        f"{criterion.section} {criterion.group}",
        criterion.topic,
        criterion.hint,
        *flags,
        *cases,
    ]


def _apart(before: list[str], after: list[str]) -> tuple[str, str]:
    """Two lists of lines without the lines both have."""
    return (
        "\n".join(line for line in before if line not in after),
        "\n".join(line for line in after if line not in before),
    )


def carried(marks: Marks, new: CriteriaSet) -> dict[str, int]:
    """Marks as a version reads them: the next lower level it has, for the criteria it has."""
    return {
        code: max(level for level in new.by_code[code].levels if level <= points)
        for code, points in marks.items()
        if code in new.by_code
    }
