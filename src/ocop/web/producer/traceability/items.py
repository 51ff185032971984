"""The producer's own sales units."""

from django.http import HttpResponse
from django.shortcuts import render

from ocop.producers import queries as producers
from ocop.web.menu import shown
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.menu import TABS
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Own sales units with their lots."""
    context = {
        "tabs": shown(TABS, request.actor, "producer_traceability"),
        "makers": list(producers.own(request.actor).order_by("folded")),
    }
    return render(request, "producer/traceability/index.html", context)
