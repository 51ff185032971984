"""Reads of decisions and of their certificates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.recognition import competence, rules, signers
from ocop.recognition.keys import authority_key
from ocop.recognition.models import Certificate, Decision, Recognition
from ocop.recognition.visibility import visible_to


def decisions_visible_to(actor: Actor) -> QuerySet[Any]:
    """Decisions of which the actor may see a recognition, each with how many of them (`products`)
    and how many of these have a certificate (`certified`)."""
    seen = visible_to(actor)
    return (
        Decision.objects.filter(pk__in=seen.values("decision"))
        .select_related("legal_version", "attachment", "unit")
        .annotate(
            products=Count("recognitions", filter=Q(recognitions__in=seen)),
            certified=Count("recognitions__certificate", filter=Q(recognitions__in=seen)),
        )
    )


def published_decisions(actor: Actor) -> QuerySet[Any]:
    """Those of them that are published, the same for everybody, the newest first."""
    return (
        decisions_visible_to(actor).filter(awaits_publication=False).order_by("-signed_on", "-pk")
    )


def unpublished_decisions(actor: Actor) -> QuerySet[Any]:
    """Those of them that await their publication, the oldest first: who may not see them has
    none."""
    rows = decisions_visible_to(actor).filter(awaits_publication=True)
    return rows.order_by("signed_on", "pk")


@dataclass(frozen=True, slots=True)
class Authority:
    """One who signs, under the name most of the decisions write, with every way it is written, and
    the keys by which another way is known."""

    name: str
    spellings: tuple[str, ...]
    keys: frozenset[str]


def authorities(actor: Actor) -> list[Authority]:
    """Who signed published decisions that the actor may see, by name: each body once, as
    `competence` reads it on the last day it signed under the name, else the name as it is written.
    """
    rows = Decision.objects.filter(
        awaits_publication=False, pk__in=visible_to(actor).values("decision")
    ).exclude(authority="")
    counted = rows.order_by().values_list("authority").annotate(Count("pk"), Max("signed_on"))
    read = competence.reader()
    spelled: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, count, last in counted:
        signer = read(name, last)
        key = signer.key if signer else authority_key(name)
        spelled[key].append((-count, name))
    found = []
    for key, names in spelled.items():
        ordered = tuple(name for _count, name in sorted(names))
        found.append(Authority(ordered[0], ordered, frozenset({key, *map(authority_key, ordered)})))
    return sorted(found, key=lambda each: each.name)


def authority_named(written: str, among: Iterable[Authority], today: date) -> Authority | None:
    """The one of them that a name means, in whichever way it is written, by the names of today or
    of before."""
    days = (today, *(first - timedelta(days=1) for first in signers.changes()))
    read = competence.reader()
    meant = {signer.key for day in days if (signer := read(written, day))}
    asked = meant | {authority_key(written)}
    return next((each for each in among if asked & each.keys), None)


def rows_of_decision(actor: Actor, decision: Decision) -> QuerySet[Recognition]:
    """What a decision recognised, as far as the actor may see it, by star and name."""
    rows = visible_to(actor).filter(decision=decision)
    return (
        rows.select_related("product__producer", "commune", "unit__parent", "certificate")
        .prefetch_related("revocations")
        .order_by("-stars", "product__folded", "pk")
    )


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Certificates with all they print: the office's and its auditors', a producer's own."""
    rows = Certificate.objects.select_related(
        "recognition__decision__unit",
        "recognition__product__producer",
        "recognition__unit__parent__parent",
    )
    if rules.may_see_certificates(actor):
        return rows
    return rows.filter(recognition__product__producer__in=producers.own(actor).values("pk"))
