"""Who wrote which field of a dossier last, from its events."""

from collections.abc import Iterator

from ocop.core.events import activity
from ocop.core.models import Event
from ocop.dossiers.models import Dossier


def since(dossier: Dossier, revision: int) -> Iterator[Event]:
    """The savings and accepted changes after a revision, newest first."""
    names = ("dossiers.answers_saved", "dossiers.change_answered")
    for event in activity(dossier).filter(name__in=names):
        if event.change.get("revision", 0) <= revision:
            return
        yield event


def last_by_field(dossier: Dossier, revision: int) -> dict[str, Event]:
    """Of each field, as `part.key`, written after a revision: the last event that wrote it."""
    found: dict[str, Event] = {}
    for event in since(dossier, revision):
        for field in event.change["fields"]:
            found.setdefault(field, event)
    return found
