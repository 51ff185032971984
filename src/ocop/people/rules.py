"""Who may do what with accounts."""

from ocop.core.actor import Actor
from ocop.people.roles import OFFICE, Role


def is_office(actor: Actor) -> bool:
    """Staff of the coordination office, over the whole installation."""
    return actor.everywhere(*OFFICE)


def may_see_everything(actor: Actor) -> bool:
    """The office, its auditors and its administrators read all rows of the register."""
    return actor.is_system or actor.everywhere(*OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)


def may_manage_accounts(actor: Actor) -> bool:
    """Accounts and roles are the administrator's."""
    return actor.everywhere(Role.ADMINISTRATOR)
