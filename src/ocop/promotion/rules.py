"""Who may do what with events, and who may see what of those who take part."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.promotion.models import EventApplication


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage(actor: Actor) -> bool:
    """Events, who takes part in them and what is told to whom are the office's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình và người tổ chức sự kiện."))
def may_organise(actor: Actor) -> bool:
    """The plan of booths, and who stands on which: the office, and organisers."""
    return people_rules.is_office(actor) or actor.everywhere(Role.EVENT_ORGANISER)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã và người tổ chức sự kiện."))
def may_open_lists(actor: Actor) -> bool:
    """The office's lists of events; whose applications stand in them is told by the queries."""
    return (
        people_rules.may_see_everything(actor)
        or actor.everywhere(Role.EVENT_ORGANISER)
        or actor.has(Role.COMMUNE_OFFICER)
    )


def may_see_all(actor: Actor) -> bool:
    """Every event and application: the office, its auditors, and organisers."""
    return people_rules.may_see_everything(actor) or actor.everywhere(Role.EVENT_ORGANISER)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_apply_for(actor: Actor, producer: Producer, on: date) -> bool:
    """A producer's own people apply, or its officers for it."""
    return producer_rules.may_change_producer(actor, producer, on)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_act_for(actor: Actor, application: "EventApplication", on: date) -> bool:
    """Who may change or withdraw an application."""
    return may_apply_for(actor, application.producer, on)


def may_keep_allocations(actor: Actor) -> bool:
    """What a job reports of itself: the worker's."""
    return actor.is_system
