"""Reads of evidence: a producer's library, and the files of a dossier."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from ocop.core.actor import Actor
from ocop.councils.queries import sittings
from ocop.dossiers.models import Evidence, EvidenceUse
from ocop.dossiers.queries import dossiers
from ocop.people import rules as people_rules
from ocop.producers import queries as producers


def visible_to(actor: Actor, on: date | None = None) -> QuerySet[Evidence]:
    """The libraries an actor may read: of the own producers; the office and its auditors, all but
    what stands in a case from which one is recused. Others see single files in dossiers they may
    see (`file_of`)."""
    rows = Evidence.objects.select_related("producer", "attachment")
    everything = people_rules.may_see_everything(actor)
    if actor.user_id is None:
        return rows if everything else rows.none()
    own = Q(producer__in=producers.own(actor, on=on).values("pk"))
    if not everything:
        return rows.filter(own)
    hidden = EvidenceUse.objects.filter(dossier__case__in=sittings.hidden_cases(actor))
    return rows.filter(own | ~Q(pk__in=hidden.values("evidence")))


def living(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Those that may be used: neither withdrawn nor replaced."""
    return rows.filter(withdrawn_at=None, replaced_by=None)


def library(actor: Actor, on: date | None = None) -> QuerySet[Evidence]:
    """Usable evidence an actor may read, by type and title, with `times`: in how many dossiers."""
    rows = living(visible_to(actor, on)).annotate(times=Count("uses__dossier", distinct=True))
    return rows.order_by("type", "title", "pk")


def usable_in(actor: Actor, producer_id: int, on: date | None = None) -> QuerySet[Evidence]:
    """The usable evidence of one producer."""
    return library(actor, on).filter(producer=producer_id)


def file_of(
    actor: Actor, dossier_code: str, evidence_code: str, on: date | None = None
) -> Evidence | None:
    """A piece of evidence as a dossier uses it; None unless the actor may see the dossier and the
    dossier names it. A newer copy of it does not change what was filed."""
    seen = dossiers.visible_to(actor, on).filter(code=dossier_code)
    return (
        Evidence.objects.filter(Q(uses__dossier__in=seen.values("pk")), code=evidence_code)
        .select_related("attachment", "producer")
        .distinct()
        .first()
    )
