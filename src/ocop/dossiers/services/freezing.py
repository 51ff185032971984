"""Freezing a dossier into a snapshot: called inside actions, records no event of its own."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.dossiers import snapshots
from ocop.dossiers.models import Dossier, Snapshot
from ocop.dossiers.queries import filing


def freeze(actor: Actor, dossier: Dossier, why: str, at: datetime, *, behalf: str = "") -> Snapshot:
    """Keep the dossier as it stands now. `why`: submitted, supplemented or changed; `behalf`: for
    what reason the office did it in the producer's place."""
    content = filing.content_of(dossier, timezone.localdate(at))
    if behalf:
        content["behalf"] = behalf
    return Snapshot.objects.create(
        dossier=dossier,
        number=dossier.snapshots.count() + 1,
        content=content,
        sha256=snapshots.sha256(content),
        why=why,
        made_by=actor.user_id,
        made_at=at,
    )
