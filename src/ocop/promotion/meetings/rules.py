"""Who may do what with demands, offers, rounds of meetings and deals."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer
from ocop.promotion.rules import may_manage, may_open_lists, may_organise, may_see_all

if TYPE_CHECKING:
    from ocop.promotion.meetings.models import Deal, DemandOffer

__all__ = [
    "may_act_for_buyer", "may_follow", "may_help", "may_manage", "may_offer_for", "may_open_lists",
    "may_organise",
    "may_see_all", "may_withdraw",
]  # fmt: skip


@who_may(N_("Việc này dành cho người mua và văn phòng chương trình OCOP cấp tỉnh."))
def may_act_for_buyer(actor: Actor) -> bool:
    """The buyer, for whom the system stands once their link was followed; the office for them."""
    return actor.is_system or people_rules.is_office(actor)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_offer_for(actor: Actor, producer: Producer, on: date) -> bool:
    """A producer's own people offer its goods, or its officers for it."""
    return producer_rules.may_change_producer(actor, producer, on)


@who_may(N_("Việc này dành cho cán bộ xã và văn phòng chương trình OCOP cấp tỉnh."))
def may_help(actor: Actor) -> bool:
    """Who offers for producers: officers of communes for those of their own, the office for all."""
    return people_rules.is_office(actor) or actor.has(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_withdraw(actor: Actor, offer: "DemandOffer", on: date) -> bool:
    """Who offered may take it back."""
    return may_offer_for(actor, offer.producer, on)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_follow(actor: Actor, deal: "Deal", on: date) -> bool:
    """Who tells what became of a deal: the producer's own people and its officers."""
    return may_offer_for(actor, deal.producer, on)
