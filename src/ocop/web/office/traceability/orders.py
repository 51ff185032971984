"""Orders of stamps in the office: the list, one of them, its steps, and looking a stamp up."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.filters.stamps import StampOrderFilter
from ocop.traceability import lifecycle, queries, rules, stamp_keys, stamp_lists, stamp_queries
from ocop.traceability.models import StampOrder
from ocop.traceability.scans import queries as scans
from ocop.traceability.serials import Stamp
from ocop.traceability.services.exceptions import lift_exception
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.traceability import signal_looks, stamp_looks, stamp_steps, stamp_tables
from ocop.web.office.traceability.stamp_forms import CheckForm
from ocop.web.office.traceability.stamp_pages import frame, listed
from ocop.web.requests import SignedInRequest

_SIGNALS = 10  # about one stamp, shown


@office
def order_list(request: SignedInRequest) -> HttpResponseBase:
    """Orders of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = stamp_queries.for_lists(queries.orders_visible_to(request.actor))
    filters = StampOrderFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:stamp_orders",
        _("Đơn đặt tem"),
        stamp_tables.OrderTable(filters.qs, order_by="-requested_at"),
        filters,
        lead=_("Mỗi đơn là một dải số tem của một quy cách, có sao OCOP hay chưa."),
        empty_text=_("Đơn xuất hiện ở đây khi chủ thể đặt tem cho một quy cách."),
    )


@office
def order_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One order: where its stamps are, what was said of some, its files, its activity."""
    found = _found(request.actor, code)
    back = reverse("office:stamp_order", args=[code])
    manages = rules.may_manage_stamps(request.actor)
    context = {
        **stamp_looks.reading(found),
        "steps": stamp_steps.steps_for(request.actor, found, stamp_steps.OFFICE, back),
        "manages": manages,
        "may_print": manages and stamp_steps.is_possible(found, stamp_steps.CONFIRM),
        "prints": [
            (made, stamp_looks.print_tag(made))
            for made in stamp_queries.prints_visible_to(request.actor).filter(order=found)[:50]
        ],
        "address": stamp_queries.address_of(found.item),
        "allowed": stamp_queries.allowance_of(found.item.product.producer, found.year),
        "lifts": [
            kind for kind in lifecycle.EXCEPTIONS if rules.may_lift_exception(request.actor, kind)
        ],
        "log": stamp_looks.in_log(found),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
    }
    return render(request, "office/stamps/order.html", context)


@office
def order_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """A step of an order."""
    return stamp_steps.step_page(
        request,
        _found(request.actor, code),
        stamp_steps.OFFICE,
        step,
        back=reverse("office:stamp_order", args=[code]),
        template="office/stamps/step.html",
    )


@office
def lift(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say that what was said of some stamps does not hold."""
    order = _found(request.actor, code)
    row = get_object_or_404(order.exceptions.filter(lifted_at=None), pk=pk)
    require(request.actor, rules.may_lift_exception, row.kind)
    back = reverse("office:stamp_order", args=[code])
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, lift_exception, exception=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã gỡ."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Gỡ: %s") % row.get_kind_display(),
        "text": _("Trang của %d tem này trở lại như trước. Điều đã ghi vẫn còn trong lịch sử.")
        % row.count,
        "order": order,
        "back": back,
    }
    return render(request, "office/stamps/step.html", context)


@office
def check(request: SignedInRequest) -> HttpResponse:
    """What a stamp is, for who holds one or is asked about one. Not counted as a scan."""
    require(request.actor, rules.may_open_lists)
    form = CheckForm(request.GET if "serial" in request.GET else None)
    context = frame(request, "office:stamp_check") | {"form": form, "title": _("Tra một con tem")}
    if form.is_valid():
        context |= _looked_up(request.actor, form.cleaned_data["serial"])
    return render(request, "office/stamps/check.html", context)


def _looked_up(actor: Actor, text: str) -> dict[str, object]:
    """What is known of a serial: nothing where no key made it, or it was never given out."""
    serial = stamp_lists.serial_in(text).upper()
    stamp = stamp_keys.reader().read(serial)
    order = stamp_queries.order_of(stamp.version, stamp.number) if stamp else None
    if stamp is None or order is None:
        return {"asked": True, "serial": serial[:40], "made": stamp is not None}
    standing = stamp_queries.standing_in_order(order, stamp.number)
    lot = standing.range.lot if standing.range else None
    return {
        "asked": True,
        "made": True,
        "serial": stamp_lists.grouped(serial),
        "order": order,
        "sees_order": queries.orders_visible_to(actor).filter(pk=order.pk).exists(),
        "place": stamp.number - stamp_queries.span_of(order).first + 1,
        "tags": stamp_looks.standing_tags(standing),
        "lot": order.item.lots.filter(pk=lot).first() if lot else None,
        "today": timezone.localdate(),
    } | _scans_of(actor, stamp, order)


def _scans_of(actor: Actor, stamp: Stamp, order: StampOrder) -> dict[str, object]:
    """How often it was scanned, where, and what is suspicious about that: for who may see it."""
    if not rules.may_see_stamps(actor, order.item.product.producer, timezone.localdate()):
        return {}
    seen = scans.stamp_seen(stamp.version, stamp.number)
    signals = scans.signals_of_stamp(actor, stamp.version, stamp.number)[:_SIGNALS]
    return {
        "counted": True,
        "seen": seen,
        "places": signal_looks.places_of(seen.places_seen) if seen else "",
        "signals": [
            (each, signal_looks.told(each), signal_looks.state_tag(each.state)) for each in signals
        ],
    }


def _found(actor: Actor, code: str) -> StampOrder:
    return get_object_or_404(queries.orders_visible_to(actor), code=code)
