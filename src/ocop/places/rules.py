"""Who may change the units."""

from ocop.core.actor import Actor

#: The keys of roles that people defines one floor above.
_MAY_LOAD = ("administrator", "office_head")


def may_load_units(actor: Actor) -> bool:
    """Lists of units are loaded by the administrator or the head of office."""
    return actor.everywhere(*_MAY_LOAD)
