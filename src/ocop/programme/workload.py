"""The council's work to come: what `forecast` reckons, beside the sittings that are planned."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.councils.models import Sitting, SittingState
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Dossier
from ocop.programme.forecast import Filed, Month, forecast
from ocop.recognition.ending import Ending, ending
from ocop.recognition.horizon import horizon, months
from ocop.recognition.models import Kind
from ocop.recognition.validity import WINDOW_CLOSES, WINDOW_OPENS, State

CAPACITY = options.declare(
    "programme.sitting_capacity",
    30,
    N_("Số sản phẩm hội đồng xem xét được trong một phiên, để dự báo khối lượng"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 1000,
)
#: A dossier for the star that a product has.
AGAIN = (Kind.REEVALUATION, Kind.UPGRADE)
NOT_FILED = (lifecycle.DRAFT, lifecycle.RETURNED)


@dataclass(frozen=True, slots=True)
class Ahead:
    """One month: what is expected, how many sittings it takes, and how many are planned."""

    month: Month
    sittings: int
    planned: int

    @property
    def missing(self) -> int:
        return max(self.sittings - self.planned, 0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The months to come. `waiting` dossiers were filed and not yet decided upon; `late` stars
    missed their window and stand in no month."""

    on: date
    capacity: int
    months: list[Ahead]
    waiting: int
    late: int


def open_again(province: str) -> list[Filed]:
    """The dossiers for a re-evaluation or an upgrade that were filed and wait for a decision; one
    that came in within the window is filed, also while its producer mends it."""
    rows = Dossier.objects.filter(
        province=province, kind__in=AGAIN, previous__isnull=False, submitted_at__isnull=False
    ).exclude(state__in=lifecycle.ENDED)
    rows = rows.exclude(state__in=NOT_FILED, previous__filed_on=None)
    columns = ("previous__expires_on", "received_at", "submitted_at")
    return [
        Filed(expires_on, timezone.localdate(received or submitted))
        for expires_on, received, submitted in rows.values_list(*columns)
        if expires_on is not None
    ]


def outlook(actor: Actor, *, on: date, province: str) -> Outlook:
    """What the council must expect within twelve months, as far as the actor may see the stars."""
    ahead = horizon(on)
    assert ahead.end is not None
    first, last = on + timedelta(days=WINDOW_CLOSES), ahead.end + timedelta(days=WINDOW_OPENS)
    rows = ending(actor, on, Ending(province=province, start=first, end=last))
    counted = rows.order_by().values_list("expires_on").annotate(n=Count("pk"))
    filed = open_again(province)
    late = ending(actor, on, Ending(province=province, start=on, state=State.WINDOW_MISSED))
    capacity = CAPACITY.get()
    planned = _planned(on, ahead.end)
    return Outlook(
        on=on,
        capacity=capacity,
        months=[
            Ahead(month, month.sittings(capacity), planned[month.days.start.replace(day=1)])
            for month in forecast(dict(counted), filed, on=on, months=months(ahead))
        ],
        waiting=len(filed),
        late=late.count(),
    )


def _planned(first: date, end: date) -> Counter[date]:
    """The sittings that are planned, by the first day of their month."""
    start, stop = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, end))
    waiting = (SittingState.PLANNED, SittingState.OPEN)
    rows = Sitting.objects.filter(state__in=waiting, starts_at__gte=start, starts_at__lt=stop)
    return Counter(
        timezone.localdate(at).replace(day=1) for at in rows.values_list("starts_at", flat=True)
    )
