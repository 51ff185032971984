"""What a number is about: who asks, where, up to which day, in which term, narrowed how."""

from dataclasses import dataclass, replace
from datetime import date

from ocop.core.actor import Actor
from ocop.programme.terms import Term

#: A choice of one value of a cut, as ("rank", "4"); "" stands for "not known".
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """The frame of a number. `as_of` is the last day counted; `choices` narrow it by cuts."""

    actor: Actor
    province: str
    as_of: date
    term: Term
    choices: tuple[Choice, ...] = ()
    demonstration: bool = False

    def narrowed(self, *choices: Choice) -> "Scope":
        """The same frame with further choices; a new choice in a cut replaces the old one."""
        taken = {cut for cut, _ in choices}
        kept = tuple(c for c in self.choices if c[0] not in taken)
        return replace(self, choices=(*kept, *choices))
