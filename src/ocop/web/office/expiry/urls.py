"""Addresses of the radar."""

from django.urls import path

from ocop.web.office.expiry import board, rows

urlpatterns = [
    path("", board.radar, name="radar"),
    path("danh-sach/", rows.expiry, name="expiry"),
    path("thu.<str:kind>", rows.letters, name="expiry_letters"),
]
