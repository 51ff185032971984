"""What booths sold, day by day, in the office; and told for a booth by who runs the event."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.filters.event_days import BoothDayFilter
from ocop.promotion import lifecycle, rules
from ocop.promotion.days import calendar, effect, queries
from ocop.promotion.days.rules import may_serve_booth
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.web import booth_days
from ocop.web.office.guard import office
from ocop.web.office.promotion.day_tables import BoothDayTable, millions
from ocop.web.office.promotion.pages import application_or_404, event_or_404, part
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

_MOST_UNTOLD, _MOST_DAYS = 30, 10


@office
def sales_list(request: SignedInRequest, code: str) -> HttpResponseBase:
    """What booths of an event told, as far as the actor may know it."""
    found, today = event_or_404(request.actor, code), timezone.localdate()
    rows = queries.booth_days_visible_to(request.actor).filter(application__event=found)
    filters = BoothDayFilter(request.GET, queryset=rows)
    told = found.state in (lifecycle.PUBLISHED, lifecycle.HELD)
    days = calendar.tellable(found.starts_on, found.ends_on, today) if told else []
    sees_all = rules.may_see_all(request.actor)
    sums = effect.sums(queries.told_of(found)) if sees_all else None
    return listing(
        request,
        table=BoothDayTable(filters.qs, order_by="-day"),
        filters=filters,
        title=_("Bán hàng: %s") % found.name,
        template="office/promotion/sales.html",
        context={
            **part(request.actor, found, "event_sales"),
            "sums": sums,
            "millions": millions(sums) if sums else None,
            "untold": _untold(found, days) if sees_all else (),
            "may_tell": rules.may_organise(request.actor),
            "empty_text": _("Gian hàng ghi số bán mỗi ngày trên điện thoại, trong trang Sự kiện."),
        },
    )


@office
def day(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The form of a booth and day."""
    row = _served(request, code)
    where = [code, number]
    return booth_days.page(
        request, row, number,
        send=reverse("office:event_booth_day_send", args=where),
        worker=reverse("office:event_booth_day_worker"),
        back=reverse("office:event_sales", args=[row.event.code]),
        template="office/promotion/booth_day.html",
    )  # fmt: skip


@office
@require_POST
def send(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """What a phone kept, sent by itself."""
    return booth_days.send(request, _served, code, number)


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form without a network."""
    return booth_days.worker(request)


def _untold(found: TradeEvent, days: Sequence[date]) -> list[dict[str, Any]]:
    """Who told nothing of each day, the latest first: some of them, and how many more."""
    told = []
    for number, day in reversed(list(enumerate(days, 1))):
        rows = list(queries.untold(found, day))
        if rows:
            more = max(0, len(rows) - _MOST_UNTOLD)
            shown = rows[:_MOST_UNTOLD]
            told.append(
                {"day": day, "number": number, "rows": shown, "count": len(rows), "more": more}
            )
    return told[:_MOST_DAYS]


def _served(request: SignedInRequest, code: str) -> EventApplication:
    row = application_or_404(request.actor, code)
    require(request.actor, may_serve_booth, row, timezone.localdate())
    return row
