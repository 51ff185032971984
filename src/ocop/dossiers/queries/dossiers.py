"""Reads of dossiers: one filter for every face, file link, search and export."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.core.actor import Actor
from ocop.councils import rules as council_rules
from ocop.councils.models import ItemState, Sitting, SittingKind, SittingState
from ocop.councils.queries import sittings
from ocop.dossiers.models import Dossier, Proposal, State, TestOrder
from ocop.dossiers.queries import proposals
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.recognition.models import Kind


def visible_to(actor: Actor, on: date | None = None) -> QuerySet[Dossier]:
    """Dossiers an actor may read on a day (today when none is given).

    The producer's own people: all of the own. The office, its auditors and administrators: all. A
    commune officer: those of the own communes from the first submission on. An adviser: those
    assigned. A council member: those on the agenda of the own council; who leads it, also those
    of which the advisory team reported and that wait for an agenda. Who is recused from a case
    sees nothing of it by any other role, except as the producer itself.
    """
    own = Q(pk__in=())
    if actor.user_id is not None:
        own = Q(product__producer__in=producers.own(actor, on=on).values("pk"))
    seen = Q()
    if not people_rules.may_see_everything(actor):
        seen = _by_commune(actor) | _by_assignment(actor) | _by_council(actor)
        if actor.has(*council_rules.SITTING_ROLES):
            seen |= proposals.to_leader(actor, on)
    rows = Dossier.objects.filter(own | seen) if seen else Dossier.objects.all()
    if actor.user_id is None:
        return rows
    return rows.filter(own | Q(case=None) | ~Q(case__in=sittings.hidden_cases(actor)))


def for_agenda(actor: Actor, sitting: Sitting, on: date | None = None) -> QuerySet[Dossier]:
    """Dossiers an actor may put on the agenda of a sitting, or is told why not.

    Who prepares the sitting of a council finds there every dossier that waits for one, to choose
    by; its file opens once it stands on the agenda.
    """
    seen = visible_to(actor, on)
    if not council_rules.may_plan_sitting(actor, sitting):
        return seen
    waiting = Q(state=State.READY)
    if actor.user_id is not None:
        waiting &= Q(case=None) | ~Q(case__in=sittings.hidden_cases(actor))
    return Dossier.objects.filter(Q(pk__in=seen.order_by().values("pk")) | waiting)


def ready_for(actor: Actor, sitting: Sitting, on: date | None = None) -> QuerySet[Dossier]:
    """Dossiers that wait for a sitting of this kind; written opinions are for re-evaluations alone
    (Art. 6)."""
    rows = for_agenda(actor, sitting, on).filter(state=State.READY)
    if sitting.kind == SittingKind.WRITTEN:
        rows = rows.filter(kind=Kind.REEVALUATION)
    return for_lists(rows).order_by("product__folded", "pk")


def for_lists(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows with product, producer, places and round at hand, without restricted facts."""
    hidden = (*(f"product__producer__{name}" for name in producers.RESTRICTED), "product__revenue")
    return rows.select_related(
        "product__producer", "version", "commune", "round", "previous"
    ).defer(*hidden)


def for_papers(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows with all that stands in the papers of a dossier at hand."""
    return rows.select_related(
        "product__producer",
        "commune",
        "version__legal_version",
        "recognition__decision",
        "previous__decision",
    )


def own(actor: Actor, on: date | None = None) -> QuerySet[Dossier]:
    """The dossiers of the producers an actor acts for."""
    if actor.user_id is None:
        return Dossier.objects.none()
    held = producers.own(actor, on=on).values("pk")
    return Dossier.objects.filter(product__producer__in=held)


def writable_by(actor: Actor, on: date | None = None) -> QuerySet[Dossier]:
    """Dossiers that an actor may write as the producer would: the own, for the office all."""
    if people_rules.is_office(actor):
        return visible_to(actor, on)
    return own(actor, on)


def is_own(actor: Actor, dossier: Dossier, on: date) -> bool:
    """Whether the actor acts for the producer of a dossier on a day."""
    return producer_rules.is_member(actor, dossier.product.producer, on)


def proposed_to(actor: Actor, on: date) -> QuerySet[Proposal]:
    """The advisory team's proposals to the council that the actor leads, the oldest first;
    `failed`: a test of the product did, `outdated`: a change came after it. Who is recused from a
    case finds nothing of it."""
    if actor.user_id is None:
        return Proposal.objects.none()
    failed = TestOrder.objects.filter(dossier=OuterRef("dossier"), passed=False)
    rows = visible_to(actor, on).filter(proposals.to_leader(actor, on))
    return (
        Proposal.objects.filter(dossier__in=rows.order_by().values("pk"))
        .annotate(failed=Exists(failed), outdated=proposals.changed_since())
        .select_related("dossier__product__producer")
        .order_by("written_at", "pk")
    )


def _by_commune(actor: Actor) -> Q:
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if not held:
        return Q(pk__in=())
    area = Q(commune__in=held) | Q(commune__parent__in=held)
    return area & Q(submitted_at__isnull=False)


def _by_assignment(actor: Actor) -> Q:
    if not actor.has(Role.ADVISORY_MEMBER):
        return Q(pk__in=())
    held = Dossier.objects.filter(
        assignments__adviser=actor.user_id, assignments__ended_at=None
    ).values("pk")
    return Q(pk__in=held)


def _by_council(actor: Actor) -> Q:
    """What stands on the agenda of a sitting of a council in which the actor has a seat."""
    if actor.user_id is None:
        return Q(pk__in=())
    items = sittings.items_visible_to(actor).exclude(
        Q(state=ItemState.TAKEN_OFF) | Q(sitting__state=SittingState.CANCELLED)
    )
    return Q(case__in=items.order_by().values("case"))
