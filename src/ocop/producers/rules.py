"""Who may do what with producers, and who may see what of them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit

if TYPE_CHECKING:
    from ocop.producers.models import Producer


def covers(actor: Actor, unit: Unit | None) -> bool:
    """True for a commune officer whose membership holds for this unit or one above it."""
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    above = unit if held else None
    while above is not None:
        if above.pk in held:
            return True
        above = above.parent
    return False


def may_create_producer(actor: Actor, commune: Unit | None) -> bool:
    """The office anywhere, a commune officer in the own communes."""
    return people_rules.is_office(actor) or covers(actor, commune)


def is_member(actor: Actor, producer: "Producer", on: date) -> bool:
    """A person who acts for the producer on a day."""
    if actor.user_id is None:
        return False
    held = Q(ends_on=None) | Q(ends_on__gt=on)
    return producer.memberships.filter(held, user=actor.user_id, starts_on__lte=on).exists()


def may_change_producer(actor: Actor, producer: "Producer", on: date) -> bool:
    """The office, the officer of its commune, and the producer's own people."""
    return may_create_producer(actor, producer.commune) or is_member(actor, producer, on)


def may_stop_producer(actor: Actor, producer: "Producer") -> bool:
    """Whether a producer still works is for officers to say."""
    return may_create_producer(actor, producer.commune)


def may_manage_members(actor: Actor) -> bool:
    """The office and the administrator tie accounts to producers."""
    return people_rules.is_office(actor) or people_rules.may_manage_accounts(actor)


def may_see_restricted(actor: Actor, producer: "Producer", on: date) -> bool:
    """Facts about the persons behind a producer are for its own people, the office and auditors."""
    return may_see_all_restricted(actor) or is_member(actor, producer, on)


def may_see_members(actor: Actor, producer: "Producer", on: date) -> bool:
    """Who acts for a producer is known to its own people, and to whoever decides or watches it."""
    return may_see_restricted(actor, producer, on) or may_manage_members(actor)


def may_see_all_restricted(actor: Actor) -> bool:
    """The office and its auditors, of every producer."""
    return actor.is_system or people_rules.is_office(actor) or actor.everywhere(Role.AUDITOR)
