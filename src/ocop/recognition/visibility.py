"""Which rows of the register an actor may see, and which are the public's."""

from django.db.models import Q, QuerySet

from ocop.core import options
from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.products.models import ProductState
from ocop.recognition import rules
from ocop.recognition.models import BatchState, Evidence, Recognition


def visible_to(actor: Actor) -> QuerySet[Recognition]:
    """Recognitions an actor may see.

    The office and its auditors: all but what an undone import left. A commune officer: published
    rows of the own communes, proposals (B2) among them. Others: published rows of products that
    are before the public, and of the own producer, never proposals. `published` covers decisions
    that await their publication, so no face needs to ask again.
    """
    everything = Recognition.objects.exclude(batch__state=BatchState.UNDONE)
    if rules.may_see_unpublished(actor):
        return everything
    decided = ~Q(evidence__in=never_public())
    seen = Q(product__listed=True) & ~Q(product__state=ProductState.IDEA) & decided
    if actor.user_id is not None:
        seen |= Q(product__producer__in=producers.own(actor).values("pk")) & decided
    seen |= producers.in_area(actor, "") | producers.in_area(actor, "product__")
    return everything.filter(published(), seen)


def published() -> Q:
    """Rows that are before the public: no import brought them, or one that was published, and their
    decision does not await its publication (ADR 28)."""
    return brought() & (Q(decision=None) | Q(decision__awaits_publication=False))


def brought() -> Q:
    """Rows that no import brought, or one that was published; their decision may await its
    publication."""
    return Q(batch=None) | Q(batch__state=BatchState.PUBLISHED)


def never_public() -> tuple[Evidence, ...]:
    """A proposal is no decision; demonstration rows are shown in a demonstration only."""
    return (Evidence.B2,) if options.DEMONSTRATION.get() else (Evidence.B2, Evidence.M)
