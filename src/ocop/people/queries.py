"""Reads of accounts: above all, who a signed-in person is today."""

from datetime import date

from django.db.models import Q, QuerySet

from ocop.core.actor import ANONYMOUS, Actor, ActorKind, Grant
from ocop.people import rules
from ocop.people.models import Membership, User


def memberships_on(day: date) -> QuerySet[Membership]:
    """Memberships in force on a day."""
    return Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, user__is_active=True
    )


def actor_for(user: User | None, *, on: date, scopes: frozenset[str] | None = None) -> Actor:
    """The actor a person is on a day, with the roles held then."""
    if user is None or not user.is_active:
        return ANONYMOUS
    held = memberships_on(on).filter(user=user).values_list("role", "unit_id")
    return Actor(
        ActorKind.PERSON, user.pk, frozenset(Grant(role, unit) for role, unit in held), scopes
    )


def visible_to(actor: Actor) -> QuerySet[User]:
    """Accounts an actor may see: the administrator and the auditor all, others their own."""
    if rules.may_see_everything(actor):
        return User.objects.all()
    return User.objects.filter(pk=actor.user_id)
