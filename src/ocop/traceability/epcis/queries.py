"""Reads of events: those an actor may see, those a question asks for, and how they are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.traceability import goods, queries
from ocop.traceability.epcis import identifiers, questions
from ocop.traceability.epcis.documents import Json
from ocop.traceability.epcis.questions import Compared, Question, TooLarge
from ocop.traceability.epcis.validation import moment
from ocop.traceability.models import CaptureJob, EventThing, ThingRole, TraceEvent

#: Lists that may be asked for by their name (EPCIS 2.0, 12.2.1), and the column of each.
RESOURCES = {
    "eventTypes": "type",
    "bizSteps": "biz_step",
    "bizLocations": "biz_location",
    "readPoints": "read_point",
    "dispositions": "disposition",
}
_OPERATORS = {"GT": "gt", "GE": "gte", "LT": "lt", "LE": "lte"}
_EPCS = (
    ThingRole.EPC,
    ThingRole.CLASS,
    ThingRole.PARENT,
    ThingRole.CHILD,
    ThingRole.CHILD_CLASS,
    ThingRole.INPUT,
    ThingRole.INPUT_CLASS,
    ThingRole.OUTPUT,
    ThingRole.OUTPUT_CLASS,
)
_AMOUNTS = (
    ThingRole.CLASS,
    ThingRole.CHILD_CLASS,
    ThingRole.INPUT_CLASS,
    ThingRole.OUTPUT_CLASS,
)


@dataclass(frozen=True, slots=True)
class Page:
    """Events of one page, and the mark from which the next begins; "": there is none."""

    events: list[Json]
    token: str


def jobs_visible_to(actor: Actor) -> QuerySet[CaptureJob]:
    """One's own; whoever sees the events of everybody sees the jobs of everybody."""
    rows = CaptureJob.objects.order_by("-created_at", "-pk")
    if queries.sees_all(actor):
        return rows
    return rows.filter(asked_by=actor.user_id) if actor.user_id is not None else rows.none()


def page(rows: QuerySet[TraceEvent], question: Question) -> Page:
    """The events that a question asks for among rows. TooLarge: more than it wants at most."""
    found = matching(rows, question)
    if question.at_most is not None and found[: question.at_most + 1].count() > question.at_most:
        raise TooLarge("too_many", _("Kết quả nhiều hơn maxEventCount. Hãy thu hẹp truy vấn."))
    ordered = _ordered(found, question)
    if question.limit is not None:
        # What is asked for at all ends somewhere, however many pages it takes to get there.
        ordered = ordered.filter(pk__in=list(_first(found, question)))
    some = list(ordered[: question.per_page + 1])
    last = some[question.per_page - 1] if len(some) > question.per_page else None
    return Page(
        [told(row) for row in some[: question.per_page]],
        questions.token(_place(last, question), last.pk) if last is not None else "",
    )


def matching(rows: QuerySet[TraceEvent], question: Question) -> QuerySet[TraceEvent]:
    """The rows that a question leaves."""
    for column, values in question.columns.items():
        rows = rows.filter(**{f"{column}__in": values})
    for column, values in question.places.items():
        rows = rows.filter(_inside(column, values))
    rows = rows.filter(_within(question))
    for roles, values, begins in question.things:
        rows = rows.filter(_named(roles, goods.forms_of(values), begins))
    for operator, amount in question.quantities:
        held = {f"quantity__{_OPERATORS.get(operator, 'exact')}": amount}
        things = EventThing.objects.filter(event=OuterRef("pk"), role__in=_AMOUNTS, **held)
        rows = rows.filter(Exists(things))
    if question.transformations:
        ends = Q()
        for each in question.transformations:
            ends |= Q(value__endswith=f" {each}")
        named = EventThing.objects.filter(ends, role=ThingRole.TRANSFORM)
        rows = rows.filter(pk__in=named.values("event"))
    rows = _of_errors(rows, question)
    for compared in question.compared:
        rows = _compared(rows, compared)
    return rows


def told(row: TraceEvent) -> Json:
    """An event as it was captured, with its id and when it was recorded."""
    return {**row.body, "recordTime": _written(row.record_time)}


def values_of(rows: QuerySet[TraceEvent], resource: str, after: str, most: int) -> list[str]:
    """Values that events have for one of the lists, in order, after one."""
    if resource == "epcs":
        things = EventThing.objects.filter(event__in=rows, role__in=_EPCS, value__gt=after)
        return list(things.order_by("value").values_list("value", flat=True).distinct()[:most])
    column = RESOURCES[resource]
    found = rows.filter(**{f"{column}__gt": after}).order_by(column)
    return list(found.values_list(column, flat=True).distinct()[:most])


def with_value(rows: QuerySet[TraceEvent], resource: str, value: str) -> QuerySet[TraceEvent]:
    """The events that have a value for one of the lists."""
    if resource == "epcs":
        return rows.filter(_named([str(r) for r in _EPCS], goods.forms_of([value])))
    column = RESOURCES[resource]
    return rows.filter(**{column: questions.one_form(column, value)})


def _named(roles: Sequence[str], values: Iterable[str], begins: Iterable[str] = ()) -> Q:
    named = Q(value__in=list(values))
    for start in begins:
        named |= Q(value__startswith=start)
    things = EventThing.objects.filter(named, role__in=list(roles))
    return Q(pk__in=things.values("event"))


def _inside(column: str, values: Sequence[str]) -> Q:
    """At a place or in a part of it. What is part of what is told by the keys of GS1: a GLN with an
    extension is a part of the place with that GLN (EPCIS 2.0, 6.5 leaves it to master data)."""
    found = Q(**{f"{column}__in": values})
    for value in values:
        if parts := identifiers.parts_of(value):
            found |= Q(**{f"{column}__startswith": parts})
    return found


def _within(question: Question) -> Q:
    found = Q()
    for column in ("event_time", "record_time"):
        if column in question.since:
            found &= Q(**{f"{column}__gte": question.since[column]})
        if column in question.before:
            found &= Q(**{f"{column}__lt": question.before[column]})
    return found


def _of_errors(rows: QuerySet[TraceEvent], question: Question) -> QuerySet[TraceEvent]:
    """Declarations of error, by what they say."""
    since, before = question.since.get("declared"), question.before.get("declared")
    if not (question.declared or question.reasons or question.corrections or since or before):
        return rows
    rows = rows.filter(declares__isnull=False)
    if since:
        rows = rows.filter(declared_wrong_at__gte=since)
    if before:
        rows = rows.filter(declared_wrong_at__lt=before)
    declaration = KeyTransform("errorDeclaration", "body")
    if question.reasons:
        written = [
            text
            for word in question.reasons
            for text in (word, f"urn:epcglobal:cbv:er:{word}", f"https://ref.gs1.org/cbv/ER-{word}")
        ]
        rows = rows.alias(_reason=_text("reason", declaration)).filter(_reason__in=written)
    if question.corrections:
        keys = [
            row.pk
            for row in rows
            if set(row.body["errorDeclaration"].get("correctiveEventIDs", ()))
            & set(question.corrections)
        ]
        rows = rows.filter(pk__in=keys)
    return rows


def _compared(rows: QuerySet[TraceEvent], asked: Compared) -> QuerySet[TraceEvent]:
    """Rows whose field of master data or extension is as it is asked for. Numbers are held against
    numbers, everything else against texts."""
    field: Any = F("body")
    for key in asked.path[:-1]:
        field = KeyTransform(key, field)
    name = f"_{asked.operator}_{len(rows.query.annotations)}"
    if asked.operator == "EXISTS":
        return rows.alias(**{name: KeyTransform(asked.path[-1], field)}).filter(
            **{f"{name}__isnull": False}
        )
    as_number = KeyTransform(asked.path[-1], field)
    as_text = _text(asked.path[-1], field)
    rows = rows.alias(**{name: as_number, f"{name}_text": as_text})
    found = Q()
    lookup = _OPERATORS.get(asked.operator, "exact")
    for text in asked.values:
        found |= Q(**{f"{name}_text__{lookup}": text})
        number = questions.number(text)
        if number is not None and asked.operator != "EQ":
            found = Q(**{f"{name}__{lookup}": float(number)})
        elif number is not None:
            found |= Q(**{name: float(number)})
    return rows.filter(found)


def _text(key: str, field: Any) -> Cast:
    """A value of JSON as a text; without the cast SQLite would read the other side as JSON."""
    return Cast(KeyTextTransform(key, field), TextField())


def _ordered(rows: QuerySet[TraceEvent], question: Question) -> QuerySet[TraceEvent]:
    down = question.descending and bool(question.order)
    sign, beyond = ("-", "lt") if down else ("", "gt")
    columns = [f"{sign}{question.order}"] if question.order else []
    rows = rows.order_by(*columns, f"{sign}pk")
    if question.after is None:
        return rows
    value, key = question.after
    if not question.order:
        return rows.filter(pk__gt=key)
    at = moment(value)
    same = Q(**{question.order: at, f"pk__{beyond}": key})
    return rows.filter(Q(**{f"{question.order}__{beyond}": at}) | same)


def _first(rows: QuerySet[TraceEvent], question: Question) -> QuerySet[TraceEvent, Any]:
    down = question.descending and bool(question.order)
    columns = [question.order, "pk"] if question.order else ["pk"]
    ordered = rows.order_by(*(f"-{each}" if down else each for each in columns))
    return ordered.values_list("pk", flat=True)[: question.limit]


def _place(row: TraceEvent, question: Question) -> str:
    return _written(getattr(row, question.order)) if question.order else ""


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
