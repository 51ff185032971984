"""Who may do what with links to shops, online sales and lists of sellers; who may see them."""

from datetime import date

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_sell(actor: Actor, producer: Producer, on: date) -> bool:
    """Links, sales and answers are told by the producer's own people, or by the office for them."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage(actor: Actor) -> bool:
    """The checks are the office's and the worker's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's list of links; whose rows stand in it is told by the queries."""
    return may_see_all(actor) or actor.has(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho văn phòng chương trình và thanh tra."))
def may_see_all(actor: Actor) -> bool:
    """Sales are facts of a producer's business: its own people, the office and its auditors."""
    return actor.is_system or people_rules.is_office(actor) or actor.everywhere(Role.AUDITOR)
