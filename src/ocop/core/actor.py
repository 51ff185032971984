"""Who acts. Built once per request, call or job and passed to every service and query."""

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """A signed-in person, the system itself (commands, jobs), or nobody known."""

    PERSON = "person"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today, over one administrative unit (its id and everything below) or over all."""

    role: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting party and the rights it has at this moment.

    `scopes` narrows an actor who comes by an API token; `None` means all that the grants allow.
    """

    kind: ActorKind
    user_id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    scopes: frozenset[str] | None = None

    def has(self, *roles: str) -> bool:
        """True when the actor holds one of these roles, over whatever unit."""
        return any(grant.role in roles for grant in self.grants)

    def unit_ids(self, *roles: str) -> frozenset[int]:
        """Units over which the actor holds one of these roles; an unbound grant adds none."""
        return frozenset(
            g.unit_id for g in self.grants if g.role in roles and g.unit_id is not None
        )

    def everywhere(self, *roles: str) -> bool:
        """True when one of these roles is held without a unit, so over the whole installation."""
        return any(g.role in roles and g.unit_id is None for g in self.grants)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
SYSTEM = Actor(ActorKind.SYSTEM)
