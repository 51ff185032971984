"""Finding conflicts of interest between a member and a producer, by what both are called.

A name that equals the leader's, or an account that works for the producer, is certain enough to
keep the member out at once; the rest warns, and the chair decides.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ocop.core import folding

LEADER, ORGANISATION, HOUSEHOLD = "leader", "organisation", "household"

#: Short forms in names of organisations, folded, and what they stand for.
_SHORT = {
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "cty": "cong ty",
    "ct": "cong ty",
    "cp": "co phan",
    "dn": "doanh nghiep",
    "hkd": "ho kinh doanh",
    "sxkd": "san xuat kinh doanh",
    "sx": "san xuat",
    "tm": "thuong mai",
    "dv": "dich vu",
}
_LEAST_WORDS = 2  # of a person's name: one word alone says nothing


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a member: name, where the member works, and the address."""

    name: str
    organisation: str = ""
    address: str = ""
    works_for: bool = False  # the account acts for the producer


@dataclass(frozen=True, slots=True)
class Maker:
    """What is known of a producer."""

    name: str
    leader: str = ""
    household: bool = False
    address: str = ""


def grounds(person: Person, maker: Maker) -> list[str]:
    """Why the member may not be free to judge, the weightiest first; empty when nothing is found.

    Names are compared folded and whole, with common short forms written out.
    """
    found = []
    name = folding.tokens(person.name)
    if person.works_for or (len(name) >= _LEAST_WORDS and name == folding.tokens(maker.leader)):
        found.append(LEADER)
    organisation = _written_out(person.organisation)
    if organisation and organisation == _written_out(maker.name):
        found.append(ORGANISATION)
    address = folding.tokens(person.address)
    in_name = maker.household and _contains(folding.tokens(maker.name), name)
    if in_name or (address and address == folding.tokens(maker.address)):
        found.append(HOUSEHOLD)
    return found


def is_certain(ground: str) -> bool:
    """Whether a ground keeps the member out at once, before anybody looked."""
    return ground == LEADER


def _written_out(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in folding.tokens(name))


def _contains(words: list[str], wanted: Collection[str]) -> bool:
    """Whether the wanted words, two and more, follow each other in `words`."""
    wanted, size = list(wanted), len(wanted)
    if size < _LEAST_WORDS:
        return False
    return any(words[n : n + size] == wanted for n in range(len(words) - size + 1))
