"""Who may do what with sales units, lots and stamps, and who may see what of them."""

from datetime import date

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_keep_items(actor: Actor, producer: Producer, on: date) -> bool:
    """Sales units, places, lots and diaries: the producer's own people and its officers."""
    return producer_rules.may_change_producer(actor, producer, on)


@who_may(N_("Việc này dành cho người của chủ thể và văn phòng chương trình."))
def may_order_stamps(actor: Actor, producer: Producer, on: date) -> bool:
    """Stamps are ordered by the producer's own people, or by the office for it."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage_stamps(actor: Actor) -> bool:
    """Allowances, approval, printing and delivery are the office's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã, người kiểm tra và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's lists; whose rows stand in them is told by the queries."""
    return may_see_all_stamps(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_see_stamps(actor: Actor, producer: Producer, on: date) -> bool:
    """Orders and scans of a producer: its own people, its officers, inspectors and auditors."""
    return may_see_all_stamps(actor) or producer_rules.may_change_producer(actor, producer, on)


def may_see_all_stamps(actor: Actor) -> bool:
    """Those of every producer."""
    return (
        actor.is_system
        or people_rules.is_office(actor)
        or actor.everywhere(Role.AUDITOR)
        or actor.everywhere(Role.INSPECTOR)
    )
