"""Who may do what with support, and who may see what of it."""

from datetime import date

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage(actor: Actor) -> bool:
    """Policies, budget lines, imports, acceptance and payment are the office's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho lãnh đạo văn phòng chương trình."))
def may_approve(actor: Actor) -> bool:
    """Money is promised by the head of the office."""
    return actor.everywhere(Role.OFFICE_HEAD)


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_ask(actor: Actor, producer: Producer, on: date) -> bool:
    """A producer's own people ask for support, or the office for them."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's lists; whose rows stand in them is told by the queries."""
    return may_see_all(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_see_all(actor: Actor) -> bool:
    """Money of every producer: the office and its auditors."""
    return actor.is_system or people_rules.is_office(actor) or actor.everywhere(Role.AUDITOR)
