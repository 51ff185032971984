"""Tickets of an event and who came, day by day, in the office."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.numbers import write_date
from ocop.filters.event_days import EventEntryFilter, EventTicketFilter
from ocop.promotion import lifecycle, rules
from ocop.promotion.days import calendar, papers, queries
from ocop.promotion.days.models import TicketKind
from ocop.promotion.days.rules import may_void
from ocop.promotion.days.services import entering, telling, tickets
from ocop.promotion.models import TradeEvent
from ocop.web.forms import WholeField
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion.day_tables import EventEntryTable, EventTicketTable
from ocop.web.office.promotion.pages import event_or_404, form_page, organised_event, part
from ocop.web.papers.answers import sent as file_sent
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

_ISSUED = tuple(choice for choice in TicketKind.choices if choice[0] != TicketKind.EXHIBITOR)
_OPEN = (lifecycle.CALLING, lifecycle.SELECTING, lifecycle.PUBLISHED)
_TOLD = (lifecycle.PUBLISHED, lifecycle.HELD)


class IssueForm(django_forms.Form):
    """Tickets for guests or visitors."""

    kind = django_forms.ChoiceField(label=gettext_lazy("Loại vé"), choices=_ISSUED)
    count = WholeField(
        label=gettext_lazy("Số vé"), min_value=1, max_value=tickets.MOST_AT_ONCE, initial=100
    )
    holder = django_forms.CharField(
        label=gettext_lazy("Ghi trên vé"), max_length=120, required=False,
        help_text=gettext_lazy("Ví dụ tên đơn vị được mời. Không ghi họ tên người."),
    )  # fmt: skip


class CountForm(django_forms.Form):
    """Visitors without a ticket."""

    counted = WholeField(
        label=gettext_lazy("Số khách không có vé"), min_value=0, max_value=telling.MOST_VISITORS
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """Who came on each day, and what tickets there are."""
    found, today = event_or_404(request.actor, code), timezone.localdate()
    require(request.actor, rules.may_see_all)
    organises, told = rules.may_organise(request.actor), found.state in _TOLD
    tellable = calendar.tellable(found.starts_on, found.ends_on, today) if told else []
    came = queries.came(found)
    context = {
        **part(request.actor, found, "event_gates"),
        "may_issue": organises and found.state in _OPEN,
        "days": [
            (number, each, organises and told and each.day == today,
             organises and each.day in tellable)
            for number, each in enumerate(came, 1)
        ],
        "visitors": sum(each.visitors for each in came),
        "issued": found.tickets.filter(void_at=None).count(),
        "named": found.tickets.filter(void_at=None, kind=TicketKind.EXHIBITOR).count(),
        "taken": found.tickets.filter(void_at=None, self_taken=True).count(),
        "gates": queries.gates_on(found, today),
        "batches": [
            (number, TicketKind(kind).label, holder, count, void)
            for number, kind, holder, count, void in queries.batches_of(found)
        ],
    }  # fmt: skip
    return render(request, "office/promotion/gates.html", context)


@office
def ticket_list(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Tickets of an event, as far as the actor may know them."""
    found = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    rows = queries.tickets_visible_to(request.actor).filter(event=found)
    filters = EventTicketFilter(request.GET, queryset=queries.with_days_entered(rows))
    organises = rules.may_organise(request.actor) and found.state in _OPEN
    return listing(
        request,
        table=EventTicketTable(filters.qs, may_void=organises, order_by="issued_at"),
        filters=filters,
        title=_("Vé: %s") % found.name,
        template="office/promotion/tickets.html",
        context={"event": found, "empty_text": _("Chưa phát vé nào.")},
    )


@office
def entry_list(request: SignedInRequest, code: str) -> HttpResponseBase:
    """What let tickets in, where an entry made by mistake is taken back."""
    found = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    rows = queries.entries_visible_to(request.actor).filter(ticket__event=found)
    filters = EventEntryFilter(request.GET, queryset=rows)
    may_undo = rules.may_organise(request.actor) and found.state in _TOLD
    return listing(
        request,
        table=EventEntryTable(
            filters.qs, may_undo=may_undo, first=found.starts_on, order_by="-at"
        ),
        filters=filters,
        title=_("Lượt vào cửa: %s") % found.name,
        template="office/promotion/tickets.html",
        context={"event": found, "empty_text": _("Chưa có vé nào vào cửa.")},
    )  # fmt: skip


@office
def undo(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Take back that a ticket entered on a day."""
    require(request.actor, rules.may_organise)
    ticket = get_object_or_404(queries.tickets_visible_to(request.actor), code=code)
    event, form = ticket.event, ReasonForm(request.POST or None)
    day = calendar.day_of(event.starts_on, event.ends_on, number)
    if day is None:
        raise Http404
    back = reverse("office:event_entries", args=[event.code])
    if sent(request, form) and act_on(
        request, form, entering.undo_check_in, ticket=ticket, day=day, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ lượt vào."))
        return redirect(back)
    text = _(
        "Lượt vào ngày %s không tính nữa, máy gửi lại cũng không tính; vé quét sau đó vào như mới."
    )
    title = _("Bỏ lượt vào của vé %s") % papers.ticket_text(code)
    return form_page(
        request, form, title, back, event=event, text=text % write_date(day),
        action=_("Bỏ lượt vào"), tone="danger",
    )  # fmt: skip


@office
def issue(request: SignedInRequest, code: str) -> HttpResponse:
    """Make tickets to be printed."""
    found = organised_event(request.actor, code)
    form = IssueForm(request.POST or None)
    if sent(request, form) and (
        made := act_on(request, form, tickets.issue_tickets, event=found, **form.cleaned_data)
    ):
        messages.success(request, _("Đã phát %d vé. Tải tệp PDF của lô để in.") % len(made))
        return redirect(_back(found))
    text = _("Vé dùng được mọi ngày của sự kiện; mỗi ngày vào một lần. In ra, cắt rời rồi phát.")
    return form_page(
        request, form, _("Phát vé: %s") % found.name, _back(found), event=found, text=text,
        action=_("Phát vé"),
    )  # fmt: skip


@office
def batch(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The tickets of a batch to print; number 0: those of the people of booths."""
    found = organised_event(request.actor, code)
    rows = found.tickets.filter(batch=number, void_at=None)
    told = list(rows.select_related("application__producer", "application__assignment__booth"))
    if not told or len(told) > 5 * tickets.MOST_AT_ONCE:
        raise Http404
    content = papers.tickets_pdf(found, told)
    return file_sent(content, "application/pdf", f"ve-{code}-{number}.pdf", shown=True)


@office
def void(request: SignedInRequest, code: str) -> HttpResponse:
    """Make a ticket good for nothing."""
    require(request.actor, rules.may_open_lists)
    ticket = get_object_or_404(queries.tickets_visible_to(request.actor), code=code)
    require(request.actor, may_void, ticket, timezone.localdate())
    event, form = ticket.event, ReasonForm(request.POST or None)
    back = reverse("office:event_tickets", args=[event.code])
    if ticket.application and not rules.may_see_all(request.actor):  # of one booth, not of all
        back = reverse("office:event_application", args=[ticket.application.code])
    if sent(request, form) and act_on(
        request, form, tickets.void_ticket, ticket=ticket, **form.cleaned_data
    ):
        messages.success(request, _("Đã hủy vé."))
        return redirect(back)
    text = _("Từ lúc này vé không vào cửa được; lượt đã vào giữ nguyên.")
    return form_page(
        request, form, _("Hủy vé %s") % papers.ticket_text(code), back, event=event, text=text,
        action=_("Hủy vé"), tone="danger",
    )  # fmt: skip


@office
def count(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Tell how many came without a ticket on a day."""
    found = organised_event(request.actor, code)
    day = calendar.day_of(found.starts_on, found.ends_on, number)
    if day is None:
        raise Http404
    before: Any = found.days.filter(day=day).first()
    form = CountForm(
        request.POST or None, initial={"counted": before.counted} if before else None
    )  # fmt: skip
    if sent(request, form) and act_on(
        request, form, telling.count_visitors, event=found, day=day, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi số khách ngày %s.") % write_date(day))
        return redirect(_back(found))
    text = _("Số đếm bằng tay hoặc bằng máy đếm ở cửa, không kể người vào bằng vé.")
    return form_page(
        request, form, _("Khách ngày %s") % write_date(day), _back(found), event=found, text=text
    )


def _back(found: TradeEvent) -> str:
    return reverse("office:event_gates", args=[found.code])
