"""Reads of accounts: above all, who a signed-in person is today."""

from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from ocop.core import folding, options
from ocop.core.actor import ANONYMOUS, Actor, ActorKind, Grant
from ocop.people import phones, rules
from ocop.people.models import ApiToken, Membership, Message, User
from ocop.people.roles import OFFICE, SECOND_FACTOR, Role
from ocop.people.tokens import digest_of
from ocop.places.models import Unit


def memberships_on(day: date) -> QuerySet[Membership]:
    """Memberships in force on a day."""
    return Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, user__is_active=True
    )


def holders(*roles: Role, on: date) -> QuerySet[User]:
    """The people who hold one of these roles over everything on a day: whom news of it reaches."""
    held = memberships_on(on).filter(role__in=roles, unit=None)
    return User.objects.filter(pk__in=held.values("user"))


def office(on: date) -> QuerySet[User]:
    """The staff of the coordination office on a day."""
    return holders(*OFFICE, on=on)


def officers_of(unit: Unit | None, on: date) -> QuerySet[User]:
    """The commune officers whose membership holds for this unit or one above it on a day."""
    above, keys = unit, []
    while above is not None:
        keys.append(above.pk)
        above = above.parent
    held = memberships_on(on).filter(role=Role.COMMUNE_OFFICER, unit__in=keys)
    return User.objects.filter(pk__in=held.values("user"))


def actor_for(user: User | None, *, on: date, scopes: frozenset[str] | None = None) -> Actor:
    """The actor a person is on a day, with the roles held then."""
    if user is None or not user.is_active:
        return ANONYMOUS
    held = memberships_on(on).filter(user=user).values_list("role", "unit_id")
    return Actor(
        ActorKind.PERSON, user.pk, frozenset(Grant(role, unit) for role, unit in held), scopes
    )


def actor_for_token(secret: str, *, at: datetime, on: date) -> Actor | None:
    """The actor behind a token's secret; None when it is unknown, revoked or past its day."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(Q(expires_at=None) | Q(expires_at__gt=at), digest=digest_of(secret))
        .filter(revoked_at=None, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    return actor_for(token.user, on=on, scopes=frozenset(token.scopes))


def needs_second_factor(actor: Actor) -> bool:
    """Office, council and administrator roles sign in with a one-time code, too.

    The demonstration goes without: its passwords are public anyway.
    """
    return actor.has(*SECOND_FACTOR) and not options.DEMONSTRATION.get()


def visible_to(actor: Actor) -> QuerySet[User]:
    """Accounts an actor may see: the administrator and the auditor all, others their own."""
    if rules.may_see_accounts(actor):
        return User.objects.all()
    return User.objects.filter(pk=actor.user_id)


def accounts(actor: Actor, *, on: date) -> QuerySet[User]:
    """Visible accounts, each with its roles in force on a day as `held`."""
    held = memberships_on(on).select_related("unit").order_by("role", "pk")
    return visible_to(actor).prefetch_related(
        Prefetch("memberships", queryset=held, to_attr="held")
    )


def by_login(text: str) -> User | None:
    """The open account that signs in with this e-mail or phone; None where there is none."""
    number = phones.normalise(text)
    login = Q(email__iexact=text.strip()) | (Q(phone=number) if number else Q(pk=None))
    found: User | None = User.objects.filter(login, is_active=True).first()
    return found


def search(people: QuerySet[User], text: str) -> list[User]:
    """Accounts whose name, e-mail or phone holds every word; an office has hundreds of them."""
    wanted = folding.asked(text)
    return [
        user
        for user in people
        if all(
            w in folding.fold(f"{user.name} {user.email or ''} {user.phone or ''}") for w in wanted
        )
    ]


def tokens_of(actor: Actor, user: User) -> QuerySet[ApiToken]:
    """The tokens of an account: one's own, or anybody's for the administrator and the auditor."""
    if rules.is_self(actor, user) or rules.may_see_accounts(actor):
        return ApiToken.objects.filter(user=user).order_by("-created_at")
    return ApiToken.objects.none()


def inbox(actor: Actor) -> QuerySet[Message]:
    """The messages of the actor, newest first. Nobody reads another's."""
    if actor.user_id is None:
        return Message.objects.none()
    return Message.objects.filter(user=actor.user_id).order_by("-created_at", "-pk")


def unread(actor: Actor) -> int:
    """How many messages the actor has not read."""
    return inbox(actor).filter(read_at=None).count()
