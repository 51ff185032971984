"""Who may do what with criteria sets. Everybody may read them: they are law."""

from ocop.core.actor import Actor
from ocop.people.roles import Role


def may_load_criteria(actor: Actor) -> bool:
    """The decree is loaded by the head of office or the administrator."""
    return actor.everywhere(Role.OFFICE_HEAD, Role.ADMINISTRATOR)


def may_publish_criteria(actor: Actor) -> bool:
    """A corrected set is loaded, compared and published by the office."""
    return actor.everywhere(Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD)


def may_sign_off(actor: Actor) -> bool:
    """An officer of the office compares a set with the signed text and says so."""
    return actor.everywhere(Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD)


def may_load_wording(actor: Actor) -> bool:
    """The official wording is the office's."""
    return actor.everywhere(Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD)
