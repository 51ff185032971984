"""Who may do what with sales points, and who may see what of them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ocop.core.actions import who_may
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.network.models import SalesPoint


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã phụ trách và chủ thể của điểm."))
def may_apply(actor: Actor, commune: Unit | None, producer: Producer | None, on: date) -> bool:
    """A point is proposed by the office, by the officer of the commune, or by a producer for a
    point of its own."""
    if producer_rules.may_create_producer(actor, commune):
        return True
    return producer is not None and producer_rules.is_member(actor, producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình và cán bộ xã phụ trách."))
def may_propose(actor: Actor) -> bool:
    """The office's page of a new point: the office, and officers for their commune."""
    return people_rules.may_enter(actor)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã phụ trách và người của điểm bán."))
def may_change(actor: Actor, point: "SalesPoint", on: date) -> bool:
    """Address, hours and photographs: whoever may propose the point, and its keepers."""
    return may_apply(actor, point.commune, point.producer, on) or is_keeper(actor, point, on)


@who_may(
    N_(
        "Tên, loại địa điểm, đơn vị vận hành theo quyết định công nhận: chỉ Văn phòng và cán bộ xã "
        "phụ trách sửa."
    )
)
def may_rename(actor: Actor, point: "SalesPoint") -> bool:
    """What the decision that recognised a point named: the office, and the officer of the
    commune."""
    return producer_rules.may_create_producer(actor, point.commune)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã phụ trách và người kiểm tra."))
def may_visit(actor: Actor, point: "SalesPoint") -> bool:
    """A visit is made by the office, an inspector, or the officer of the commune."""
    return (
        people_rules.is_office(actor)
        or actor.everywhere(Role.INSPECTOR)
        or producer_rules.covers(actor, point.commune)
    )


@who_may(N_("Việc này dành cho văn phòng chương trình OCOP cấp tỉnh."))
def may_decide(actor: Actor) -> bool:
    """Recognition, money, keepers, chains and the list of key goods are the office's."""
    return people_rules.is_office(actor)


def is_keeper(actor: Actor, point: "SalesPoint", on: date) -> bool:
    """A person who keeps the point on a day."""
    if actor.user_id is None:
        return False
    held = Q(ends_on=None) | Q(ends_on__gt=on)
    return point.keepers.filter(held, user=actor.user_id, starts_on__lte=on).exists()


@who_may(N_("Việc này dành cho người phụ trách điểm bán và văn phòng chương trình."))
def may_keep(actor: Actor, point: "SalesPoint", on: date) -> bool:
    """Goods and sales are told by the keepers, by the people of the producer that runs the point,
    or by the office for them."""
    if people_rules.is_office(actor) or is_keeper(actor, point, on):
        return True
    return point.producer is not None and producer_rules.is_member(actor, point.producer, on)


@who_may(N_("Việc này dành cho văn phòng chương trình, cán bộ xã, người kiểm tra và thanh tra."))
def may_open_lists(actor: Actor) -> bool:
    """The office's list; whose rows stand in it is told by the queries."""
    return may_see_all(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_see_all(actor: Actor) -> bool:
    """Points of everybody, with their money, visits and sales."""
    return (
        actor.is_system
        or people_rules.is_office(actor)
        or actor.everywhere(Role.AUDITOR)
        or actor.everywhere(Role.INSPECTOR)
    )
