"""What the events that still wait will tell, for the audit: the differences that they explain.

An event explains a difference only when it can be read, has not waited too long, comes after the
last entry about the row, and the row says what the event says.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ocop.core.models import Event
from ocop.recognition.log import draining, projection, reading
from ocop.recognition.log.forms import RECOGNITION, Form
from ocop.recognition.models import LogEntry

_Told = dict[tuple[str, int], tuple[Event, list[Form]]]


@dataclass(slots=True)
class Coming:
    """What waits at a moment, by family and row: the last event that tells of it, and as what."""

    at: datetime
    _told: _Told | None = None

    def explains(self, form: Form, key: int, last: LogEntry | None) -> bool:
        """Whether an event that waits explains that the row is another than in its last entry, or
        that it has none. Looked up anew where it seems not: acts go on while the audit looks."""
        if self._told is not None and self._explains(form, key, last):
            return True
        self._told = self._look()
        return self._explains(form, key, last)

    def rows(self, families: Sequence[str]) -> set[int]:
        """The rows that events of these families will tell of."""
        self._told = self._look()
        return {key for family, key in self._told if family in families}

    def _explains(self, form: Form, key: int, last: LogEntry | None) -> bool:
        assert self._told is not None
        if (form.family, key) not in self._told:
            return False
        event, told_as = self._told[form.family, key]
        if last is not None and event.pk <= last.event_id:
            return False
        return any(_agrees(event, each, key) for each in told_as)

    def _look(self) -> _Told:
        told: _Told = {}
        for event in draining.to_take_in(at=self.at):
            if reading.is_late(event, self.at):
                continue
            found: dict[tuple[str, int], list[Form]] = defaultdict(list)
            for form, keys in projection.steps_of(event):
                for key in keys:
                    found[form.family, key].append(form)
            told.update({about: (event, forms) for about, forms in found.items()})
        return told


def _agrees(event: Event, form: Form, key: int) -> bool:
    """Whether the row says what the entry will say."""
    facts = form.facts([key]).get(key)
    if facts is None or {**facts, **form.told(event)} != facts:
        return False
    if form is not RECOGNITION:
        return True
    last = draining.last_facts(form, [key]).get(key)
    return last is None or projection.is_explained(event, last, facts)
