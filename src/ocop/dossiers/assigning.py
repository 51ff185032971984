"""Who should examine a dossier: advisers by speciality, then by how much they have at hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


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


def distribute(
    tasks: Sequence[Task], candidates: Iterable[Candidate], each: int = 2
) -> Mapping[int, tuple[int, ...]]:
    """For every dossier so many advisers, the first the lead; loads grow as work is given.

    Fewer where there are fewer who may. Order of the tasks decides between equals, so the same
    list is always shared out alike.
    """
    staff = {c.user_id: c for c in candidates}
    given: dict[int, tuple[int, ...]] = {}
    for task in tasks:
        chosen = [c.user_id for c in ranked(task, staff.values())[: max(each, 0)]]
        for user_id in chosen:
            staff[user_id] = replace(staff[user_id], load=staff[user_id].load + 1)
        given[task.key] = tuple(chosen)
    return given
