"""Background work of dossiers."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.dossiers.queries import queue
from ocop.dossiers.services.escalating import escalate_dossier


def escalate_overdue(*, at: datetime) -> int:
    """Tell of every step that passed its deadline since the last run; gives back how many."""
    late = list(queue.overdue(timezone.localdate(at)))
    for dossier in late:
        escalate_dossier(actor=SYSTEM, dossier=dossier, at=at)
    return len(late)
