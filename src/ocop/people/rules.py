"""Who may do what with accounts."""

from typing import TYPE_CHECKING

from ocop.core.actor import Actor
from ocop.people.roles import OFFICE, Role

if TYPE_CHECKING:
    from ocop.people.models import ApiToken, User


def is_office(actor: Actor) -> bool:
    """Staff of the coordination office, over the whole installation."""
    return actor.everywhere(*OFFICE)


def may_enter(actor: Actor) -> bool:
    """Who enters producers and registrations at all: the office, and officers for their commune."""
    return is_office(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_see_everything(actor: Actor) -> bool:
    """The office, its auditors and its administrators read all rows of the register."""
    return actor.is_system or actor.everywhere(*OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)


def may_manage_accounts(actor: Actor) -> bool:
    """Accounts and roles are the administrator's."""
    return actor.everywhere(Role.ADMINISTRATOR)


def may_create_first_administrator(actor: Actor) -> bool:
    """Only whoever installs the system, at its terminal."""
    return actor.is_system


def may_see_accounts(actor: Actor) -> bool:
    """The administrator manages accounts, the auditor reads them; nobody else sees a list."""
    return actor.is_system or actor.everywhere(Role.ADMINISTRATOR, Role.AUDITOR)


def is_self(actor: Actor, user: "User") -> bool:
    """A person about the own account."""
    return actor.user_id == user.pk


def may_revoke_token(actor: Actor, token: "ApiToken") -> bool:
    """The owner of a token, or the administrator."""
    return actor.user_id == token.user_id or may_manage_accounts(actor)
