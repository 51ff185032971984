"""What differs between two states of a dossier, field by field (pure).

A state is the content of a snapshot: mappings `answers`, `marks`, `gates`, `claims`, and `evidence`
by criterion. Also how what was written on an older state is brought onto a newer one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARTS = ("answers", "marks", "gates", "claims")
EVIDENCE = "evidence"
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in a part. None: it was not there, or is gone."""

    part: str
    key: str
    before: Any
    after: Any


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the parts, keys sorted."""
    found: list[Difference] = []
    for part in PARTS:
        found += _between(part, before.get(part, {}), after.get(part, {}))
    return (*found, *_between(EVIDENCE, _papers(before), _papers(after)))


def changed_fields(content: Content, changes: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The fields, as `part.key`, that changes would really alter."""
    return {
        f"{part}.{key}"
        for part, values in changes.items()
        for key, value in values.items()
        if not _same(content.get(part, {}).get(key), value)
    }


def apply(content: Content, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The parts with changes in them; None takes a field out."""
    result = {part: dict(content.get(part, {})) for part in PARTS}
    for part, values in changes.items():
        for key, value in values.items():
            if value is None:
                result[part].pop(key, None)
            else:
                result[part][key] = value
    return result


def proposal(before: Content, after: Content) -> dict[str, dict[str, Any]]:
    """The changes that lead from one state to another, evidence aside."""
    found: dict[str, dict[str, Any]] = {}
    for difference in differences(before, after):
        if difference.part != EVIDENCE:
            found.setdefault(difference.part, {})[difference.key] = difference.after
    return found


def clashes(
    base: Content, current: Content, changes: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """Fields, as `part.key`, that changes written on `base` would overwrite in `current`: somebody
    gave them another value since."""
    since = {f"{d.part}.{d.key}" for d in differences(base, current)}
    return tuple(sorted(since & changed_fields(current, changes)))


def _between(part: str, old: Content, new: Content) -> list[Difference]:
    return [
        Difference(part, key, old.get(key), new.get(key))
        for key in sorted({*old, *new})
        if not _same(old.get(key), new.get(key))
    ]


def _same(one: Any, other: Any) -> bool:
    """1 and True are equal in Python and not here."""
    return type(one) is type(other) and one == other


def _papers(content: Content) -> dict[str, tuple[str, ...]]:
    """Titles of the papers of each criterion."""
    papers: dict[str, list[str]] = {}
    for paper in content.get(EVIDENCE, ()):
        words = " · ".join(part for part in (paper["title"], paper.get("note", "")) if part)
        papers.setdefault(paper["criterion"], []).append(words)
    return {code: tuple(sorted(titles)) for code, titles in papers.items()}
