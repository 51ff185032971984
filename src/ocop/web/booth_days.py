"""What a booth sold on a day: the form of its people and of who runs the event. It is filled at the
booth, without a network if need be."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_date
from ocop.promotion.days import calendar, queries
from ocop.promotion.days.models import BoothDay
from ocop.promotion.days.services.telling import (
    MOST_CONTACTS,
    MOST_DONG,
    Sold,
    report_booth_day,
)
from ocop.promotion.models import EventApplication
from ocop.web import offline
from ocop.web.forms import WholeField, act
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.requests import SignedInRequest

Find = Callable[[SignedInRequest, str], EventApplication]


class BoothDayForm(forms.Form):
    """Money sold and ordered, contacts made."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    sold = WholeField(
        label=gettext_lazy("Bán tại gian (đồng)"), min_value=0, max_value=MOST_DONG,
        help_text=gettext_lazy("Không bán được thì ghi 0."),
    )  # fmt: skip
    ordered = WholeField(
        label=gettext_lazy("Giá trị đơn đặt hàng (đồng)"), min_value=0, max_value=MOST_DONG,
        required=False,
        help_text=gettext_lazy("Hàng khách đặt, giao sau. Hợp đồng, biên bản ghi nhớ ghi riêng."),
    )  # fmt: skip
    contacts = WholeField(
        label=gettext_lazy("Số mối liên hệ mới"), min_value=0, max_value=MOST_CONTACTS,
        required=False,
        help_text=gettext_lazy("Người mua, đại lý để lại cách liên hệ."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=500, required=False)

    def told(self) -> Sold:
        """What the service takes."""
        given = self.cleaned_data
        return Sold(given["sold"], given["ordered"] or 0, given["contacts"] or 0, given["note"])


def page(
    request: SignedInRequest, row: EventApplication, number: int, *, send: str, worker: str,
    back: str, template: str,
) -> HttpResponse:  # fmt: skip
    """The form of a day; it works without a script and, with one, without a network."""
    day = day_or_404(row, number)
    before = row.booth_days.filter(day=day).first()
    form = BoothDayForm(posted(request), initial=_known(before))
    if sent(request, form) and _kept(request, row, day, form):
        messages.success(request, _("Đã ghi bán hàng ngày %s.") % write_date(day))
        return redirect(back)
    context = {
        "row": row,
        "event": row.event,
        "day": day,
        "before": before,
        "open": day in queries.tellable_by(row, timezone.localdate()),
        "form": form,
        "kept_title": f"{row.producer.name} {write_date(day)}",
        "send_address": send,
        "worker_address": worker,
        "back": back,
        "words": offline.kept_words(),
    }
    return render(request, template, context)


def send(request: SignedInRequest, find: Find, code: str, number: int) -> JsonResponse:
    """What a phone kept, sent by itself."""
    try:
        row = find(request, code)
    except Http404:
        words = _("Bạn không ghi được cho gian này. Hãy báo Văn phòng Điều phối.")
        return JsonResponse({"message": words}, status=404)
    day = day_or_404(row, number)
    form = BoothDayForm(request.POST)
    return offline.answered(
        form,
        lambda: report_booth_day(
            actor=request.actor,
            application=row,
            day=day,
            told=form.told(),
            client_id=form.cleaned_data["client_id"],
            at=timezone.now(),
        ),
        {"day": day.isoformat()},
    )


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form without a network."""
    return offline.worker(
        request, kept=offline.SALES, pages=r"\/su-kien\/ho-so\/[0-9a-z]+\/ngay\/[0-9]+\/$"
    )


def day_or_404(row: EventApplication, number: int) -> date:
    """The day of this number of an event."""
    day = calendar.day_of(row.event.starts_on, row.event.ends_on, number)
    if day is None:
        raise Http404
    return day


def numbered(row: EventApplication, on: date) -> list[tuple[int, date, BoothDay | None]]:
    """The days that may be told of, each with its number and what was told."""
    there = {each.day: each for each in row.booth_days.all()}
    first = row.event.starts_on
    return [
        ((day - first).days + 1, day, there.get(day)) for day in queries.tellable_by(row, on)
    ]  # fmt: skip


def _kept(request: SignedInRequest, row: EventApplication, day: date, form: BoothDayForm) -> Any:
    return act(
        form,
        report_booth_day,
        actor=request.actor,
        application=row,
        day=day,
        told=form.told(),
        client_id=form.cleaned_data["client_id"],
        at=timezone.now(),
    )


def _known(before: BoothDay | None) -> dict[str, Any]:
    known: dict[str, Any] = {"client_id": uuid.uuid4()}
    if before:
        known |= {name: getattr(before, name) for name in ("sold", "ordered", "contacts", "note")}
    return known
