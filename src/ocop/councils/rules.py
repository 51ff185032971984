"""Who may bring a council's score workbook, and who may read what came of it."""

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role


def may_store_workbook(actor: Actor) -> bool:
    """The office, and the secretary and chair of a council. Members score blind and bring none."""
    return people_rules.is_office(actor) or actor.has(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR)


def may_see_workbooks(actor: Actor) -> bool:
    """Who may bring workbooks, and who reads everything: auditors and administrators."""
    return may_store_workbook(actor) or people_rules.may_see_everything(actor)
