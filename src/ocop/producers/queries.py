"""Reads of producers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils import timezone

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers import rules, spelling, taxcode
from ocop.producers.models import Producer, ProducerKind, ProducerMembership

#: What only the producer's own people, the office and auditors see.
RESTRICTED = (
    "leader_name",
    "leader_sex",
    "leader_ethnicity",
    "members",
    "workers",
    "workers_local",
)


@dataclass(frozen=True, slots=True)
class Restricted:
    """Facts about the persons behind a producer. Empty or None: not told."""

    leader_name: str = ""
    leader_sex: str = ""
    leader_ethnicity: str = ""
    members: int | None = None
    workers: int | None = None
    workers_local: int | None = None


@dataclass(frozen=True, slots=True)
class ProducerFacts:
    """What an actor may read of a producer; `restricted` is None for those who may not see it."""

    producer: Producer
    tax_code: str  # "" where it is a person's number and the actor may not see it
    restricted: Restricted | None


def memberships_on(day: date) -> QuerySet[ProducerMembership]:
    """Memberships in force on a day."""
    return ProducerMembership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day
    )


def people_of(producer: Producer, on: date) -> QuerySet[User]:
    """The people who act for a producer on a day: whom news of its products reaches."""
    held = memberships_on(on).filter(producer=producer)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def people_of_any(rows: QuerySet[Producer], on: date) -> QuerySet[User]:
    """The people who act for one of these producers on a day."""
    held = memberships_on(on).filter(producer__in=rows.values("pk"))
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def own(actor: Actor, *, on: date | None = None) -> QuerySet[Producer]:
    """The producers an actor acts for on a day.

    Without a day, today: an actor is who somebody is now.
    """
    if actor.user_id is None:
        return Producer.objects.none()
    held = memberships_on(on or timezone.localdate()).filter(user=actor.user_id)
    return Producer.objects.filter(pk__in=held.values("producer"))


def in_area(actor: Actor, path: str = "") -> Q:
    """Rows of the units of a commune officer, by today's commune; where that is not known, by the
    unit of then that went into it. `path` leads to the row with `commune` and `unit`."""
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if not held:
        return Q(pk__in=())
    before = Unit.objects.filter(
        Q(pk__in=held)
        | Q(parent__in=held)
        | Q(successions__new__in=held)
        | Q(successions__new__successions__new__in=held)
    )
    return (
        Q(**{f"{path}commune__in": held})
        | Q(**{f"{path}commune__parent__in": held})
        | Q(**{f"{path}commune": None, f"{path}unit__in": before.values("pk")})
    )


def visible_to(actor: Actor) -> QuerySet[Producer]:
    """Producers an actor may see.

    The public: those put before it by an officer or a publication. A producer's people: the own
    one, too. A commune officer: all of the own communes. The office and its auditors: all.
    """
    if people_rules.may_see_everything(actor):
        return Producer.objects.all()
    seen = Q(listed=True) | in_area(actor)
    if actor.user_id is not None:
        seen |= Q(pk__in=own(actor).values("pk"))
    return Producer.objects.filter(seen)


def search(actor: Actor, rows: QuerySet[Producer], text: str, *, on: date) -> QuerySet[Producer]:
    """Producers whose name holds every word as the beginning of a word, or whose tax code it is.

    The kind is found whichever way it is written: `htx` finds Hợp tác xã. A person's number finds
    something for those only who may see it.
    """
    if not text.strip():
        return rows
    if code := taxcode.normalise(text):
        told: QuerySet[Any] = with_told_tax_code(actor, rows, on=on)
        return told.filter(tax_code=code, told_tax_code=code)
    words = folding.asked(text)
    for part in spelling.sought(words):
        rows = rows.filter(_holds(part))
    return rows if words else rows.none()


def _holds(part: spelling.Sought) -> Q:
    """Names with the beginnings of words that were typed, or another way to write them."""
    typed = Q()
    for word in part.typed:
        typed &= Q(folded__startswith=word) | Q(folded__contains=f" {word}")
    for phrase in part.others:
        whole = " ".join(phrase)
        typed |= (
            Q(folded=whole)
            | Q(folded__startswith=f"{whole} ")
            | Q(folded__contains=f" {whole} ")
            | Q(folded__endswith=f" {whole}")
        )
    return typed


def for_lists(rows: QuerySet[Producer]) -> QuerySet[Producer]:
    """Rows with their place at hand and without the restricted facts."""
    return rows.select_related("commune", "unit", "unit__parent").defer(*RESTRICTED)


def with_told_tax_code(actor: Actor, rows: QuerySet[Producer], *, on: date) -> QuerySet[Producer]:
    """Rows that carry `told_tax_code`: what `facts_for` would tell, for a list in one query."""
    if rules.may_see_all_restricted(actor):
        return rows.annotate(told_tax_code=F("tax_code"))
    personal = Q(code_length=taxcode.PERSONAL_LENGTH) | Q(kind=ProducerKind.HOUSEHOLD)
    kept = personal & ~Q(pk__in=own(actor, on=on).values("pk"))
    return rows.alias(code_length=Length("tax_code")).annotate(
        told_tax_code=Case(When(kept, then=Value("")), default=F("tax_code"))
    )


def facts_for(actor: Actor, producer: Producer, *, on: date) -> ProducerFacts:
    """A producer as this actor may see it: without restricted facts for the public."""
    if rules.may_see_restricted(actor, producer, on):
        told = Restricted(**{name: getattr(producer, name) for name in RESTRICTED})
        return ProducerFacts(producer, producer.tax_code, told)
    hidden = taxcode.is_personal(producer.tax_code) or producer.kind == ProducerKind.HOUSEHOLD
    return ProducerFacts(producer, "" if hidden else producer.tax_code, None)


def members_of(actor: Actor, producer: Producer, *, on: date) -> QuerySet[ProducerMembership]:
    """The people who act or acted for a producer, for those who may know them; else none."""
    if not rules.may_see_members(actor, producer, on):
        return ProducerMembership.objects.none()
    return producer.memberships.select_related("user").order_by("-starts_on", "pk")
