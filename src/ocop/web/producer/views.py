"""The producer's face: own products, and what is due."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.dossiers import lifecycle
from ocop.dossiers.queries import dossiers as seen
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.recognition import queries as register
from ocop.recognition.validity import filing_window
from ocop.web.producer import reading
from ocop.web.requests import SignedInRequest


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """Own products with their star today and the days for filing again."""
    today = timezone.localdate()
    open_ones = seen.own(request.actor, today).exclude(state__in=lifecycle.ENDED)
    dossiers = {row.product_id: (row, reading.state_words(row)) for row in open_ones}
    found: list[tuple[Any, list[Any]]] = []
    for producer in producers.own(request.actor, on=today).order_by("folded"):
        rows = register.standing(products.of_producer(request.actor, producer), today)
        found.append(
            (
                producer,
                [
                    (
                        row,
                        filing_window(row.star_expires_on) if row.star_expires_on else None,
                        dossiers.get(row.pk),
                    )
                    for row in rows.order_by("star_expires_on", "folded")
                ],
            )
        )
    return render(request, "producer/home.html", {"producers": found})
