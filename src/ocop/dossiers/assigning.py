"""Who should examine a dossier: advisers by speciality, then by how much they have at hand."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """An adviser: account, name, sectors of speciality, open dossiers at hand."""

    user_id: int
    name: str
    sectors: frozenset[str]
    load: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A dossier that waits for advisers. `barred` are accounts that may not examine it."""

    key: int
    sector: str
    barred: frozenset[int] = frozenset()


def ranked(task: Task, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Who may examine it, best first: of the sector before others, then the smaller load, then
    by name. Those barred are left out."""
    free = (c for c in candidates if c.user_id not in task.barred)
    return sorted(free, key=lambda c: (task.sector not in c.sectors, c.load, c.name, c.user_id))
