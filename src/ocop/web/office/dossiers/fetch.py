"""Fetching one dossier for a page, as far as the actor may see it."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.dossiers.models import Assignment, Dossier
from ocop.dossiers.queries import dossiers, queue


def found_or_404(actor: Actor, code: str) -> Dossier:
    """A filed dossier the actor may see, or that is nowhere."""
    given = Assignment.objects.filter(ended_at=None).select_related("adviser")
    rows = queue.with_waiting(
        dossiers.for_lists(dossiers.visible_to(actor, timezone.localdate()))
    ).prefetch_related(
        Prefetch("assignments", queryset=given.order_by("-lead", "pk"), to_attr="now_given")
    )
    return get_object_or_404(rows.exclude(submitted_at=None), code=code)


def clock_of(found: Dossier) -> queue.Clock:
    """The clock of a row of `found_or_404`."""
    return queue.clock_of(found, timezone.localdate(), stops=queue.CLOCK_STOPS.get())
