"""Addresses of the producer's traceability, below /cua-toi/truy-xuat/."""

from django.urls import path

from ocop.web.producer.traceability import items

urlpatterns = [
    path("", items.index, name="producer_traceability"),
]
