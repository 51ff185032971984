"""Reads of deadlines: which step of which dossier waits for whom, and until when."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.core.actor import Actor
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Dossier, State, Supplement
from ocop.dossiers.queries import dossiers, queue
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.recognition.models import Recognition
from ocop.recognition.standing import with_standing
from ocop.recognition.validity import WINDOW_CLOSES, WINDOW_OPENS
from ocop.recognition.visibility import published

_ENDED = (State.DECIDED, State.REFUSED, State.WITHDRAWN)


def states_of(*who: str) -> list[str]:
    """The states in which one of these (of `lifecycle`) has to act."""
    return [state for state, situation in lifecycle.SITUATIONS.items() if situation.who in who]


def running(rows: QuerySet[Dossier], on: date) -> QuerySet[Dossier]:
    """Dossiers whose step has a last day and whose clock runs: no answer of the producer is waited
    for, or the day it was due has passed."""
    asked = Supplement.objects.filter(dossier=OuterRef("pk"), answered_at=None, due_on__gte=on)
    return rows.filter(~Exists(asked), due_on__isnull=False).exclude(state__in=_ENDED)


def steps_of(actor: Actor, *, on: date) -> QuerySet[Dossier]:
    """The dossiers whose step waits for the actor, with its last day; nearest first.

    A producer's drafts and returned ones, a commune's to check, an adviser's to examine, all steps
    of the office and its council for the office.
    """
    mine = Q(pk__in=dossiers.own(actor, on=on).values("pk"))
    mine &= Q(state__in=states_of(lifecycle.PRODUCER))
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if held:
        area = Q(commune__in=held) | Q(commune__parent__in=held)
        mine |= area & Q(state__in=states_of(lifecycle.COMMUNE))
    if actor.has(Role.ADVISORY_MEMBER):
        given = Dossier.objects.filter(
            assignments__adviser=actor.user_id, assignments__ended_at=None
        )
        mine |= Q(pk__in=given.values("pk"), state__in=states_of(lifecycle.ADVISERS))
    if people_rules.is_office(actor):
        mine |= Q(state__in=states_of(lifecycle.OFFICE, lifecycle.COUNCIL))
    found = running(dossiers.visible_to(actor, on=on), on).filter(mine)
    return queue.with_change(found).select_related("product__producer").order_by("due_on", "pk")


def supplements_of(actor: Actor, *, on: date) -> QuerySet[Supplement]:
    """What the actor's own producers still have to answer; nearest first."""
    return (
        Supplement.objects.filter(answered_at=None, dossier__in=dossiers.own(actor, on=on))
        .exclude(dossier__state__in=_ENDED)
        .select_related("dossier__product__producer")
        .order_by("due_on", "pk")
    )


def due_between(start: date, end: date) -> QuerySet[Dossier]:
    """Running dossiers whose step ends on one of these days, both included; for reminders."""
    return (
        running(Dossier.objects.filter(due_on__range=(start, end)), start)
        .select_related("product__producer", "commune__parent")
        .order_by("due_on", "pk")
    )


def supplements_between(start: date, end: date) -> QuerySet[Supplement]:
    """Requests for more that are to be answered on one of these days; for reminders."""
    return (
        Supplement.objects.filter(answered_at=None, due_on__range=(start, end))
        .exclude(dossier__state__in=_ENDED)
        .select_related("dossier__product__producer")
        .order_by("due_on", "pk")
    )


def in_window(on: date) -> QuerySet[Recognition]:
    """The ruling stars whose re-evaluation may be filed today, 180 to 120 days before their end,
    and for which no dossier is filed: one that is only written still has to come in by the last
    day. One that came in within the window and was returned is late no more (`filed_on`): it is
    mended, not filed for the first time. Producers and products that stopped are left out."""
    ends = (on + timedelta(days=WINDOW_CLOSES), on + timedelta(days=WINDOW_OPENS))
    filed = Dossier.objects.filter(product=OuterRef("product")).exclude(
        state__in=(*_ENDED, *lifecycle.WRITABLE)
    )
    waiting = Q(expires_on__range=ends) & (Q(filed_on=None) | Q(filed_on__gt=on))
    rows = with_standing(Recognition.objects.filter(published(), waiting), on)
    return (
        rows.filter(~Exists(filed), rules=True, product__producer__stopped_on=None)
        .exclude(product__state="stopped")
        .select_related("product__producer__commune__parent", "commune__parent")
        .order_by("expires_on", "pk")
    )


def windows_of(actor: Actor, *, on: date) -> QuerySet[Recognition]:
    """The windows that are open now for products of the actor's own producers."""
    return in_window(on).filter(product__producer__in=producers.own(actor, on=on).values("pk"))
