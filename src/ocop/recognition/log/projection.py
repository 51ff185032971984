"""Which events give entries, about which rows: one line for each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.recognition.comparing import chunks
from ocop.recognition.log import forms, reading
from ocop.recognition.log.forms import Form, family
from ocop.recognition.log.reading import IMPORT_LOADED
from ocop.recognition.models import ImportBatch, LogEntry, Recognition

Step = tuple[Form, Sequence[int]]
Projection = Callable[[Event], Iterator[Step]]
_AT_ONCE = 2000
_STATES = (
    forms.EXTENSION,
    forms.REVOCATION,
    forms.RESTORATION,
    forms.ANNULMENT,
    forms.CORRECTION,
    forms.CERTIFICATE,
)


def steps_of(event: Event) -> Iterator[Step]:
    """Forms of entry and keys of the rows they tell of, in order. The next step is asked for when
    the entries of the one before are written."""
    return PROJECTIONS[event.name](event)


def named(event: Event, kind: str) -> list[int]:
    """The rows of a kind that an event names, oldest first."""
    rows = EventObject.objects.filter(event=event, kind=kind)
    return sorted(set(rows.values_list("object_id", flat=True)))


def each(form: Form) -> Projection:
    """One entry for each row of the form's kind that the event names."""

    def steps(event: Event) -> Iterator[Step]:
        for keys in chunks(named(event, form.kind), _AT_ONCE):
            yield form, keys

    return steps


def _decided(event: Event) -> Iterator[Step]:
    return _with_states(named(event, forms.RECOGNITION_KIND))


def _entered(event: Event) -> Iterator[Step]:
    """Rows of a decision, unless they waited for its publication: that event tells of them."""
    return iter(()) if event.change.get("awaits") else _decided(event)


def _published(event: Event) -> Iterator[Step]:
    batch = _batch_of(event)
    rows = Recognition.objects.filter(batch=batch).order_by("pk")
    return _with_states(list(rows.values_list("pk", flat=True)))


def _completed(event: Event) -> Iterator[Step]:
    """Rows of other imports to which an import gave their decision and dates."""
    yield from _with_states(_completed_by(event))


def _completed_by(loaded: Event) -> list[int]:
    return sorted(set(map(int, loaded.change.get("completed", {}))))


def _put_back(event: Event) -> Iterator[Step]:
    """Rows that are as they were before an import completed them."""
    events = Event.objects.filter(
        name=IMPORT_LOADED,
        objects_named__kind=kind_of(ImportBatch),
        objects_named__object_id=_batch_of(event),
    ).order_by("pk")
    loaded = next(reading.readable(events, at=event.at), None)
    if loaded is None:
        return
    for keys in chunks(_completed_by(loaded), _AT_ONCE):
        known = set(
            LogEntry.objects.filter(kind=forms.RECOGNITION_KIND, object_id__in=keys)
            .order_by()
            .values_list("object_id", flat=True)
        )
        logged = [key for key in keys if key in known]
        yield forms.RECOGNITION, logged
        yield forms.WITHDRAWAL, logged


def _corrected(event: Event) -> Iterator[Step]:
    """Records that were wrong, and their decision where none of its records is left."""
    yield from each(forms.CORRECTION)(event)
    if event.change.get("decision"):
        yield forms.DECISION_CORRECTION, named(event, forms.DECISION_CORRECTION.kind)


def _itself(form: Form) -> Projection:
    """One entry, about the event itself."""

    def steps(event: Event) -> Iterator[Step]:
        yield form, [event.pk]

    return steps


def _with_states(keys: Sequence[int]) -> Iterator[Step]:
    """Recognitions, and then what had become of them before they came into the log. What an event
    tells that is still to be taken in is left to it."""
    for some in chunks(keys, _AT_ONCE):
        yield forms.RECOGNITION, some
        for form in _STATES:
            assert form.state is not None
            rows = Recognition.objects.filter(form.state, pk__in=some).order_by("pk")
            states = list(rows.values_list("pk", flat=True))
            yield form, sorted(set(states) - _told_or_to_come(form, states))


def _told_or_to_come(form: Form, keys: Sequence[int]) -> set[int]:
    # A restoration follows the revocation of its family, which says nothing of it.
    alike = [form.name] if form is forms.RESTORATION else family(form)
    told = LogEntry.objects.filter(form__in=alike, kind=form.kind, object_id__in=keys).values_list(
        "object_id", flat=True
    )
    named_by = EventObject.objects.filter(
        kind=form.kind,
        object_id__in=keys,
        event__name__in=[name for name, one in _FORM_OF.items() if one.name in alike],
        event__log_step=None,
    ).values_list("event", "object_id")
    waiting: dict[int, set[int]] = defaultdict(set)
    for event, key in named_by:
        waiting[event].add(key)
    # One that can never be taken in tells of nothing.
    coming = [
        waiting[each.pk] for each in reading.well_formed(Event.objects.filter(pk__in=waiting))
    ]
    return set(told).union(*coming)


def _batch_of(event: Event) -> int:
    (key,) = named(event, kind_of(ImportBatch))
    return key


#: Events that give one entry for each row they name.
_FORM_OF: Mapping[str, Form] = {
    "recognition.evidence_lifted": forms.RECOGNITION,
    "criteria.decree_loaded": forms.CRITERIA,
    "criteria.set_published": forms.CRITERIA,
    "criteria.set_signed_off": forms.SIGN_OFF,
    "criteria.set_reopened": forms.SIGN_OFF_ENDED,
    "recognition.extension_confirmed": forms.EXTENSION,
    "dossiers.refused": forms.EXTENSION_ENDED,  # the authority has decided (Art. 12.3)
    "dossiers.refusal_taken_back": forms.EXTENSION_RESUMED,
    "recognition.revoked": forms.REVOCATION,
    "recognition.restored": forms.RESTORATION,
    "recognition.revocation_withdrawn": forms.REVOCATION_WITHDRAWN,
    "recognition.restoration_withdrawn": forms.RESTORATION_WITHDRAWN,
    "recognition.annulled": forms.ANNULMENT,
    "recognition.record_corrected": forms.CORRECTION,
    "recognition.certificates_issued": forms.CERTIFICATE,
}
#: Those that tell what became of a star: the row says so, too, from then on.
OF_STATES: Mapping[str, Form] = {
    name: _FORM_OF[name]
    for name in (
        "recognition.extension_confirmed",
        "recognition.revoked",
        "recognition.restored",
        "recognition.annulled",
        "recognition.record_corrected",
    )
}
#: Rooms above add theirs (`joining`).
PROJECTIONS: dict[str, Projection] = {
    **{name: each(form) for name, form in _FORM_OF.items()},
    "demonstration.loaded": _decided,
    "recognition.decision_recorded": _entered,
    "recognition.decision_completed": _entered,
    "recognition.decision_published": _decided,
    "recognition.record_corrected": _corrected,
    reading.IMPORT_PUBLISHED: _published,
    IMPORT_LOADED: _completed,
    reading.IMPORT_UNDONE: _put_back,
    reading.KEY_ANNOUNCED: _itself(forms.ISSUER_KEY),
    reading.LIST_CHANGED: _itself(forms.STATUS_LIST),
}

_BY_IMPORT = frozenset({
    "evidence", "year", "evaluated_on", "valid_from", "expires_on", "authority", "decision",
    "signed_on", "document", "demonstration",
})  # fmt: skip
#: What may be another than in the last entry about a recognition, by the event that corrects it.
#: What no event may change (a star, a product) stays as it was entered: only a new decision, which
#: is another recognition, gives another.
_CORRECTED: Mapping[str, frozenset[str]] = {
    "recognition.evidence_lifted": frozenset({"evidence", "valid_from", "expires_on"}),
    IMPORT_LOADED: _BY_IMPORT,
    reading.IMPORT_UNDONE: _BY_IMPORT,
}


def is_explained(event: Event, logged: forms.Facts, facts: forms.Facts) -> bool:
    """Whether the event explains all that is another in these facts of a recognition than in its
    last entry. It would be a way to write anything into the log, did it not have to."""
    said = {name: value for name, value in facts.items() if value != ""}
    changed = {name for name in logged.keys() | said if logged.get(name) != said.get(name)}
    return changed <= _CORRECTED.get(event.name, frozenset())


def names() -> Iterable[str]:
    """The events that the log takes in."""
    return PROJECTIONS.keys()
