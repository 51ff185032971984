"""What rooms above bring to the public log: kinds of entries, the events that give them, and what
the audit looks at besides. Recognition knows none of them: each joins when the application is
loaded (`ocop.apps`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models

from ocop.core.events import kind_of
from ocop.core.models import Event
from ocop.recognition.log import auditing, differences, forms, projection, reading
from ocop.recognition.log.coming import Coming
from ocop.recognition.log.differences import Difference
from ocop.recognition.log.forms import Form
from ocop.recognition.log.projection import Projection, Step
from ocop.recognition.log.reading import Test


@dataclass(frozen=True, slots=True)
class Part:
    """What one room brings.

    `tests`: what of its change the log reads of an event; `needed`: what it must say. `looks`:
    what the audit holds against the tables beyond the last entry of each row. `words` of
    differences, forms and fields are source texts.
    """

    forms: Sequence[Form]
    rows: Sequence[type[models.Model]]
    projections: Mapping[str, Projection]
    tests: Mapping[str, Mapping[str, Test]]
    needed: Mapping[str, frozenset[str]]
    looks: Sequence[Callable[[Coming], Iterator[Difference]]] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    form_words: Mapping[str, str] = field(default_factory=dict)
    field_words: Mapping[str, str] = field(default_factory=dict)


_joined: list[Part] = []


def join(part: Part) -> None:
    """Take a room's part in, once. ValueError: it names a kind of entry that there is."""
    if part in _joined:
        return
    if taken := forms.FORMS.keys() & {form.name for form in part.forms}:
        raise ValueError(f"kinds of entries that there are: {sorted(taken)}")
    _joined.append(part)
    forms.FORMS.update({form.name: form for form in part.forms})
    auditing.MODELS.update({kind_of(model): model for model in part.rows})
    auditing.MORE.extend(part.looks)
    for name, steps in part.projections.items():
        before = projection.PROJECTIONS.get(name)
        projection.PROJECTIONS[name] = _both(before, steps) if before else steps
    reading.TESTS.update(part.tests)
    reading.NEEDED.update(part.needed)
    told: Sequence[tuple[dict[str, str], Mapping[str, str]]] = (
        (differences.WORDS, part.words),
        (differences.FORM_WORDS, part.form_words),
        (differences.FIELD_WORDS, part.field_words),
    )
    for known, more in told:
        known.update(more)


def _both(first: Projection, second: Projection) -> Projection:
    def steps(event: Event) -> Iterator[Step]:
        yield from first(event)
        yield from second(event)

    return steps
