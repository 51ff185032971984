"""Who may do what with classes, and who may see what of those who attend."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.training.models import Enrolment, TrainingClass


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_manage(actor: Actor) -> bool:
    """Courses, classes, tests and certificates are the office's."""
    return people_rules.is_office(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's lists; whose rows stand in them is told by the queries."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho văn phòng chương trình và cán bộ xã nơi mở lớp."))
def may_check_in(actor: Actor, training_class: "TrainingClass") -> bool:
    """Whoever stands at the door: the office, and officers of the commune where a class is held."""
    return people_rules.is_office(actor) or producer_rules.covers(actor, training_class.commune)


@who_may(N_("Việc này dành cho văn phòng chương trình và cán bộ xã."))
def may_enrol_somebody(actor: Actor) -> bool:
    """Among the staff: the office, and officers of communes for their own."""
    return people_rules.is_office(actor) or actor.has(Role.COMMUNE_OFFICER)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_enrol_of(actor: Actor, producer: Producer | None, unit: Unit | None, on: date) -> bool:
    """People of a producer are enrolled by its own, officials of a unit by its officers; both by
    the office."""
    if people_rules.is_office(actor):
        return True
    if producer is not None:
        return producer_rules.may_change_producer(actor, producer, on)
    return producer_rules.covers(actor, unit)


@who_may(N_("Việc này dành cho người của chủ thể, cán bộ xã phụ trách và văn phòng chương trình."))
def may_act_for(actor: Actor, enrolment: "Enrolment", on: date) -> bool:
    """Who may withdraw a person from a class, or send the answers of the test."""
    return may_enrol_of(actor, enrolment.producer, enrolment.unit, on)


def may_see_classes(actor: Actor, on: date) -> bool:
    """Classes that are open or held: the staff, and the people of producers."""
    return may_open_lists(actor) or producers.own(actor, on=on).exists()
