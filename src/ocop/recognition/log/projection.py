"""Which events give entries, about which rows: one line for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.recognition.comparing import chunks
from ocop.recognition.log import forms
from ocop.recognition.log.forms import Form, family
from ocop.recognition.models import ImportBatch, LogEntry, Recognition

Step = tuple[Form, Sequence[int]]
Projection = Callable[[Event], Iterator[Step]]
_AT_ONCE = 2000
_STATES = (forms.EXTENSION, forms.REVOCATION, forms.RESTORATION, forms.ANNULMENT)
_LOADED = "recognition.import_loaded"


def steps_of(event: Event) -> Iterator[Step]:
    """Forms of entry and keys of the rows they tell of, in order. The next step is asked for when
    the entries of the one before are written."""
    return PROJECTIONS[event.name](event)


def named(event: Event, kind: str) -> list[int]:
    """The rows of a kind that an event names, oldest first."""
    rows = EventObject.objects.filter(event=event, kind=kind)
    return sorted(rows.values_list("object_id", flat=True))


def _each(form: Form) -> Projection:
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
    yield from _with_states(sorted(map(int, event.change.get("completed", {}))))


def _put_back(event: Event) -> Iterator[Step]:
    """Rows that are as they were before an import completed them."""
    loaded = Event.objects.filter(
        name=_LOADED,
        objects_named__kind=kind_of(ImportBatch),
        objects_named__object_id=_batch_of(event),
    ).first()
    if loaded is None:
        return
    for keys in chunks(sorted(map(int, loaded.change.get("completed", {}))), _AT_ONCE):
        known = set(
            LogEntry.objects.filter(kind=forms.RECOGNITION_KIND, object_id__in=keys)
            .order_by()
            .values_list("object_id", flat=True)
        )
        logged = [key for key in keys if key in known]
        yield forms.RECOGNITION, logged
        yield forms.WITHDRAWAL, logged


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
    waiting = EventObject.objects.filter(
        kind=form.kind,
        object_id__in=keys,
        event__name__in=[name for name, one in _FORM_OF.items() if one.name in alike],
        event__log_step=None,
    ).values_list("object_id", flat=True)
    return {*told, *waiting}


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
    "recognition.revoked": forms.REVOCATION,
    "recognition.restored": forms.RESTORATION,
    "recognition.annulled": forms.ANNULMENT,
}
PROJECTIONS: Mapping[str, Projection] = {
    **{name: _each(form) for name, form in _FORM_OF.items()},
    "demonstration.loaded": _decided,
    "recognition.decision_recorded": _entered,
    "recognition.decision_completed": _entered,
    "recognition.decision_published": _decided,
    "recognition.import_published": _published,
    _LOADED: _completed,
    "recognition.import_undone": _put_back,
    "recognition.issuer_key_announced": _itself(forms.ISSUER_KEY),
    "recognition.status_list_changed": _itself(forms.STATUS_LIST),
}


def names() -> Iterable[str]:
    """The events that the log takes in."""
    return PROJECTIONS.keys()
