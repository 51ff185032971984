"""Reads of registrations."""

from datetime import date

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.dossiers import rules
from ocop.dossiers.models import Registration
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit


def visible_to(actor: Actor) -> QuerySet[Registration]:
    """Registrations an actor may read one by one.

    The office and its auditors read all; a commune officer those of the own unit, of the units
    below it and of the units it was made from; others none (they get counts, see `in_force`).
    """
    if people_rules.may_see_everything(actor):
        return Registration.objects.all()
    if not rules.may_see_registrations(actor):
        return Registration.objects.none()
    own = Q(pk__in=actor.unit_ids(Role.COMMUNE_OFFICER))
    units = Unit.objects.filter(
        own
        | Q(parent__in=actor.unit_ids(Role.COMMUNE_OFFICER))
        | Q(successions__new__in=actor.unit_ids(Role.COMMUNE_OFFICER))
    )
    return Registration.objects.filter(unit__in=units.values("pk"))


def in_force(*, province: str, as_of: date) -> QuerySet[Registration]:
    """Registrations of a province that stood at the end of a day: what is counted in public."""
    return Registration.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
        province=province,
        registered_on__lte=as_of,
    )
