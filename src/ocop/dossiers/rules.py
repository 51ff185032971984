"""Who may register products, write dossiers and keep evidence, and who may read registrations."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.dossiers.models import Dossier


def may_register_product(actor: Actor, unit: Unit) -> bool:
    """The office for any unit; a commune officer for the units that the membership covers."""
    return people_rules.is_office(actor) or _covers(actor, unit)


def may_see_registrations(actor: Actor) -> bool:
    """Rows are for staff: the public gets counts only."""
    return people_rules.may_see_everything(actor) or actor.has(Role.COMMUNE_OFFICER)


def may_write_dossiers(actor: Actor, producer: Producer, on: date) -> bool:
    """Dossiers and evidence are the producer's own; the office helps who cannot."""
    return people_rules.is_office(actor) or producer_rules.is_member(actor, producer, on)


def may_write_dossier(actor: Actor, dossier: "Dossier", on: date) -> bool:
    """The producer's own people, and the office that helps them."""
    return may_write_dossiers(actor, dossier.product.producer, on)


def may_choose_road(actor: Actor) -> bool:
    """Where the validity of a star is not known, the office says by which road it comes back."""
    return actor.is_system or people_rules.is_office(actor)


def may_answer_change(actor: Actor, dossier: "Dossier") -> bool:
    """Who has the dossier: the commune while it checks, the office at any time."""
    at_commune = dossier.state == "at_commune"
    return people_rules.is_office(actor) or (
        at_commune and dossier.commune is not None and _covers(actor, dossier.commune)
    )


def _covers(actor: Actor, unit: Unit) -> bool:
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    above: Unit | None = unit
    while above is not None:
        if above.pk in held:
            return True
        above = above.parent
    return False
