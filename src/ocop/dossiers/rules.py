"""Who may register products for assessment, and who may read the registrations."""

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit


def may_register_product(actor: Actor, unit: Unit) -> bool:
    """The office for any unit; a commune officer for the units that the membership covers."""
    return people_rules.is_office(actor) or _covers(actor, unit)


def may_see_registrations(actor: Actor) -> bool:
    """Rows are for staff: the public gets counts only."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def _covers(actor: Actor, unit: Unit) -> bool:
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    above: Unit | None = unit
    while above is not None:
        if above.pk in held:
            return True
        above = above.parent
    return False
