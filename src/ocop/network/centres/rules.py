"""Who may do what with design centres, and who may see what of them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.network import rules as points
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.network.centres.models import DesignCentre

may_open_lists = points.may_open_lists
may_see_all = points.may_see_all


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã và chủ thể của trung tâm."))
def may_apply(actor: Actor, commune: Unit | None, producer: Producer | None, on: date) -> bool:
    """A centre is proposed by the office, by the officer of the commune, or by a producer for a
    centre of its own."""
    return points.may_apply(actor, commune, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình và cán bộ xã phụ trách."))
def may_propose(actor: Actor) -> bool:
    """The office's page of a new centre: the office, and officers for their commune."""
    return people_rules.may_enter(actor)


@who_may(
    N_("Việc này dành cho văn phòng chương trình, cán bộ xã phụ trách và người của trung tâm.")
)
def may_change(actor: Actor, centre: "DesignCentre", on: date) -> bool:
    """Address, words for visitors, ties and numbers: whoever may propose it, and its keepers."""
    return may_apply(actor, centre.commune, centre.producer, on) or is_keeper(actor, centre, on)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã phụ trách và người kiểm tra."))
def may_visit(actor: Actor, centre: "DesignCentre") -> bool:
    """A visit is made by the office, an inspector, or the officer of the commune."""
    return (
        people_rules.is_office(actor)
        or actor.everywhere(Role.INSPECTOR)
        or producer_rules.covers(actor, centre.commune)
    )


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_decide(actor: Actor) -> bool:
    """The council's agenda, decisions and keepers are the office's."""
    return people_rules.is_office(actor)


def is_keeper(actor: Actor, centre: "DesignCentre", on: date) -> bool:
    """A person who keeps the centre on a day."""
    if actor.user_id is None:
        return False
    held = Q(ends_on=None) | Q(ends_on__gt=on)
    return centre.keepers.filter(held, user=actor.user_id, starts_on__lte=on).exists()


@who_may(N_("Việc này dành cho người phụ trách trung tâm và văn phòng chương trình."))
def may_keep(actor: Actor, centre: "DesignCentre", on: date) -> bool:
    """Visitors and income are told by the keepers, by the people of the producer that runs the
    centre, or by the office for them."""
    if people_rules.is_office(actor) or is_keeper(actor, centre, on):
        return True
    return centre.producer is not None and producer_rules.is_member(actor, centre.producer, on)
