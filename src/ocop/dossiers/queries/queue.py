"""Reads of what waits: days left of the step a dossier is in, and whose clock stands still."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.dossiers import calendar, lifecycle
from ocop.dossiers.models import ChangeRequest, ChangeState, Dossier, State, Supplement
from ocop.dossiers.queries import dossiers

CLOCK_STOPS = options.declare(
    "dossiers.clock_stops",
    True,
    noop("Không tính vào thời hạn của cấp xã những ngày chờ chủ thể bổ sung hồ sơ"),
    lambda value: isinstance(value, bool),
)
SOON = 3  # working days


@dataclass(frozen=True, slots=True)
class Clock:
    """The time a step has left. `left`: working days, negative when it passed; None: no limit.

    `stopped_on`: since then the producer owes an answer, in time, and no day counts.
    """

    due_on: date | None
    left: int | None
    stopped_on: date | None = None

    @property
    def overdue(self) -> bool:
        """The deadline passed and the clock runs."""
        return self.left is not None and self.left < 0

    @property
    def presses(self) -> bool:
        """So few days are left that it should be done now."""
        return self.left is not None and 0 <= self.left <= SOON and self.stopped_on is None


def with_waiting(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows that carry `asked_at`, since when the producer owes an answer, and `answer_by`, until
    when; None if nothing is owed."""
    owed = Supplement.objects.filter(dossier=OuterRef("pk"), answered_at=None).order_by("asked_at")
    return with_change(rows).annotate(
        asked_at=Subquery(owed.values("asked_at")[:1]),
        answer_by=Subquery(owed.values("due_on")[:1]),
    )


def with_change(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Rows that carry `change_open`: whether a change to what was filed waits for its answer."""
    asked = ChangeRequest.objects.filter(dossier=OuterRef("pk"), state=ChangeState.ASKED)
    return rows.annotate(change_open=Exists(asked))


def clock_of(dossier: Dossier, today: date, *, stops: bool) -> Clock:
    """The clock of a row of `with_waiting`. `stops` is the setting, read once for a list. It runs
    again after the day of an answer that did not come: no dossier sleeps for ever."""
    if dossier.due_on is None:
        return Clock(None, None)
    asked_at = getattr(dossier, "asked_at", None)
    stopped_on = None
    waits = asked_at is not None and dossier.answer_by >= today  # type: ignore[attr-defined]
    if stops and asked_at is not None and waits and dossier.state == State.AT_COMMUNE:
        stopped_on = timezone.localdate(asked_at)
    left = calendar.days_left(dossier.due_on, today, stopped_on=stopped_on)
    return Clock(dossier.due_on, left, stopped_on)


def waiting_for(actor: Actor, state: State) -> QuerySet[Dossier]:
    """Visible dossiers in a state, the most pressing first."""
    rows = with_waiting(dossiers.for_lists(dossiers.visible_to(actor)).filter(state=state))
    return rows.order_by("due_on", "submitted_at", "pk")


def overdue(today: date) -> QuerySet[Dossier]:
    """Dossiers whose step passed its day and of which nobody was told yet; a stopped clock waits.

    The day the producer's answer was due ends the waiting: from then on the step counts as late.
    """
    rows = Dossier.objects.filter(due_on__lt=today, escalated_at=None).exclude(
        state__in=lifecycle.ENDED
    )
    if CLOCK_STOPS.get():
        rows = rows.exclude(
            Q(state=State.AT_COMMUNE)
            & Q(
                pk__in=Supplement.objects.filter(answered_at=None, due_on__gte=today).values(
                    "dossier"
                )
            )
        )
    return rows.order_by("due_on", "pk")


def due_after_answer(dossier: Dossier, supplement: Supplement, answered_on: date) -> date | None:
    """The commune's deadline once the producer answered: later by the days of waiting."""
    due_on = dossier.due_on
    if due_on is None or dossier.state != State.AT_COMMUNE or not CLOCK_STOPS.get():
        return due_on
    return calendar.resumed(due_on, timezone.localdate(supplement.asked_at), answered_on)
