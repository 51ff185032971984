"""Who plans, visits, answers and decides after a star is given."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules

if TYPE_CHECKING:
    from ocop.recognition.postcheck.models import PostCheck, RevocationCase


def is_inspector(actor: Actor) -> bool:
    """Who is sent on post-checks."""
    return actor.has(Role.INSPECTOR)


def may_plan(actor: Actor) -> bool:
    """Plans, visits and their conclusions are the coordination office's."""
    return people_rules.is_office(actor)


def may_see_checks(actor: Actor) -> bool:
    """Who has a list of post-checks at all; which stand in it is said by the query."""
    return people_rules.may_see_everything(actor) or is_inspector(actor)


def may_record(actor: Actor, check: "PostCheck") -> bool:
    """The inspector who was sent; the office enters what came on paper."""
    own = is_inspector(actor) and actor.user_id == check.inspector_id
    return people_rules.is_office(actor) or own


def may_take_complaint(actor: Actor) -> bool:
    """The public's form, for which the system stands; the office, of what came by telephone."""
    return actor.is_system or people_rules.is_office(actor)


def may_handle_complaints(actor: Actor) -> bool:
    """Complaints are answered by the office."""
    return people_rules.is_office(actor)


def may_see_complaints(actor: Actor) -> bool:
    """The office and its auditors; an inspector those of the own visits (the query says it)."""
    return people_rules.may_see_everything(actor)


def may_see_contact(actor: Actor) -> bool:
    """Who reported something is known to those who answer, and to nobody else."""
    return people_rules.is_office(actor)


def may_handle_cases(actor: Actor) -> bool:
    """Revocation cases are opened and led by the office."""
    return people_rules.is_office(actor)


def may_decide(actor: Actor) -> bool:
    """The decision of the chair of the province, or the minister's for five stars, is entered by
    the head of the office, who answers for it."""
    return actor.everywhere(Role.OFFICE_HEAD)


def may_speak(actor: Actor, case: "RevocationCase", on: date) -> bool:
    """The producer's own people are heard before anything is proposed."""
    return producer_rules.is_member(actor, case.recognition.product.producer, on)
