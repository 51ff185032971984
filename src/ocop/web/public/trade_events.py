"""Trade events for everybody: what is coming, one event with who takes part, calendars, poster."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from ocop.filters.promotion import PublicEventFilter
from ocop.programme import ical, trade_events
from ocop.promotion import lifecycle, papers, queries
from ocop.promotion.days import queries as days
from ocop.promotion.models import EventApplication, EventKind, EventState, TradeEvent
from ocop.web.booth_plan import picture
from ocop.web.public.linked_data import CONTEXT
from ocop.web.requests import Request
from ocop.web.tables import chips

PAGE, CALENDAR = 24, 200
_TOLD = (lifecycle.PUBLISHED, lifecycle.HELD)


def event_list(request: Request) -> HttpResponse:
    """Events that are coming or go on, then those that are over."""
    filters = PublicEventFilter(request.GET, queryset=queries.known_events(), public=True)
    today = timezone.localdate()
    coming = filters.qs.filter(ends_on__gte=today).order_by("starts_on", "pk")
    past = Paginator(filters.qs.filter(ends_on__lt=today).order_by("-starts_on", "-pk"), PAGE)
    page = past.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "coming": coming[:PAGE] if page.number == 1 else [],
        "page": page,
        "total": coming.count() + past.count,
    }
    return render(request, "public/trade_events.html", context)


def event(request: Request, code: str) -> HttpResponse:
    """One event; once the result is told, with who takes part, where, with which offers."""
    found = _known(code)
    rows = list(_participants(found)) if found.state in _TOLD else []
    holders = {
        row.assignment.booth.label: row.producer.name for row in rows if hasattr(row, "assignment")
    }
    context = {
        "event": found,
        "rows": rows,
        "plan": picture(
            found.hall_width, found.hall_depth, queries.spots_of(found) if holders else [], holders
        ),
        "offers": found.kind == EventKind.GOODS_WEEK,
        "takes": days.gives_tickets(found, timezone.localdate()),
        "linked_data": _linked(request, found),
    }
    return render(request, "public/trade_event.html", context)


@cache_control(max_age=3_600, public=True)
def calendar(_request: Request, code: str) -> HttpResponse:
    """One event as iCalendar."""
    found = _known(code)
    return _calendar([found], found.name, f"su-kien-{found.code}")


@cache_control(max_age=3_600, public=True)
def calendars(_request: Request) -> HttpResponse:
    """All events of now and later, for calendars that subscribe."""
    rows = queries.known_events().filter(ends_on__gte=timezone.localdate()).order_by("starts_on")
    return _calendar(rows[:CALENDAR], _("Sự kiện OCOP"), "su-kien-ocop")


def poster(_request: Request, code: str) -> HttpResponse:
    """The poster, to be hung up anywhere; of an event called off there is none any more."""
    found = get_object_or_404(queries.known_events().exclude(state=EventState.CANCELLED), code=code)
    answer = HttpResponse(papers.poster(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ap-phich-{code}.pdf"'
    return answer


def _calendar(rows: Iterable[TradeEvent], name: str, file: str) -> HttpResponse:
    told = trade_events.of_events(rows, _link)
    body = ical.calendar(told, name=name, base=settings.BASE_URL, at=timezone.now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return answer


def _link(found: TradeEvent) -> str:
    return reverse("trade_event", args=[found.code])


def _known(code: str) -> TradeEvent:
    return get_object_or_404(queries.known_events(), code=code)


def _participants(found: TradeEvent) -> Iterable[EventApplication]:
    rows = queries.participants(found).prefetch_related("goods__product")
    return rows.order_by("assignment__booth__label", "producer__folded", "pk")


def _linked(request: Request, found: TradeEvent) -> dict[str, Any]:
    """The event for search engines."""
    gone = found.state == EventState.CANCELLED
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": request.build_absolute_uri(reverse("trade_event", args=[found.code])),
        "name": found.name,
        "startDate": found.starts_on.isoformat(),
        "endDate": found.ends_on.isoformat(),
        "eventStatus": f"{CONTEXT}/{'EventCancelled' if gone else 'EventScheduled'}",
        "location": {"@type": "Place", "name": found.place, "address": found.place},
    }
