"""Where the producer's own lots came from and went, and calling one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.traceability import queries, rules
from ocop.traceability.models import Lot
from ocop.web import recalls, trace_events
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.diary import may_recall
from ocop.web.requests import SignedInRequest


@producer
def lineage(request: SignedInRequest, code: str) -> HttpResponse:
    """One step back, one step forward, and all that was noted of a lot."""
    lot = _found(request, code)
    context = trace_events.lineage(request.actor, lot) | {"may_recall": may_recall(request, lot)}
    return render(request, "producer/traceability/lineage.html", context)


@producer
def recall(request: SignedInRequest, code: str) -> HttpResponse:
    """Call a lot back: first what will turn with it, then the reason."""
    lot = _found(request, code)
    require(request.actor, rules.may_recall, lot.item.product.producer, timezone.localdate())
    if lot.recalled_at is not None:
        messages.info(request, _("Lô này đã được thu hồi."))
        return redirect("producer_lineage", code)
    form = recalls.ReasonForm(request.POST or None)
    turned = recalls.recall(request, form, lot)
    if turned is not None:
        messages.success(request, turned)
        return redirect("producer_lineage", code)
    context = recalls.reading(request.actor, lot) | {
        "form": form,
        "title": _("Thu hồi lô %s") % lot.number,
        "cancel": reverse("producer_lineage", args=(code,)),
    }
    return render(request, "producer/traceability/recall.html", context)


def _found(request: SignedInRequest, code: str) -> Lot:
    return get_object_or_404(queries.lots_kept_by(request.actor), code=code)
